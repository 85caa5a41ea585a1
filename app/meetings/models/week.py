"""Lịch công tác tuần đã công bố: each publishing is a row, with what changed since the one before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.core.records import RecordKind
from app.org.models import Post


class PublishedWeek(IdMixin, Base):
    """Lịch công tác tuần của một cơ quan, lần công bố thứ mấy; the entries as they read on that day."""

    __tablename__ = "meeting_published_week"
    record_kind = RecordKind.AGENCY
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    monday: Mapped[date]
    number: Mapped[int] = mapped_column(SmallInteger)
    published_at: Mapped[datetime]
    published_by_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    changes: Mapped[list[str]] = mapped_column(JSONB)
    published_by: Mapped[Post] = relationship()
    __table_args__ = (Index("uq_meeting_published_week", "agency_id", "monday", "number", unique=True),)
