"""Dời, đổi phòng, hủy, họp xong, kết luận, bàn giao."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import session
from app.core.errors import NotAllowed, StaleVersion, Violations, WrongState
from app.core.records import RecordAccess, RecordKind, grant_access, post_principal
from app.documents.models import Document
from app.meetings import queries, service
from app.meetings.models import Answer, MeetingState
from app.meetings.service.access import facts
from app.org import open_work
from app.org import service as org
from tests.unit.meetings.making import (
    THURSDAY,
    TITLE,
    at,
    called,
    draft,
    invitee,
    make_room,
    move_clock,
    schedule,
)
from tests.unit.meetings.test_answering import reply, rows_of, waits
from tests.world import World

FRIDAY = THURSDAY + timedelta(days=1)


def moved(world: World, meeting, **hours):
    return service.move(
        world.secretary.actor, meeting.id, version=meeting.version, reason="Chủ trì đi họp Chính phủ",
        schedule=hours.pop("schedule", None) or schedule("08:00", "09:30", day=FRIDAY),
    )  # fmt: skip


def test_moving_asks_again_and_keeps_the_old_answers_apart(world: World) -> None:
    meeting = called(world, papers_due_at=at("11:00"))
    reply(world, meeting, "director2", "director2", Answer.ATTEND)
    reply(world, meeting, "director", "dept", Answer.ABSENT, reason="Đi công tác")
    service.remind(world.secretary.actor, meeting.id)

    moved(world, meeting)

    session.expire_all()
    assert (meeting.state, meeting.sequence) == (MeetingState.CALLED, 1)
    assert meeting.starts_at == at("08:00", FRIDAY)
    assert meeting.papers_due_at == at("05:00", FRIDAY)
    director2, dept = invitee(meeting, world, "director2"), invitee(meeting, world, "dept")
    assert (director2.answer, director2.previous_answer, dept.previous_answer) == (None, "attend", "absent")
    assert queries.tally(meeting.invitees).answered == 0
    assert {i.reminded_count for i in meeting.invitees} == {0}
    assert waits(world, "director2") == 1
    assert rows_of(meeting) == facts(meeting)
    sort_at = set(
        session.scalars(
            select(RecordAccess.sort_at).where(RecordAccess.kind == 4, RecordAccess.record_id == meeting.id)
        )
    )
    assert sort_at == {meeting.starts_at}
    entry = session.scalar(select(AuditEntry).where(AuditEntry.event == "MeetingMoved"))
    assert entry.data["reason"] == "Chủ trì đi họp Chính phủ"
    assert set(entry.changes) >= {"meeting_starts_at", "meeting_ends_at"}


def test_an_answer_drawn_for_the_old_hours_never_counts_for_the_new(world: World) -> None:
    meeting = called(world)
    item = invitee(meeting, world, "director2")
    seen = item.version
    moved(world, meeting)
    with pytest.raises(StaleVersion):
        service.answer(world.director2.actor, meeting.id, item.id, version=seen, answer=Answer.ATTEND)
    session.expire_all()
    assert invitee(meeting, world, "director2").answer is None


def test_another_room_for_the_same_hours_leaves_the_answers(world: World) -> None:
    a1, b2 = make_room(world), make_room(world, "Phòng họp B2", 40)
    meeting = called(world, room=a1)
    reply(world, meeting, "director2", "director2", Answer.ATTEND)
    moved(world, meeting, schedule=schedule(room=b2))
    session.expire_all()
    assert meeting.sequence == 1
    assert invitee(meeting, world, "director2").answer == "attend"
    assert draft(world, room=a1).room_id == a1.id


def test_moving_into_a_taken_room_changes_nothing(world: World) -> None:
    room = make_room(world)
    draft(world, schedule=schedule("08:00", "10:00", day=FRIDAY, room=room))
    meeting = called(world, room=room)
    with pytest.raises(service.RoomTaken):
        moved(world, meeting, schedule=schedule("09:00", "09:30", day=FRIDAY, room=room))
    session.expire_all()
    assert (meeting.starts_at, meeting.sequence) == (at("14:00"), 0)


def test_moving_nowhere_or_into_the_past_is_refused(world: World) -> None:
    meeting = called(world)
    with pytest.raises(Violations, match="chưa đổi"):
        moved(world, meeting, schedule=schedule())
    with pytest.raises(Violations, match="đã qua"):
        moved(world, meeting, schedule=schedule("07:00", "07:30", day=date(2026, 11, 23)))
    with pytest.raises(WrongState):
        moved(world, draft(world))


def test_only_the_convening_side_moves_or_cancels(world: World) -> None:
    meeting = called(world)
    for key in ("director", "city_head", "clerk2"):
        with pytest.raises(NotAllowed):
            service.move(
                world.people[key].actor,
                meeting.id,
                version=meeting.version,
                schedule=schedule("08:00", "09:00"),
                reason="x",
            )


def test_cancelling_keeps_the_reason_and_ends_the_waiting(world: World) -> None:
    meeting = called(world)
    service.cancel(world.vice_chairman.actor, meeting.id, version=meeting.version, reason="Có bão")
    assert (meeting.state, meeting.cancel_reason, meeting.sequence) == (MeetingState.CANCELLED, "Có bão", 1)
    assert rows_of(meeting) == facts(meeting)
    assert not any(rows_of(meeting).values())


def test_a_meeting_is_held_only_after_it_began_and_owes_its_conclusion_in_five_working_days(
    world: World, frozen_monday
) -> None:
    meeting = called(world)
    with pytest.raises(Violations, match="Chưa đến giờ họp"):
        service.hold(world.vice_chairman.actor, meeting.id, version=meeting.version, needs_conclusion=True)
    move_clock(frozen_monday, "15:30")
    with pytest.raises(NotAllowed):
        service.hold(world.director.actor, meeting.id, version=meeting.version, needs_conclusion=True)

    service.hold(world.vice_chairman.actor, meeting.id, version=meeting.version, needs_conclusion=True)

    assert meeting.state == MeetingState.HELD
    assert meeting.conclusion_due_on == date(2026, 12, 3)
    owed = queries.conclusions_owed(world.office_chief.actor, limit=10)
    assert [(o.meeting_id, o.title) for o in owed] == [(meeting.id, TITLE)]


def test_the_days_for_a_conclusion_are_a_setting_of_its_kind_of_agency(world: World, frozen_monday) -> None:
    meeting = called(world)
    rule = next(r for r in queries.rules() if r.agency_kind == meeting.agency.kind)
    rule.conclusion_days = 2
    session.commit()
    move_clock(frozen_monday, "15:30")
    service.hold(world.secretary.actor, meeting.id, version=meeting.version, needs_conclusion=True)
    assert meeting.conclusion_due_on == date(2026, 11, 30)


def issued(world: World, agency: str = "city", state: str = "issued") -> Document:
    document = Document(
        agency_id=world.agencies[agency], direction="outgoing", state=state, document_type="Thông báo", reference="118/TB-VP",
        reference_key="118/tb-vp", subject="Kết luận cuộc họp", created_at=clock.now(), sort_at=clock.now(), state_since=clock.now(),
    )  # fmt: skip
    session.add(document)
    session.flush()
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [post_principal(world.secretary.post_id)],
        reason="drafter",
        sort_at=clock.now(),
    )
    session.commit()
    return document


def held(world: World, frozen_monday, *, needs_conclusion: bool = True):
    meeting = called(world)
    move_clock(frozen_monday, "15:30")
    return service.hold(
        world.secretary.actor, meeting.id, version=meeting.version, needs_conclusion=needs_conclusion
    )


def test_the_issued_conclusion_is_recorded_once(world: World, frozen_monday) -> None:
    meeting, document = held(world, frozen_monday), issued(world)
    assert queries.issued_document("118 /tb-vp", world.secretary.actor) is document

    service.record_conclusion(
        world.secretary.actor, meeting.id, version=meeting.version, document_id=document.id
    )

    assert meeting.conclusion_document_id == document.id
    assert queries.conclusions_owed(world.office_chief.actor, limit=10) == []
    with pytest.raises(Violations, match="đã được ghi nhận"):
        service.record_conclusion(
            world.secretary.actor, meeting.id, version=meeting.version, document_id=document.id
        )


def test_what_is_not_an_issued_document_of_the_agency_is_no_conclusion(world: World, frozen_monday) -> None:
    meeting = held(world, frozen_monday)
    for document in (issued(world, state="draft"), issued(world, agency="dept")):
        with pytest.raises(Violations):
            service.record_conclusion(
                world.secretary.actor, meeting.id, version=meeting.version, document_id=document.id
            )
    assert queries.issued_document("118/TB-VP", world.office_chief.actor) is None


def test_a_conclusion_may_be_waived_with_a_reason(world: World, frozen_monday) -> None:
    meeting = held(world, frozen_monday)
    service.waive_conclusion(
        world.vice_chairman.actor, meeting.id, version=meeting.version, reason="Họp trao đổi thông tin"
    )
    assert queries.conclusions_owed(world.office_chief.actor, limit=10) == []


def test_without_need_of_a_conclusion_none_is_owed(world: World, frozen_monday) -> None:
    held(world, frozen_monday, needs_conclusion=False)
    assert queries.conclusions_owed(world.office_chief.actor, limit=10) == []


def test_a_hand_over_gives_future_meetings_to_the_successor(world: World, frozen_monday) -> None:
    past = called(world, schedule=schedule("10:00", "11:00", day=date(2026, 11, 23)))
    future = called(world)
    other = draft(
        world,
        secretary_post_id=world.city_clerk.post_id,
        contact_post_id=world.secretary.post_id,
        schedule=schedule("08:00", "09:00"),
    )
    frozen_monday.move_to(at("12:00", date(2026, 11, 23)), tick=False)

    assert "2 cuộc họp" in open_work.in_words(open_work.open_work([world.secretary.post_id]))
    record = org.hand_over(
        world.city_admin.actor, from_post_id=world.secretary.post_id, to_post_id=world.city_specialist.post_id
    )

    (group,) = record.items["groups"]
    assert (group["label"], len(group["items"])) == ("cuộc họp", 2)

    session.expire_all()
    new, old = world.city_specialist.post_id, world.secretary.post_id
    assert (future.secretary_post_id, future.contact_post_id) == (new, new)
    assert (other.secretary_post_id, other.contact_post_id) == (world.city_clerk.post_id, new)
    assert past.secretary_post_id == old
    assert (post_principal(new), "secretary") in rows_of(future)
    assert (post_principal(old), "secretary") not in rows_of(future)
    told = session.scalars(
        select(AuditEntry.record_id).where(AuditEntry.event == "MeetingOfficerChanged")
    ).all()
    assert sorted(told) == sorted([future.id, other.id])


def test_rebuilding_sight_from_the_facts_changes_nothing(world: World) -> None:
    meeting = called(world)
    reply(
        world,
        meeting,
        "director2",
        "director2",
        Answer.SUBSTITUTE,
        people=[service.Named(world.specialist_b.post_id)],
    )
    before = rows_of(meeting)
    service.sync_access(meeting)
    assert rows_of(meeting) == before == facts(meeting)
