"""Một giao dịch cho cả thành phố: every use case inside commits into it, so that a kill leaves nothing half made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, text

from app.core.db import db, session


@contextmanager
def whole() -> Iterator[Connection]:
    """Tất cả hoặc không gì cả: the session joins one outer transaction, where each commit is only a savepoint.

    The statement time limit, made for pages, does not hold inside: a COPY may take minutes.
    """
    engine = db.engine
    engines = cast("dict[str | None, Any]", db.engines)
    session.remove()
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        engines[None] = connection
        session.configure(join_transaction_mode="create_savepoint")
        try:
            yield connection
        finally:
            session.remove()
            session.session_factory.kw.pop("join_transaction_mode", None)
            engines[None] = engine


def raw(connection: Connection) -> psycopg.Connection[Any]:
    """Kết nối psycopg bên dưới, for COPY."""
    found = connection.connection.driver_connection
    assert isinstance(found, psycopg.Connection)
    return found
