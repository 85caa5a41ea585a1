"""Biểu quyết, phiếu lấy ý kiến: one vote per invitation of a member; what was counted stays counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, SmallInteger, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin


class Ballot(IdMixin, VersionMixin, Base):
    """Phiếu lấy ý kiến của cuộc họp: a question, its answers, until when, and how many must answer.

    After ``closed_at`` the database takes no vote and no change of it.
    """

    __tablename__ = "meeting_ballot"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    title: Mapped[str]
    options: Mapped[list[str]] = mapped_column(JSONB)
    quorum_percent: Mapped[int] = mapped_column(SmallInteger)
    opened_at: Mapped[datetime]
    opened_by_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    votes: Mapped[list[Vote]] = relationship(order_by="Vote.at", back_populates="ballot")
    __table_args__ = (CheckConstraint("quorum_percent BETWEEN 1 AND 100", name="quorum"),)


class Vote(IdMixin, Base):
    """Ý kiến của một thành viên: changeable until the ballot closes. ``voter`` is an invitation, or the chair."""

    __tablename__ = "meeting_vote"
    ballot_id: Mapped[int] = mapped_column(ForeignKey("meeting_ballot.id"))
    voter: Mapped[str]
    name: Mapped[str]
    option: Mapped[int] = mapped_column(SmallInteger)
    note: Mapped[str] = mapped_column(default="", server_default="")
    at: Mapped[datetime]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ballot: Mapped[Ballot] = relationship(back_populates="votes")
    __table_args__ = (Index("uq_meeting_vote_voter", "ballot_id", "voter", unique=True),)


# What was counted stays counted, whoever writes.
_GUARDS = (
    (
        Vote,
        """
CREATE FUNCTION meeting_keep_votes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ballot bigint := coalesce(NEW.ballot_id, OLD.ballot_id);
BEGIN
    IF EXISTS (SELECT FROM meeting_ballot WHERE id = ballot AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'ballot %% is closed', ballot USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$
""",
        "CREATE TRIGGER keep_votes BEFORE INSERT OR UPDATE OR DELETE ON meeting_vote FOR EACH ROW EXECUTE FUNCTION meeting_keep_votes()",
    ),
    (
        Ballot,
        """
CREATE FUNCTION meeting_keep_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'ballot %% is closed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$
""",
        "CREATE TRIGGER keep_ballots BEFORE UPDATE OR DELETE ON meeting_ballot FOR EACH ROW EXECUTE FUNCTION meeting_keep_ballots()",
    ),
)
for _model, *_statements in _GUARDS:
    for _statement in _statements:
        event.listen(_model.__table__, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
