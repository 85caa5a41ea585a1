"""Việc định kỳ: each slot once, however many workers; a history of what each run did."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from app.core import jobs
from app.core.db import session
from app.core.jobs import JobLease, JobRun, job
from tests.unit.core.conftest import Crowd
from tests.world import World

SLOT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
ran: list[datetime] = []
_lock = threading.Lock()


@pytest.fixture(autouse=True)
def own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Việc của kiểm thử không ở lại."""
    ran.clear()
    monkeypatch.setattr(jobs, "registry", dict(jobs.registry))

    @job("test.count", cron="30 7 * * 1-5", title="Đếm thử")
    def count(now: datetime) -> dict[str, int]:
        with _lock:
            ran.append(now)
        return {"seen": len(ran)}

    @job("test.break", cron="* * * * *", title="Hỏng thử")
    def break_down(now: datetime) -> dict[str, int]:
        session.execute(text("INSERT INTO counter (series, year, last) VALUES ('x', 1, 1)"))
        raise ZeroDivisionError("chia cho không")


def runs(name: str) -> list[JobRun]:
    session.expire_all()
    return list(session.scalars(select(JobRun).where(JobRun.name == name).order_by(JobRun.slot)))


def test_a_slot_is_run_once_and_the_next_again(world: World) -> None:
    assert jobs.run("test.count", SLOT)
    assert not jobs.run("test.count", SLOT)
    assert jobs.run("test.count", SLOT + timedelta(days=1))
    assert [(r.slot, r.counts, r.error) for r in runs("test.count")] == [
        (SLOT, {"seen": 1}, None),
        (SLOT + timedelta(days=1), {"seen": 2}, None),
    ]
    assert all(r.finished_at for r in runs("test.count"))
    assert session.scalars(select(JobLease)).all() == []


def test_a_broken_run_is_told_undone_and_hinders_no_later_one(world: World) -> None:
    assert jobs.run("test.break", SLOT)
    (run,) = runs("test.break")
    assert run.error == "ZeroDivisionError: chia cho không"
    assert run.finished_at is not None
    assert run.counts is None
    assert session.execute(text("SELECT count(*) FROM counter WHERE series = 'x'")).scalar() == 0
    assert jobs.run("test.break", SLOT + timedelta(minutes=1))


def test_a_held_job_waits_until_the_lease_ends(world: World) -> None:
    lease = "INSERT INTO job_lease VALUES ('test.count', 'another', clock_timestamp() + interval '{}')"
    session.execute(text(lease.format("1 minute")))
    session.commit()
    assert not jobs.run("test.count", SLOT)
    assert runs("test.count") == []

    session.execute(text("UPDATE job_lease SET until = clock_timestamp() - interval '1 second'"))
    session.commit()
    assert jobs.run("test.count", SLOT), "its holder died: by database time the lease is over"


@pytest.mark.parametrize(
    ("cron", "named"),
    [
        ("30 7 * * 1-5", "30 7 * * mon-fri"),
        ("30 7 * * 0", "30 7 * * sun"),
        ("30 7 * * 7", "30 7 * * sun"),
        ("0 8 * * 1,3,5", "0 8 * * mon,wed,fri"),
        ("*/5 * * * *", "*/5 * * * *"),
        ("0 8 * * */2", "0 8 * * */2"),
        ("0 8 1 * mon", "0 8 1 * mon"),
    ],
)
def test_days_of_the_week_are_those_of_cron(cron: str, named: str) -> None:
    job("test.named", cron=cron, title="x")(lambda _now: {})
    assert jobs.registry["test.named"].cron == named


def test_a_monday_to_friday_job_fires_on_monday_and_not_on_saturday() -> None:
    from app.notifications.timetable import last_slot, next_slot

    cron = jobs.registry["test.count"].cron
    friday_evening = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    assert next_slot(cron, friday_evening) == datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
    assert last_slot(cron, datetime(2026, 11, 30, 0, 29, tzinfo=UTC)) == datetime(
        2026, 11, 27, 0, 30, tzinfo=UTC
    )


def test_every_job_of_the_product_has_a_title_and_a_readable_timetable() -> None:
    from app.notifications.timetable import next_slot

    for item in jobs.registry.values():
        assert item.title[0].isupper(), item.name
        assert next_slot(item.cron, SLOT) > SLOT


@pytest.mark.commits
def test_of_many_workers_one_runs_the_slot(crowd: Crowd) -> None:
    results = crowd.all_do(8, lambda _n: jobs.run("test.count", SLOT))
    assert results.count(True) == 1
    assert results.count(False) == 7
    assert len(ran) == 1
    assert len(runs("test.count")) == 1
