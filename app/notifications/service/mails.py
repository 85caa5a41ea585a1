"""Thư: queued in the caller's transaction, handed over by the worker outside of any."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core import clock, limits, outbox
from app.core.actor import Actor
from app.core.db import current_agency, session
from app.core.errors import NotFound, WrongState
from app.core.events import emit, queue
from app.core.outbox import Later, Outbox
from app.core.records import RecordKind
from app.core.text import clean_line, clean_text
from app.core.use_case import use_case
from app.notifications.compose import compose, is_address
from app.notifications.delivery import post_office
from app.notifications.events import MailQueued, MailResent
from app.notifications.models import Mail, MailPace, MailState
from app.org.models import Person

log = logging.getLogger("office.mail")

_BAD_ADDRESS = "Địa chỉ thư không hợp lệ. Hãy sửa địa chỉ của người nhận rồi gửi lại."


@dataclass(frozen=True)
class Lane:
    """Làn gửi: mails a minute and how many may go in one burst. All lanes together stay within 100 in any minute."""

    name: str
    interval: timedelta
    burst: int


_ORDINARY = Lane("ordinary", timedelta(seconds=60 / 75), 10)
_URGENT = Lane("urgent", timedelta(seconds=60 / 10), 5)


def mail(
    *,
    to: str,
    subject: str,
    body: str,
    key: str,
    calendar: bytes | None = None,
    method: str | None = None,
    urgent: bool = False,
    not_before: datetime | None = None,
) -> None:
    """Gửi một thư; joins the caller's transaction. The same key is sent once only and always has the same Message-ID.

    An address that cannot be right is kept as a parked mail, where the administrator sees it; it never stops the act.
    """
    to = to.strip()
    usable = is_address(to)
    agency = select(Person.agency_id).where(func.lower(Person.email) == to.lower()).limit(1).scalar_subquery()
    made = session.execute(
        insert(Mail)
        .values(
            agency_id=func.coalesce(agency, current_agency.get()),
            recipient=clean_line(to)[: limits.LINE_CHARS],
            subject=clean_line(subject)[: limits.SUBJECT_CHARS],
            body=clean_text(body),
            key=key,
            calendar=calendar,
            method=method if calendar is not None else None,
            urgent=urgent,
            state=MailState.QUEUED.value if usable else MailState.PARKED.value,
            error=None if usable else _BAD_ADDRESS,
            attempts=0,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Mail.id)
    ).scalar()
    if made is not None and usable:
        _queue(made, not_before)


def _queue(mail_id: int, not_before: datetime | None = None) -> None:
    # A mail has no record of its own to stand on; 0 is no kind.
    queue(MailQueued(kind=0, record_id=mail_id, mail_id=mail_id), not_before=not_before)


def hand_over(actor: Actor, mail_id: int, outbox_id: int) -> None:
    """Chuyển một thư đi, when its turn has come. At least once: a repeated one has the same Message-ID.

    :raises Later: the rate limit gives it a later turn.
    """
    item = _begin(actor, mail_id)
    if item is None:
        return
    if item.slot_at is not None and item.slot_at > clock.now():
        raise Later(item.slot_at)
    office = post_office()
    try:
        message = compose(
            sender=office.sender,
            recipient=item.recipient,
            subject=item.subject,
            body=item.body,
            key=item.key,
            at=item.created_at,
            calendar=item.calendar,
            method=item.method,
        )
        office.carrier.carry(message, f"{item.id:08d}")
    except Exception as problem:
        _failed(actor, mail_id, outbox_id, f"{type(problem).__name__}: {problem}"[:1000])
        raise
    _sent(actor, mail_id)
    log.info("mail sent", extra={"mail_id": mail_id})


@use_case
def _begin(actor: Actor, mail_id: int) -> Mail | None:
    """The unsent mail as it stands, with its turn reserved; detached, so that nothing is open while the server is talked to."""
    item = session.get(Mail, mail_id, with_for_update=True, populate_existing=True)
    if item is None or item.state == MailState.SENT:
        return None
    if item.slot_at is None:
        item.slot_at = _reserve(_URGENT if item.urgent else _ORDINARY)
    session.flush()
    session.refresh(item)
    session.expunge(item)
    return item


def _reserve(lane: Lane) -> datetime:
    """The next free turn of a lane (generic cell rate): one row, one statement, right for any number of workers."""
    now, spare = clock.now(), lane.interval * (lane.burst - 1)
    statement = insert(MailPace).values(lane=lane.name, free_at=now + lane.interval)
    free_at: datetime = session.execute(
        statement.on_conflict_do_update(
            index_elements=["lane"], set_={"free_at": func.greatest(MailPace.free_at, now) + lane.interval}
        ).returning(MailPace.free_at)
    ).scalar_one()
    return max(now, free_at - lane.interval - spare)


@use_case
def _sent(actor: Actor, mail_id: int) -> None:
    session.execute(
        update(Mail)
        .where(Mail.id == mail_id)
        .values(
            state=MailState.SENT.value,
            sent_at=clock.now(),
            error=None,
            attempts=Mail.attempts + 1,
            slot_at=None,
        )
    )


@use_case
def _failed(actor: Actor, mail_id: int, outbox_id: int, error: str) -> None:
    tries = session.execute(select(Outbox.attempts).where(Outbox.id == outbox_id)).scalar() or 0
    state = MailState.PARKED if tries >= limits.OUTBOX_ATTEMPTS else MailState.FAILED
    session.execute(
        update(Mail)
        .where(Mail.id == mail_id)
        .values(state=state.value, error=error, attempts=Mail.attempts + 1, slot_at=None)
    )


@use_case
def resend_mail(actor: Actor, mail_id: int) -> None:
    """Gửi lại một thư đã dừng hoặc đang chờ thử lại.

    :raises NotFound: not a mail of the administrator's agency.
    :raises WrongState: it was sent already.
    """
    item = session.get(Mail, mail_id, with_for_update=True, populate_existing=True)
    if item is None or item.agency_id is None or item.agency_id != actor.agency_id:
        raise NotFound
    if item.state == MailState.SENT:
        raise WrongState("Thư này đã gửi xong, không cần gửi lại.")
    if not is_address(item.recipient):
        raise WrongState(_BAD_ADDRESS)
    item.state, item.error, item.slot_at = MailState.QUEUED.value, None, None
    waiting = session.scalars(
        select(Outbox.id).where(
            Outbox.event == MailQueued.__name__, Outbox.record_id == mail_id, Outbox.done_at.is_(None)
        )
    ).all()
    for outbox_id in waiting:
        outbox.resend(outbox_id)
    if not waiting:
        _queue(mail_id)
    emit(
        actor,
        MailResent(
            kind=RecordKind.AGENCY, record_id=item.agency_id, agency_id=item.agency_id, mail_id=mail_id
        ),
    )
