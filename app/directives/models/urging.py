"""Đôn đốc, và cờ hạn mà tiến trình nền đã cắm."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.directives.models.part import DirectivePart
from app.documents.models import Document
from app.org.models import Person, Post


class Urging(IdMixin, Base):
    """Đôn đốc: a counted entry per part; ``level`` is its ordinal (lần 1, 2 …). Kept whatever becomes of the part."""

    __tablename__ = "urging"
    part_id: Mapped[int] = mapped_column(ForeignKey("directive_part.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # the agency that urges
    lead_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # the lead that was urged then
    level: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id")
    )  # the letter, when urged in writing
    part: Mapped[DirectivePart] = relationship()
    post: Mapped[Post] = relationship()
    person: Mapped[Person] = relationship()
    document: Mapped[Document | None] = relationship()
    __table_args__ = (
        Index("uq_urging_level", "part_id", "level", unique=True),
        Index("ix_urging_agency_id", "agency_id", "at"),
        Index("ix_urging_document_id", "document_id", postgresql_where=sql("document_id IS NOT NULL")),
    )


class FlagStep(StrEnum):
    """Bậc nhắc hạn, from the person at work up to the leader in charge."""

    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    STILL_OVERDUE = "still_overdue"


class DeadlineFlag(Base):
    """Cờ hạn: this step was raised for this due date; the key makes a second time impossible."""

    __tablename__ = "deadline_flag"
    part_id: Mapped[int] = mapped_column(ForeignKey("directive_part.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    raised_at: Mapped[datetime]
