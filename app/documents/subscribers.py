"""Văn bản nghe việc của gói dưới: bàn giao công việc."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.events import after, on
from app.documents import queries, service
from app.documents.events import (
    DocumentArrived,
    DocumentIssued,
    DocumentRegistered,
    DraftCreated,
    ScansQueued,
)
from app.org.events import AgencyCreated, WorkHandedOver
from app.org.service import report_moved


def listen() -> None:
    """Gắn các hàm nghe (importing this module is enough; the call says so where it is wired)."""


@on(WorkHandedOver)
def hand_over_documents(actor: Actor, event: WorkHandedOver) -> None:
    """Bàn giao: open documents of the post go to the successor in the same transaction."""
    moved = queries.held_items(event.from_post_id, 500)
    service.hand_over(actor, event.from_post_id, event.to_post_id)
    report_moved(event.hand_over_id, "văn bản", moved)


@on(AgencyCreated)
def open_registers(actor: Actor, event: AgencyCreated) -> None:
    """Lập cơ quan là mở sổ: without its registers a new agency could number nothing."""
    service.open_registers(actor, event.record_id)


@after(DocumentArrived)
def read_arrived_files(event: DocumentArrived, _outbox_id: int) -> None:
    """Đọc chữ trong tệp của văn bản vừa đến."""
    service.read_files(event.record_id)


@after(ScansQueued)
def read_queued_files(event: ScansQueued, _outbox_id: int) -> None:
    """Đọc chữ trong bản quét vừa đưa vào hàng chờ."""
    service.read_files(event.record_id)


@after(DocumentRegistered)
def read_registered_files(event: DocumentRegistered, _outbox_id: int) -> None:
    """Đọc chữ trong bản quét vừa vào sổ."""
    service.read_files(event.record_id)


@after(DraftCreated)
def read_draft_files(event: DraftCreated, _outbox_id: int) -> None:
    """Đọc chữ trong tệp dự thảo."""
    service.read_files(event.record_id)


@after(DocumentIssued)
def read_issued_files(event: DocumentIssued, _outbox_id: int) -> None:
    """Đọc chữ và xác minh chữ ký trong tệp vừa phát hành."""
    service.read_files(event.record_id)
