"""Trả lời bằng thư, đọc qua IMAP thật; lịch theo dõi từ ngoài."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.core.db import session
from app.core.errors import NotAllowed, NotFound
from app.meetings import queries, service
from app.meetings.models import Answer, Invitee, MailReply, Meeting
from app.meetings.service.itip import read_reply
from app.org.models import Person
from tests.imap import ImapServer
from tests.unit.meetings.making import THURSDAY, called, invitee, make_room, schedule
from tests.unit.meetings.test_links import EXPERT, with_expert
from tests.world import World


def reply_mail(
    meeting: Meeting,
    address: str,
    status: str,
    *,
    sequence: int = 0,
    sender: str = "",
    comment: str = "",
    number: int = 1,
) -> bytes:
    """Thư trả lời như một chương trình lịch gửi: folded lines, its own order."""
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Chuong trinh lich//EN", "VERSION:2.0", "METHOD:REPLY", "BEGIN:VEVENT",
        f'ATTENDEE;CN="Nguyễn, Văn A";PARTSTAT={status};', f" ROLE=REQ-PARTICIPANT:mailto:{address.upper()}",
        f"UID:{meeting.uid}", f"SEQUENCE:{sequence}", f"DTSTART:{meeting.starts_at:%Y%m%dT%H%M%SZ}", f"COMMENT:{comment}",
        "DTSTAMP:20261123T010000Z", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    mail = EmailMessage()
    mail["From"] = f"Người trả lời <{sender or address}>"
    mail["Message-ID"] = f"<{number}@kiem-thu>"
    mail["Subject"] = "Accepted"
    mail.set_content("Đã trả lời")
    mail.add_alternative(
        "\r\n".join(lines).encode(), maintype="text", subtype="calendar", params={"method": "REPLY"}
    )
    return mail.as_bytes()


def outcomes() -> list[str]:
    return list(session.scalars(select(MailReply.outcome).order_by(MailReply.id)))


def expert_of(meeting: Meeting) -> Invitee:
    return next(i for i in queries.invitees(meeting.id) if i.is_outside)


@pytest.fixture
def server():
    with ImapServer() as found:
        yield found


def read(server: ImapServer) -> dict[str, int]:
    return service.read_mailbox(
        service.ImapMailbox("127.0.0.1", server.port, server.user, server.password, "hop@cq.vn", tls=False)
    )


def test_a_reply_of_a_calendar_program_is_recorded_once(world: World, server: ImapServer) -> None:
    meeting, _expert = with_expert(world)
    server.put(reply_mail(meeting, EXPERT.email, "ACCEPTED"))
    assert read(server) == {"read": 1, "recorded": 1}
    session.expire_all()
    assert (expert_of(meeting).answer, server.messages[0].seen) == ("attend", True)
    server.messages[0].seen = False  # a run that died before it marked the message
    version = expert_of(meeting).version
    read(server)
    session.expire_all()
    assert expert_of(meeting).version == version


def test_a_decline_carries_its_reason(world: World, server: ImapServer) -> None:
    meeting, _expert = with_expert(world)
    server.put(reply_mail(meeting, EXPERT.email, "DECLINED", comment="Đi công tác\\, xin vắng"))
    read(server)
    session.expire_all()
    assert (expert_of(meeting).answer, expert_of(meeting).reason) == ("absent", "Đi công tác, xin vắng")


def test_whoever_writes_from_elsewhere_speaks_for_nobody(world: World, server: ImapServer) -> None:
    meeting, _expert = with_expert(world)
    server.put(reply_mail(meeting, EXPERT.email, "ACCEPTED", sender="ke-khac@noi-khac.vn"))
    server.put(reply_mail(meeting, "la@noi-khac.vn", "ACCEPTED", number=2))
    server.put(b"From: a@b.vn\nSubject: Chao\n\nKhong co lich")
    assert read(server) == {"read": 3, "recorded": 0}
    assert outcomes() == ["unknown", "unknown"]
    assert expert_of(meeting).answer is None


def test_an_answer_for_the_old_hour_is_not_counted(world: World, server: ImapServer) -> None:
    meeting, _expert = with_expert(world)
    old = reply_mail(meeting, EXPERT.email, "ACCEPTED")
    service.move(
        world.secretary.actor, meeting.id, version=None, reason="Dời",
        schedule=schedule("08:00", "09:00", day=THURSDAY + timedelta(days=1)),
    )  # fmt: skip
    server.put(old)
    read(server)
    session.expire_all()
    assert outcomes() == ["stale"]
    assert expert_of(meeting).answer is None
    server.put(reply_mail(meeting, EXPERT.email, "ACCEPTED", sequence=1, number=2))
    read(server)
    session.expire_all()
    assert expert_of(meeting).answer == "attend"


def test_an_official_s_own_address_answers_for_him(world: World, server: ImapServer) -> None:
    meeting = called(world)
    session.get_one(Person, world.director2.person_id).email = "phat@stc.vn"
    session.commit()
    server.put(reply_mail(meeting, "phat@stc.vn", "TENTATIVE"))
    server.put(reply_mail(meeting, "phat@stc.vn", "ACCEPTED", number=2))
    read(server)
    session.expire_all()
    assert outcomes() == ["refused", "recorded"]
    assert invitee(meeting, world, "director2").answer == Answer.ATTEND


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe" * 999, b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY"]
)
def test_what_is_no_reply_is_none(raw: bytes) -> None:
    assert read_reply(raw) is None


def test_the_personal_feed_shows_what_he_takes_part_in(world: World) -> None:
    meeting = called(world)
    feed = service.open_feed(world.director2.actor)
    found = queries.feed_meetings(queries.feed(feed.token))
    assert [m.id for m in found] == [meeting.id]
    events = Calendar.from_ical(
        service.calendar_feed("Lịch", found, "http://127.0.0.1:8000", meeting.created_at)
    ).walk("VEVENT")
    assert [(str(e["UID"]), e.decoded("DTSTART")) for e in events] == [(meeting.uid, meeting.starts_at)]
    item = invitee(meeting, world, "director2")
    service.answer(
        world.director2.actor, meeting.id, item.id, version=None, answer=Answer.ABSENT, reason="Bận"
    )
    assert queries.feed_meetings(queries.feed(feed.token)) == []


def test_a_feed_is_renewed_and_taken_back(world: World) -> None:
    first = service.open_feed(world.director2.actor).token
    second = service.open_feed(world.director2.actor).token
    with pytest.raises(NotFound):
        queries.feed(first)
    assert queries.own_feed(world.director2.actor).token == second
    service.close_feed(world.director2.actor)
    with pytest.raises(NotFound):
        queries.feed(second)


def test_a_room_has_a_feed_for_its_keepers(world: World) -> None:
    room = make_room(world)
    meeting = called(world, room=room)
    feed = service.open_feed(world.secretary.actor, room.id)
    assert [m.id for m in queries.feed_meetings(queries.feed(feed.token))] == [meeting.id]
    with pytest.raises(NotAllowed):
        service.open_feed(world.city_specialist.actor, room.id)
    with pytest.raises(NotFound):
        service.open_feed(world.clerk.actor, room.id)
