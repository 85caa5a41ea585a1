"""Thư của người trong cơ quan, for its administrators: to whom, about what, in which state; never the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core import limits
from app.core.actor import Actor
from app.core.db import session
from app.core.records import capped
from app.notifications.labels import error_words
from app.notifications.models import Mail, MailState


@dataclass(frozen=True)
class MailRow:
    """Một dòng thư."""

    id: int
    recipient: str
    subject: str
    state: str
    attempts: int
    error: str
    created_at: datetime
    sent_at: datetime | None
    has_calendar: bool


def mails(
    viewer: Actor, *, unsent: bool, before: int | None = None, limit: int = limits.PAGE_ROWS
) -> Sequence[MailRow]:
    """Thư đã gửi, hoặc còn chờ gửi, mới nhất trước."""
    statement = (
        select(
            Mail.id,
            Mail.recipient,
            Mail.subject,
            Mail.state,
            Mail.attempts,
            Mail.error,
            Mail.created_at,
            Mail.sent_at,
            Mail.calendar.is_not(None).label("has_calendar"),
        )
        .where(
            Mail.agency_id == viewer.agency_id,
            Mail.state != MailState.SENT.value if unsent else Mail.state == MailState.SENT.value,
        )
        .order_by(Mail.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(Mail.id < before)
    return [
        MailRow(
            r.id,
            r.recipient,
            r.subject,
            r.state,
            r.attempts,
            error_words(r.error),
            r.created_at,
            r.sent_at,
            r.has_calendar,
        )
        for r in session.execute(statement)
    ]


def mail_counts(viewer: Actor) -> dict[str, int]:
    """Số thư chờ gửi và đã dừng của cơ quan, đếm đến 100."""
    own = select(Mail.id).where(Mail.agency_id == viewer.agency_id, Mail.state != MailState.SENT.value)
    row = session.execute(
        select(
            capped(own.where(Mail.state != MailState.PARKED.value)).scalar_subquery().label("waiting"),
            capped(own.where(Mail.state == MailState.PARKED.value)).scalar_subquery().label("parked"),
        )
    ).one()
    return {"waiting": row.waiting, "parked": row.parked}
