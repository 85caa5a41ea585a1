"""Chương trình, kế hoạch: what a run of directives belongs to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin, VersionMixin
from app.org.models import Agency


class Programme(IdMixin, VersionMixin, Base):
    """Chương trình, kế hoạch của một cơ quan: its directives carry its key and keep it."""

    __tablename__ = "programme"
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    title: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")  # the document that adopted it
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="span"),
        Index("ix_programme_agency_id", "agency_id", text("ends_on DESC"), text("id DESC")),
    )
