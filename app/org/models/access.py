"""Đăng nhập và thay mặt: sessions, attempts, delegation, absence, hand-over."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.org.models.structure import Person, Post


class Scope(StrEnum):
    """Phạm vi ủy quyền xử lý."""

    ALL = "all"
    DOCUMENTS = "documents"
    DIRECTIVES = "directives"
    MEETINGS = "meetings"


class AbsenceKind(StrEnum):
    """Lý do vắng mặt."""

    LEAVE = "leave"
    BUSINESS = "business"
    TRAINING = "training"
    SICK = "sick"


class UserSession(IdMixin, Base):
    """Phiên đăng nhập: the server's own record behind the cookie; can be listed and revoked."""

    __tablename__ = "user_session"
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ip: Mapped[str]
    user_agent: Mapped[str]
    revoked_at: Mapped[datetime | None]


class LoginAttempt(IdMixin, Base):
    """Lần thử đăng nhập hỏng: throttles per account and per address."""

    __tablename__ = "login_attempt"
    username_key: Mapped[str]
    ip: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (
        Index("ix_login_attempt_username", "username_key", "at"),
        Index("ix_login_attempt_ip", "ip", "at"),
    )


class Delegation(IdMixin, VersionMixin, Base):
    """Ủy quyền xử lý: one post lets another act for it, within a scope and between dates; no sub-delegation."""

    __tablename__ = "delegation"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    from_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    to_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    scope: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    from_post: Mapped[Post] = relationship(foreign_keys=[from_post_id])
    to_post: Mapped[Post] = relationship(foreign_keys=[to_post_id])
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on AND from_post_id <> to_post_id", name="sense"),
        Index(
            "ix_delegation_to_post_live", "to_post_id", "ends_on", postgresql_where=text("revoked_at IS NULL")
        ),
    )


class Absence(IdMixin, VersionMixin, Base):
    """Vắng mặt (nghỉ phép, công tác): dated; new work goes to the deputy meanwhile."""

    __tablename__ = "absence"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    deputy_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    reason: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    deputy: Mapped[Post | None] = relationship(foreign_keys=[deputy_post_id])
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index(
            "ix_absence_person_live", "person_id", "ends_on", postgresql_where=text("cancelled_at IS NULL")
        ),
        Index(
            "ix_absence_deputy_live",
            "deputy_post_id",
            "ends_on",
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )


class HandOver(IdMixin, Base):
    """Bàn giao công việc: one act moved open documents, drafts and tasks to a successor; the list is kept."""

    __tablename__ = "hand_over"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    from_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    to_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    at: Mapped[datetime]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    items: Mapped[dict[str, Any]]
