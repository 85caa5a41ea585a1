"""Phòng họp."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind


class Room(IdMixin, VersionMixin, Base):
    """Phòng họp của một cơ quan; only that agency books it."""

    __tablename__ = "room"
    # a change of a room is told on its agency's own history
    record_kind = RecordKind.AGENCY
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    capacity: Mapped[int] = mapped_column(Integer)
    location: Mapped[str] = mapped_column(default="", server_default="")
    equipment: Mapped[str] = mapped_column(default="", server_default="")
    sort: Mapped[int] = mapped_column(default=0, server_default="0")
    active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity"),
        Index("uq_room_agency_name", "agency_id", "name", unique=True),
    )


class RoomBlocking(IdMixin, Base):
    """Khóa phòng: hours in which a room is not to be had, for a reason (repair, an event of others)."""

    __tablename__ = "room_blocking"
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    made_by_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    made_at: Mapped[datetime]
    room: Mapped[Room] = relationship()
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="hours"),
        Index("ix_room_blocking_hours", "room_id", "ends_at"),
    )
