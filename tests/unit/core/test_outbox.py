"""Hàng đợi gửi: stored with the act, delivered after it, once by one of many, again when it failed, parked at last."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from app.core import clock, events, limits, outbox
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.events import AfterHandler, Event, after, emit, from_json, on, queue, to_json
from app.core.outbox import Later, Outbox
from app.core.use_case import use_case
from tests.unit.core.conftest import Crowd
from tests.unit.core.facts import NumberTaken, NumberTakenInHaste, Rich, Told
from tests.world import World

heard: list[tuple[str, int]] = []
_lock = threading.Lock()


@pytest.fixture(autouse=True)
def own_subscribers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Người nghe của kiểm thử không ở lại sau kiểm thử."""
    heard.clear()
    for name in ("_on", "_after", "after_handlers"):
        kept = getattr(events, name)
        monkeypatch.setattr(events, name, {k: list(v) if isinstance(v, list) else v for k, v in kept.items()})
    monkeypatch.setattr(outbox, "after_handlers", events.after_handlers)


def listen(
    name: str, event: type[Event] = NumberTaken, *, fails: int = 0, delay: timedelta = timedelta(0)
) -> None:
    left = [fails]

    def hear(fact: NumberTaken, outbox_id: int) -> None:
        """Nghe thử."""
        if left[0]:
            left[0] -= 1
            raise ConnectionError(f"{name} is down")
        with _lock:
            heard.append((name, fact.number if isinstance(fact, NumberTaken) else outbox_id))

    hear.__name__ = name
    after(event, delay=delay)(hear)


@use_case
def take(actor, number: int, *, then: Exception | None = None, kind: type[NumberTaken] = NumberTaken) -> None:
    emit(actor, kind(kind=2, record_id=number, number=number))
    if then:
        raise then


def deliver_all() -> None:
    while outbox.dispatch():
        pass


def rows() -> list[Outbox]:
    session.expire_all()
    return list(session.scalars(select(Outbox).order_by(Outbox.id)))


def test_an_effect_follows_its_act_and_none_follows_an_undone_one(world: World) -> None:
    listen("mail")
    take(SYSTEM, 1)
    with pytest.raises(RuntimeError):
        take(SYSTEM, 2, then=RuntimeError())
    assert heard == [], "nothing goes out inside the act"

    deliver_all()

    assert heard == [("mail", 1)]
    assert rows()[0].done_at is not None


def test_each_subscriber_has_its_own_row_and_a_parent_events_subscribers_hear_too(world: World) -> None:
    listen("mail")
    listen("exchange", NumberTakenInHaste)
    take(SYSTEM, 1, kind=NumberTakenInHaste)
    assert len(rows()) == 2
    deliver_all()
    assert sorted(heard) == [("exchange", 1), ("mail", 1)]


def test_a_subscriber_of_the_same_transaction_can_refuse_the_act(world: World) -> None:
    @on(NumberTaken)
    def refuse(_actor, fact: NumberTaken) -> None:
        raise ValueError(fact.number)

    listen("mail")
    with pytest.raises(ValueError):
        take(SYSTEM, 5)
    assert rows() == []


def test_a_delayed_effect_waits(world: World, frozen_monday: time_machine.Traveller) -> None:
    listen("mail", delay=timedelta(seconds=limits.UNDO_SECONDS))
    take(SYSTEM, 1)
    deliver_all()
    assert heard == []
    frozen_monday.shift(timedelta(seconds=limits.UNDO_SECONDS + 1))
    deliver_all()
    assert heard == [("mail", 1)]


def test_an_effect_can_be_queued_for_later_without_a_record(
    world: World, frozen_monday: time_machine.Traveller
) -> None:
    from app.audit.models import AuditEntry

    listen("bell", Told)
    queue(Told(kind=0, record_id=1), not_before=clock.now() + timedelta(minutes=5))
    session.commit()
    deliver_all()
    assert heard == []
    frozen_monday.shift(timedelta(minutes=6))
    deliver_all()
    assert [name for name, _ in heard] == ["bell"]
    assert session.scalars(select(AuditEntry)).all() == []


