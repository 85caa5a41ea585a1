"""Papers by agenda item with rights and versions, comments; ballots that nothing changes once closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


# What was counted stays counted, whoever writes.
_KEEP_VOTES = """
CREATE FUNCTION meeting_keep_votes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot bigint := coalesce(NEW.ballot_id, OLD.ballot_id);
BEGIN
    IF EXISTS (SELECT FROM meeting_ballot WHERE id = ballot AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'ballot % is closed', ballot USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$
"""
_KEEP_BALLOTS = """
CREATE FUNCTION meeting_keep_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'ballot % is closed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$
"""


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "meeting_ballot",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("quorum_percent", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_post_id", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("quorum_percent BETWEEN 1 AND 100", name=op.f("ck_meeting_ballot_quorum")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_ballot_meeting_id")),
        sa.ForeignKeyConstraint(
            ["opened_by_post_id"], ["post.id"], name=op.f("fk_meeting_ballot_opened_by_post_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_ballot")),
    )
    op.create_index(op.f("ix_meeting_ballot_meeting_id"), "meeting_ballot", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_vote",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("ballot_id", sa.BigInteger(), nullable=False),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("option", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["meeting_ballot.id"], name=op.f("fk_meeting_vote_ballot_id")),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_meeting_vote_by_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_vote")),
    )
    op.create_index("uq_meeting_vote_voter", "meeting_vote", ["ballot_id", "voter"], unique=True)
    op.create_table(
        "meeting_paper_comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["meeting_paper.id"],
            name=op.f("fk_meeting_paper_comment_paper_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_paper_comment_person_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_meeting_paper_comment_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_paper_comment")),
    )
    op.create_index(
        op.f("ix_meeting_paper_comment_paper_id"), "meeting_paper_comment", ["paper_id"], unique=False
    )
    op.create_table(
        "meeting_paper_reader",
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("invitee_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["meeting_invitee.id"], name=op.f("fk_meeting_paper_reader_invitee_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["meeting_paper.id"],
            name=op.f("fk_meeting_paper_reader_paper_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("paper_id", "invitee_id", name=op.f("pk_meeting_paper_reader")),
    )
    op.create_index(
        op.f("ix_meeting_paper_reader_invitee_id"), "meeting_paper_reader", ["invitee_id"], unique=False
    )
    op.add_column("meeting_paper", sa.Column("agenda_item_id", sa.BigInteger(), nullable=True))
    op.add_column("meeting_paper", sa.Column("rights", sa.Text(), server_default="all", nullable=False))
    op.add_column("meeting_paper", sa.Column("number", sa.SmallInteger(), server_default="1", nullable=False))
    op.add_column("meeting_paper", sa.Column("replaced_by_id", sa.BigInteger(), nullable=True))
    op.create_index(
        op.f("ix_meeting_paper_agenda_item_id"), "meeting_paper", ["agenda_item_id"], unique=False
    )
    op.create_index(
        op.f("ix_meeting_paper_replaced_by_id"), "meeting_paper", ["replaced_by_id"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_meeting_paper_replaced_by_id"), "meeting_paper", "meeting_paper", ["replaced_by_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_meeting_paper_agenda_item_id"),
        "meeting_paper",
        "meeting_agenda_item",
        ["agenda_item_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_check_constraint(
        op.f("ck_meeting_paper_rights"), "meeting_paper", "rights IN ('all', 'some', 'chair')"
    )
    op.execute(_KEEP_VOTES)
    op.execute(_KEEP_BALLOTS)
    op.execute(
        "CREATE TRIGGER keep_votes BEFORE INSERT OR UPDATE OR DELETE ON meeting_vote FOR EACH ROW EXECUTE FUNCTION meeting_keep_votes()"
    )
    op.execute(
        "CREATE TRIGGER keep_ballots BEFORE UPDATE OR DELETE ON meeting_ballot FOR EACH ROW EXECUTE FUNCTION meeting_keep_ballots()"
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.execute("DROP TRIGGER keep_ballots ON meeting_ballot")
    op.execute("DROP TRIGGER keep_votes ON meeting_vote")
    op.execute("DROP FUNCTION meeting_keep_ballots()")
    op.execute("DROP FUNCTION meeting_keep_votes()")
    op.drop_constraint(op.f("ck_meeting_paper_rights"), "meeting_paper", type_="check")
    op.drop_constraint(op.f("fk_meeting_paper_agenda_item_id"), "meeting_paper", type_="foreignkey")
    op.drop_constraint(op.f("fk_meeting_paper_replaced_by_id"), "meeting_paper", type_="foreignkey")
    op.drop_index(op.f("ix_meeting_paper_replaced_by_id"), table_name="meeting_paper")
    op.drop_index(op.f("ix_meeting_paper_agenda_item_id"), table_name="meeting_paper")
    op.drop_column("meeting_paper", "replaced_by_id")
    op.drop_column("meeting_paper", "number")
    op.drop_column("meeting_paper", "rights")
    op.drop_column("meeting_paper", "agenda_item_id")
    op.drop_index(op.f("ix_meeting_paper_reader_invitee_id"), table_name="meeting_paper_reader")
    op.drop_table("meeting_paper_reader")
    op.drop_index(op.f("ix_meeting_paper_comment_paper_id"), table_name="meeting_paper_comment")
    op.drop_table("meeting_paper_comment")
    op.drop_index("uq_meeting_vote_voter", table_name="meeting_vote")
    op.drop_table("meeting_vote")
    op.drop_index(op.f("ix_meeting_ballot_meeting_id"), table_name="meeting_ballot")
    op.drop_table("meeting_ballot")
