"""Tra cứu tệp đã lưu. Who may see a file is decided by the package that owns its row, before it asks here."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.core.db import session
from app.core.errors import NotFound
from app.storage.models import FileText, StoredFile


def stored_file(stored_file_id: int) -> StoredFile:
    """Một tệp đã lưu."""
    found = session.get(StoredFile, stored_file_id)
    if found is None:
        raise NotFound
    return found


def text_of(stored_file_id: int) -> str | None:
    """Chữ trong tệp; ``None`` when it has not been read, or has none."""
    return session.execute(select(FileText.content).where(FileText.stored_file_id == stored_file_id)).scalar()


def known(hashes: Collection[str]) -> set[str]:
    """Những hash đã có dòng."""
    return set(session.execute(select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes))).scalars())
