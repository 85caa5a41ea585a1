"""Ủy quyền xử lý: given, not passed on, not doubled, ended."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations, WrongState
from app.org import queries, service
from app.org.models import Delegation

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def give(who, to, *, scope="all", start=MONDAY, end=FRIDAY):
    return service.give_delegation(
        who.actor, to_post_id=to.post_id, scope=scope, starts_on=start, ends_on=end, reason="Đi họp dài ngày"
    )


def test_a_delegation_makes_a_stand_in_and_is_told(world):
    delegation = give(world.director, world.deputy_director, scope="documents")

    actor = world.deputy_director.actor
    assert [(s.post_id, s.scope) for s in actor.stands_in] == [(world.director.post_id, "documents")]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "DelegationGiven")).one()
    assert entry.data["delegation_id"] == delegation.id
    assert entry.changes["delegation_scope"] == [None, "documents"]


def test_what_was_received_is_not_passed_on(world):
    give(world.director, world.deputy_director)
    give(world.deputy_director, world.head)

    assert [s.post_id for s in world.head.actor.stands_in] == [world.deputy_director.post_id]


def test_not_to_oneself_nor_to_an_empty_post(world):
    with pytest.raises(Violations, match="chính mình"):
        give(world.director, world.director)
    service.change_holder(world.admin.actor, world.head2.post_id, person_id=None)
    with pytest.raises(Violations, match="chưa có người giữ"):
        give(world.director, world.head2)


def test_not_to_another_agency(world):
    with pytest.raises(NotFound):
        give(world.director, world.director2)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 11, 22), FRIDAY, "sớm nhất từ hôm nay"),
        (FRIDAY, MONDAY, "từ ngày đầu trở đi"),
        (MONDAY, date(2028, 1, 1), "nhiều nhất một năm"),
    ],
)
def test_odd_dates_are_refused(world, start, end, words):
    with pytest.raises(Violations, match=words):
        give(world.director, world.deputy_director, start=start, end=end)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [("all", "documents", True), ("meetings", "all", True), ("documents", "documents", True), ("documents", "meetings", False)],
)  # fmt: skip
def test_scopes_overlap_with_themselves_and_with_all(world, first, second, clash):
    give(world.director, world.deputy_director, scope=first)

    if clash:
        with pytest.raises(Violations, match="Đã ủy quyền"):
            give(world.director, world.deputy_director, scope=second)
    else:
        give(world.director, world.deputy_director, scope=second)


def test_the_database_refuses_overlaps_too(world):
    given = give(world.director, world.deputy_director, scope="documents")

    def store(scope):
        session.execute(
            insert(Delegation).values(
                agency_id=given.agency_id, from_post_id=given.from_post_id, to_post_id=given.to_post_id, scope=scope,
                starts_on=FRIDAY, ends_on=FRIDAY, created_at=clock.now(), version=1, reason="",
            )
        )  # fmt: skip

    store("meetings")
    with pytest.raises(IntegrityError, match="ex_delegation_overlap"):
        store("all")


def test_the_giver_revokes_and_the_stand_in_is_gone(world):
    delegation = give(world.director, world.deputy_director)

    service.revoke_delegation(world.director.actor, delegation.id, version=1)

    assert world.deputy_director.actor.stands_in == ()
    assert session.scalars(select(AuditEntry).where(AuditEntry.event == "DelegationRevoked")).one()
    with pytest.raises(WrongState):
        service.revoke_delegation(world.director.actor, delegation.id)


def test_the_receiver_cannot_revoke_and_strangers_do_not_see_it(world):
    delegation = give(world.director, world.deputy_director)

    with pytest.raises(NotAllowed):
        service.revoke_delegation(world.deputy_director.actor, delegation.id)
    for stranger in (world.specialist, world.admin2):
        with pytest.raises(NotFound):
            service.revoke_delegation(stranger.actor, delegation.id)


def test_the_administrator_revokes_for_one_who_cannot(world):
    delegation = give(world.director, world.deputy_director)

    service.revoke_delegation(world.admin.actor, delegation.id)

    assert delegation.revoked_at is not None


def test_an_ended_delegation_cannot_be_revoked(world, frozen_monday):
    delegation = give(world.director, world.deputy_director)
    frozen_monday.shift(timedelta(days=7))

    with pytest.raises(WrongState):
        service.revoke_delegation(world.director.actor, delegation.id)
    assert queries.delegations_given(world.director.post_id) == [delegation]


def test_a_new_holder_does_not_inherit_trust(world):
    given = give(world.director, world.deputy_director)
    received = give(world.head, world.director)

    service.change_holder(world.admin.actor, world.director.post_id, person_id=None)

    assert given.revoked_at is not None
    assert received.revoked_at is not None


def test_an_act_of_a_stand_in_names_both(world):
    """Người được ủy quyền của Chánh Văn phòng báo vắng thay: the record says who acted and for whom."""
    give(world.office_chief, world.city_head)

    service.enter_absence(
        world.city_head.actor,
        person_id=world.city_specialist.person_id,
        reason="leave",
        starts_on=MONDAY,
        ends_on=MONDAY,
    )

    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "AbsenceEntered")).one()
    assert (entry.person_id, entry.post_id) == (world.city_head.person_id, world.city_head.post_id)
    assert entry.acting_for_person_id == world.office_chief.person_id
    assert entry.acting_for_post_id == world.office_chief.post_id
