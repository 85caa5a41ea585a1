"""notices and search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "mail_pace",
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_mail_pace")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("mail", sa.Boolean(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("principals", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index(op.f("ix_notice_created_at"), "notice", ["created_at"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("calendar", sa.LargeBinary(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slot_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed', 'parked')", name=op.f("ck_mail_state")),
        sa.CheckConstraint("(calendar IS NULL) = (method IS NULL)", name=op.f("ck_mail_calendar")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_mail_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
    )
    op.create_index("ix_mail_agency", "mail", ["agency_id", sa.literal_column("id DESC")], unique=False)
    op.create_index(
        "ix_mail_agency_unsent",
        "mail",
        ["agency_id", sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("state <> 'sent'"),
    )
    op.create_index(
        "ix_mail_sent_at", "mail", ["sent_at"], unique=False, postgresql_where=sa.text("state = 'sent'")
    )
    op.create_table(
        "search_entry",
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_key", sa.Text(collation="C"), nullable=False),
        sa.Column("sort_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tsv", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_search_entry_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "kind", "record_id", name=op.f("pk_search_entry")),
    )
    op.create_index(
        "ix_search_entry_newest",
        "search_entry",
        [
            "agency_id",
            sa.literal_column("sort_at DESC"),
            sa.literal_column("record_id DESC"),
            sa.literal_column("kind DESC"),
        ],
        unique=False,
    )
    op.create_index("ix_search_entry_record", "search_entry", ["kind", "record_id"], unique=False)
    op.create_index(
        "ix_search_entry_reference",
        "search_entry",
        ["agency_id", "reference_key"],
        unique=False,
        postgresql_where=sa.text("reference_key <> ''"),
    )
    op.create_index("ix_search_entry_tsv", "search_entry", ["tsv"], unique=False, postgresql_using="gin")
    op.create_table(
        "notice_person",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_person_notice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_notice_person_post_id")),
        sa.PrimaryKeyConstraint("notice_id", "person_id", name=op.f("pk_notice_person")),
    )
    op.create_index(
        "ix_notice_person_list",
        "notice_person",
        ["person_id", sa.literal_column("notice_id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_notice_person_to_mail",
        "notice_person",
        ["person_id", "notice_id"],
        unique=False,
        postgresql_where=sa.text("mailed_at IS NULL AND read_at IS NULL"),
    )
    op.create_index(
        "ix_notice_person_unread",
        "notice_person",
        ["person_id", sa.literal_column("notice_id DESC")],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index(
        "ix_audit_entry_agency",
        "audit_entry",
        [
            sa.literal_column("coalesce(agency_id, record_agency_id)"),
            sa.literal_column("at DESC"),
            sa.literal_column("id DESC"),
        ],
        unique=False,
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_index("ix_audit_entry_agency", table_name="audit_entry")
    op.drop_index(
        "ix_notice_person_unread", table_name="notice_person", postgresql_where=sa.text("read_at IS NULL")
    )
    op.drop_index(
        "ix_notice_person_to_mail",
        table_name="notice_person",
        postgresql_where=sa.text("mailed_at IS NULL AND read_at IS NULL"),
    )
    op.drop_index("ix_notice_person_list", table_name="notice_person")
    op.drop_table("notice_person")
    op.drop_index("ix_search_entry_tsv", table_name="search_entry", postgresql_using="gin")
    op.drop_index(
        "ix_search_entry_reference",
        table_name="search_entry",
        postgresql_where=sa.text("reference_key <> ''"),
    )
    op.drop_index("ix_search_entry_record", table_name="search_entry")
    op.drop_index("ix_search_entry_newest", table_name="search_entry")
    op.drop_table("search_entry")
    op.drop_index("ix_mail_sent_at", table_name="mail", postgresql_where=sa.text("state = 'sent'"))
    op.drop_index("ix_mail_agency_unsent", table_name="mail", postgresql_where=sa.text("state <> 'sent'"))
    op.drop_index("ix_mail_agency", table_name="mail")
    op.drop_table("mail")
    op.drop_index(op.f("ix_notice_created_at"), table_name="notice")
    op.drop_table("notice")
    op.drop_table("mail_pace")
