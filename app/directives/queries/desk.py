"""Việc trên bàn: what waits for this person's decision, and what is his to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import TextualSelect

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.records import RecordAccess, RecordKind, capped
from app.core.working_days import due_day
from app.directives.models import (
    OPEN,
    WORKING,
    ClosingProposal,
    Directive,
    DirectivePart,
    ExtensionRequest,
    ExtensionState,
    LeadChangeRequest,
    PartState,
    ProgressReport,
)
from app.directives.policy import SCOPE
from app.directives.queries.conditions import AGENCY, state_in
from app.directives.queries.filters import PartFilter, Status, View
from app.directives.queries.listing import capped_count, part_page
from app.directives.queries.prepared import AnyRow, Prepared
from app.language.dates import dmy
from app.org.models import Agency, Person
from app.org.open_work import WorkItem

_lead, _assigning, _proposer = aliased(Agency), aliased(Agency), aliased(Person)
_proposed = aliased(Agency)


def deciding_posts(actor: Actor) -> list[int]:
    """Các vị trí mà người này quyết định thay hoặc quyết định với tư cách của mình."""
    own = [actor.post_id] if actor.post_id is not None else []
    return [*own, *(s.post_id for s in actor.stands_in if s.scope in ("all", SCOPE))]


def decisions(actor: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Đề nghị gia hạn và báo cáo hoàn thành đang chờ người này quyết định, chờ lâu trước."""
    return _decisions().run(_decider(actor) | {"most": limit}).all()


@cache
def _decisions() -> Prepared:
    waiting = func.coalesce(
        ExtensionRequest.requested_at,
        LeadChangeRequest.requested_at,
        ProgressReport.at,
        ClosingProposal.made_at,
    )
    return Prepared(
        select(
            DirectivePart.id,
            DirectivePart.version,
            DirectivePart.code,
            DirectivePart.content,
            DirectivePart.due_at,
            DirectivePart.soon_at,
            DirectivePart.state,
            DirectivePart.reported_done_at,
            _lead.short_name.label("lead_name"),
            ExtensionRequest.id.label("request_id"),
            ExtensionRequest.version.label("request_version"),
            ExtensionRequest.wanted_due_at,
            ExtensionRequest.was_overdue,
            ExtensionRequest.reason,
            LeadChangeRequest.id.label("lead_request_id"),
            LeadChangeRequest.version.label("lead_request_version"),
            LeadChangeRequest.reason.label("lead_reason"),
            LeadChangeRequest.proposed_agency_id,
            _proposed.short_name.label("proposed_name"),
            ClosingProposal.id.label("proposal_id"),
            ClosingProposal.reference.label("answer"),
            ClosingProposal.subject.label("answer_subject"),
            ProgressReport.situation,
            ProgressReport.answer_reference,
            ProgressReport.proposal,
            ProgressReport.proposal_note,
            _proposer.full_name.label("proposer"),
            waiting.label("waiting_since"),
        )
        .join(_lead, _lead.id == DirectivePart.lead_agency_id)
        .outerjoin(
            ExtensionRequest,
            (ExtensionRequest.part_id == DirectivePart.id)
            & (ExtensionRequest.state == literal_column(f"'{ExtensionState.REQUESTED.value}'")),
        )
        .outerjoin(
            LeadChangeRequest,
            (LeadChangeRequest.part_id == DirectivePart.id)
            & (LeadChangeRequest.state == literal_column(f"'{ExtensionState.REQUESTED.value}'")),
        )
        .outerjoin(ClosingProposal, ClosingProposal.id == _best_proposal())
        .outerjoin(_proposed, _proposed.id == LeadChangeRequest.proposed_agency_id)
        .outerjoin(
            ProgressReport,
            (ProgressReport.part_id == DirectivePart.id)
            & ProgressReport.is_completion
            & ProgressReport.judgement.is_(None),
        )
        .outerjoin(_proposer, _proposer.id == ProgressReport.proposed_by_person_id)
        .where(DirectivePart.id.in_(_to_decide()))
        .order_by(waiting, DirectivePart.id)
        .limit(bindparam("most"))
    )


def _best_proposal() -> Any:
    """The answer that fits best, of work not yet reported."""
    return (
        select(ClosingProposal.id)
        .where(
            ClosingProposal.part_id == DirectivePart.id,
            ClosingProposal.state == literal_column("'proposed'"),
            state_in(DirectivePart, WORKING),
        )
        .order_by(ClosingProposal.score.desc(), ClosingProposal.id)
        .limit(literal_column("1"))
        .correlate(DirectivePart)
        .scalar_subquery()
    )


