"""Việc họp một vị trí đang giữ: meetings still to come of which it is secretary or contact."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from app.core import clock
from app.core.db import session
from app.core.records import capped
from app.meetings.models import Meeting, MeetingState
from app.org.open_work import WorkItem


def held_by(post_id: int) -> ColumnElement[bool]:
    """Cuộc họp sắp tới mà vị trí này là thư ký hoặc đầu mối."""
    return and_(
        Meeting.state.in_([MeetingState.DRAFT.value, MeetingState.CALLED.value]),
        Meeting.starts_at > clock.now(),
        or_(Meeting.secretary_post_id == post_id, Meeting.contact_post_id == post_id),
    )


def held_count(post_id: int) -> int:
    """Số cuộc họp vị trí này còn giữ."""
    return session.execute(capped(select(Meeting.id).where(held_by(post_id)))).scalar_one()


def held_items(post_id: int, limit: int) -> Sequence[WorkItem]:
    """Các cuộc họp ấy, gần nhất trước."""
    found = session.scalars(
        select(Meeting).where(held_by(post_id)).order_by(Meeting.starts_at, Meeting.id).limit(limit)
    )
    return [work_item(m) for m in found]


def work_item(meeting: Meeting) -> WorkItem:
    """Một cuộc họp trong biên bản bàn giao."""
    at = clock.local(meeting.starts_at)
    return WorkItem(int(meeting.record_kind), meeting.id, meeting.title, "", f"{at:%H:%M %d/%m/%Y}")
