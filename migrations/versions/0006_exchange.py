"""Packages, deliveries and the history of their states."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""

    op.create_table(
        "exchange_package",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("sender_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("business_type", sa.SmallInteger(), nullable=False),
        sa.Column("manifest", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("business_type BETWEEN 0 AND 3", name=op.f("ck_exchange_package_business_type")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_exchange_package_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["sender_agency_id"], ["agency.id"], name=op.f("fk_exchange_package_sender_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_package")),
        sa.UniqueConstraint("token", name=op.f("uq_exchange_package_token")),
    )
    op.create_index(
        op.f("ix_exchange_package_document_id"), "exchange_package", ["document_id"], unique=False
    )
    op.create_index(
        "uq_exchange_package_new",
        "exchange_package",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("business_type = 0"),
    )
    op.create_table(
        "exchange_delivery",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("package_id", sa.BigInteger(), nullable=False),
        sa.Column("sender_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("recipient_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("receiver_agency_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_by", sa.Text(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("recipient_document_id", sa.BigInteger(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', '01', '02', '03', '04', '05', '06')", name=op.f("ck_exchange_delivery_state")
        ),
        sa.ForeignKeyConstraint(
            ["package_id"], ["exchange_package.id"], name=op.f("fk_exchange_delivery_package_id")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_agency_id"], ["agency.id"], name=op.f("fk_exchange_delivery_receiver_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["recipient_agency_id"], ["agency.id"], name=op.f("fk_exchange_delivery_recipient_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["recipient_document_id"],
            ["document.id"],
            name=op.f("fk_exchange_delivery_recipient_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["sender_agency_id"], ["agency.id"], name=op.f("fk_exchange_delivery_sender_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_delivery")),
    )
    op.create_index(
        "ix_exchange_delivery_queued",
        "exchange_delivery",
        ["sender_agency_id", "queued_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "ix_exchange_delivery_receiver",
        "exchange_delivery",
        ["package_id", "receiver_agency_id"],
        unique=False,
    )
    op.create_index(
        "uq_exchange_delivery_package_id_recipient_agency_id",
        "exchange_delivery",
        ["package_id", "recipient_agency_id"],
        unique=True,
    )
    op.create_table(
        "exchange_delivery_state",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("state_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', '01', '02', '03', '04', '05', '06')",
            name=op.f("ck_exchange_delivery_state_state"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["exchange_delivery.id"], name=op.f("fk_exchange_delivery_state_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exchange_delivery_state_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_delivery_state")),
    )
    op.create_index(
        op.f("ix_exchange_delivery_state_delivery_id"),
        "exchange_delivery_state",
        ["delivery_id"],
        unique=False,
    )


def downgrade() -> None:
    """Hạ cấp."""

    op.drop_index(op.f("ix_exchange_delivery_state_delivery_id"), table_name="exchange_delivery_state")
    op.drop_table("exchange_delivery_state")
    op.drop_index("uq_exchange_delivery_package_id_recipient_agency_id", table_name="exchange_delivery")
    op.drop_index("ix_exchange_delivery_receiver", table_name="exchange_delivery")
    op.drop_index(
        "ix_exchange_delivery_queued",
        table_name="exchange_delivery",
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.drop_table("exchange_delivery")
    op.drop_index(
        "uq_exchange_package_new",
        table_name="exchange_package",
        postgresql_where=sa.text("business_type = 0"),
    )
    op.drop_index(op.f("ix_exchange_package_document_id"), table_name="exchange_package")
    op.drop_table("exchange_package")
