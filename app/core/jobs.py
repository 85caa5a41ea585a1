"""Việc định kỳ: jobs declared beside their domain, run by the worker under a database lease, with a history."""

from __future__ import annotations

import logging
import re
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, logs
from app.core.db import Base, IdMixin, session

log = logging.getLogger("office.jobs")
HOLDER = f"{socket.gethostname()}-{uuid.uuid4().hex[:8]}"

JobFunction = Callable[[datetime], dict[str, int]]


@dataclass(frozen=True)
class Job:
    """Việc định kỳ: a name, a cron line in Asia/Ho_Chi_Minh, and a function asking "what is due and unmarked?"."""

    name: str
    cron: str
    title: str
    function: JobFunction
    lease_seconds: int = 600


registry: dict[str, Job] = {}


def job(
    name: str, *, cron: str, title: str, lease_seconds: int = 600
) -> Callable[[JobFunction], JobFunction]:
    """Đăng ký một việc định kỳ. The function gets ``now`` and returns counts; a missed or doubled tick must be harmless."""

    def decorate(function: JobFunction) -> JobFunction:
        registry[name] = Job(name, _with_day_names(cron), title, function, lease_seconds)
        return function

    return decorate


_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _with_day_names(cron: str) -> str:
    """A cron line whose days of the week are names: APScheduler counts them from Monday, cron from Sunday."""
    *rest, days = cron.split()
    return " ".join([*rest, re.sub(r"(?<![\w/])[0-7](?!\w)", lambda m: _DAYS[int(m.group())], days)])


class JobLease(Base):
    """Quyền chạy: which worker holds a job, until when by database time."""

    __tablename__ = "job_lease"
    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


class JobRun(IdMixin, Base):
    """Lịch sử chạy: start, end, counts and error of each run; unique per job and slot."""

    __tablename__ = "job_run"
    name: Mapped[str]
    slot: Mapped[datetime]
    holder: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any] | None]
    error: Mapped[str | None]
    __table_args__ = (
        Index("uq_job_run_name_slot", "name", "slot", unique=True),
        Index("ix_job_run_started_at", "started_at"),
    )


_TAKE = text("""
INSERT INTO job_lease (name, holder, until)
VALUES (:name, :holder, clock_timestamp() + make_interval(secs => :secs))
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE job_lease.until < clock_timestamp()
RETURNING holder
""")
_BEGIN = text("""
INSERT INTO job_run (name, slot, holder, started_at) VALUES (:name, :slot, :holder, :now)
ON CONFLICT (name, slot) DO NOTHING RETURNING id
""")


def run(name: str, slot: datetime) -> bool:
    """Chạy một lượt: nothing happens when another worker holds the job or has done this slot.

    :param slot: the planned instant of the tick, truncated to the minute by the caller.
    :returns: whether this call did the work.
    """
    with logs.about(f"job-{name}"):
        return _run(registry[name], slot)


def _run(item: Job, slot: datetime) -> bool:
    name = item.name
    if not session.execute(_TAKE, {"name": name, "holder": HOLDER, "secs": item.lease_seconds}).first():
        session.rollback()
        return False
    run_id = session.execute(
        _BEGIN, {"name": name, "slot": slot, "holder": HOLDER, "now": clock.now()}
    ).scalar()
    session.commit()
    try:
        if run_id is not None:
            _work(item, run_id)
    finally:
        session.rollback()
        session.execute(
            text("DELETE FROM job_lease WHERE name = :name AND holder = :holder"),
            {"name": name, "holder": HOLDER},
        )
        session.commit()
    return run_id is not None


def _work(item: Job, run_id: int) -> None:
    error, counts = None, None
    try:
        counts = item.function(clock.now())
    except Exception as problem:
        session.rollback()
        log.exception("job %s failed", item.name)
        error = f"{type(problem).__name__}: {problem}"[:2000]
    record = session.get(JobRun, run_id)
    if record is not None:
        record.finished_at, record.counts, record.error = clock.now(), counts, error
    session.commit()
