"""Thư gộp buổi sáng: one message a person at 07:30 of a working day, however often the job runs."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core import clock
from app.core.actor import SYSTEM
from app.core.clock import instant
from app.core.db import session
from app.core.records import RecordKind, person_principal
from app.core.use_case import use_case
from app.core.working_days import Holiday
from app.notifications import service
from app.notifications.models import Mail, NoticePerson
from app.org.models import Person
from tests.unit.notifications.conftest import CatchingCarrier, deliver_all
from tests.world import Who, World

SATURDAY, SUNDAY, TUESDAY = date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 24)
HALF_PAST_SEVEN = time(7, 30)


@use_case
def tell(_actor, who: Who, words: str, **more) -> None:
    service.notice(
        kind=RecordKind.INCOMING,
        record_id=1,
        words=words,
        principals=[person_principal(who.person_id)],
        **more,
    )


def run(clock_hand: time_machine.Traveller, day: date, at: time = HALF_PAST_SEVEN) -> dict[str, int]:
    clock_hand.move_to(instant(day, at))
    counts = service.send_digests(SYSTEM, clock.now())
    deliver_all()
    return counts


def test_a_persons_notices_are_one_message(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    tell(SYSTEM, world.specialist, "Văn bản 12/SNV chuyển đến anh/chị")
    tell(SYSTEM, world.specialist, "Nhiệm vụ NV-7 sắp đến hạn 25/11")
    tell(SYSTEM, world.clerk, "Văn bản 13/SNV chờ vào sổ")
    deliver_all()

    assert run(frozen_monday, TUESDAY) == {"people": 2, "notices": 3}

    frozen_monday.shift(timedelta(seconds=5))
    deliver_all()
    mails = {str(m["To"]): m for m in carrier.caught}
    assert set(mails) == {"specialist@example.gov.vn", "clerk@example.gov.vn"}
    to_specialist = mails["specialist@example.gov.vn"]
    assert to_specialist["Subject"] == "2 thông báo chưa đọc, ngày 24/11/2026"
    body = to_specialist.get_content()
    assert body.index("Nhiệm vụ NV-7") < body.index("Văn bản 12/SNV"), "newest first"
    assert mails["clerk@example.gov.vn"]["Subject"] == "Văn bản 13/SNV chờ vào sổ"


def test_running_again_sends_nothing_more(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    tell(SYSTEM, world.clerk, "Một")
    deliver_all()
    run(frozen_monday, TUESDAY)
    tell(SYSTEM, world.clerk, "Hai, sau 07:30")
    deliver_all()

    for at in (time(7, 31), time(12, 0), time(23, 59)):
        assert run(frozen_monday, TUESDAY, at) == {"people": 0, "notices": 0}

    assert len(carrier.caught) == 1
    assert run(frozen_monday, TUESDAY + timedelta(days=1))["notices"] == 1


@pytest.mark.parametrize(
    ("day", "at"), [(TUESDAY, time(7, 29)), (SATURDAY, HALF_PAST_SEVEN), (SUNDAY, time(9, 0))]
)
def test_nothing_goes_before_half_past_seven_or_on_days_off(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller, day: date, at: time
) -> None:
    tell(SYSTEM, world.clerk, "Một")
    deliver_all()
    assert run(frozen_monday, day, at)["people"] == 0


def test_a_swapped_saturday_is_a_working_day_and_a_holiday_is_not(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    session.add_all(
        [
            Holiday(day=SATURDAY, is_working=True, name="Làm bù"),
            Holiday(day=TUESDAY, is_working=False, name="Nghỉ bù"),
        ]
    )
    tell(SYSTEM, world.clerk, "Một")
    deliver_all()
    assert run(frozen_monday, TUESDAY)["people"] == 0
    assert run(frozen_monday, SATURDAY)["people"] == 1


def test_a_missed_morning_is_made_good_when_the_worker_is_back(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    tell(SYSTEM, world.clerk, "Hôm qua")
    deliver_all()
    assert run(frozen_monday, TUESDAY, time(14, 5)) == {"people": 1, "notices": 1}


def test_what_was_read_urgent_or_for_the_bell_alone_is_not_repeated(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    tell(SYSTEM, world.clerk, "Đã đọc")
    tell(SYSTEM, world.clerk, "Hỏa tốc", urgent=True)
    tell(SYSTEM, world.clerk, "Chỉ ở chuông", mail=False)
    deliver_all()
    carrier.caught.clear()
    read = session.scalars(select(NoticePerson.notice_id).order_by(NoticePerson.notice_id)).first()
    assert read is not None
    service.mark_read(world.clerk.actor, read)

    assert run(frozen_monday, TUESDAY) == {"people": 0, "notices": 0}
    assert carrier.caught == []


def test_a_person_without_an_address_is_passed_over(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    person = session.get(Person, world.clerk.person_id)
    assert person is not None
    person.email = ""
    tell(SYSTEM, world.clerk, "Một")
    tell(SYSTEM, world.head, "Hai")
    deliver_all()
    run(frozen_monday, TUESDAY)
    frozen_monday.shift(timedelta(seconds=3))
    deliver_all()
    assert [str(m["To"]) for m in carrier.caught] == ["head@example.gov.vn"]
    assert run(frozen_monday, TUESDAY, time(9, 0)) == {"people": 0, "notices": 0}


def test_a_crowd_of_notices_is_cut_with_a_link_to_the_rest(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    for i in range(45):
        tell(SYSTEM, world.clerk, f"Thông báo thứ {i}")
    deliver_all()
    run(frozen_monday, TUESDAY)
    body = carrier.caught[0].get_content()
    assert body.count("\n- ") == 41
    assert "và 5 thông báo khác: https://vanphong.hue.gov.vn/thong-bao" in body


def test_many_messages_are_spread_over_time(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    everyone = list(world.people.values())[:12]
    for who in everyone:
        tell(SYSTEM, who, "Một")
    deliver_all()
    run(frozen_monday, TUESDAY)
    assert len(carrier.caught) < 3
    for _ in range(3):
        frozen_monday.shift(timedelta(seconds=8))
        deliver_all()
    assert len(carrier.caught) == 12
    assert len(set(session.scalars(select(Mail.key)))) == 12
