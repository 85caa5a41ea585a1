"""Partners, messages in both directions, requests of senders, and the packages that carry them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_BEFORE = "'queued', '01', '02', '03', '04', '05', '06'"
_AFTER = f"{_BEFORE}, '13', '15', '16'"


def _states(allowed: str) -> None:
    for table in ("exchange_delivery", "exchange_delivery_state"):
        op.drop_constraint(op.f(f"ck_{table}_state"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_state"), table, f"state IN ({allowed})")


def upgrade() -> None:
    """Nâng cấp."""
    _states(_AFTER)
    op.create_table(
        "exchange_partner",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("networks", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("most_package_bytes", sa.Integer(), nullable=False),
        sa.Column("packages_per_hour", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('active', 'suspended')", name=op.f("ck_exchange_partner_state")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_exchange_partner_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_partner")),
        sa.UniqueConstraint("installation", name=op.f("uq_exchange_partner_installation")),
    )
    op.create_table(
        "exchange_partner_agency",
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_exchange_partner_agency_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["exchange_partner.id"], name=op.f("fk_exchange_partner_agency_partner_id")
        ),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_exchange_partner_agency")),
    )
    op.create_index(
        op.f("ix_exchange_partner_agency_partner_id"), "exchange_partner_agency", ["partner_id"], unique=False
    )
    op.create_table(
        "exchange_partner_key",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["exchange_partner.id"], name=op.f("fk_exchange_partner_key_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_partner_key")),
    )
    op.create_index(
        op.f("ix_exchange_partner_key_partner_id"), "exchange_partner_key", ["partner_id"], unique=False
    )
    op.create_index(
        "uq_exchange_partner_key_live",
        "exchange_partner_key",
        ["partner_id", "purpose", "public_key"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "exchange_inbound",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sender_code", sa.Text(), nullable=False),
        sa.Column("recipient_code", sa.Text(), nullable=False),
        sa.Column("business_type", sa.SmallInteger(), nullable=False),
        sa.Column("manifest_sha256", sa.Text(), nullable=False),
        sa.Column("payload_sha256", sa.Text(), nullable=False),
        sa.Column("payload_size", sa.BigInteger(), nullable=False),
        sa.Column("links", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=True),
        sa.Column("document_id", sa.BigInteger(), nullable=True),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'held', 'done', 'refused', 'quarantined')",
            name=op.f("ck_exchange_inbound_state"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_exchange_inbound_agency_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_exchange_inbound_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["exchange_partner.id"], name=op.f("fk_exchange_inbound_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_inbound")),
    )
    op.create_index(
        op.f("ix_exchange_inbound_document_id"), "exchange_inbound", ["document_id"], unique=False
    )
    op.create_index(
        "ix_exchange_inbound_held",
        "exchange_inbound",
        ["partner_id", "about"],
        unique=False,
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "ix_exchange_inbound_partner_id_received_at",
        "exchange_inbound",
        ["partner_id", "received_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_exchange_inbound_quarantined",
        "exchange_inbound",
        ["agency_id", "state_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'quarantined'"),
    )
    op.create_index(
        "uq_exchange_inbound_partner_id_token", "exchange_inbound", ["partner_id", "token"], unique=True
    )
    op.create_table(
        "exchange_message",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=True),
        sa.Column("inbound_id", sa.BigInteger(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("status", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("manifest", sa.Text(), nullable=True),
        sa.Column("payload_sha256", sa.Text(), nullable=True),
        sa.Column("payload_size", sa.BigInteger(), nullable=True),
        sa.Column("links", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'refused')", name=op.f("ck_exchange_message_state")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_exchange_message_agency_id")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["exchange_delivery.id"], name=op.f("fk_exchange_message_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["exchange_inbound.id"], name=op.f("fk_exchange_message_inbound_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["exchange_partner.id"], name=op.f("fk_exchange_message_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_message")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_exchange_message_delivery_id")),
        sa.UniqueConstraint("token", name=op.f("uq_exchange_message_token")),
    )
    op.create_index(op.f("ix_exchange_message_inbound_id"), "exchange_message", ["inbound_id"], unique=False)
    op.create_index(
        "ix_exchange_message_ledger", "exchange_message", ["partner_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "ix_exchange_message_waiting",
        "exchange_message",
        ["partner_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "exchange_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("business_type", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=True),
        sa.Column("inbound_id", sa.BigInteger(), nullable=True),
        sa.Column("new_document_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('13', '15', '16')", name=op.f("ck_exchange_request_state")),
        sa.CheckConstraint("business_type BETWEEN 1 AND 3", name=op.f("ck_exchange_request_business_type")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_exchange_request_agency_id")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["exchange_delivery.id"], name=op.f("fk_exchange_request_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_exchange_request_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["exchange_inbound.id"], name=op.f("fk_exchange_request_inbound_id")
        ),
        sa.ForeignKeyConstraint(
            ["new_document_id"], ["document.id"], name=op.f("fk_exchange_request_new_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_request")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_exchange_request_delivery_id")),
        sa.UniqueConstraint("inbound_id", name=op.f("uq_exchange_request_inbound_id")),
    )
    op.create_index(
        op.f("ix_exchange_request_document_id"), "exchange_request", ["document_id"], unique=False
    )
    op.create_index(
        "ix_exchange_request_open",
        "exchange_request",
        ["agency_id", "asked_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = '13'"),
    )
    op.add_column("exchange_package", sa.Column("about_package_id", sa.BigInteger(), nullable=True))
    op.add_column("exchange_package", sa.Column("replacement_document_id", sa.BigInteger(), nullable=True))
    op.add_column("exchange_package", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.add_column("exchange_package", sa.Column("created_by", sa.Text(), server_default="", nullable=False))
    op.create_index(
        op.f("ix_exchange_package_about_package_id"), "exchange_package", ["about_package_id"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_exchange_package_replacement_document_id"),
        "exchange_package",
        "document",
        ["replacement_document_id"],
        ["id"],
    )
    op.create_foreign_key(
        op.f("fk_exchange_package_about_package_id"),
        "exchange_package",
        "exchange_package",
        ["about_package_id"],
        ["id"],
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.execute("UPDATE exchange_delivery SET state = '01' WHERE state IN ('13', '15', '16')")
    op.execute("DELETE FROM exchange_delivery_state WHERE state IN ('13', '15', '16')")
    _states(_BEFORE)
    op.drop_constraint(op.f("fk_exchange_package_about_package_id"), "exchange_package", type_="foreignkey")
    op.drop_constraint(
        op.f("fk_exchange_package_replacement_document_id"), "exchange_package", type_="foreignkey"
    )
    op.drop_index(op.f("ix_exchange_package_about_package_id"), table_name="exchange_package")
    op.drop_column("exchange_package", "created_by")
    op.drop_column("exchange_package", "reason")
    op.drop_column("exchange_package", "replacement_document_id")
    op.drop_column("exchange_package", "about_package_id")
    op.drop_index(
        "ix_exchange_request_open", table_name="exchange_request", postgresql_where=sa.text("state = '13'")
    )
    op.drop_index(op.f("ix_exchange_request_document_id"), table_name="exchange_request")
    op.drop_table("exchange_request")
    op.drop_index(
        "ix_exchange_message_waiting",
        table_name="exchange_message",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("ix_exchange_message_ledger", table_name="exchange_message")
    op.drop_index(op.f("ix_exchange_message_inbound_id"), table_name="exchange_message")
    op.drop_table("exchange_message")
    op.drop_index("uq_exchange_inbound_partner_id_token", table_name="exchange_inbound")
    op.drop_index(
        "ix_exchange_inbound_quarantined",
        table_name="exchange_inbound",
        postgresql_where=sa.text("state = 'quarantined'"),
    )
    op.drop_index("ix_exchange_inbound_partner_id_received_at", table_name="exchange_inbound")
    op.drop_index(
        "ix_exchange_inbound_held", table_name="exchange_inbound", postgresql_where=sa.text("state = 'held'")
    )
    op.drop_index(op.f("ix_exchange_inbound_document_id"), table_name="exchange_inbound")
    op.drop_table("exchange_inbound")
    op.drop_index(
        "uq_exchange_partner_key_live",
        table_name="exchange_partner_key",
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index(op.f("ix_exchange_partner_key_partner_id"), table_name="exchange_partner_key")
    op.drop_table("exchange_partner_key")
    op.drop_index(op.f("ix_exchange_partner_agency_partner_id"), table_name="exchange_partner_agency")
    op.drop_table("exchange_partner_agency")
    op.drop_table("exchange_partner")
