"""Việc gửi đã dừng, for administrators: what failed and why, without content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, cast, exists, or_, select

from app.core import limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.events import after_handlers
from app.core.outbox import Outbox
from app.notifications.labels import error_words
from app.org.models import Agency


@dataclass(frozen=True)
class ParkedEffect:
    """Một việc gửi đã dừng."""

    id: int
    title: str
    kind: int
    record_id: int
    created_at: datetime
    parked_at: datetime
    attempts: int
    error: str


def _watched(viewer: Actor) -> ColumnElement[bool]:
    """Effects of the administrator's own agency; those of no agency belong to the agency at the root of the tree."""
    agency_id = cast(Outbox.payload["agency_id"].astext, BigInteger)
    is_root = exists().where(Agency.id == viewer.agency_id, Agency.parent_id.is_(None))
    return or_(agency_id == viewer.agency_id, agency_id.is_(None) & is_root)


def parked_effects(
    viewer: Actor, *, before: int | None = None, limit: int = limits.PAGE_ROWS
) -> Sequence[ParkedEffect]:
    """Các việc gửi đã dừng, mới nhất trước."""
    statement = (
        select(Outbox)
        .where(Outbox.parked_at.is_not(None), Outbox.done_at.is_(None), _watched(viewer))
        .order_by(Outbox.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(Outbox.id < before)
    return [_effect(row) for row in session.scalars(statement)]


def parked_effect(outbox_id: int, *, viewer: Actor) -> ParkedEffect:
    """Một việc gửi đã dừng.

    :raises NotFound: none such in what this administrator watches.
    """
    row = session.scalar(
        select(Outbox).where(
            Outbox.id == outbox_id, Outbox.parked_at.is_not(None), Outbox.done_at.is_(None), _watched(viewer)
        )
    )
    if row is None:
        raise NotFound
    return _effect(row)


def _effect(row: Outbox) -> ParkedEffect:
    return ParkedEffect(
        id=row.id,
        title=title_of(row.handler),
        kind=row.kind,
        record_id=row.record_id,
        created_at=row.created_at,
        parked_at=row.parked_at or row.created_at,
        attempts=row.attempts,
        error=error_words(row.error),
    )


def title_of(handler: str) -> str:
    """Tên việc gửi: the opening words of its handler's docstring."""
    found = after_handlers.get(handler)
    words = (found.function.__doc__ or "") if found else ""
    return words.strip().split("\n")[0].split(":")[0].rstrip(".") or handler
