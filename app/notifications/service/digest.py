"""Thư gộp buổi sáng: what a person has not read by 07:30 of a working day, in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.core.working_days import calendar
from app.notifications import letters, queries
from app.notifications.models import Notice, NoticePerson
from app.notifications.service.mails import mail

AT = time(7, 30)
_SPACING = timedelta(seconds=1)  # leaves the lane room for invitations in between


def send_digests(actor: Actor, now: datetime) -> dict[str, int]:
    """Gửi thư gộp: what was unread and unmailed at 07:30 of today, if today is worked. Any further run finds nothing.

    :returns: counts of people and notices.
    """
    day = clock.local(now).date()
    cutoff = clock.instant(day, AT)
    if now < cutoff or not calendar().is_working(day):
        return {"people": 0, "notices": 0}
    counts = {"people": 0, "notices": 0}
    for reader in queries.readers_with_digest(cutoff):
        told = _one(actor, reader, day, cutoff, now + counts["people"] * _SPACING)
        counts["people"] += bool(told)
        counts["notices"] += told
    return counts


@use_case
def _one(actor: Actor, reader: queries.Reader, day: date, cutoff: datetime, send_at: datetime) -> int:
    """One person's message and its marks, in one transaction."""
    notices: Sequence[Notice] = session.scalars(
        select(Notice)
        .join(NoticePerson)
        .where(
            NoticePerson.person_id == reader.person_id,
            NoticePerson.mailed_at.is_(None),
            NoticePerson.read_at.is_(None),
            Notice.mail,
            Notice.created_at < cutoff,
        )
        .order_by(Notice.id)
        .with_for_update(of=NoticePerson, skip_locked=True)
    ).all()
    if not notices:
        return 0
    if reader.email:
        letter = letters.digest(notices, reader.name, day)
        mail(
            to=reader.email,
            subject=letter.subject,
            body=letter.body,
            key=f"digest:{reader.person_id}:{day.isoformat()}",
            not_before=send_at,
        )
    session.execute(
        update(NoticePerson)
        .where(
            NoticePerson.person_id == reader.person_id, NoticePerson.notice_id.in_([n.id for n in notices])
        )
        .values(mailed_at=clock.now())
    )
    return len(notices)
