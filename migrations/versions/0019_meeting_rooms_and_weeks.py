"""Blocked rooms and published weeks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "meeting_published_week",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_post_id", sa.BigInteger(), nullable=False),
        sa.Column("entries", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_meeting_published_week_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_post_id"], ["post.id"], name=op.f("fk_meeting_published_week_published_by_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_published_week")),
    )
    op.create_index(
        "uq_meeting_published_week", "meeting_published_week", ["agency_id", "monday", "number"], unique=True
    )
    op.create_table(
        "room_blocking",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_post_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_room_blocking_hours")),
        sa.ForeignKeyConstraint(
            ["made_by_post_id"], ["post.id"], name=op.f("fk_room_blocking_made_by_post_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_blocking_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_blocking")),
    )
    op.create_index("ix_room_blocking_hours", "room_blocking", ["room_id", "ends_at"], unique=False)


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_index("ix_room_blocking_hours", table_name="room_blocking")
    op.drop_table("room_blocking")
    op.drop_index("uq_meeting_published_week", table_name="meeting_published_week")
    op.drop_table("meeting_published_week")
