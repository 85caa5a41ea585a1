"""Một cuộc họp cho người xem: the whole record in four statements, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import RecordAccess, RecordKind
from app.meetings import policy
from app.meetings.models import Answer, Invitee, Meeting, MeetingParty, Paper, PaperComment
from app.org.models import Post


def meeting(meeting_id: int, viewer: Actor) -> Meeting:
    """Cuộc họp với chương trình, tài liệu, thành phần mời và phản hồi.

    :raises NotFound: none such, or the viewer may not know of it.
    """
    found = session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id, visible(viewer))
        .options(
            joinedload(Meeting.agency),
            joinedload(Meeting.room),
            joinedload(Meeting.chair).joinedload(Post.person),
            joinedload(Meeting.secretary).joinedload(Post.person),
            joinedload(Meeting.contact).joinedload(Post.person),
            joinedload(Meeting.conclusion),
            joinedload(Meeting.invitation),
            joinedload(Meeting.conclusion_draft),
            selectinload(Meeting.agenda),
            selectinload(Meeting.papers).joinedload(Paper.stored),
        )
    )
    if found is None:
        raise NotFound
    set_committed_value(found, "invitees", list(invitees(meeting_id)))
    return found


def meeting_by_arrival(document_id: int, viewer: Actor) -> Meeting | None:
    """Cuộc họp mà văn bản đến này là giấy mời, với lời mời của cơ quan nhận; in two statements."""
    found = session.scalar(
        select(Meeting)
        .join(MeetingParty, MeetingParty.meeting_id == Meeting.id)
        .where(MeetingParty.document_id == document_id, visible(viewer))
        .options(joinedload(Meeting.room))
    )
    if found is None:
        return None
    own = [i for i in invitees(found.id) if i.agency_id == viewer.agency_id]
    set_committed_value(found, "invitees", own)
    return found


def meeting_by_document(document_id: int, viewer: Actor) -> Meeting | None:
    """Cuộc họp mà văn bản đi này là giấy mời hoặc thông báo kết luận."""
    return session.scalar(
        select(Meeting)
        .where(
            or_(Meeting.invitation_document_id == document_id, Meeting.conclusion_document_id == document_id),
            visible(viewer),
        )
        .limit(1)
    )


def visible(viewer: Actor) -> ColumnElement[bool]:
    """Điều kiện: cuộc họp người này được xem."""
    return exists().where(
        RecordAccess.kind == int(RecordKind.MEETING),
        RecordAccess.record_id == Meeting.id,
        RecordAccess.principal_id.in_(policy.principals(viewer) or (-1,)),
    )


def invitees(meeting_id: int) -> Sequence[Invitee]:
    """Thành phần mời cùng phản hồi và người được cử, in one statement."""
    return (
        session.scalars(
            select(Invitee)
            .join(Invitee.agency)
            .outerjoin(Invitee.attendees)
            .where(Invitee.meeting_id == meeting_id, Invitee.withdrawn_at.is_(None))
            .options(
                contains_eager(Invitee.agency),
                contains_eager(Invitee.attendees),
                joinedload(Invitee.post).joinedload(Post.person),
                joinedload(Invitee.answered_by),
            )
            .order_by(Invitee.position, Invitee.id)
        )
        .unique()
        .all()
    )


def invitee(invitee_id: int, meeting_id: int, viewer: Actor) -> Invitee:
    """Một lời mời mà người này được trả lời.

    :raises NotFound: none such in the meeting, or not his to answer.
    """
    found = next((i for i in meeting(meeting_id, viewer).invitees if i.id == invitee_id), None)
    if found is None or not policy.may_answer(viewer, found):
        raise NotFound
    return found


def by_link(token: str) -> tuple[Meeting, Invitee]:
    """Cuộc họp và lời mời của một đường dẫn cá nhân.

    :raises NotFound: no such address, taken back, or the invitation was withdrawn.
    """
    found = session.scalar(
        select(Invitee)
        .where(Invitee.link_token == token, Invitee.withdrawn_at.is_(None))
        .options(
            joinedload(Invitee.agency),
            joinedload(Invitee.post).joinedload(Post.person),
            selectinload(Invitee.attendees),
        )
    )
    if found is None:
        raise NotFound
    meeting = session.scalars(
        select(Meeting)
        .where(Meeting.id == found.meeting_id, Meeting.called_at.is_not(None))
        .options(
            joinedload(Meeting.agency),
            joinedload(Meeting.room),
            joinedload(Meeting.chair).joinedload(Post.person),
            joinedload(Meeting.contact).joinedload(Post.person),
            selectinload(Meeting.agenda),
        )
    ).one()
    return meeting, found


def own_invitees(viewer: Actor, found: Meeting) -> list[Invitee]:
    """Những lời mời của cuộc họp mà người này được trả lời; his own first."""
    mine = [i for i in found.invitees if policy.may_answer(viewer, i)]
    return sorted(mine, key=lambda i: (not policy.holds(viewer, i.post_id), i.position, i.id))


def paper(paper_id: int, meeting_id: int, viewer: Actor) -> Paper:
    """Một tài liệu của cuộc họp người này được xem.

    :raises NotFound: none such.
    """
    found = session.scalar(
        select(Paper)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .options(joinedload(Paper.stored))
        .where(Paper.id == paper_id, Paper.meeting_id == meeting_id, visible(viewer))
    )
    if found is None or (found.rights != "all" and not _reads(viewer, found)):
        raise NotFound
    return found


def _reads(viewer: Actor, found: Paper) -> bool:
    meeting = session.get_one(Meeting, found.meeting_id)
    set_committed_value(meeting, "invitees", list(invitees(meeting.id)))
    return policy.reads_paper(viewer, meeting, found)


def comments_of(paper_id: int) -> Sequence[PaperComment]:
    """Góp ý của một tài liệu, cũ trước."""
    return session.scalars(
        select(PaperComment)
        .where(PaperComment.paper_id == paper_id)
        .options(joinedload(PaperComment.post), joinedload(PaperComment.person))
        .order_by(PaperComment.id)
    ).all()


@dataclass(frozen=True)
class Tally:
    """Tổng hợp phản hồi của một cuộc họp."""

    invited: int
    attend: int
    substitute: int
    absent: int
    people: int  # who will sit in the room, as far as it is known
    seats: int

    @property
    def silent(self) -> int:
        """Chưa phản hồi."""
        return self.invited - self.answered

    @property
    def answered(self) -> int:
        """Đã phản hồi."""
        return self.attend + self.substitute + self.absent


def tally(found: Sequence[Invitee]) -> Tally:
    """Đếm phản hồi: each invitation counts once, as an agency or as a person."""
    answers = [i.answer for i in found]
    coming = [i for i in found if i.answer in (Answer.ATTEND, Answer.SUBSTITUTE)]
    return Tally(
        invited=len(found),
        attend=answers.count(Answer.ATTEND),
        substitute=answers.count(Answer.SUBSTITUTE),
        absent=answers.count(Answer.ABSENT),
        people=sum(max(1, len(i.attendees)) for i in coming),
        seats=sum(i.seats for i in found),
    )


# Those to be chased stand on top.
_ORDER = {None: 0, Answer.ABSENT.value: 1, Answer.SUBSTITUTE.value: 2, Answer.ATTEND.value: 3}


def replies(found: Meeting) -> list[Invitee]:
    """Phản hồi, nơi chưa phản hồi lên đầu."""
    return sorted(found.invitees, key=lambda i: (_ORDER[i.answer], i.position, i.id))


def previous(agency_id: int, viewer: Actor, *, limit: int = 20) -> Sequence[Meeting]:
    """Các cuộc họp gần đây của cơ quan mà người này được xem, để soạn cuộc họp mới theo mẫu."""
    return session.scalars(
        select(Meeting)
        .where(Meeting.agency_id == agency_id, visible(viewer))
        .order_by(Meeting.starts_at.desc())
        .limit(limit)
    ).all()


def agencies_of(found: Meeting) -> list[tuple[str, list[Invitee]]]:
    """Thành phần mời gom theo cơ quan, tổ chức."""
    grouped: dict[tuple[int, str], tuple[str, list[Invitee]]] = {}
    for item in found.invitees:
        key = (item.agency_id, item.shown_body)
        grouped.setdefault(key, (item.shown_body, []))[1].append(item)
    return list(grouped.values())
