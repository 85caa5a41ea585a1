"""Đối tác liên thông: another installation (or the axis), its pinned keys, its agencies, and how much it may send."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.org.models import Agency


class PartnerState(StrEnum):
    """Tình trạng đối tác."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class Purpose(StrEnum):
    """Khóa dùng vào việc gì: one purpose per key."""

    PACKAGE = "package"
    RECEIPT = "receipt"


class Partner(IdMixin, VersionMixin, Base):
    """Đối tác: the only places packages are sent to and taken from."""

    __tablename__ = "exchange_partner"
    record_kind = RecordKind.PACKAGE
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # whose administrators entered it
    name: Mapped[str]
    installation: Mapped[str] = mapped_column(unique=True)  # fingerprint of its first package key
    transport: Mapped[str]
    url: Mapped[str]
    networks: Mapped[str] = mapped_column(default="", server_default="")  # besides public addresses
    state: Mapped[str] = mapped_column(default=PartnerState.ACTIVE.value)
    state_reason: Mapped[str] = mapped_column(default="", server_default="")
    most_package_bytes: Mapped[int] = mapped_column(Integer)
    packages_per_hour: Mapped[int] = mapped_column(Integer)
    failures: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    quiet_until: Mapped[datetime | None]  # nobody answers there: the others must not wait for it
    created_at: Mapped[datetime]
    keys: Mapped[list[PartnerKey]] = relationship(order_by="PartnerKey.id")
    agencies: Mapped[list[PartnerAgency]] = relationship(order_by="PartnerAgency.agency_id")
    __table_args__ = (CheckConstraint("state IN ('active', 'suspended')", name="state"),)

    @property
    def is_active(self) -> bool:
        """Đang liên thông."""
        return self.state == PartnerState.ACTIVE

    def public_keys(self, purpose: Purpose) -> list[str]:
        """Các khóa đang ghim cho một việc."""
        return [k.public_key for k in self.keys if k.purpose == purpose and k.until is None]


class PartnerKey(IdMixin, Base):
    """Khóa công khai đã ghim: entered by a person, never taken from a message."""

    __tablename__ = "exchange_partner_key"
    partner_id: Mapped[int] = mapped_column(ForeignKey("exchange_partner.id"), index=True)
    purpose: Mapped[str]
    public_key: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "uq_exchange_partner_key_live",
            "partner_id",
            "purpose",
            "public_key",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
    )


class PartnerAgency(Base):
    """Cơ quan ở đối tác: reached through it, and the only ones it may speak for."""

    __tablename__ = "exchange_partner_agency"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("exchange_partner.id"), index=True)
    agency: Mapped[Agency] = relationship()
