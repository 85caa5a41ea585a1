"""Phòng họp."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

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
