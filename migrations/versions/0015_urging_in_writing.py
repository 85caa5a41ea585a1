"""urging in writing: which letter carried it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.add_column("urging", sa.Column("document_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_urging_document_id",
        "urging",
        ["document_id"],
        unique=False,
        postgresql_where=sa.text("document_id IS NOT NULL"),
    )
    op.create_foreign_key(op.f("fk_urging_document_id"), "urging", "document", ["document_id"], ["id"])


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_constraint(op.f("fk_urging_document_id"), "urging", type_="foreignkey")
    op.drop_index(
        "ix_urging_document_id", table_name="urging", postgresql_where=sa.text("document_id IS NOT NULL")
    )
    op.drop_column("urging", "document_id")
