"""The database: declarative base, shared column mix-ins and the session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, ClassVar

import psycopg
from flask_sqlalchemy import SQLAlchemy
from psycopg.pq import TransactionStatus
from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    DateTime,
    Identity,
    MetaData,
    Row,
    Select,
    SmallInteger,
    Text,
    TextualSelect,
    event,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import Pool

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every model; fixes names of constraints and the column type of each Python type."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: BigInteger,
        datetime: DateTime(timezone=True),
        date: Date,
        dict[str, Any]: JSONB,
        list[str]: JSONB,
        list[int]: JSONB,
    }


class IdMixin:
    """Surrogate key: ``bigint identity``, also used in addresses (a row one may not see answers 404)."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, sort_order=-10)


class VersionMixin:
    """Row version for optimistic locking: a form posts the version it was drawn from."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")


Small = SmallInteger
# A row or statement whose columns the page, not the type checker, knows.
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
# A statement of one number, to stand inside another.
Figure = Select[int] | TextualSelect

db = SQLAlchemy(metadata=Base.metadata)
session = db.session

# The agency whose data the running transaction may touch; read by row-level security when it is switched on.
current_agency: ContextVar[int | None] = ContextVar("current_agency", default=None)


# Whether what is running only reads (a page being opened); an act ends that first and begins a transaction of its own.
_reading: ContextVar[bool] = ContextVar("reading", default=False)
_IS_READ_ONLY = "is_read_only"


def only_read() -> None:
    """Từ đây chỉ đọc, cho đến :func:`finish_reading`: what begins may not write, and the database holds us to it."""
    _reading.set(True)


def finish_reading(*, failed: bool = False) -> None:
    """Đọc xong: ends with a commit, because at a rollback psycopg forgets every statement the server has prepared, and
    planning them anew costs more than running them.
    """
    _reading.set(False)
    if session.registry.has() and session.info.pop(_IS_READ_ONLY, False) and not failed:
        session.commit()


@contextmanager
def writing() -> Iterator[None]:
    """Ghi trong lúc đang mở một trang: what was read so far is finished, what follows is read-only again."""
    was_reading = _reading.get()
    if was_reading:
        finish_reading()
    try:
        yield
    finally:
        _reading.set(was_reading)


@event.listens_for(Session, "after_begin")
def _begin_reading(opened: Session, _transaction: object, connection: Connection) -> None:
    driver: psycopg.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
    # Sent along with BEGIN, which the driver holds back until the first statement.
    if _reading.get() and driver.info.transaction_status == TransactionStatus.IDLE:
        driver.read_only = True
        opened.info[_IS_READ_ONLY] = True


@event.listens_for(Pool, "checkin")
def _may_write_again(driver: psycopg.Connection | None, _record: object) -> None:
    if driver is not None and driver.read_only:
        driver.read_only = None


@event.listens_for(Session, "after_begin")
def _set_agency(_session: Session, _transaction: object, connection: Any) -> None:
    """Give each transaction its agency, so that the database can be the second fence around agency data."""
    agency_id = current_agency.get()
    if agency_id is not None:
        connection.exec_driver_sql(f"SET LOCAL app.agency_id = {int(agency_id)}")
