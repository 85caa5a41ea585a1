"""Diễn biến cuộc họp: who was there, what was concluded, and which directive each conclusion became."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.directives.models import DirectivePart
from app.org.models import Agency


class Attendance(IdMixin, Base):
    """Điểm danh: a person who was there; without an invitation he came on his own."""

    __tablename__ = "meeting_attendance"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    invitee_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_invitee.id"), index=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="", server_default="")
    body: Mapped[str] = mapped_column(default="", server_default="")
    key: Mapped[str]  # recognises the same person however he was marked
    at: Mapped[datetime]
    way: Mapped[str]
    __table_args__ = (
        CheckConstraint("way IN ('secretary', 'door', 'link')", name="way"),
        Index("uq_meeting_attendance_key", "meeting_id", "key", unique=True),
    )


class ConclusionItem(IdMixin, Base):
    """Nội dung kết luận cuộc họp: who leads it, by when, and the directive it became."""

    __tablename__ = "meeting_conclusion_item"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    due_on: Mapped[date | None]
    part_id: Mapped[int | None] = mapped_column(ForeignKey("directive_part.id"))
    agency: Mapped[Agency | None] = relationship()
    part: Mapped[DirectivePart | None] = relationship()
    __table_args__ = (
        Index(
            "ix_meeting_conclusion_item_part_id",
            "part_id",
            postgresql_where=text("part_id IS NOT NULL"),
        ),
    )
