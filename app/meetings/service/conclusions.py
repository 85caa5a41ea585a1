"""Biên bản, kết luận: written from the agenda, issued as a notice, given out as directives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import RecordKind, may_see, office_principal
from app.core.use_case import use_case
from app.core.working_days import due_instant
from app.directives import service as directives
from app.documents.models import Document
from app.documents.service import DraftContent
from app.documents.service.composing import Composition
from app.meetings import queries
from app.meetings.models import ConclusionItem, Meeting
from app.meetings.service.calling import when
from app.meetings.service.invitations import draft_and_submit, leader
from app.meetings.service.letters import conclusion_values
from app.meetings.service.loading import for_change
from app.meetings.service.plans import ConclusionLine
from app.meetings.workflow import MEETING
from app.notifications.service import notice

CONCLUSION = "Thông báo"


@use_case
def begin_item(actor: Actor, meeting_id: int, item_id: int) -> Meeting:
    """Bắt đầu nội dung chương trình; the one before it ends with that. Its clock runs from here."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "begin_item")
    item = next((a for a in meeting.agenda if a.id == item_id), None)
    if item is None:
        raise Violations(["Nội dung này không còn trong chương trình. Hãy tải lại trang."])
    now = clock.now()
    for other in meeting.agenda:
        if other.started_at is not None and other.ended_at is None and other.id != item.id:
            other.ended_at = now
    item.started_at, item.ended_at = item.started_at or now, None
    return MEETING.move(actor, meeting, "begin_item", item_id=item.id, note=item.title)


@use_case
def write_minutes(
    actor: Actor,
    meeting_id: int,
    *,
    version: int | None,
    notes: Mapping[int, str],
    closing: str,
    conclusions: Sequence[ConclusionLine],
) -> Meeting:
    """Ghi biên bản, kết luận của cuộc họp: course by agenda item, then what was concluded.

    :raises Violations: a conclusion that became a directive was changed or dropped.
    """
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "write_minutes")
    for item in meeting.agenda:
        item.notes = notes.get(item.id, item.notes)
    meeting.minutes_closing = closing
    _set_conclusions(meeting, conclusions)
    return MEETING.move(actor, meeting, "write_minutes", note=f"{len(conclusions)} nội dung kết luận")


def _set_conclusions(meeting: Meeting, lines: Sequence[ConclusionLine]) -> None:
    have = {c.id: c for c in queries.conclusions_of(meeting.id)}
    for position, line in enumerate(lines):
        item = have.pop(line.item_id, None) if line.item_id is not None else None
        wanted = (line.content, line.agency_id, line.due_on)
        if item is None:
            item = ConclusionItem(meeting_id=meeting.id)
            session.add(item)
        elif item.part_id is not None and (item.content, item.agency_id, item.due_on) != wanted:
            raise _given(position)
        item.position = position
        item.content, item.agency_id, item.due_on = wanted
    for item in have.values():
        if item.part_id is not None:
            raise _given(item.position)
        session.delete(item)
    session.flush()


def _given(position: int) -> Violations:
    return Violations(
        [
            Violation(
                "conclusions",
                f"Kết luận {position + 1} đã giao thành nhiệm vụ nên không sửa, không bỏ ở đây. Hãy điều chỉnh ở nhiệm vụ đó.",
            )
        ]
    )


