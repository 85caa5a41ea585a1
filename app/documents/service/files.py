"""Tệp của văn bản: rows that link stored content to its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.documents.models import Document, DocumentFile, FileRole
from app.signing import service as signing
from app.storage import service as storage
from app.storage.service import Upload


def attach(actor: Actor, document: Document, main: Upload | None, attachments: Sequence[Upload] = ()) -> None:
    """Gắn tệp chính (thay tệp cũ) và các tệp kèm theo."""
    if main is not None:
        for old in [f for f in document.files if f.role == FileRole.MAIN]:
            document.files.remove(old)
            session.delete(old)
        _add(actor, document, main, FileRole.MAIN, 0)
    first = max((f.position for f in document.files), default=0) + 1
    for position, upload in enumerate(attachments, start=first):
        _add(actor, document, upload, FileRole.ATTACHMENT, position)


def _add(actor: Actor, document: Document, upload: Upload, role: FileRole, position: int) -> None:
    stored = storage.keep(actor, upload)
    document.files.append(DocumentFile(stored=stored, role=role.value, name=upload.name, position=position))


def detach(document: Document, file_ids: Iterable[int]) -> list[str]:
    """Gỡ tệp kèm theo của dự thảo; returns the names that went. The content stays in the store for others."""
    wanted, gone = set(file_ids), []
    for item in [f for f in document.files if f.id in wanted and f.role == FileRole.ATTACHMENT]:
        document.files.remove(item)
        session.delete(item)
        gone.append(item.name)
    return gone


def copy_files(source: Document, target: Document) -> None:
    """Chép liên kết tệp sang văn bản của cơ quan nhận: the same content, a row of their own."""
    for item in source.files:
        target.files.append(
            DocumentFile(
                stored_file_id=item.stored_file_id, role=item.role, name=item.name, position=item.position
            )
        )


def add_stored(document: Document, files: Iterable[tuple[int, str]]) -> int:
    """Thêm tệp đã lưu mà văn bản chưa có; returns how many were new."""
    known = {f.stored_file_id for f in document.files}
    fresh = [(stored_id, name) for stored_id, name in files if stored_id not in known]
    first = max((f.position for f in document.files), default=0) + 1
    for position, (stored_id, name) in enumerate(fresh, start=first):
        document.files.append(
            DocumentFile(
                stored_file_id=stored_id, role=FileRole.ATTACHMENT.value, name=name, position=position
            )
        )
    return len(fresh)


def read_files(document_id: int) -> None:
    """Đọc chữ và xác minh chữ ký số trong các tệp của văn bản (tiến trình nền); the same content is read once, reading twice changes nothing."""
    stored = session.scalars(
        select(DocumentFile.stored_file_id).where(DocumentFile.document_id == document_id)
    ).all()
    session.rollback()  # the jail works outside every transaction
    for stored_file_id in stored:
        storage.extract(SYSTEM, stored_file_id)
        signing.verify_stored(SYSTEM, stored_file_id)


def replace_content(actor: Actor, file: DocumentFile, upload: Upload) -> None:
    """Thay nội dung một tệp bằng bản đã ký của chính nó; name and place stay."""
    file.stored = storage.keep(actor, upload)
