"""Lịch họp dạng .ics (RFC 5545, 5546): one meeting for one address, readable by any calendar program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core import clock
from app.meetings.models import Meeting, MeetingState

_PRODUCT = "-//Van phong dien tu//Cuoc hop//VI"
_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Addressee:
    """Người nhận lịch: mail address, name, part in the meeting and answer so far, in the words of RFC 5545."""

    address: str
    name: str
    role: str = "REQ-PARTICIPANT"
    answer: str = "NEEDS-ACTION"
    is_agency: bool = False
    is_outside: bool = False  # has no account: only the personal address opens for him
    link: str = ""  # path of the personal address, for the mail's words


@dataclass(frozen=True)
class Organizer:
    """Nơi triệu tập, as calendars name it."""

    address: str
    name: str


def calendar_file(
    meeting: Meeting,
    *,
    method: str,
    sequence: int,
    organizer: Organizer,
    addressee: Addressee | None,
    url: str,
    description: str,
    stamp: datetime,
) -> bytes:
    """Dựng tệp lịch: REQUEST to invite or update, CANCEL to withdraw, PUBLISH to download. The UID never changes."""
    # dateutil and the component classes: not needed by pages that only show a meeting
    from icalendar import Event

    calendar = _empty(method)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("created", meeting.created_at)
    event.add("last-modified", stamp)
    event.add("dtstart", clock.local(meeting.starts_at))
    event.add("dtend", clock.local(meeting.ends_at))
    event.add("summary", meeting.title)
    event.add("location", meeting.location)
    event.add("description", description)
    event.add("url", url)
    gone = method == "CANCEL" or meeting.state == MeetingState.CANCELLED
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    event.add("organizer", _address(organizer.address, CN=organizer.name), encode=False)
    if addressee is not None:
        event.add("attendee", _attendee(addressee), encode=False)
    calendar.add_component(event)
    return calendar.to_ical()  # type: ignore[no-any-return]


def _empty(method: str) -> Any:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    return calendar


def calendar_feed(name: str, meetings: Iterable[Meeting], address: str, stamp: datetime) -> bytes:
    """Dựng lịch theo dõi: many meetings in one file, as a calendar program fetches it again and again."""
    from icalendar import Event

    calendar = _empty("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", _ZONE)
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"value": "DURATION"})
    for meeting in meetings:
        gone = meeting.state == MeetingState.CANCELLED
        event = Event()
        event.add("uid", meeting.uid)
        event.add("sequence", meeting.sequence)
        event.add("dtstamp", stamp)
        event.add("dtstart", clock.local(meeting.starts_at))
        event.add("dtend", clock.local(meeting.ends_at))
        event.add("summary", meeting.title)
        event.add("location", meeting.location)
        event.add("url", f"{address}/hop/{meeting.id}")
        event.add(
            "status",
            "CANCELLED" if gone else "TENTATIVE" if meeting.state == MeetingState.DRAFT else "CONFIRMED",
        )
        event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
        calendar.add_component(event)
    return calendar.to_ical()  # type: ignore[no-any-return]


def _zone() -> Any:
    """Việt Nam: UTC+7 without summer time since 1975."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - local wall time, as the RFC wants it here
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _address(address: str, **parameters: str) -> Any:
    from icalendar import vCalAddress, vText

    found = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        # A double quote cannot be written in a parameter value (RFC 5545 3.2).
        found.params[name.replace("_", "-")] = vText(value.replace('"', "'"))
    return found


def _attendee(addressee: Addressee) -> Any:
    asks = addressee.answer == "NEEDS-ACTION"
    return _address(
        addressee.address,
        CUTYPE="GROUP" if addressee.is_agency else "INDIVIDUAL",
        ROLE=addressee.role,
        PARTSTAT=addressee.answer,
        RSVP="TRUE" if asks else "FALSE",
        CN=addressee.name,
    )
