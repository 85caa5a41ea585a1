"""Bản giấy: scans put into the waiting list, and where the paper original lies."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import limits
from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.events import emit
from app.core.use_case import use_case
from app.documents import events
from app.documents.models import Direction, Document, Source
from app.documents.service.arrival import come_by_hand
from app.documents.service.files import attach
from app.documents.service.indexing import index
from app.documents.service.loading import for_change
from app.documents.workflow import INCOMING
from app.storage.service import Upload


@use_case
def queue_scans(actor: Actor, source: Source, scans: Sequence[Upload]) -> list[Document]:
    """Đưa các bản quét vào hàng chờ: each file is one document, named by its file until the clerk registers it."""
    if not scans:
        raise Violations([Violation("scans", "Chưa có tệp nào. Hãy chọn bản quét của từng văn bản.")])
    return [_queue(actor, source, scan) for scan in scans]


def _queue(actor: Actor, source: Source, scan: Upload) -> Document:
    name = scan.name.rsplit(".", 1)[0][: limits.SUBJECT_CHARS]
    document = come_by_hand(actor, source, "Công văn", name or "Bản quét chưa đặt tên")
    attach(actor, document, scan)
    index(document)
    emit(
        actor,
        events.ScansQueued(
            kind=document.record_kind,
            record_id=document.id,
            agency_id=document.agency_id,
            source=source.value,
        ),
    )
    return document


@use_case
def keep_paper(actor: Actor, document_id: int, version: int | None, place: str) -> Document:
    """Ghi nơi giữ bản giấy: the paper original is followed by hand, each move with its history."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "keep_paper")
    before, document.paper_place = document.paper_place, place
    return INCOMING.move(actor, document, "keep_paper", changes={"paper_place": (before, place)})
