"""Nhiều tiến trình nền cùng lúc: each person gets one message, each mail leaves once."""

from __future__ import annotations

from datetime import date, time

import pytest
import time_machine
from sqlalchemy import func, select

from app.core import clock, outbox
from app.core.actor import SYSTEM
from app.core.clock import instant
from app.core.db import session
from app.core.records import RecordKind, person_principal
from app.core.use_case import use_case
from app.notifications import service
from app.notifications.models import Mail, NoticePerson
from tests.unit.core.conftest import Crowd
from tests.unit.notifications.conftest import CatchingCarrier, deliver_all


@use_case
def tell(_actor, person_id: int, words: str) -> None:
    service.notice(
        kind=RecordKind.INCOMING, record_id=1, words=words, principals=[person_principal(person_id)]
    )


@pytest.mark.commits
def test_the_morning_message_is_one_however_many_workers_make_it(
    crowd: Crowd, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    people = [w.person_id for w in crowd.world.people.values()]
    for person_id in people:
        tell(SYSTEM, person_id, "Một")
        tell(SYSTEM, person_id, "Hai")
    deliver_all()
    frozen_monday.move_to(instant(date(2026, 11, 24), time(7, 30)))

    counts = crowd.all_do(4, lambda _n: service.send_digests(SYSTEM, clock.now()))

    assert sum(c["people"] for c in counts) == len(people), counts
    assert sum(c["notices"] for c in counts) == 2 * len(people)
    keys = session.scalars(select(Mail.key)).all()
    assert len(keys) == len(set(keys)) == len(people)
    assert not session.scalars(
        select(func.count()).select_from(NoticePerson).where(NoticePerson.mailed_at.is_(None))
    ).one()


@pytest.mark.commits
def test_the_same_notice_and_mail_from_many_acts_is_one(crowd: Crowd, carrier: CatchingCarrier) -> None:
    clerk = crowd.world.clerk

    @use_case
    def both(_actor) -> None:
        service.notice(
            kind=1,
            record_id=1,
            words="Quá hạn",
            principals=[person_principal(clerk.person_id)],
            key="qua-han:1",
        )
        service.mail(to="clerk@example.gov.vn", subject="x", body="x", key="thu:1")

    assert crowd.all_do(8, lambda _n: both(SYSTEM)) == [None] * 8
    crowd.all_do(3, lambda _n: sum(iter(lambda: outbox.dispatch(2), 0)))

    assert len(carrier.caught) == 1
    assert session.scalars(select(NoticePerson.person_id)).all() == [clerk.person_id]
