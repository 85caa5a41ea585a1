"""meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "room",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), server_default="", nullable=False),
        sa.Column("equipment", sa.Text(), server_default="", nullable=False),
        sa.Column("sort", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_room_capacity")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_room_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
    op.create_index("uq_room_agency_name", "room", ["agency_id", "name"], unique=True)
    op.create_table(
        "meeting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("chair_post_id", sa.BigInteger(), nullable=False),
        sa.Column("secretary_post_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_post_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_phone", sa.Text(), server_default="", nullable=False),
        sa.Column("requirements", sa.Text(), server_default="", nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("papers_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("move_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("conclusion_due_on", sa.Date(), nullable=True),
        sa.Column("conclusion_document_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(room_id, room_id, '[]')"), "&&"),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("room_id IS NOT NULL AND state <> 'cancelled'"),
            using="gist",
            name="ex_meeting_room_hours",
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'called', 'held', 'cancelled')", name=op.f("ck_meeting_state")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_hours")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_agency_id")),
        sa.ForeignKeyConstraint(["chair_post_id"], ["post.id"], name=op.f("fk_meeting_chair_post_id")),
        sa.ForeignKeyConstraint(
            ["conclusion_document_id"], ["document.id"], name=op.f("fk_meeting_conclusion_document_id")
        ),
        sa.ForeignKeyConstraint(["contact_post_id"], ["post.id"], name=op.f("fk_meeting_contact_post_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_meeting_room_id")),
        sa.ForeignKeyConstraint(
            ["secretary_post_id"], ["post.id"], name=op.f("fk_meeting_secretary_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
    )
    op.create_index("ix_meeting_agency_hours", "meeting", ["agency_id", "starts_at"], unique=False)
    op.create_index(
        "ix_meeting_conclusion_document",
        "meeting",
        ["conclusion_document_id"],
        unique=False,
        postgresql_where=sa.text("conclusion_document_id IS NOT NULL"),
    )
    op.create_index(
        "ix_meeting_conclusion_owed",
        "meeting",
        ["agency_id", "conclusion_due_on"],
        unique=False,
        postgresql_where=sa.text("conclusion_due_on IS NOT NULL AND conclusion_document_id IS NULL"),
    )
    op.create_index(
        "ix_meeting_contact_open",
        "meeting",
        ["contact_post_id"],
        unique=False,
        postgresql_where=sa.text("state IN ('draft', 'called')"),
    )
    op.create_index(
        "ix_meeting_room_hours",
        "meeting",
        ["room_id", "starts_at"],
        unique=False,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_index(
        "ix_meeting_secretary_open",
        "meeting",
        ["secretary_post_id"],
        unique=False,
        postgresql_where=sa.text("state IN ('draft', 'called')"),
    )
    op.create_table(
        "meeting_agenda_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("presenter", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_meeting_agenda_item_minutes")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_agenda_item_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_agenda_item")),
    )
    op.create_index(
        op.f("ix_meeting_agenda_item_meeting_id"), "meeting_agenda_item", ["meeting_id"], unique=False
    )
    op.create_table(
        "meeting_invitation_mail",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("method IN ('REQUEST', 'CANCEL')", name=op.f("ck_meeting_invitation_mail_method")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_invitation_mail_meeting_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "address", name=op.f("pk_meeting_invitation_mail")),
    )
    op.create_table(
        "meeting_invitee",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("seats", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_person_id", sa.BigInteger(), nullable=True),
        sa.Column("previous_answer", sa.Text(), nullable=True),
        sa.Column("reminded_count", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "answer IN ('attend', 'substitute', 'absent')", name=op.f("ck_meeting_invitee_answer")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_meeting_invitee_answered")
        ),
        sa.CheckConstraint("post_id IS NULL OR seats = 1", name=op.f("ck_meeting_invitee_one_seat")),
        sa.CheckConstraint("seats BETWEEN 1 AND 500", name=op.f("ck_meeting_invitee_seats")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_invitee_agency_id")),
        sa.ForeignKeyConstraint(
            ["answered_by_person_id"], ["person.id"], name=op.f("fk_meeting_invitee_answered_by_person_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_invitee_meeting_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_meeting_invitee_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_invitee")),
    )
    op.create_index("ix_meeting_invitee_meeting", "meeting_invitee", ["meeting_id"], unique=False)
    op.create_index(
        "uq_meeting_invitee_agency",
        "meeting_invitee",
        ["meeting_id", "agency_id"],
        unique=True,
        postgresql_where=sa.text("post_id IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_index(
        "uq_meeting_invitee_post",
        "meeting_invitee",
        ["meeting_id", "post_id"],
        unique=True,
        postgresql_where=sa.text("post_id IS NOT NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "meeting_paper",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("stored_file_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_post_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_post_id"], ["post.id"], name=op.f("fk_meeting_paper_added_by_post_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_paper_meeting_id")),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_meeting_paper_stored_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_paper")),
    )
    op.create_index(op.f("ix_meeting_paper_meeting_id"), "meeting_paper", ["meeting_id"], unique=False)
    op.create_index(
        op.f("ix_meeting_paper_stored_file_id"), "meeting_paper", ["stored_file_id"], unique=False
    )
    op.create_table(
        "meeting_party",
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('host', 'invited')", name=op.f("ck_meeting_party_role")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_party_agency_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_party_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", "agency_id", name=op.f("pk_meeting_party")),
    )
    op.create_index("ix_meeting_party_agency", "meeting_party", ["agency_id", "meeting_id"], unique=False)
    op.create_table(
        "meeting_attendee",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("invitee_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["meeting_invitee.id"], name=op.f("fk_meeting_attendee_invitee_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_meeting_attendee_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendee")),
    )
    op.create_index(op.f("ix_meeting_attendee_invitee_id"), "meeting_attendee", ["invitee_id"], unique=False)
    op.create_index(op.f("ix_meeting_attendee_post_id"), "meeting_attendee", ["post_id"], unique=False)


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_index(op.f("ix_meeting_attendee_post_id"), table_name="meeting_attendee")
    op.drop_index(op.f("ix_meeting_attendee_invitee_id"), table_name="meeting_attendee")
    op.drop_table("meeting_attendee")
    op.drop_index("ix_meeting_party_agency", table_name="meeting_party")
    op.drop_table("meeting_party")
    op.drop_index(op.f("ix_meeting_paper_stored_file_id"), table_name="meeting_paper")
    op.drop_index(op.f("ix_meeting_paper_meeting_id"), table_name="meeting_paper")
    op.drop_table("meeting_paper")
    op.drop_index(
        "uq_meeting_invitee_post",
        table_name="meeting_invitee",
        postgresql_where=sa.text("post_id IS NOT NULL AND withdrawn_at IS NULL"),
    )
    op.drop_index(
        "uq_meeting_invitee_agency",
        table_name="meeting_invitee",
        postgresql_where=sa.text("post_id IS NULL AND withdrawn_at IS NULL"),
    )
    op.drop_index("ix_meeting_invitee_meeting", table_name="meeting_invitee")
    op.drop_table("meeting_invitee")
    op.drop_table("meeting_invitation_mail")
    op.drop_index(op.f("ix_meeting_agenda_item_meeting_id"), table_name="meeting_agenda_item")
    op.drop_table("meeting_agenda_item")
    op.drop_index(
        "ix_meeting_secretary_open",
        table_name="meeting",
        postgresql_where=sa.text("state IN ('draft', 'called')"),
    )
    op.drop_index(
        "ix_meeting_room_hours", table_name="meeting", postgresql_where=sa.text("state <> 'cancelled'")
    )
    op.drop_index(
        "ix_meeting_contact_open",
        table_name="meeting",
        postgresql_where=sa.text("state IN ('draft', 'called')"),
    )
    op.drop_index(
        "ix_meeting_conclusion_owed",
        table_name="meeting",
        postgresql_where=sa.text("conclusion_due_on IS NOT NULL AND conclusion_document_id IS NULL"),
    )
    op.drop_index(
        "ix_meeting_conclusion_document",
        table_name="meeting",
        postgresql_where=sa.text("conclusion_document_id IS NOT NULL"),
    )
    op.drop_index("ix_meeting_agency_hours", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index("uq_room_agency_name", table_name="room")
    op.drop_table("room")
