"""report periods: frozen ones, and what happened in them read from indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "frozen_period",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_frozen_period_span")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_frozen_period_agency_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_frozen_period_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_period")),
    )
    op.create_index(
        "ix_frozen_period_agency_id",
        "frozen_period",
        ["agency_id", sa.literal_column("ends_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_extension_request_agreed",
        "extension_request",
        ["decided_at"],
        unique=False,
        postgresql_where=sa.text("state = 'agreed'"),
    )
    op.create_index(
        "ix_progress_report_returned",
        "progress_report",
        ["judged_at"],
        unique=False,
        postgresql_where=sa.text("judgement = 'returned'"),
    )
    op.create_index("ix_urging_agency_id", "urging", ["agency_id", "at"], unique=False)


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_index("ix_urging_agency_id", table_name="urging")
    op.drop_index(
        "ix_progress_report_returned",
        table_name="progress_report",
        postgresql_where=sa.text("judgement = 'returned'"),
    )
    op.drop_index(
        "ix_extension_request_agreed",
        table_name="extension_request",
        postgresql_where=sa.text("state = 'agreed'"),
    )
    op.drop_index("ix_frozen_period_agency_id", table_name="frozen_period")
    op.drop_table("frozen_period")
