"""Bộ lọc đã lưu của một vị trí: a name for an address."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin


class SavedFilter(IdMixin, Base):
    """Bộ lọc đã lưu: which list, with which conditions; rows are those of the day it is opened."""

    __tablename__ = "saved_filter"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    name: Mapped[str]
    view: Mapped[str]
    conditions: Mapped[dict[str, str]] = mapped_column(JSONB)
    __table_args__ = (Index("uq_saved_filter_name", "post_id", "view", "name", unique=True),)
