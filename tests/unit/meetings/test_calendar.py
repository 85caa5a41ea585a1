"""Lịch tuần và các danh sách việc: the right meetings for the right people, by index."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from app.core.db import db, session
from app.meetings import queries, service
from app.meetings.models import Answer
from tests.unit.meetings.making import THURSDAY, at, called, draft, invitee, make_room, move_clock, schedule
from tests.unit.meetings.test_answering import reply
from tests.world import World

MONDAY = date(2026, 11, 23)


def titles(world: World, key: str, *, own: bool, first: date = MONDAY, days: int = 7) -> list[str]:
    return [e.title for e in queries.entries(world.people[key].actor, first, days, own=own)]


def test_my_week_is_where_i_take_part_and_the_agency_s_is_more(world: World) -> None:
    called(world, title="Một")
    draft(world, title="Dự thảo", schedule=schedule("08:00", "09:00"))

    assert titles(world, "vice_chairman", own=True) == ["Dự thảo", "Một"]
    assert titles(world, "city_head", own=True) == ["Một"]
    assert titles(world, "chairman", own=True) == []
    assert titles(world, "chairman", own=False) == ["Một"]
    assert titles(world, "office_chief", own=False) == ["Dự thảo", "Một"]
    assert titles(world, "director", own=True) == []
    assert titles(world, "director", own=False) == ["Một"]
    assert titles(world, "specialist", own=False) == []
    assert titles(world, "vice_chairman", own=True, first=MONDAY + timedelta(days=7)) == []


def test_an_entry_tells_what_the_viewer_needs(world: World) -> None:
    meeting = called(world, room=make_room(world))
    reply(world, meeting, "director2", "director2", Answer.ATTEND)

    (chair,) = queries.entries(world.vice_chairman.actor, MONDAY, 7, own=True)
    (head,) = queries.entries(world.city_head.actor, MONDAY, 7, own=True)

    assert (chair.chairs, chair.takes_part, chair.waits, chair.organizes) == (True, True, False, True)
    assert (chair.invited, chair.answered, chair.location) == (4, 1, "Phòng họp A1")
    assert (head.chairs, head.waits, head.organizes, head.invited) == (False, True, False, 0)


def test_who_was_sent_finds_the_meeting_in_his_week(world: World) -> None:
    meeting = called(world)
    reply(world, meeting, "clerk", "dept", Answer.ATTEND, people=[service.Named(world.specialist.post_id)])
    assert titles(world, "specialist", own=True) == [meeting.title]


def test_a_discarded_draft_disappears_and_a_cancelled_meeting_stays(world: World) -> None:
    first, second = draft(world, title="Bỏ"), called(world, title="Hủy", schedule=schedule("08:00", "09:00"))
    for meeting in (first, second):
        service.cancel(world.secretary.actor, meeting.id, version=meeting.version, reason="x")
    assert titles(world, "vice_chairman", own=True) == ["Hủy"]


def test_the_week_is_laid_out_by_day_and_half(world: World, frozen_monday) -> None:
    called(world, title="Sáng", schedule=schedule("11:59", "12:30"))
    called(world, title="Chiều", schedule=schedule("12:00", "13:00"))
    move_clock(frozen_monday, "12:10")
    days = queries.week(queries.entries(world.vice_chairman.actor, MONDAY, 7, own=True), MONDAY)
    assert [d.date.isoformat() for d in days][0:7:6] == ["2026-11-23", "2026-11-29"]
    thursday = days[3]
    assert thursday.today
    assert [e.title for e in thursday.morning + thursday.afternoon] == ["Sáng", "Chiều"]
    assert [e.is_now for e in thursday.morning + thursday.afternoon] == [True, True]
    assert queries.monday_of(THURSDAY) == MONDAY


def test_the_secretary_s_lists_hold_exactly_what_is_open(world: World, frozen_monday) -> None:
    meeting = called(world)
    actor = world.secretary.actor
    (row,) = queries.silent(queries.upcoming(actor))
    assert (row.meeting_id, row.invited, row.silent, row.reminded_at) == (meeting.id, 4, 4, None)
    assert [b.meeting_id for b in queries.without_papers(queries.upcoming(actor), at("17:00"))] == [
        meeting.id
    ]
    assert queries.without_papers(queries.upcoming(actor), at("13:00")) == []
    for who, whose in (
        ("director", "dept"),
        ("ward_chairman", "ward"),
        ("director2", "director2"),
        ("city_head", "city_head"),
    ):
        reply(world, meeting, who, whose, Answer.ATTEND)
    assert queries.silent(queries.upcoming(actor)) == []
    assert queries.upcoming(world.clerk.actor) == []
    move_clock(frozen_monday, "14:00")
    assert queries.without_papers(queries.upcoming(actor), at("17:00")) == []


def test_invitations_to_answer_end_when_the_meeting_begins(world: World, frozen_monday) -> None:
    meeting = called(world)
    assert [w.invitee_id for w in queries.waiting(world.city_head.actor, limit=9)] == [
        invitee(meeting, world, "city_head").id
    ]
    move_clock(frozen_monday, "14:00")
    assert queries.waiting(world.city_head.actor, limit=9) == []
    assert session.execute(queries.waiting_count(world.city_head.actor)).scalar_one() == 0


@pytest.mark.parametrize("own", [True, False])
def test_a_week_is_one_statement_and_no_scan_of_the_meetings(world: World, own: bool) -> None:
    """2,000 meetings with 60,000 invitations: measured by the benchmark; here the plans are held to the indexes."""
    called(world)
    session.execute(
        text(
            "INSERT INTO record_access (principal_id, kind, record_id, sort_at, open, reason) "
            "SELECT 1000000 + n % 500, 4, 1000000 + n, now() + n * interval '1 hour', n % 3 = 0, 'invited' FROM generate_series(1, 60000) n"
        )
    )
    session.execute(text("ANALYZE record_access"))
    seen: list[tuple[str, object]] = []

    def listen(_c, _cursor, statement, parameters, _context, _many) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        actor = world.secretary.actor
        seen.clear()
        assert len(queries.entries(actor, MONDAY, 7, own=own)) == 1
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)

    assert len(seen) == 1
    statement, parameters = seen[0]
    cursor = session.connection().connection.cursor()
    plan = "\n".join(r[0] for r in cursor.execute(f"EXPLAIN {statement}", parameters).fetchall())
    assert "Seq Scan on record_access" not in plan, plan
