"""Việc định kỳ: did it run when it should, and how did it go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, text

from app.core import clock, jobs, limits
from app.core.db import session
from app.core.jobs import Job, JobRun
from app.notifications.labels import error_words
from app.notifications.timetable import last_slot, next_slot

HEARTBEAT = "notifications.heartbeat"
_GRACE = timedelta(minutes=5)
_HEARTBEAT_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True)
class JobHealth:
    """Tình trạng một việc định kỳ: its last run against the slot at which it should have run."""

    name: str
    title: str
    cron: str
    state: str  # good, running, waiting, late or failed
    last: JobRun | None
    due_at: datetime
    next_at: datetime


@dataclass(frozen=True)
class RunRow:
    """Một lượt chạy."""

    started_at: datetime
    took: timedelta | None
    counts: dict[str, int]
    error: str


# The last run of each job: one short index walk per name, however long the history is.
_NEWEST = text("""
SELECT r.id FROM unnest(CAST(:names AS text[])) AS n(name)
CROSS JOIN LATERAL (SELECT id FROM job_run WHERE name = n.name ORDER BY slot DESC LIMIT 1) r
""")


def _newest(names: list[str]) -> Sequence[JobRun]:
    ids = session.scalars(_NEWEST, {"names": names}).all()
    return session.scalars(select(JobRun).where(JobRun.id.in_(ids))).all()


def jobs_health(now: datetime) -> list[JobHealth]:
    """Mọi việc định kỳ và tình trạng của chúng."""
    newest = {run.name: run for run in _newest(list(jobs.registry))}
    found = [_health(item, newest.get(item.name), now) for item in jobs.registry.values()]
    return sorted(found, key=lambda h: (h.state not in ("late", "failed"), h.title))


def _health(item: Job, last: JobRun | None, now: datetime) -> JobHealth:
    due_at = last_slot(item.cron, now - _GRACE)
    if last is None:
        state = "waiting"
    elif last.finished_at is None and now - last.started_at < timedelta(seconds=item.lease_seconds):
        state = "running"
    elif last.slot < due_at:
        state = "late"
    elif last.error is not None or last.finished_at is None:
        state = "failed"
    else:
        state = "good"
    return JobHealth(item.name, item.title, item.cron, state, last, due_at, next_slot(item.cron, now))


def runs_of(name: str, *, limit: int = limits.PAGE_ROWS) -> Sequence[RunRow]:
    """Các lượt chạy gần nhất của một việc."""
    rows = session.scalars(
        select(JobRun).where(JobRun.name == name).order_by(JobRun.slot.desc()).limit(limit)
    )
    return [
        RunRow(
            started_at=r.started_at,
            took=r.finished_at - r.started_at if r.finished_at else None,
            counts=r.counts or {},
            error=error_words(r.error),
        )
        for r in rows
    ]


def is_worker_alive() -> bool:
    """Tiến trình nền có đang chạy không: its heartbeat is at most two minutes old."""
    last = session.scalar(
        select(JobRun.started_at).where(JobRun.name == HEARTBEAT).order_by(JobRun.slot.desc()).limit(1)
    )
    return last is not None and clock.now() - last < _HEARTBEAT_WITHIN
