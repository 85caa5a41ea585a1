"""Sửa đường đi của văn bản đến: rút lại, đổi chủ trì, lấy ý kiến, đổi hạn; ai đã mở; nhắc việc chậm."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.core import clock, office_hours
from app.core.db import session
from app.core.records import post_principal, unit_principal
from app.core.working_days import Calendar
from app.documents import jobs, service
from app.documents.models import Document, Duty, DutyFlag, Handling, Note
from app.documents.service import Assignment
from app.documents.service.duties import due_of_duty
from app.notifications.models import Notice
from tests.web.documents.test_incoming_pages import assigned, events, presented, registered
from tests.world import World


def open_handlings() -> list[Handling]:
    """Các phần việc còn mở."""
    session.expire_all()
    return list(session.scalars(select(Handling).where(Handling.done_at.is_(None)).order_by(Handling.id)))


def test_what_was_presented_is_pulled_back_by_the_offered_undo(world: World) -> None:
    """Trình nhầm: nút hoàn tác ngay sau khi chuyển, văn bản trở lại hàng chờ trình."""
    document = registered(world)
    url = f"/van-ban/den/{document.id}"
    page = world.clerk.client.follow(
        world.clerk.client.post(f"{url}/chuyen", {"target": str(post_principal(world.director.post_id))})
    )
    assert page.has_form(f"{url}/rut-lai")
    world.clerk.client.post(f"{url}/rut-lai", form_at=url)
    session.expire_all()
    assert (document.state, document.presented_to_post_id) == ("registered", None)
    assert events(document.id)[-1] == "DocumentPulledBack"
    world.director.client.get(url, expect=404)  # he never should have seen it
    assert document.subject in world.clerk.client.get("/van-ban/den/cho-trinh").text


def test_nothing_is_pulled_back_once_the_receiver_has_acted(world: World) -> None:
    """Người nhận đã xử lý, hoặc lãnh đạo đã bút phê: không rút lại được nữa."""
    document = assigned(world)
    with pytest.raises(Exception, match="đã có bút phê"):
        service.pull_back(world.clerk.actor, document.id, None)
    part = session.scalars(select(Handling)).one()
    service.report_progress(world.head.actor, part.id, None, "Đang làm")
    page = world.director.client.follow(
        world.director.client.submit(f"/van-ban/den/{document.id}/rut-but-phe", {}, expect=303)
    )
    assert "Người nhận đã xử lý" in page.text
    assert document.state == "assigned"


def test_a_leader_takes_his_instruction_back(world: World) -> None:
    """Bút phê nhầm: rút lại khi chưa ai xử lý; văn bản lại chờ ý kiến chỉ đạo."""
    document = assigned(world)
    world.head.client.get(f"/van-ban/den/{document.id}")
    world.director.client.post(f"/van-ban/den/{document.id}/rut-but-phe", form_at="/")
    session.expire_all()
    assert document.state == "presented"
    assert session.scalars(select(Note).where(Note.kind == "instruction")).all() == []
    assert open_handlings() == []
    world.head.client.get(f"/van-ban/den/{document.id}", expect=404)
    assert document.subject in world.director.client.get("/").text


def test_the_lead_is_changed_and_both_stay_in_the_history(world: World) -> None:
    """Đổi chủ trì: nơi cũ phối hợp, nơi mới chủ trì, quá trình ghi cả hai."""
    document = assigned(world)
    values = {
        "lead": str(unit_principal(world.units["dept_plan"])),
        "keep_as_support": "y",
        "text": "Thuộc lĩnh vực quy hoạch",
        "due_at": "30/11/2026",
    }
    url = f"/van-ban/den/{document.id}/doi-chu-tri"
    page = world.director.client.follow(world.director.client.post(url, values))
    assert "Chủ trì: Phòng Hạ tầng kỹ thuật → Phòng Quy hoạch" in page.text
    assert [(h.unit_id, h.role) for h in open_handlings()] == [
        (world.units["dept_infra"], "support"),
        (world.units["dept_plan"], "lead"),
    ]
    again = world.director.client.post(url, values, expect=422)
    assert any("đang chủ trì" in e for e in again.errors), again.errors
    world.specialist.client.get(url, expect=404)


def test_an_opinion_is_asked_and_answered_inside_the_agency(world: World) -> None:
    """Lấy ý kiến: người được hỏi trả lời, văn bản không đóng vì ý kiến đó."""
    document = assigned(world)
    world.head.client.post(
        f"/van-ban/den/{document.id}/lay-y-kien",
        {
            "others": [str(post_principal(world.specialist2.post_id))],
            "text": "Có vướng quy hoạch không?",
            "due_at": "26/11/2026",
        },
    )
    part = next(h for h in open_handlings() if h.role == "opinion")
    assert document.subject in world.specialist2.client.get("/").text
    world.specialist2.client.post(f"/van-ban/phan-viec/{part.id}/ket-qua", {"result": "Không vướng"})
    session.expire_all()
    assert (part.state, part.result, document.state) == ("done", "Không vướng", "assigned")


def test_a_part_given_to_the_wrong_person_is_withdrawn_and_its_deadline_moved(world: World) -> None:
    """Trưởng phòng rút phần đã chuyển, giao người khác, đổi hạn."""
    document = assigned(world)
    part = session.scalars(select(Handling)).one()
    give = {"support_post_ids": (), "text": "Làm", "due_at": None}
    service.pass_on(world.head.actor, part.id, None, lead_post_id=world.specialist.post_id, **give)
    child = next(h for h in open_handlings() if h.parent_id)
    world.specialist.client.get(f"/van-ban/phan-viec/{child.id}/rut", expect=403)
    world.head.client.post(f"/van-ban/phan-viec/{child.id}/rut", {"reason": "Nhầm người"})
    session.expire_all()
    assert child.state == "withdrawn"
    world.specialist.client.get(f"/van-ban/den/{document.id}", expect=404)
    service.pass_on(world.head.actor, part.id, None, lead_post_id=world.specialist2.post_id, **give)
    child = next(h for h in open_handlings() if h.parent_id)
    world.head.client.post(f"/van-ban/phan-viec/{child.id}/han", {"due_at": "27/11/2026"})
    session.expire_all()
    assert child.due_at == datetime(2026, 11, 27, 17, tzinfo=UTC)
    past = world.head.client.post(f"/van-ban/phan-viec/{child.id}/han", {"due_at": "20/11/2026"}, expect=422)
    assert any("sau thời điểm hiện tại" in e for e in past.errors), past.errors


def test_everyone_who_may_see_it_sees_who_opened_it(world: World) -> None:
    """Ai đã mở, lúc nào: ghi ở lần mở đầu tiên."""
    document = presented(world)
    url = f"/van-ban/den/{document.id}"
    world.director.client.get(url)
    world.director.client.get(url)
    page = world.clerk.client.get(url)
    assert "Đã mở: 1 người" in page.text
    assert world.director.name in page.text
    assert "Đã mở: 2 người" in world.director.client.get(url).text


NORMAL, URGENT = 0, 1
WEEK = Calendar()


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Một lúc trong tháng 11/2026, giờ Việt Nam."""
    from datetime import time

    return clock.instant(date(2026, 11, day), time(hour, minute))


