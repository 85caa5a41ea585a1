"""Thành phần mời: what the caller chose becomes rows; who is dropped stays behind as withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core import clock, limits
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import leadership_principal, post_principal, registry_principal
from app.meetings import queries
from app.meetings.models import Invitee, Meeting
from app.meetings.service.plans import Guests

_Key = tuple[int, int | None]  # agency, post


def set_guests(meeting: Meeting, guests: Guests) -> tuple[list[Invitee], list[Invitee]]:
    """Đặt thành phần mời của cuộc họp.

    :returns: those added and those withdrawn now.
    :raises Violations: someone cannot be invited, or has named more people than the seats left to it.
    """
    wanted = _wanted(meeting, guests)
    have = {(i.agency_id, i.post_id): i for i in _current(meeting)}
    now, added = clock.now(), []
    for position, (key, seats) in enumerate(wanted.items()):
        item = have.get(key)
        if item is None:
            item = Invitee(meeting_id=meeting.id, agency_id=key[0], post_id=key[1])
            item.invited_at = now if meeting.called_at else None
            session.add(item)
            added.append(item)
        _seat(item, seats)
        item.position = position
    withdrawn = [i for key, i in have.items() if key not in wanted]
    for item in withdrawn:
        if item.invited_at is None:
            session.delete(item)  # never told, so nothing remains to tell
        else:
            item.withdrawn_at = now
            item.version += 1
    session.flush()
    session.expire(meeting, ["invitees"])
    return added, withdrawn


def _current(meeting: Meeting) -> list[Invitee]:
    return list(
        session.scalars(
            select(Invitee)
            .where(Invitee.meeting_id == meeting.id, Invitee.withdrawn_at.is_(None))
            .options(selectinload(Invitee.attendees))
            .order_by(Invitee.position, Invitee.id)
        )
    )


def _wanted(meeting: Meeting, guests: Guests) -> dict[_Key, int]:
    seats = dict(guests.agencies)
    agencies = queries.agencies_for_invitation(list(seats), meeting.agency_id)
    posts = queries.posts_for_invitation(set(guests.post_ids) - {meeting.chair_post_id}, meeting.agency_id)
    faults = []
    if len(agencies) != len(seats):
        faults.append(
            Violation("agencies", "Có cơ quan không mời được (đã kết thúc hoạt động). Hãy chọn lại.")
        )
    if len(posts) != len(set(guests.post_ids) - {meeting.chair_post_id}):
        faults.append(
            Violation(
                "people",
                "Có người không mời đích danh được: chỉ mời người của cơ quan mình hoặc lãnh đạo cơ quan khác.",
            )
        )
    if sum(seats.values()) + len(posts) > limits.INVITEES:
        faults.append(Violation("agencies", f"Mời nhiều nhất {limits.INVITEES} người một cuộc họp."))
    if faults:
        raise Violations(faults)
    wanted: dict[_Key, int] = {(a.id, None): seats[a.id] for a in agencies}
    return wanted | {(p.agency_id, p.id): 1 for p in posts}


def _seat(item: Invitee, seats: int) -> None:
    named = len(item.attendees)
    if seats < named:
        raise Violations(
            [
                Violation(
                    "agencies",
                    f"{item.agency.short_name} đã cử {named} người, không thể giảm còn {seats} chỗ. "
                    "Hãy đề nghị cơ quan đó cử lại trước.",
                )
            ]
        )
    item.seats = seats


def principals_of(invitees: Iterable[Invitee]) -> set[int]:
    """Danh nghĩa nhận thông báo của những lời mời này: the person, or the agency's leaders and clerks."""
    found = set()
    for item in invitees:
        if item.post_id is not None:
            found.add(post_principal(item.post_id))
        else:
            found |= {leadership_principal(item.agency_id), registry_principal(item.agency_id)}
    return found


def names_of(invitees: Iterable[Invitee], *, most: int = 6) -> str:
    """Tên những nơi được mời, cho dòng thời gian."""
    names = [
        i.post.person.full_name if i.post is not None and i.post.person is not None else i.agency.short_name
        for i in invitees
    ]
    return ", ".join(names[:most]) + (f" và {len(names) - most} nơi khác" if len(names) > most else "")
