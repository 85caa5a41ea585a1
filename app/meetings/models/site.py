"""Điểm cầu của cuộc họp trực tuyến."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.org.models import Agency


class MeetingSite(IdMixin, Base):
    """Điểm cầu: where an agency sits, who minds the line, when it is tested, by which code it comes in."""

    __tablename__ = "meeting_site"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    room: Mapped[str]
    technician: Mapped[str] = mapped_column(default="", server_default="")
    phone: Mapped[str] = mapped_column(default="", server_default="")
    tested_at: Mapped[datetime | None]  # when the line is tested
    access_code: Mapped[str] = mapped_column(default="", server_default="")
    position: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    agency: Mapped[Agency] = relationship()
    __table_args__ = (Index("uq_meeting_site_agency", "meeting_id", "agency_id", unique=True),)
