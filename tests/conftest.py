"""Nền kiểm thử: a world of named posts, a frozen Monday 08:00, each test in a transaction that is undone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ["ARGON2_PROFILE"] = "cheap"

import flask_sqlalchemy.session
import pytest
import time_machine
from flask import Flask

from app import create_app
from app.core.db import db, session
from app.settings import Settings
from tests import databases
from tests.world import World, build_world


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--long``: cũng chạy những phép thử dài."""
    parser.addoption("--long", action="store_true", help="also run the long tests (marker `long`)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Bỏ các phép thử dài khỏi lượt chạy thường; they are counted as deselected, never as passed."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Báo cáo đi giữa các tiến trình được: a lone surrogate in captured output would kill the worker that sends it."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections
    ]
    return report


MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # thứ Hai 23/11/2026, 08:00 giờ Việt Nam


def make_settings(database: str, home: Path) -> Settings:
    """Thiết lập cho một cơ sở dữ liệu kiểm thử và một thư mục dữ liệu riêng."""
    return Settings.from_env(
        {
            "OFFICE_HOME": str(home),
            "DATABASE_URL": databases.url_of(database),
            "EXTERNAL_URL": "http://localhost:8000",
            "ARGON2_PROFILE": "cheap",
        }
    )


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """Thư mục dữ liệu của tiến trình kiểm thử."""
    with tempfile.TemporaryDirectory(prefix="office-test-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def world_database(home: Path) -> Iterator[tuple[str, World]]:
    """Cơ sở dữ liệu có sẵn thế giới kiểm thử; kept without connections, to be cloned."""
    name = databases.clone(databases.template())
    with time_machine.travel(MONDAY, tick=False):
        app = create_app(make_settings(name, home))
        with app.app_context():
            world = build_world()
            session.remove()
            db.engine.dispose()
    yield name, world
    databases.drop(name)


@pytest.fixture(scope="session")
def process_app(world_database: tuple[str, World], home: Path) -> Iterator[Flask]:
    """Ứng dụng của tiến trình, trên bản sao riêng."""
    name = databases.clone(world_database[0])
    app = create_app(make_settings(name, home))
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()
    databases.drop(name)


@pytest.fixture(autouse=True)
def frozen_monday(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """Đồng hồ đứng ở thứ Hai 08:00; browser tests run by the real clock."""
    if request.node.get_closest_marker("browser"):
        yield None
        return
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def app(process_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Ứng dụng, với mọi thay đổi nằm trong một giao dịch bị hủy khi kiểm thử xong."""
    with process_app.app_context():
        connection = db.engine.connect()
        outer = connection.begin()
        monkeypatch.setattr(flask_sqlalchemy.session.Session, "get_bind", lambda *_a, **_k: connection)
        session.remove()
        session.configure(join_transaction_mode="create_savepoint")
        yield process_app
        session.remove()
        session.session_factory.kw.pop("join_transaction_mode", None)
        outer.rollback()
        connection.close()


@pytest.fixture
def world(app: Flask, world_database: tuple[str, World]) -> World:
    """Thế giới kiểm thử: named people with their own clients."""
    return world_database[1].live_in(app)


@pytest.fixture
def committed(world_database: tuple[str, World], home: Path) -> Iterator[tuple[Flask, World]]:
    """Một bản sao riêng, nơi mọi giao dịch thật sự được ghi: for concurrency, outbox, faults and browsers."""
    name = databases.clone(world_database[0])
    app = create_app(make_settings(name, home))
    app.testing = True
    with app.app_context():
        yield app, world_database[1].live_in(app)
        session.remove()
        db.engine.dispose()
    databases.drop(name)
