"""Xử lý văn bản đến: who handles which part by when, and what leaders and the office said."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind, post_principal, unit_principal
from app.documents.models.document import Document, DocumentFile
from app.org.models import Person, Post, Unit


class HandlingRole(StrEnum):
    """Vai trò xử lý."""

    LEAD = "lead"
    SUPPORT = "support"
    INFORM = "inform"
    OPINION = "opinion"  # asked what it thinks; the result of the part is its answer


class HandlingState(StrEnum):
    """Trạng thái phân xử lý."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"  # by whoever gave it


class Handling(IdMixin, VersionMixin, Base):
    """Phân xử lý: one unit's or person's part in an incoming document; a unit's head passes it on to people (children)."""

    __tablename__ = "handling"
    record_kind = RecordKind.INCOMING
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("handling.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str]
    content: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=HandlingState.NEW.value)
    due_at: Mapped[datetime | None]
    soon_at: Mapped[datetime | None]
    assigned_by_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    assigned_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    progress: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    document: Mapped[Document] = relationship(back_populates="handlings")
    post: Mapped[Post | None] = relationship(foreign_keys=[post_id])
    unit: Mapped[Unit | None] = relationship()
    assigned_by: Mapped[Post] = relationship(foreign_keys=[assigned_by_post_id])
    __table_args__ = (
        CheckConstraint("(post_id IS NULL) <> (unit_id IS NULL)", name="holder"),
        Index("ix_handling_post_open", "post_id", "due_at", "id", postgresql_where=text("done_at IS NULL")),
        Index("ix_handling_unit_open", "unit_id", "due_at", "id", postgresql_where=text("done_at IS NULL")),
        Index("ix_handling_due", "due_at", postgresql_where=text("done_at IS NULL AND due_at IS NOT NULL")),
    )

    @property
    def principal(self) -> int:
        """Danh nghĩa được giao (đơn vị hay vị trí)."""
        return post_principal(self.post_id) if self.post_id is not None else unit_principal(self.unit_id or 0)


class NoteKind(StrEnum):
    """Loại ý kiến."""

    PROPOSAL = "proposal"  # tham mưu
    INSTRUCTION = "instruction"  # bút phê
    OPINION = "opinion"  # ý kiến trao đổi


class Note(IdMixin, Base):
    """Ý kiến trên văn bản: the office's proposal, the leader's instruction (bút phê), or a comment."""

    __tablename__ = "document_note"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    kind: Mapped[str]
    text: Mapped[str]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    acting_for_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    # a proposal carries the assignment it suggests, so that the leader agrees in one click
    assignment: Mapped[dict[str, Any] | None]
    # a note written on paper is entered for its author, with its photo, and he may object
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("document_file.id"))
    objected_at: Mapped[datetime | None]
    objection: Mapped[str] = mapped_column(default="", server_default="")
    photo: Mapped[DocumentFile | None] = relationship()
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    post: Mapped[Post] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    acting_for: Mapped[Person | None] = relationship(foreign_keys=[acting_for_person_id])
