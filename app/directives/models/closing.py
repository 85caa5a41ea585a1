"""Đề xuất kết thúc nhiệm vụ: a document that answers proposes to close the task it answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.directives.models.part import DirectivePart
from app.documents.models import Document
from app.org.models import Person, Post


class ProposalState(StrEnum):
    """Trạng thái đề xuất kết thúc."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class ClosingProposal(IdMixin, Base):
    """Đề xuất kết thúc nhiệm vụ: this issued document of the lead answers this part; the assigner accepts it in one click."""

    __tablename__ = "closing_proposal"
    part_id: Mapped[int] = mapped_column(ForeignKey("directive_part.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # the lead, whose document it is
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # as it read on the day: the assigner cannot open the lead's own document row
    reference: Mapped[str]
    subject: Mapped[str]
    issued_at: Mapped[datetime]
    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id")
    )  # who drafted it, in whose name the report is written
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    score: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    part: Mapped[DirectivePart] = relationship()
    document: Mapped[Document] = relationship()
    post: Mapped[Post] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'accepted', 'dismissed')", name="state"),
        Index("uq_closing_proposal_document", "document_id", "part_id", unique=True),
        Index("ix_closing_proposal_open", "part_id", postgresql_where=text("state = 'proposed'")),
    )
