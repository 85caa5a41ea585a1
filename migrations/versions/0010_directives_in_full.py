"""directives in full: change of lead, pause, cancel, parents and children."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_PART, _HISTORY, _DIRECTIVE = "directive_part", "directive_part_history", "directive"
_STATES = "'assigned', 'received', 'in_progress', 'reported_done'"
_ORIGINS = "'document', 'direct', 'above'"


def _check(table: str, name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


_OPEN = "state IN ('assigned', 'received', 'in_progress', 'reported_done')"
_SOON = "state IN ('assigned', 'received', 'in_progress') AND soon_at IS NOT NULL"
_REPORTED, _COMPLETED = "state = 'reported_done'", "state = 'completed'"
_DONE_KEY = ("completed_at DESC", "id DESC")
_DONE_FACTS = ("*", "reported_done_at", "due_key")
# name, table, what follows the own agency in its key, what it includes (* is the other agency), of which rows,
# and what it includes from now on: whom we only asked to cooperate is counted apart, from the index alone
_COVERING = (
    ("given_open", _PART, ("due_key", "id"), ("state", "soon_at", "*"), _OPEN, ("origin",)),
    ("given_soon", _PART, ("soon_at",), ("due_key", "*"), _SOON, ("origin",)),
    ("given_reported", _PART, ("reported_done_at", "id"), ("*",), _REPORTED, ("origin",)),
    ("given_completed", _PART, _DONE_KEY, _DONE_FACTS, _COMPLETED, ("original_due_at", "origin")),
    ("led_open", _PART, ("due_key", "id"), ("state", "soon_at", "*"), _OPEN, ("origin",)),
    ("led_reported", _PART, ("reported_done_at", "id"), ("*",), _REPORTED, ("origin",)),
    ("led_completed", _PART, _DONE_KEY, _DONE_FACTS, _COMPLETED, ("original_due_at", "origin")),
    (
        "given_open",
        _HISTORY,
        ("valid_to", "valid_from"),
        ("*", "state", "due_key", "soon_at"),
        _OPEN,
        ("origin",),
    ),
    (
        "led_open",
        _HISTORY,
        ("valid_to", "valid_from"),
        ("*", "state", "due_key", "soon_at"),
        _OPEN,
        ("origin",),
    ),
)


def _covering(*, more: bool) -> None:
    for name, table, key, facts, where, added in _COVERING:
        own, other = "assigning_agency_id", "lead_agency_id"
        if name.startswith("led"):
            own, other = other, own
        op.drop_index(f"ix_{table}_{name}", table_name=table)
        op.create_index(
            f"ix_{table}_{name}",
            table,
            [own, *(sa.text(k) if " " in k else k for k in key)],
            postgresql_include=[*(other if f == "*" else f for f in facts), *(added if more else ())],
            postgresql_where=sa.text(where),
        )


def _ended(where: str) -> None:
    op.drop_index("ix_directive_part_withdrawn", table_name=_PART)
    op.create_index(
        "ix_directive_part_withdrawn",
        _PART,
        ["assigning_agency_id", sa.text("withdrawn_at DESC"), sa.text("id DESC")],
        postgresql_where=sa.text(where),
    )


def upgrade() -> None:
    """Nâng cấp."""
    _check(_PART, "state", f"state IN ({_STATES}, 'paused', 'completed', 'withdrawn', 'cancelled')")
    _check(_DIRECTIVE, "origin", f"origin IN ({_ORIGINS}, 'cooperation')")
    _ended("state IN ('withdrawn', 'cancelled')")
    _covering(more=True)
    op.create_table(
        "lead_change_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("part_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_agency_id", sa.BigInteger(), nullable=True),
        sa.Column("new_agency_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_post_id", sa.BigInteger(), nullable=False),
        sa.Column("requested_by_person_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_post_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_person_id", sa.BigInteger(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(state = 'agreed') = (new_agency_id IS NOT NULL)", name=op.f("ck_lead_change_request_new_agency")
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'agreed', 'refused', 'lapsed')", name=op.f("ck_lead_change_request_state")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_lead_change_request_agency_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_person_id"], ["person.id"], name=op.f("fk_lead_change_request_decided_by_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_post_id"], ["post.id"], name=op.f("fk_lead_change_request_decided_by_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["new_agency_id"], ["agency.id"], name=op.f("fk_lead_change_request_new_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["directive_part.id"], name=op.f("fk_lead_change_request_part_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_agency_id"], ["agency.id"], name=op.f("fk_lead_change_request_proposed_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_person_id"],
            ["person.id"],
            name=op.f("fk_lead_change_request_requested_by_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_post_id"], ["post.id"], name=op.f("fk_lead_change_request_requested_by_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_change_request")),
    )
    op.create_index("ix_lead_change_request_part_id", "lead_change_request", ["part_id", "id"], unique=False)
    op.create_index(
        "uq_lead_change_request_pending",
        "lead_change_request",
        ["part_id"],
        unique=True,
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.add_column("directive", sa.Column("parent_part_id", sa.BigInteger(), nullable=True))
    op.add_column("directive", sa.Column("authority", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_directive_parent_part_id",
        "directive",
        ["parent_part_id"],
        unique=False,
        postgresql_where=sa.text("parent_part_id IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_directive_parent_part_id"), "directive", "directive_part", ["parent_part_id"], ["id"]
    )
    op.add_column("directive_part", sa.Column("lead_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "directive_part",
        sa.Column("is_lead_change_pending", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(
        "ix_directive_part_paused",
        "directive_part",
        ["assigning_agency_id", "due_key", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'paused'"),
    )


def downgrade() -> None:
    """Hạ cấp: what the older version has no word for takes the nearest one it has."""
    for table in (_PART, _HISTORY):
        op.execute(f"UPDATE {table} SET state = 'withdrawn' WHERE state = 'cancelled'")  # noqa: S608
        op.execute(f"UPDATE {table} SET state = 'in_progress' WHERE state = 'paused'")  # noqa: S608
        op.execute(f"UPDATE {table} SET origin = 'direct' WHERE origin = 'cooperation'")  # noqa: S608
    op.execute("UPDATE directive SET origin = 'direct' WHERE origin = 'cooperation'")
    _ended("state = 'withdrawn'")
    _covering(more=False)
    _check(_DIRECTIVE, "origin", f"origin IN ({_ORIGINS})")
    _check(_PART, "state", f"state IN ({_STATES}, 'completed', 'withdrawn')")
    op.drop_index(
        "ix_directive_part_paused", table_name="directive_part", postgresql_where=sa.text("state = 'paused'")
    )
    op.drop_column("directive_part", "is_lead_change_pending")
    op.drop_column("directive_part", "lead_since")
    op.drop_constraint(op.f("fk_directive_parent_part_id"), "directive", type_="foreignkey")
    op.drop_index(
        "ix_directive_parent_part_id",
        table_name="directive",
        postgresql_where=sa.text("parent_part_id IS NOT NULL"),
    )
    op.drop_column("directive", "authority")
    op.drop_column("directive", "parent_part_id")
    op.drop_index(
        "uq_lead_change_request_pending",
        table_name="lead_change_request",
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.drop_index("ix_lead_change_request_part_id", table_name="lead_change_request")
    op.drop_table("lead_change_request")
