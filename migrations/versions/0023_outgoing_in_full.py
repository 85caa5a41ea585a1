"""Outgoing documents: versions of drafts, what was filled into a form, held and void numbers, series of a body."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "document_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("stored_file_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=("fk_document_version_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=("fk_document_version_person_id")),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=("fk_document_version_stored_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_document_version")),
    )
    op.create_index(
        ("ix_document_version_stored_file_id"), "document_version", ["stored_file_id"], unique=False
    )
    op.create_index("uq_document_version_number", "document_version", ["document_id", "number"], unique=True)
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("register_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('reserved', 'void', 'used')", name=op.f("ck_ledger_entry_state")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=("fk_ledger_entry_document_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=("fk_ledger_entry_person_id")),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=("fk_ledger_entry_register_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_ledger_entry")),
    )
    op.create_index(
        "ix_ledger_entry_expiry",
        "ledger_entry",
        ["expires_on"],
        unique=False,
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.create_index("uq_ledger_entry_number", "ledger_entry", ["register_id", "year", "number"], unique=True)
    op.add_column(
        "document", sa.Column("composition", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    )
    op.add_column("document", sa.Column("capacity", sa.Text(), server_default="", nullable=False))
    op.add_column("document", sa.Column("changes_id", sa.BigInteger(), nullable=True))
    op.add_column("document", sa.Column("change_kind", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_document_changes_id",
        "document",
        ["changes_id"],
        unique=False,
        postgresql_where=sa.text("changes_id IS NOT NULL"),
    )
    op.create_foreign_key(("fk_document_changes_id"), "document", "document", ["changes_id"], ["id"])
    op.add_column("document_recipient", sa.Column("added_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "document_recipient", sa.Column("added_reason", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("register", sa.Column("body_name", sa.Text(), server_default="", nullable=False))
    op.add_column("register", sa.Column("body_abbreviation", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_column("document_recipient", "added_reason")
    op.drop_column("document_recipient", "added_at")
    op.drop_column("register", "body_abbreviation")
    op.drop_column("register", "body_name")
    op.drop_constraint(("fk_document_changes_id"), "document", type_="foreignkey")
    op.drop_index(
        "ix_document_changes_id", table_name="document", postgresql_where=sa.text("changes_id IS NOT NULL")
    )
    op.drop_column("document", "change_kind")
    op.drop_column("document", "changes_id")
    op.drop_column("document", "capacity")
    op.drop_column("document", "composition")
    op.drop_index("uq_ledger_entry_number", table_name="ledger_entry")
    op.drop_index(
        "ix_ledger_entry_expiry", table_name="ledger_entry", postgresql_where=sa.text("state = 'reserved'")
    )
    op.drop_table("ledger_entry")
    op.drop_index("uq_document_version_number", table_name="document_version")
    op.drop_index(("ix_document_version_stored_file_id"), table_name="document_version")
    op.drop_table("document_version")
