"""Đầu việc: one lead agency's share of a directive; workflow, reports, extension and urging hang on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.directives.models.directive import Directive
from app.org.models import Agency, Post, Unit


class PartState(StrEnum):
    """Trạng thái đầu việc. Lateness is no state: it is a function of the stored instants and now."""

    ASSIGNED = "assigned"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    REPORTED_DONE = "reported_done"
    PAUSED = "paused"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"  # taken back from this lead
    CANCELLED = "cancelled"  # no longer needed of anyone


WORKING = (PartState.ASSIGNED, PartState.RECEIVED, PartState.IN_PROGRESS)
OPEN = (*WORKING, PartState.REPORTED_DONE)
UNFINISHED = (*OPEN, PartState.PAUSED)
ENDED = (PartState.WITHDRAWN, PartState.CANCELLED)  # closed without being done
CLOSED = (PartState.COMPLETED, *ENDED)

# Index predicates and queries must spell the states alike, as literals, or the planner cannot match them.
_WORKING = "state IN ('assigned', 'received', 'in_progress')"
_OPEN = "state IN ('assigned', 'received', 'in_progress', 'reported_done')"
_ENDED = "state IN ('withdrawn', 'cancelled')"
_PAUSED = "state = 'paused'"


class PartFacts:
    """Dữ kiện lọc được: every column that lists and figures filter by; the history keeps exactly these over time."""

    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id"))
    assigning_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    lead_agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    assigner_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    follower_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    assignee_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    origin: Mapped[str]
    source_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    urgency: Mapped[int] = mapped_column(SmallInteger, default=0)
    is_key: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]
    assigned_at: Mapped[datetime]
    original_due_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  # exclusive: "hết ngày 30" is 00:00 of the 31st
    soon_at: Mapped[datetime | None]
    # the stored key lists are sorted by: without a deadline, last
    due_key: Mapped[datetime] = mapped_column(
        Computed("coalesce(due_at, '9999-01-01 00:00:00+00'::timestamptz)", persisted=True)
    )
    is_extension_pending: Mapped[bool] = mapped_column(default=False)
    reported_done_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]  # also of what was cancelled


FACTS = tuple(name for name in PartFacts.__annotations__ if name != "due_key")


class DirectivePart(PartFacts, IdMixin, VersionMixin, Base):
    """Đầu việc: exactly one lead agency, its state and its instants."""

    __tablename__ = "directive_part"
    record_kind = RecordKind.DIRECTIVE
    number: Mapped[int] = mapped_column(SmallInteger)
    code: Mapped[str]
    content: Mapped[str]
    words: Mapped[list[str]] = mapped_column(ARRAY(Text))  # folded words of what people search it by
    # since when this agency leads; from it run the days within which it may ask for another lead
    lead_since: Mapped[datetime | None]
    is_lead_change_pending: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    received_at: Mapped[datetime | None]
    passed_on_at: Mapped[datetime | None]
    percent: Mapped[int | None] = mapped_column(SmallInteger)
    last_update_at: Mapped[datetime | None]
    urging_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    last_urged_at: Mapped[datetime | None]
    closing_note: Mapped[str] = mapped_column(default="")
    # the instant at which the worker must next look at this part; empty when nothing is to be flagged
    next_flag_at: Mapped[datetime | None]

    directive: Mapped[Directive] = relationship(foreign_keys="DirectivePart.directive_id")
    lead_agency: Mapped[Agency] = relationship(foreign_keys="DirectivePart.lead_agency_id")
    assigning_agency: Mapped[Agency] = relationship(foreign_keys="DirectivePart.assigning_agency_id")
    assigner: Mapped[Post] = relationship(foreign_keys="DirectivePart.assigner_post_id")
    follower: Mapped[Post | None] = relationship(foreign_keys="DirectivePart.follower_post_id")
    unit: Mapped[Unit | None] = relationship()
    assignee: Mapped[Post | None] = relationship(foreign_keys="DirectivePart.assignee_post_id")

    __table_args__ = (
        CheckConstraint(
            "state IN ('assigned', 'received', 'in_progress', 'reported_done', 'paused', 'completed', 'withdrawn', "
            "'cancelled')",
            name="state",
        ),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint(
            "(due_at IS NULL) = (soon_at IS NULL) AND (soon_at IS NULL OR soon_at < due_at)", name="soon"
        ),
        CheckConstraint("(state = 'completed') = (completed_at IS NOT NULL)", name="completed"),
        Index("uq_directive_part_number", "directive_id", "number", unique=True),
        Index("ix_directive_part_words", "words", postgresql_using="gin"),
        # lists and capped counts of the assigning agency, then of the lead agency; included columns keep them index-only
        Index(
            "ix_directive_part_given_open",
            "assigning_agency_id",
            "due_key",
            "id",
            postgresql_include=["state", "soon_at", "lead_agency_id", "origin"],
            postgresql_where=text(_OPEN),
        ),
        Index(
            "ix_directive_part_given_soon",
            "assigning_agency_id",
            "soon_at",
            postgresql_include=["due_key", "lead_agency_id", "origin"],
            postgresql_where=text(f"{_WORKING} AND soon_at IS NOT NULL"),
        ),
        Index(
            "ix_directive_part_given_reported",
            "assigning_agency_id",
            "reported_done_at",
            "id",
            postgresql_include=["lead_agency_id", "origin"],
            postgresql_where=text("state = 'reported_done'"),
        ),
        Index(
            "ix_directive_part_given_completed",
            "assigning_agency_id",
            text("completed_at DESC"),
            text("id DESC"),
            postgresql_include=["lead_agency_id", "reported_done_at", "due_key", "original_due_at", "origin"],
            postgresql_where=text("state = 'completed'"),
        ),
        Index(
            "ix_directive_part_given_all", "assigning_agency_id", text("assigned_at DESC"), text("id DESC")
        ),
        Index(
            "ix_directive_part_led_open",
            "lead_agency_id",
            "due_key",
            "id",
            postgresql_include=["state", "soon_at", "assigning_agency_id", "origin"],
            postgresql_where=text(_OPEN),
        ),
        Index(
            "ix_directive_part_led_reported",
            "lead_agency_id",
            "reported_done_at",
            "id",
            postgresql_include=["assigning_agency_id", "origin"],
            postgresql_where=text("state = 'reported_done'"),
        ),
        Index(
            "ix_directive_part_led_completed",
            "lead_agency_id",
            text("completed_at DESC"),
            text("id DESC"),
            postgresql_include=[
                "assigning_agency_id",
                "reported_done_at",
                "due_key",
                "original_due_at",
                "origin",
            ],
            postgresql_where=text("state = 'completed'"),
        ),
        Index("ix_directive_part_led_all", "lead_agency_id", text("assigned_at DESC"), text("id DESC")),
        Index(
            "ix_directive_part_extension",
            "assigning_agency_id",
            "due_key",
            "id",
            postgresql_where=text("is_extension_pending"),
        ),
        Index(
            "ix_directive_part_withdrawn",
            "assigning_agency_id",
            text("withdrawn_at DESC"),
            text("id DESC"),
            postgresql_where=text(_ENDED),
        ),
        Index(
            "ix_directive_part_paused", "assigning_agency_id", "due_key", "id", postgresql_where=text(_PAUSED)
        ),
        Index(
            "ix_directive_part_above",
            "assigning_agency_id",
            "due_key",
            "id",
            postgresql_where=text(f"origin = 'above' AND {_OPEN}"),
        ),
        # what hand-over moves, and what the decider has to decide
        Index(
            "ix_directive_part_assigner",
            "assigner_post_id",
            "reported_done_at",
            postgresql_where=text(_OPEN),
        ),
        Index(
            "ix_directive_part_assignee",
            "assignee_post_id",
            "due_key",
            postgresql_where=text(_OPEN),
        ),
        Index(
            "ix_directive_part_follower",
            "follower_post_id",
            "due_key",
            postgresql_where=text(_OPEN),
        ),
        Index(
            "ix_directive_part_source_document_id",
            "source_document_id",
            postgresql_where=text("source_document_id IS NOT NULL"),
        ),
        # one tick of the worker costs what is due, not what is open
        Index(
            "ix_directive_part_next_flag_at",
            "next_flag_at",
            "id",
            postgresql_where=text("next_flag_at IS NOT NULL"),
        ),
    )

    @property
    def agency_id(self) -> int:
        """Cơ quan giao: whose record the events are."""
        return self.assigning_agency_id

    @property
    def is_working(self) -> bool:
        """Cơ quan chủ trì còn phải làm."""
        return self.state in WORKING

    @property
    def is_open(self) -> bool:
        """Chưa hoàn thành, chưa thu hồi, chưa hủy; a paused one is open, though nobody need work on it."""
        return self.state not in CLOSED
