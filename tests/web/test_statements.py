"""Số câu lệnh của một trang: at most twelve, whatever the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.core.db import db
from tests.architecture import matrix_objects
from tests.world import World

LIMIT = 12
PAGES = (
    ("director", "/"),
    ("office_chief", "/"),
    ("head", "/"),
    ("specialist", "/"),
    ("clerk", "/"),
    ("secretary", "/"),
    ("admin", "/"),
    ("clerk", "/van-ban/den/cho-vao-so"),
    ("clerk", "/van-ban/den?muc=tat-ca"),
    ("clerk", "/van-ban/den?muc=qua-han"),
    ("director", "/van-ban/den"),
    ("director", "/van-ban/di"),
    ("clerk", "/van-ban/di/cho-phat-hanh"),
    ("director", "{documents.incoming}"),
    ("head", "{documents:document_id}"),
    ("specialist", "/van-ban/di/moi"),
    ("director", "/chi-dao"),
    ("secretary", "/hop"),
    ("director", "/thong-bao"),
    ("director", "/tra-cuu?q=ngap"),
)
ADDRESSES = {"documents.incoming": "/van-ban/den/{}", "documents:document_id": "/van-ban/di/{}"}


@contextmanager
def counted() -> Iterator[list[str]]:
    """Các câu lệnh chạy trong khối."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET LOCAL")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("who", "page"), PAGES)
def test_a_page_takes_at_most_twelve_statements(world: World, who: str, page: str) -> None:
    """Một trang không quá mười hai câu lệnh."""
    if page.startswith("{"):
        key = page.strip("{}")
        page = ADDRESSES[key].format(matrix_objects.build(world)[key].own)
    client = getattr(world, who).client
    client.get(page)
    with counted() as statements:
        client.get(page)
    statements = [s for s in statements if "SELECT pg_notify" not in s]
    assert len(statements) <= LIMIT, f"{len(statements)} statements:\n" + "\n".join(
        s[:160].replace("\n", " ") for s in statements
    )
