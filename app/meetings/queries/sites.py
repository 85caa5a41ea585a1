"""Điểm cầu của cuộc họp."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import session
from app.meetings import policy
from app.meetings.models import Answer, Meeting, MeetingSite


def sites(meeting_id: int) -> Sequence[MeetingSite]:
    """Các điểm cầu của cuộc họp."""
    return session.scalars(
        select(MeetingSite)
        .where(MeetingSite.meeting_id == meeting_id)
        .options(joinedload(MeetingSite.agency))
        .order_by(MeetingSite.position, MeetingSite.id)
    ).all()


def sees_code(viewer: Actor, meeting: Meeting, site: MeetingSite) -> bool:
    """Được biết mã vào của điểm cầu: the convening side, and an agency that answered that it comes."""
    if policy.is_organizer_or_chair(viewer, meeting):
        return True
    if viewer.agency_id != site.agency_id:
        return False
    coming = (Answer.ATTEND.value, Answer.SUBSTITUTE.value)
    return any(i.agency_id == viewer.agency_id and i.answer in coming for i in meeting.invitees)
