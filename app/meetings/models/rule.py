"""Quy định về họp theo loại cơ quan: limits in working days, each with the text it comes from."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind


class MeetingRule(IdMixin, VersionMixin, Base):
    """Quy định về họp của một loại cơ quan; ``checked_on`` is the day someone compared it with the legal text."""

    __tablename__ = "meeting_rule"
    record_kind = RecordKind.AGENCY
    agency_kind: Mapped[str] = mapped_column(unique=True)
    invitation_days: Mapped[int] = mapped_column(SmallInteger)
    papers_days: Mapped[int] = mapped_column(SmallInteger)
    conclusion_days: Mapped[int] = mapped_column(SmallInteger)
    needs_consent: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    source: Mapped[str]
    checked_on: Mapped[date | None]
    __table_args__ = (
        CheckConstraint(
            "invitation_days BETWEEN 0 AND 60 AND papers_days BETWEEN 0 AND 60 AND conclusion_days BETWEEN 1 AND 60",
            name="days",
        ),
    )
