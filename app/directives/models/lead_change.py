"""Đề nghị điều chỉnh cơ quan chủ trì: asked by a lead that holds the work is not its own; decided by the assigner."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.directives.models.part import DirectivePart
from app.org.models import Agency, Person, Post


class LeadChangeRequest(IdMixin, VersionMixin, Base):
    """Đề nghị điều chỉnh cơ quan chủ trì. The deadline runs meanwhile; silence counts as accepted."""

    __tablename__ = "lead_change_request"
    record_kind = RecordKind.DIRECTIVE
    part_id: Mapped[int] = mapped_column(ForeignKey("directive_part.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # the lead that asks
    state: Mapped[str]  # as of a request for more time: ExtensionState
    proposed_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    new_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    reason: Mapped[str]
    requested_at: Mapped[datetime]
    requested_by_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    requested_by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    decided_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_note: Mapped[str] = mapped_column(default="")

    part: Mapped[DirectivePart] = relationship()
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    proposed_agency: Mapped[Agency | None] = relationship(foreign_keys=[proposed_agency_id])
    new_agency: Mapped[Agency | None] = relationship(foreign_keys=[new_agency_id])
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_person_id])
    requested_by_post: Mapped[Post] = relationship(foreign_keys=[requested_by_post_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_person_id])

    __table_args__ = (
        CheckConstraint("state IN ('requested', 'agreed', 'refused', 'lapsed')", name="state"),
        CheckConstraint("(state = 'agreed') = (new_agency_id IS NOT NULL)", name="new_agency"),
        Index("ix_lead_change_request_part_id", "part_id", "id"),
        Index(
            "uq_lead_change_request_pending",
            "part_id",
            unique=True,
            postgresql_where=text("state = 'requested'"),
        ),
    )
