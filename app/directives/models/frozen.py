"""Kỳ số liệu đã chốt: a period and its name, never its numbers; the history gives the same rows whenever it is asked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.org.models import Person


class FrozenPeriod(IdMixin, Base):
    """Kỳ số liệu đã chốt, to be opened again exactly as it was reported."""

    __tablename__ = "frozen_period"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    frozen_at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="span"),
        Index("ix_frozen_period_agency_id", "agency_id", text("ends_on DESC"), text("id DESC")),
    )