def test_failures_wait_longer_each_time_then_stop_for_a_person(
    world: World, frozen_monday: time_machine.Traveller
) -> None:
    listen("mail", fails=limits.OUTBOX_ATTEMPTS)
    take(SYSTEM, 1)
    waits = []
    for _ in range(limits.OUTBOX_ATTEMPTS):
        deliver_all()
        (row,) = rows()
        waits.append((row.not_before - clock.now()).total_seconds())
        frozen_monday.move_to(row.not_before + timedelta(seconds=1))
    assert waits[0] < waits[1] < waits[2] < waits[3]
    assert max(waits) <= 900 * 1.2
    assert rows()[0].parked_at is not None
    assert rows()[0].error == "ConnectionError: mail is down"
    deliver_all()
    assert heard == []

    outbox.resend(rows()[0].id)
    session.commit()
    deliver_all()
    assert heard == [("mail", 1)]
    assert rows()[0].error is None


def test_poison_does_not_hold_up_the_others(world: World) -> None:
    listen("broken", fails=99)
    listen("mail")
    for number in range(30):
        take(SYSTEM, number)
    deliver_all()
    assert len(heard) == 30


def test_an_unknown_handler_is_kept_and_told(world: World) -> None:
    listen("mail")
    take(SYSTEM, 1)
    session.execute(update(Outbox).values(handler="gone.subscribers.mail:NumberTaken"))
    session.commit()
    deliver_all()
    assert "no handler named gone" in (rows()[0].error or "")
    assert rows()[0].done_at is None


def test_later_is_no_failure(world: World, frozen_monday: time_machine.Traveller) -> None:
    turns = []

    def shy(_fact: NumberTaken, _outbox_id: int) -> None:
        """Chờ lượt."""
        turns.append(clock.now())
        if len(turns) < 20:
            raise Later(clock.now() + timedelta(seconds=30))

    after(NumberTaken)(shy)
    take(SYSTEM, 1)
    for _ in range(25):
        deliver_all()
        frozen_monday.shift(timedelta(seconds=31))
    assert len(turns) == 20
    assert rows()[0].done_at is not None
    assert rows()[0].attempts == 1


def test_a_dead_workers_row_is_taken_up_when_its_lease_ends(
    world: World, frozen_monday: time_machine.Traveller
) -> None:
    listen("mail")
    take(SYSTEM, 1)
    assert len(outbox.claim()) == 1  # … and the worker dies here
    deliver_all()
    assert heard == []
    outbox.resend(rows()[0].id)
    session.commit()
    deliver_all()
    assert heard == [], "what a worker holds is not given to another"
    frozen_monday.shift(timedelta(minutes=6))
    deliver_all()
    assert heard == [("mail", 1)]


def test_old_finished_rows_are_dropped_and_no_others(
    world: World, frozen_monday: time_machine.Traveller
) -> None:
    listen("mail")
    take(SYSTEM, 1)
    deliver_all()
    frozen_monday.shift(timedelta(days=8))
    take(SYSTEM, 2)
    assert outbox.drop_done(clock.now() - timedelta(days=7)) == 1
    assert [r.record_id for r in rows()] == [2]


def test_an_event_survives_json() -> None:
    fact = Rich(
        kind=1,
        record_id=2,
        agency_id=None,
        words="2026-11-23 Đường",
        on=date(2026, 11, 23),
        at=datetime(2026, 11, 23, 1, 0, 0, 123456, UTC),
        until=None,
        people=(1, 2),
        is_final=True,
    )
    assert from_json(Rich, to_json(fact)) == fact
    assert from_json(Rich, to_json(fact) | {"an_older_field": 1}) == fact
    assert isinstance(outbox.after_handlers, dict)
    assert all(isinstance(h, AfterHandler) for h in outbox.after_handlers.values())


def test_nothing_happens_unrecorded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_recorder", None)
    with pytest.raises(RuntimeError, match="unrecorded"):
        take(SYSTEM, 1)


@pytest.mark.commits
def test_many_dispatchers_deliver_each_row_once(crowd: Crowd) -> None:
    listen("mail")
    for number in range(120):
        take(SYSTEM, number)

    claimed = crowd.all_do(4, lambda _n: sum(iter(lambda: outbox.dispatch(5), 0)))

    assert sum(claimed) == 120, claimed
    assert sum(1 for c in claimed if c) >= 2, "they did work side by side"
    assert sorted(n for _, n in heard) == list(range(120))
    unfinished = session.scalars(
        select(func.count()).select_from(Outbox).where(Outbox.done_at.is_(None))
    ).one()
    assert unfinished == 0