@use_case
def draft_conclusion(actor: Actor, meeting_id: int, *, version: int | None, signer_post_id: int) -> Meeting:
    """Trình thông báo kết luận, drafted from the conclusions; issuing it records it on the meeting.

    :raises Violations: nothing was concluded yet.
    """
    meeting = for_change(actor, meeting_id, version)
    MEETING.check(actor, meeting, "draft_conclusion")
    items = queries.conclusions_of(meeting.id)
    if not items:
        raise Violations(["Chưa có nội dung kết luận nào. Hãy mở “Biên bản, kết luận” và ghi các kết luận."])
    signer = leader(meeting, signer_post_id)
    leads = [i.agency_id for i in items if i.agency_id is not None]
    invited = [i.agency_id for i in queries.invitees(meeting.id)]
    content = DraftContent(
        document_type=CONCLUSION,
        subject=f"Kết luận cuộc họp {meeting.title[:1].lower()}{meeting.title[1:]}"[:500],
        urgency=0,
        recipient_ids=tuple(a for a in dict.fromkeys([*invited, *leads]) if a != meeting.agency_id),
        other_recipients=("Các thành phần dự họp",),
        approver_post_id=signer.id,
        composition=Composition("thong-bao", conclusion_values(meeting, items)),
    )
    document = draft_and_submit(actor, meeting.conclusion_draft, content, [])
    meeting.conclusion_draft_id = document.id
    name = signer.person.full_name if signer.person else signer.title
    return MEETING.move(actor, meeting, "draft_conclusion", document_id=document.id, note=f"Trình {name} ký")


@use_case
def record_issued_conclusion(actor: Actor, document_id: int) -> Meeting | None:
    """Ghi nhận thông báo kết luận đã ban hành khi văn thư phát hành nó; nobody writes it down a second time."""
    meeting = session.scalar(
        select(Meeting).where(Meeting.conclusion_draft_id == document_id).with_for_update()
    )
    if meeting is None or meeting.conclusion_document_id is not None:
        return None
    document = session.get_one(Document, document_id)
    meeting.conclusion_document_id = document.id
    return MEETING.move(actor, meeting, "record_conclusion", document_id=document.id, note=document.reference)


@use_case
def assign_conclusions(actor: Actor, meeting_id: int, *, item_ids: Sequence[int]) -> Meeting:
    """Giao nhiệm vụ theo kết luận cuộc họp: each chosen conclusion becomes a directive, linked both ways.

    :raises Violations: one without a lead agency, or already given; nothing is given then.
    """
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "assign_conclusions")
    wanted = set(item_ids)
    items = [i for i in queries.conclusions_of(meeting.id) if i.id in wanted]
    if not items:
        raise Violations(["Hãy chọn ít nhất một kết luận để giao."])
    faults = [f"Kết luận {i.position + 1} đã giao." for i in items if i.part_id is not None]
    faults += [f"Kết luận {i.position + 1} chưa có cơ quan chủ trì." for i in items if i.agency_id is None]
    if faults:
        raise Violations(faults)
    source = _source(actor, meeting)
    for item in items:
        part = directives.assign(
            actor,
            content=item.content,
            leads=[item.agency_id or 0],
            due_at=due_instant(item.due_on) if item.due_on else None,
            source_document_id=source,
            source_point=f"Kết luận {item.position + 1}, cuộc họp {when(meeting)}",
            assigner_post_id=_assigner(actor, meeting),
        )
        item.part_id = part.id
        session.flush()
    parts = tuple(i.part_id for i in items if i.part_id is not None)
    return MEETING.move(actor, meeting, "assign_conclusions", part_ids=parts, note=f"{len(parts)} nhiệm vụ")


def _source(actor: Actor, meeting: Meeting) -> int | None:
    document_id = meeting.conclusion_document_id
    if document_id is None or not may_see(
        RecordKind.OUTGOING, document_id, actor.all_principals("documents")
    ):
        return None
    return document_id


def _assigner(actor: Actor, meeting: Meeting) -> int | None:
    """The chair gives his own conclusions; another leader gives them in his own name."""
    posts = [a.post_id for a in directives.assigners(actor)]
    return meeting.chair_post_id if meeting.chair_post_id in posts else None


@use_case
def flag_conclusion(actor: Actor, meeting_id: int, words: str, step: str) -> None:
    """Báo thông báo kết luận đến hạn, quá hạn cho văn phòng; each step once."""
    meeting = session.get_one(Meeting, meeting_id)
    notice(
        kind=int(meeting.record_kind),
        record_id=meeting.id,
        words=f"{words}: {meeting.title}",
        principals=[office_principal(meeting.agency_id)],
        key=f"meeting:{meeting.id}:conclusion:{step}:{meeting.conclusion_due_on}",
    )
