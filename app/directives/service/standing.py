"""Thẩm quyền giao: whom an agency may assign work to, and under which part of its own it gives work on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations
from app.core.records import RecordKind, may_see
from app.directives import policy
from app.directives.models import DirectivePart, Origin, Programme
from app.directives.service.deadlines import check_child_due
from app.org.models import Agency


def check(actor: Actor, lead_ids: Sequence[int], *, as_cooperation: bool, authority: str) -> None:
    """Kiểm tra thẩm quyền giao việc cho từng cơ quan chủ trì.

    :raises Violations: one of them is not ours to assign to, and nothing is cited; or is ours, and is only asked.
    """
    giver = session.get_one(Agency, actor.agency_id)
    takers = session.scalars(select(Agency).where(Agency.id.in_(lead_ids))).all()
    beyond = [t.short_name for t in takers if not policy.may_assign_to(giver, t)]
    if as_cooperation and len(beyond) < len(takers):
        raise Violations(
            [
                Violation(
                    "nature",
                    "Đề nghị phối hợp chỉ gửi cơ quan không thuộc quyền giao việc. Hãy bỏ cơ quan trực thuộc, hoặc chọn giao nhiệm vụ.",
                )
            ]
        )
    if beyond and not as_cooperation and not authority.strip():
        names = ", ".join(sorted(beyond)[:5]) + (" …" if len(beyond) > 5 else "")
        raise Violations(
            [
                Violation(
                    "nature",
                    f"{giver.short_name} không có thẩm quyền giao việc cho {names}. "
                    "Hãy gửi đề nghị phối hợp, hoặc ghi văn bản ủy quyền giao việc.",
                )
            ]
        )


def parent(actor: Actor, part_id: int | None, dues: Sequence[datetime | None]) -> DirectivePart | None:
    """Nhiệm vụ cha, nếu giao tiếp từ một nhiệm vụ cơ quan mình chủ trì.

    :raises Violations: a deadline is later than the parent's.
    """
    if part_id is None:
        return None
    if not may_see(RecordKind.DIRECTIVE, part_id, actor.all_principals(policy.SCOPE)):
        raise NotFound
    found = session.get_one(DirectivePart, part_id)
    if not policy.is_lead_desk(actor, found):
        raise NotAllowed("Chỉ lãnh đạo hoặc Văn phòng cơ quan chủ trì được giao tiếp từ nhiệm vụ này.")
    if not found.is_working:
        raise Violations(
            [Violation(None, f"Nhiệm vụ {found.code} không còn đang thực hiện nên không giao tiếp được.")]
        )
    for due_at in dues:
        check_child_due(found, due_at)
    return found


def programme_id(actor: Actor, programme_id: int | None) -> int | None:
    """Chương trình, kế hoạch của cơ quan mình mà nhiệm vụ thuộc về."""
    if programme_id is None:
        return None
    found = session.get(Programme, programme_id)
    if found is None or found.agency_id != actor.agency_id:
        raise NotFound
    return found.id


def facts(parent: DirectivePart | None, as_cooperation: bool) -> dict[str, object]:
    """Dữ kiện nguồn: a task given on keeps the source it came from; a request for cooperation is told as one."""
    found: dict[str, object] = {"origin": Origin.COOPERATION.value} if as_cooperation else {}
    if parent is not None:
        whole = parent.directive
        found |= {
            "source_reference": whole.source_reference,
            "source_issued_on": whole.source_issued_on,
            "source_subject": whole.source_subject,
            "source_issuer": whole.source_issuer,
        }
    return found
