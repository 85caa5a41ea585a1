"""Đơn thư, văn bản liên quan, văn bản đánh dấu."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.documents.models.document import Document


class ComplaintKind(StrEnum):
    """Loại đơn thư."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PETITION = "petition"
    REFLECTION = "reflection"


class Complaint(Base):
    """Đơn thư: who sent it stands only here; lists, notices, search and exports never read this table."""

    __tablename__ = "complaint"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    kind: Mapped[str]
    sender_name: Mapped[str]
    sender_address: Mapped[str] = mapped_column(default="")
    sender_phone: Mapped[str] = mapped_column(default="")
    document: Mapped[Document] = relationship(back_populates="complaint")


class DocumentLink(Base):
    """Văn bản liên quan: two documents of one agency that belong together, said by a person; the smaller id first."""

    __tablename__ = "document_link"
    first_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="order"),
        Index("ix_document_link_second_id", "second_id"),
    )


class DocumentStar(Base):
    """Đánh dấu: a document a person wants at hand."""

    __tablename__ = "document_star"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    at: Mapped[datetime]
