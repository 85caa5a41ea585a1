"""Thư liên thông: what goes to other installations and what comes from them, each under an id that never changes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.exchange.models.delivery import Delivery
from app.exchange.models.partner import Partner
from app.org.models import Agency


class MessageKind(StrEnum):
    """Loại thư."""

    DOCUMENT = "document"
    STATUS = "status"


class MessageState(StrEnum):
    """Tình trạng thư gửi đi."""

    WAITING = "waiting"
    SENT = "sent"  # and its receipt verified
    REFUSED = "refused"  # the other side will never take it


class InboundState(StrEnum):
    """Tình trạng thư nhận về."""

    RECEIVED = "received"
    HELD = "held"  # it speaks of a document that has not come yet
    DONE = "done"
    REFUSED = "refused"
    QUARANTINED = "quarantined"


class Message(IdMixin, Base):
    """Thư gửi đi: outbox of the exchange and our side of the ledger."""

    __tablename__ = "exchange_message"
    token: Mapped[str] = mapped_column(unique=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("exchange_partner.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # ours, who sends
    kind: Mapped[str]
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_delivery.id"), unique=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_inbound.id"), index=True)
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    status: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    manifest: Mapped[str | None]
    payload_sha256: Mapped[str | None]
    payload_size: Mapped[int | None] = mapped_column(BigInteger)
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default="[]")
    state: Mapped[str] = mapped_column(default=MessageState.WAITING.value)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_attempt_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    receipt: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error: Mapped[str] = mapped_column(default="", server_default="")
    partner: Mapped[Partner] = relationship()
    delivery: Mapped[Delivery | None] = relationship()
    inbound: Mapped[Inbound | None] = relationship()
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'refused')", name="state"),
        Index("ix_exchange_message_waiting", "partner_id", "id", postgresql_where=text("state = 'waiting'")),
        Index("ix_exchange_message_ledger", "partner_id", "created_at", "id"),
    )


class Inbound(IdMixin, VersionMixin, Base):
    """Thư nhận về: taken once per sender and id; the receipt given for it is kept and given again."""

    __tablename__ = "exchange_inbound"
    record_kind = RecordKind.PACKAGE
    partner_id: Mapped[int] = mapped_column(ForeignKey("exchange_partner.id"))
    token: Mapped[str]
    kind: Mapped[str]
    about: Mapped[str] = mapped_column(default="")  # id of the message it speaks of
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    sender_code: Mapped[str] = mapped_column(default="")
    recipient_code: Mapped[str] = mapped_column(default="")
    business_type: Mapped[int] = mapped_column(SmallInteger, default=0)
    manifest_sha256: Mapped[str]
    payload_sha256: Mapped[str]
    payload_size: Mapped[int] = mapped_column(BigInteger)
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default="[]")
    receipt: Mapped[dict[str, Any]] = mapped_column(JSONB)
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=InboundState.RECEIVED.value)
    state_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(default="")
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))  # ours, whose registry it concerns
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    conflicts: Mapped[int] = mapped_column(Integer, default=0)
    partner: Mapped[Partner] = relationship()
    agency: Mapped[Agency | None] = relationship()
    __table_args__ = (
        CheckConstraint("state IN ('received', 'held', 'done', 'refused', 'quarantined')", name="state"),
        Index("uq_exchange_inbound_partner_id_token", "partner_id", "token", unique=True),
        Index("ix_exchange_inbound_partner_id_received_at", "partner_id", "received_at", "id"),
        Index("ix_exchange_inbound_held", "partner_id", "about", postgresql_where=text("state = 'held'")),
        Index(
            "ix_exchange_inbound_quarantined",
            "agency_id",
            "state_at",
            "id",
            postgresql_where=text("state = 'quarantined'"),
        ),
    )
