"""foundation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "agency",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_agency_validity")),
        sa.ForeignKeyConstraint(["parent_id"], ["agency.id"], name=op.f("fk_agency_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("code", name=op.f("uq_agency_code")),
    )
    op.create_index(op.f("ix_agency_parent_id"), "agency", ["parent_id"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("agency_id", sa.BigInteger(), nullable=True),
        sa.Column("acting_for_person_id", sa.BigInteger(), nullable=True),
        sa.Column("acting_for_post_id", sa.BigInteger(), nullable=True),
        sa.Column("ip", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("record_agency_id", sa.BigInteger(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_person", "audit_entry", ["person_id", "id"], unique=False)
    op.create_index("ix_audit_entry_record", "audit_entry", ["kind", "record_id", "id"], unique=False)
    op.create_table(
        "counter",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "job_lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_lease")),
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    op.create_index("ix_job_run_started_at", "job_run", ["started_at"], unique=False)
    op.create_index("uq_job_run_name_slot", "job_run", ["name", "slot"], unique=True)
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("username_key", sa.Text(), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index("ix_login_attempt_ip", "login_attempt", ["ip", "at"], unique=False)
    op.create_index("ix_login_attempt_username", "login_attempt", ["username_key", "at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("kind", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_done", "outbox", ["done_at"], unique=False, postgresql_where=sa.text("done_at IS NOT NULL")
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["not_before", "id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_parked",
        "outbox",
        ["parked_at"],
        unique=False,
        postgresql_where=sa.text("parked_at IS NOT NULL AND done_at IS NULL"),
    )
    op.create_table(
        "record_access",
        sa.Column("principal_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("sort_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("principal_id", "kind", "record_id", "reason", name=op.f("pk_record_access")),
    )
    op.create_index(
        "ix_record_access_list",
        "record_access",
        ["principal_id", "kind", sa.literal_column("sort_at DESC"), sa.literal_column("record_id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_record_access_open",
        "record_access",
        ["principal_id", "kind", sa.literal_column("sort_at DESC"), sa.literal_column("record_id DESC")],
        unique=False,
        postgresql_where=sa.text("open"),
    )
    op.create_index("ix_record_access_record", "record_access", ["kind", "record_id"], unique=False)
    op.create_table(
        "request_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request_key")),
    )
    op.create_index(op.f("ix_request_key_created_at"), "request_key", ["created_at"], unique=False)
    op.create_table(
        "stored_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("text_state", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_stored_file_sha256")),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_stored_file_sha256")),
    )
    op.create_table(
        "agency_identifier",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_identifier_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_identifier")),
    )
    op.create_index(op.f("ix_agency_identifier_agency_id"), "agency_identifier", ["agency_id"], unique=False)
    op.create_index(
        "uq_agency_identifier_scheme_code",
        "agency_identifier",
        ["scheme", "code"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "agency_successor",
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("successor_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_successor_agency_id")),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["agency.id"], name=op.f("fk_agency_successor_successor_id")
        ),
        sa.PrimaryKeyConstraint("agency_id", "successor_id", name=op.f("pk_agency_successor")),
    )
    op.create_index(
        op.f("ix_agency_successor_successor_id"), "agency_successor", ["successor_id"], unique=False
    )
    op.create_table(
        "file_text",
        sa.Column("stored_file_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.Column("is_truncated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name=op.f("fk_file_text_stored_file_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("stored_file_id", name=op.f("pk_file_text")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_person_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    op.create_index(op.f("ix_person_agency_id"), "person", ["agency_id"], unique=False)
    op.create_table(
        "recipient_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_recipient_group_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_group")),
    )
    op.create_index(op.f("ix_recipient_group_agency_id"), "recipient_group", ["agency_id"], unique=False)
    op.create_index("uq_recipient_group_agency_name", "recipient_group", ["agency_id", "name"], unique=True)
    op.create_table(
        "register",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_register_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
    )
    op.create_index(op.f("ix_register_agency_id"), "register", ["agency_id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("abbreviation", sa.Text(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unit_agency_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_agency_id"), "unit", ["agency_id"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("sort", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_post_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_agency_id"), "post", ["agency_id"], unique=False)
    op.create_index(op.f("ix_post_person_id"), "post", ["person_id"], unique=False)
    op.create_index(op.f("ix_post_unit_id"), "post", ["unit_id"], unique=False)
    op.create_table(
        "recipient_group_member",
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_recipient_group_member_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["recipient_group.id"],
            name=op.f("fk_recipient_group_member_group_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "agency_id", name=op.f("pk_recipient_group_member")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("deputy_post_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_dates")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_absence_agency_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_absence_created_by_id")),
        sa.ForeignKeyConstraint(["deputy_post_id"], ["post.id"], name=op.f("fk_absence_deputy_post_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_agency_id"), "absence", ["agency_id"], unique=False)
    op.create_index(
        "ix_absence_deputy_live",
        "absence",
        ["deputy_post_id", "ends_on"],
        unique=False,
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_index(
        "ix_absence_person_live",
        "absence",
        ["person_id", "ends_on"],
        unique=False,
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("from_post_id", sa.BigInteger(), nullable=False),
        sa.Column("to_post_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "ends_on >= starts_on AND from_post_id <> to_post_id", name=op.f("ck_delegation_sense")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_delegation_agency_id")),
        sa.ForeignKeyConstraint(["from_post_id"], ["post.id"], name=op.f("fk_delegation_from_post_id")),
        sa.ForeignKeyConstraint(["to_post_id"], ["post.id"], name=op.f("fk_delegation_to_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index(op.f("ix_delegation_agency_id"), "delegation", ["agency_id"], unique=False)
    op.create_index(op.f("ix_delegation_from_post_id"), "delegation", ["from_post_id"], unique=False)
    op.create_index(
        "ix_delegation_to_post_live",
        "delegation",
        ["to_post_id", "ends_on"],
        unique=False,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("number_year", sa.SmallInteger(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_key", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("issuer_name", sa.Text(), nullable=False),
        sa.Column("issuer_agency_id", sa.BigInteger(), nullable=True),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("signer_position", sa.Text(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("in_reply_to_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("package_token", sa.Text(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("drafter_post_id", sa.BigInteger(), nullable=True),
        sa.Column("endorser_post_id", sa.BigInteger(), nullable=True),
        sa.Column("approver_post_id", sa.BigInteger(), nullable=True),
        sa.Column("presented_to_post_id", sa.BigInteger(), nullable=True),
        sa.Column("recipients_text", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("direction IN ('incoming', 'outgoing')", name=op.f("ck_document_direction")),
        sa.CheckConstraint("urgency BETWEEN 0 AND 3", name=op.f("ck_document_urgency")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_document_agency_id")),
        sa.ForeignKeyConstraint(["approver_post_id"], ["post.id"], name=op.f("fk_document_approver_post_id")),
        sa.ForeignKeyConstraint(["drafter_post_id"], ["post.id"], name=op.f("fk_document_drafter_post_id")),
        sa.ForeignKeyConstraint(["endorser_post_id"], ["post.id"], name=op.f("fk_document_endorser_post_id")),
        sa.ForeignKeyConstraint(["in_reply_to_id"], ["document.id"], name=op.f("fk_document_in_reply_to_id")),
        sa.ForeignKeyConstraint(
            ["issuer_agency_id"], ["agency.id"], name=op.f("fk_document_issuer_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["presented_to_post_id"], ["post.id"], name=op.f("fk_document_presented_to_post_id")
        ),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=op.f("fk_document_register_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(
        "ix_document_approved",
        "document",
        ["agency_id", sa.literal_column("urgency DESC"), "sort_at", "id"],
        unique=False,
        postgresql_where=sa.text("direction = 'outgoing' AND state = 'approved'"),
    )
    op.create_index(
        "ix_document_presented",
        "document",
        ["agency_id", "state_since", "id"],
        unique=False,
        postgresql_where=sa.text("direction = 'incoming' AND state = 'presented'"),
    )
    op.create_index(
        "ix_document_due",
        "document",
        ["agency_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL AND closed_at IS NULL"),
    )
    op.create_index(
        "ix_document_in_reply_to_id",
        "document",
        ["in_reply_to_id"],
        unique=False,
        postgresql_where=sa.text("in_reply_to_id IS NOT NULL"),
    )
    op.create_index(
        "ix_document_list",
        "document",
        ["agency_id", "direction", sa.literal_column("sort_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_document_reference",
        "document",
        ["agency_id", "reference_key", sa.literal_column("sort_at DESC")],
        unique=False,
        postgresql_where=sa.text("reference_key <> ''"),
    )
    op.create_index(
        "ix_document_register",
        "document",
        ["register_id", "number_year", sa.literal_column("number DESC")],
        unique=False,
    )
    op.create_index(
        "ix_document_registered",
        "document",
        ["agency_id", "sort_at", "id"],
        unique=False,
        postgresql_where=sa.text("direction = 'incoming' AND state = 'registered'"),
    )
    op.create_index(
        "ix_document_waiting",
        "document",
        ["agency_id", sa.literal_column("urgency DESC"), "sort_at", "id"],
        unique=False,
        postgresql_where=sa.text("direction = 'incoming' AND state = 'waiting'"),
    )
    op.create_index(
        "uq_document_number",
        "document",
        ["register_id", "number_year", "number"],
        unique=True,
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    op.create_index(
        "uq_document_package",
        "document",
        ["agency_id", "package_token"],
        unique=True,
        postgresql_where=sa.text("package_token IS NOT NULL"),
    )
    op.create_table(
        "hand_over",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("from_post_id", sa.BigInteger(), nullable=False),
        sa.Column("to_post_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.BigInteger(), nullable=False),
        sa.Column("items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_hand_over_agency_id")),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_hand_over_by_person_id")),
        sa.ForeignKeyConstraint(["from_post_id"], ["post.id"], name=op.f("fk_hand_over_from_post_id")),
        sa.ForeignKeyConstraint(["to_post_id"], ["post.id"], name=op.f("fk_hand_over_to_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_agency_id"), "hand_over", ["agency_id"], unique=False)
    op.create_table(
        "post_holding",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_holding_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_holding_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holding")),
    )
    op.create_index(op.f("ix_post_holding_person_id"), "post_holding", ["person_id"], unique=False)
    op.create_index(op.f("ix_post_holding_post_id"), "post_holding", ["post_id"], unique=False)
    op.create_table(
        "user_session",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ip", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_user_session_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_user_session_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
    )
    op.create_index(op.f("ix_user_session_person_id"), "user_session", ["person_id"], unique=False)
    op.create_table(
        "document_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("stored_file_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_file_document_id")),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_document_file_stored_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
    )
    op.create_index(op.f("ix_document_file_document_id"), "document_file", ["document_id"], unique=False)
    op.create_index(
        op.f("ix_document_file_stored_file_id"), "document_file", ["stored_file_id"], unique=False
    )
    op.create_table(
        "document_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("acting_for_person_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assignment", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["acting_for_person_id"], ["person.id"], name=op.f("fk_document_note_acting_for_person_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_note_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_note_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_document_note_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_note")),
    )
    op.create_index(op.f("ix_document_note_document_id"), "document_note", ["document_id"], unique=False)
    op.create_table(
        "document_recipient",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_document_recipient_agency_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_recipient_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_recipient")),
    )
    op.create_index(
        op.f("ix_document_recipient_document_id"), "document_recipient", ["document_id"], unique=False
    )
    op.create_index(
        "uq_document_recipient_agency",
        "document_recipient",
        ["document_id", "agency_id"],
        unique=True,
        postgresql_where=sa.text("agency_id IS NOT NULL"),
    )
    op.create_table(
        "handling",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("post_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_by_post_id", sa.BigInteger(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("(post_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_handling_holder")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_handling_agency_id")),
        sa.ForeignKeyConstraint(
            ["assigned_by_post_id"], ["post.id"], name=op.f("fk_handling_assigned_by_post_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_handling_document_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["handling.id"], name=op.f("fk_handling_parent_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handling_post_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_handling_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling")),
    )
    op.create_index(op.f("ix_handling_document_id"), "handling", ["document_id"], unique=False)
    op.create_index(
        "ix_handling_due",
        "handling",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL AND due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_handling_parent_id"), "handling", ["parent_id"], unique=False)
    op.create_index(
        "ix_handling_post_open",
        "handling",
        ["post_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_handling_unit_open",
        "handling",
        ["unit_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_index("ix_handling_unit_open", table_name="handling", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_index("ix_handling_post_open", table_name="handling", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_index(op.f("ix_handling_parent_id"), table_name="handling")
    op.drop_index(
        "ix_handling_due",
        table_name="handling",
        postgresql_where=sa.text("done_at IS NULL AND due_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_handling_document_id"), table_name="handling")
    op.drop_table("handling")
    op.drop_index(
        "uq_document_recipient_agency",
        table_name="document_recipient",
        postgresql_where=sa.text("agency_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_document_recipient_document_id"), table_name="document_recipient")
    op.drop_table("document_recipient")
    op.drop_index(op.f("ix_document_note_document_id"), table_name="document_note")
    op.drop_table("document_note")
    op.drop_index(op.f("ix_document_file_stored_file_id"), table_name="document_file")
    op.drop_index(op.f("ix_document_file_document_id"), table_name="document_file")
    op.drop_table("document_file")
    op.drop_index(op.f("ix_user_session_person_id"), table_name="user_session")
    op.drop_table("user_session")
    op.drop_index(op.f("ix_post_holding_post_id"), table_name="post_holding")
    op.drop_index(op.f("ix_post_holding_person_id"), table_name="post_holding")
    op.drop_table("post_holding")
    op.drop_index(op.f("ix_hand_over_agency_id"), table_name="hand_over")
    op.drop_table("hand_over")
    op.drop_index(
        "uq_document_package", table_name="document", postgresql_where=sa.text("package_token IS NOT NULL")
    )
    op.drop_index("uq_document_number", table_name="document", postgresql_where=sa.text("number IS NOT NULL"))
    op.drop_index(
        "ix_document_waiting",
        table_name="document",
        postgresql_where=sa.text("direction = 'incoming' AND state = 'waiting'"),
    )
    op.drop_index(
        "ix_document_registered",
        table_name="document",
        postgresql_where=sa.text("direction = 'incoming' AND state = 'registered'"),
    )
    op.drop_index("ix_document_register", table_name="document")
    op.drop_index(
        "ix_document_reference", table_name="document", postgresql_where=sa.text("reference_key <> ''")
    )
    op.drop_index("ix_document_list", table_name="document")
    op.drop_index(
        "ix_document_presented",
        table_name="document",
        postgresql_where=sa.text("direction = 'incoming' AND state = 'presented'"),
    )
    op.drop_index(
        "ix_document_due",
        table_name="document",
        postgresql_where=sa.text("due_at IS NOT NULL AND closed_at IS NULL"),
    )
    op.drop_index(
        "ix_document_in_reply_to_id",
        table_name="document",
        postgresql_where=sa.text("in_reply_to_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_document_approved",
        table_name="document",
        postgresql_where=sa.text("direction = 'outgoing' AND state = 'approved'"),
    )
    op.drop_table("document")
    op.drop_index(
        "ix_delegation_to_post_live", table_name="delegation", postgresql_where=sa.text("revoked_at IS NULL")
    )
    op.drop_index(op.f("ix_delegation_from_post_id"), table_name="delegation")
    op.drop_index(op.f("ix_delegation_agency_id"), table_name="delegation")
    op.drop_table("delegation")
    op.drop_index(
        "ix_absence_person_live", table_name="absence", postgresql_where=sa.text("cancelled_at IS NULL")
    )
    op.drop_index(
        "ix_absence_deputy_live", table_name="absence", postgresql_where=sa.text("cancelled_at IS NULL")
    )
    op.drop_index(op.f("ix_absence_agency_id"), table_name="absence")
    op.drop_table("absence")
    op.drop_table("recipient_group_member")
    op.drop_index(op.f("ix_post_unit_id"), table_name="post")
    op.drop_index(op.f("ix_post_person_id"), table_name="post")
    op.drop_index(op.f("ix_post_agency_id"), table_name="post")
    op.drop_table("post")
    op.drop_index(op.f("ix_unit_agency_id"), table_name="unit")
    op.drop_table("unit")
    op.drop_index(op.f("ix_register_agency_id"), table_name="register")
    op.drop_table("register")
    op.drop_index("uq_recipient_group_agency_name", table_name="recipient_group")
    op.drop_index(op.f("ix_recipient_group_agency_id"), table_name="recipient_group")
    op.drop_table("recipient_group")
    op.drop_index(op.f("ix_person_agency_id"), table_name="person")
    op.drop_table("person")
    op.drop_table("file_text")
    op.drop_index(op.f("ix_agency_successor_successor_id"), table_name="agency_successor")
    op.drop_table("agency_successor")
    op.drop_index(
        "uq_agency_identifier_scheme_code",
        table_name="agency_identifier",
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.drop_index(op.f("ix_agency_identifier_agency_id"), table_name="agency_identifier")
    op.drop_table("agency_identifier")
    op.drop_table("stored_file")
    op.drop_index(op.f("ix_request_key_created_at"), table_name="request_key")
    op.drop_table("request_key")
    op.drop_index("ix_record_access_record", table_name="record_access")
    op.drop_index("ix_record_access_open", table_name="record_access", postgresql_where=sa.text("open"))
    op.drop_index("ix_record_access_list", table_name="record_access")
    op.drop_table("record_access")
    op.drop_index(
        "ix_outbox_parked",
        table_name="outbox",
        postgresql_where=sa.text("parked_at IS NOT NULL AND done_at IS NULL"),
    )
    op.drop_index(
        "ix_outbox_due",
        table_name="outbox",
        postgresql_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
    )
    op.drop_index("ix_outbox_done", table_name="outbox", postgresql_where=sa.text("done_at IS NOT NULL"))
    op.drop_table("outbox")
    op.drop_index("ix_login_attempt_username", table_name="login_attempt")
    op.drop_index("ix_login_attempt_ip", table_name="login_attempt")
    op.drop_table("login_attempt")
    op.drop_index("uq_job_run_name_slot", table_name="job_run")
    op.drop_index("ix_job_run_started_at", table_name="job_run")
    op.drop_table("job_run")
    op.drop_table("job_lease")
    op.drop_table("holiday")
    op.drop_table("counter")
    op.drop_index("ix_audit_entry_record", table_name="audit_entry")
    op.drop_index("ix_audit_entry_person", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index(op.f("ix_agency_parent_id"), table_name="agency")
    op.drop_table("agency")
