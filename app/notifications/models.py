"""Thông báo và thư."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin


class MailState(StrEnum):
    """Tình trạng của một thư."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # will be tried again
    PARKED = "parked"  # waits for a person


class Notice(IdMixin, Base):
    """Thông báo: one row per fact worth telling; the worker expands its principals to people."""

    __tablename__ = "notice"
    kind: Mapped[int] = mapped_column(SmallInteger)
    record_id: Mapped[int]
    words: Mapped[str]
    urgent: Mapped[bool]
    mail: Mapped[bool]
    key: Mapped[str | None] = mapped_column(unique=True)
    principals: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    created_at: Mapped[datetime] = mapped_column(index=True)


class NoticePerson(Base):
    """Thông báo của một người: read when opened, mailed at once when urgent or with the morning's digest."""

    __tablename__ = "notice_person"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))  # the post through which it came
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_notice_person_list", "person_id", text("notice_id DESC")),
        Index(
            "ix_notice_person_unread",
            "person_id",
            text("notice_id DESC"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notice_person_to_mail",
            "person_id",
            "notice_id",
            postgresql_where=text("mailed_at IS NULL AND read_at IS NULL"),
        ),
    )


class Mail(IdMixin, Base):
    """Thư điện tử: one message to one address; its key makes it unique and gives it one Message-ID for ever."""

    __tablename__ = "mail"
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))  # whose administrators see it
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    calendar: Mapped[bytes | None]
    method: Mapped[str | None]
    urgent: Mapped[bool]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    slot_at: Mapped[datetime | None]  # when its turn comes under the rate limit
    sent_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed', 'parked')", name="state"),
        CheckConstraint("(calendar IS NULL) = (method IS NULL)", name="calendar"),
        Index("ix_mail_agency", "agency_id", text("id DESC")),
        Index(
            "ix_mail_agency_unsent", "agency_id", text("id DESC"), postgresql_where=text("state <> 'sent'")
        ),
        Index("ix_mail_sent_at", "sent_at", postgresql_where=text("state = 'sent'")),
    )


class MailPace(Base):
    """Nhịp gửi thư: the instant from which a lane is free again; no burst ever floods the mail server."""

    __tablename__ = "mail_pace"
    lane: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]
