"""Trả lời, cử người, báo vắng, nhắc."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, StaleVersion, Violations, WrongState
from app.core.records import RecordAccess, RecordKind, may_see
from app.meetings import policy, queries, service
from app.meetings.models import Answer, Invitee, Meeting
from app.meetings.service import Named
from app.meetings.service.access import facts
from app.notifications.models import Notice
from tests.unit.meetings.making import called, invitee, move_clock, schedule
from tests.world import World


def rows_of(meeting: Meeting) -> dict[tuple[int, str], bool]:
    return {
        (r.principal_id, r.reason): r.open
        for r in session.scalars(
            select(RecordAccess).where(RecordAccess.kind == 4, RecordAccess.record_id == meeting.id)
        )
    }


def reply(world: World, meeting: Meeting, who: str, whose: str, answer: Answer, **more) -> Invitee:
    item = invitee(meeting, world, whose)
    service.answer(world.people[who].actor, meeting.id, item.id, version=item.version, answer=answer, **more)
    session.expire_all()
    assert rows_of(meeting) == facts(meeting), "the short way after an answer ends as the long one"
    return item


def waits(world: World, key: str) -> int:
    return session.execute(queries.waiting_count(world.people[key].actor)).scalar_one()


def test_a_person_says_he_will_come(world: World) -> None:
    meeting = called(world)
    assert waits(world, "director2") == 1

    item = reply(world, meeting, "director2", "director2", Answer.ATTEND)

    assert (item.answer, item.answered_by_person_id) == ("attend", world.director2.person_id)
    assert waits(world, "director2") == 0
    entry = session.scalar(select(AuditEntry).where(AuditEntry.event == "InvitationAnswered"))
    assert entry.data["note"] == "Huỳnh Tấn Phát: Tham dự"


def test_a_person_sends_a_substitute_of_his_agency_who_then_sees_the_meeting(world: World) -> None:
    meeting = called(world)
    item = reply(
        world,
        meeting,
        "director2",
        "director2",
        Answer.SUBSTITUTE,
        people=[Named(world.specialist_b.post_id)],
        reason="Họp ở Bộ",
    )

    assert [(a.name, a.title) for a in item.attendees] == [("Tô Vĩnh An", "Chuyên viên")]
    assert may_see(RecordKind.MEETING, meeting.id, policy.principals(world.specialist_b.actor))
    words = session.scalars(select(Notice.words).where(Notice.record_id == meeting.id)).all()
    assert any(w.startswith("Anh/chị được cử dự họp 14:00 ngày 26/11/2026") for w in words)

    reply(world, meeting, "director2", "director2", Answer.ATTEND)
    assert not may_see(RecordKind.MEETING, meeting.id, policy.principals(world.specialist_b.actor))


def test_a_substitute_may_be_named_in_words(world: World) -> None:
    meeting = called(world)
    item = reply(
        world,
        meeting,
        "director2",
        "director2",
        Answer.SUBSTITUTE,
        people=[Named(None, "Phạm Quốc Trường", "Trưởng phòng Đầu tư")],
    )
    assert item.attendees[0].name == "Phạm Quốc Trường"


def test_absence_needs_a_reason(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    with pytest.raises(Violations) as refused:
        service.answer(world.director2.actor, meeting.id, item.id, version=item.version, answer=Answer.ABSENT)
    assert [v.field for v in refused.value.items] == ["reason"]
    assert (
        reply(world, meeting, "director2", "director2", Answer.ABSENT, reason="Đi công tác").reason
        == "Đi công tác"
    )


@pytest.mark.parametrize("key", ["director", "deputy_director", "clerk"])
def test_an_invited_agency_is_answered_for_by_its_leaders_or_its_office(world: World, key: str) -> None:
    meeting = called(world)
    item = reply(
        world,
        meeting,
        key,
        "dept",
        Answer.ATTEND,
        people=[Named(world.head.post_id), Named(None, "Người ngoài", "Cộng tác viên")],
    )
    assert [a.name for a in item.attendees] == ["Đoàn Văn Bách", "Người ngoài"]
    assert [waits(world, k) for k in ("director", "deputy_director", "clerk")] == [0, 0, 0]


def test_one_press_of_a_leader_sends_himself(world: World) -> None:
    meeting = called(world)
    item = reply(world, meeting, "director", "dept", Answer.ATTEND, myself=True)
    assert [a.post_id for a in item.attendees] == [world.director.post_id]


def test_a_clerk_may_say_the_agency_comes_before_it_is_known_who(world: World) -> None:
    meeting = called(world)
    assert reply(world, meeting, "clerk", "dept", Answer.ATTEND).attendees == []


@pytest.mark.parametrize("key", ["chairman", "head", "specialist", "director2", "clerk2", "ward_specialist"])
def test_nobody_else_answers_for_an_agency(world: World, key: str) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "dept")
    with pytest.raises((NotAllowed, NotFound)):
        service.answer(
            world.people[key].actor, meeting.id, item.id, version=item.version, answer=Answer.ATTEND
        )
    assert item.answer is None


def test_the_office_answers_for_its_leader_but_a_colleague_does_not(world: World) -> None:
    meeting = called(world)
    assert reply(world, meeting, "clerk2", "director2", Answer.ATTEND).answer == "attend"
    item = invitee(meeting, world, "city_head")
    with pytest.raises(NotAllowed):
        service.answer(world.chairman.actor, meeting.id, item.id, version=item.version, answer=Answer.ATTEND)


def test_no_more_people_than_seats_and_only_of_the_agency(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "dept")
    three = [Named(None, f"Người {n}") for n in range(3)]
    for people in (three, [Named(world.director2.post_id)], [Named(None, "")]):
        with pytest.raises(Violations) as refused:
            service.answer(
                world.clerk.actor,
                meeting.id,
                item.id,
                version=item.version,
                answer=Answer.ATTEND,
                people=people,
            )
        assert [v.field for v in refused.value.items] == ["people"]


def test_answers_that_contradict_themselves_are_refused(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    act = world.director2.actor
    for answer, people, reason in (
        (Answer.SUBSTITUTE, [], ""),
        (Answer.SUBSTITUTE, [Named(world.director2.post_id)], ""),
        (Answer.ATTEND, [Named(None, "Ai đó")], ""),
        (Answer.ABSENT, [Named(None, "Ai đó")], "bận"),
    ):
        with pytest.raises(Violations):
            service.answer(
                act, meeting.id, item.id, version=item.version, answer=answer, people=people, reason=reason
            )
    assert item.answer is None


def test_an_answer_may_change_until_the_meeting_begins_and_keeps_its_history(
    world: World, frozen_monday
) -> None:
    meeting = called(world)
    reply(world, meeting, "director2", "director2", Answer.ATTEND)
    reply(world, meeting, "director2", "director2", Answer.ABSENT, reason="Họp ở Bộ")
    notes = session.scalars(
        select(AuditEntry.data["note"].astext)
        .where(AuditEntry.event == "InvitationAnswered")
        .order_by(AuditEntry.id)
    ).all()
    assert notes[-1] == "Huỳnh Tấn Phát: Báo vắng. Lý do: Họp ở Bộ; trước đó: Tham dự"

    move_clock(frozen_monday, "14:00")
    item = invitee(meeting, world, "director2")
    with pytest.raises(Violations, match="Cuộc họp đã bắt đầu"):
        service.answer(world.director2.actor, meeting.id, item.id, version=item.version, answer=Answer.ATTEND)


def test_two_who_answer_for_one_agency_do_not_overwrite_each_other(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "dept")
    seen = item.version
    service.answer(world.director.actor, meeting.id, item.id, version=seen, answer=Answer.ATTEND, myself=True)
    with pytest.raises(StaleVersion):
        service.answer(
            world.clerk.actor, meeting.id, item.id, version=seen, answer=Answer.ABSENT, reason="bận"
        )
    assert item.answer == "attend"


def test_answers_do_not_make_the_secretary_s_form_stale(world: World) -> None:
    meeting = called(world)
    version = meeting.version
    reply(world, meeting, "director2", "director2", Answer.ATTEND)
    service.remind(world.secretary.actor, meeting.id)
    assert session.get(Meeting, meeting.id, populate_existing=True).version == version


def test_an_invitation_of_another_meeting_is_not_found(world: World) -> None:
    first, second = called(world), called(world, schedule=schedule("08:00", "09:00"))
    item = invitee(second, world, "director2")
    with pytest.raises(NotFound):
        service.answer(world.director2.actor, first.id, item.id, version=item.version, answer=Answer.ATTEND)


def test_a_cancelled_meeting_is_answered_no_more(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    service.cancel(world.secretary.actor, meeting.id, version=meeting.version, reason="Bão")
    assert waits(world, "director2") == 0
    with pytest.raises(WrongState):
        service.answer(world.director2.actor, meeting.id, item.id, version=item.version, answer=Answer.ATTEND)


def test_only_the_silent_are_reminded_and_each_reminder_is_counted(world: World) -> None:
    meeting = called(world)
    reply(world, meeting, "director2", "director2", Answer.ATTEND)

    assert service.remind(world.secretary.actor, meeting.id) == 3
    ward = invitee(meeting, world, "ward")
    assert service.remind(world.vice_chairman.actor, meeting.id, invitee_ids=[ward.id]) == 1

    session.expire_all()
    assert {k: invitee(meeting, world, k).reminded_count for k in ("dept", "ward", "city_head", "director2")} == {
        "dept": 1, "ward": 2, "city_head": 1, "director2": 0,
    }  # fmt: skip
    with pytest.raises(Violations):
        service.remind(
            world.secretary.actor, meeting.id, invitee_ids=[invitee(meeting, world, "director2").id]
        )


def test_invited_people_do_not_remind_others(world: World) -> None:
    meeting = called(world)
    with pytest.raises(NotAllowed):
        service.remind(world.director.actor, meeting.id)


def test_the_silent_stand_first_and_the_tally_counts_invitations(world: World) -> None:
    meeting = called(world)
    reply(world, meeting, "director2", "director2", Answer.ABSENT, reason="bận")
    reply(
        world,
        meeting,
        "director",
        "dept",
        Answer.ATTEND,
        people=[Named(world.director.post_id), Named(world.head.post_id)],
    )
    shown = queries.meeting(meeting.id, world.secretary.actor)

    assert [i.answer for i in queries.replies(shown)] == [None, None, "absent", "attend"]
    tally = queries.tally(shown.invitees)
    assert (tally.invited, tally.attend, tally.absent, tally.silent, tally.people, tally.seats) == (
        4,
        1,
        1,
        2,
        2,
        5,
    )


def test_the_list_of_invitations_to_answer_equals_its_count(world: World) -> None:
    for number in range(3):
        called(world, schedule=schedule(f"{8 + number}:00".zfill(5), f"{9 + number}:00".zfill(5)))
    for key in world.people:
        listed = queries.waiting(world.people[key].actor, limit=50)
        assert len({w.meeting_id for w in listed}) == waits(world, key), key


def test_a_deputy_answers_for_the_absent_leader_and_it_is_told(world: World) -> None:
    from datetime import date

    from app.core import clock
    from app.org.models import Absence

    meeting = called(world)
    session.add(
        Absence(
            agency_id=world.agencies["dept2"], person_id=world.director2.person_id, deputy_post_id=world.specialist_b.post_id,
            reason="leave", starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 27), created_at=clock.now(),
            created_by_id=world.director2.person_id,
        )
    )  # fmt: skip
    session.commit()

    assert waits(world, "specialist_b") == 1
    reply(world, meeting, "specialist_b", "director2", Answer.ATTEND)
    entry = session.scalar(select(AuditEntry).where(AuditEntry.event == "InvitationAnswered"))
    assert (entry.person_id, entry.acting_for_person_id) == (
        world.specialist_b.person_id,
        world.director2.person_id,
    )
