"""Lịch ra ngoài và thư trở về: secret addresses of calendars, and the replies that were read from the mailbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin
from app.core.records import RecordKind
from app.meetings.models.room import Room
from app.org.models import Person, Post


class CalendarFeed(IdMixin, Base):
    """Lịch theo dõi từ ngoài: a secret address that a calendar program reads; of one person's post, or of a room."""

    __tablename__ = "meeting_calendar_feed"
    record_kind = RecordKind.AGENCY
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    token: Mapped[str] = mapped_column(unique=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    post: Mapped[Post | None] = relationship()
    person: Mapped[Person | None] = relationship()
    room: Mapped[Room | None] = relationship()
    __table_args__ = (
        CheckConstraint("(post_id IS NULL) <> (room_id IS NULL)", name="one_owner"),
        CheckConstraint("(post_id IS NULL) = (person_id IS NULL)", name="person"),
        Index(
            "uq_meeting_calendar_feed_post",
            "post_id",
            unique=True,
            postgresql_where=text("post_id IS NOT NULL AND revoked_at IS NULL"),
        ),
        Index(
            "uq_meeting_calendar_feed_room",
            "room_id",
            unique=True,
            postgresql_where=text("room_id IS NOT NULL AND revoked_at IS NULL"),
        ),
    )


class MailReply(IdMixin, Base):
    """Thư trả lời lịch họp đã đọc: once per message, with what came of it."""

    __tablename__ = "meeting_mail_reply"
    message_id: Mapped[str] = mapped_column(unique=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    address: Mapped[str]
    outcome: Mapped[str]
    words: Mapped[str] = mapped_column(default="", server_default="")
    read_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("outcome IN ('recorded', 'stale', 'refused', 'unknown')", name="outcome"),
    )
