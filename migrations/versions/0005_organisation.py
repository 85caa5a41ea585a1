"""organisation: imports waiting for consent, hand-overs on paper, no two absences or delegations over each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DATES = "daterange(starts_on, ends_on, '[]') WITH &&"
_SCOPE = (
    "(CASE scope WHEN 'documents' THEN int4range(1, 2) WHEN 'directives' THEN int4range(2, 3) "
    "WHEN 'meetings' THEN int4range(3, 4) ELSE int4range(1, 4) END) WITH &&"
)


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "import_draft",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_import_draft_agency_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_import_draft_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
    )
    op.create_index(op.f("ix_import_draft_created_at"), "import_draft", ["created_at"])
    for name in ("reason", "from_holder", "to_holder"):
        op.add_column("hand_over", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_index("ix_person_list", "person", ["agency_id", "sort_key", "id"])
    op.drop_index(op.f("ix_person_agency_id"), table_name="person")
    op.execute(
        "ALTER TABLE absence ADD CONSTRAINT ex_absence_overlap EXCLUDE USING gist "
        f"(int8range(person_id, person_id, '[]') WITH &&, {_DATES}) WHERE (cancelled_at IS NULL)"
    )
    op.execute(
        "ALTER TABLE delegation ADD CONSTRAINT ex_delegation_overlap EXCLUDE USING gist "
        "(int8range(from_post_id, from_post_id, '[]') WITH &&, int8range(to_post_id, to_post_id, '[]') WITH &&, "
        f"{_SCOPE}, {_DATES}) WHERE (revoked_at IS NULL)"
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_constraint("ex_delegation_overlap", "delegation")
    op.drop_constraint("ex_absence_overlap", "absence")
    op.create_index(op.f("ix_person_agency_id"), "person", ["agency_id"])
    op.drop_index("ix_person_list", table_name="person")
    for name in ("to_holder", "from_holder", "reason"):
        op.drop_column("hand_over", name)
    op.drop_index(op.f("ix_import_draft_created_at"), table_name="import_draft")
    op.drop_table("import_draft")
