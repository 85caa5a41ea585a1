"""Gói tin liên thông: what was sent, to whom, by which way, and how far each recipient has come with it."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.documents.models import Document
from app.org.models import Agency, Person


class BusinessType(IntEnum):
    """Loại nghiệp vụ của gói tin (BussinessDocType of QCVN 102:2016)."""

    NEW = 0
    REVOKE = 1
    UPDATE = 2
    REPLACE = 3


class DeliveryState(StrEnum):
    """Trạng thái tại nơi nhận: the StatusCodes of QCVN 102:2016, before them our own "waiting to be sent"."""

    QUEUED = "queued"
    ARRIVED = "01"
    REFUSED = "02"
    REGISTERED = "03"
    ASSIGNED = "04"
    IN_PROGRESS = "05"
    DONE = "06"
    ASKED = "13"  # a recall, an update or a replacement has reached the recipient, who has to decide
    AGREED = "15"
    DECLINED = "16"


class Transport(StrEnum):
    """Đường gửi."""

    LOCAL = "local"
    HTTP = "http"
    AXIS = "axis"


_STATES = ", ".join(f"'{s.value}'" for s in DeliveryState)


class Package(IdMixin, Base):
    """Gói tin: one issuing of a document, under a token that never changes; its files are named with their hashes."""

    __tablename__ = "exchange_package"
    record_kind = RecordKind.PACKAGE
    token: Mapped[str] = mapped_column(unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    sender_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    business_type: Mapped[int] = mapped_column(SmallInteger, default=BusinessType.NEW.value)
    # of a recall, an update, a replacement: the package it is about, why, and the document that takes its place
    about_package_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_package.id"), index=True)
    replacement_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    reason: Mapped[str] = mapped_column(default="", server_default="")
    created_by: Mapped[str] = mapped_column(default="", server_default="")
    manifest: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    document: Mapped[Document] = relationship(foreign_keys=[document_id])
    replacement: Mapped[Document | None] = relationship(foreign_keys=[replacement_document_id])
    about: Mapped[Package | None] = relationship(remote_side="Package.id")
    sender: Mapped[Agency] = relationship()
    __table_args__ = (
        CheckConstraint("business_type BETWEEN 0 AND 3", name="business_type"),
        # A document is new once: what follows are recalls, updates and replacements of it.
        Index(
            "uq_exchange_package_new", "document_id", unique=True, postgresql_where=text("business_type = 0")
        ),
    )

    @property
    def agency_id(self) -> int:
        """Cơ quan gửi, whose record the package is."""
        return self.sender_agency_id


class Delivery(IdMixin, VersionMixin, Base):
    """Gửi đến một nơi nhận: the row is its own queue entry while waiting, then shows the recipient's last state."""

    __tablename__ = "exchange_delivery"
    record_kind = RecordKind.PACKAGE
    package_id: Mapped[int] = mapped_column(ForeignKey("exchange_package.id"))
    sender_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    # as addressed, and who really gets it: a closed agency's successor may stand for several recipients
    recipient_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    receiver_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    transport: Mapped[str] = mapped_column(default=Transport.LOCAL.value)
    state: Mapped[str] = mapped_column(default=DeliveryState.QUEUED.value)
    state_at: Mapped[datetime]
    # name and post in words: people of other installations have no row here
    state_by: Mapped[str] = mapped_column(default="")
    state_reason: Mapped[str] = mapped_column(default="")
    recipient_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    queued_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_attempt_at: Mapped[datetime | None]
    package: Mapped[Package] = relationship()
    recipient: Mapped[Agency] = relationship(foreign_keys=[recipient_agency_id])
    receiver: Mapped[Agency] = relationship(foreign_keys=[receiver_agency_id])
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        Index(
            "uq_exchange_delivery_package_id_recipient_agency_id",
            "package_id",
            "recipient_agency_id",
            unique=True,
        ),
        Index("ix_exchange_delivery_receiver", "package_id", "receiver_agency_id"),
        Index(
            "ix_exchange_delivery_queued",
            "sender_agency_id",
            "queued_at",
            "id",
            postgresql_where=text("state = 'queued'"),
        ),
    )

    @property
    def agency_id(self) -> int:
        """Cơ quan gửi, whose record the delivery is."""
        return self.sender_agency_id


class DeliveryStep(IdMixin, Base):
    """Diễn biến của một nơi nhận: every state it took, when, by whom and why; rows are only added."""

    __tablename__ = "exchange_delivery_state"
    delivery_id: Mapped[int] = mapped_column(ForeignKey("exchange_delivery.id"), index=True)
    state: Mapped[str]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    person: Mapped[Person | None] = relationship()
    __table_args__ = (CheckConstraint(f"state IN ({_STATES})", name="state"),)
