"""Attendance, minutes by agenda item, conclusions and the directives they became."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "meeting_attendance",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("invitee_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.CheckConstraint("way IN ('secretary', 'door', 'link')", name=op.f("ck_meeting_attendance_way")),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["meeting_invitee.id"], name=op.f("fk_meeting_attendance_invitee_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_attendance_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
    )
    op.create_index(
        op.f("ix_meeting_attendance_invitee_id"), "meeting_attendance", ["invitee_id"], unique=False
    )
    op.create_index("uq_meeting_attendance_key", "meeting_attendance", ["meeting_id", "key"], unique=True)
    op.create_table(
        "meeting_conclusion_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("part_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_meeting_conclusion_item_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_conclusion_item_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["directive_part.id"], name=op.f("fk_meeting_conclusion_item_part_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_conclusion_item")),
    )
    op.create_index(
        op.f("ix_meeting_conclusion_item_meeting_id"), "meeting_conclusion_item", ["meeting_id"], unique=False
    )
    op.create_index(
        "ix_meeting_conclusion_item_part_id",
        "meeting_conclusion_item",
        ["part_id"],
        unique=False,
        postgresql_where=sa.text("part_id IS NOT NULL"),
    )
    op.add_column("meeting", sa.Column("conclusion_draft_id", sa.BigInteger(), nullable=True))
    op.add_column("meeting", sa.Column("door_token", sa.Text(), nullable=True))
    op.add_column("meeting", sa.Column("minutes_closing", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "uq_meeting_conclusion_draft",
        "meeting",
        ["conclusion_draft_id"],
        unique=True,
        postgresql_where=sa.text("conclusion_draft_id IS NOT NULL"),
    )
    op.create_unique_constraint(op.f("uq_meeting_door_token"), "meeting", ["door_token"])
    op.create_foreign_key(
        op.f("fk_meeting_conclusion_draft_id"), "meeting", "document", ["conclusion_draft_id"], ["id"]
    )
    op.add_column("meeting_agenda_item", sa.Column("notes", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_agenda_item", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting_agenda_item", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_column("meeting_agenda_item", "ended_at")
    op.drop_column("meeting_agenda_item", "started_at")
    op.drop_column("meeting_agenda_item", "notes")
    op.drop_constraint(op.f("fk_meeting_conclusion_draft_id"), "meeting", type_="foreignkey")
    op.drop_constraint(op.f("uq_meeting_door_token"), "meeting", type_="unique")
    op.drop_index(
        "uq_meeting_conclusion_draft",
        table_name="meeting",
        postgresql_where=sa.text("conclusion_draft_id IS NOT NULL"),
    )
    op.drop_column("meeting", "minutes_closing")
    op.drop_column("meeting", "door_token")
    op.drop_column("meeting", "conclusion_draft_id")
    op.drop_index(
        "ix_meeting_conclusion_item_part_id",
        table_name="meeting_conclusion_item",
        postgresql_where=sa.text("part_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_meeting_conclusion_item_meeting_id"), table_name="meeting_conclusion_item")
    op.drop_table("meeting_conclusion_item")
    op.drop_index("uq_meeting_attendance_key", table_name="meeting_attendance")
    op.drop_index(op.f("ix_meeting_attendance_invitee_id"), table_name="meeting_attendance")
    op.drop_table("meeting_attendance")
