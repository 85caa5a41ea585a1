"""Trong cơ quan chủ trì: tiếp nhận, phân công."""

from __future__ import annotations

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.use_case import use_case
from app.directives import policy
from app.directives.models import DirectivePart
from app.directives.service import access, history, notices
from app.directives.service import lead as leads
from app.directives.service.deadlines import plan_flag
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE
from app.org import queries as org


@use_case
def receive(actor: Actor, part_id: int, *, version: int | None = None) -> DirectivePart:
    """Tiếp nhận nhiệm vụ: the lead agency confirms that it has it; the deadline runs in any case."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "receive")
    now = clock.now()
    part.received_at = now
    DIRECTIVE.move(policy.in_capacity(actor, *policy.lead_side(part)), part, "receive")
    plan_flag(part)
    history.remember(part, now)
    return part


@use_case
def pass_on(
    actor: Actor,
    part_id: int,
    *,
    version: int | None = None,
    unit_id: int | None = None,
    post_id: int | None = None,
    note: str = "",
) -> DirectivePart:
    """Phân công: leadership or office names a unit or a person; the head of the unit names one of its people."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "pass_on")
    now = clock.now()
    as_head = not policy.is_lead_desk(actor, part)
    unit_id, changes = _choose(part, unit_id, post_id, as_head=as_head)
    part.unit_id, part.assignee_post_id = unit_id, post_id
    part.received_at = part.received_at or now
    part.passed_on_at = now
    told_as = policy.in_capacity(actor, *policy.desk_of(part.lead_agency_id), *policy.assignees_of(part))
    leads.lapse_pending(told_as, part, "cơ quan chủ trì đã phân công thực hiện")
    DIRECTIVE.move(told_as, part, "pass_on", changes=changes, unit_id=unit_id, post_id=post_id, note=note)
    plan_flag(part)
    access.renew(part, "assignee")
    history.remember(part, now)
    notices.tell(part, "Được phân công thực hiện", policy.assignees_of(part))
    return part


def _choose(
    part: DirectivePart, unit_id: int | None, post_id: int | None, *, as_head: bool
) -> tuple[int | None, dict[str, tuple[str | None, str | None]]]:
    """The unit and person chosen, both of the lead agency; a person brings the unit he works in."""
    if unit_id is None and post_id is None:
        raise Violations([Violation("unit", "Hãy chọn đơn vị hoặc người thực hiện.")])
    post = org.post(post_id, part.lead_agency_id) if post_id is not None else None
    if post is not None:
        if unit_id is not None and post.unit_id != unit_id:
            raise Violations([Violation("post", "Người này không thuộc đơn vị đã chọn. Hãy chọn lại.")])
        unit_id = post.unit_id
    unit = org.unit(unit_id, part.lead_agency_id) if unit_id is not None else None
    if as_head and unit_id != part.unit_id:
        raise Violations([Violation("post", "Trưởng đơn vị chỉ phân công cho người trong đơn vị mình.")])
    before = part.assignee.person.full_name if part.assignee and part.assignee.person else None
    after = post.person.full_name if post and post.person else None
    changes: dict[str, tuple[str | None, str | None]] = {}
    if part.unit_id != unit_id:
        changes["unit"] = (part.unit.name if part.unit else None, unit.name if unit else None)
    if before != after:
        changes["assignee"] = (before, after)
    return unit_id, changes
