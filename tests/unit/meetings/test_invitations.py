"""Thư mời và tệp lịch: read by a parser, and byte by byte as the RFC wants them."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock, outbox
from app.core.actor import SYSTEM
from app.core.db import session
from app.meetings import service
from app.meetings.models import Answer, InvitationMail
from app.meetings.service import AgendaLine, Guests, Named
from app.notifications.models import Mail
from app.org.models import Agency, Person
from tests.unit.meetings.making import THURSDAY, at, called, details, draft, guests, invitee, schedule
from tests.unit.meetings.test_answering import reply
from tests.world import World

FRIDAY = THURSDAY + timedelta(days=1)


@pytest.fixture
def mailbox(world: World) -> World:
    """Mỗi cơ quan có hộp thư, trừ phường."""
    for key in ("city", "dept", "dept2"):
        session.get(Agency, world.agencies[key]).email = f"vanthu@{key}.example.gov.vn"
    session.commit()
    return world


def mails() -> list[Mail]:
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def last_to(address: str) -> Mail:
    return next(m for m in reversed(mails()) if m.recipient == address)


def event_of(mail: Mail) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(mail.calendar)
    assert [str(c.get("METHOD")) for c in [calendar]] == [mail.method]
    (event,) = calendar.walk("VEVENT")
    return event


def test_everyone_gets_one_mail_with_his_own_invitation(mailbox: World) -> None:
    meeting = called(mailbox)

    assert service.deliver(SYSTEM, meeting.id) == 7
    assert service.deliver(SYSTEM, meeting.id) == 0

    assert sorted(m.recipient for m in mails()) == [
        "city.head@example.gov.vn",
        "director2@example.gov.vn",
        "secretary@example.gov.vn",
        "vanthu@dept.example.gov.vn",
        "vice.chairman@example.gov.vn",
        "ward.chairman@example.gov.vn",
        "ward.clerk@example.gov.vn",
    ]
    assert {m.method for m in mails()} == {"REQUEST"}
    for mail in mails():
        event = event_of(mail)
        attendee = event["ATTENDEE"]
        assert str(attendee) == f"mailto:{mail.recipient}", "nobody's address is shown to another"
        assert str(event["ORGANIZER"]) == "mailto:vanthu@city.example.gov.vn"
        assert event["ORGANIZER"].params["CN"] == "Ủy ban nhân dân Thành phố Hồ Chí Minh"


def test_the_file_reads_as_a_calendar_program_reads_it(mailbox: World) -> None:
    meeting = called(mailbox, agenda=(AgendaLine("Khai mạc", 5), AgendaLine("Báo cáo; thảo luận", 60)))
    service.deliver(SYSTEM, meeting.id)
    mail = last_to("director2@example.gov.vn")
    event = event_of(mail)

    assert str(event["UID"]) == meeting.uid
    assert event["SEQUENCE"] == 0
    assert event["DTSTART"].dt == at("14:00")
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)
    assert event["DTSTAMP"].dt == clock.now()
    assert (str(event["STATUS"]), str(event["SUMMARY"]), str(event["LOCATION"])) == (
        "CONFIRMED",
        meeting.title,
        "Hội trường",
    )
    assert "Báo cáo; thảo luận" in str(event["DESCRIPTION"])
    assert f"http://localhost:8000/hop/{meeting.id}" in str(event["DESCRIPTION"])
    asked = event["ATTENDEE"].params
    assert (asked["RSVP"], asked["PARTSTAT"], asked["ROLE"], asked["CUTYPE"]) == (
        "TRUE",
        "NEEDS-ACTION",
        "REQ-PARTICIPANT",
        "INDIVIDUAL",
    )
    (zone,) = icalendar.Calendar.from_ical(mail.calendar).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Ho_Chi_Minh"
    assert zone.walk("STANDARD")[0]["TZOFFSETTO"].td == timedelta(hours=7)


def test_the_raw_lines_are_folded_and_escaped_as_the_rfc_says(mailbox: World) -> None:
    nasty = "Họp về “bão; lũ, triều cường” \\ ATTENDEE:mailto:ai-do@example.com " + "rất dài " * 20
    meeting = called(
        mailbox, title=nasty.strip(), requirements="Dòng một\nATTENDEE;CN=x:mailto:y@z\nBEGIN:VEVENT"
    )
    service.deliver(SYSTEM, meeting.id)
    raw = last_to("director2@example.gov.vn").calendar

    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75, "75 octets a line, also where a letter takes three"
    for line in lines:
        line.decode("utf-8")
    whole = raw.replace(b"\r\n ", b"").decode()
    assert whole.count("BEGIN:VEVENT") - whole.count("\\nBEGIN:VEVENT") == 1
    assert len(re.findall(r"^ATTENDEE", whole, re.MULTILINE)) == 1
    assert r"bão\; lũ\, triều cường" in whole
    for needed in ("METHOD:REQUEST", f"UID:{meeting.uid}", "SEQUENCE:0", "DTSTAMP:20261123T010000Z", "VERSION:2.0",
                   "DTSTART;TZID=Asia/Ho_Chi_Minh:20261126T140000", "BEGIN:VTIMEZONE", "PRODID:"):  # fmt: skip
        assert needed in whole
    assert str(event_of(last_to("director2@example.gov.vn"))["SUMMARY"]) == nasty.strip()


def test_a_name_that_would_break_a_parameter_is_tamed(mailbox: World) -> None:
    session.get(Person, mailbox.director2.person_id).full_name = 'Huỳnh "Tấn"; Phát: a,b'
    session.commit()
    meeting = called(mailbox)
    service.deliver(SYSTEM, meeting.id)
    attendee = event_of(last_to("director2@example.gov.vn"))["ATTENDEE"]
    assert str(attendee) == "mailto:director2@example.gov.vn"
    assert attendee.params["CN"] == "Huỳnh 'Tấn'; Phát: a,b"


def test_a_moved_meeting_updates_the_same_entry(mailbox: World) -> None:
    meeting = called(mailbox)
    service.deliver(SYSTEM, meeting.id)
    reply(mailbox, meeting, "director2", "director2", Answer.ATTEND)
    service.move(
        mailbox.secretary.actor, meeting.id, version=meeting.version, reason="Bận họp Chính phủ",
        schedule=schedule("08:00", "09:30", day=FRIDAY),
    )  # fmt: skip

    assert service.deliver(SYSTEM, meeting.id) == 7

    mail = last_to("director2@example.gov.vn")
    event = event_of(mail)
    assert (str(event["UID"]), event["SEQUENCE"]) == (meeting.uid, 1)
    assert event["DTSTART"].dt == at("08:00", FRIDAY)
    assert event["ATTENDEE"].params["RSVP"] == "TRUE", "asked again"
    assert "Lý do thay đổi: Bận họp Chính phủ" in mail.body
    assert mail.subject.startswith("Thay đổi lịch họp: ")


def test_a_cancelled_meeting_leaves_every_calendar(mailbox: World) -> None:
    meeting = called(mailbox)
    service.deliver(SYSTEM, meeting.id)
    service.cancel(mailbox.secretary.actor, meeting.id, version=meeting.version, reason="Có bão")

    assert service.deliver(SYSTEM, meeting.id) == 7

    for mail in mails()[7:]:
        event = event_of(mail)
        assert (mail.method, str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (
            "CANCEL",
            meeting.uid,
            1,
            "CANCELLED",
        )
        assert "Lý do: Có bão" in mail.body


def test_who_is_withdrawn_is_released_and_who_comes_back_is_asked_anew(mailbox: World) -> None:
    meeting = called(mailbox)
    service.deliver(SYSTEM, meeting.id)
    actor, everyone = mailbox.secretary.actor, guests(mailbox)
    fewer = Guests(everyone.agencies, (mailbox.city_head.post_id,))

    service.edit(actor, meeting.id, version=meeting.version, details=details(mailbox), guests=fewer)
    assert service.deliver(SYSTEM, meeting.id) == 1
    gone = event_of(last_to("director2@example.gov.vn"))
    assert gone["SEQUENCE"] == 1

    service.edit(actor, meeting.id, version=meeting.version, details=details(mailbox), guests=everyone)
    assert service.deliver(SYSTEM, meeting.id) == 1
    back = last_to("director2@example.gov.vn")
    assert (back.method, event_of(back)["SEQUENCE"]) == ("REQUEST", 2)


def test_whom_an_agency_sends_gets_the_entry_until_he_goes_no_more(mailbox: World) -> None:
    meeting = called(mailbox)
    service.deliver(SYSTEM, meeting.id)
    reply(mailbox, meeting, "clerk", "dept", Answer.ATTEND, people=[Named(mailbox.specialist.post_id)])
    assert service.deliver(SYSTEM, meeting.id) == 1
    assert event_of(last_to("specialist@example.gov.vn"))["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"

    reply(mailbox, meeting, "clerk", "dept", Answer.ABSENT, reason="Trùng lịch")
    assert service.deliver(SYSTEM, meeting.id) == 1
    assert last_to("specialist@example.gov.vn").method == "CANCEL"


def test_reminders_go_to_the_silent_only_and_once_per_reminder(mailbox: World) -> None:
    meeting = called(mailbox)
    service.deliver(SYSTEM, meeting.id)
    reply(mailbox, meeting, "director2", "director2", Answer.ATTEND)
    ids = [invitee(meeting, mailbox, k).id for k in ("dept", "director2")]

    for _ in range(2):
        service.deliver_reminders(SYSTEM, meeting.id, ids, "17")
    service.deliver_reminders(SYSTEM, meeting.id, ids, "18")

    reminders = [m for m in mails() if m.subject.startswith("Đề nghị trả lời")]
    assert [m.recipient for m in reminders] == ["vanthu@dept.example.gov.vn"] * 2
    assert {event_of(m)["SEQUENCE"] for m in reminders} == {0}


def test_an_update_of_the_title_is_told_as_a_change(mailbox: World) -> None:
    meeting = called(mailbox)
    service.deliver(SYSTEM, meeting.id)
    service.edit(
        mailbox.secretary.actor,
        meeting.id,
        version=meeting.version,
        details=details(mailbox, title="Tên mới"),
        guests=guests(mailbox),
    )
    assert service.deliver(SYSTEM, meeting.id) == 7
    assert str(event_of(last_to("director2@example.gov.vn"))["SUMMARY"]) == "Tên mới"
    assert session.get(InvitationMail, (meeting.id, "director2@example.gov.vn")).times == 2


def test_a_late_run_tells_the_newest_state_only(mailbox: World) -> None:
    meeting = called(mailbox)
    service.move(
        mailbox.secretary.actor,
        meeting.id,
        version=meeting.version,
        reason="x",
        schedule=schedule("08:00", "09:30", day=FRIDAY),
    )
    assert service.deliver(SYSTEM, meeting.id) == 7
    assert service.deliver(SYSTEM, meeting.id) == 0
    assert event_of(mails()[0])["SEQUENCE"] == 1


def test_a_draft_tells_nobody(world: World) -> None:
    assert service.deliver(SYSTEM, draft(world).id) == 0
    assert service.deliver(SYSTEM, 10**9) == 0


@pytest.mark.commits
def test_the_worker_sends_what_the_call_queued(committed: tuple[Flask, World]) -> None:
    _app, world = committed
    called(world)
    while outbox.dispatch():
        pass
    session.expire_all()
    assert len(mails()) == 8
    assert all(m.calendar.startswith(b"BEGIN:VCALENDAR") for m in mails())
    parked = session.scalars(select(outbox.Outbox.error).where(outbox.Outbox.error.is_not(None))).all()
    assert parked == []
