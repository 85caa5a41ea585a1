"""Trả lời giấy mời, và nhắc những nơi chưa trả lời."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import post_principal
from app.core.use_case import load_for_change, touch, use_case
from app.meetings import events, labels, policy, queries
from app.meetings.models import Answer, Attendee, Consent, Invitee, Meeting, MeetingState
from app.meetings.service import access
from app.meetings.service.calling import when
from app.meetings.service.invitations import settle_invitation
from app.meetings.service.invitees import names_of, principals_of
from app.meetings.service.loading import shared
from app.meetings.service.plans import Named
from app.meetings.workflow import MEETING
from app.notifications.service import notice
from app.org.models import Person, Post


@use_case
def answer(
    actor: Actor,
    meeting_id: int,
    invitee_id: int,
    *,
    version: int | None,
    answer: Answer,
    reason: str = "",
    people: Sequence[Named] = (),
    myself: bool = False,
) -> Meeting:
    """Trả lời giấy mời: tham dự, cử người dự thay, hoặc báo vắng. May be changed until the meeting begins.

    :param version: of the invitation; a moved meeting makes it stale, so that no answer counts for other hours.
    :param people: whom an agency sends, or who goes in a person's stead.
    :param myself: one press by a leader of the invited agency: he goes himself.
    :raises StaleVersion: answered or moved meanwhile.
    :raises Violations: a reason or a name is missing, or there are more people than seats.
    """
    meeting = shared(actor, meeting_id)
    invitee = load_for_change(Invitee, invitee_id, version)
    if invitee.meeting_id != meeting.id:
        raise NotFound
    _check(actor, meeting, invitee)
    named = _named(actor, invitee, people, myself=myself)
    return record_answer(actor, meeting, invitee, answer, reason, named)


def record_answer(
    actor: Actor,
    meeting: Meeting,
    invitee: Invitee,
    answer: Answer,
    reason: str,
    named: Sequence[Named],
    *,
    way: str = "",
) -> Meeting:
    """Ghi một trả lời đã xét quyền; every way of answering ends here.

    :param way: how it came, when not by the signed-in page; said in the history.
    """
    _must_fit(invitee, answer, reason, named)
    before = {a.post_id for a in invitee.attendees if a.post_id is not None}
    old = invitee.answer
    invitee.answer, invitee.reason = answer.value, reason
    invitee.answered_at, invitee.answered_by_person_id = clock.now(), actor.person_id
    invitee.consent = _consent(meeting, invitee, answer)
    invitee.attendees = [
        Attendee(post_id=n.post_id, name=n.name, title=n.title, position=i) for i, n in enumerate(named)
    ]
    touch(invitee)
    session.flush()
    access.answered(meeting, invitee, before)
    settle_invitation(actor, meeting.id, invitee.agency_id)
    _tell_sent(meeting, invitee, before)
    if invitee.consent == Consent.ASKED:
        _ask_consent(meeting, invitee)
    emit(
        actor.acting_as(invitee.post_id),
        events.InvitationAnswered(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            agency_id=meeting.agency_id,
            invitee_id=invitee.id,
            invited_agency_id=invitee.agency_id,
            answer=answer.value,
            note=_in_words(invitee, old) + (f" ({way})" if way else ""),
            others_sent=before != {a.post_id for a in invitee.attendees if a.post_id is not None},
        ),
    )
    session.expire(meeting, ["invitees"])
    return meeting


def _consent(meeting: Meeting, invitee: Invitee, answer: Answer) -> str | None:
    """Whoever was invited by name asks the chair before another comes, where the rule says so."""
    if answer != Answer.SUBSTITUTE or invitee.is_agency:
        return None
    return Consent.ASKED.value if queries.limits_of(meeting.agency_id).needs_consent else None


def _ask_consent(meeting: Meeting, invitee: Invitee) -> None:
    others = ", ".join(a.name for a in invitee.attendees)
    notice(
        kind=int(meeting.record_kind),
        record_id=meeting.id,
        words=f"{invitee.shown_name} xin cử {others} dự thay, họp {when(meeting)}: {meeting.title}",
        principals=[post_principal(meeting.chair_post_id)],
        mail=False,
    )


def _check(actor: Actor, meeting: Meeting, invitee: Invitee) -> None:
    # The rule is asked about this one invitation; the other five hundred need not be read.
    set_committed_value(meeting, "invitees", [invitee])
    MEETING.check(actor, meeting, "answer")
    if not policy.may_answer(actor, invitee):
        raise NotAllowed(
            "Chỉ người được mời, hoặc lãnh đạo, văn thư, thư ký của cơ quan được mời được trả lời."
        )


def _named(actor: Actor, invitee: Invitee, people: Sequence[Named], *, myself: bool) -> list[Named]:
    if not people and myself and invitee.is_agency and actor.agency_id == invitee.agency_id:
        return [Named(actor.post_id, actor.person_name, actor.post_title)]
    wanted = [n.post_id for n in people if n.post_id is not None]
    known = {
        r.id: Named(r.id, r.full_name, r.title)
        for r in session.execute(
            select(Post.id, Post.title, Person.full_name)
            .join(Person, Person.id == Post.person_id)
            .where(Post.id.in_(wanted), Post.agency_id == invitee.agency_id, Post.active, Person.active)
        )
    }
    if set(wanted) - known.keys():
        raise Violations([Violation("people", "Chỉ cử người của cơ quan được mời. Hãy chọn lại.")])
    return [known[n.post_id] if n.post_id is not None else n for n in people]


def _must_fit(invitee: Invitee, answer: Answer, reason: str, named: Sequence[Named]) -> None:
    faults = []
    if answer == Answer.ABSENT and not reason:
        faults.append(Violation("reason", "Hãy nêu lý do báo vắng để người chủ trì biết."))
    if answer == Answer.ABSENT and named:
        faults.append(
            Violation("people", "Báo vắng thì không cử người. Nếu có người đi, hãy chọn “Cử người dự thay”.")
        )
    if answer == Answer.SUBSTITUTE and not named:
        faults.append(Violation("people", "Hãy ghi họ tên, chức vụ người dự thay."))
    if answer == Answer.ATTEND and named and not invitee.is_agency:
        faults.append(
            Violation("people", "Lời mời đích danh: nếu người khác đi, hãy chọn “Cử người dự thay”.")
        )
    if answer == Answer.SUBSTITUTE and any(n.post_id == invitee.post_id for n in named if n.post_id):
        faults.append(Violation("people", "Người dự thay phải là người khác."))
    if len(named) > invitee.seats:
        faults.append(
            Violation(
                "people",
                f"Giấy mời dành {invitee.seats:02d} chỗ, đang cử {len(named)} người. Hãy bớt hoặc đề nghị thêm chỗ.",
            )
        )
    if any(not n.name for n in named):
        faults.append(Violation("people", "Hãy ghi họ tên người được cử."))
    if faults:
        raise Violations(faults)


def _in_words(invitee: Invitee, old: str | None) -> str:
    words = f"{invitee.shown_name}: {labels.ANSWERS[invitee.answer or '']}"
    if invitee.attendees:
        words += " (" + ", ".join(a.name for a in invitee.attendees) + ")"
    if invitee.reason:
        words += f". Lý do: {invitee.reason}"
    if old is not None and old != invitee.answer:
        words += f"; trước đó: {labels.ANSWERS[old]}"
    return words


def _tell_sent(meeting: Meeting, invitee: Invitee, before: Collection[int]) -> None:
    fresh = {a.post_id for a in invitee.attendees if a.post_id is not None} - set(before)
    if fresh:
        notice(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            words=f"Anh/chị được cử dự họp {when(meeting)}: {meeting.title}",
            principals=[post_principal(p) for p in fresh],
            mail=False,
        )


@use_case
def remind(actor: Actor, meeting_id: int, *, invitee_ids: Collection[int] | None = None) -> int:
    """Nhắc những nơi chưa phản hồi (tất cả, hoặc các nơi đã chọn), and only those; each reminder is counted.

    :returns: how many were reminded.
    """
    meeting = shared(actor, meeting_id)
    MEETING.check(actor, meeting, "remind")
    chased = _silent(meeting, invitee_ids)
    if not chased:
        raise Violations(["Các nơi đã chọn đều đã phản hồi. Hãy tải lại trang."])
    return _chase(actor, meeting, chased)


@use_case
def chase_by_clock(actor: Actor, meeting_id: int, deadline: datetime) -> int:
    """Tự động nhắc nơi chưa phản hồi khi sắp đến hạn; once for each deadline, and only the silent.

    :returns: how many were reminded.
    """
    meeting = session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    if meeting is None or meeting.state != MeetingState.CALLED or meeting.chased_for == deadline:
        return 0
    meeting.chased_for = deadline
    chased = _silent(meeting, None)
    return _chase(actor, meeting, chased) if chased else 0


def _silent(meeting: Meeting, invitee_ids: Collection[int] | None) -> Sequence[Invitee]:
    statement = select(Invitee).where(
        Invitee.meeting_id == meeting.id, Invitee.withdrawn_at.is_(None), Invitee.answer.is_(None)
    )
    if invitee_ids is not None:
        statement = statement.where(Invitee.id.in_(list(invitee_ids)))
    return session.scalars(statement.order_by(Invitee.position, Invitee.id).with_for_update()).all()


def _chase(actor: Actor, meeting: Meeting, chased: Sequence[Invitee]) -> int:
    for item in chased:
        item.reminded_count += 1
        item.reminded_at = clock.now()
    emit(
        actor,
        events.InviteesReminded(
            kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id,
            invitee_ids=tuple(i.id for i in chased), note=names_of(chased),
        ),
    )  # fmt: skip
    notice(
        kind=int(meeting.record_kind),
        record_id=meeting.id,
        words=f"Đề nghị trả lời giấy mời họp {when(meeting)}: {meeting.title}",
        principals=principals_of(chased),
        mail=False,
    )
    return len(chased)
