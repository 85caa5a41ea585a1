"""Calendars by secret address, and the mail replies that were read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "meeting_calendar_feed",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(post_id IS NULL) <> (room_id IS NULL)", name=op.f("ck_meeting_calendar_feed_one_owner")
        ),
        sa.CheckConstraint(
            "(post_id IS NULL) = (person_id IS NULL)", name=op.f("ck_meeting_calendar_feed_person")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_meeting_calendar_feed_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_calendar_feed_person_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_meeting_calendar_feed_post_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_meeting_calendar_feed_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_calendar_feed")),
        sa.UniqueConstraint("token", name=op.f("uq_meeting_calendar_feed_token")),
    )
    op.create_index(
        "uq_meeting_calendar_feed_post",
        "meeting_calendar_feed",
        ["post_id"],
        unique=True,
        postgresql_where=sa.text("post_id IS NOT NULL AND revoked_at IS NULL"),
    )
    op.create_index(
        "uq_meeting_calendar_feed_room",
        "meeting_calendar_feed",
        ["room_id"],
        unique=True,
        postgresql_where=sa.text("room_id IS NOT NULL AND revoked_at IS NULL"),
    )
    op.create_table(
        "meeting_mail_reply",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('recorded', 'stale', 'refused', 'unknown')",
            name=op.f("ck_meeting_mail_reply_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_mail_reply_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_mail_reply")),
        sa.UniqueConstraint("message_id", name=op.f("uq_meeting_mail_reply_message_id")),
    )
    op.create_index(
        op.f("ix_meeting_mail_reply_meeting_id"), "meeting_mail_reply", ["meeting_id"], unique=False
    )
    op.add_column("meeting", sa.Column("hours_sequence", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_column("meeting", "hours_sequence")
    op.drop_index(op.f("ix_meeting_mail_reply_meeting_id"), table_name="meeting_mail_reply")
    op.drop_table("meeting_mail_reply")
    op.drop_index(
        "uq_meeting_calendar_feed_room",
        table_name="meeting_calendar_feed",
        postgresql_where=sa.text("room_id IS NOT NULL AND revoked_at IS NULL"),
    )
    op.drop_index(
        "uq_meeting_calendar_feed_post",
        table_name="meeting_calendar_feed",
        postgresql_where=sa.text("post_id IS NOT NULL AND revoked_at IS NULL"),
    )
    op.drop_table("meeting_calendar_feed")
