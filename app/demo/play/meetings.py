"""Cuộc họp: mời, trả lời, nhắc, dời, hủy, họp xong, kết luận."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle
from typing import Final

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.demo.city.directory import holder
from app.demo.data.agencies import agency
from app.demo.data.documents.meetings import (
    ABSENCE_REASONS,
    MOVE_REASONS,
    ROOMS,
    SUBSTITUTE_NOTES,
    materials,
    meeting,
)
from app.demo.play.crews import crew
from app.demo.play.stage import Stage, Story
from app.documents.models import Document
from app.meetings import service
from app.meetings.models import Answer, Invitee, Meeting, MeetingState, Room
from app.meetings.service import AgendaLine, Details, Guests, Named, Schedule

_KINDS: Final = {
    "giao ban": "briefing",
    "giải quyết công việc": "work",
    "tham mưu tư vấn": "advisory",
    "sơ kết, tổng kết": "review",
    "chuyên môn": "professional",
}
_OPENS, _CLOSES = time(7, 30), time(20, 0)


@dataclass(frozen=True)
class Call:
    """Một cuộc họp cần mời."""

    host: str
    chair: str
    starts: datetime
    minutes: int
    room: str | None
    presenter: str
    called: datetime
    agencies: tuple[str, ...]
    people: tuple[str, ...] = ()
    papers: int = 1
    answers: str = "most"
    """all, most, some or none of the invited answer."""
    end: str = "held"
    """held, owed, waived, concluded, open (nobody has confirmed it yet), cancelled, moved or draft."""


def called(stage: Stage, call: Call) -> Story:
    """Một cuộc họp, từ lúc soạn."""
    yield call.called
    organizer = _organizer(call)
    made = _create(stage, call, organizer)
    if call.end == "draft":
        return
    yield stage.soon(5, 40)
    service.call(stage.actor(organizer), made.id, version=None)
    for story in _answers(stage, call, made.id):
        stage.tell(story)
    if call.answers in {"some", "most"} and call.starts > clock.now() + timedelta(days=2):
        stage.tell(_reminded(stage, organizer, made.id))
    if call.end in {"cancelled", "moved"}:
        yield stage.next_days(0.5, 1)
        _changed(stage, call, organizer, made.id)
        return
    yield call.starts + timedelta(minutes=call.minutes + 20)
    if call.end == "open":
        return
    owes = call.end in {"owed", "waived", "concluded"}
    service.hold(stage.actor(organizer), made.id, version=None, needs_conclusion=owes)
    if call.end == "waived":
        yield stage.next_days(0.5, 1)
        reason = "Nội dung đã giao trực tiếp tại cuộc họp, không ban hành thông báo."
        service.waive_conclusion(stage.actor(organizer), made.id, version=None, reason=reason)
    if call.end == "concluded":
        yield from _concluded(stage, organizer, made.id)


def _organizer(call: Call) -> str:
    staffed = crew(call.host)
    return staffed.secretary or staffed.clerk


def _create(stage: Stage, call: Call, organizer: str) -> Meeting:
    city, rng = stage.city, stage.rng
    reporter = agency(call.presenter)
    plan = meeting(rng, clock.local(call.starts).date(), reporter.short_name, field=_field(call))
    details = Details(
        title=plan.title,
        kind=_KINDS[plan.kind],
        chair_post_id=city.posts[call.chair],
        secretary_post_id=city.posts[organizer],
        contact_phone=holder(organizer)[1].phone,
        requirements=plan.requirement,
        answer_by=_before(stage, call.starts, 1),
        papers_due_at=_before(stage, call.starts, 3),
        agenda=tuple(AgendaLine(item.text, item.minutes, item.speaker) for item in plan.agenda),
    )
    room = _room(stage, call)
    schedule = Schedule(
        call.starts, call.starts + timedelta(minutes=call.minutes), room, "" if room else "Họp trực tuyến"
    )
    guests = Guests(
        agencies=tuple((city.agencies[key], 2 if key == call.presenter else 1) for key in call.agencies),
        post_ids=tuple(city.posts[key] for key in call.people),
    )
    names = materials(rng, clock.today())[: call.papers]
    signer = crew(call.presenter).leaders[0]
    papers = [stage.papers.paper(call.presenter, signer, clock.today(), name) for name in names]
    return service.create(stage.actor(organizer), details, schedule, guests, papers)


def _field(call: Call) -> str:
    return "" if call.presenter == "city" else agency(call.presenter).field


def _before(stage: Stage, starts: datetime, days: int) -> datetime | None:
    """So many working days ahead of the meeting, where that is still to come."""
    day = stage.days.calendar.add(clock.local(starts).date(), -days)
    moment = clock.instant(day, time(17, 0))
    return moment if clock.now() < moment < starts else None


def _room(stage: Stage, call: Call) -> int | None:
    if call.room is None:
        return None
    name = next(room.name for room in ROOMS if room.key == call.room)
    return session.scalars(
        select(Room.id).where(Room.agency_id == stage.city.agencies[call.host], Room.name == name)
    ).one()


# ── answers ──────────────────────────────────────────────────────────────────


def _answers(stage: Stage, call: Call, meeting_id: int) -> Iterator[Story]:
    """Trả lời của từng nơi được mời: attending, sending somebody, absent, or silent."""
    if call.answers == "none":
        return
    kinds = cycle(
        (Answer.ATTEND, Answer.ATTEND, Answer.SUBSTITUTE, Answer.ATTEND, Answer.ABSENT, Answer.ATTEND)
    )
    invitees = session.scalars(
        select(Invitee).where(Invitee.meeting_id == meeting_id).order_by(Invitee.position, Invitee.id)
    ).all()
    keys = {number: key for key, number in stage.city.agencies.items()}
    posts = {number: key for key, number in stage.city.posts.items()}
    for turn, invitee in enumerate(invitees):
        kind = next(kinds)
        key = keys[invitee.agency_id]
        silent = {"all": False, "most": turn % 4 == 3, "some": turn % 2 == 1}[call.answers]
        if silent or not agency(key).staffed:
            continue
        if invitee.post_id is not None:
            yield _person_answers(stage, call, invitee.id, posts[invitee.post_id], kind)
        else:
            yield _agency_answers(stage, call, invitee.id, key, kind)


def _agency_answers(stage: Stage, call: Call, invitee_id: int, key: str, kind: Answer) -> Story:
    yield _reply_time(stage, call)
    staffed = crew(key)
    invitee = session.get_one(Invitee, invitee_id)
    if kind == Answer.ABSENT:
        _answer(stage, staffed.clerk, invitee, kind, reason=stage.rng.choice(ABSENCE_REASONS))
    elif kind == Answer.SUBSTITUTE and len(staffed.leaders) > 1:
        people = [Named(post_id=stage.city.posts[staffed.leaders[1]])]
        _answer(stage, staffed.clerk, invitee, kind, people, reason=stage.rng.choice(SUBSTITUTE_NOTES))
    else:
        leader = stage.in_place_of(staffed.leaders[0])
        people = [Named(post_id=stage.city.posts[leader])]
        if invitee.seats > 1:
            people.append(Named(post_id=stage.city.posts[staffed.divisions[0].head]))
        _answer(stage, leader, invitee, Answer.ATTEND, people)


def _person_answers(stage: Stage, call: Call, invitee_id: int, post: str, kind: Answer) -> Story:
    yield _reply_time(stage, call)
    invitee = session.get_one(Invitee, invitee_id)
    if kind == Answer.ABSENT:
        _answer(stage, post, invitee, kind, reason=stage.rng.choice(ABSENCE_REASONS))
    else:
        _answer(stage, post, invitee, Answer.ATTEND)


def _answer(
    stage: Stage, by: str, invitee: Invitee, kind: Answer, people: Sequence[Named] = (), reason: str = ""
) -> None:
    if not _is_on(invitee.meeting_id):
        return
    service.answer(
        stage.actor(stage.in_place_of(by)),
        invitee.meeting_id,
        invitee.id,
        version=None,
        answer=kind,
        reason=reason,
        people=people,
    )


def _is_on(meeting_id: int) -> bool:
    return session.get_one(Meeting, meeting_id, populate_existing=True).state == MeetingState.CALLED


def _reply_time(stage: Stage, call: Call) -> datetime:
    """Some time between the call and shortly before the meeting."""
    return min(stage.soon(20, 500), call.starts - timedelta(minutes=stage.rng.randint(15, 40)))


def _reminded(stage: Stage, organizer: str, meeting_id: int) -> Story:
    yield stage.next_days(1, 1.5)
    if _is_on(meeting_id):
        service.remind(stage.actor(organizer), meeting_id)


# ── afterwards ───────────────────────────────────────────────────────────────


def _changed(stage: Stage, call: Call, organizer: str, meeting_id: int) -> None:
    reason = stage.rng.choice(MOVE_REASONS)
    if call.end == "cancelled":
        service.cancel(stage.actor(organizer), meeting_id, version=None, reason=reason)
        return
    day = stage.days.calendar.add(clock.local(call.starts).date(), 1)
    starts = clock.instant(day, clock.local(call.starts).time())
    schedule = Schedule(starts, starts + timedelta(minutes=call.minutes), _room(stage, call))
    service.move(stage.actor(organizer), meeting_id, version=None, schedule=schedule, reason=reason)


def _concluded(stage: Stage, organizer: str, meeting_id: int) -> Story:
    """The notice of conclusion: an issued document of the convening agency."""
    yield stage.next_days(1, 2)
    actor = stage.actor(organizer)
    sent = session.scalars(
        select(Document.id)
        .where(
            Document.agency_id == actor.agency_id,
            Document.direction == "outgoing",
            Document.state == "issued",
            Document.drafter_post_id == actor.post_id,
        )
        .order_by(Document.sort_at.desc())
        .limit(1)
    ).first()
    if sent is not None:
        service.record_conclusion(actor, meeting_id, version=None, document_id=sent)


# ── the programme ────────────────────────────────────────────────────────────


def play(stage: Stage) -> None:
    """Lịch họp: four weeks back, today, this week and next."""
    for call in (*_past(stage), *_today(stage), *_coming(stage)):
        stage.tell(called(stage, call))


_CHAIR, _URBAN, _ECONOMY = "city_chairman", "city_vice_chairman_1", "city_vice_chairman_2"
_SOME: Final = ("SXD", "STC", "SNNMT", "SYT", "SGDĐT", "SNV")
_ALL: Final = (*_SOME, "an-khanh", "thu-duc", "ben-thanh", "long-binh")


def _past(stage: Stage) -> Iterator[Call]:
    days = stage.days
    for ago, hour, chair, presenter, agencies, end in (
        (20, 8, _CHAIR, "STC", _SOME, "held"),
        (17, 14, _URBAN, "SXD", ("SXD", "SNNMT", "an-khanh", "thu-duc"), "waived"),
        (14, 9, _CHAIR, "SNNMT", ("SNNMT", "SXD", "STC"), "owed"),
        (10, 8, _ECONOMY, "STC", ("STC", "SXD", "SKHCN"), "held"),
        (8, 14, _CHAIR, "SXD", ("SXD", "STC", "SNNMT", "ben-thanh"), "owed"),
        (5, 9, _URBAN, "SXD", ("SXD", "long-binh", "an-khanh"), "cancelled"),
        (3, 8, _CHAIR, "SYT", ("SYT", "SNV", "STC"), "owed"),
        (2, 14, _ECONOMY, "SGDĐT", ("SGDĐT", "STC", "SXD"), "owed"),
    ):
        starts = clock.instant(days.day(ago), time(hour, 0))
        yield Call(
            "city",
            chair,
            starts,
            120,
            "a1" if hour < 12 else "b2",
            presenter,
            days.ago(ago + 4, 9, 10),
            agencies,
            answers="all",
            end=end,
        )
    yield Call(
        "SXD",
        "SXD.director",
        clock.instant(days.day(6), time(8)),
        90,
        "sxd-501",
        "SXD",
        days.ago(9, 9),
        ("an-khanh", "SNNMT"),
        ("SXD.head_of_division", "SXD.chief"),
        answers="all",
    )
    yield Call(
        "an-khanh",
        "an-khanh.chairman",
        clock.instant(days.day(4), time(14)),
        60,
        "an-khanh-1",
        "an-khanh",
        days.ago(7, 9),
        (),
        ("an-khanh.head_of_division", "an-khanh.head_of_division_2"),
        answers="all",
        end="owed",
    )


def _today(stage: Stage) -> Iterator[Call]:
    """Ba cuộc họp hôm nay: one running where the hour allows, one later."""
    days = stage.days
    local = clock.local(days.now)
    begun = (local - timedelta(minutes=40)).replace(
        minute=0 if local.minute < 40 else 30, second=0, microsecond=0
    )
    first = begun.time() if _OPENS <= local.time() < _CLOSES and begun.date() == days.today else time(8, 0)
    first = max(first, _OPENS)
    running = clock.instant(days.today, first)
    second = min(running + timedelta(minutes=150), clock.instant(days.today, time(21, 30)))
    third = running - timedelta(minutes=150)
    if clock.local(third).time() < _OPENS or clock.local(third).date() != days.today:
        third = min(second + timedelta(minutes=120), clock.instant(days.today, time(22, 0)))
    yield Call(
        "city",
        _CHAIR,
        running,
        120,
        "a1",
        "STC",
        days.ago(4, 8, 30),
        _ALL,
        ("office_chief", "economy_head"),
        papers=3,
        end="open",
    )
    yield Call(
        "city",
        _CHAIR,
        second,
        90,
        "b2",
        "SXD",
        days.ago(5, 9),
        ("SXD", "SNNMT", "an-khanh", "SQHKT"),
        ("urban_head", _URBAN),
        papers=2,
        end="open",
    )
    yield Call(
        "city",
        _CHAIR,
        third,
        60,
        "c1",
        "SYT",
        days.ago(3, 10),
        ("SYT", "SGDĐT", "SNV"),
        ("office_deputy_2",),
        answers="all",
        end="open",
    )


def _coming(stage: Stage) -> Iterator[Call]:
    days = stage.days

    def at(ahead: int, hour: int, minute: int = 0) -> datetime:
        return clock.instant(days.due_on(ahead), time(hour, minute))

    yield Call(
        "city",
        _CHAIR,
        at(1, 8),
        120,
        "a1",
        "SXD",
        days.ago(3, 9),
        _ALL,
        ("office_chief", "urban_head"),
        papers=2,
        answers="most",
    )
    yield Call(
        "city",
        _URBAN,
        at(1, 14),
        90,
        "b2",
        "SNNMT",
        days.ago(2, 9),
        ("SNNMT", "SXD", "thu-duc", "long-binh"),
        ("urban_head", "urban_specialist"),
        papers=0,
        answers="some",
    )
    yield Call(
        "city",
        _CHAIR,
        at(2, 9),
        90,
        "c1",
        "STC",
        days.ago(2, 14),
        ("STC", "SXD", "SKHCN", "SCT"),
        ("economy_head",),
        papers=0,
        answers="some",
    )
    yield Call(
        "city",
        _ECONOMY,
        at(3, 8),
        120,
        "hall",
        "STC",
        days.ago(4, 10),
        (*_SOME, "an-khanh", "can-gio", "con-dao"),
        papers=1,
        answers="some",
    )
    yield Call(
        "city",
        _CHAIR,
        at(3, 14),
        60,
        None,
        "SNV",
        days.ago(1, 9),
        ("SNV", "SKHCN"),
        ("office_chief",),
        papers=0,
        answers="none",
    )
    yield Call(
        "city",
        _URBAN,
        at(4, 8),
        90,
        "a1",
        "SXD",
        days.ago(4, 14),
        ("SXD", "STC", "ben-thanh"),
        papers=1,
        answers="most",
        end="moved",
    )
    yield Call(
        "city",
        _CHAIR,
        at(6, 8),
        150,
        "hall",
        "STC",
        days.ago(1, 14),
        _ALL,
        (_URBAN, _ECONOMY, "office_chief"),
        papers=0,
        answers="some",
    )
    yield Call(
        "city",
        _ECONOMY,
        at(7, 14),
        90,
        "b2",
        "SGDĐT",
        days.ago(3, 14),
        ("SGDĐT", "SNV"),
        papers=1,
        end="cancelled",
    )
    yield Call(
        "city", _CHAIR, at(8, 9), 90, "a1", "SXD", days.ago(1, 10), ("SXD", "SNNMT"), papers=0, end="draft"
    )
    yield Call(
        "SXD",
        "SXD.deputy",
        at(1, 14),
        90,
        "sxd-501",
        "SXD",
        days.ago(3, 9),
        ("an-khanh", "thu-duc"),
        ("SXD.head_of_division", "SXD.head_of_division_2"),
        papers=1,
        answers="most",
    )
    yield Call(
        "an-khanh",
        "an-khanh.chairman",
        at(2, 8),
        60,
        "an-khanh-1",
        "an-khanh",
        days.ago(2, 10),
        (),
        ("an-khanh.head_of_division", "an-khanh.specialist"),
        papers=1,
        answers="some",
    )
    yield Call(
        "thu-duc",
        "thu-duc.chairman",
        at(2, 14),
        90,
        "thu-duc-hall",
        "thu-duc",
        days.ago(2, 9),
        ("an-khanh", "long-binh"),
        ("thu-duc.head_of_division",),
        papers=0,
        answers="some",
    )
