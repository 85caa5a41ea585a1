"""Một ngày ở văn phòng: a document travels, a directive is followed, a meeting is called; real pages, real files, the real queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from app.core import clock, jobs, outbox
from app.core.db import session
from app.core.records import post_principal, unit_principal
from app.directives.models import DirectivePart
from app.documents.models import Document, Handling
from app.meetings.models import Meeting
from app.notifications.models import Mail
from tests.paper import docx, pdf, upload
from tests.world import World


def work_off_the_queue() -> None:
    """Tiến trình nền gửi hết hàng đợi."""
    session.commit()
    while outbox.dispatch():
        pass


def run_job(name: str) -> None:
    """Một lượt của việc định kỳ."""
    jobs.run(name, clock.now().replace(second=0, microsecond=0))


def newest(model: Any, *conditions: Any) -> Any:
    """Dòng mới nhất."""
    session.expire_all()
    return session.scalars(select(model).where(*conditions).order_by(model.id.desc())).first()


def test_a_document_travels_from_draft_to_answer(committed: tuple[Flask, World]) -> None:
    """Soạn thảo → duyệt → phát hành → đến hai nơi → vào sổ → bút phê → xử lý → nơi gửi thấy kết quả."""
    _app, world = committed
    city, ward = world.agencies["city"], world.agencies["ward"]
    world.specialist.client.post(
        "/van-ban/di/moi",
        {
            "document_type": "Công văn", "urgency": "1", "subject": "V/v phối hợp xử lý ngập đường Lê Lợi", "recipients": [str(city), str(ward)],
            "approver": str(world.director.post_id), "document_file": upload(docx(), "cong-van.docx"), "attachments": upload(pdf("Phụ lục"), "phu-luc.pdf"),
        },
    )  # fmt: skip
    sent = newest(Document, Document.direction == "outgoing")
    page = f"/van-ban/di/{sent.id}"
    world.specialist.client.post(f"{page}/trinh", form_at=page)
    world.head.client.post(f"{page}/dong-y", {"note": "Đã kiểm tra số liệu"})
    world.director.client.post(f"{page}/phe-duyet", form_at="/")
    world.clerk.client.post(f"{page}/phat-hanh")
    work_off_the_queue()

    shown = world.clerk.client.get(page)
    assert "01/SXD-HTKT" in shown.text
    assert shown.text.count("Đã đến") >= 2

    desk = world.ward_clerk.client.get("/van-ban/den/cho-vao-so")
    assert "V/v phối hợp xử lý ngập đường Lê Lợi" in desk.text
    got = newest(Document, Document.direction == "incoming", Document.agency_id == ward)
    values = desk.form(f"/cho-vao-so/{got.id}")
    assert (values["reference"], values["issuer_name"], values["urgency"]) == (
        "01/SXD-HTKT",
        "Sở Xây dựng",
        "1",
    )
    assert [f.name for f in got.files] == ["cong-van.docx", "phu-luc.pdf"]

    chairman = str(post_principal(world.ward_chairman.post_id))
    proposal = {
        "target": chairman,
        "text": "Giao Văn phòng chủ trì, báo cáo trước 27/11.",
        "lead": str(unit_principal(world.units["ward_office"])),
        "due_at": "27/11/2026",
    }
    world.ward_clerk.client.post(f"/van-ban/den/cho-vao-so/{got.id}", proposal)
    work_off_the_queue()
    assert "Đã tiếp nhận" in world.clerk.client.get(page).text

    home = world.ward_chairman.client.get("/")
    assert "Giao Văn phòng chủ trì, báo cáo trước 27/11." in home.text
    instruction = {
        "text": "Anh Bảo khảo sát ngay, đề xuất phương án.", "lead": str(post_principal(world.ward_specialist.post_id)), "due_at": "26/11/2026 16:30",
    }  # fmt: skip
    world.ward_chairman.client.post(f"/van-ban/den/{got.id}/but-phe", instruction)
    work_off_the_queue()
    assert "Đã phân công" in world.clerk.client.get(page).text

    part = newest(Handling, Handling.document_id == got.id)
    assert clock.local(part.due_at).strftime("%d/%m/%Y %H:%M") == "26/11/2026 16:30"
    assert "V/v phối hợp xử lý ngập" in world.ward_specialist.client.get("/").text
    world.ward_specialist.client.post(
        f"/van-ban/phan-viec/{part.id}/tinh-hinh", {"text": "Đã khảo sát hai tuyến cống"}
    )
    work_off_the_queue()
    assert "Đang xử lý" in world.clerk.client.get(page).text
    world.ward_specialist.client.post(
        f"/van-ban/phan-viec/{part.id}/ket-qua", {"result": "Đã khơi thông, hết ngập"}
    )
    work_off_the_queue()
    assert newest(Document, Document.id == got.id).state == "done"
    assert "Đã hoàn thành" in world.clerk.client.get(page).text


def test_a_directive_is_followed_to_its_end(committed: tuple[Flask, World]) -> None:
    """Giao nhiệm vụ hai cơ quan → tiếp nhận → báo cáo → hệ thống nhắc, báo quá hạn → báo xong → trả lại → xác nhận."""
    _app, world = committed
    world.chairman.client.post(
        "/chi-dao/moi",
        {
            "content": "Rà soát, xử lý dứt điểm các điểm ngập", "product": "Báo cáo kết quả",
            "leads": [str(world.agencies["dept"]), str(world.agencies["ward"])], "due": "30/11/2026", "urgency": "0", "assigner": str(world.chairman.post_id),
        },
    )  # fmt: skip
    part = newest(DirectivePart, DirectivePart.lead_agency_id == world.agencies["dept"])
    other = newest(DirectivePart, DirectivePart.lead_agency_id == world.agencies["ward"])
    assert part.id != other.id
    page = f"/chi-dao/{part.id}"
    world.clerk2.client.get(page, expect=404)
    world.director.client.post(f"{page}/tiep-nhan", form_at=page)
    world.director.client.post(f"{page}/bao-cao", {"situation": "Đã rà soát 12/14 điểm", "percent": "60"})
    assert "60%" in world.chairman.client.get(page).text

    with time_machine.travel(
        clock.instant(clock.today() + timedelta(days=10)) + timedelta(hours=9), tick=False
    ):
        run_job("directives.flag")
        run_job("directives.flag")
        work_off_the_queue()
        home = world.chairman.client.get("/")
        assert "Nhiệm vụ quá hạn" in home.text
        assert "Sở Xây dựng" in home.text
        notices = world.director.client.get("/thong-bao")
        assert notices.text.count("quá hạn") >= 1
        world.director.client.post(f"{page}/bao-cao-hoan-thanh", {"situation": "Đã xử lý cả 14 điểm"})
        world.chairman.client.post(f"{page}/thuc-hien-lai", {"reason": "Bổ sung ảnh hiện trường"})
        world.director.client.post(f"{page}/bao-cao-hoan-thanh", {"situation": "Đã bổ sung ảnh hiện trường"})
        world.chairman.client.post(f"{page}/xac-nhan", form_at=page)
        done = newest(DirectivePart, DirectivePart.id == part.id)
        assert done.state == "completed"
        figures = world.chairman.client.get("/chi-dao/theo-co-quan")
        assert "UBND phường Bến Thành" in figures.text


def test_a_meeting_is_called_answered_moved_and_cancelled(committed: tuple[Flask, World]) -> None:
    """Mời họp → trả lời, cử người dự thay → nhắc người chưa trả lời → dời → hủy; lịch cùng UID, SEQUENCE tăng."""
    _app, world = committed
    world.secretary.client.post("/hop/phong/moi", {"name": "Phòng họp A1", "capacity": "30", "active": "y"})
    page = world.secretary.client.get("/hop/moi")
    room = next(v for v in page.tree.xpath("//*[@name='room']//@value | //input[@name='room']/@value") if v)
    meeting_values = {
        "title": "Họp giao ban công tác chống ngập", "chair": str(world.chairman.post_id), "secretary": str(world.secretary.post_id),
        "day": "25/11/2026", "starts": "14:00", "ends": "15:30", "room": room, "agencies": [str(world.agencies["dept"]), str(world.agencies["ward"])],
        "people": [str(world.city_head.post_id)],
    }  # fmt: skip
    world.secretary.client.post("/hop/moi", meeting_values)
    meeting = newest(Meeting)
    address = f"/hop/{meeting.id}"
    if meeting.state == "draft":
        world.secretary.client.post(f"{address}/moi-hop", form_at=address)
    work_off_the_queue()
    first = calendar_of(newest(Mail, Mail.calendar.is_not(None)))
    assert (first["method"], first["sequence"]) == ("REQUEST", 0)

    clash = world.secretary.client.post(
        "/hop/moi", {**meeting_values, "starts": "15:00", "ends": "16:00"}, expect=409
    )
    assert any("Phòng họp A1" in e for e in clash.errors), clash.errors

    answer = world.city_head.client.get(address)
    assert "Họp giao ban công tác chống ngập" in answer.text
    link = next(a for a in answer.links() if "/tra-loi/" in a)
    world.city_head.client.post(link.split("?")[0], {"answer": "attend"})
    silent = world.secretary.client.get(f"{address}/ket-qua-moi")
    assert "Sở Xây dựng" in silent.text
    world.secretary.client.post(f"{address}/nhac", form_at=f"{address}/ket-qua-moi")

    world.secretary.client.post(
        f"{address}/doi-lich",
        {
            "day": "26/11/2026",
            "starts": "08:00",
            "ends": "09:30",
            "room": room,
            "reason": "Chủ tọa bận việc đột xuất",
        },
    )
    work_off_the_queue()
    moved = calendar_of(newest(Mail, Mail.calendar.is_not(None)))
    assert (moved["uid"], moved["sequence"], moved["method"]) == (first["uid"], 1, "REQUEST")
    world.secretary.client.post(f"{address}/huy", {"reason": "Thay bằng báo cáo văn bản"})
    work_off_the_queue()
    last = calendar_of(newest(Mail, Mail.calendar.is_not(None)))
    assert (last["uid"], last["method"]) == (first["uid"], "CANCEL")
    assert last["sequence"] >= 2


def calendar_of(mail: Mail) -> dict[str, Any]:
    """Lịch trong thư, đọc bằng thư viện độc lập."""
    calendar = Calendar.from_ical(bytes(mail.calendar or b""))
    event = calendar.walk("VEVENT")[0]
    return {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event.get("SEQUENCE", 0)),
    }