@pytest.mark.parametrize(
    ("duty", "urgency", "arrived", "due"),
    [
        (Duty.ACKNOWLEDGE, NORMAL, local(23, 9), local(23, 17)),  # Monday morning: by closing time
        (Duty.ACKNOWLEDGE, NORMAL, local(23, 18), local(24, 17)),  # after hours counts as the next day's
        (Duty.ACKNOWLEDGE, URGENT, local(27, 20), local(30, 17)),  # Friday night: Monday
        (Duty.REGISTER, NORMAL, local(23, 9), local(24, 17)),
        (Duty.REGISTER, NORMAL, local(27, 9), local(30, 17)),  # Friday: by the end of Monday
        (Duty.REGISTER, URGENT, local(23, 9), local(23, 10)),
        (Duty.PRESENT, URGENT, local(23, 16, 30), local(24, 8)),  # half an hour today, the rest tomorrow
        (Duty.PRESENT, URGENT, local(28, 10), local(30, 8, 30)),  # Saturday: from Monday's opening
    ],
)
def test_same_day_duties_are_counted_from_office_hours(
    duty: Duty, urgency: int, arrived: datetime, due: datetime
) -> None:
    """Việc trong ngày tính từ giờ làm việc; khẩn thì ngay."""
    assert due_of_duty(duty, arrived, urgency, WEEK) == due


def test_the_office_opens_again_after_a_holiday() -> None:
    """Ngày nghỉ và ngày làm bù theo lịch."""
    tet = Calendar(off=frozenset({date(2026, 11, 24)}), worked=frozenset({date(2026, 11, 28)}))
    assert office_hours.begins(local(23, 17), tet) == local(25, 7, 30)
    assert office_hours.begins(local(28, 6), tet) == local(28, 7, 30)


def test_late_work_is_told_once_by_the_worker(world: World, frozen_monday: time_machine.Traveller) -> None:
    """Đã vào sổ mà không trình, phần việc quá hạn: nhắc một lần; đổi hạn thì nhắc lại khi trễ lần nữa."""
    waiting = registered(world)
    document = presented(world)
    lead = unit_principal(world.units["dept_infra"])
    due = clock.now() + timedelta(hours=30)
    service.instruct(world.director.actor, document.id, None, Assignment("Giao", lead, due_at=due))
    frozen_monday.move_to(clock.now() + timedelta(hours=2))
    jobs.tell_late(clock.now())
    told = {(f.document_id, f.duty) for f in session.scalars(select(DutyFlag))}
    assert told == {(document.id, "soon")} | ({(waiting.id, "present")} if waiting.urgency else set())

    frozen_monday.move_to(clock.now() + timedelta(days=2))
    assert jobs.tell_late(clock.now())["told"] == 2
    assert jobs.tell_late(clock.now())["told"] == 0
    assert events(waiting.id)[-1] == "DutyReportedLate"
    part = session.scalars(select(Handling)).one()
    words = list(session.scalars(select(Notice.words).where(Notice.record_id == document.id)))
    assert any("quá hạn xử lý" in w for w in words), words
    service.set_due(world.director.actor, part.id, None, clock.now() + timedelta(hours=1))
    frozen_monday.move_to(clock.now() + timedelta(hours=2))
    assert jobs.tell_late(clock.now())["told"] == 1
    assert isinstance(document, Document)
