"""Bảng nhật ký."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin


class AuditEntry(IdMixin, Base):
    """Mục nhật ký: one event; words are made on reading, from the labels of its package."""

    __tablename__ = "audit_entry"
    at: Mapped[datetime]
    person_id: Mapped[int | None]
    post_id: Mapped[int | None]
    agency_id: Mapped[int | None]
    acting_for_person_id: Mapped[int | None]
    acting_for_post_id: Mapped[int | None]
    ip: Mapped[str | None]
    request_id: Mapped[str | None]
    event: Mapped[str]
    kind: Mapped[int] = mapped_column(SmallInteger)
    record_id: Mapped[int]
    record_agency_id: Mapped[int | None]
    data: Mapped[dict[str, Any]]
    changes: Mapped[dict[str, Any]]
    __table_args__ = (
        Index("ix_audit_entry_record", "kind", "record_id", "id"),
        Index("ix_audit_entry_person", "person_id", "id"),
        # What an agency's people did, and what the system did to its records.
        Index(
            "ix_audit_entry_agency",
            text("coalesce(agency_id, record_agency_id)"),
            text("at DESC"),
            text("id DESC"),
        ),
    )
