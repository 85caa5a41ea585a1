"""Nhắc hạn: due soon and overdue, in working days, once each, whatever becomes of the worker."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from app.core import clock, jobs
from app.core.db import db, session
from app.core.working_days import due_instant
from app.directives import service
from app.directives.jobs import flag
from app.directives.models import DeadlineFlag, DirectivePart
from tests.unit.directives import given

SOON, TODAY, OVERDUE, STILL = (
    "DirectiveDueSoon",
    "DirectiveDueToday",
    "DirectiveOverdue",
    "DirectiveStillOverdue",
)
STEPS = (SOON, TODAY, OVERDUE, STILL)
TODAY_AT = given.local(date(2026, 12, 4))
STILL_AT = given.local(date(2026, 12, 9))  # the third working day after
SOON_AT = given.local(date(2026, 12, 1))  # three working days before Friday 04/12
DUE_AT = given.local(date(2026, 12, 5))  # hết ngày 04/12


def tick() -> int:
    """Một lượt của tiến trình nền."""
    return flag(clock.now())["flagged"]


def told(part: DirectivePart) -> list[str]:
    """Các lần nhắc đã ghi."""
    return [e for e in given.events(part) if e in STEPS]


def test_each_step_is_told_once_at_its_instant(world, frozen_monday):
    part = given.in_progress(world)
    for moment, expected in (
        (SOON_AT - timedelta(microseconds=1), []),
        (SOON_AT, [SOON]),
        (SOON_AT + timedelta(minutes=5), [SOON]),
        (TODAY_AT - timedelta(microseconds=1), [SOON]),
        (TODAY_AT, [SOON, TODAY]),
        (DUE_AT - timedelta(microseconds=1), [SOON, TODAY]),
        (DUE_AT, [SOON, TODAY, OVERDUE]),
        (STILL_AT - timedelta(microseconds=1), [SOON, TODAY, OVERDUE]),
        (STILL_AT, list(STEPS)),
        (STILL_AT + timedelta(days=30), list(STEPS)),
    ):
        frozen_monday.move_to(moment)
        tick()
        tick()
        assert told(part) == expected, moment
    assert part.next_flag_at is None


def test_lead_and_assigner_are_told(world, frozen_monday):
    from app.org.queries import holders_of_principals

    part = given.in_progress(world)
    frozen_monday.move_to(DUE_AT)
    tick()
    (notice,) = given.notices(part, "Quá hạn (hạn 04/12/2026)")
    people = {person_id for person_id, _post in holders_of_principals(notice.principals)}
    assert people == {
        getattr(world, who).person_id
        for who in ("chairman", "director", "deputy_director", "head", "specialist")
    }


def test_each_step_goes_one_higher(world, frozen_monday):
    from app.org.queries import holders_of_principals

    part = given.in_progress(world)
    told_to = {}
    for moment, words in (
        (SOON_AT, "Sắp đến hạn 04/12/2026"),
        (TODAY_AT, "Đến hạn hôm nay 04/12/2026"),
        (STILL_AT, "Vẫn quá hạn (hạn 04/12/2026)"),
    ):
        frozen_monday.move_to(moment)
        tick()
        (notice,) = given.notices(part, words)
        people = {p for p, _post in holders_of_principals(notice.principals)}
        told_to[words[:4]] = {who for who in PEOPLE if getattr(world, who).person_id in people}
    assert told_to["Sắp "] == {"head", "specialist"}
    assert told_to["Đến "] == {"head", "specialist", "city_specialist"}
    assert {"chairman", "office_chief", "city_specialist", "director"} <= told_to["Vẫn "]
    assert "specialist" not in told_to["Vẫn "]


PEOPLE = ("chairman", "office_chief", "city_specialist", "director", "head", "specialist", "specialist2")


def test_silence_for_two_working_days_counts_as_accepted(world, frozen_monday):
    part, asked = given.assigned(world), given.assigned(world, due_at=None)
    service.request_lead_change(world.director.actor, asked.id, reason="Không thuộc lĩnh vực.")
    frozen_monday.move_to(given.local(date(2026, 11, 26)) - timedelta(microseconds=1))
    tick()
    assert part.state == "assigned"
    frozen_monday.move_to(given.local(date(2026, 11, 26)))
    tick()
    tick()
    assert (part.state, part.received_at) == ("received", None)
    assert given.events(part).count("DirectiveTakenSilently") == 1
    assert asked.state == "assigned"  # it has not been silent
    assert part.next_flag_at == SOON_AT


def test_leaders_get_one_digest_a_week(world, frozen_monday):
    from app.directives.jobs import weekly
    from app.notifications.models import Mail
    from app.org.models import Person

    given.in_progress(world)
    session.get_one(Person, world.chairman.person_id).email = "chu-tich@vi-du.vn"
    frozen_monday.move_to(given.local(date(2026, 12, 7), 7, 30))
    assert weekly(clock.now())["sent"] == 1
    weekly(clock.now())
    (mail,) = session.scalars(select(Mail).where(Mail.key.startswith("directives.weekly"))).all()
    assert "Sở Xây dựng: 1 nhiệm vụ" in mail.body


def test_after_an_outage_only_what_is_true_now_is_told(world, frozen_monday):
    part = given.in_progress(world)
    frozen_monday.move_to(DUE_AT + timedelta(days=3))
    tick()
    assert told(part) == [OVERDUE]


def test_a_clock_that_steps_back_repeats_nothing(world, frozen_monday):
    part = given.in_progress(world)
    frozen_monday.move_to(DUE_AT)
    tick()
    frozen_monday.move_to(SOON_AT)
    tick()
    frozen_monday.move_to(DUE_AT)
    tick()
    assert told(part) == [OVERDUE]


def test_reported_work_is_not_flagged_and_returned_work_is(world, frozen_monday):
    part = given.reported_done(world)
    frozen_monday.move_to(DUE_AT + timedelta(hours=1))
    assert tick() == 0
    service.send_back(world.chairman.actor, part.id, reason="Thiếu biên bản.")
    assert tick() == 1
    assert told(part) == [OVERDUE]


@pytest.mark.parametrize("state", ["completed", "withdrawn"])
def test_closed_work_is_not_flagged(world, frozen_monday, state):
    part = given.STATES[state](world)
    frozen_monday.move_to(DUE_AT + timedelta(days=1))
    assert tick() == 0
    assert told(part) == []


def test_a_new_deadline_is_flagged_anew(world, frozen_monday):
    part, request = given.asked_for_more_time(world, date(2026, 12, 18))
    frozen_monday.move_to(SOON_AT)
    tick()
    service.agree_extension(world.chairman.actor, part.id, request.id)
    frozen_monday.move_to(DUE_AT)
    assert tick() == 0
    frozen_monday.move_to(given.local(date(2026, 12, 15)))
    tick()
    frozen_monday.move_to(due_instant(date(2026, 12, 18)))
    tick()
    assert told(part) == [SOON, SOON, OVERDUE]


def test_an_hour_in_the_deadline_counts(world, frozen_monday):
    due = given.local(date(2026, 11, 25), 10, 30)
    part = given.in_progress(world, due_at=due)
    frozen_monday.move_to(due - timedelta(seconds=1))
    tick()
    assert told(part) == [TODAY]
    frozen_monday.move_to(due)
    tick()
    assert told(part) == [TODAY, OVERDUE]


def test_without_a_deadline_nothing_is_flagged(world, frozen_monday):
    part = given.in_progress(world, due_at=None)
    frozen_monday.shift(timedelta(days=400))
    assert tick() == 0
    assert told(part) == []


def test_one_bad_part_does_not_stop_the_others(world, frozen_monday, monkeypatch):
    bad, good = given.in_progress(world), given.in_progress(world)
    frozen_monday.move_to(SOON_AT)
    real, bad_id = service.raise_flag, bad.id

    def stumble(actor, part_id, now):
        if part_id == bad_id:
            raise RuntimeError("hỏng")
        return real(actor, part_id, now)

    with monkeypatch.context() as patched:
        patched.setattr("app.directives.jobs.service.raise_flag", stumble)
        assert flag(clock.now()) == {"flagged": 1, "failed": 1}
    assert flag(clock.now()) == {"flagged": 1, "failed": 0}
    assert told(bad) == told(good) == [SOON]


def test_a_tick_reads_only_what_is_due(world, frozen_monday):
    for _ in range(5):
        given.in_progress(world)
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        tick()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    asked = [s for s in statements if "directive_part" in s]
    assert len(asked) == 1
    plan = session.execute(
        select(func.count()).select_from(DirectivePart).where(DirectivePart.next_flag_at <= clock.now())
    ).scalar()
    assert plan == 0


def test_ninety_days_of_ticks_tell_each_step_once(world, frozen_monday):
    parts = [
        given.in_progress(world, due_at=due_instant(date(2026, 11, 25) + timedelta(days=3 * n)))
        for n in range(25)
    ]
    for day in range(90):
        if day % 7 not in (2, 3):  # the worker is down two days of each week
            frozen_monday.move_to(given.local(date(2026, 11, 23) + timedelta(days=day), 7 + day % 3))
            tick()
            tick()
    for part in parts:
        steps = told(part)
        assert steps.count(STILL) == 1
        assert all(steps.count(step) <= 1 for step in STEPS)
        assert steps == [s for s in STEPS if s in steps]
    assert given.rows(DeadlineFlag) == sum(len(told(p)) for p in parts)


@pytest.mark.commits
def test_two_workers_at_once_tell_once(committed, frozen_monday):
    app, world = committed
    ids = [given.in_progress(world).id for _ in range(6)]
    session.remove()
    frozen_monday.move_to(SOON_AT)
    barrier, problems = threading.Barrier(2), []

    def work(slot: datetime) -> None:
        with app.app_context():
            try:
                barrier.wait(10)
                flag(clock.now())
            except Exception as problem:  # noqa: BLE001 - told by the test below
                problems.append(problem)
            finally:
                session.remove()

    workers = [threading.Thread(target=work, args=(clock.now(),)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert not problems
    for part_id in ids:
        assert told(session.get_one(DirectivePart, part_id)) == [SOON]
    assert given.rows(DeadlineFlag) == len(ids)


@pytest.mark.commits
def test_the_worker_runs_it_under_its_lease(committed, frozen_monday):
    _app, world = committed
    part_id = given.in_progress(world).id
    session.remove()
    frozen_monday.move_to(SOON_AT)
    assert jobs.run("directives.flag", clock.now())
    assert not jobs.run("directives.flag", clock.now())  # the same slot, another worker
    run = session.scalars(select(jobs.JobRun).where(jobs.JobRun.name == "directives.flag")).one()
    assert (run.counts, run.error) == ({"flagged": 1, "failed": 0}, None)
    assert told(session.get_one(DirectivePart, part_id)) == [SOON]
