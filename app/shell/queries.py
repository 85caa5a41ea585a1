"""Chuỗi công việc: meeting, documents, tasks, reports and answers that belong together, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import aliased

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import RecordKind, seen_by
from app.directives.models import ClosingProposal, Directive, DirectivePart, ProgressReport
from app.directives.policy import SCOPE as DIRECTIVES
from app.documents.models import Direction, Document
from app.documents.policy import SCOPE as DOCUMENTS
from app.meetings.models import Meeting, MeetingParty
from app.meetings.policy import principals as meeting_principals
from app.org.models import Agency

_MOST = 300
_ID_MOST = 2**63 - 1
AnyRow = Row[*tuple[Any, ...]]


@dataclass
class Chain:
    """Chuỗi công việc, từ cuộc họp đến văn bản kết thúc."""

    meetings: Sequence[AnyRow] = ()
    documents: Sequence[AnyRow] = ()
    parts: Sequence[AnyRow] = ()
    reports: Sequence[AnyRow] = ()
    answers: set[int] = field(default_factory=set)  # which of the documents close a task

    @property
    def length(self) -> int:
        """Số mắt xích người xem được thấy."""
        return len(self.meetings) + len(self.documents) + len(self.parts) + len(self.reports)


def of_part(part_id: int, *, viewer: Actor) -> Chain:
    """Chuỗi quanh một đầu việc.

    :raises NotFound: none such, or not the viewer's to know of.
    """
    found = session.execute(
        select(Directive.source_document_id, Directive.id, Directive.source_reference)
        .join(DirectivePart, DirectivePart.directive_id == Directive.id)
        .where(DirectivePart.id == _known(part_id), _sees_part(viewer))
    ).first()
    if found is None:
        raise NotFound
    return _walk(viewer, _ids([found.source_document_id]), directive_ids={found.id}, meeting_ids=set())


def of_document(document_id: int, *, viewer: Actor) -> Chain:
    """Chuỗi quanh một văn bản: one that gives tasks, or one that answers them.

    :raises NotFound: none such, or not the viewer's to know of.
    """
    found = session.execute(
        select(Document.id).where(Document.id == _known(document_id), _sees_document(viewer))
    ).first()
    if found is None:
        raise NotFound
    return _walk(viewer, {found.id}, directive_ids=set(), meeting_ids=set())


def of_meeting(meeting_id: int, *, viewer: Actor) -> Chain:
    """Chuỗi quanh một cuộc họp.

    :raises NotFound: none such, or not the viewer's to know of.
    """
    found = session.execute(
        select(Meeting.id, Meeting.invitation_document_id, Meeting.conclusion_document_id).where(
            Meeting.id == _known(meeting_id), _sees_meeting(viewer)
        )
    ).first()
    if found is None:
        raise NotFound
    documents = _ids([found.invitation_document_id, found.conclusion_document_id])
    return _walk(viewer, documents, directive_ids=set(), meeting_ids={found.id})


# ── the walk: each step one statement, over ids alone; only the last ones ask what the viewer may see ─────────────


def _walk(viewer: Actor, seeds: set[int], *, directive_ids: set[int], meeting_ids: set[int]) -> Chain:
    whole = _originals(seeds)
    answered = [] if directive_ids or meeting_ids else _answered_by(whole)
    answers = set(whole) if answered else set()
    meetings = _meetings(viewer, whole | _sources_of(answered), meeting_ids)
    whole |= _ids(i for m in meetings for i in (m.invitation_document_id, m.conclusion_document_id))
    parts = _parts(viewer, whole, answered, directive_ids)
    further = _ids(p.source_document_id for p in parts) - whole
    if further:
        meetings += _meetings(viewer, further, set())
        whole |= further | _ids(
            i for m in meetings for i in (m.invitation_document_id, m.conclusion_document_id)
        )
    part_ids = [p.id for p in parts]
    reports = _reports(part_ids)
    answers |= _ids(r.answer_document_id for r in reports)
    rows = _documents(viewer, whole | answers, part_ids)
    closing = {r.id for r in rows if r.paper_id in answers or r.paper_id not in whole}
    shown = {r.id: r for r in rows}
    return Chain(meetings, list(shown.values()), parts, reports, closing)


def _known(record_id: int) -> int:
    return record_id if 0 < record_id <= _ID_MOST else 0


def _ids(values: Iterable[int | None]) -> set[int]:
    return {v for v in values if v is not None}


def _originals(document_ids: set[int]) -> set[int]:
    """These documents and, of those that arrived, the issuer's own row: the same paper in two agencies."""
    if not document_ids:
        return set()
    arrived, sent = aliased(Document), aliased(Document)
    same = and_(sent.agency_id == arrived.issuer_agency_id, sent.reference_key == arrived.reference_key)
    found = session.scalars(
        select(sent.id)
        .join(arrived, same)
        .where(
            arrived.id.in_(document_ids),
            arrived.direction == Direction.INCOMING.value,
            arrived.reference_key != "",
            sent.direction == Direction.OUTGOING.value,
        )
    )
    return document_ids | set(found)


