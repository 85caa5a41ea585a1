"""Sổ đăng ký văn bản và nhóm nơi nhận."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.org.models import Person


class Register(IdMixin, VersionMixin, Base):
    """Sổ đăng ký văn bản: its numbers run from 01 each year, shared by paper and electronic documents (NĐ 30/2020 Đ15, Đ22)."""

    __tablename__ = "register"
    SERIES: ClassVar = "register:"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    direction: Mapped[str]
    name: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    # a series of a Ban chỉ đạo, Hội đồng or Tổ công tác: its abbreviation stands in the notation for the agency's
    body_name: Mapped[str] = mapped_column(default="", server_default="")
    body_abbreviation: Mapped[str] = mapped_column(default="", server_default="")
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    @property
    def series(self) -> str:
        """Tên dãy số trong ``core.numbering``."""
        return f"{self.SERIES}{self.id}"


class LedgerState(StrEnum):
    """Trạng thái của một số không mang văn bản."""

    RESERVED = "reserved"
    VOID = "void"
    USED = "used"


class LedgerEntry(IdMixin, VersionMixin, Base):
    """Số giữ chỗ, số hủy: a number taken without its document; it stays in the ledger, with what it was for and why."""

    __tablename__ = "ledger_entry"
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int]
    state: Mapped[str]
    purpose: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    day: Mapped[date]  # the day it was taken: the document that uses it bears this day
    expires_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    person: Mapped[Person | None] = relationship()
    __table_args__ = (
        Index("uq_ledger_entry_number", "register_id", "year", "number", unique=True),
        Index("ix_ledger_entry_expiry", "expires_on", postgresql_where=text("state = 'reserved'")),
        CheckConstraint("state IN ('reserved', 'void', 'used')", name="state"),
    )


class RecipientGroup(IdMixin, VersionMixin, Base):
    """Nhóm nơi nhận: a saved list of agencies that documents and invitations go to."""

    __tablename__ = "recipient_group"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    name: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    __table_args__ = (Index("uq_recipient_group_agency_name", "agency_id", "name", unique=True),)


class RecipientGroupMember(Base):
    """Cơ quan trong nhóm nơi nhận."""

    __tablename__ = "recipient_group_member"
    group_id: Mapped[int] = mapped_column(
        ForeignKey("recipient_group.id", ondelete="CASCADE"), primary_key=True
    )
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
