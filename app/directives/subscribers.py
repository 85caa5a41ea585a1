"""Chỉ đạo nghe các gói bên dưới."""

from __future__ import annotations

from app.core.actor import SYSTEM, Actor
from app.core.events import after, on
from app.directives import service
from app.documents.events import DocumentIssued
from app.org.events import HolidaysChanged, WorkHandedOver
from app.org.service import report_moved


@on(WorkHandedOver)
def move_open_parts(actor: Actor, event: WorkHandedOver) -> None:
    """Bàn giao: open parts go to the successor in the same transaction."""
    moved = service.hand_over(actor, from_post_id=event.from_post_id, to_post_id=event.to_post_id)
    report_moved(event.hand_over_id, "nhiệm vụ", moved)


@after(DocumentIssued)
def look_for_what_it_answers(event: DocumentIssued, _outbox_id: int) -> None:
    """Văn bản vừa phát hành: the tasks it answers are proposed for closing."""
    service.propose_closing(SYSTEM, event.record_id)


@after(HolidaysChanged)
def reckon_soon_again(_event: HolidaysChanged, _outbox_id: int) -> None:
    """Lịch nghỉ thay đổi: the instants "sắp đến hạn" of open parts are reckoned anew, with history."""
    last_id: int | None = 0
    while last_id is not None:
        last_id = service.reckon_soon(SYSTEM, after_id=last_id)
