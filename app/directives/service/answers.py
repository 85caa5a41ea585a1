"""Văn bản trả lời kết thúc nhiệm vụ: proposed when it is issued, accepted by the assigner in one click."""

from __future__ import annotations

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import post_principal
from app.core.use_case import use_case
from app.directives import policy
from app.directives.models import ClosingProposal, DirectivePart, Judgement, ProgressReport, ProposalState
from app.directives.queries.answers import answered_by
from app.directives.service import access, history, notices
from app.directives.service import lead as leads
from app.directives.service.deadlines import plan_flag
from app.directives.service.extension import lapse_pending
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE
from app.documents.models import Document
from app.org.models import Post

_CLEAR_LEAD = 30  # how far the first must stand before the second to be proposed alone


@use_case
def propose_closing(actor: Actor, document_id: int) -> list[ClosingProposal]:
    """Đề xuất kết thúc nhiệm vụ mà văn bản vừa phát hành trả lời; repeated, it proposes nothing twice.

    One whose answer is clear is proposed alone; otherwise the two that fit best, the better one first.
    """
    document = session.get_one(Document, document_id)
    drafter = session.get(Post, document.drafter_post_id) if document.drafter_post_id else None
    if drafter is None or drafter.person_id is None or document.registered_at is None:
        return []
    known = set(
        session.scalars(select(ClosingProposal.part_id).where(ClosingProposal.document_id == document_id))
    )
    found = answered_by(document)
    is_clear = len(found) < 2 or found[0].score - found[1].score >= _CLEAR_LEAD
    now, made = clock.now(), []
    for answered in found[: 1 if is_clear else 2]:
        if answered.part.id in known:
            continue
        made.append(
            ClosingProposal(
                part_id=answered.part.id,
                agency_id=document.agency_id,
                document_id=document.id,
                reference=document.reference,
                subject=document.subject,
                issued_at=document.registered_at,
                post_id=drafter.id,
                person_id=drafter.person_id,
                score=answered.score,
                state=ProposalState.PROPOSED.value,
                made_at=now,
            )
        )
        words = f"{answered.part.lead_agency.short_name} phát hành {document.reference} trả lời nhiệm vụ"
        notices.tell(
            answered.part,
            words,
            notices.assigning_side(answered.part),
            key=f"directives.answer:{document.id}:{answered.part.id}",
        )
    session.add_all(made)
    return made


@use_case
def accept_answer(
    actor: Actor, part_id: int, proposal_id: int, *, version: int | None = None
) -> DirectivePart:
    """Nhận văn bản trả lời, xác nhận hoàn thành: on time or late is judged by the day the document was issued."""
    part, proposal = _load(actor, part_id, proposal_id, version)
    DIRECTIVE.check(actor, part, "accept_answer")
    now, told_as = clock.now(), policy.in_capacity(actor, post_principal(part.assigner_post_id))
    entry = ProgressReport(
        part=part,
        agency_id=part.lead_agency_id,
        post_id=proposal.post_id,
        person_id=proposal.person_id,
        at=proposal.issued_at,
        is_completion=True,
        percent=100,
        situation=f"Trả lời bằng văn bản {proposal.reference}: {proposal.subject}",
        answer_document_id=proposal.document_id,
        answer_reference=proposal.reference,
        judgement=Judgement.ACCEPTED.value,
        judged_at=now,
        judged_by_post_id=told_as.post_id,
        judged_by_person_id=told_as.person_id,
    )
    session.add(entry)
    session.flush()
    lapse_pending(told_as, part, "văn bản trả lời đã được nhận")
    leads.lapse_pending(told_as, part, "văn bản trả lời đã được nhận")
    _decide(told_as, proposal, ProposalState.ACCEPTED)
    part.percent, part.last_update_at = 100, now
    part.reported_done_at, part.completed_at = proposal.issued_at, now
    in_time = part.due_at is None or proposal.issued_at < part.due_at
    DIRECTIVE.move(
        told_as,
        part,
        "accept_answer",
        report_id=entry.id,
        in_time=in_time,
        note=f"Trả lời bằng văn bản {proposal.reference}",
    )
    plan_flag(part)
    access.close(part)
    history.remember(part, now)
    notices.tell(part, f"Đã nhận {proposal.reference}, xác nhận hoàn thành", notices.lead_side(part))
    return part


@use_case
def dismiss_answer(
    actor: Actor, part_id: int, proposal_id: int, *, version: int | None = None
) -> DirectivePart:
    """Văn bản này chưa kết thúc nhiệm vụ: the proposal goes, the task and the document stay."""
    part, proposal = _load(actor, part_id, proposal_id, version)
    DIRECTIVE.check(actor, part, "dismiss_answer")
    told_as = policy.in_capacity(actor, post_principal(part.assigner_post_id), *policy.followers_of(part))
    _decide(told_as, proposal, ProposalState.DISMISSED)
    DIRECTIVE.move(told_as, part, "dismiss_answer", document_id=proposal.document_id, note=proposal.reference)
    return part


def _load(
    actor: Actor, part_id: int, proposal_id: int, version: int | None
) -> tuple[DirectivePart, ClosingProposal]:
    part = part_for_change(actor, part_id, version)
    proposal = session.get(ClosingProposal, proposal_id, with_for_update=True)
    if proposal is None or proposal.part_id != part.id or proposal.state != ProposalState.PROPOSED:
        raise NotFound
    return part, proposal


def _decide(actor: Actor, proposal: ClosingProposal, state: ProposalState) -> None:
    proposal.state, proposal.decided_at = state.value, clock.now()
    proposal.decided_by_person_id = actor.person_id
