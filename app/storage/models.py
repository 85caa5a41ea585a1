"""Tệp đã lưu: content by hash, owned by no agency. The row of a document, directive or meeting links it and guards it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin
from app.storage.kinds import WITH_PAGES, Kind


class TextState(StrEnum):
    """Tình trạng đọc chữ của một tệp."""

    NONE = "none"  # a kind without text
    PENDING = "pending"
    DONE = "done"
    EMPTY = "empty"  # read, yet nothing found: a scan
    FAILED = "failed"


class StoredFile(IdMixin, Base):
    """Tệp đã lưu: immutable content by SHA-256; the same bytes sent by many are one row."""

    __tablename__ = "stored_file"
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int]
    kind: Mapped[str]
    media_type: Mapped[str]
    page_count: Mapped[int | None] = mapped_column(Integer)
    text_state: Mapped[str]
    facts: Mapped[dict[str, Any]]  # what inspection found: signatures, active parts, picture size
    created_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("size > 0", name="size"),
    )

    @property
    def has_pages(self) -> bool:
        """Có ảnh trang để xem không."""
        return Kind(self.kind) in WITH_PAGES and bool(self.page_count)


class FileText(Base):
    """Chữ trong tệp: kept apart, so that lists never read it. Pages are divided by a form feed."""

    __tablename__ = "file_text"
    stored_file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[str]
    chars: Mapped[int] = mapped_column(Integer)
    is_truncated: Mapped[bool]
