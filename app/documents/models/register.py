"""Sổ đăng ký văn bản và nhóm nơi nhận."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin, VersionMixin


class Register(IdMixin, VersionMixin, Base):
    """Sổ đăng ký văn bản: its numbers run from 01 each year, shared by paper and electronic documents (NĐ 30/2020 Đ15, Đ22)."""

    __tablename__ = "register"
    SERIES: ClassVar = "register:"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    direction: Mapped[str]
    name: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def series(self) -> str:
        """Tên dãy số trong ``core.numbering``."""
        return f"{self.SERIES}{self.id}"


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
