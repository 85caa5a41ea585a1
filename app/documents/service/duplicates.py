"""Văn bản trùng: warned before saving, answered by the clerk in one of three ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import RecordKind, close_access
from app.core.use_case import use_case
from app.documents.models import Direction, Document, DocumentFile, FileRole, Source
from app.documents.queries.duplicates import Likeness, Twin, twins
from app.documents.service.loading import for_change
from app.documents.workflow import INCOMING
from app.storage import service as storage
from app.storage.service import Upload


class Answer(StrEnum):
    """Cách trả lời khi có thể trùng."""

    ATTACH = "attach"
    DIFFERENT = "different"
    DISCARD = "discard"


@dataclass(frozen=True)
class Settlement:
    """Trả lời của văn thư: the same document as ``twin_id``, another one for a reason, or nothing to keep."""

    answer: Answer | None = None
    twin_id: int | None = None
    reason: str = ""


ASK = "Văn bản này có thể đã đến trước đó. Hãy chọn một trong ba cách xử lý ở đầu biểu mẫu."


def weigh(actor: Actor, like: Likeness, settlement: Settlement, *, besides: int | None = None) -> Twin | None:
    """Xét trùng trước khi vào sổ.

    :returns: the registered document to join, or ``None`` when this one is to be registered on its own.
    :raises Violations: there may be a twin and the clerk has not said what to do, or not why.
    """
    if settlement.answer == Answer.DIFFERENT and settlement.reason:
        return None
    found = twins(actor.agency_id or 0, like, besides=besides)
    if not found:
        return None
    if settlement.answer is None:
        raise Violations([Violation("duplicate", ASK)])
    if settlement.answer == Answer.DIFFERENT:
        raise Violations([Violation("duplicate_reason", "Hãy nêu lý do vì sao đây là văn bản khác.")])
    joined = next((t for t in found if t.is_registered and settlement.twin_id in (t.document_id, None)), None)
    if settlement.answer == Answer.ATTACH and joined is None:
        raise Violations(
            [
                Violation(
                    "duplicate", "Văn bản trùng chưa có số đến. Hãy vào sổ văn bản đó trước, hoặc bỏ bản này."
                )
            ]
        )
    return joined or found[0]


@use_case
def merge(actor: Actor, document_id: int, version: int | None, twin_id: int) -> Document:
    """Nhập văn bản chờ vào số đến đã có: its files become copies there, and the sender hears of that number.

    :returns: the registered document.
    """
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "merge")
    target = for_change(actor, twin_id, None, Direction.INCOMING)
    INCOMING.check(actor, target, "take_copy")
    held = {f.stored_file_id for f in target.files}
    for item in document.files:
        if item.stored_file_id not in held:
            _link(target, item.stored_file_id, item.name)
    _end(document, target)
    token = document.package_token
    if token is not None and target.package_token is None:
        # What happens to the registered document from now on is told to the sender of this package.
        document.package_token = None
        session.flush()
        target.package_token = token
    words = f"nhập vào số đến {target.number}/{target.number_year}"
    INCOMING.move(
        actor,
        document,
        "merge",
        into_id=target.id,
        number=target.number or 0,
        note=words,
        package_token=token,
    )
    return INCOMING.move(actor, target, "take_copy", note=_how(document))


@use_case
def discard_arrival(actor: Actor, document_id: int, version: int | None, twin: Twin) -> Document:
    """Bỏ văn bản chờ vì trùng; the sender of a package is told which number holds it."""
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "discard")
    _end(document, session.get_one(Document, twin.document_id))
    reason = (
        f"Đã nhận văn bản này, số đến {twin.number}/{twin.year}." if twin.number else "Đã nhận văn bản này."
    )
    return INCOMING.move(actor, document, "discard", reason=reason, package_token=document.package_token)


@use_case
def take_paper(
    actor: Actor, twin_id: int, main: Upload, attachments: Sequence[Upload], paper_place: str = ""
) -> Document:
    """Đính kèm bản giấy vào số đến đã có (bản giấy đến sau bản điện tử)."""
    target = for_change(actor, twin_id, None, Direction.INCOMING)
    INCOMING.check(actor, target, "take_copy")
    held = {f.stored.sha256 for f in target.files}
    for upload in (main, *attachments):
        if upload.sha256 not in held:
            _link(target, storage.keep(actor, upload).id, upload.name)
    if paper_place:
        target.paper_place = paper_place
    return INCOMING.move(actor, target, "take_copy", note="bản giấy đến sau")


def _link(target: Document, stored_file_id: int, name: str) -> None:
    position = max((f.position for f in target.files), default=0) + 1
    target.files.append(
        DocumentFile(stored_file_id=stored_file_id, role=FileRole.COPY.value, name=name, position=position)
    )


def _end(document: Document, twin: Document) -> None:
    document.duplicate_of_id = twin.id
    document.closed_at = document.state_since = clock.now()
    close_access(RecordKind.INCOMING, document.id)


def _how(document: Document) -> str:
    return "bản điện tử đến sau" if document.source == Source.EXCHANGE else "bản giấy đến sau"
