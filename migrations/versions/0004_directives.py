"""directives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "directive",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("assigner_post_id", sa.BigInteger(), nullable=False),
        sa.Column("assigner_person_id", sa.BigInteger(), nullable=False),
        sa.Column("follower_post_id", sa.BigInteger(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source_document_id", sa.BigInteger(), nullable=True),
        sa.Column("source_reference", sa.Text(), nullable=False),
        sa.Column("source_issued_on", sa.Date(), nullable=True),
        sa.Column("source_subject", sa.Text(), nullable=False),
        sa.Column("source_issuer", sa.Text(), nullable=False),
        sa.Column("source_point", sa.Text(), nullable=False),
        sa.Column("external_body", sa.Text(), nullable=False),
        sa.Column("external_code", sa.Text(), nullable=False),
        sa.Column("external_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("must_report_above", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "origin <> 'above' OR external_body <> ''", name=op.f("ck_directive_external_body")
        ),
        sa.CheckConstraint(
            "origin <> 'document' OR source_document_id IS NOT NULL", name=op.f("ck_directive_source")
        ),
        sa.CheckConstraint("origin IN ('document', 'direct', 'above')", name=op.f("ck_directive_origin")),
        sa.CheckConstraint("urgency BETWEEN 0 AND 3", name=op.f("ck_directive_urgency")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_directive_agency_id")),
        sa.ForeignKeyConstraint(
            ["assigner_person_id"], ["person.id"], name=op.f("fk_directive_assigner_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigner_post_id"], ["post.id"], name=op.f("fk_directive_assigner_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["follower_post_id"], ["post.id"], name=op.f("fk_directive_follower_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["document.id"], name=op.f("fk_directive_source_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
    )
    op.create_index(
        "ix_directive_source_document_id",
        "directive",
        ["source_document_id"],
        unique=False,
        postgresql_where=sa.text("source_document_id IS NOT NULL"),
    )
    op.create_index("uq_directive_code", "directive", ["agency_id", "code"], unique=True)
    op.create_table(
        "directive_part",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("words", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("percent", sa.SmallInteger(), nullable=True),
        sa.Column("last_update_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("urging_count", sa.SmallInteger(), nullable=False),
        sa.Column("last_urged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.Column("next_flag_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("directive_id", sa.BigInteger(), nullable=False),
        sa.Column("assigning_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("assigner_post_id", sa.BigInteger(), nullable=False),
        sa.Column("follower_post_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("assignee_post_id", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("source_document_id", sa.BigInteger(), nullable=True),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("original_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "due_key",
            sa.DateTime(timezone=True),
            sa.Computed("coalesce(due_at, '9999-01-01 00:00:00+00'::timestamptz)", persisted=True),
            nullable=False,
        ),
        sa.Column("is_extension_pending", sa.Boolean(), nullable=False),
        sa.Column("reported_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(state = 'completed') = (completed_at IS NOT NULL)", name=op.f("ck_directive_part_completed")
        ),
        sa.CheckConstraint(
            "state IN ('assigned', 'received', 'in_progress', 'reported_done', 'completed', 'withdrawn')",
            name=op.f("ck_directive_part_state"),
        ),
        sa.CheckConstraint(
            "(due_at IS NULL) = (soon_at IS NULL) AND (soon_at IS NULL OR soon_at < due_at)",
            name=op.f("ck_directive_part_soon"),
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_directive_part_percent")),
        sa.ForeignKeyConstraint(
            ["assignee_post_id"], ["post.id"], name=op.f("fk_directive_part_assignee_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigner_post_id"], ["post.id"], name=op.f("fk_directive_part_assigner_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigning_agency_id"], ["agency.id"], name=op.f("fk_directive_part_assigning_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_part_directive_id")
        ),
        sa.ForeignKeyConstraint(
            ["follower_post_id"], ["post.id"], name=op.f("fk_directive_part_follower_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_agency_id"], ["agency.id"], name=op.f("fk_directive_part_lead_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["document.id"], name=op.f("fk_directive_part_source_document_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_directive_part_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_part")),
    )
    op.create_index(
        "ix_directive_part_above",
        "directive_part",
        ["assigning_agency_id", "due_key", "id"],
        unique=False,
        postgresql_where=sa.text(
            "origin = 'above' AND state IN ('assigned', 'received', 'in_progress', 'reported_done')"
        ),
    )
    op.create_index(
        "ix_directive_part_assignee",
        "directive_part",
        ["assignee_post_id", "due_key"],
        unique=False,
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
    )
    op.create_index(
        "ix_directive_part_assigner",
        "directive_part",
        ["assigner_post_id", "reported_done_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
    )
    op.create_index(
        "ix_directive_part_extension",
        "directive_part",
        ["assigning_agency_id", "due_key", "id"],
        unique=False,
        postgresql_where=sa.text("is_extension_pending"),
    )
    op.create_index(
        "ix_directive_part_follower",
        "directive_part",
        ["follower_post_id", "due_key"],
        unique=False,
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
    )
    op.create_index(
        "ix_directive_part_given_all",
        "directive_part",
        ["assigning_agency_id", sa.text("assigned_at DESC"), sa.text("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_directive_part_given_completed",
        "directive_part",
        ["assigning_agency_id", sa.text("completed_at DESC"), sa.text("id DESC")],
        unique=False,
        postgresql_include=["lead_agency_id", "reported_done_at", "due_key"],
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.create_index(
        "ix_directive_part_given_open",
        "directive_part",
        ["assigning_agency_id", "due_key", "id"],
        unique=False,
        postgresql_include=["state", "soon_at", "lead_agency_id"],
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
    )
    op.create_index(
        "ix_directive_part_given_reported",
        "directive_part",
        ["assigning_agency_id", "reported_done_at", "id"],
        unique=False,
        postgresql_include=["lead_agency_id"],
        postgresql_where=sa.text("state = 'reported_done'"),
    )
    op.create_index(
        "ix_directive_part_given_soon",
        "directive_part",
        ["assigning_agency_id", "soon_at"],
        unique=False,
        postgresql_include=["due_key", "lead_agency_id"],
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress') AND soon_at IS NOT NULL"),
    )
    op.create_index(
        "ix_directive_part_led_all",
        "directive_part",
        ["lead_agency_id", sa.text("assigned_at DESC"), sa.text("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_directive_part_led_completed",
        "directive_part",
        ["lead_agency_id", sa.text("completed_at DESC"), sa.text("id DESC")],
        unique=False,
        postgresql_include=["assigning_agency_id", "reported_done_at", "due_key"],
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.create_index(
        "ix_directive_part_led_open",
        "directive_part",
        ["lead_agency_id", "due_key", "id"],
        unique=False,
        postgresql_include=["state", "soon_at", "assigning_agency_id"],
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
    )
    op.create_index(
        "ix_directive_part_led_reported",
        "directive_part",
        ["lead_agency_id", "reported_done_at", "id"],
        unique=False,
        postgresql_include=["assigning_agency_id"],
        postgresql_where=sa.text("state = 'reported_done'"),
    )
    op.create_index(
        "ix_directive_part_next_flag_at",
        "directive_part",
        ["next_flag_at", "id"],
        unique=False,
        postgresql_where=sa.text("next_flag_at IS NOT NULL"),
    )
    op.create_index(
        "ix_directive_part_source_document_id",
        "directive_part",
        ["source_document_id"],
        unique=False,
        postgresql_where=sa.text("source_document_id IS NOT NULL"),
    )
    op.create_index(
        "ix_directive_part_withdrawn",
        "directive_part",
        ["assigning_agency_id", sa.text("withdrawn_at DESC"), sa.text("id DESC")],
        unique=False,
        postgresql_where=sa.text("state = 'withdrawn'"),
    )
    op.create_index(
        "ix_directive_part_words", "directive_part", ["words"], unique=False, postgresql_using="gin"
    )
    op.create_index("uq_directive_part_number", "directive_part", ["directive_id", "number"], unique=True)
    op.create_table(
        "directive_party",
        sa.Column("directive_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_directive_party_agency_id")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_party_directive_id")
        ),
        sa.PrimaryKeyConstraint("directive_id", "agency_id", "role", name=op.f("pk_directive_party")),
    )
    op.create_index(
        "ix_directive_party_agency_id", "directive_party", ["agency_id", "role", "directive_id"], unique=False
    )
    op.create_table(
        "deadline_flag",
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["directive_part.id"], name=op.f("fk_deadline_flag_part_id")),
        sa.PrimaryKeyConstraint("part_id", "step", "due_at", name=op.f("pk_deadline_flag")),
    )
    op.create_table(
        "directive_part_history",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("directive_id", sa.BigInteger(), nullable=False),
        sa.Column("assigning_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("assigner_post_id", sa.BigInteger(), nullable=False),
        sa.Column("follower_post_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("assignee_post_id", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("source_document_id", sa.BigInteger(), nullable=True),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("original_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "due_key",
            sa.DateTime(timezone=True),
            sa.Computed("coalesce(due_at, '9999-01-01 00:00:00+00'::timestamptz)", persisted=True),
            nullable=False,
        ),
        sa.Column("is_extension_pending", sa.Boolean(), nullable=False),
        sa.Column("reported_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignee_post_id"], ["post.id"], name=op.f("fk_directive_part_history_assignee_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigner_post_id"], ["post.id"], name=op.f("fk_directive_part_history_assigner_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigning_agency_id"], ["agency.id"], name=op.f("fk_directive_part_history_assigning_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_part_history_directive_id")
        ),
        sa.ForeignKeyConstraint(
            ["follower_post_id"], ["post.id"], name=op.f("fk_directive_part_history_follower_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_agency_id"], ["agency.id"], name=op.f("fk_directive_part_history_lead_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["directive_part.id"], name=op.f("fk_directive_part_history_part_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"], ["document.id"], name=op.f("fk_directive_part_history_source_document_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_directive_part_history_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_part_history")),
    )
    op.create_index(
        "ix_directive_part_history_given_completed",
        "directive_part_history",
        ["assigning_agency_id", "completed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.create_index(
        "ix_directive_part_history_given_open",
        "directive_part_history",
        ["assigning_agency_id", "valid_to", "valid_from"],
        unique=False,
        postgresql_include=["lead_agency_id", "state", "due_key", "soon_at"],
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
    )
    op.create_index(
        "ix_directive_part_history_led_completed",
        "directive_part_history",
        ["lead_agency_id", "completed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.create_index(
        "ix_directive_part_history_led_open",
        "directive_part_history",
        ["lead_agency_id", "valid_to", "valid_from"],
        unique=False,
        postgresql_include=["assigning_agency_id", "state", "due_key", "soon_at"],
        postgresql_where=sa.text("state IN ('assigned', 'received', 'in_progress', 'reported_done')"),
    )
    op.create_index(
        "uq_directive_part_history_current",
        "directive_part_history",
        ["part_id"],
        unique=True,
        postgresql_where=sa.text("valid_to = '9999-01-01 00:00:00+00'"),
    )
    op.create_index(
        "uq_directive_part_history_valid_from",
        "directive_part_history",
        ["part_id", "valid_from"],
        unique=True,
    )
    op.create_table(
        "extension_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("previous_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("was_overdue", sa.Boolean(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_post_id", sa.BigInteger(), nullable=False),
        sa.Column("requested_by_person_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_post_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_person_id", sa.BigInteger(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(state = 'agreed') = (granted_due_at IS NOT NULL)", name=op.f("ck_extension_request_granted")
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'agreed', 'refused', 'lapsed')", name=op.f("ck_extension_request_state")
        ),
        sa.CheckConstraint("wanted_due_at > previous_due_at", name=op.f("ck_extension_request_later")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_extension_request_agency_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_person_id"], ["person.id"], name=op.f("fk_extension_request_decided_by_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_post_id"], ["post.id"], name=op.f("fk_extension_request_decided_by_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["directive_part.id"], name=op.f("fk_extension_request_part_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_person_id"],
            ["person.id"],
            name=op.f("fk_extension_request_requested_by_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_post_id"], ["post.id"], name=op.f("fk_extension_request_requested_by_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_request")),
    )
    op.create_index("ix_extension_request_part_id", "extension_request", ["part_id", "id"], unique=False)
    op.create_index(
        "uq_extension_request_pending",
        "extension_request",
        ["part_id"],
        unique=True,
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.create_table(
        "progress_report",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_completion", sa.Boolean(), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=True),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.Text(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("answer_document_id", sa.BigInteger(), nullable=True),
        sa.Column("answer_reference", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("proposal_note", sa.Text(), nullable=False),
        sa.Column("proposed_by_post_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by_person_id", sa.BigInteger(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judgement", sa.Text(), nullable=True),
        sa.Column("judgement_note", sa.Text(), nullable=False),
        sa.Column("judged_by_post_id", sa.BigInteger(), nullable=True),
        sa.Column("judged_by_person_id", sa.BigInteger(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("is_completion OR judgement IS NULL", name=op.f("ck_progress_report_judgement")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_progress_report_percent")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_progress_report_agency_id")),
        sa.ForeignKeyConstraint(
            ["answer_document_id"], ["document.id"], name=op.f("fk_progress_report_answer_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["judged_by_person_id"], ["person.id"], name=op.f("fk_progress_report_judged_by_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["judged_by_post_id"], ["post.id"], name=op.f("fk_progress_report_judged_by_post_id")
        ),
        sa.ForeignKeyConstraint(["part_id"], ["directive_part.id"], name=op.f("fk_progress_report_part_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_progress_report_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_progress_report_post_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_person_id"], ["person.id"], name=op.f("fk_progress_report_proposed_by_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_post_id"], ["post.id"], name=op.f("fk_progress_report_proposed_by_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_report")),
    )
    op.create_index(
        "ix_progress_report_answer_document_id",
        "progress_report",
        ["answer_document_id"],
        unique=False,
        postgresql_where=sa.text("answer_document_id IS NOT NULL"),
    )
    op.create_index("ix_progress_report_part_id", "progress_report", ["part_id", "id"], unique=False)
    op.create_index(
        "uq_progress_report_waiting",
        "progress_report",
        ["part_id"],
        unique=True,
        postgresql_where=sa.text("is_completion AND judgement IS NULL"),
    )
    op.create_table(
        "urging",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_urging_agency_id")),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["agency.id"], name=op.f("fk_urging_lead_agency_id")),
        sa.ForeignKeyConstraint(["part_id"], ["directive_part.id"], name=op.f("fk_urging_part_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_urging_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_urging_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging")),
    )
    op.create_index("uq_urging_level", "urging", ["part_id", "level"], unique=True)
    op.create_table(
        "progress_report_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("stored_file_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_report.id"], name=op.f("fk_progress_report_file_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_progress_report_file_stored_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_report_file")),
    )
    op.create_index(
        op.f("ix_progress_report_file_report_id"), "progress_report_file", ["report_id"], unique=False
    )
    op.create_index(
        op.f("ix_progress_report_file_stored_file_id"),
        "progress_report_file",
        ["stored_file_id"],
        unique=False,
    )


def downgrade() -> None:
    """Hạ cấp: the indexes go with their tables."""
    op.drop_table("progress_report_file")
    op.drop_table("urging")
    op.drop_table("progress_report")
    op.drop_table("extension_request")
    op.drop_table("directive_part_history")
    op.drop_table("deadline_flag")
    op.drop_table("directive_party")
    op.drop_table("directive_part")
    op.drop_table("directive")
