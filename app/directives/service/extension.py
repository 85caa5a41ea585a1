"""Đề nghị gia hạn: request, decision, and what becomes of it when it is no longer needed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.records import post_principal
from app.core.use_case import load_for_change, touch, use_case
from app.core.working_days import calendar, due_day
from app.directives import policy
from app.directives.models import DirectivePart, ExtensionRequest, ExtensionState
from app.directives.service import history, notices
from app.directives.service.deadlines import check_within, plan_flag, set_due
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE, EXTENSION
from app.language.dates import dmy


@use_case
def request_extension(
    actor: Actor, part_id: int, *, due_at: datetime | None, reason: str, version: int | None = None
) -> DirectivePart:
    """Đề nghị gia hạn: a later date and its reason; also after the due date, then it is marked so."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "request_extension")
    now = clock.now()
    wanted = _check_date(part, due_at, now)
    if not reason.strip():
        raise Violations([Violation("reason", "Hãy nêu lý do đề nghị gia hạn.")])
    told_as = policy.in_capacity(actor, *policy.assignees_of(part), *policy.desk_of(part.lead_agency_id))
    request = ExtensionRequest(
        part=part,
        agency_id=part.lead_agency_id,
        state=ExtensionState.REQUESTED.value,
        previous_due_at=part.due_at,
        wanted_due_at=wanted,
        reason=reason,
        was_overdue=part.due_at is not None and now >= part.due_at,
        requested_at=now,
        requested_by_post_id=told_as.post_id,
        requested_by_person_id=told_as.person_id,
    )
    session.add(request)
    session.flush()
    part.is_extension_pending = True
    DIRECTIVE.move(
        told_as,
        part,
        "request_extension",
        request_id=request.id,
        wanted_due_at=wanted,
        was_overdue=request.was_overdue,
        reason=f"Đến {dmy(due_day(wanted))}. {reason}",
    )
    history.remember(part, now)
    words = f"{part.lead_agency.short_name} đề nghị gia hạn đến {dmy(due_day(wanted))}"
    notices.tell(part, words, notices.assigning_side(part))
    return part


@use_case
def agree_extension(
    actor: Actor,
    part_id: int,
    request_id: int,
    *,
    due_at: datetime | None = None,
    note: str = "",
    version: int | None = None,
) -> DirectivePart:
    """Đồng ý gia hạn, đến ngày đề nghị hoặc một ngày khác; the original date and every later one are kept.

    :param version: of the request, so that one decided or taken back meanwhile is not decided again.
    """
    part, request = _load(actor, part_id, request_id, version)
    EXTENSION.check(actor, request, "agree")
    now = clock.now()
    granted = _check_date(part, due_at or request.wanted_due_at, now)
    told_as = policy.in_capacity(actor, post_principal(part.assigner_post_id))
    before = part.due_at
    set_due(part, granted, calendar())
    request.granted_due_at = granted
    _decide(told_as, request, now, note)
    part.is_extension_pending = False
    touch(part)
    EXTENSION.move(
        told_as,
        request,
        "agree",
        on=part,
        changes={"due_at": (_day(before), _day(granted))},
        request_id=request.id,
        granted_due_at=granted,
        note=note,
    )
    plan_flag(part)
    history.remember(part, now)
    notices.tell(part, f"Đồng ý gia hạn đến {_day(granted)}", notices.lead_side(part))
    return part


@use_case
def refuse_extension(
    actor: Actor, part_id: int, request_id: int, *, reason: str, version: int | None = None
) -> DirectivePart:
    """Không đồng ý gia hạn: the deadline stays."""
    part, request = _load(actor, part_id, request_id, version)
    EXTENSION.check(actor, request, "refuse")
    if not reason.strip():
        raise Violations([Violation("reason", "Hãy nêu lý do không đồng ý.")])
    now, told_as = clock.now(), policy.in_capacity(actor, post_principal(part.assigner_post_id))
    _decide(told_as, request, now, reason)
    part.is_extension_pending = False
    touch(part)
    EXTENSION.move(told_as, request, "refuse", on=part, request_id=request.id, reason=reason)
    history.remember(part, now)
    notices.tell(part, "Không đồng ý gia hạn", notices.lead_side(part))
    return part


@use_case
def take_back_extension(
    actor: Actor, part_id: int, request_id: int, *, version: int | None = None
) -> DirectivePart:
    """Rút đề nghị gia hạn chưa được quyết định."""
    part, request = _load(actor, part_id, request_id, version)
    EXTENSION.check(actor, request, "take_back")
    told_as = policy.in_capacity(actor, *policy.assignees_of(part), *policy.desk_of(part.lead_agency_id))
    _lapse(told_as, part, request, "cơ quan chủ trì rút đề nghị")
    touch(part)
    history.remember(part, clock.now())
    return part


def lapse_pending(actor: Actor, part: DirectivePart, why: str) -> None:
    """Kết thúc đề nghị đang chờ khi không còn cần; joins the act that makes it needless."""
    if not part.is_extension_pending:
        return
    request = session.scalars(
        select(ExtensionRequest).where(
            ExtensionRequest.part_id == part.id, ExtensionRequest.state == ExtensionState.REQUESTED
        )
    ).one()
    _lapse(actor, part, request, why)


def _lapse(actor: Actor, part: DirectivePart, request: ExtensionRequest, why: str) -> None:
    request.decided_at, request.decision_note = clock.now(), why
    part.is_extension_pending = False
    EXTENSION.move(actor, request, "take_back", on=part, request_id=request.id, note=why)


def _load(
    actor: Actor, part_id: int, request_id: int, version: int | None
) -> tuple[DirectivePart, ExtensionRequest]:
    part = part_for_change(actor, part_id, None)
    request = load_for_change(ExtensionRequest, request_id, version)
    if request.part_id != part.id:
        raise NotFound
    return part, request


def _decide(actor: Actor, request: ExtensionRequest, now: datetime, note: str) -> None:
    request.decided_at, request.decision_note = now, note
    request.decided_by_post_id, request.decided_by_person_id = actor.post_id, actor.person_id


def _check_date(part: DirectivePart, due_at: datetime | None, now: datetime) -> datetime:
    if due_at is None:
        raise Violations([Violation("due", "Hãy nhập thời hạn mới.")])
    broken = []
    if due_at <= now:
        broken.append(Violation("due", f"Ngày {_day(due_at)} đã qua. Hãy chọn ngày sau hôm nay."))
    elif part.due_at is not None and due_at <= part.due_at:
        broken.append(Violation("due", f"Thời hạn mới phải sau hạn hiện tại {_day(part.due_at)}."))
    if broken:
        raise Violations(broken)
    check_within(part, due_at)
    return due_at


def _day(due_at: datetime | None) -> str:
    return dmy(due_day(due_at)) if due_at is not None else ""
