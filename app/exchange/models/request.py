"""Yêu cầu của nơi gửi: to take a document back, to update it, to put another in its place; the recipient decides."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.documents.models import Document


class RequestState(StrEnum):
    """Tình trạng yêu cầu; the codes are those told to the sender."""

    ASKED = "13"
    AGREED = "15"
    DECLINED = "16"


class Request(IdMixin, VersionMixin, Base):
    """Yêu cầu thu hồi, cập nhật hoặc thay thế một văn bản đến."""

    __tablename__ = "exchange_request"
    record_kind = RecordKind.INCOMING
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    business_type: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(default="")
    # where the answer goes and where the new content lies: here, or the message that brought it
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_delivery.id"), unique=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_inbound.id"), unique=True)
    # of an update: the new values and files, put in place when it is agreed to
    content: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    new_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    state: Mapped[str] = mapped_column(default=RequestState.ASKED.value)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    document: Mapped[Document] = relationship(foreign_keys=[document_id])
    new_document: Mapped[Document | None] = relationship(foreign_keys=[new_document_id])
    __table_args__ = (
        CheckConstraint("state IN ('13', '15', '16')", name="state"),
        CheckConstraint("business_type BETWEEN 1 AND 3", name="business_type"),
        Index(
            "ix_exchange_request_open", "agency_id", "asked_at", "id", postgresql_where=text("state = '13'")
        ),
    )
