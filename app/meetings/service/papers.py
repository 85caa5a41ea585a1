"""Tài liệu họp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import post_principal
from app.core.use_case import use_case
from app.meetings import queries
from app.meetings.events import PaperCommented, PaperRemoved, PapersAdded
from app.meetings.models import Meeting, MeetingState, Paper, PaperComment, PaperReader
from app.meetings.service.invitees import principals_of
from app.meetings.service.loading import for_change
from app.meetings.workflow import MEETING
from app.notifications.service import notice
from app.storage import service as storage
from app.storage.service import Upload


def keep_papers(actor: Actor, meeting: Meeting, uploads: Sequence[Upload]) -> None:
    """Gắn tệp đã nhận vào cuộc họp.

    :raises Violations: more files than one record may hold.
    """
    if len(meeting.papers) + len(uploads) > limits.FILES_PER_RECORD:
        raise Violations(
            [Violation("papers", f"Mỗi cuộc họp giữ nhiều nhất {limits.FILES_PER_RECORD} tệp tài liệu.")]
        )
    meeting.papers.extend(
        Paper(
            stored_file_id=storage.keep(actor, upload).id,
            name=upload.name,
            added_at=clock.now(),
            added_by_post_id=actor.post_id,
        )
        for upload in uploads
    )
    session.flush()


RESTRICTED = "tài liệu hạn chế người đọc"  # the history is read by people who may not know its name


@dataclass(frozen=True)
class PaperPlace:
    """Chỗ của tài liệu: which agenda item it belongs to, and who may read it."""

    agenda_item_id: int | None = None
    rights: str = "all"
    reader_ids: tuple[int, ...] = ()


@use_case
def add_papers(
    actor: Actor, meeting_id: int, uploads: Sequence[Upload], place: PaperPlace | None = None
) -> Meeting:
    """Thêm tài liệu họp; those already invited who may read them are told."""
    place = place or PaperPlace()
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "add_papers")
    if not uploads:
        raise Violations([Violation("papers", "Hãy chọn tệp tài liệu.")])
    known = len(meeting.papers)
    keep_papers(actor, meeting, uploads)
    _place(meeting, meeting.papers[known:], place)
    names = ", ".join(u.name for u in uploads) if place.rights == "all" else RESTRICTED
    emit(
        actor,
        PapersAdded(
            kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id, note=names
        ),
    )
    if meeting.state == MeetingState.CALLED:
        notice(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            words=f"Có thêm tài liệu họp: {meeting.title}",
            principals=_readers(meeting, meeting.papers[-1]),
        )
    return meeting


def _place(meeting: Meeting, papers: Sequence[Paper], place: PaperPlace) -> None:
    if place.agenda_item_id not in {None, *(a.id for a in meeting.agenda)}:
        raise Violations(
            [Violation("agenda_item", "Nội dung này không có trong chương trình. Hãy chọn lại.")]
        )
    invited = {i.id for i in meeting.invitees}
    chosen = [i for i in place.reader_ids if i in invited] if place.rights == "some" else []
    if place.rights == "some" and not chosen:
        raise Violations([Violation("readers", "Hãy chọn ít nhất một thành phần được đọc.")])
    for paper in papers:
        paper.agenda_item_id, paper.rights = place.agenda_item_id, place.rights
        paper.readers = [PaperReader(invitee_id=i) for i in chosen]
    session.flush()


def _told(paper: Paper) -> str:
    return paper.name if paper.rights == "all" else RESTRICTED


def _readers(meeting: Meeting, paper: Paper) -> set[int]:
    """Whom a word about this paper goes to."""
    if paper.rights == "chair":
        return set()
    chosen = {r.invitee_id for r in paper.readers}
    return principals_of(i for i in meeting.invitees if paper.rights == "all" or i.id in chosen)


@use_case
def replace_paper(actor: Actor, meeting_id: int, paper_id: int, upload: Upload | None) -> Meeting:
    """Thay tài liệu họp bằng bản mới: the former stays, marked as such; whoever may read it is told.

    :raises NotFound: no such paper, or it was replaced already.
    """
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "replace_paper")
    old = next((p for p in meeting.papers if p.id == paper_id and p.is_current), None)
    if old is None:
        raise NotFound
    if upload is None:
        raise Violations([Violation("papers", "Hãy chọn tệp của bản mới.")])
    keep_papers(actor, meeting, [upload])
    new = meeting.papers[-1]
    new.agenda_item_id, new.rights, new.number = old.agenda_item_id, old.rights, old.number + 1
    new.readers = [PaperReader(invitee_id=r.invitee_id) for r in old.readers]
    session.flush()
    old.replaced_by_id = new.id
    if meeting.state == MeetingState.CALLED:
        notice(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            words=f"Tài liệu họp có bản mới (lần {new.number}): {new.name}",
            principals=_readers(meeting, new),
        )
    return MEETING.move(
        actor,
        meeting,
        "replace_paper",
        paper_id=new.id,
        note=f"{_told(old)} → {_told(new)} (lần {new.number})",
    )


@use_case
def comment_paper(actor: Actor, meeting_id: int, paper_id: int, text: str) -> Meeting:
    """Góp ý tài liệu họp, before or after the meeting; its secretary and chair are told.

    :raises NotFound: no such paper, or not this reader's to read.
    """
    meeting = queries.meeting(meeting_id, actor)
    paper = queries.paper(paper_id, meeting_id, actor)
    if not text:
        raise Violations([Violation("text", "Hãy ghi góp ý.")])
    session.add(
        PaperComment(
            paper_id=paper.id, post_id=actor.post_id, person_id=actor.person_id, text=text, at=clock.now()
        )
    )
    emit(
        actor,
        PaperCommented(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            agency_id=meeting.agency_id,
            paper_id=paper.id,
            note=_told(paper),
        ),
    )
    notice(
        kind=int(meeting.record_kind),
        record_id=meeting.id,
        words=f"Góp ý tài liệu “{paper.name}”: {text[:120]}",
        principals=[
            post_principal(p) for p in {meeting.secretary_post_id, meeting.chair_post_id} - {actor.post_id}
        ],
    )
    return meeting


@use_case
def remove_paper(actor: Actor, meeting_id: int, paper_id: int) -> Meeting:
    """Bỏ tài liệu họp; its name stays in the history."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "remove_paper")
    paper = next((p for p in meeting.papers if p.id == paper_id), None)
    if paper is None:
        raise NotFound
    if any(p.replaced_by_id == paper.id for p in meeting.papers):
        raise Violations(
            ["Tài liệu này là bản mới của một tài liệu khác. Hãy thay bằng bản mới hơn thay vì bỏ."]
        )
    meeting.papers.remove(paper)
    emit(
        actor,
        PaperRemoved(
            kind=int(meeting.record_kind),
            record_id=meeting.id,
            agency_id=meeting.agency_id,
            note=_told(paper),
        ),
    )
    return meeting
