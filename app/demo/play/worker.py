"""Việc định kỳ: the jobs that keep deadlines and send the morning's mail, run at their own hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.core import clock, jobs
from app.core.db import session
from app.demo.play.stage import Stage, Story

_FLAGS = "directives.flag"
_DIGEST = "notifications.digest"
_DIGEST_DAYS = 3  # earlier mornings' mail is only marked as sent


def keep_time(stage: Stage, since: datetime) -> Story:
    """Nhắc hạn: right after midnight, when deadlines pass, and in the morning."""
    day = clock.local(since).date()
    while True:
        yield clock.instant(day, time(0, 1))
        jobs.registry[_FLAGS].function(clock.now())
        yield clock.instant(day, time(7, 25))
        jobs.registry[_FLAGS].function(clock.now())
        day += timedelta(days=1)


def send_mornings(stage: Stage) -> Story:
    """Thư gộp buổi sáng của mấy ngày gần đây; what is older was mailed and mostly read."""
    day = stage.days.day(_DIGEST_DAYS - 1)
    yield clock.instant(day, time(7, 29))
    mark_mailed()
    while True:
        yield clock.instant(day, time(7, 30))
        jobs.registry[_DIGEST].function(clock.now())
        day += timedelta(days=1)


def mark_mailed() -> None:
    """Thông báo cũ: mailed on their morning, read on their day."""
    from sqlalchemy import func, update

    from app.notifications.models import Notice, NoticePerson

    morning = func.date_trunc("day", Notice.created_at) + timedelta(days=1, minutes=30)
    session.execute(
        update(NoticePerson)
        .where(NoticePerson.notice_id == Notice.id, NoticePerson.mailed_at.is_(None))
        .values(mailed_at=func.least(morning, clock.now()))
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(NoticePerson)
        .where(
            NoticePerson.notice_id == Notice.id,
            NoticePerson.read_at.is_(None),
            (NoticePerson.notice_id + NoticePerson.person_id) % 6 != 0,
        )
        .values(read_at=func.least(Notice.created_at + timedelta(hours=1, minutes=12), clock.now()))
        .execution_options(synchronize_session=False)
    )
    session.commit()
