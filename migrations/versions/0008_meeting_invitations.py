"""The giấy mời as a document: of the meeting, and as it arrived at each party."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.add_column("meeting", sa.Column("invitation_document_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "uq_meeting_invitation_document",
        "meeting",
        ["invitation_document_id"],
        unique=True,
        postgresql_where=sa.text("invitation_document_id IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_meeting_invitation_document_id"), "meeting", "document", ["invitation_document_id"], ["id"]
    )
    op.add_column("meeting_party", sa.Column("document_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "uq_meeting_party_document",
        "meeting_party",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("document_id IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_meeting_party_document_id"), "meeting_party", "document", ["document_id"], ["id"]
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_constraint(op.f("fk_meeting_party_document_id"), "meeting_party", type_="foreignkey")
    op.drop_index(
        "uq_meeting_party_document",
        table_name="meeting_party",
        postgresql_where=sa.text("document_id IS NOT NULL"),
    )
    op.drop_column("meeting_party", "document_id")
    op.drop_constraint(op.f("fk_meeting_invitation_document_id"), "meeting", type_="foreignkey")
    op.drop_index(
        "uq_meeting_invitation_document",
        table_name="meeting",
        postgresql_where=sa.text("invitation_document_id IS NOT NULL"),
    )
    op.drop_column("meeting", "invitation_document_id")
