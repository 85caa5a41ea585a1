"""Các bản của dự thảo; kiểm tra và sửa thể thức."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import InputRejected
from app.core.use_case import use_case
from app.documents.format import checker
from app.documents.models import Direction, Document, DocumentVersion, FileRole
from app.documents.service.files import attach
from app.documents.service.loading import for_change
from app.documents.workflow import OUTGOING
from app.storage import service as storage
from app.storage.kinds import Kind
from app.storage.models import StoredFile
from app.storage.service import Upload, store_made


def keep_version(actor: Actor, document: Document, note: str = "") -> None:
    """Ghi lại bản hiện tại của dự thảo, when its main file is not the last one kept."""
    main = next((f for f in document.files if f.role == FileRole.MAIN), None)
    if main is None:
        return
    session.flush()
    last = session.scalar(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number.desc())
        .limit(1)
    )
    if last is not None and last.stored_file_id == main.stored_file_id:
        return
    count = session.scalar(
        select(func.coalesce(func.max(DocumentVersion.number), 0)).where(
            DocumentVersion.document_id == document.id
        )
    )
    session.add(
        DocumentVersion(
            document_id=document.id,
            number=int(count or 0) + 1,
            stored_file_id=main.stored_file_id,
            name=main.name,
            note=note,
            person_id=actor.person_id,
            at=clock.now(),
        )
    )


def bytes_of(file: StoredFile) -> bytes:
    """Nội dung một tệp đã lưu."""
    with storage.storage().blobs.open(file.sha256, file.size) as stream:
        return stream.read()


@dataclass(frozen=True)
class _Main:
    """The file to work on, as plain values: the jail runs outside every transaction."""

    data: bytes
    name: str


def repair_form(actor: Actor, document_id: int, key: str, version: int | None) -> Document:
    """Sửa một điểm thể thức của dự thảo (``key`` = ``""``: mọi điểm sửa được); the result is a new version.

    :raises InputRejected: the point is no longer there, or is not one a machine repairs.
    """
    main = _main_of(actor, document_id, version)
    if key:
        data, done = checker.repair(main.data, key)
        words = [done.sentence] if done else []
    else:
        data, found = checker.repair_all(main.data)
        words = [f.sentence for f in found]
    if not words:
        raise InputRejected(
            "Không còn điểm nào để sửa tự động ở đây. Hãy tải lại trang để xem kết quả kiểm tra mới nhất."
        )
    upload = store_made(data, main.name, Kind.DOCX)
    return replace_main(actor, document_id, version, upload, f"Sửa thể thức: {'; '.join(words)}"[:1000])


@use_case
def _main_of(actor: Actor, document_id: int, version: int | None) -> _Main:
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "edit")
    main = next((f for f in document.files if f.role == FileRole.MAIN), None)
    if main is None or main.stored.kind != Kind.DOCX:
        raise InputRejected(
            "Văn bản chính không phải tệp DOCX nên không sửa tự động được. Hãy tải tệp DOCX lên."
        )
    return _Main(bytes_of(main.stored), main.name)


@use_case
def replace_main(actor: Actor, document_id: int, version: int | None, upload: Upload, note: str) -> Document:
    """Thay tệp chính của dự thảo bằng một bản mới."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "edit")
    attach(actor, document, upload)
    keep_version(actor, document, note)
    return OUTGOING.move(actor, document, "edit", changes={"files": ("", note)})


@use_case
def restore(actor: Actor, document_id: int, number: int, version: int | None) -> Document:
    """Lấy lại một bản trước làm bản mới nhất."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "edit")
    kept = session.scalar(
        select(DocumentVersion).where(
            DocumentVersion.document_id == document.id, DocumentVersion.number == number
        )
    )
    if kept is None:
        raise InputRejected("Không có bản này. Hãy tải lại trang để xem các bản hiện có.")
    file = kept.stored
    upload = Upload(file.sha256, file.size, file.kind, kept.name, file.page_count, dict(file.facts))
    document.composition = None  # the file is now the text; the form's fields would say something else
    attach(actor, document, upload)
    keep_version(actor, document, f"Lấy lại bản {number}")
    return OUTGOING.move(actor, document, "edit", changes={"files": ("", f"bản {number}")})
