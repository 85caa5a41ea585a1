"""Việc phải nhắc: waiting, unrouted and late work that nobody was told of yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, literal_column, select

from app.core.db import AnyRow, session
from app.documents.models import Document, Duty, DutyFlag, Handling


def _untold(document_id: ColumnElement[int], duty: Duty) -> ColumnElement[bool]:
    return (
        ~select(DutyFlag.id)
        .where(
            DutyFlag.document_id == document_id, DutyFlag.handling_id.is_(None), DutyFlag.duty == duty.value
        )
        .exists()
    )


def in_queue(state: str, duty: Duty, before: datetime, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản đang ở hàng này từ trước một thời điểm mà chưa nhắc việc đó, cũ trước."""
    statement = (
        select(Document.id, Document.source, Document.urgency, Document.arrived_at, Document.agency_id)
        .where(
            Document.direction == literal_column("'incoming'"),
            Document.state == literal_column(f"'{state}'"),
            Document.sort_at < before,
            _untold(Document.__table__.c.id, duty),
        )
        .order_by(Document.sort_at)
        .limit(limit)
    )
    return session.execute(statement).all()


def late_parts(now: datetime, *, limit: int) -> Sequence[AnyRow]:
    """Phần việc quá hạn chưa nhắc; a deadline that was moved is a new one."""
    return _parts(Handling.due_at <= now, Duty.HANDLE, limit)


def near_parts(now: datetime, *, limit: int) -> Sequence[AnyRow]:
    """Phần việc sắp đến hạn chưa nhắc."""
    near = (Handling.soon_at <= now) & (Handling.due_at > now)
    return _parts(near, Duty.SOON, limit)


def _parts(due: ColumnElement[bool], duty: Duty, limit: int) -> Sequence[AnyRow]:
    told = (
        select(DutyFlag.id)
        .where(
            DutyFlag.handling_id == Handling.id,
            DutyFlag.duty == duty.value,
            DutyFlag.due_at == Handling.due_at,
        )
        .exists()
    )
    statement = (
        select(Handling.id, Handling.document_id, Handling.due_at)
        .where(Handling.done_at.is_(None), Handling.due_at.is_not(None), due, ~told)
        .order_by(Handling.due_at)
        .limit(limit)
    )
    return session.execute(statement).all()
