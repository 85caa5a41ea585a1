"""duplicates answered, paper originals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp: what a document duplicates, and where its paper lies."""
    op.add_column("document", sa.Column("duplicate_of_id", sa.BigInteger(), nullable=True))
    op.add_column("document", sa.Column("duplicate_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("document", sa.Column("paper_place", sa.Text(), server_default="", nullable=False))
    op.create_foreign_key("fk_document_duplicate_of_id", "document", "document", ["duplicate_of_id"], ["id"])
    op.create_index(
        "ix_document_duplicate_of_id",
        "document",
        ["duplicate_of_id"],
        postgresql_where=sa.text("duplicate_of_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Hạ cấp: what was merged or let go as a duplicate counts as returned."""
    op.execute(
        "UPDATE document SET state = 'returned' WHERE state IN ('merged', 'discarded') AND direction = 'incoming'"
    )
    op.execute("UPDATE document SET source = 'paper' WHERE source IN ('email', 'fax')")
    op.execute("UPDATE document_file SET role = 'attachment' WHERE role = 'copy'")
    op.drop_index("ix_document_duplicate_of_id", table_name="document")
    op.drop_constraint("fk_document_duplicate_of_id", "document", type_="foreignkey")
    for column in ("paper_place", "duplicate_reason", "duplicate_of_id"):
        op.drop_column("document", column)
