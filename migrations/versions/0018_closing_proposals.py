"""closing proposals: documents that answer tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "closing_proposal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_person_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'accepted', 'dismissed')", name=op.f("ck_closing_proposal_state")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_closing_proposal_agency_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_person_id"], ["person.id"], name=op.f("fk_closing_proposal_decided_by_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_closing_proposal_document_id")
        ),
        sa.ForeignKeyConstraint(["part_id"], ["directive_part.id"], name=op.f("fk_closing_proposal_part_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_closing_proposal_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_closing_proposal_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_proposal")),
    )
    op.create_index(
        "ix_closing_proposal_open",
        "closing_proposal",
        ["part_id"],
        unique=False,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_index(
        "uq_closing_proposal_document", "closing_proposal", ["document_id", "part_id"], unique=True
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_index("uq_closing_proposal_document", table_name="closing_proposal")
    op.drop_index(
        "ix_closing_proposal_open",
        table_name="closing_proposal",
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_table("closing_proposal")
