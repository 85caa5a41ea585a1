"""Các bản của dự thảo: every main file a draft has had."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.org.models import Person
from app.storage.models import StoredFile


class DocumentVersion(IdMixin, Base):
    """Bản của dự thảo: the content by its hash, who put it in and why."""

    __tablename__ = "document_version"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    stored: Mapped[StoredFile] = relationship()
    person: Mapped[Person | None] = relationship()
    __table_args__ = (Index("uq_document_version_number", "document_id", "number", unique=True),)
