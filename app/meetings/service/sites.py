"""Điểm cầu; họp định kỳ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.use_case import use_case
from app.meetings import queries
from app.meetings.models import Meeting, MeetingSite
from app.meetings.service.calling import create
from app.meetings.service.loading import for_change
from app.meetings.service.plans import AgendaLine, Details, Guests, OutsideGuest, Schedule
from app.meetings.workflow import MEETING

_MOST_REPEATS = 53


@use_case
def save_site(
    actor: Actor,
    meeting_id: int,
    *,
    agency_id: int,
    room: str,
    technician: str = "",
    phone: str = "",
    tested_at: datetime | None = None,
    access_code: str = "",
) -> Meeting:
    """Lưu điểm cầu của một cơ quan dự họp; the code is shown there once it has answered that it comes.

    :raises Violations: an agency that takes no part.
    """
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "save_site")
    if agency_id not in {meeting.agency_id, *(i.agency_id for i in meeting.invitees)}:
        raise Violations(
            [Violation("agency", "Cơ quan này không dự cuộc họp. Hãy mời trước khi lập điểm cầu.")]
        )
    known = {s.agency_id: s for s in queries.sites(meeting.id)}
    site = known.get(agency_id) or MeetingSite(
        meeting_id=meeting.id, agency_id=agency_id, position=len(known)
    )
    site.room, site.technician, site.phone = room, technician, phone
    site.tested_at, site.access_code = tested_at, access_code
    session.add(site)
    session.flush()
    return MEETING.move(actor, meeting, "save_site", note=room)


@use_case
def remove_site(actor: Actor, meeting_id: int, site_id: int) -> Meeting:
    """Bỏ điểm cầu."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "save_site")
    gone = session.scalar(
        delete(MeetingSite)
        .where(MeetingSite.id == site_id, MeetingSite.meeting_id == meeting.id)
        .returning(MeetingSite.room)
    )
    if gone is None:
        raise NotFound
    return MEETING.move(actor, meeting, "save_site", note=f"bỏ {gone}")


@use_case
def repeat_meeting(actor: Actor, meeting_id: int, *, days: Sequence[date]) -> Meeting:
    """Lập họp định kỳ: a draft like this one on each of these days, at the same hours.

    Where the room is taken on a day the draft of that day has none, and its page says so.

    :returns: the first draft.
    :raises Violations: no day, too many, or one that has passed.
    """
    model = for_change(actor, meeting_id, None)
    MEETING.check(actor, model, "repeat_meeting")
    if not days or len(days) > _MOST_REPEATS or min(days) <= clock.today():
        raise Violations([Violation("days", f"Ghi từ 1 đến {_MOST_REPEATS} ngày, đều ở phía trước.")])
    details, guests = _details(model), _guests(model)
    made = [create(actor, details, _schedule(model, day), guests) for day in sorted(set(days))]
    MEETING.move(actor, model, "repeat_meeting", note=f"{len(made)} cuộc họp")
    return made[0]


def _schedule(model: Meeting, day: date) -> Schedule:
    starts, ends = (clock.instant(day, clock.local(m).time()) for m in (model.starts_at, model.ends_at))
    wanted = Schedule(starts, ends, model.room_id, model.place)
    if model.room_id is not None and queries.bookings([model.room_id], starts, ends):
        return replace(wanted, room_id=None, place="")
    return wanted


def _details(model: Meeting) -> Details:
    return Details(
        title=model.title,
        kind=model.kind,
        chair_post_id=model.chair_post_id,
        secretary_post_id=model.secretary_post_id,
        contact_post_id=model.contact_post_id,
        contact_phone=model.contact_phone,
        requirements=model.requirements,
        online_link=model.online_link,
        is_key_event=model.is_key_event,
        agenda=tuple(AgendaLine(a.title, a.minutes, a.presenter) for a in model.agenda),
    )


def _guests(model: Meeting) -> Guests:
    by_name = [i for i in model.invitees if i.post_id is not None]
    return Guests(
        agencies=tuple((i.agency_id, i.seats) for i in model.invitees if i.is_agency),
        post_ids=tuple(i.post_id for i in by_name if i.post_id is not None and i.role == "member"),
        guest_post_ids=tuple(i.post_id for i in by_name if i.post_id is not None and i.role == "guest"),
        outside=tuple(
            OutsideGuest(i.outside_name, i.outside_title, i.outside_body, i.outside_email, i.outside_phone)
            for i in model.invitees[: limits.INVITEES]
            if i.is_outside
        ),
    )
