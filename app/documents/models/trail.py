"""Dấu vết trên văn bản: who opened it and when, and which duty was reported late."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.documents.models.document import Document
from app.org.models import Person, Post


class Opening(Base):
    """Lượt mở: when a person first opened a document, from which post."""

    __tablename__ = "document_opening"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    at: Mapped[datetime]
    document: Mapped[Document] = relationship(back_populates="openings")
    person: Mapped[Person] = relationship()
    post: Mapped[Post] = relationship()


class Duty(StrEnum):
    """Việc phải làm đúng lúc với một văn bản đến."""

    ACKNOWLEDGE = "acknowledge"
    REGISTER = "register"
    PRESENT = "present"
    SOON = "soon"
    HANDLE = "handle"


class DutyFlag(IdMixin, Base):
    """Nhắc trễ: this duty was reported late (or near), so that nobody is told twice. Lateness itself is never stored."""

    __tablename__ = "document_duty_flag"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    handling_id: Mapped[int | None] = mapped_column(ForeignKey("handling.id"))
    duty: Mapped[str]
    due_at: Mapped[datetime]
    at: Mapped[datetime]
    __table_args__ = (
        Index(
            "uq_document_duty_flag",
            "document_id",
            text("coalesce(handling_id, 0)"),
            "duty",
            "due_at",
            unique=True,
        ),
        Index(
            "ix_document_duty_flag_handling", "handling_id", postgresql_where=text("handling_id IS NOT NULL")
        ),
    )
