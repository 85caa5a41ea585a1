"""digital signing: keys, requests, signed files, verifications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "signing_agent",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_signing_agent")),
    )
    op.create_table(
        "signature_verification",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("stored_file_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name=op.f("fk_signature_verification_stored_file_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature_verification")),
        sa.UniqueConstraint("stored_file_id", name=op.f("uq_signature_verification_stored_file_id")),
    )
    op.create_table(
        "signed_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("stored_file_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issuer_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signed_file_agency_id")),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_signed_file_stored_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_file")),
        sa.UniqueConstraint("code", name=op.f("uq_signed_file_code")),
        sa.UniqueConstraint("sha256", name=op.f("uq_signed_file_sha256")),
    )
    op.create_index("ix_signed_file_record", "signed_file", ["kind", "record_id"], unique=False)
    op.create_index(op.f("ix_signed_file_stored_file_id"), "signed_file", ["stored_file_id"], unique=False)
    op.create_table(
        "signing_key",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("config", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=True),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "provider IN ('software', 'device', 'remote')", name=op.f("ck_signing_key_provider")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signing_key_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signing_key_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    op.create_index(op.f("ix_signing_key_agency_id"), "signing_key", ["agency_id"], unique=False)
    op.create_index(
        "uq_signing_key_person",
        "signing_key",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("person_id IS NOT NULL AND retired_at IS NULL"),
    )
    op.create_index(
        "uq_signing_key_seal",
        "signing_key",
        ["agency_id"],
        unique=True,
        postgresql_where=sa.text("person_id IS NULL AND retired_at IS NULL"),
    )
    op.create_table(
        "signing_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("key_id", sa.BigInteger(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("sealed_pin", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signing_batch_agency_id")),
        sa.ForeignKeyConstraint(["key_id"], ["signing_key.id"], name=op.f("fk_signing_batch_key_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signing_batch_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_signing_batch_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_batch")),
    )
    op.create_index(
        "ix_signing_batch_open",
        "signing_batch",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_signing_batch_person_id"), "signing_batch", ["person_id"], unique=False)
    op.create_table(
        "signing_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("record_version", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source_file_id", sa.BigInteger(), nullable=False),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_file_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "state IN ('reserved', 'attached', 'failed', 'released')", name=op.f("ck_signing_request_state")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signing_request_agency_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["signing_batch.id"], name=op.f("fk_signing_request_batch_id")),
        sa.ForeignKeyConstraint(
            ["signed_file_id"], ["stored_file.id"], name=op.f("fk_signing_request_signed_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_file_id"], ["stored_file.id"], name=op.f("fk_signing_request_source_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_request")),
    )
    op.create_index(op.f("ix_signing_request_batch_id"), "signing_request", ["batch_id"], unique=False)
    op.create_index(
        "ix_signing_request_expiry",
        "signing_request",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.create_index(
        "uq_signing_request_live",
        "signing_request",
        ["kind", "record_id"],
        unique=True,
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.create_index(
        "ix_document_signed",
        "document",
        ["agency_id", sa.literal_column("urgency DESC"), "sort_at", "id"],
        unique=False,
        postgresql_where=sa.text("direction = 'outgoing' AND state = 'signed'"),
    )


def downgrade() -> None:
    """Hạ cấp: what was signed and not yet issued waits for issue again."""
    op.execute("UPDATE document SET state = 'approved' WHERE state = 'signed'")
    op.drop_index(
        "ix_document_signed",
        table_name="document",
        postgresql_where=sa.text("direction = 'outgoing' AND state = 'signed'"),
    )
    op.drop_index(
        "uq_signing_request_live",
        table_name="signing_request",
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.drop_index(
        "ix_signing_request_expiry",
        table_name="signing_request",
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.drop_index(op.f("ix_signing_request_batch_id"), table_name="signing_request")
    op.drop_table("signing_request")
    op.drop_index(op.f("ix_signing_batch_person_id"), table_name="signing_batch")
    op.drop_index(
        "ix_signing_batch_open", table_name="signing_batch", postgresql_where=sa.text("closed_at IS NULL")
    )
    op.drop_table("signing_batch")
    op.drop_index(
        "uq_signing_key_seal",
        table_name="signing_key",
        postgresql_where=sa.text("person_id IS NULL AND retired_at IS NULL"),
    )
    op.drop_index(
        "uq_signing_key_person",
        table_name="signing_key",
        postgresql_where=sa.text("person_id IS NOT NULL AND retired_at IS NULL"),
    )
    op.drop_index(op.f("ix_signing_key_agency_id"), table_name="signing_key")
    op.drop_table("signing_key")
    op.drop_index(op.f("ix_signed_file_stored_file_id"), table_name="signed_file")
    op.drop_index("ix_signed_file_record", table_name="signed_file")
    op.drop_table("signed_file")
    op.drop_table("signature_verification")
    op.drop_table("signing_agent")
