"""Điều chỉnh cơ quan chủ trì: asked by the lead, decided by the assigner; what the former lead did stays under its name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.records import post_principal
from app.core.use_case import load_for_change, touch, use_case
from app.directives import policy
from app.directives.models import DirectivePart, DirectiveParty, ExtensionState, LeadChangeRequest, PartyRole
from app.directives.service import access, history, indexing, notices
from app.directives.service.deadlines import plan_flag
from app.directives.service.extension import lapse_pending as lapse_extension
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE, LEAD_CHANGE
from app.org.models import Agency


@use_case
def request_lead_change(
    actor: Actor,
    part_id: int,
    *,
    reason: str,
    proposed_agency_id: int | None = None,
    version: int | None = None,
) -> DirectivePart:
    """Đề nghị điều chỉnh cơ quan chủ trì: the deadline runs meanwhile; an order cannot be refused, only questioned."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "request_lead_change")
    _need(reason)
    proposed = _chosen(part, proposed_agency_id) if proposed_agency_id is not None else None
    now, told_as = clock.now(), policy.in_capacity(actor, *policy.desk_of(part.lead_agency_id))
    request = LeadChangeRequest(
        part=part,
        agency_id=part.lead_agency_id,
        state=ExtensionState.REQUESTED.value,
        proposed_agency_id=proposed_agency_id,
        reason=reason,
        requested_at=now,
        requested_by_post_id=told_as.post_id,
        requested_by_person_id=told_as.person_id,
    )
    session.add(request)
    session.flush()
    part.is_lead_change_pending = True
    told = f"Đề nghị giao {proposed.short_name}. {reason}" if proposed else reason
    DIRECTIVE.move(
        told_as,
        part,
        "request_lead_change",
        request_id=request.id,
        proposed_agency_id=proposed_agency_id,
        reason=told,
    )
    plan_flag(part)
    words = f"{part.lead_agency.short_name} đề nghị điều chỉnh cơ quan chủ trì"
    notices.tell(part, words, notices.assigning_side(part))
    return part


@use_case
def agree_lead_change(
    actor: Actor,
    part_id: int,
    request_id: int,
    *,
    lead_agency_id: int | None = None,
    note: str = "",
    version: int | None = None,
) -> DirectivePart:
    """Đồng ý điều chỉnh: to the agency proposed, or to another that is named.

    :param version: of the request.
    """
    part, request = _load(actor, part_id, request_id, version)
    LEAD_CHANGE.check(actor, request, "agree")
    new = _chosen(part, lead_agency_id or request.proposed_agency_id)
    now, told_as = clock.now(), policy.in_capacity(actor, post_principal(part.assigner_post_id))
    request.new_agency_id = new.id
    _decide(told_as, part, request, now, note)
    LEAD_CHANGE.move(told_as, request, "agree", on=part, request_id=request.id, note=note)
    _change(told_as, part, new, note or request.reason, now)
    return part


@use_case
def refuse_lead_change(
    actor: Actor, part_id: int, request_id: int, *, reason: str, version: int | None = None
) -> DirectivePart:
    """Không điều chỉnh: the lead stays, and its deadline has been running."""
    part, request = _load(actor, part_id, request_id, version)
    LEAD_CHANGE.check(actor, request, "refuse")
    _need(reason)
    now, told_as = clock.now(), policy.in_capacity(actor, post_principal(part.assigner_post_id))
    _decide(told_as, part, request, now, reason)
    touch(part)
    LEAD_CHANGE.move(told_as, request, "refuse", on=part, request_id=request.id, reason=reason)
    plan_flag(part)
    notices.tell(part, "Không điều chỉnh cơ quan chủ trì", notices.lead_side(part))
    return part


@use_case
def take_back_lead_change(
    actor: Actor, part_id: int, request_id: int, *, version: int | None = None
) -> DirectivePart:
    """Rút đề nghị điều chỉnh cơ quan chủ trì."""
    part, request = _load(actor, part_id, request_id, version)
    LEAD_CHANGE.check(actor, request, "take_back")
    told_as = policy.in_capacity(actor, *policy.desk_of(part.lead_agency_id))
    _lapse(told_as, part, request, "cơ quan chủ trì rút đề nghị")
    touch(part)
    plan_flag(part)
    return part


