"""Quyền xem đầu việc: rows of ``record_access`` written from the facts that give sight."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.core.db import session
from app.core.records import RecordKind, close_access, grant_access, revoke_access
from app.directives import policy
from app.directives.models import DirectivePart, DirectiveParty, PartyRole


def open_to(part: DirectivePart, support_ids: Iterable[int]) -> None:
    """Mở quyền xem cho mọi bên của đầu việc."""
    for reason, principals in policy.sight(part, support_ids).items():
        grant_access(
            RecordKind.DIRECTIVE,
            part.id,
            principals,
            reason=reason,
            sort_at=part.assigned_at,
            is_open=part.is_open,
        )


def renew(part: DirectivePart, *reasons: str) -> None:
    """Viết lại quyền xem vì những lý do đã đổi (người chỉ đạo, theo dõi, thực hiện)."""
    facts = policy.sight(part, ())
    for reason in reasons:
        revoke_access(RecordKind.DIRECTIVE, part.id, reason=reason)
        grant_access(
            RecordKind.DIRECTIVE,
            part.id,
            facts[reason],
            reason=reason,
            sort_at=part.assigned_at,
            is_open=part.is_open,
        )


def change_lead(part: DirectivePart, former: Iterable[int]) -> None:
    """Cơ quan chủ trì mới nhận việc; the former one keeps sight of what it did, as one that helped."""
    for reason in ("lead", "assignee"):
        revoke_access(RecordKind.DIRECTIVE, part.id, reason=reason)
    grant_access(
        RecordKind.DIRECTIVE,
        part.id,
        former,
        reason="former_lead",
        sort_at=part.assigned_at,
        is_open=part.is_open,
    )
    grant_access(
        RecordKind.DIRECTIVE,
        part.id,
        policy.lead_side(part),
        reason="lead",
        sort_at=part.assigned_at,
        is_open=part.is_open,
    )


def close(part: DirectivePart) -> None:
    """Hết việc: everyone keeps sight, nobody has it open any more."""
    close_access(RecordKind.DIRECTIVE, part.id)


def rebuild(part: DirectivePart) -> None:
    """Dựng lại quyền xem từ dữ kiện, for the check-up of the installation."""
    support_ids = session.scalars(
        select(DirectiveParty.agency_id).where(
            DirectiveParty.directive_id == part.directive_id, DirectiveParty.role == PartyRole.SUPPORT
        )
    ).all()
    for reason in policy.sight(part, ()):
        revoke_access(RecordKind.DIRECTIVE, part.id, reason=reason)
    open_to(part, support_ids)
