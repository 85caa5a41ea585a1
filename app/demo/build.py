"""Dựng thành phố trình diễn từ đầu đến cuối, trong một giao dịch."""

from __future__ import annotations

import random
from typing import Final

from sqlalchemy import select, text

from app.core import clock
from app.core.db import session
from app.demo.city.calendar import fill_calendar
from app.demo.city.settling import settle
from app.demo.play import directives, meetings, people, programme, worker
from app.demo.play.days import Days
from app.demo.play.papers import Papers
from app.demo.play.stage import Stage
from app.demo.transaction import whole
from app.org.models import Agency

_LOCK: Final = 4_072_022  # advisory lock: two seeds at once, and the second finds the city there
_SEED: Final = 2026


class AlreadyThere(Exception):
    """Đã có cơ quan: nothing is built over real data."""


def build() -> Stage:
    """Dựng thành phố; the same hour of the same day always gives the same city.

    :raises AlreadyThere: the database has an agency.
    """
    with whole():
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if session.scalar(select(Agency.id).limit(1)) is not None:
            raise AlreadyThere
        now = clock.now().replace(minute=0, second=0, microsecond=0)
        days = Days(now, fill_calendar())
        city = settle()
        session.commit()
        stage = _stage(city, days)
        people.prepare(stage)
        programme.documents(stage)
        directives.play(stage)
        meetings.play(stage)
        stage.tell(worker.keep_time(stage, days.ago(28)))
        stage.tell(worker.send_mornings(stage))
        stage.run()
        session.commit()
    return stage


def _stage(city: object, days: Days) -> Stage:
    rng = random.Random(_SEED)
    return Stage(city, days, rng, Papers(rng))  # type: ignore[arg-type]
