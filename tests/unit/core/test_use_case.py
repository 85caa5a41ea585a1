"""Một việc, một giao dịch: all or nothing, once per form, never over somebody else's change."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.actor import SYSTEM
from app.core.db import current_agency, session
from app.core.errors import NotFound, Replayed, StaleVersion, Violations
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import RequestKey, load_for_change, request_key, touch, use_case
from app.org.models import Person, Unit
from tests.unit.core.conftest import Crowd
from tests.unit.core.facts import NumberTaken
from tests.world import World


@use_case
def rename(
    actor, unit_id: int, name: str, version: int | None = None, *, then: Exception | None = None
) -> Unit:
    unit = load_for_change(Unit, unit_id, version)
    unit.name = name
    touch(unit)
    emit(actor, NumberTaken(kind=RecordKind.AGENCY, record_id=unit_id, number=1), {"name": ("", name)})
    if then:
        raise then
    return unit


@use_case
def rename_both(actor, first: int, second: int, *, then: Exception | None = None) -> None:
    rename(actor, first, "Một")
    rename(actor, second, "Hai", then=then)


def post(key: str, act: Callable[[], Any]) -> Any:
    """One request carrying this key."""
    token = request_key.set(key)
    try:
        return act()
    finally:
        request_key.reset(token)


def name_of(unit_id: int) -> str:
    session.expire_all()
    return session.scalars(select(Unit.name).where(Unit.id == unit_id)).one()


def entries() -> int:
    return session.scalars(
        select(func.count()).select_from(AuditEntry).where(AuditEntry.event == "NumberTaken")
    ).one()


def test_an_act_is_done_with_its_record(world: World) -> None:
    rename(SYSTEM, world.units["dept_infra"], "Phòng Mới")
    session.rollback()
    assert name_of(world.units["dept_infra"]) == "Phòng Mới"
    assert entries() == 1


@pytest.mark.parametrize("fault", [Violations(["Chưa đủ."]), RuntimeError(), KeyboardInterrupt()])
def test_a_refused_act_leaves_nothing(world: World, fault: BaseException) -> None:
    before = name_of(world.units["dept_infra"])
    with pytest.raises(type(fault)):
        rename(SYSTEM, world.units["dept_infra"], "Phòng Mới", then=fault)
    assert name_of(world.units["dept_infra"]) == before
    assert entries() == 0


def test_a_nested_act_stands_or_falls_with_the_whole(world: World) -> None:
    first, second = world.units["dept_infra"], world.units["dept_plan"]
    before = name_of(first)
    with pytest.raises(RuntimeError):
        rename_both(SYSTEM, first, second, then=RuntimeError())
    assert name_of(first) == before

    rename_both(SYSTEM, first, second)
    assert (name_of(first), name_of(second)) == ("Một", "Hai")


def test_the_agency_of_the_act_is_the_actors_and_is_given_back(world: World) -> None:
    seen = []

    @use_case
    def look(_actor) -> None:
        seen.append(
            (current_agency.get(), session.connection().exec_driver_sql("SHOW app.agency_id").scalar())
        )

    clerk, outside = world.clerk.actor, current_agency.get()
    session.commit()
    look(clerk)
    assert seen == [(world.agencies["dept"], str(world.agencies["dept"]))]
    assert current_agency.get() == outside


def test_a_stale_form_is_refused_and_no_version_asks_nothing(world: World) -> None:
    unit_id = world.units["dept_infra"]
    rename(SYSTEM, unit_id, "Lần một", 1)
    with pytest.raises(StaleVersion):
        rename(SYSTEM, unit_id, "Lần hai", 1)
    rename(SYSTEM, unit_id, "Lần ba")
    assert name_of(unit_id) == "Lần ba"
    with pytest.raises(NotFound):
        rename(SYSTEM, 2**40, "Không có")


def test_a_repeated_form_acts_once_and_tells_the_first_answer(world: World) -> None:
    @use_case
    def save(_actor, name: str) -> Person:
        person = load_for_change(Person, world.clerk.person_id, None)
        person.full_name = name
        return person

    key = "org.save:" + uuid.uuid4().hex
    clerk, head = world.clerk.actor, world.head.actor
    post(key, lambda: save(clerk, "Một"))
    with pytest.raises(Replayed) as again:
        post(key, lambda: save(clerk, "Hai"))
    with pytest.raises(Replayed) as stranger:
        post(key, lambda: save(head, "Ba"))
    assert again.value.answer == {"kind": RecordKind.PERSON, "id": world.clerk.person_id}
    assert stranger.value.answer is None, "the key of another tells nothing"
    session.expire_all()
    assert session.scalars(select(Person.full_name).where(Person.id == world.clerk.person_id)).one() == "Một"


def test_a_refused_form_may_be_sent_again_with_its_key(world: World) -> None:
    key, unit_id = "org.rename:" + uuid.uuid4().hex, world.units["dept_infra"]
    with pytest.raises(Violations):
        post(key, lambda: rename(SYSTEM, unit_id, "Sai", then=Violations(["Sai."])))
    post(key, lambda: rename(SYSTEM, unit_id, "Đúng"))
    assert name_of(world.units["dept_infra"]) == "Đúng"


def test_the_key_belongs_to_the_first_act_of_a_request(world: World) -> None:
    def two_acts() -> None:
        rename(SYSTEM, world.units["dept_infra"], "Một")
        rename(SYSTEM, world.units["dept_plan"], "Hai")

    post("org.rename:" + uuid.uuid4().hex, two_acts)
    assert (name_of(world.units["dept_infra"]), name_of(world.units["dept_plan"])) == ("Một", "Hai")


@pytest.mark.commits
def test_a_double_click_acts_once(crowd: Crowd) -> None:
    unit_id, key = crowd.world.units["dept_infra"], "org.rename:" + uuid.uuid4().hex

    def click(number: int) -> str:
        try:
            post(key, lambda: rename(SYSTEM, unit_id, f"Lần {number}"))
            return "acted"
        except Replayed:
            return "replayed"

    results = crowd.all_do(8, click)

    assert sorted(results) == ["acted", *["replayed"] * 7]
    assert entries() == 1
    assert session.scalars(select(func.count()).select_from(RequestKey)).one() == 1


@pytest.mark.commits
def test_of_many_editors_of_one_version_one_wins(crowd: Crowd) -> None:
    unit_id = crowd.world.units["dept_infra"]
    results = crowd.all_do(8, lambda number: bool(rename(SYSTEM, unit_id, f"Bản {number}", 1)))

    winners = [n for n, r in enumerate(results) if r is True]
    assert len(winners) == 1
    assert all(isinstance(r, StaleVersion) for r in results if r is not True)
    assert name_of(unit_id) == f"Bản {winners[0]}"
