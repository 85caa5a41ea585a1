"""Phép đo một cỡ dữ liệu: each page beside the bare page, in pairs."""

from __future__ import annotations

import secrets
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import Engine, event

from app import create_app
from app.bench import client, server
from app.bench.client import Target
from app.bench.databases import environment
from app.bench.pages import pages, person_for
from app.bench.server import Running, cpu_seconds
from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.org.models import UserSession
from app.org.queries.actors import token_hash
from app.settings import Settings
from app.web.benchmarks import BenchPage

_WARM_UP = 15
_REQUESTS = 300
_CONNECTIONS = 4


@dataclass(frozen=True)
class Speed:
    """Số đo của một trang."""

    name: str
    title: str
    url: str
    bytes: int
    queries: int
    median_ms: float
    p95_ms: float
    cpu_app_ms: float
    cpu_database_ms: float
    per_second: float
    bare_per_second: float
    bare_median_ms: float
    bare_cpu_ms: float

    @property
    def ratio(self) -> float:
        """Số trang một giây so với trang trần đo cùng lúc."""
        return self.per_second / self.bare_per_second

    def to_json(self) -> dict[str, Any]:
        """Số đo để ghi tệp."""
        return {
            k: round(v, 3) if isinstance(v, float) else v
            for k, v in {**asdict(self), "ratio": self.ratio}.items()
        }


@dataclass(frozen=True)
class Result:
    """Kết quả trên một cỡ dữ liệu."""

    documents: int
    start_seconds: float
    memory_mb: float
    speeds: list[Speed]


def measure(
    documents: int, home: Path, only: tuple[str, ...], seconds: float, tell: Callable[[Speed], None]
) -> Result:
    """Đo mọi trang trên dữ liệu này."""
    with server.product(home) as office, server.bare(home, office) as simple:
        app = create_app(Settings.from_env(environment(home)))
        found = []
        for page in _wanted(only):
            found.append(_page(app, office, simple, page, seconds))
            tell(found[-1])
        return Result(documents, office.started_in, office.memory(), found)


def _wanted(only: tuple[str, ...]) -> list[BenchPage]:
    """Known only once the packages are wired, and with them their pages."""
    known = {page.name: page for page in pages()}
    strange = [name for name in only if name not in known]
    if strange:
        raise click.UsageError(f"Không có trang {', '.join(strange)}. Các trang: {', '.join(known)}.")
    return [known[name] for name in only] or list(known.values())


def _page(app: Flask, office: Running, simple: Running, page: BenchPage, seconds: float) -> Speed:
    with app.app_context():
        person = person_for(page)
        url = page.url(person)
        session.rollback()
        token = _sign_in(person)
    target = Target(office.port, url, _cookie(app, token))
    other = Target(simple.port, "/")
    visitor = client.Visitor(target)
    size = [visitor.open_page() for _ in range(_WARM_UP)][-1]
    visitor.close()
    client.one_by_one(other, requests=_WARM_UP, seconds=seconds)
    queries = _queries(app, url, token)
    times, spent = _timed(office, office, target, seconds)
    bare_times, bare_spent = _timed(simple, office, other, seconds)
    # Bare, ours, bare: what else the machine does then falls on both.
    before = client.at_once(other, connections=_CONNECTIONS, seconds=seconds / 2)
    ours = client.at_once(target, connections=_CONNECTIONS, seconds=seconds)
    after = client.at_once(other, connections=_CONNECTIONS, seconds=seconds / 2)
    return Speed(
        name=page.name,
        title=page.title,
        url=url,
        bytes=size,
        queries=queries,
        median_ms=statistics.median(times),
        p95_ms=statistics.quantiles(times, n=20)[-1],
        cpu_app_ms=spent[0],
        cpu_database_ms=spent[1],
        per_second=ours,
        bare_per_second=(before + after) / 2,
        bare_median_ms=statistics.median(bare_times),
        bare_cpu_ms=sum(bare_spent),
    )


def _timed(
    web: Running, database: Running, target: Target, seconds: float
) -> tuple[list[float], tuple[float, float]]:
    """Times of single requests, and the processor's milliseconds each cost in the application and in the database."""

    def used() -> tuple[float, float]:
        # Asked for anew each time: a worker may have been replaced, a connection opened.
        return cpu_seconds(web.web()), cpu_seconds(database.database())

    before = used()
    times = client.one_by_one(target, requests=_REQUESTS, seconds=seconds)
    after = used()
    each = [(b - a) * 1000 / len(times) for a, b in zip(before, after, strict=True)]
    return times, (each[0], each[1])


# ── as an ordinary user ──────────────────────────────────────────────────────


def _sign_in(person: Actor) -> str:
    token, now = secrets.token_urlsafe(32), clock.now()
    session.add(
        UserSession(
            token_hash=token_hash(token),
            person_id=person.person_id,
            post_id=person.post_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=12),
            ip="127.0.0.1",
            user_agent="bench",
        )
    )
    session.commit()
    return token


def _cookie(app: Flask, token: str) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'_user_id': token, '_fresh': True})}"


def _queries(app: Flask, url: str, token: str) -> int:
    """Số câu lệnh SQL của trang, the second time it is opened."""
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    browser.get(url)
    with _counted() as statements:
        browser.get(url)
    return len(statements)


@contextmanager
def _counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", count)
