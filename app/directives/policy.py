"""Quyền trên nhiệm vụ: permissions, whose names stand for which side, and who may act on a given part."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.core.actor import SYSTEM, Actor
from app.core.records import (
    leadership_principal,
    office_principal,
    post_principal,
    registry_principal,
    unit_principal,
)
from app.directives.models import DirectivePart, ExtensionRequest, LeadChangeRequest, Origin
from app.org.models import Agency
from app.org.models.structure import AgencyKind


class Permission(StrEnum):
    """Quyền của gói chỉ đạo."""

    ASSIGN = "directives:directive:assign"
    ASSIGN_INSIDE = "directives:part:assign_inside"
    DECIDE = "directives:part:decide"
    FIGURES_READ = "directives:figures:read"
    FOLLOW = "directives:part:follow"
    READ = "directives:part:read"
    RECEIVE = "directives:part:receive"
    REPORT = "directives:part:report"
    URGE = "directives:part:urge"


SCOPE = "directives"

# Ai được giao việc cho ai: which kinds of agencies, below it in the tree, an agency may assign work to. Of all others it asks
# for cooperation ("đề nghị phối hợp"), unless it cites who authorised it.
_K = AgencyKind
ASSIGNS: dict[str, frozenset[str]] = {
    _K.CITY: frozenset(_K),
    _K.DISTRICT: frozenset({_K.DEPARTMENT, _K.WARD, _K.COMMUNE, _K.SPECIAL_ZONE, _K.SUBORDINATE}),
    _K.OFFICE: frozenset({_K.SUBORDINATE}),
    _K.DEPARTMENT: frozenset({_K.SUBORDINATE}),
    _K.WARD: frozenset({_K.SUBORDINATE}),
    _K.COMMUNE: frozenset({_K.SUBORDINATE}),
    _K.SPECIAL_ZONE: frozenset({_K.SUBORDINATE}),
    _K.SUBORDINATE: frozenset(),
}


def stands_for(actor: Actor, *principals: int) -> bool:
    """Có danh nghĩa nào trong số này, của mình hay của người mình thay mặt trong lĩnh vực chỉ đạo."""
    mine = actor.all_principals(SCOPE)
    return any(p in mine for p in principals)


def in_capacity(actor: Actor, *principals: int) -> Actor:
    """Cùng người này, ghi rõ đang thay mặt ai khi danh nghĩa cần có là của người khác."""
    if any(p in actor.principals for p in principals):
        return actor
    for stand_in in actor.stands_in:
        if stand_in.scope in ("all", SCOPE) and any(p in stand_in.principals for p in principals):
            return actor.acting_as(stand_in.post_id)
    return actor


def may_assign_to(giver: Agency, taker: Agency) -> bool:
    """Cơ quan này được giao nhiệm vụ cho cơ quan kia: itself, or below it and of a kind that it may assign to."""
    if giver.id == taker.id:
        return True
    above = taker.parent
    while above is not None and above.id != giver.id:
        above = above.parent
    return above is not None and taker.kind in ASSIGNS.get(giver.kind, frozenset())


# ── whose names stand for which side ─────────────────────────────────────────


def desk_of(agency_id: int) -> tuple[int, ...]:
    """Lãnh đạo và Văn phòng của một cơ quan."""
    return leadership_principal(agency_id), office_principal(agency_id)


def receivers_of(agency_id: int) -> tuple[int, ...]:
    """Lãnh đạo, Văn phòng và văn thư của một cơ quan."""
    return *desk_of(agency_id), registry_principal(agency_id)


def lead_side(part: DirectivePart) -> tuple[int, ...]:
    """Cơ quan chủ trì: with its registry, unless the work stays inside the assigning agency."""
    agency_id = part.lead_agency_id
    return desk_of(agency_id) if agency_id == part.assigning_agency_id else receivers_of(agency_id)


def assignees_of(part: DirectivePart) -> tuple[int, ...]:
    """Đơn vị, người được phân công trong cơ quan chủ trì."""
    found = [unit_principal(part.unit_id)] if part.unit_id is not None else []
    if part.assignee_post_id is not None:
        found.append(post_principal(part.assignee_post_id))
    return tuple(found)


def followers_of(part: DirectivePart) -> tuple[int, ...]:
    """Chuyên viên theo dõi, nếu có."""
    return (post_principal(part.follower_post_id),) if part.follower_post_id is not None else ()


def sight(part: DirectivePart, support_ids: Iterable[int]) -> dict[str, tuple[int, ...]]:
    """Ai được thấy đầu việc này và vì sao: the facts from which ``record_access`` is written and rebuilt."""
    return {
        "assigner": (post_principal(part.assigner_post_id),),
        "assigning": desk_of(part.assigning_agency_id),
        "follower": followers_of(part),
        "lead": lead_side(part),
        "assignee": assignees_of(part),
        "support": tuple(p for agency_id in support_ids for p in receivers_of(agency_id)),
    }


# ── who may ──────────────────────────────────────────────────────────────────


def is_the_system(actor: Actor, _part: DirectivePart) -> bool:
    """Tiến trình nền, không phải ai."""
    return actor == SYSTEM


def is_assigner(actor: Actor, part: DirectivePart) -> bool:
    """Người chỉ đạo, hoặc người đang thay mặt."""
    return stands_for(actor, post_principal(part.assigner_post_id))


def is_follower(actor: Actor, part: DirectivePart) -> bool:
    """Chuyên viên theo dõi."""
    return stands_for(actor, *followers_of(part))


def judges_answer(actor: Actor, part: DirectivePart) -> bool:
    """Người chỉ đạo, hoặc chuyên viên theo dõi."""
    return is_assigner(actor, part) or is_follower(actor, part)


def may_urge(actor: Actor, part: DirectivePart) -> bool:
    """Người chỉ đạo, chuyên viên theo dõi, lãnh đạo và Văn phòng cơ quan giao."""
    return (
        is_assigner(actor, part)
        or is_follower(actor, part)
        or stands_for(actor, *desk_of(part.assigning_agency_id))
    )


def answers_above(actor: Actor, part: DirectivePart) -> bool:
    """Bên phải trả lời cấp trên về nhiệm vụ cấp trên giao; of other work there is nobody to answer to."""
    return part.origin == Origin.ABOVE and may_urge(actor, part)


def is_receiver(actor: Actor, part: DirectivePart) -> bool:
    """Lãnh đạo, Văn phòng hoặc văn thư cơ quan chủ trì."""
    return stands_for(actor, *lead_side(part))


def is_lead_desk(actor: Actor, part: DirectivePart) -> bool:
    """Lãnh đạo hoặc Văn phòng cơ quan chủ trì."""
    return stands_for(actor, *desk_of(part.lead_agency_id))


def is_assigned_unit_head(actor: Actor, part: DirectivePart) -> bool:
    """Trưởng đơn vị được phân công."""
    return part.unit_id is not None and stands_for(actor, unit_principal(part.unit_id))


def may_pass_on(actor: Actor, part: DirectivePart) -> bool:
    """Lãnh đạo, Văn phòng cơ quan chủ trì, hoặc trưởng đơn vị được phân công."""
    return is_lead_desk(actor, part) or is_assigned_unit_head(actor, part)


def is_reporter(actor: Actor, part: DirectivePart) -> bool:
    """Người được phân công, hoặc lãnh đạo, Văn phòng cơ quan chủ trì."""
    return is_lead_desk(actor, part) or stands_for(actor, *assignees_of(part))


def decides_extension(actor: Actor, request: ExtensionRequest) -> bool:
    """Người chỉ đạo của đầu việc có đề nghị gia hạn."""
    return is_assigner(actor, request.part)


def decides_lead_change(actor: Actor, request: LeadChangeRequest) -> bool:
    """Người chỉ đạo của đầu việc có đề nghị điều chỉnh cơ quan chủ trì."""
    return is_assigner(actor, request.part)


def takes_back_lead_change(actor: Actor, request: LeadChangeRequest) -> bool:
    """Cơ quan chủ trì đã đề nghị điều chỉnh."""
    return is_lead_desk(actor, request.part)


def takes_back_extension(actor: Actor, request: ExtensionRequest) -> bool:
    """Cơ quan chủ trì đã đề nghị gia hạn."""
    return is_reporter(actor, request.part)
