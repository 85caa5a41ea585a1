"""Soạn, sửa, mời họp: what becomes of a meeting and who sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, StaleVersion, Violations, WrongState
from app.core.records import RecordKind, may_see
from app.meetings import policy, queries, service
from app.meetings.models import Answer, Invitee, Meeting, MeetingParty, MeetingState
from app.meetings.service import AgendaLine, Guests, Schedule
from app.notifications.models import Notice
from tests.unit.meetings.making import (
    TITLE,
    at,
    called,
    details,
    draft,
    guests,
    invitee,
    make_room,
    schedule,
)
from tests.world import World


def sees(world: World, meeting: Meeting, key: str) -> bool:
    return may_see(RecordKind.MEETING, meeting.id, policy.principals(world.people[key].actor))


def events_of(meeting: Meeting) -> list[str]:
    return list(
        session.scalars(
            select(AuditEntry.event)
            .where(AuditEntry.kind == int(RecordKind.MEETING), AuditEntry.record_id == meeting.id)
            .order_by(AuditEntry.id)
        )
    )


def test_a_draft_holds_its_room_and_is_known_to_the_convening_side_only(world: World) -> None:
    meeting = draft(
        world,
        room=make_room(world),
        agenda=(AgendaLine("Khai mạc", 5), AgendaLine("Báo cáo", 20, "Sở Xây dựng")),
    )

    assert meeting.state == MeetingState.DRAFT
    assert [a.title for a in meeting.agenda] == ["Khai mạc", "Báo cáo"]
    assert meeting.contact_post_id == world.secretary.post_id
    assert [k for k in world.people if sees(world, meeting, k)] == [
        "vice_chairman",
        "office_chief",
        "city_clerk",
        "secretary",
    ]
    assert events_of(meeting) == ["MeetingDrafted"]
    assert not session.scalar(
        select(func.count()).select_from(Notice).where(Notice.record_id == meeting.id, Notice.kind == 4)
    )


def test_calling_tells_the_invited_and_gives_them_sight(world: World) -> None:
    meeting = called(world)

    assert meeting.state == MeetingState.CALLED
    invited = {
        "director",
        "deputy_director",
        "clerk",
        "ward_chairman",
        "ward_clerk",
        "director2",
        "clerk2",
        "city_head",
    }
    host = {"chairman", "vice_chairman", "office_chief", "city_clerk", "secretary"}
    assert {k for k in world.people if sees(world, meeting, k)} == invited | host
    assert events_of(meeting) == ["MeetingDrafted", "MeetingCalled"]
    parties = dict(
        session.execute(
            select(MeetingParty.agency_id, MeetingParty.role).where(MeetingParty.meeting_id == meeting.id)
        ).all()
    )
    assert parties == {
        world.agencies["city"]: "host",
        world.agencies["dept"]: "invited",
        world.agencies["ward"]: "invited",
        world.agencies["dept2"]: "invited",
    }
    notice = session.scalar(select(Notice).where(Notice.kind == 4, Notice.record_id == meeting.id))
    assert notice is not None
    assert notice.words == f"Mời họp 14:00 ngày 26/11/2026: {TITLE}"


def test_every_unmet_condition_of_a_call_is_told_at_once(world: World, frozen_monday) -> None:
    meeting = service.create(
        world.secretary.actor, details(world), Schedule(at("14:00"), at("15:00")), Guests()
    )
    frozen_monday.move_to(at("16:00"), tick=False)

    with pytest.raises(Violations) as refused:
        service.call(world.secretary.actor, meeting.id, version=meeting.version)

    assert len(refused.value.items) == 3
    assert "Chưa có thành phần mời" in refused.value.sentence
    assert "Chưa có phòng họp hoặc địa điểm" in refused.value.sentence
    assert "đã qua" in refused.value.sentence


@pytest.mark.parametrize("key", ["chairman", "city_head", "city_specialist", "city_admin"])
def test_only_the_office_may_draft_a_meeting(world: World, key: str) -> None:
    with pytest.raises(NotAllowed):
        service.create(world.people[key].actor, details(world), schedule(), guests(world))


@pytest.mark.parametrize("key", ["director", "specialist", "ward_clerk", "city_specialist"])
def test_who_may_not_know_of_a_draft_does_not_find_it(world: World, key: str) -> None:
    meeting = draft(world)
    with pytest.raises(NotFound):
        service.call(world.people[key].actor, meeting.id, version=meeting.version)
    with pytest.raises(NotFound):
        queries.meeting(meeting.id, world.people[key].actor)


def test_an_invited_agency_may_see_but_not_change(world: World) -> None:
    meeting = called(world)
    with pytest.raises(NotAllowed):
        service.cancel(world.director.actor, meeting.id, version=meeting.version, reason="bận")
    with pytest.raises(NotAllowed):
        service.edit(
            world.clerk.actor,
            meeting.id,
            version=meeting.version,
            details=details(world),
            guests=guests(world),
        )


def test_hours_that_cannot_be_are_refused(world: World) -> None:
    yesterday = at("14:00") - timedelta(days=7)
    for hours, field in (
        (Schedule(at("15:00"), at("14:00"), place="Hội trường"), "ends"),
        (Schedule(at("15:00"), at("15:00") + timedelta(days=1), place="Hội trường"), "ends"),
        (Schedule(yesterday, yesterday + timedelta(hours=1), place="Hội trường"), "day"),
    ):
        with pytest.raises(Violations) as refused:
            service.create(world.secretary.actor, details(world), hours, guests(world))
        assert [v.field for v in refused.value.items] == [field]
    with pytest.raises(Violations) as refused:
        service.create(
            world.secretary.actor,
            details(world, answer_by=at("16:00"), papers_due_at=at("16:00")),
            schedule(),
            guests(world),
        )
    assert [v.field for v in refused.value.items] == ["answer_by", "papers_due"]


def test_people_of_other_agencies_who_lead_nothing_cannot_be_invited_by_name(world: World) -> None:
    with pytest.raises(Violations) as refused:
        draft(world, guests=Guests(post_ids=(world.specialist.post_id,)))
    assert [v.field for v in refused.value.items] == ["people"]


def test_the_chair_serves_in_the_convening_agency(world: World) -> None:
    with pytest.raises(Violations) as refused:
        draft(world, chair_post_id=world.director.post_id)
    assert [v.field for v in refused.value.items] == ["chair"]


def test_the_chair_is_not_invited_to_his_own_meeting(world: World) -> None:
    meeting = draft(world, guests=Guests(post_ids=(world.vice_chairman.post_id, world.city_head.post_id)))
    assert [i.post_id for i in meeting.invitees] == [world.city_head.post_id]


def test_editing_a_called_meeting_adds_withdraws_and_raises_the_revision(world: World) -> None:
    meeting = called(world)
    fewer = Guests(
        agencies=((world.agencies["dept"], 3),), post_ids=(world.city_head.post_id, world.chairman.post_id)
    )

    service.edit(
        world.secretary.actor,
        meeting.id,
        version=meeting.version,
        details=details(world, title="Tên mới"),
        guests=fewer,
    )

    assert meeting.sequence == 1
    assert {(i.agency_id, i.post_id, i.seats) for i in meeting.invitees} == {
        (world.agencies["dept"], None, 3),
        (world.agencies["city"], world.city_head.post_id, 1),
        (world.agencies["city"], world.chairman.post_id, 1),
    }
    assert not sees(world, meeting, "ward_chairman")
    assert not sees(world, meeting, "director2")
    gone = session.scalars(
        select(Invitee).where(Invitee.meeting_id == meeting.id, Invitee.withdrawn_at.is_not(None))
    ).all()
    assert len(gone) == 2
    entry = session.scalar(
        select(AuditEntry).where(AuditEntry.event == "MeetingChanged", AuditEntry.record_id == meeting.id)
    )
    assert entry.changes["meeting_title"] == [TITLE, "Tên mới"]
    assert "Lê Minh Quang" in entry.changes["meeting_invitees"][1]


def test_changing_the_secretary_alone_is_no_news_for_calendars(world: World) -> None:
    meeting = called(world)
    service.edit(
        world.secretary.actor, meeting.id, version=meeting.version,
        details=details(world, secretary_post_id=world.city_clerk.post_id, contact_post_id=world.secretary.post_id), guests=guests(world),
    )  # fmt: skip
    assert meeting.sequence == 0
    assert sees(world, meeting, "city_clerk")


def test_once_called_hours_do_not_change_by_editing(world: World) -> None:
    meeting = called(world)
    service.edit(
        world.secretary.actor, meeting.id, version=meeting.version, details=details(world), guests=guests(world),
        schedule=schedule("08:00", "09:00"),
    )  # fmt: skip
    assert meeting.starts_at == at("14:00")


def test_a_stale_form_is_refused(world: World) -> None:
    meeting = draft(world)
    old = meeting.version
    service.edit(
        world.secretary.actor,
        meeting.id,
        version=old,
        details=details(world, title="Một"),
        guests=guests(world),
    )
    with pytest.raises(StaleVersion):
        service.edit(
            world.secretary.actor,
            meeting.id,
            version=old,
            details=details(world, title="Hai"),
            guests=guests(world),
        )
    assert meeting.title == "Một"


def test_seats_cannot_fall_below_the_people_already_named(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "dept")
    service.answer(
        world.director.actor, meeting.id, item.id, version=item.version, answer=Answer.ATTEND,
        people=[service.Named(world.director.post_id), service.Named(world.head.post_id)],
    )  # fmt: skip
    with pytest.raises(Violations) as refused:
        service.edit(
            world.secretary.actor, meeting.id, version=meeting.version, details=details(world),
            guests=Guests(agencies=((world.agencies["dept"], 1),)),
        )  # fmt: skip
    assert "Sở Xây dựng đã cử 2 người" in refused.value.sentence


def test_create_and_call_is_one_act_or_none(world: World) -> None:
    before = session.scalar(select(func.count()).select_from(Meeting))
    with pytest.raises(Violations):
        service.create_and_call(world.secretary.actor, details(world), schedule(), Guests())
    assert session.scalar(select(func.count()).select_from(Meeting)) == before

    meeting = service.create_and_call(world.secretary.actor, details(world), schedule(), guests(world))
    assert meeting.state == MeetingState.CALLED


def test_a_held_or_cancelled_meeting_is_changed_no_more(world: World) -> None:
    meeting = called(world)
    service.cancel(world.secretary.actor, meeting.id, version=meeting.version, reason="Bão")
    for act in (
        lambda: service.edit(
            world.secretary.actor,
            meeting.id,
            version=meeting.version,
            details=details(world),
            guests=guests(world),
        ),
        lambda: service.call(world.secretary.actor, meeting.id, version=meeting.version),
        lambda: service.cancel(world.secretary.actor, meeting.id, version=meeting.version, reason="x"),
    ):
        with pytest.raises(WrongState):
            act()
