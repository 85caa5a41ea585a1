"""programmes that directives belong to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "programme",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_programme_span")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_programme_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_index(
        "ix_programme_agency_id",
        "programme",
        ["agency_id", sa.literal_column("ends_on DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.add_column("directive", sa.Column("programme_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_directive_programme_id",
        "directive",
        ["programme_id"],
        unique=False,
        postgresql_where=sa.text("programme_id IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_directive_programme_id"), "directive", "programme", ["programme_id"], ["id"]
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_constraint(op.f("fk_directive_programme_id"), "directive", type_="foreignkey")
    op.drop_index(
        "ix_directive_programme_id",
        table_name="directive",
        postgresql_where=sa.text("programme_id IS NOT NULL"),
    )
    op.drop_column("directive", "programme_id")
    op.drop_index("ix_programme_agency_id", table_name="programme")
    op.drop_table("programme")
