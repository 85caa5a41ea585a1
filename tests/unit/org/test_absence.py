"""Báo vắng mặt: entered, overlapping, cancelled, and the deputy who stands in."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations, WrongState
from app.core.working_days import Calendar
from app.org import queries, service
from app.org.models import Absence, Agency
from app.org.queries.actors import stand_ins

MONDAY = date(2026, 11, 23)


def enter(who, *, of=None, deputy=None, start=MONDAY, end=None, **kwargs):
    return service.enter_absence(
        who.actor,
        person_id=(of or who).person_id,
        reason="leave",
        starts_on=start,
        ends_on=end or start,
        deputy_post_id=deputy.post_id if deputy else None,
        **kwargs,
    )


def test_an_absence_is_stored_and_told(world):
    absence = enter(world.specialist, deputy=world.head, end=date(2026, 11, 27))

    assert absence.agency_id == world.specialist.agency_id
    assert absence.created_by_id == world.specialist.person_id
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "AbsenceEntered")).one()
    assert entry.record_id == world.specialist.person_id
    assert entry.changes["absence_to"] == [None, "2026-11-27"]
    assert entry.changes["absence_deputy"] == [None, world.head.name]


def test_the_deputy_stands_in_while_the_absence_lasts(world):
    enter(world.director, deputy=world.deputy_director, end=date(2026, 11, 24))

    stand_in = world.deputy_director.actor.stands_in[0]
    assert (stand_in.post_id, stand_in.scope) == (world.director.post_id, "all")
    later = stand_ins(world.deputy_director.post_id, world.deputy_director.agency_id, date(2026, 11, 25))
    assert later == ()


def test_the_secretary_enters_for_a_colleague(world):
    absence = enter(world.clerk, of=world.director)

    assert absence.person_id == world.director.person_id
    assert absence.created_by_id == world.clerk.person_id


def test_a_colleague_without_the_right_does_not(world):
    with pytest.raises(NotAllowed):
        enter(world.specialist, of=world.director)
    assert session.scalars(select(Absence)).all() == []


def test_nobody_enters_for_another_agency(world):
    with pytest.raises(NotFound):
        enter(world.clerk, of=world.specialist_b)


def test_two_absences_of_one_person_do_not_overlap(world):
    enter(world.specialist, end=date(2026, 11, 25))

    with pytest.raises(Violations, match="đã báo vắng"):
        enter(world.specialist, start=date(2026, 11, 25), end=date(2026, 11, 26))


def test_the_database_refuses_overlapping_absences_too(world):
    absence = enter(world.specialist)

    with pytest.raises(IntegrityError, match="ex_absence_overlap"):
        session.execute(
            insert(Absence).values(
                agency_id=absence.agency_id, person_id=absence.person_id, reason="leave", starts_on=MONDAY, ends_on=MONDAY,
                note="", created_at=clock.now(), created_by_id=absence.person_id, version=1,
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (MONDAY, date(2026, 11, 22), "Ngày cuối phải từ ngày đầu"),
        (MONDAY, date(2028, 11, 23), "kiểm tra lại năm"),
        (date(2025, 11, 23), MONDAY, "báo vắng lùi được"),
    ],
)
def test_odd_dates_are_refused(world, start, end, words):
    with pytest.raises(Violations, match=words):
        enter(world.specialist, start=start, end=end)


def test_one_is_not_ones_own_deputy(world):
    with pytest.raises(Violations, match="người khác"):
        enter(world.specialist, deputy=world.specialist)


def test_a_deputy_who_is_away_is_refused(world):
    enter(world.head, start=date(2026, 11, 24))

    with pytest.raises(Violations, match="cũng vắng mặt"):
        enter(world.specialist, deputy=world.head, end=date(2026, 11, 27))


def test_a_deputy_of_another_agency_does_not_exist(world):
    with pytest.raises(NotFound):
        enter(world.specialist, deputy=world.specialist_b)


def test_an_agency_may_require_a_deputy(world):
    session.get(Agency, world.agencies["dept"]).settings = {"absence_needs_deputy": True}
    session.commit()

    with pytest.raises(Violations, match="chọn người thay"):
        enter(world.specialist)
    enter(world.specialist, deputy=world.head)


def test_an_absence_to_come_is_cancelled(world):
    absence = enter(world.specialist, start=date(2026, 11, 30))

    service.cancel_absence(world.specialist.actor, absence.id, version=1)

    assert absence.cancelled_at == clock.now()
    assert queries.absences_between([absence.person_id], MONDAY, date(2026, 12, 31)) == []


def test_an_absence_that_began_ends_with_yesterday(world, frozen_monday):
    absence = enter(world.specialist, end=date(2026, 11, 27))
    frozen_monday.shift(timedelta(days=2))

    service.cancel_absence(world.specialist.actor, absence.id)

    assert (absence.cancelled_at, absence.ends_on) == (None, date(2026, 11, 24))
    assert queries.is_away_today(world.specialist.person_id) is None


def test_a_past_absence_cannot_be_cancelled(world, frozen_monday):
    absence = enter(world.specialist)
    frozen_monday.shift(timedelta(days=2))

    with pytest.raises(WrongState):
        service.cancel_absence(world.specialist.actor, absence.id)


def test_a_stranger_does_not_learn_of_the_absence(world):
    absence = enter(world.specialist)

    for stranger in (world.specialist2, world.clerk2):
        with pytest.raises(NotFound):
            service.cancel_absence(stranger.actor, absence.id)


def test_warnings_name_the_person_the_days_and_the_deputy(world):
    enter(world.specialist, deputy=world.head, start=date(2026, 11, 25), end=date(2026, 11, 27))

    assert queries.absence_warning(world.specialist.post_id, MONDAY) == ""
    assert queries.absence_warning(world.specialist.post_id, date(2026, 11, 26)) == (
        "Ngày 26/11/2026 Trần Bảo Ngọc nghỉ phép (đến hết 27/11/2026). "
        "Người thay: Đoàn Văn Bách, Trưởng phòng Hạ tầng kỹ thuật."
    )
    everybody = [w.post_id for w in world.people.values()]
    assert list(queries.absence_warnings(everybody, date(2026, 11, 27))) == [world.specialist.post_id]


def test_quick_days_skip_the_weekend():
    friday = date(2026, 11, 27)
    choices = queries.quick_days(friday, Calendar())

    assert [(c.key, c.starts_on, c.ends_on) for c in choices] == [
        ("today", friday, friday),
        ("next", date(2026, 11, 30), date(2026, 11, 30)),
        ("week", friday, friday),
    ]
    assert choices[1].label == "Thứ Hai, 30/11"
