"""Mở trang là chỉ đọc: the database refuses a write, an act of its own may write, and prepared statements stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import select, text, update
from sqlalchemy.exc import InternalError

from app.core.actor import SYSTEM
from app.core.db import finish_reading, only_read, session
from app.core.use_case import use_case
from app.org.models import Unit

pytestmark = pytest.mark.usefixtures("committed")
RENAME = update(Unit).values(name="Đã đổi")
NAMES = select(Unit.name).distinct()


@pytest.fixture(autouse=True)
def reading(committed: object) -> Iterator[None]:
    """Như trong một trang đang mở."""
    session.rollback()
    only_read()
    yield
    finish_reading(failed=True)


@use_case
def rename(actor) -> None:
    session.execute(RENAME)


def test_a_page_cannot_write() -> None:
    with pytest.raises(InternalError) as refused:
        session.execute(RENAME)
    assert isinstance(refused.value.orig, ReadOnlySqlTransaction)


def test_an_act_inside_a_page_writes_and_the_page_reads_on() -> None:
    session.execute(NAMES)
    rename(SYSTEM)
    assert session.scalars(NAMES).all() == ["Đã đổi"]
    with pytest.raises(InternalError):
        session.execute(RENAME)


def test_after_the_page_the_connection_may_write_again() -> None:
    session.execute(NAMES)
    finish_reading()
    session.remove()
    session.execute(RENAME)
    session.commit()
    assert session.scalars(NAMES).all() == ["Đã đổi"]


def test_what_the_server_has_prepared_outlives_the_page() -> None:
    for _ in range(8):
        only_read()
        session.execute(NAMES)
        finish_reading()
        session.remove()
    kept = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("FROM unit" in statement for statement in kept)
