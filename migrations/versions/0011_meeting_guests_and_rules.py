"""Guests of outside bodies with a personal address, consent to substitutes, limits per kind of agency."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


_RULES = sa.table(
    "meeting_rule",
    sa.column("agency_kind", sa.Text()),
    sa.column("invitation_days", sa.SmallInteger()),
    sa.column("papers_days", sa.SmallInteger()),
    sa.column("conclusion_days", sa.SmallInteger()),
    sa.column("source", sa.Text()),
)
# The figures are those of QĐ 45/2018; the administrator compares them with the text named and saves.
_CITY = "Nghị định 314/2025/NĐ-CP"
_WARD = "Nghị định 315/2025/NĐ-CP"
_OLD = "Quyết định 45/2018/QĐ-TTg"
_SOURCES = (
    ("city", _CITY),
    ("office", _CITY),
    ("department", _CITY),
    ("district", _OLD),
    ("ward", _WARD),
    ("commune", _WARD),
    ("special_zone", _WARD),
    ("subordinate", _OLD),
)


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "meeting_rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("agency_kind", sa.Text(), nullable=False),
        sa.Column("invitation_days", sa.SmallInteger(), nullable=False),
        sa.Column("papers_days", sa.SmallInteger(), nullable=False),
        sa.Column("conclusion_days", sa.SmallInteger(), nullable=False),
        sa.Column("needs_consent", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "invitation_days BETWEEN 0 AND 60 AND papers_days BETWEEN 0 AND 60 AND conclusion_days BETWEEN 1 AND 60",
            name=op.f("ck_meeting_rule_days"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_rule")),
        sa.UniqueConstraint("agency_kind", name=op.f("uq_meeting_rule_agency_kind")),
    )
    op.add_column("meeting", sa.Column("answers_close_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("chased_for", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("unplanned_reason", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "meeting", sa.Column("is_key_event", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("meeting", sa.Column("online_link", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_invitee", sa.Column("consent", sa.Text(), nullable=True))
    op.add_column("meeting_invitee", sa.Column("role", sa.Text(), server_default="member", nullable=False))
    op.add_column("meeting_invitee", sa.Column("outside_name", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_invitee", sa.Column("outside_title", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_invitee", sa.Column("outside_body", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_invitee", sa.Column("outside_email", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_invitee", sa.Column("outside_phone", sa.Text(), server_default="", nullable=False))
    op.add_column("meeting_invitee", sa.Column("link_token", sa.Text(), nullable=True))
    op.add_column("meeting_invitee", sa.Column("link_used_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(op.f("uq_meeting_invitee_link_token"), "meeting_invitee", ["link_token"])
    op.create_check_constraint(
        op.f("ck_meeting_invitee_consent"), "meeting_invitee", "consent IN ('asked', 'agreed', 'refused')"
    )
    op.create_check_constraint(
        op.f("ck_meeting_invitee_role"), "meeting_invitee", "role IN ('member', 'guest')"
    )
    op.drop_constraint(op.f("ck_meeting_invitee_one_seat"), "meeting_invitee", type_="check")
    op.create_check_constraint(
        op.f("ck_meeting_invitee_one_seat"),
        "meeting_invitee",
        "(post_id IS NULL AND outside_name = '') OR seats = 1",
    )
    op.create_check_constraint(
        op.f("ck_meeting_invitee_one_person"), "meeting_invitee", "post_id IS NULL OR outside_name = ''"
    )
    op.drop_index("uq_meeting_invitee_agency", table_name="meeting_invitee")
    op.create_index(
        "uq_meeting_invitee_agency",
        "meeting_invitee",
        ["meeting_id", "agency_id"],
        unique=True,
        postgresql_where=sa.text("post_id IS NULL AND outside_name = '' AND withdrawn_at IS NULL"),
    )
    op.bulk_insert(
        _RULES,
        [
            {
                "agency_kind": kind,
                "invitation_days": 3,
                "papers_days": 3,
                "conclusion_days": 5,
                "source": source,
            }
            for kind, source in _SOURCES
        ],
    )


def downgrade() -> None:
    """Hạ cấp."""
    # guests of outside bodies cannot stand in the older table
    op.execute(
        "DELETE FROM meeting_attendee a USING meeting_invitee i WHERE i.id = a.invitee_id AND i.outside_name <> ''"
    )
    op.execute("DELETE FROM meeting_invitee WHERE outside_name <> ''")
    op.drop_index("uq_meeting_invitee_agency", table_name="meeting_invitee")
    op.drop_constraint(op.f("ck_meeting_invitee_one_person"), "meeting_invitee", type_="check")
    op.drop_constraint(op.f("ck_meeting_invitee_one_seat"), "meeting_invitee", type_="check")
    op.drop_constraint(op.f("ck_meeting_invitee_role"), "meeting_invitee", type_="check")
    op.drop_constraint(op.f("ck_meeting_invitee_consent"), "meeting_invitee", type_="check")
    op.create_check_constraint(
        op.f("ck_meeting_invitee_one_seat"), "meeting_invitee", "post_id IS NULL OR seats = 1"
    )
    op.create_index(
        "uq_meeting_invitee_agency",
        "meeting_invitee",
        ["meeting_id", "agency_id"],
        unique=True,
        postgresql_where=sa.text("post_id IS NULL AND withdrawn_at IS NULL"),
    )
    op.drop_constraint(op.f("uq_meeting_invitee_link_token"), "meeting_invitee", type_="unique")
    op.drop_column("meeting_invitee", "link_used_at")
    op.drop_column("meeting_invitee", "link_token")
    op.drop_column("meeting_invitee", "outside_phone")
    op.drop_column("meeting_invitee", "outside_email")
    op.drop_column("meeting_invitee", "outside_body")
    op.drop_column("meeting_invitee", "outside_title")
    op.drop_column("meeting_invitee", "outside_name")
    op.drop_column("meeting_invitee", "role")
    op.drop_column("meeting_invitee", "consent")
    op.drop_column("meeting", "online_link")
    op.drop_column("meeting", "is_key_event")
    op.drop_column("meeting", "unplanned_reason")
    op.drop_column("meeting", "chased_for")
    op.drop_column("meeting", "answers_close_at")
    op.drop_table("meeting_rule")
