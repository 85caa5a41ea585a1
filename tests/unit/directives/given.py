"""Nhiệm vụ cho kiểm thử: one valid part in a named state; the test says only what matters."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import session
from app.core.records import RecordKind
from app.core.working_days import due_instant
from app.directives import queries, service
from app.directives.models import ClosingProposal, DirectivePart, ExtensionRequest
from app.documents import service as documents
from app.notifications.models import Notice
from tests.world import World

FRIDAY_WEEK = date(2026, 12, 4)  # ten days from the frozen Monday


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """Một mốc giờ Việt Nam."""
    return clock.instant(day, time(hour, minute))


def assigned(world: World, **changes: Any) -> DirectivePart:
    """Nhiệm vụ Chủ tịch vừa giao Sở Xây dựng, có chuyên viên theo dõi và một sở phối hợp."""
    values: dict[str, Any] = {
        "content": "Hoàn thành bàn giao mặt bằng đường Vành đai 3",
        "product": "Biên bản bàn giao mặt bằng",
        "leads": [world.agencies["dept"]],
        "supports": [world.agencies["dept2"]],
        "due_at": due_instant(FRIDAY_WEEK),
        "follower_post_id": world.city_specialist.post_id,
    }
    actor = changes.pop("by", world.chairman).actor
    return service.assign(actor, **values | changes)


def received(world: World, **changes: Any) -> DirectivePart:
    """Sở đã tiếp nhận."""
    return service.receive(world.clerk.actor, assigned(world, **changes).id)


def in_progress(world: World, **changes: Any) -> DirectivePart:
    """Sở đã phân công Phòng Hạ tầng, Trưởng phòng đã giao chuyên viên."""
    part = received(world, **changes)
    service.pass_on(world.director.actor, part.id, unit_id=world.units["dept_infra"])
    return service.pass_on(world.head.actor, part.id, post_id=world.specialist.post_id)


def reported_done(world: World, **changes: Any) -> DirectivePart:
    """Chuyên viên đã báo cáo hoàn thành."""
    part = in_progress(world, **changes)
    return service.report_done(world.specialist.actor, part.id, result="Đã bàn giao toàn bộ mặt bằng.")


def completed(world: World, **changes: Any) -> DirectivePart:
    """Chủ tịch đã xác nhận."""
    return service.confirm(world.chairman.actor, reported_done(world, **changes).id)


def withdrawn(world: World, **changes: Any) -> DirectivePart:
    """Chủ tịch đã thu hồi."""
    part = in_progress(world, **changes)
    return service.withdraw(world.chairman.actor, part.id, reason="Chuyển sang kế hoạch năm sau.")


def paused(world: World, **changes: Any) -> DirectivePart:
    """Chủ tịch đã cho tạm dừng."""
    part = in_progress(world, **changes)
    return service.pause(world.chairman.actor, part.id, reason="Chờ điều chỉnh quy hoạch.")


def cancelled(world: World, **changes: Any) -> DirectivePart:
    """Chủ tịch đã hủy."""
    part = in_progress(world, **changes)
    return service.cancel(world.chairman.actor, part.id, reason="Không còn cần thực hiện.")


STATES = {
    "assigned": assigned,
    "received": received,
    "in_progress": in_progress,
    "reported_done": reported_done,
    "completed": completed,
    "withdrawn": withdrawn,
    "paused": paused,
    "cancelled": cancelled,
}


def asked_for_more_time(world: World, day: date, **changes: Any) -> tuple[DirectivePart, ExtensionRequest]:
    """Chuyên viên đã đề nghị gia hạn đến ngày này."""
    part = in_progress(world, **changes)
    service.request_extension(
        world.specialist.actor, part.id, due_at=due_instant(day), reason="Còn 11 hộ chưa đồng thuận."
    )
    return part, queries.extensions(part)[0]


def answered(world: World, part: DirectivePart) -> ClosingProposal:
    """Một văn bản của cơ quan chủ trì được đề xuất là trả lời đầu việc này."""
    document = documents.create_draft(
        world.specialist.actor,
        documents.DraftContent(
            "Công văn",
            "V/v kết quả bàn giao mặt bằng",
            0,
            (world.agencies["city"],),
            (),
            world.director.post_id,
        ),
        None,
    )
    found = ClosingProposal(
        part_id=part.id, agency_id=part.lead_agency_id, document_id=document.id, reference="7/SXD-HTKT",
        subject=document.subject, issued_at=clock.now(), post_id=world.specialist.post_id,
        person_id=world.specialist.person_id, score=200, state="proposed", made_at=clock.now(),
    )  # fmt: skip
    session.add(found)
    session.flush()
    return found


def events(part: DirectivePart) -> list[str]:
    """Tên các sự kiện đã ghi của đầu việc, theo thứ tự."""
    return list(
        session.scalars(
            select(AuditEntry.event)
            .where(AuditEntry.kind == int(RecordKind.DIRECTIVE), AuditEntry.record_id == part.id)
            .order_by(AuditEntry.id)
        )
    )


def notices(part: DirectivePart, words: str = "") -> list[Notice]:
    """Các thông báo về đầu việc có chứa những chữ này."""
    return list(
        session.scalars(
            select(Notice)
            .where(
                Notice.kind == int(RecordKind.DIRECTIVE),
                Notice.record_id == part.id,
                Notice.words.contains(words),
            )
            .order_by(Notice.id)
        )
    )


def rows(model: Any) -> int:
    """Số dòng của một bảng."""
    return int(session.scalar(select(func.count()).select_from(model)) or 0)
