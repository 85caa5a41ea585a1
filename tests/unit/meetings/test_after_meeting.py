"""Điểm danh, biên bản, kết luận: from the agenda to directives, linked both ways."""

from __future__ import annotations

from datetime import date

import pytest

from app.core import clock
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations
from app.directives.models import DirectivePart
from app.documents import service as documents
from app.documents.models import Document
from app.meetings import jobs, queries, service
from app.meetings.models import Answer, Meeting
from app.meetings.service import AgendaLine, ConclusionLine, Named, Present
from app.notifications.models import Notice
from tests.unit.meetings.making import called, invitee, move_clock
from tests.world import World

ITEMS = (
    ConclusionLine("Hoàn thành bồi thường, giải phóng mặt bằng"),
    ConclusionLine("Trình phương án điều chỉnh vốn"),
)


def running(world: World, frozen_monday) -> Meeting:
    meeting = called(world, agenda=(AgendaLine("Báo cáo", 20, "Sở Xây dựng"), AgendaLine("Thảo luận", 30)))
    item = invitee(meeting, world, "dept")
    service.answer(
        world.director.actor,
        meeting.id,
        item.id,
        version=None,
        answer=Answer.ATTEND,
        people=[Named(world.head.post_id)],
    )
    move_clock(frozen_monday, "14:10")
    return meeting


def concluded(world: World, frozen_monday) -> Meeting:
    meeting = running(world, frozen_monday)
    lines = [
        ConclusionLine(ITEMS[0].content, world.agencies["dept"], date(2026, 12, 20)),
        ConclusionLine(ITEMS[1].content, world.agencies["dept2"]),
    ]
    service.write_minutes(
        world.secretary.actor, meeting.id, version=None, notes={meeting.agenda[0].id: "Sở Xây dựng báo cáo đạt 82 %."},
        closing="Thống nhất.", conclusions=lines,
    )  # fmt: skip
    move_clock(frozen_monday, "15:40")
    return service.hold(world.secretary.actor, meeting.id, version=None, needs_conclusion=True)


def test_the_roll_is_ticked_and_unticked(world: World, frozen_monday) -> None:
    meeting = running(world, frozen_monday)
    keys = [r.key for r in queries.roll(meeting)]
    names = [r.name for r in queries.roll(meeting)]
    assert names == ["Đoàn Văn Bách", "Lâm Chí Hiếu", "Huỳnh Tấn Phát"] or set(names) == {
        "Đoàn Văn Bách", "Lâm Chí Hiếu", "Huỳnh Tấn Phát",
    }  # fmt: skip
    service.take_attendance(
        world.secretary.actor,
        meeting.id,
        shown=keys,
        present=keys[:2],
        more=[Present("Phạm Hà", "Chuyên gia", "Hội")],
    )
    assert len(queries.attendance(meeting.id)) == 3
    service.take_attendance(world.secretary.actor, meeting.id, shown=keys, present=keys[:1])
    assert {a.name for a in queries.attendance(meeting.id)} == {names[0], "Phạm Hà"}


def test_whoever_is_expected_checks_in_at_the_door(world: World, frozen_monday) -> None:
    meeting = running(world, frozen_monday)
    token = str(meeting.door_token)
    service.check_in(world.head.actor, token)
    service.check_in(world.head.actor, token)
    service.check_in(world.vice_chairman.actor, token)
    assert [(a.name, a.way) for a in queries.attendance(meeting.id)] == [
        ("Đoàn Văn Bách", "door"), ("Trịnh Gia Khánh", "door"),
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="không có trong danh sách"):
        service.check_in(world.director.actor, token)
    with pytest.raises(NotFound):
        service.check_in(world.ward_specialist.actor, token)


def test_the_door_opens_an_hour_before(world: World) -> None:
    meeting = called(world)
    with pytest.raises(Violations, match="Điểm danh mở từ 13:00"):
        service.check_in(world.city_head.actor, str(meeting.door_token))


