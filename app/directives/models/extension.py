"""Đề nghị gia hạn: a new date and its reason, decided by the assigner; the original and every later due date stay."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.directives.models.part import DirectivePart
from app.org.models import Person, Post


class ExtensionState(StrEnum):
    """Trạng thái đề nghị gia hạn."""

    REQUESTED = "requested"
    AGREED = "agreed"
    REFUSED = "refused"
    LAPSED = "lapsed"  # không còn cần: done, withdrawn or taken back before a decision


class ExtensionRequest(IdMixin, VersionMixin, Base):
    """Đề nghị gia hạn. Asked after the due date it is marked so; agreeing never wipes the overdue days already run."""

    __tablename__ = "extension_request"
    record_kind = RecordKind.DIRECTIVE
    part_id: Mapped[int] = mapped_column(ForeignKey("directive_part.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # the lead agency that asks
    state: Mapped[str]
    previous_due_at: Mapped[datetime]
    wanted_due_at: Mapped[datetime]
    granted_due_at: Mapped[datetime | None]
    reason: Mapped[str]
    was_overdue: Mapped[bool]
    requested_at: Mapped[datetime]
    requested_by_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    requested_by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    decided_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_note: Mapped[str] = mapped_column(default="")

    part: Mapped[DirectivePart] = relationship()
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_person_id])
    requested_by_post: Mapped[Post] = relationship(foreign_keys=[requested_by_post_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_person_id])

    __table_args__ = (
        CheckConstraint("state IN ('requested', 'agreed', 'refused', 'lapsed')", name="state"),
        CheckConstraint("wanted_due_at > previous_due_at", name="later"),
        CheckConstraint("(state = 'agreed') = (granted_due_at IS NOT NULL)", name="granted"),
        Index("ix_extension_request_part_id", "part_id", "id"),
        Index("ix_extension_request_agreed", "decided_at", postgresql_where=text("state = 'agreed'")),
        Index(
            "uq_extension_request_pending",
            "part_id",
            unique=True,
            postgresql_where=text("state = 'requested'"),
        ),
    )
