"""Một đầu việc và mọi thứ trang của nó cần, trong vài câu lệnh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import RecordAccess, RecordKind, may_see
from app.directives.models import (
    Directive,
    DirectivePart,
    DirectiveParty,
    ExtensionRequest,
    LeadChangeRequest,
    PartyRole,
    ProgressReport,
    ProgressReportFile,
    Urging,
)
from app.directives.policy import SCOPE
from app.documents.models import Document
from app.org.models import Agency, Post

_MOST = 2**63 - 1


@dataclass(frozen=True)
class PartPage:
    """Đầu việc để xem: the part with all it names, its helpers, and whether the reader may open the source document."""

    part: DirectivePart
    supports: str
    source_direction: str | None  # of the source document, where the reader may open it
    parent_code: str | None  # of the part it was given under, where the reader may open it


def part(part_id: int, *, viewer: Actor) -> DirectivePart:
    """Đầu việc mà người xem được biết.

    :raises NotFound: none such, or one the viewer has no part in: both answer alike.
    """
    return details(part_id, viewer=viewer).part


def details(part_id: int, *, viewer: Actor) -> PartPage:
    """Đầu việc cùng tên các bên.

    :raises NotFound: as :func:`part`.
    """
    if not 0 < part_id <= _MOST:
        raise NotFound
    supports = (
        select(func.string_agg(Agency.short_name, ", "))
        .join(DirectiveParty, DirectiveParty.agency_id == Agency.id)
        .where(
            DirectiveParty.directive_id == DirectivePart.directive_id,
            DirectiveParty.role == PartyRole.SUPPORT.value,
        )
        .scalar_subquery()
    )
    row = session.execute(
        select(DirectivePart, supports, _source_direction(viewer), _parent_code(viewer))
        .where(DirectivePart.id == part_id, _seen_by(viewer, DirectivePart.id))
        .options(
            joinedload(DirectivePart.directive).options(
                joinedload(Directive.assigner_person),
                joinedload(Directive.assigner),
                joinedload(Directive.programme),
            ),
            joinedload(DirectivePart.lead_agency),
            joinedload(DirectivePart.assigning_agency),
            joinedload(DirectivePart.assigner).joinedload(Post.person),
            joinedload(DirectivePart.follower).joinedload(Post.person),
            joinedload(DirectivePart.assignee).joinedload(Post.person),
            joinedload(DirectivePart.unit),
        )
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    return PartPage(row[0], row[1] or "", row[2], row[3])


def _seen_by(viewer: Actor, record_id: Any) -> Any:
    return exists().where(
        RecordAccess.kind == int(RecordKind.DIRECTIVE),
        RecordAccess.record_id == record_id,
        RecordAccess.principal_id.in_(list(viewer.all_principals(SCOPE))),
    )


_above = aliased(DirectivePart)  # made once: an alias costs more to make than the statement to run


def _parent_code(viewer: Actor) -> Any:
    return (
        select(_above.code)
        .join(Directive, Directive.parent_part_id == _above.id)
        .where(Directive.id == DirectivePart.directive_id, _seen_by(viewer, _above.id))
        .correlate(DirectivePart)
        .scalar_subquery()
    )


def _source_direction(viewer: Actor) -> Any:
    """The source document's direction where the viewer may open it: only its holder's people can."""
    seen = exists().where(
        RecordAccess.kind.in_([int(RecordKind.INCOMING), int(RecordKind.OUTGOING)]),
        RecordAccess.record_id == Document.id,
        RecordAccess.principal_id.in_(list(viewer.all_principals("documents"))),
    )
    return (
        select(Document.direction)
        .where(Document.id == DirectivePart.source_document_id, Document.agency_id == viewer.agency_id, seen)
        .scalar_subquery()
    )


def _siblings() -> Select[*tuple[Any, ...]]:
    return select(
        DirectivePart.id,
        DirectivePart.code,
        DirectivePart.content,
        DirectivePart.state,
        DirectivePart.percent,
        DirectivePart.last_update_at,
        DirectivePart.assigned_at,
        DirectivePart.due_at,
        DirectivePart.soon_at,
        DirectivePart.reported_done_at,
        DirectivePart.completed_at,
        Agency.short_name.label("lead_name"),
    ).join(Agency, Agency.id == DirectivePart.lead_agency_id)


def siblings(part: DirectivePart, *, viewer: Actor) -> Sequence[Row[*tuple[Any, ...]]]:
    """Các đầu việc cùng chỉ đạo mà người xem được biết: what he may not see is neither named nor counted."""
    return session.execute(
        _siblings()
        .where(DirectivePart.directive_id == part.directive_id, _seen_by(viewer, DirectivePart.id))
        .order_by(DirectivePart.number)
        .limit(200)
    ).all()


def children(part: DirectivePart, *, viewer: Actor) -> Sequence[Row[*tuple[Any, ...]]]:
    """Các đầu việc giao tiếp từ đầu việc này mà người xem được biết."""
    return session.execute(
        _siblings()
        .join(Directive, Directive.id == DirectivePart.directive_id)
        .where(Directive.parent_part_id == part.id, _seen_by(viewer, DirectivePart.id))
        .order_by(DirectivePart.id)
        .limit(200)
    ).all()


def parts_of(part_ids: Sequence[int], *, viewer: Actor) -> Sequence[Row[*tuple[Any, ...]]]:
    """Những đầu việc này, trong số người xem được biết, hạn gần trước."""
    return session.execute(
        _siblings()
        .add_columns(DirectivePart.urging_count, DirectivePart.assigner_post_id, DirectivePart.lead_agency_id)
        .where(DirectivePart.id.in_(part_ids), _seen_by(viewer, DirectivePart.id))
        .order_by(DirectivePart.due_key, DirectivePart.id)
    ).all()


def urgings(part: DirectivePart) -> Sequence[Urging]:
    """Các lần đôn đốc của đầu việc, mới trước."""
    return session.scalars(
        select(Urging)
        .where(Urging.part_id == part.id)
        .options(joinedload(Urging.person), joinedload(Urging.document))
        .order_by(Urging.level.desc())
        .limit(50)
    ).all()


def extensions(part: DirectivePart) -> Sequence[ExtensionRequest]:
    """Các đề nghị gia hạn của đầu việc, mới trước."""
    return session.scalars(
        select(ExtensionRequest)
        .where(ExtensionRequest.part_id == part.id)
        .options(joinedload(ExtensionRequest.requested_by), joinedload(ExtensionRequest.decided_by))
        .order_by(ExtensionRequest.id.desc())
        .limit(50)
    ).all()


def extension(part: DirectivePart, request_id: int) -> ExtensionRequest:
    """Một đề nghị gia hạn của đầu việc này.

    :raises NotFound: none such on this part.
    """
    found = session.get(ExtensionRequest, request_id) if 0 < request_id <= _MOST else None
    if found is None or found.part_id != part.id:
        raise NotFound
    return found


def lead_changes(part: DirectivePart) -> Sequence[LeadChangeRequest]:
    """Các đề nghị điều chỉnh cơ quan chủ trì của đầu việc, mới trước."""
    return session.scalars(
        select(LeadChangeRequest)
        .where(LeadChangeRequest.part_id == part.id)
        .options(
            joinedload(LeadChangeRequest.agency),
            joinedload(LeadChangeRequest.proposed_agency),
            joinedload(LeadChangeRequest.requested_by),
            joinedload(LeadChangeRequest.decided_by),
        )
        .order_by(LeadChangeRequest.id.desc())
        .limit(20)
    ).all()


def lead_change(part: DirectivePart, request_id: int) -> LeadChangeRequest:
    """Một đề nghị điều chỉnh cơ quan chủ trì của đầu việc này.

    :raises NotFound: none such on this part.
    """
    found = session.get(LeadChangeRequest, request_id) if 0 < request_id <= _MOST else None
    if found is None or found.part_id != part.id:
        raise NotFound
    return found


def reports(part: DirectivePart) -> Sequence[ProgressReport]:
    """Các báo cáo của đầu việc kèm tệp, mới trước."""
    return (
        session.scalars(
            select(ProgressReport)
            .where(ProgressReport.part_id == part.id)
            .options(
                joinedload(ProgressReport.files).joinedload(ProgressReportFile.stored),
                joinedload(ProgressReport.person),
                joinedload(ProgressReport.proposed_by),
            )
            .order_by(ProgressReport.id.desc())
            .limit(200)
        )
        .unique()
        .all()
    )


def report_file(part_id: int, file_id: int, *, viewer: Actor) -> ProgressReportFile:
    """Tệp của một báo cáo: the part is loaded first, so rights are those of now.

    :raises NotFound: no such file on a part the viewer may see.
    """
    found_part = part(part_id, viewer=viewer)
    found = session.scalar(
        select(ProgressReportFile)
        .join(ProgressReport, ProgressReport.id == ProgressReportFile.report_id)
        .where(
            ProgressReportFile.id == (file_id if file_id <= _MOST else 0),
            ProgressReport.part_id == found_part.id,
        )
        .options(joinedload(ProgressReportFile.stored))
    )
    if found is None:
        raise NotFound
    return found


def is_visible(part_id: int, *, viewer: Actor) -> bool:
    """Người xem có được biết đầu việc này không."""
    return may_see(RecordKind.DIRECTIVE, part_id, viewer.all_principals(SCOPE))


def of_document(document_id: int, *, viewer: Actor, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Các đầu việc giao từ một văn bản mà người xem được biết."""
    return session.execute(
        select(
            DirectivePart.id,
            DirectivePart.code,
            DirectivePart.content,
            DirectivePart.state,
            DirectivePart.due_at,
            DirectivePart.soon_at,
            DirectivePart.reported_done_at,
            DirectivePart.completed_at,
            Agency.short_name.label("lead_name"),
        )
        .join(Agency, Agency.id == DirectivePart.lead_agency_id)
        .where(DirectivePart.source_document_id == document_id, _seen_by(viewer, DirectivePart.id))
        .order_by(DirectivePart.id)
        .limit(limit)
    ).all()
