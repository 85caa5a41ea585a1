"""Cấp số: unique, without gaps, in the order of commits, whatever fails around it."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import numbering
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.events import emit
from app.core.use_case import use_case
from tests.unit.core.conftest import Crowd
from tests.unit.core.facts import NumberTaken
from tests.world import World


class Abandoned(Exception):
    """Bỏ dở sau khi đã lấy số."""


@use_case
def issue(actor, series: str, year: int, *, fails: bool = False) -> int:
    number = numbering.take(series, year)
    emit(actor, NumberTaken(kind=2, record_id=number, number=number))
    if fails:
        raise Abandoned
    return number


def test_numbers_begin_at_one_in_each_series_and_year(world: World) -> None:
    assert [issue(SYSTEM, "so-1", 2026), issue(SYSTEM, "so-1", 2026)] == [1, 2]
    assert issue(SYSTEM, "so-2", 2026) == 1
    assert issue(SYSTEM, "so-1", 2027) == 1
    assert numbering.peek("so-1", 2026) == 3
    assert numbering.peek("so-9", 2026) == 1


def test_an_abandoned_act_gives_its_number_back(world: World) -> None:
    issue(SYSTEM, "so-1", 2026)
    with pytest.raises(Abandoned):
        issue(SYSTEM, "so-1", 2026, fails=True)
    assert issue(SYSTEM, "so-1", 2026) == 2


def test_an_imported_book_only_raises_the_counter(world: World) -> None:
    numbering.set_at_least("so-1", 2026, 856)
    numbering.set_at_least("so-1", 2026, 12)
    assert issue(SYSTEM, "so-1", 2026) == 857


@pytest.mark.commits
def test_twenty_clerks_at_once_leave_no_gap(crowd: Crowd) -> None:
    chance = random.Random(20261123)
    plan = [[chance.random() < 0.2 for _ in range(10)] for _ in range(20)]

    def clerk(number: int) -> list[int]:
        taken = []
        for fails in plan[number]:
            try:
                taken.append(issue(SYSTEM, "so-1", 2026, fails=fails))
            except Abandoned:
                continue
        return taken

    results = crowd.all_do(20, clerk)

    failures = sum(map(sum, plan))
    assert failures >= 20, "the fault did fire"
    taken = [n for r in results for n in r]
    assert sorted(taken) == list(range(1, 200 - failures + 1))
    in_order = session.scalars(
        select(AuditEntry.record_id).where(AuditEntry.event == "NumberTaken").order_by(AuditEntry.id)
    ).all()
    assert list(in_order) == sorted(in_order), "numbers follow the order in which acts were recorded"