def _to_decide() -> Select[Any]:
    """Keys of what waits: reports of completion and requests, each found by its own index, never by reading what is open."""
    mine = DirectivePart.assigner_post_id == func.any(cast(bindparam("posts"), ARRAY(BigInteger)))
    reported = select(DirectivePart.id).where(
        mine,
        DirectivePart.reported_done_at.is_not(None),
        state_in(DirectivePart, (PartState.REPORTED_DONE,)),
    )
    requested = select(DirectivePart.id).where(
        mine, DirectivePart.assigning_agency_id == AGENCY, DirectivePart.is_extension_pending
    )
    leads = (
        select(DirectivePart.id)
        .join(LeadChangeRequest, LeadChangeRequest.part_id == DirectivePart.id)
        .where(mine, LeadChangeRequest.state == literal_column(f"'{ExtensionState.REQUESTED.value}'"))
    )
    answered = (
        select(DirectivePart.id)
        .join(ClosingProposal, ClosingProposal.part_id == DirectivePart.id)
        .where(mine, ClosingProposal.state == literal_column("'proposed'"), state_in(DirectivePart, WORKING))
    )
    # a part may ask for more than one thing; it is one thing to look at
    found = union(reported, requested, leads, answered).subquery("to_decide")
    return select(found.c.id)


def _decider(actor: Actor) -> dict[str, Any]:
    return {"posts": deciding_posts(actor), "agency": actor.agency_id}


@cache
def _decision_count() -> Prepared:
    return Prepared(capped(_to_decide(), cap=limits.COUNT_CAP))


def decision_count(actor: Actor) -> TextualSelect:
    """Số việc chờ quyết định, chặn ở 100."""
    return _decision_count().counting(_decider(actor))


def my_parts(actor: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Đầu việc được phân công cho tôi hoặc đơn vị tôi, hạn gần trước."""
    principals = list(actor.all_principals(SCOPE))
    return _my_parts().run({"principals": principals, "most": limit}).all()


@cache
def _my_parts() -> Prepared:
    mine = select(RecordAccess.record_id).where(
        RecordAccess.principal_id == func.any(cast(bindparam("principals"), ARRAY(BigInteger))),
        RecordAccess.kind == literal_column(str(int(RecordKind.DIRECTIVE))),
        RecordAccess.reason == literal_column("'assignee'"),
        RecordAccess.open,
    )
    return Prepared(
        select(
            DirectivePart.id,
            DirectivePart.code,
            DirectivePart.content,
            DirectivePart.state,
            DirectivePart.urgency,
            DirectivePart.percent,
            DirectivePart.last_update_at,
            DirectivePart.due_at,
            DirectivePart.soon_at,
            DirectivePart.reported_done_at,
            _assigning.short_name.label("assigning_name"),
            Directive.source_reference,
        )
        .join(Directive, Directive.id == DirectivePart.directive_id)
        .join(_assigning, _assigning.id == DirectivePart.assigning_agency_id)
        .where(DirectivePart.id.in_(mine), state_in(DirectivePart, OPEN))
        .order_by(DirectivePart.due_key, DirectivePart.id)
        .limit(bindparam("most"))
    )


def first_parts(actor: Actor, view: View, *, limit: int) -> Sequence[AnyRow]:
    """Vài đầu việc đang mở gấp nhất của một góc nhìn."""
    rows, _next = part_page(actor, PartFilter(view=view, status=Status.OPEN), limit=limit)
    return rows


def figure(actor: Actor, view: View, status: Status) -> TextualSelect:
    """Số đầu việc của một góc nhìn và tình trạng, chặn ở 100: the count of exactly that list."""
    return capped_count(actor, PartFilter(view=view, status=status), clock.now())


# ── what a post holds, for hand-over ─────────────────────────────────────────


def held_by(post_id: int) -> ColumnElement[bool]:
    """Đầu việc đang mở mà một vị trí quyết định, theo dõi hay thực hiện."""
    holders = (
        DirectivePart.assigner_post_id,
        DirectivePart.follower_post_id,
        DirectivePart.assignee_post_id,
    )
    held = or_(*(column == post_id for column in holders))
    # two arms, because each has its own partial index
    return or_(
        and_(held, state_in(DirectivePart, OPEN)), and_(held, state_in(DirectivePart, (PartState.PAUSED,)))
    )


def open_count_of_post(post_id: int) -> int:
    """Số đầu việc đang mở của một vị trí, chặn ở 100."""
    return int(session.scalar(capped(select(DirectivePart.id).where(held_by(post_id)))) or 0)


def open_items_of_post(post_id: int, limit: int) -> Sequence[WorkItem]:
    """Các đầu việc đang mở của một vị trí, hạn gần trước."""
    parts = session.scalars(
        select(DirectivePart)
        .where(held_by(post_id))
        .order_by(DirectivePart.due_key, DirectivePart.id)
        .limit(limit)
    )
    return [work_item(part) for part in parts]


def work_item(part: DirectivePart) -> WorkItem:
    """Một đầu việc trong danh sách bàn giao."""
    due = f"Hạn {dmy(due_day(part.due_at))}" if part.due_at else "Không đặt thời hạn"
    return WorkItem(int(part.record_kind), part.id, part.content, part.code, due)
