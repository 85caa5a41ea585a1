"""Thông báo: one row per fact, expanded by the worker to whoever stands behind the principals that day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from app.core.actor import SYSTEM
from app.core.clock import instant
from app.core.db import session
from app.core.errors import NotFound
from app.core.records import (
    RecordKind,
    leadership_principal,
    person_principal,
    post_principal,
    registry_principal,
    unit_principal,
)
from app.core.use_case import use_case
from app.notifications import queries, service
from app.notifications.models import Notice, NoticePerson
from app.org.models import Absence, Person
from tests.unit.notifications.conftest import CatchingCarrier, deliver_all
from tests.world import World


@use_case
def tell(
    _actor, words="Văn bản 12/SNV chuyển đến anh/chị xử lý", *, to, key=None, urgent=False, mail=True
) -> None:
    service.notice(
        kind=RecordKind.INCOMING, record_id=7, words=words, principals=to, key=key, urgent=urgent, mail=mail
    )


def readers() -> set[int]:
    return set(session.scalars(select(NoticePerson.person_id)))


def test_a_notice_reaches_everyone_behind_its_principals_once(world: World, carrier: CatchingCarrier) -> None:
    tell(
        SYSTEM,
        to=[
            registry_principal(world.agencies["dept"]),
            unit_principal(world.units["dept_infra"]),
            post_principal(world.specialist.post_id),
            person_principal(world.specialist.person_id),
        ],
    )
    assert readers() == set(), "the worker expands, not the act"

    deliver_all()

    assert readers() == {world.clerk.person_id, world.head.person_id, world.specialist.person_id}
    assert queries.unread_count(world.specialist.actor) == 1
    assert carrier.caught == [], "ordinary notices wait for the morning"


def test_it_joins_the_callers_transaction(world: World) -> None:
    @use_case
    def failing(_actor) -> None:
        service.notice(
            kind=1, record_id=1, words="Không xảy ra", principals=[post_principal(world.clerk.post_id)]
        )
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing(SYSTEM)

    assert session.scalars(select(Notice)).all() == []
    deliver_all()
    assert readers() == set()


def test_the_same_key_is_told_once(world: World) -> None:
    for _ in range(2):
        tell(SYSTEM, to=[post_principal(world.clerk.post_id)], key="qua-han:7:2026-11-23")
    tell(SYSTEM, to=[post_principal(world.clerk.post_id)])
    tell(SYSTEM, to=[post_principal(world.clerk.post_id)])

    deliver_all()

    assert queries.unread_count(world.clerk.actor) == 3


def test_nobody_to_tell_is_no_notice(world: World) -> None:
    tell(SYSTEM, to=[])
    assert session.scalars(select(Notice)).all() == []


def test_expanding_again_changes_nothing(world: World) -> None:
    tell(SYSTEM, to=[post_principal(world.clerk.post_id)])
    deliver_all()
    notice_id = session.scalars(select(Notice.id)).one()
    service.mark_read(world.clerk.actor, notice_id)

    assert service.expand(SYSTEM, notice_id) == 0
    assert queries.unread_count(world.clerk.actor) == 0
    assert service.expand(SYSTEM, 2**60) == 0


def test_the_deputy_of_somebody_away_gets_it_too(world: World) -> None:
    session.add(
        Absence(
            agency_id=world.agencies["dept"],
            person_id=world.director.person_id,
            deputy_post_id=world.deputy_director.post_id,
            reason="leave",
            starts_on=date(2026, 11, 20),
            ends_on=date(2026, 11, 23),
            created_at=instant(date(2026, 11, 19)),
            created_by_id=world.director.person_id,
        )
    )
    session.flush()
    tell(SYSTEM, to=[post_principal(world.director.post_id)])

    deliver_all()

    assert readers() == {world.director.person_id, world.deputy_director.person_id}


def test_an_absence_that_is_over_sends_nothing_to_the_deputy(world: World) -> None:
    session.add(
        Absence(
            agency_id=world.agencies["dept"],
            person_id=world.director.person_id,
            deputy_post_id=world.deputy_director.post_id,
            reason="leave",
            starts_on=date(2026, 11, 20),
            ends_on=date(2026, 11, 22),
            created_at=instant(date(2026, 11, 19)),
            created_by_id=world.director.person_id,
        )
    )
    tell(SYSTEM, to=[post_principal(world.director.post_id)])
    deliver_all()
    assert readers() == {world.director.person_id}


def test_a_locked_account_is_told_nothing(world: World) -> None:
    person = session.get(Person, world.clerk.person_id)
    assert person is not None
    person.active = False
    session.flush()
    tell(SYSTEM, to=[post_principal(world.clerk.post_id)])
    deliver_all()
    assert readers() == set()


def test_hoa_toc_is_mailed_at_once_to_each(world: World, carrier: CatchingCarrier) -> None:
    tell(
        SYSTEM,
        "Công điện 01/CĐ-UBND: ứng phó bão",
        to=[leadership_principal(world.agencies["dept"])],
        urgent=True,
    )

    deliver_all()

    assert {str(m["To"]) for m in carrier.caught} == {
        f"{w.username}@example.gov.vn" for w in (world.director, world.deputy_director)
    }
    body = carrier.caught[0].get_body(("plain",)).get_content()
    assert carrier.subjects == ["[Hỏa tốc] Công điện 01/CĐ-UBND: ứng phó bão"] * 2
    notice_id = session.scalars(select(Notice.id)).one()
    assert f"https://vanphong.hue.gov.vn/thong-bao/{notice_id}" in body
    marks = session.scalars(select(NoticePerson.mailed_at)).all()
    assert all(marks), "the morning's digest does not repeat it"


def test_an_urgent_notice_for_the_bell_alone_is_not_mailed(world: World, carrier: CatchingCarrier) -> None:
    tell(SYSTEM, to=[leadership_principal(world.agencies["dept"])], urgent=True, mail=False)
    deliver_all()
    assert carrier.caught == []


def test_words_lose_what_could_hide_in_them(world: World) -> None:
    tell(SYSTEM, "Văn bản\r\nBcc: ai@đó \u202egnp.exe", to=[post_principal(world.clerk.post_id)])
    assert session.scalars(select(Notice.words)).one() == "Văn bản Bcc: ai@đó gnp.exe"


def test_only_ones_own_notice_can_be_read(world: World) -> None:
    tell(SYSTEM, to=[post_principal(world.clerk.post_id)])
    deliver_all()
    notice_id = session.scalars(select(Notice.id)).one()

    with pytest.raises(NotFound):
        service.mark_read(world.specialist.actor, notice_id)

    assert service.mark_read(world.clerk.actor, notice_id).record_id == 7
    first = session.scalars(select(NoticePerson.read_at)).one()
    service.mark_read(world.clerk.actor, notice_id)
    assert session.scalars(select(NoticePerson.read_at)).one() == first


def test_reading_all_leaves_what_came_in_meanwhile(world: World) -> None:
    for _ in range(3):
        tell(SYSTEM, to=[post_principal(world.clerk.post_id)])
    deliver_all()
    newest = session.scalars(select(Notice.id).order_by(Notice.id)).all()[1]

    assert service.mark_all_read(world.clerk.actor, newest) == 2
    assert queries.unread_count(world.clerk.actor) == 1
    assert service.mark_all_read(world.clerk.actor, 2**63) == 1


def test_the_unread_count_stops_at_a_hundred(world: World) -> None:
    session.execute(
        Notice.__table__.insert(),
        [
            {
                "kind": 1, "record_id": i, "words": "x", "urgent": False, "mail": True,
                "principals": [], "created_at": datetime(2026, 11, 23, 1, 0).astimezone(),
            }
            for i in range(130)
        ],
    )  # fmt: skip
    for notice_id in session.scalars(select(Notice.id)).all():
        session.add(
            NoticePerson(notice_id=notice_id, person_id=world.clerk.person_id, post_id=world.clerk.post_id)
        )
    session.flush()
    assert queries.unread_count(world.clerk.actor) == 100


def test_notices_and_mails_make_no_entry_on_the_records_timeline(world: World) -> None:
    from app.audit import queries as audit

    tell(SYSTEM, to=[post_principal(world.clerk.post_id)], urgent=True)
    deliver_all()
    assert audit.timeline(RecordKind.INCOMING, 7) == []
