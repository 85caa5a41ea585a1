"""Đăng nhập và thay mặt: sessions, attempts, delegation, absence, hand-over."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
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


# int8range(id, id) stands in for the extension btree_gist: equal ids are overlapping ranges.
_DATES = text("daterange(starts_on, ends_on, '[]')")
# "all" overlaps every scope, the others only themselves.
_SCOPE_RANGE = text(
    "(CASE scope WHEN 'documents' THEN int4range(1, 2) WHEN 'directives' THEN int4range(2, 3) "
    "WHEN 'meetings' THEN int4range(3, 4) ELSE int4range(1, 4) END)"
)


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
        ExcludeConstraint(
            (text("int8range(from_post_id, from_post_id, '[]')"), "&&"),
            (text("int8range(to_post_id, to_post_id, '[]')"), "&&"),
            (_SCOPE_RANGE, "&&"),
            (_DATES, "&&"),
            name="ex_delegation_overlap",
            using="gist",
            where=text("revoked_at IS NULL"),
        ),
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
        ExcludeConstraint(
            (text("int8range(person_id, person_id, '[]')"), "&&"),
            (_DATES, "&&"),
            name="ex_absence_overlap",
            using="gist",
            where=text("cancelled_at IS NULL"),
        ),
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
    reason: Mapped[str] = mapped_column(default="", server_default="")
    from_holder: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # the names of that day, for the paper
    to_holder: Mapped[str] = mapped_column(default="", server_default="")
    items: Mapped[dict[str, Any]]
    from_post: Mapped[Post] = relationship(foreign_keys=[from_post_id])
    to_post: Mapped[Post] = relationship(foreign_keys=[to_post_id])
    by_person: Mapped[Person] = relationship(foreign_keys=[by_person_id])

    @property
    def items_moved(self) -> int:
        """Số việc đã chuyển."""
        return sum(len(group["items"]) for group in self.items["groups"])


class ImportDraft(IdMixin, Base):
    """Danh sách chờ nhập: what was read from a spreadsheet, kept until its owner confirms it or a day has passed."""

    __tablename__ = "import_draft"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    file_name: Mapped[str]
    rows: Mapped[dict[str, Any]]
    done_at: Mapped[datetime | None]
