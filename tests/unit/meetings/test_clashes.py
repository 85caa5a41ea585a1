"""Trùng lịch, vắng mặt và các điều cần lưu ý."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.db import session
from app.core.errors import NotAllowed
from app.meetings import queries, service
from app.meetings.models import Answer
from app.meetings.policy import Limits
from app.meetings.service import Guests
from app.org.models import Absence
from tests.unit.meetings.making import THURSDAY, TITLE, at, called, details, draft, make_room, schedule
from tests.unit.meetings.test_answering import reply
from tests.world import World


def warned(world: World, meeting, key: str = "secretary") -> list[str]:
    return queries.warnings(world.people[key].actor, queries.wish_of(meeting), Limits())


def test_a_person_s_other_meeting_is_named_only_to_those_who_may_know_it(world: World) -> None:
    called(world)  # the Director of Finance is invited to it by the city
    service.create_and_call(
        world.clerk.actor,
        details(
            world,
            title="Họp kín của Sở",
            chair_post_id=world.director.post_id,
            secretary_post_id=world.clerk.post_id,
        ),
        schedule("14:30", "16:00"),
        Guests(post_ids=(world.head.post_id,)),
    )
    wish = queries.Wish(
        at("15:00"), at("16:00"), post_ids=(world.director2.post_id,), agency_ids=(world.agencies["dept"],)
    )

    by_city = queries.warnings(world.secretary.actor, wish, Limits())
    by_ward = queries.warnings(world.ward_clerk.actor, wish, Limits())

    assert f"Huỳnh Tấn Phát đã có cuộc họp “{TITLE}” lúc 14:00–15:30." in by_city
    assert (
        "Nguyễn Hữu Thắng đã có lịch họp khác lúc 14:30–16:00. Cơ quan vẫn có thể cử người dự thay."
        in by_city
    )
    assert not any("Họp kín" in w for w in [*by_city, *by_ward])


def test_who_declined_or_sent_another_is_free_and_who_was_sent_is_not(world: World) -> None:
    meeting = called(world)
    reply(
        world,
        meeting,
        "director2",
        "director2",
        Answer.SUBSTITUTE,
        people=[service.Named(world.specialist_b.post_id)],
    )
    found = queries.clashes(
        world.secretary.actor,
        post_ids=[world.director2.post_id, world.specialist_b.post_id],
        starts_at=at("15:00"),
        ends_at=at("16:00"),
    )
    assert [c.post_id for c in found] == [world.specialist_b.post_id]


def test_meetings_that_only_touch_do_not_clash_nor_do_drafts_or_the_meeting_itself(world: World) -> None:
    meeting = called(world)
    draft(world, schedule=schedule("16:00", "17:00"))
    ask = {"post_ids": [world.director2.post_id, world.vice_chairman.post_id]}
    actor = world.secretary.actor
    assert not queries.clashes(actor, **ask, starts_at=at("15:30"), ends_at=at("17:00"))
    assert not queries.clashes(actor, **ask, starts_at=at("14:00"), ends_at=at("15:00"), exclude=meeting.id)
    assert len(queries.clashes(actor, **ask, starts_at=at("14:00"), ends_at=at("15:00"))) == 2


def test_an_absence_on_the_day_is_told(world: World) -> None:
    session.add(
        Absence(
            agency_id=world.agencies["city"], person_id=world.vice_chairman.person_id, reason="leave", starts_on=THURSDAY,
            ends_on=THURSDAY, created_at=clock.now(), created_by_id=world.secretary.person_id,
        )
    )  # fmt: skip
    session.commit()
    assert "Trịnh Gia Khánh báo vắng mặt trong ngày này." in warned(world, draft(world))
    next_day = draft(world, schedule=schedule(day=THURSDAY + timedelta(days=1)))
    assert not any("báo vắng mặt" in w for w in warned(world, next_day))


def test_late_invitations_days_off_and_small_rooms_are_told(world: World) -> None:
    meeting = draft(world, schedule=schedule(day=date(2026, 11, 24)))
    assert warned(world, meeting) == [
        "Giấy mời gửi trước 1 ngày làm việc; quy định là ít nhất 3 ngày làm việc, trừ họp đột xuất (Quyết định 45/2018/QĐ-TTg)."
    ]
    sunday = draft(world, schedule=schedule(day=date(2026, 11, 29)))
    assert warned(world, sunday) == ["Ngày 29/11/2026 là ngày nghỉ."]
    room = make_room(world, capacity=4)
    small = draft(world, schedule=schedule(day=date(2026, 11, 30), room=room))
    assert warned(world, small) == ["Phòng họp A1 có 4 chỗ, thiếu 2 chỗ so với 6 người dự."]


def test_an_agency_works_by_the_limits_of_its_kind(world: World) -> None:
    own = queries.limits_of(world.agencies["city"])
    assert (own.invitation_days, own.papers_days, own.conclusion_days) == (3, 3, 5)
    assert own.source == "Nghị định 314/2025/NĐ-CP"
    rule = next(r for r in queries.rules() if r.agency_kind == "ward")
    service.save_rule(
        world.city_admin.actor, rule.id, version=rule.version, invitation_days=1, papers_days=1, conclusion_days=3,
        needs_consent=False, source="Nghị định 315/2025/NĐ-CP",
    )  # fmt: skip
    assert queries.limits_of(world.agencies["ward"]).invitation_days == 1
    with pytest.raises(NotAllowed, match="cơ quan cao nhất"):
        service.save_rule(
            world.admin.actor, rule.id, version=None, invitation_days=0, papers_days=0, conclusion_days=9,
            needs_consent=False, source="Quy chế riêng",
        )  # fmt: skip