def _answered_by(document_ids: set[int]) -> list[tuple[int, int | None]]:
    """Tasks (and their sources) that these documents answered, or are proposed to answer."""
    if not document_ids:
        return []
    reported = select(ProgressReport.part_id).where(ProgressReport.answer_document_id.in_(document_ids))
    proposed = select(ClosingProposal.part_id).where(
        ClosingProposal.document_id.in_(document_ids), ClosingProposal.state != "dismissed"
    )
    rows = session.execute(
        select(DirectivePart.directive_id, DirectivePart.source_document_id).where(
            DirectivePart.id.in_(reported.union(proposed))
        )
    )
    return [(r.directive_id, r.source_document_id) for r in rows]


def _sources_of(answered: list[tuple[int, int | None]]) -> set[int]:
    return _ids(source for _directive, source in answered)


def _meetings(viewer: Actor, document_ids: set[int], meeting_ids: set[int]) -> list[AnyRow]:
    if not document_ids and not meeting_ids:
        return []
    arrived = select(MeetingParty.meeting_id).where(MeetingParty.document_id.in_(document_ids))
    return list(
        session.execute(
            select(
                Meeting.id,
                Meeting.title,
                Meeting.state,
                Meeting.starts_at,
                Meeting.invitation_document_id,
                Meeting.conclusion_document_id,
                Agency.short_name.label("agency_name"),
            )
            .join(Agency, Agency.id == Meeting.agency_id)
            .where(
                or_(
                    Meeting.id.in_(meeting_ids),
                    Meeting.invitation_document_id.in_(document_ids),
                    Meeting.conclusion_document_id.in_(document_ids),
                    Meeting.id.in_(arrived),
                ),
                _sees_meeting(viewer),
            )
            .order_by(Meeting.starts_at)
            .limit(_MOST)
        )
    )


def _parts(
    viewer: Actor, document_ids: set[int], answered: list[tuple[int, int | None]], directive_ids: set[int]
) -> Sequence[AnyRow]:
    wanted = directive_ids | {directive for directive, _source in answered}
    sources = document_ids | _sources_of(answered)
    if not wanted and not sources:
        return []
    return session.execute(
        select(
            DirectivePart.id,
            DirectivePart.code,
            DirectivePart.content,
            DirectivePart.state,
            DirectivePart.assigned_at,
            DirectivePart.due_at,
            DirectivePart.soon_at,
            DirectivePart.reported_done_at,
            DirectivePart.source_document_id,
            Agency.short_name.label("lead_name"),
        )
        .join(Agency, Agency.id == DirectivePart.lead_agency_id)
        .where(
            or_(DirectivePart.directive_id.in_(wanted), DirectivePart.source_document_id.in_(sources)),
            _sees_part(viewer),
        )
        .order_by(DirectivePart.assigned_at, DirectivePart.id)
        .limit(_MOST)
    ).all()


def _reports(part_ids: list[int]) -> Sequence[AnyRow]:
    if not part_ids:
        return []
    return session.execute(
        select(
            ProgressReport.id,
            ProgressReport.part_id,
            ProgressReport.at,
            ProgressReport.situation,
            ProgressReport.judgement,
            ProgressReport.answer_document_id,
            ProgressReport.answer_reference,
            DirectivePart.code,
        )
        .join(DirectivePart, DirectivePart.id == ProgressReport.part_id)
        .where(ProgressReport.part_id.in_(part_ids), ProgressReport.is_completion)
        .order_by(ProgressReport.at)
        .limit(_MOST)
    ).all()


def _documents(viewer: Actor, document_ids: set[int], part_ids: list[int]) -> Sequence[AnyRow]:
    """The viewer's own rows of these papers, and of those proposed to close the tasks: his agency's original, or the copy
    that arrived there.
    """
    paper = aliased(Document)
    proposed = select(ClosingProposal.document_id).where(
        ClosingProposal.part_id.in_(part_ids), ClosingProposal.state != "dismissed"
    )
    arrived = and_(
        Document.issuer_agency_id == paper.agency_id,
        Document.reference_key == paper.reference_key,
        paper.reference_key != "",
    )
    return session.execute(
        select(
            Document.id,
            Document.direction,
            Document.document_type,
            Document.reference,
            Document.subject,
            Document.issued_on,
            Document.issuer_name,
            Document.created_at,
            paper.id.label("paper_id"),
        )
        .join(paper, or_(Document.id == paper.id, arrived))
        .where(or_(paper.id.in_(document_ids), paper.id.in_(proposed)), _sees_document(viewer))
        .order_by(Document.created_at, Document.id)
        .limit(_MOST)
    ).all()


def _sees_part(viewer: Actor) -> Any:
    return seen_by(DirectivePart.id, RecordKind.DIRECTIVE, viewer.all_principals(DIRECTIVES))


def _sees_meeting(viewer: Actor) -> Any:
    return seen_by(Meeting.id, RecordKind.MEETING, meeting_principals(viewer))


def _sees_document(viewer: Actor) -> Any:
    principals = viewer.all_principals(DOCUMENTS)
    return and_(
        Document.agency_id == viewer.agency_id,
        or_(
            and_(
                Document.direction == Direction.INCOMING.value,
                seen_by(Document.id, RecordKind.INCOMING, principals),
            ),
            and_(
                Document.direction == Direction.OUTGOING.value,
                seen_by(Document.id, RecordKind.OUTGOING, principals),
            ),
        ),
    )
