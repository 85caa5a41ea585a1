"""complaints with restricted readers, related documents, stars."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    for table in ("document", "register"):
        op.add_column(
            table, sa.Column("is_restricted", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    op.create_table(
        "complaint",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("sender_address", sa.Text(), nullable=False),
        sa.Column("sender_phone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_complaint_document_id"),
        sa.PrimaryKeyConstraint("document_id", name="pk_complaint"),
    )
    op.create_table(
        "document_link",
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_document_link_order")),
        sa.ForeignKeyConstraint(["first_id"], ["document.id"], name="fk_document_link_first_id"),
        sa.ForeignKeyConstraint(["second_id"], ["document.id"], name="fk_document_link_second_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_document_link_person_id"),
        sa.PrimaryKeyConstraint("first_id", "second_id", name="pk_document_link"),
    )
    op.create_index("ix_document_link_second_id", "document_link", ["second_id"])
    op.create_table(
        "document_star",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_document_star_document_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_document_star_person_id"),
        sa.PrimaryKeyConstraint("person_id", "document_id", name="pk_document_star"),
    )


def downgrade() -> None:
    """Hạ cấp: who sent a complaint goes with its table."""
    for table in ("document_star", "document_link", "complaint"):
        op.drop_table(table)
    for table in ("register", "document"):
        op.drop_column(table, "is_restricted")
