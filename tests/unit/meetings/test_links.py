"""Đường dẫn cá nhân: answers without an account, one person each; substitutes ask the chair; the clock chases the silent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.errors import NotFound, StaleVersion, Violations, WrongState
from app.meetings import jobs, queries, service
from app.meetings.models import Answer, Invitee, Meeting
from app.meetings.service import Guests, Named, OutsideGuest
from app.notifications.models import Mail
from tests.unit.meetings.making import THURSDAY, at, called, invitee, move_clock, schedule
from tests.world import World

EXPERT = OutsideGuest(
    "Trương Quốc Bảo", "Viện trưởng", "Viện Quy hoạch miền Nam", "bao@vienquyhoach.vn", "0903 111 222"
)


def with_expert(world: World, **changes) -> tuple[Meeting, Invitee]:
    meeting = called(world, guests=Guests(post_ids=(world.director2.post_id,), outside=(EXPERT,)), **changes)
    return meeting, next(i for i in meeting.invitees if i.is_outside)


def by_link(item: Invitee, answer: Answer, **more):
    assert item.link_token is not None
    return service.answer_by_link(SYSTEM, item.link_token, version=None, answer=answer, **more)


def test_a_person_of_outside_answers_by_his_own_address(world: World) -> None:
    meeting, expert = with_expert(world)
    assert (expert.shown_name, expert.shown_body, expert.role) == (EXPERT.name, EXPERT.body, "guest")
    by_link(expert, Answer.SUBSTITUTE, people=[Named(None, "Lê Thu Trang", "Phó Viện trưởng")])
    session.expire_all()
    assert (expert.answer, expert.consent) == ("substitute", "asked")
    assert [a.name for a in expert.attendees] == ["Lê Thu Trang"]
    assert queries.tally(queries.invitees(meeting.id)).answered == 1


def test_his_mail_carries_his_address_and_nobody_else_s(world: World) -> None:
    meeting, expert = with_expert(world)
    service.deliver(SYSTEM, meeting.id)
    mails = {m.recipient: m for m in session.scalars(select(Mail))}
    letter = mails[EXPERT.email]
    assert f"/hop/thu-moi/{expert.link_token}" in letter.body
    assert letter.calendar is not None
    others = [m for address, m in mails.items() if address != EXPERT.email]
    assert all(str(expert.link_token) not in m.body for m in others)


def test_an_address_taken_back_is_as_if_it_had_never_been(world: World) -> None:
    meeting, expert = with_expert(world)
    old = expert.link_token
    service.renew_link(world.secretary.actor, meeting.id, expert.id)
    assert expert.link_token != old
    with pytest.raises(NotFound):
        service.answer_by_link(SYSTEM, old, version=None, answer=Answer.ATTEND)
    service.revoke_link(world.secretary.actor, meeting.id, expert.id)
    assert expert.link_token is None
    with pytest.raises(NotFound):
        queries.by_link("khong-co")


def test_an_answer_for_the_old_hour_is_refused(world: World) -> None:
    meeting, expert = with_expert(world)
    seen = expert.version
    service.move(
        world.secretary.actor, meeting.id, version=None, schedule=schedule("08:00", "09:00", day=THURSDAY + timedelta(days=1)),
        reason="Dời",
    )  # fmt: skip
    with pytest.raises(StaleVersion):
        service.answer_by_link(SYSTEM, expert.link_token, version=seen, answer=Answer.ATTEND)


def test_answers_change_until_the_set_hour(world: World, frozen_monday) -> None:
    meeting, expert = with_expert(world, answers_close_at=at("09:00"))
    by_link(expert, Answer.ATTEND)
    by_link(expert, Answer.ABSENT, reason="Đi công tác")
    move_clock(frozen_monday, "09:30")
    with pytest.raises(Violations, match="Đã khóa trả lời từ 09:00"):
        by_link(expert, Answer.ATTEND)
    assert expert.answer == "absent"
    assert meeting.answers_close_at == at("09:00")


def test_the_chair_decides_on_a_substitute(world: World) -> None:
    meeting, expert = with_expert(world)
    by_link(expert, Answer.SUBSTITUTE, people=[Named(None, "Lê Thu Trang")])
    service.decide_substitute(world.vice_chairman.actor, meeting.id, expert.id, agrees=True)
    assert expert.consent == "agreed"
    with pytest.raises(WrongState):
        service.decide_substitute(world.vice_chairman.actor, meeting.id, expert.id, agrees=False)


def test_a_refused_substitute_leaves_the_invitation_open(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    service.answer(
        world.director2.actor, meeting.id, item.id, version=item.version, answer=Answer.SUBSTITUTE,
        people=[Named(world.specialist_b.post_id)],
    )  # fmt: skip
    service.decide_substitute(
        world.vice_chairman.actor, meeting.id, item.id, agrees=False, reason="Cần Giám đốc"
    )
    session.expire_all()
    assert (item.answer, item.previous_answer, item.consent) == (None, "substitute", "refused")
    assert queries.waiting(world.director2.actor, limit=9)[0].invitee_id == item.id
    with pytest.raises(NotFound):
        queries.meeting(meeting.id, world.specialist_b.actor)


def test_the_clock_chases_only_the_silent_and_once(world: World, frozen_monday) -> None:
    meeting, expert = with_expert(world)
    by_link(expert, Answer.ATTEND)
    assert jobs.chase(clock.now()) == {"meetings": 0, "reminded": 0}  # three days ahead
    move_clock(frozen_monday, "08:00", THURSDAY - timedelta(days=1))
    assert jobs.chase(clock.now()) == {"meetings": 1, "reminded": 1}
    assert jobs.chase(clock.now()) == {"meetings": 0, "reminded": 0}
    session.expire_all()
    assert [(i.shown_name, i.reminded_count) for i in queries.invitees(meeting.id)] == [
        ("Huỳnh Tấn Phát", 1), (EXPERT.name, 0),
    ]  # fmt: skip


def test_editing_keeps_the_same_person_and_his_answer(world: World) -> None:
    meeting, expert = with_expert(world)
    by_link(expert, Answer.ATTEND)
    from tests.unit.meetings.making import details

    service.edit(
        world.secretary.actor, meeting.id, version=None, details=details(world),
        guests=Guests(outside=(EXPERT, OutsideGuest("Phạm Hà", body="Hội Kiến trúc sư"))),
    )  # fmt: skip
    found = {i.shown_name: i for i in queries.invitees(meeting.id)}
    assert found[EXPERT.name].answer == "attend"
    assert found["Phạm Hà"].link_token
    assert set(found) == {EXPERT.name, "Phạm Hà"}
