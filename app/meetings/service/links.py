"""Đường dẫn cá nhân: answers without signing in, one person each, taken back at will; the chair's word on substitutes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violations, WrongState
from app.core.records import post_principal
from app.core.use_case import load_for_change, touch, use_case
from app.meetings.models import Answer, Consent, Invitee, Meeting, MeetingState
from app.meetings.service import access
from app.meetings.service.answering import record_answer
from app.meetings.service.calling import when
from app.meetings.service.invitees import new_token
from app.meetings.service.loading import for_change, shared
from app.meetings.service.plans import Named
from app.meetings.workflow import MEETING, answers_open
from app.notifications.service import notice

_BY_LINK = "qua đường dẫn cá nhân"


@use_case
def answer_by_link(
    actor: Actor,
    token: str,
    *,
    version: int | None,
    answer: Answer,
    reason: str = "",
    people: Sequence[Named] = (),
) -> Meeting:
    """Trả lời giấy mời qua đường dẫn cá nhân, không đăng nhập; whoever was given the address answers for that one invitation.

    :raises NotFound: no such address, or it was taken back.
    :raises WrongState: the meeting asks for no answer any more.
    """
    meeting_id = session.scalar(select(Invitee.meeting_id).where(Invitee.link_token == token))
    meeting = session.get(Meeting, meeting_id or -1, with_for_update={"read": True}, populate_existing=True)
    if meeting is None:
        raise NotFound
    invitee_id = session.scalar(
        select(Invitee.id).where(Invitee.link_token == token, Invitee.withdrawn_at.is_(None))
    )
    invitee = load_for_change(Invitee, invitee_id or -1, version)
    if meeting.state != MeetingState.CALLED:
        raise WrongState("Cuộc họp này không còn nhận trả lời. Hãy liên hệ đầu mối ghi trong giấy mời.")
    if (refusal := answers_open(meeting)) is not None:
        raise Violations([refusal])
    invitee.link_used_at = clock.now()
    named = [Named(None, n.name, n.title) for n in people]
    return record_answer(actor, meeting, invitee, answer, reason, named, way=_BY_LINK)


@use_case
def renew_link(actor: Actor, meeting_id: int, invitee_id: int) -> Meeting:
    """Cấp đường dẫn mới cho một thành phần mời; the old one ends with it."""
    meeting, invitee = _invitee(actor, meeting_id, invitee_id, "renew_link")
    invitee.link_token, invitee.link_used_at = new_token(), None
    return MEETING.move(actor, meeting, "renew_link", invitee_id=invitee.id, note=invitee.shown_name)


@use_case
def revoke_link(actor: Actor, meeting_id: int, invitee_id: int) -> Meeting:
    """Thu hồi đường dẫn của một thành phần mời."""
    meeting, invitee = _invitee(actor, meeting_id, invitee_id, "revoke_link")
    invitee.link_token = None
    return MEETING.move(actor, meeting, "revoke_link", invitee_id=invitee.id, note=invitee.shown_name)


def _invitee(actor: Actor, meeting_id: int, invitee_id: int, action: str) -> tuple[Meeting, Invitee]:
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, action)
    invitee = load_for_change(Invitee, invitee_id, None)
    if invitee.meeting_id != meeting.id or invitee.withdrawn_at is not None:
        raise NotFound
    return meeting, invitee


@use_case
def decide_substitute(
    actor: Actor, meeting_id: int, invitee_id: int, *, agrees: bool, reason: str = ""
) -> Meeting:
    """Cho ý kiến về người dự thay: the chair agrees, or asks for another answer.

    :raises WrongState: nobody asks, or it was decided meanwhile.
    """
    meeting = shared(actor, meeting_id)
    MEETING.check(actor, meeting, "decide_substitute")
    invitee = load_for_change(Invitee, invitee_id, None)
    if invitee.meeting_id != meeting.id:
        raise NotFound
    if invitee.consent != Consent.ASKED:
        raise WrongState("Việc cử người dự thay này đã được quyết định hoặc đã đổi. Hãy tải lại trang.")
    others = ", ".join(a.name for a in invitee.attendees)
    invitee.consent = (Consent.AGREED if agrees else Consent.REFUSED).value
    if not agrees:
        _ask_once_more(meeting, invitee)
    touch(invitee)
    words = "đồng ý" if agrees else "không đồng ý"
    if invitee.post_id is not None:
        notice(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            words=f"Chủ trì {words} để {others} dự thay, họp {when(meeting)}: {meeting.title}",
            principals=[post_principal(invitee.post_id)],
        )
    note = f"{words}: {others} thay {invitee.shown_name}" + (f". Lý do: {reason}" if reason else "")
    return MEETING.move(
        actor.acting_as(meeting.chair_post_id),
        meeting,
        "decide_substitute",
        invitee_id=invitee.id,
        agrees=agrees,
        note=note,
    )


def _ask_once_more(meeting: Meeting, invitee: Invitee) -> None:
    """The refused substitute goes out of sight; the invitation is open again."""
    invitee.previous_answer, invitee.answer = invitee.answer, None
    invitee.answered_at, invitee.answered_by_person_id = None, None
    invitee.attendees = []
    access.sync(meeting)