@use_case
def change_lead(
    actor: Actor, part_id: int, *, lead_agency_id: int | None, reason: str, version: int | None = None
) -> DirectivePart:
    """Đổi cơ quan chủ trì: by the assigner on his own; everything said and done so far keeps its agency and its time."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "change_lead")
    _need(reason)
    new = _chosen(part, lead_agency_id)
    told_as = policy.in_capacity(actor, post_principal(part.assigner_post_id))
    lapse_pending(told_as, part, "đã đổi cơ quan chủ trì")
    _change(told_as, part, new, reason, clock.now())
    return part


def lapse_pending(actor: Actor, part: DirectivePart, why: str) -> None:
    """Kết thúc đề nghị điều chỉnh đang chờ khi không còn cần; joins the act that makes it needless."""
    if not part.is_lead_change_pending:
        return
    request = session.scalars(
        select(LeadChangeRequest).where(
            LeadChangeRequest.part_id == part.id, LeadChangeRequest.state == ExtensionState.REQUESTED
        )
    ).one()
    _lapse(actor, part, request, why)


# ── parts of them ────────────────────────────────────────────────────────────


def _change(actor: Actor, part: DirectivePart, new: Agency, reason: str, now: datetime) -> None:
    former, former_side = part.lead_agency, policy.sight(part, ())
    lapse_extension(actor, part, "đã đổi cơ quan chủ trì")
    part.lead_agency_id, part.lead_agency = new.id, new
    part.unit_id = part.assignee_post_id = part.received_at = part.passed_on_at = None
    part.lead_since = now
    DIRECTIVE.move(
        actor,
        part,
        "change_lead",
        changes={"lead": (former.short_name, new.short_name)},
        from_agency_id=former.id,
        to_agency_id=new.id,
        reason=reason,
    )
    _join(part)
    access.change_lead(part, (*former_side["lead"], *former_side["assignee"]))
    indexing.index(part)
    plan_flag(part)
    history.remember(part, now)
    notices.tell(part, "Thôi chủ trì, nhiệm vụ chuyển cơ quan khác", former_side["lead"])
    notices.tell(part, "Nhiệm vụ mới", policy.lead_side(part))


def _join(part: DirectivePart) -> None:
    """The new lead is a party, the former one remains one: what it did is told on the directive."""
    key = (part.directive_id, part.lead_agency_id, PartyRole.LEAD.value)
    if session.get(DirectiveParty, key) is None:
        session.add(
            DirectiveParty(
                directive_id=part.directive_id, agency_id=part.lead_agency_id, role=PartyRole.LEAD.value
            )
        )


def _chosen(part: DirectivePart, agency_id: int | None) -> Agency:
    """The agency to lead from now on: one that works, and that does not lead another part of the same directive."""
    if agency_id is None:
        raise Violations([Violation("lead", "Hãy chọn cơ quan chủ trì mới.")])
    found = session.get(Agency, agency_id)
    today = clock.today()
    if found is None or found.valid_from > today or (found.valid_to and found.valid_to < today):
        raise Violations([Violation("lead", "Cơ quan này không còn hoạt động. Hãy chọn lại từ danh sách.")])
    if found.id == part.lead_agency_id:
        raise Violations([Violation("lead", f"{found.short_name} đang chủ trì. Hãy chọn cơ quan khác.")])
    taken = session.scalar(
        select(DirectivePart.code).where(
            DirectivePart.directive_id == part.directive_id, DirectivePart.lead_agency_id == found.id
        )
    )
    if taken is not None:
        raise Violations(
            [Violation("lead", f"{found.short_name} đã chủ trì đầu việc {taken} của chỉ đạo này.")]
        )
    return found


def _load(
    actor: Actor, part_id: int, request_id: int, version: int | None
) -> tuple[DirectivePart, LeadChangeRequest]:
    part = part_for_change(actor, part_id, None)
    request = load_for_change(LeadChangeRequest, request_id, version)
    if request.part_id != part.id:
        raise NotFound
    return part, request


def _decide(actor: Actor, part: DirectivePart, request: LeadChangeRequest, now: datetime, note: str) -> None:
    request.decided_at, request.decision_note = now, note
    request.decided_by_post_id, request.decided_by_person_id = actor.post_id, actor.person_id
    part.is_lead_change_pending = False


def _lapse(actor: Actor, part: DirectivePart, request: LeadChangeRequest, why: str) -> None:
    request.decided_at, request.decision_note = clock.now(), why
    part.is_lead_change_pending = False
    LEAD_CHANGE.move(actor, request, "take_back", on=part, request_id=request.id, note=why)


def _need(reason: str) -> None:
    if not reason.strip():
        raise Violations([Violation("reason", "Hãy nêu lý do điều chỉnh cơ quan chủ trì.")])
