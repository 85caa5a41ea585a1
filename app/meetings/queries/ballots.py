"""Biểu quyết, lấy ý kiến."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.meetings import policy
from app.meetings.models import Ballot, Meeting, Vote

CHAIR = "chu-tri"


@dataclass(frozen=True)
class Count:
    """Kết quả một phiếu: how many for each answer, of how many, and whether they suffice."""

    votes: tuple[int, ...]
    eligible: int
    quorum_percent: int

    @property
    def cast(self) -> int:
        """Đã cho ý kiến."""
        return sum(self.votes)

    @property
    def is_valid(self) -> bool:
        """Đủ số người cho ý kiến."""
        return self.eligible > 0 and self.cast * 100 >= self.eligible * self.quorum_percent


def ballots(meeting_id: int) -> Sequence[Ballot]:
    """Các phiếu của một cuộc họp, cũ trước."""
    return session.scalars(
        select(Ballot)
        .where(Ballot.meeting_id == meeting_id)
        .options(selectinload(Ballot.votes))
        .order_by(Ballot.id)
    ).all()


def ballot(ballot_id: int, meeting_id: int) -> Ballot:
    """Một phiếu của cuộc họp.

    :raises NotFound: none such in it.
    """
    found = next((b for b in ballots(meeting_id) if b.id == ballot_id), None)
    if found is None:
        raise NotFound
    return found


def voters_of(viewer: Actor, meeting: Meeting) -> list[tuple[str, str]]:
    """Những tư cách người này được biểu quyết: (voter key, name)."""
    found = [(CHAIR, "Chủ trì")] if policy.is_chair(viewer, meeting) else []
    found += [(str(i.id), i.shown_name) for i in meeting.invitees if policy.votes_for(viewer, meeting, i)]
    return found


def eligible(meeting: Meeting) -> int:
    """Số người được biểu quyết: the chair, and each member invited."""
    return 1 + sum(i.role == "member" and not i.is_outside for i in meeting.invitees)


def count(found: Ballot, meeting: Meeting) -> Count:
    """Đếm phiếu; a closed ballot tells what was counted when it closed."""
    if found.result is not None:
        return Count(tuple(found.result["votes"]), int(found.result["eligible"]), found.quorum_percent)
    votes: Sequence[Vote] = found.votes
    numbers = [v.option for v in votes]
    return Count(
        tuple(numbers.count(n) for n in range(len(found.options))), eligible(meeting), found.quorum_percent
    )


def due_ballots(now: datetime) -> list[tuple[int, int]]:
    """Các phiếu đã đến giờ đóng: (meeting id, ballot id)."""
    rows = session.execute(
        select(Ballot.meeting_id, Ballot.id)
        .where(Ballot.closed_at.is_(None), Ballot.closes_at <= now)
        .order_by(Ballot.id)
    )
    return [(r[0], r[1]) for r in rows]
