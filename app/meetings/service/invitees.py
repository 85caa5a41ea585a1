"""Thành phần mời: what the caller chose becomes rows; who is dropped stays behind as withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core import clock, limits
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import leadership_principal, post_principal, registry_principal
from app.meetings import queries
from app.meetings.models import Invitee, InviteeRole, Meeting
from app.meetings.service.plans import Guests, OutsideGuest

_Key = tuple[int, int | None, str]  # agency, post, the person of an outside body


@dataclass(frozen=True)
class _Wanted:
    """What one invitation is to be: seats, part in the meeting, and the person where he is of outside."""

    seats: int = 1
    role: InviteeRole = InviteeRole.MEMBER
    outside: OutsideGuest | None = None


def set_guests(meeting: Meeting, guests: Guests) -> tuple[list[Invitee], list[Invitee]]:
    """Đặt thành phần mời của cuộc họp.

    :returns: those added and those withdrawn now.
    :raises Violations: someone cannot be invited, or has named more people than the seats left to it.
    """
    wanted = _wanted(meeting, guests)
    have = {_key(i): i for i in _current(meeting)}
    now, added = clock.now(), []
    for position, (key, wish) in enumerate(wanted.items()):
        item = have.get(key)
        if item is None:
            item = Invitee(meeting_id=meeting.id, agency_id=key[0], post_id=key[1])
            if meeting.called_at:
                item.invited_at, item.link_token = now, new_token()
            session.add(item)
            added.append(item)
        _seat(item, wish.seats)
        item.position, item.role = position, wish.role.value
        if wish.outside is not None:
            _fill_outside(item, wish.outside)
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


def new_token() -> str:
    """Đường dẫn cá nhân mới: nobody guesses it."""
    return secrets.token_urlsafe(24)


def _key(item: Invitee) -> _Key:
    outside = OutsideGuest(item.outside_name, body=item.outside_body).key if item.is_outside else ""
    return (item.agency_id, item.post_id, outside)


def _fill_outside(item: Invitee, person: OutsideGuest) -> None:
    item.outside_name, item.outside_title, item.outside_body = person.name, person.title, person.body
    item.outside_email, item.outside_phone = person.email, person.phone


def _current(meeting: Meeting) -> list[Invitee]:
    return list(
        session.scalars(
            select(Invitee)
            .where(Invitee.meeting_id == meeting.id, Invitee.withdrawn_at.is_(None))
            .options(selectinload(Invitee.attendees))
            .order_by(Invitee.position, Invitee.id)
        )
    )


def _wanted(meeting: Meeting, guests: Guests) -> dict[_Key, _Wanted]:
    seats, asked = dict(guests.agencies), set(guests.posts) - {meeting.chair_post_id}
    agencies = queries.agencies_for_invitation(list(seats), meeting.agency_id)
    posts = queries.posts_for_invitation(asked, meeting.agency_id)
    faults = []
    if len(agencies) != len(seats):
        faults.append(
            Violation("agencies", "Có cơ quan không mời được (đã kết thúc hoạt động). Hãy chọn lại.")
        )
    if len(posts) != len(asked):
        faults.append(
            Violation(
                "people",
                "Có người không mời đích danh được: chỉ mời người của cơ quan mình hoặc lãnh đạo cơ quan khác.",
            )
        )
    if sum(seats.values()) + len(posts) + len(guests.outside) > limits.INVITEES:
        faults.append(Violation("agencies", f"Mời nhiều nhất {limits.INVITEES} người một cuộc họp."))
    if faults:
        raise Violations(faults)
    wanted: dict[_Key, _Wanted] = {(a.id, None, ""): _Wanted(seats[a.id]) for a in agencies}
    as_guests = set(guests.guest_post_ids)
    for post in posts:
        role = InviteeRole.GUEST if post.id in as_guests else InviteeRole.MEMBER
        wanted[post.agency_id, post.id, ""] = _Wanted(role=role)
    for person in guests.outside:
        wanted[meeting.agency_id, None, person.key] = _Wanted(role=InviteeRole.GUEST, outside=person)
    return wanted


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
        elif item.is_agency:
            found |= {leadership_principal(item.agency_id), registry_principal(item.agency_id)}
    return found


def names_of(invitees: Iterable[Invitee], *, most: int = 6) -> str:
    """Tên những nơi được mời, cho dòng thời gian."""
    names = [i.shown_name for i in invitees]
    return ", ".join(names[:most]) + (f" và {len(names) - most} nơi khác" if len(names) > most else "")
