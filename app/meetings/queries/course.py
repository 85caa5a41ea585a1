"""Diễn biến cuộc họp: the roll, the conclusions, and what links them to directives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.text import fold
from app.meetings.models import Answer, Attendance, ConclusionItem, Invitee, Meeting
from app.meetings.queries.meetings import visible


@dataclass(frozen=True)
class RollRow:
    """Một dòng điểm danh: who was to come, and whether he did."""

    key: str
    invitee_id: int | None
    name: str
    title: str
    body: str
    at: datetime | None = None
    way: str = ""


def roll(found: Meeting) -> list[RollRow]:
    """Danh sách điểm danh: those expected by name, then those who came besides. One statement."""
    present = {a.key: a for a in attendance(found.id)}
    rows = []
    for invitee in found.invitees:
        for name, title in expected(invitee):
            key = f"{invitee.id}|{fold(name)}"
            mark = present.pop(key, None)
            rows.append(
                RollRow(
                    key,
                    invitee.id,
                    name,
                    title,
                    invitee.shown_body,
                    mark.at if mark else None,
                    mark.way if mark else "",
                )
            )
    rows += [RollRow(a.key, a.invitee_id, a.name, a.title, a.body, a.at, a.way) for a in present.values()]
    return rows


def expected(invitee: Invitee) -> list[tuple[str, str]]:
    """Những người đã biết tên sẽ đến theo một lời mời."""
    if invitee.attendees:
        return [(a.name, a.title) for a in invitee.attendees]
    if invitee.is_agency or invitee.answer == Answer.ABSENT:
        return []
    return [(invitee.shown_name, invitee.shown_title)]


def attendance(meeting_id: int) -> Sequence[Attendance]:
    """Những người có mặt, theo giờ điểm danh."""
    return session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.at, Attendance.id)
    ).all()


def conclusions_of(meeting_id: int) -> Sequence[ConclusionItem]:
    """Các nội dung kết luận, với cơ quan chủ trì và đầu việc."""
    return session.scalars(
        select(ConclusionItem)
        .where(ConclusionItem.meeting_id == meeting_id)
        .options(joinedload(ConclusionItem.agency), joinedload(ConclusionItem.part))
        .order_by(ConclusionItem.position, ConclusionItem.id)
    ).all()


def meeting_of_part(part_id: int, viewer: Actor) -> tuple[Meeting, ConclusionItem] | None:
    """Cuộc họp mà đầu việc này là một kết luận của nó, nếu người xem được biết cuộc họp."""
    row = session.execute(
        select(Meeting, ConclusionItem)
        .join(ConclusionItem, ConclusionItem.meeting_id == Meeting.id)
        .where(ConclusionItem.part_id == part_id, visible(viewer))
        .limit(1)
    ).first()
    return (row[0], row[1]) if row is not None else None


def by_door(token: str, viewer: Actor) -> Meeting:
    """Cuộc họp của mã ở cửa phòng, nếu người quét được biết nó.

    :raises NotFound: none such.
    """
    found = session.scalar(
        select(Meeting).where(Meeting.door_token == token, visible(viewer)).options(joinedload(Meeting.room))
    )
    if found is None:
        raise NotFound
    return found
