"""Trả lời bằng thư: what calendar programs send back becomes the same answer as a press on the page."""

from __future__ import annotations

import hashlib
import logging

from sqlalchemy import func, or_, select

from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.errors import DomainError
from app.core.use_case import load_for_change, use_case
from app.meetings.models import Answer, Invitee, MailReply, Meeting, MeetingState
from app.meetings.service.answering import record_answer
from app.meetings.service.itip import Reply, read_reply
from app.meetings.service.mailbox import Mailbox
from app.meetings.service.plans import Named
from app.meetings.workflow import answers_open
from app.org.models import Agency, Person, Post

log = logging.getLogger("office.meetings")
_BY_MAIL = "qua thư điện tử"


def read_mailbox(box: Mailbox) -> dict[str, int]:
    """Đọc mọi thư chưa đọc trong hộp thư; each message in a transaction of its own, marked as read afterwards.

    A run that dies in between finds the message again and knows it by its Message-ID.
    """
    counts = {"read": 0, "recorded": 0}
    try:
        for uid, raw in box.unread():
            counts["read"] += 1
            counts["recorded"] += _one(raw) == "recorded"
            box.done(uid)
    finally:
        box.close()
    return counts


def _one(raw: bytes) -> str:
    reply = read_reply(raw)
    if reply is None:
        return "unknown"
    message_id = reply.message_id or hashlib.sha256(raw).hexdigest()
    try:
        return answer_by_mail(SYSTEM, message_id, reply)
    except DomainError as refusal:
        return note_mail(SYSTEM, message_id, reply, "refused", refusal.sentence)


@use_case
def answer_by_mail(actor: Actor, message_id: str, reply: Reply) -> str:
    """Ghi trả lời đọc từ thư: only from the address that was invited, and only for the hour that stands now.

    :returns: recorded, stale (for an hour that was moved), refused, unknown.
    """
    known = session.scalar(select(MailReply.outcome).where(MailReply.message_id == message_id))
    if known is not None:
        return known
    meeting = session.scalar(select(Meeting).where(Meeting.uid == reply.uid).with_for_update(read=True))
    invitee_id = _invitee_of(meeting, reply) if meeting is not None else None
    if meeting is None or invitee_id is None:
        return _note(message_id, meeting, reply, "unknown", "Không có lời mời nào gửi đến địa chỉ này.")
    if reply.sequence < meeting.hours_sequence or reply.starts_at not in (None, meeting.starts_at):
        return _note(message_id, meeting, reply, "stale", "Trả lời cho giờ họp cũ.")
    if reply.answer is None:
        return _note(message_id, meeting, reply, "refused", "Chương trình lịch trả lời chưa chắc chắn.")
    refusal = None if meeting.state == MeetingState.CALLED else "Cuộc họp không còn nhận trả lời."
    if refusal := refusal or answers_open(meeting):
        return _note(message_id, meeting, reply, "refused", refusal)
    invitee = load_for_change(Invitee, invitee_id, None)
    people = [Named(None, reply.delegate)] if reply.answer == Answer.SUBSTITUTE and reply.delegate else []
    reason = reply.comment or ("Báo vắng từ chương trình lịch." if reply.answer == Answer.ABSENT else "")
    if invitee.answer != reply.answer.value or people:
        record_answer(actor, meeting, invitee, reply.answer, reason, people, way=_BY_MAIL)
    return _note(message_id, meeting, reply, "recorded", "")


@use_case
def note_mail(actor: Actor, message_id: str, reply: Reply, outcome: str, words: str) -> str:
    """Ghi thư trả lời không dùng được, so that it is not read again."""
    meeting = session.scalar(select(Meeting).where(Meeting.uid == reply.uid))
    return _note(message_id, meeting, reply, outcome, words)


def _note(message_id: str, meeting: Meeting | None, reply: Reply, outcome: str, words: str) -> str:
    session.add(
        MailReply(
            message_id=message_id, meeting_id=meeting.id if meeting else None, address=reply.attendee,
            outcome=outcome, words=words, read_at=clock.now(),
        )
    )  # fmt: skip
    log.info("mail reply", extra={"outcome": outcome})
    return outcome


def _invitee_of(meeting: Meeting, reply: Reply) -> int | None:
    """The invitation that was mailed to this address. Whoever writes from elsewhere speaks for nobody."""
    if not reply.attendee or reply.sender != reply.attendee:
        return None
    found: int | None = session.scalar(
        select(Invitee.id)
        .join(Agency, Agency.id == Invitee.agency_id)
        .outerjoin(Post, Post.id == Invitee.post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(
            Invitee.meeting_id == meeting.id,
            Invitee.withdrawn_at.is_(None),
            or_(
                func.lower(Person.email) == reply.attendee,
                func.lower(Invitee.outside_email) == reply.attendee,
                (Invitee.post_id.is_(None))
                & (Invitee.outside_name == "")
                & (func.lower(Agency.email) == reply.attendee),
            ),
        )
        .order_by(Invitee.post_id.is_(None), Invitee.id)
        .limit(1)
    )
    return found
