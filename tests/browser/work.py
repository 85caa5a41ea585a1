"""Việc đang làm dở trên các bàn: made through the use cases, so that every row is what an act leaves."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import time_machine
from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import session
from app.core.records import post_principal, unit_principal
from app.core.working_days import calendar, due_instant
from app.documents import service as documents
from app.documents.models import Document, Handling
from app.documents.service import Assignment, DraftContent, Registration
from app.meetings import service as meetings
from app.meetings.models import Answer
from app.meetings.service import AgendaLine
from app.storage.service import Upload, store_upload
from tests.paper import pdf
from tests.unit.directives import given
from tests.unit.meetings import making
from tests.world import World

# Subject, urgency: what the city sends to Sở Xây dựng, first come first.
WAITING = (
    ("Công điện về chủ động ứng phó mưa lớn kết hợp triều cường", 3),
    ("Về việc rà soát các dự án chậm tiến độ giải phóng mặt bằng", 1),
    ("Về việc xử lý tình trạng ngập tại nút giao Lương Định Của", 0),
    ("Về việc góp ý dự thảo Quy định quản lý vỉa hè, lòng đường", 0),
)
PRESENTED = (
    (
        "Về việc kiểm tra an toàn công trình chung cư cũ",
        "Giao Phòng Hạ tầng kỹ thuật chủ trì kiểm tra, báo cáo.",
    ),
    ("Về việc lập danh mục công trình chào mừng năm mới", "Giao Phòng Quy hoạch chủ trì lập danh mục."),
)
ASSIGNED = "Về việc báo cáo tình hình cấp giấy phép xây dựng"
EXTENSION = "Rà soát quy hoạch phân khu ven sông"
REPORTED = "Kiểm tra tiến độ các dự án nhà ở xã hội"
LATE = "Báo cáo kết quả xử lý các điểm ngập còn lại"


def fill(world: World) -> None:
    """Công việc đang làm dở của mọi vai trò."""
    _documents(world)
    _directives(world)
    _meetings(world)
    session.commit()
    while outbox.dispatch():
        pass


def _documents(world: World) -> None:
    for subject, urgency in WAITING:
        send(world, subject, urgency)
    for subject, proposal in PRESENTED:
        present(world, subject, proposal)
    _assign(world)
    _draft(world, "Về việc trả lời kiến nghị của cử tri phường Bến Thành", upto="draft")
    _draft(world, "Kế hoạch duy tu hạ tầng kỹ thuật quý I", upto="submitted")
    _draft(world, "Báo cáo kết quả kiểm tra công trình ngầm", upto="endorsed")
    _draft(world, "Quyết định phê duyệt nhiệm vụ quy hoạch chi tiết", upto="approved")
    _draft(world, "Thông báo phân luồng thi công đường Nguyễn Huệ", upto="issued")
    documents.save_group(world.clerk.actor, None, "Các phường trung tâm", [world.agencies["ward"]])


def send(world: World, subject: str, urgency: int = 0) -> None:
    """Một văn bản của Thành phố đến nơi: waits to be registered."""
    content = DraftContent(
        "Công văn", subject, urgency, (world.agencies["dept"],), (), world.chairman.post_id
    )
    draft = documents.create_draft(world.city_specialist.actor, content, _file(subject)).id
    documents.submit(world.city_specialist.actor, draft, None)
    documents.endorse(world.city_head.actor, draft, None, "")
    documents.approve(world.chairman.actor, draft, None)
    documents.issue(world.city_clerk.actor, draft, None, world.registers["city_outgoing"])
    session.commit()
    while outbox.dispatch():
        pass


def present(world: World, subject: str, proposal: str) -> Document:
    """Một văn bản giấy đã vào sổ và trình giám đốc kèm tham mưu."""
    document = register(world, subject)
    unit = world.units["dept_plan" if "Quy hoạch" in proposal else "dept_infra"]
    words = Assignment(proposal, unit_principal(unit), due_at=in_days(5))
    return documents.route(
        world.clerk.actor, document.id, None, post_principal(world.director.post_id), words
    )


def register(world: World, subject: str) -> Document:
    """Một văn bản giấy đã vào sổ."""
    registration = Registration(
        world.registers["dept_incoming"], "1204/UBND-ĐT", clock.today() - timedelta(days=2),
        "UBND phường Bến Thành", "Công văn", subject,
    )  # fmt: skip
    return documents.register_paper(world.clerk.actor, registration, _file(subject))


def _assign(world: World) -> None:
    document = present(world, ASSIGNED, "Giao Phòng Hạ tầng kỹ thuật chủ trì, báo cáo số liệu.")
    documents.agree_with_proposal(world.director.actor, document.id, None)
    part = session.scalars(select(Handling).where(Handling.document_id == document.id)).one()
    documents.pass_on(
        world.head.actor, part.id, None, lead_post_id=world.specialist.post_id, support_post_ids=(),
        text="Tổng hợp số liệu 11 tháng", due_at=in_days(2),
    )  # fmt: skip


def _draft(world: World, subject: str, upto: str) -> None:
    kind = (
        "Công văn"
        if subject.startswith("Về việc")
        else subject.split(" ", 2)[0] + " " + subject.split(" ")[1]
    )
    content = DraftContent(
        kind, subject, 0, (world.agencies["city"], world.agencies["ward"]), (), world.director.post_id
    )
    draft = documents.create_draft(world.specialist.actor, content, _file(subject)).id
    for state, act, who, extra in (
        ("submitted", documents.submit, world.specialist, ()),
        ("endorsed", documents.endorse, world.head, ("",)),
        ("approved", documents.approve, world.director, ()),
        ("issued", documents.issue, world.clerk, (world.registers["dept_outgoing"],)),
    ):
        if upto == "draft":
            return
        act(who.actor, draft, None, *extra)
        if state == upto:
            return


def _file(words: str) -> Upload:
    return store_upload(io.BytesIO(pdf(words)), "van-ban.pdf")


def in_days(count: int) -> datetime:
    """Hạn sau từng này ngày làm việc."""
    return due_instant(calendar().add(clock.today(), count))


# ── chỉ đạo ──


def _directives(world: World) -> None:
    """Nhiệm vụ Chủ tịch giao Sở: mới giao, đang làm, sắp đến hạn, quá hạn, xin gia hạn, chờ xác nhận, xong."""
    given.assigned(world, content="Trình phương án chống ngập khu vực Thảo Điền", due_at=in_days(15))
    given.in_progress(world, content="Hoàn thành bàn giao mặt bằng đường Vành đai 3", due_at=in_days(2))
    with time_machine.travel(clock.now() - timedelta(days=40)):
        given.in_progress(world, content=LATE, due_at=in_days(10))
        given.in_progress(world, content="Trình danh mục dự án chậm tiến độ", due_at=in_days(12))
        given.completed(world, content="Lập danh mục nhà, đất công bỏ trống", due_at=in_days(20))
    given.reported_done(world, content=REPORTED, due_at=in_days(6))
    given.asked_for_more_time(
        world,
        calendar().add(clock.today(), 20),
        content=EXTENSION,
        due_at=in_days(4),
    )


# ── cuộc họp ──


def _meetings(world: World) -> None:
    """Một cuộc họp sắp tới có trả lời các kiểu, một dự thảo, một cuộc đã họp còn nợ kết luận."""
    room = making.make_room(world)
    making.make_room(world, "Phòng khánh tiết", 20)
    coming = making.called(
        world, room=room, schedule=making.schedule(day=calendar().add(clock.today(), 2), room=room),
        agenda=(AgendaLine("Khai mạc", 5), AgendaLine("Báo cáo tiến độ", 20, "Sở Xây dựng")),
    )  # fmt: skip
    invited = making.invitee(coming, world, "ward")
    meetings.answer(
        world.ward_chairman.actor, coming.id, invited.id, version=invited.version, answer=Answer.ABSENT,
        reason="Tiếp công dân định kỳ",
    )  # fmt: skip
    making.draft(
        world, title="Giao ban công tác tháng tới",
        schedule=making.schedule("08:00", "09:30", day=calendar().add(clock.today(), 4), place="Hội trường lớn"),
    )  # fmt: skip
    with time_machine.travel(clock.now() - timedelta(days=9)):
        past = making.called(
            world, title="Họp rà soát dự án cải tạo kênh Hy Vọng",
            schedule=making.schedule(day=calendar().add(clock.today(), 2), place="Phòng họp tầng 3"),
        )  # fmt: skip
    meetings.hold(world.secretary.actor, past.id, version=past.version, needs_conclusion=True)
