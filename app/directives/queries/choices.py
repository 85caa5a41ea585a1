"""Danh sách để chọn trong biểu mẫu chỉ đạo."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.kept import kept
from app.core.permissions import Role
from app.core.records import RecordAccess, RecordKind
from app.directives.models import DirectivePart
from app.documents.models import Direction, Document, OutgoingState
from app.org import queries as org
from app.org.models import Agency
from app.org.queries import Choice


@kept(60)
def lead_choices(*, but: int | None = None) -> list[Choice]:
    """Các cơ quan đang hoạt động, tên gọn, theo cây tổ chức; all ``but`` one where it cannot be meant; may be a minute old."""
    today = clock.today()
    rows = session.execute(
        select(Agency.id, Agency.short_name, Agency.code)
        .where(or_(Agency.valid_to.is_(None), Agency.valid_to >= today), Agency.valid_from <= today)
        .order_by(Agency.sort, Agency.id)
    )
    return [Choice(str(r.id), r.short_name, r.code) for r in rows if r.id != but]


@kept(60)
def known_agencies() -> list[tuple[int, str, str, str]]:
    """Các cơ quan đang hoạt động để khớp tên đọc được: id, name, short name, kind; may be a minute old."""
    today = clock.today()
    rows = session.execute(
        select(Agency.id, Agency.name, Agency.short_name, Agency.kind)
        .where(or_(Agency.valid_to.is_(None), Agency.valid_to >= today), Agency.valid_from <= today)
        .order_by(Agency.sort, Agency.id)
    )
    return [(r.id, r.name, r.short_name, r.kind) for r in rows]


def recent_leads(agency_id: int, *, limit: int = 6) -> Sequence[Row[int, str]]:
    """Các cơ quan được giao việc gần đây, giao nhiều trước: for a choice in one tap."""
    latest = (
        select(DirectivePart.lead_agency_id)
        .where(DirectivePart.assigning_agency_id == agency_id, DirectivePart.lead_agency_id != agency_id)
        .order_by(DirectivePart.assigned_at.desc(), DirectivePart.id.desc())
        .limit(200)
        .subquery()
    )
    today = clock.today()
    return session.execute(
        select(Agency.id, Agency.short_name)
        .join(latest, latest.c.lead_agency_id == Agency.id)
        .where(or_(Agency.valid_to.is_(None), Agency.valid_to >= today))
        .group_by(Agency.id, Agency.short_name)
        .order_by(func.count().desc(), Agency.short_name)
        .limit(limit)
    ).all()


@kept(60)
def assigner_choices(agency_id: int) -> list[Choice]:
    """Lãnh đạo cơ quan, để lọc theo người chỉ đạo; may be a minute old."""
    return org.post_choices(agency_id, roles=(Role.LEADER,))


def follower_choices(agency_id: int) -> list[Choice]:
    """Người có thể theo dõi nhiệm vụ."""
    return org.post_choices(agency_id, roles=(Role.SPECIALIST, Role.UNIT_HEAD, Role.OFFICE_CHIEF))


def answer_choices(part: DirectivePart, viewer: Actor, *, limit: int = 50) -> list[Choice]:
    """Văn bản đi đã phát hành của cơ quan chủ trì từ ngày giao, mới trước: one of them may be the answer."""
    seen = select(RecordAccess.record_id).where(
        RecordAccess.principal_id.in_(list(viewer.all_principals("documents"))),
        RecordAccess.kind == int(RecordKind.OUTGOING),
        RecordAccess.sort_at >= part.assigned_at,
    )
    rows = session.execute(
        select(Document.id, Document.reference, Document.subject)
        .where(
            Document.agency_id == part.lead_agency_id,
            Document.direction == Direction.OUTGOING.value,
            Document.state == OutgoingState.ISSUED.value,
            Document.sort_at >= part.assigned_at,
            Document.id.in_(seen),
        )
        .order_by(Document.sort_at.desc(), Document.id.desc())
        .limit(limit)
    )
    return [Choice(str(r.id), r.reference, r.subject) for r in rows]
