"""notes written on paper, entered for their author."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp: who entered a note, its photo, and its author's objection."""
    op.add_column("document_note", sa.Column("entered_by_id", sa.BigInteger(), nullable=True))
    op.add_column("document_note", sa.Column("photo_id", sa.BigInteger(), nullable=True))
    op.add_column("document_note", sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("document_note", sa.Column("objection", sa.Text(), server_default="", nullable=False))
    op.create_foreign_key(
        "fk_document_note_entered_by_id", "document_note", "person", ["entered_by_id"], ["id"]
    )
    op.create_foreign_key("fk_document_note_photo_id", "document_note", "document_file", ["photo_id"], ["id"])


def downgrade() -> None:
    """Hạ cấp."""
    op.execute("UPDATE document_file SET role = 'attachment' WHERE role = 'note'")
    for name in ("photo_id", "entered_by_id"):
        op.drop_constraint(f"fk_document_note_{name}", "document_note", type_="foreignkey")
    for column in ("objection", "objected_at", "photo_id", "entered_by_id"):
        op.drop_column("document_note", column)
