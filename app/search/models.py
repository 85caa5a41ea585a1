"""Bảng tra cứu."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class SearchEntry(Base):
    """Mục tra cứu: a record as one agency's readers find it. The agency is also a lexeme inside ``tsv``."""

    __tablename__ = "search_entry"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[int] = mapped_column(SmallInteger)
    record_id: Mapped[int]
    title: Mapped[str]
    reference: Mapped[str]
    reference_key: Mapped[str] = mapped_column(Text(collation="C"))
    sort_at: Mapped[datetime]
    tsv: Mapped[str] = mapped_column(TSVECTOR)
    __table_args__ = (
        PrimaryKeyConstraint("agency_id", "kind", "record_id"),
        Index("ix_search_entry_record", "kind", "record_id"),
        Index(
            "ix_search_entry_newest",
            "agency_id",
            text("sort_at DESC"),
            text("record_id DESC"),
            text("kind DESC"),
        ),
        Index(
            "ix_search_entry_reference",
            "agency_id",
            "reference_key",
            postgresql_where=text("reference_key <> ''"),
        ),
        Index("ix_search_entry_tsv", "tsv", postgresql_using="gin"),
    )
