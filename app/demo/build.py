"""Dựng thành phố trình diễn, hoặc nạp dữ liệu tải; each in one transaction."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

import psycopg
from sqlalchemy import Connection, select, text

from app.core import clock
from app.core.db import session
from app.core.working_days import calendar
from app.demo.bulk.filling import Amounts, Filling
from app.demo.city import keys
from app.demo.city.calendar import fill_calendar
from app.demo.city.directory import City
from app.demo.city.settling import settle
from app.demo.play import directives, meetings, people, programme, worker
from app.demo.play.days import Days
from app.demo.play.papers import Papers
from app.demo.play.stage import Stage
from app.demo.transaction import raw, whole
from app.org.models import Agency

_LOCK: Final = 4_072_022  # advisory lock: two seeds at once, and the second finds the city there
_SEED: Final = 2026
_MONTHS: Final = 13
# What is played begins so many working days ago; the older part of the year is copied.
_PLAYED: Final = 18
_HISTORY: Final = Amounts(documents=4_000, directives=240)


class AlreadyThere(Exception):
    """Đã có cơ quan: nothing is built over real data."""


@dataclass(frozen=True)
class Built:
    """Đã dựng những gì."""

    copied: dict[str, int]
    stage: Stage


def build(history: Amounts = _HISTORY) -> Built:
    """Dựng thành phố; the same hour of the same day always gives the same city.

    :raises AlreadyThere: the database has an agency.
    """
    with whole() as connection:
        if not _is_empty():
            raise AlreadyThere
        now = clock.now().replace(minute=0, second=0, microsecond=0)
        days = Days(now, fill_calendar())
        city = settle()
        session.commit()
        copied = _remember(connection, city, days, history)
        with clock.at(days.ago(_PLAYED + 10)):
            ring = keys.cut(city)
        stage = _play(city, days, ring)
        keys.require(city)
        session.commit()
    return Built(copied, stage)


def load(documents: int, directive_count: int) -> dict[str, int]:
    """Nạp dữ liệu tải, into the demo city or into an empty database, where the city's agencies are made first.

    :returns: how many rows each table got.
    """
    with whole() as connection:
        if _is_empty():
            fill_calendar()
            settle()
        filling = Filling(raw(connection), City.read(), calendar())
        filling.load(clock.today(), Amounts(documents, directive_count))
        session.commit()
    return filling.copier.sent


def analyze(url: str) -> None:
    """Cập nhật thống kê cho bộ tối ưu truy vấn; only the owner of the tables may."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        connection.execute("VACUUM (ANALYZE)")


def _is_empty() -> bool:
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    return session.scalar(select(Agency.id).limit(1)) is None


def _remember(connection: Connection, city: City, days: Days, amounts: Amounts) -> dict[str, int]:
    """What is older than a month: finished, and therefore only rows."""
    filling = Filling(raw(connection), city, days.calendar)
    last = days.day(_PLAYED)
    month = last.year * 12 + last.month - _MONTHS
    filling.history(last.replace(year=month // 12, month=month % 12 + 1, day=1), last, amounts)
    session.commit()
    return filling.copier.sent


def _play(city: City, days: Days, ring: keys.Keyring) -> Stage:
    rng = random.Random(_SEED)
    stage = Stage(city, days, rng, Papers(rng), ring)
    people.prepare(stage)
    programme.documents(stage)
    directives.play(stage)
    meetings.play(stage)
    stage.tell(worker.keep_time(stage, days.ago(_PLAYED + 10)))
    stage.tell(worker.send_mornings(stage))
    stage.run()
    return stage
