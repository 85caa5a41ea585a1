"""Một việc hành chính, một giao dịch: the only code that commits."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.actor import Actor
from app.core.db import Base, current_agency, session, writing
from app.core.errors import NotFound, Replayed, StaleVersion

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Base)

# The key of the form being posted, put here by the web layer; a use case stores it with its answer.
request_key: ContextVar[str | None] = ContextVar("request_key", default=None)


class RequestKey(Base):
    """Khóa chống gửi lặp: a form's key with the answer of its first run, in the same transaction as the act."""

    __tablename__ = "request_key"
    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[dict[str, Any] | None]


@dataclass
class _Transaction:
    after_commit: list[Callable[[], None]] = field(default_factory=list)


_running: ContextVar[_Transaction | None] = ContextVar("running_use_case", default=None)


def use_case(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Mark a function ``(actor, …)`` as one official act: it commits when the outermost returns and undoes all when it raises.

    A use case called inside another joins its transaction. When the web layer set a request key, the key and the record
    the act answered with are stored in the same transaction, and a repetition raises :class:`Replayed` instead of acting twice.
    """

    @functools.wraps(function)
    def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            return function(actor, *args, **kwargs)
        with writing():
            return _run_outermost(function, actor, args, kwargs)

    run.is_use_case = True  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]


def _run_outermost(function: Callable[..., R], actor: Actor, args: Any, kwargs: Any) -> R:
    transaction = _Transaction()
    token = _running.set(transaction)
    agency = current_agency.set(actor.agency_id)
    try:
        key = request_key.get()
        request_key.set(None)  # it belongs to the first act of the request; a second one is the code's own
        if key:
            _reserve(actor, key)
        result = function(actor, *args, **kwargs)
        if key:
            _answer(key, result)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        current_agency.reset(agency)
        _running.reset(token)
    for callback in transaction.after_commit:
        callback()
    return result


def _reserve(actor: Actor, key: str) -> None:
    # A second post waits here for the first one's transaction, then finds its answer.
    done = session.execute(
        insert(RequestKey)
        .values(key=key, person_id=actor.person_id, created_at=clock.now(), answer=None)
        .on_conflict_do_nothing()
        .returning(RequestKey.key)
    ).first()
    if done is None:
        row = session.execute(
            select(RequestKey.answer, RequestKey.person_id).where(RequestKey.key == key)
        ).one()
        session.rollback()
        raise Replayed(row.answer if row.person_id == actor.person_id else None)


def _answer(key: str, result: object) -> None:
    session.flush()
    kind, record_id = getattr(result, "record_kind", None), getattr(result, "id", None)
    if kind is not None and record_id is not None:
        session.execute(
            update(RequestKey)
            .where(RequestKey.key == key)
            .values(answer={"kind": int(kind), "id": int(record_id)})
        )


def load_for_change(model: type[M], record_id: int, version: int | None) -> M:
    """Lấy và khóa một dòng để sửa.

    :param version: the version the form was drawn from, or ``None`` when the act does not depend on what was read.
    :raises NotFound: no such row.
    :raises StaleVersion: somebody changed it meanwhile.
    """
    record = session.get(model, record_id, with_for_update=True, populate_existing=True)
    if record is None:
        raise NotFound
    if version is not None and record.version != version:  # type: ignore[attr-defined]
        raise StaleVersion
    return record


def touch(record: Any) -> None:
    """Tăng phiên bản của dòng, so that forms drawn before this act are refused."""
    record.version = (record.version or 0) + 1