def test_agenda_items_run_one_after_the_other(world: World, frozen_monday) -> None:
    meeting = running(world, frozen_monday)
    first, second = meeting.agenda
    service.begin_item(world.secretary.actor, meeting.id, first.id)
    move_clock(frozen_monday, "14:40")
    service.begin_item(world.vice_chairman.actor, meeting.id, second.id)
    session.expire_all()
    assert first.ended_at == second.started_at == clock.now()


def test_editing_the_agenda_keeps_what_was_noted(world: World, frozen_monday) -> None:
    from tests.unit.meetings.making import details, guests

    meeting = running(world, frozen_monday)
    service.write_minutes(
        world.secretary.actor,
        meeting.id,
        version=None,
        notes={meeting.agenda[1].id: "Nhất trí."},
        closing="",
        conclusions=[],
    )
    service.edit(
        world.secretary.actor, meeting.id, version=None, guests=guests(world),
        details=details(world, agenda=(AgendaLine("Khai mạc", 5), AgendaLine("Thảo luận", 30))),
    )  # fmt: skip
    session.expire_all()
    assert [(a.title, a.notes) for a in meeting.agenda] == [("Khai mạc", ""), ("Thảo luận", "Nhất trí.")]


def test_conclusions_become_directives_linked_both_ways(world: World, frozen_monday) -> None:
    meeting = concluded(world, frozen_monday)
    items = queries.conclusions_of(meeting.id)
    with pytest.raises(NotAllowed):
        service.assign_conclusions(world.secretary.actor, meeting.id, item_ids=[items[0].id])
    service.assign_conclusions(world.vice_chairman.actor, meeting.id, item_ids=[i.id for i in items])
    session.expire_all()
    part = session.get_one(DirectivePart, items[0].part_id)
    assert (part.lead_agency_id, part.assigner_post_id) == (
        world.agencies["dept"],
        world.vice_chairman.post_id,
    )
    assert part.directive.source_point.startswith("Kết luận 1, cuộc họp 14:00")
    found = queries.meeting_of_part(part.id, world.vice_chairman.actor)
    assert found is not None
    assert found[0].id == meeting.id
    with pytest.raises(Violations, match="Kết luận 1 đã giao"):
        service.assign_conclusions(world.vice_chairman.actor, meeting.id, item_ids=[items[0].id])
    with pytest.raises(Violations, match="không sửa, không bỏ"):
        service.write_minutes(
            world.secretary.actor, meeting.id, version=None, notes={}, closing="", conclusions=[]
        )


def test_the_notice_is_drafted_and_its_issue_records_it(world: World, frozen_monday) -> None:
    meeting = concluded(world, frozen_monday)
    service.draft_conclusion(
        world.secretary.actor, meeting.id, version=None, signer_post_id=world.vice_chairman.post_id
    )
    document = session.get_one(Document, meeting.conclusion_draft_id)
    assert document.document_type == "Thông báo"
    assert {r.agency_id for r in document.recipients} >= {world.agencies["dept"], world.agencies["dept2"]}
    documents.endorse(world.office_chief.actor, document.id, None, "")
    documents.approve(world.vice_chairman.actor, document.id, None)
    documents.issue(world.city_clerk.actor, document.id, None, world.registers["city_outgoing"])
    session.expire_all()
    assert meeting.conclusion_document_id == document.id


def test_a_conclusion_notice_due_is_flagged_once_a_step(world: World, frozen_monday) -> None:
    meeting = concluded(world, frozen_monday)
    assert meeting.conclusion_due_on == date(2026, 12, 3)
    move_clock(frozen_monday, "08:05", date(2026, 12, 2))
    jobs.flag_conclusions(clock.now())
    jobs.flag_conclusions(clock.now())
    move_clock(frozen_monday, "08:05", date(2026, 12, 4))
    jobs.flag_conclusions(clock.now())
    words = [
        n.words for n in session.query(Notice).filter(Notice.key.like(f"meeting:{meeting.id}:conclusion:%"))
    ]
    assert len(words) == 2
    assert any(w.startswith("Quá hạn ban hành") for w in words)
