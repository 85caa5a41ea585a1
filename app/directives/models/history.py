"""Lịch sử đầu việc: what each part was, from when to when, so that a figure "as at" a past date opens its rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, IdMixin
from app.directives.models.part import PartFacts

# An open end that Python can read back ('infinity' cannot).
FOREVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


class DirectivePartHistory(PartFacts, IdMixin, Base):
    """Lịch sử đầu việc: one row per span in which the facts stayed the same; appended in the act's transaction."""

    __tablename__ = "directive_part_history"
    part_id: Mapped[int] = mapped_column(ForeignKey("directive_part.id"))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime] = mapped_column(default=FOREVER)
    __table_args__ = (
        Index("uq_directive_part_history_valid_from", "part_id", "valid_from", unique=True),
        Index(
            "uq_directive_part_history_current",
            "part_id",
            unique=True,
            postgresql_where=text("valid_to = '9999-01-01 00:00:00+00'"),
        ),
        Index(
            "ix_directive_part_history_given_open",
            "assigning_agency_id",
            "valid_to",
            "valid_from",
            postgresql_include=["lead_agency_id", "state", "due_key", "soon_at", "origin"],
            postgresql_where=text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
        ),
        Index(
            "ix_directive_part_history_led_open",
            "lead_agency_id",
            "valid_to",
            "valid_from",
            postgresql_include=["assigning_agency_id", "state", "due_key", "soon_at", "origin"],
            postgresql_where=text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
        ),
        Index(
            "ix_directive_part_history_given_all",
            "assigning_agency_id",
            text("assigned_at DESC"),
            text("part_id DESC"),
        ),
        Index(
            "ix_directive_part_history_led_all",
            "lead_agency_id",
            text("assigned_at DESC"),
            text("part_id DESC"),
        ),
        Index(
            "ix_directive_part_history_given_completed",
            "assigning_agency_id",
            "completed_at",
            postgresql_where=text("state = 'completed'"),
        ),
        Index(
            "ix_directive_part_history_led_completed",
            "lead_agency_id",
            "completed_at",
            postgresql_where=text("state = 'completed'"),
        ),
    )
