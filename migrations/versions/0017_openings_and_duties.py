"""who opened a document, and which late duties were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "document_opening",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_document_opening_document_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_document_opening_person_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_document_opening_post_id"),
        sa.PrimaryKeyConstraint("document_id", "person_id", name="pk_document_opening"),
    )
    op.create_table(
        "document_duty_flag",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("handling_id", sa.BigInteger(), nullable=True),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_document_duty_flag_document_id"),
        sa.ForeignKeyConstraint(["handling_id"], ["handling.id"], name="fk_document_duty_flag_handling_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document_duty_flag"),
    )
    op.create_index(
        "uq_document_duty_flag",
        "document_duty_flag",
        ["document_id", sa.text("coalesce(handling_id, 0)"), "duty", "due_at"],
        unique=True,
    )
    op.create_index(
        "ix_document_duty_flag_handling",
        "document_duty_flag",
        ["handling_id"],
        postgresql_where=sa.text("handling_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Hạ cấp: a part withdrawn counts as returned, one that was asked for an opinion as support."""
    op.drop_table("document_duty_flag")
    op.drop_table("document_opening")
    op.execute("UPDATE handling SET state = 'returned' WHERE state = 'withdrawn'")
    op.execute("UPDATE handling SET role = 'support' WHERE role = 'opinion'")
