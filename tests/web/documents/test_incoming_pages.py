"""Trang văn bản đến: vào sổ, trình, bút phê, xử lý; with access, without, and in the wrong state."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import session
from app.core.records import post_principal, unit_principal
from app.documents import service
from app.documents.models import Document, Handling, Note
from app.documents.service import Assignment, Registration
from app.storage import service as storage
from app.storage.service import store_upload
from tests.paper import pdf, upload
from tests.world import Who, World


def events(document_id: int) -> list[str]:
    """Sự kiện đã ghi của một văn bản đến."""
    statement = (
        select(AuditEntry.event)
        .where(AuditEntry.kind == 1, AuditEntry.record_id == document_id)
        .order_by(AuditEntry.id)
    )
    return list(session.scalars(statement))


def registration(world: World, agency: str = "dept", subject: str = "Kiến nghị xử lý ngập") -> Registration:
    """Thông tin vào sổ đủ dùng."""
    return Registration(
        world.registers[f"{agency}_incoming"],
        "1204/UBND-KT",
        date(2026, 11, 20),
        "UBND phường An Khánh",
        "Công văn",
        subject,
    )


def registered(world: World, clerk: Who | None = None) -> Document:
    """Một văn bản giấy đã vào sổ."""
    import io

    file = store_upload(io.BytesIO(pdf()), "cv.pdf")
    return service.register_paper((clerk or world.clerk).actor, registration(world), file)


def presented(world: World) -> Document:
    """Một văn bản đã trình giám đốc kèm tham mưu."""
    document = registered(world)
    proposal = Assignment("Giao Phòng Hạ tầng kỹ thuật chủ trì.", unit_principal(world.units["dept_infra"]))
    return service.route(
        world.clerk.actor, document.id, None, post_principal(world.director.post_id), proposal
    )


def assigned(world: World) -> Document:
    """Một văn bản đã bút phê, giao phòng chủ trì."""
    document = presented(world)
    return service.agree_with_proposal(world.director.actor, document.id, None)


PAPER = {
    "reference": "1204/UBND-KT",
    "issued_on": "20/11/2026",
    "issuer_name": "UBND phường An Khánh",
    "document_type": "Công văn",
    "urgency": "1",
    "subject": "Kiến nghị xử lý ngập tại nút giao Lương Định Của",
}


def test_the_clerk_registers_a_paper_document_with_its_scan(world: World) -> None:
    """Vào sổ văn bản giấy kèm bản quét và trình giám đốc trong một lần."""
    page = world.clerk.client.post(
        "/van-ban/den/ban-giay",
        {
            **PAPER,
            "document_file": upload(pdf(), "quet.pdf"),
            "target": str(post_principal(world.director.post_id)),
            "text": "Đề xuất giao Phòng HTKT.",
        },
    )
    shown = world.clerk.client.follow(page)
    document = session.scalars(select(Document).where(Document.direction == "incoming")).one()
    assert (document.number, document.state, document.urgency) == (1, "presented", 1)
    assert shown.h1 == PAPER["subject"]
    assert "Chờ ý kiến chỉ đạo" in shown.text
    assert events(document.id) == ["DocumentRegistered", "DocumentPresented"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("subject", "", "Hãy nhập “Trích yếu”."),
        ("subject", "\u200b \u200e", "Hãy nhập “Trích yếu”."),
        ("subject", "x" * 1_000, "dài quá 500 ký tự"),
        ("issued_on", "30/02/2026", "chỉ có 28 ngày"),
        ("issued_on", "29/02/2027", "29"),
        ("target", "999999", "không có trong danh sách"),
        ("document_type", "Mật thư", "không có trong danh sách"),
        ("subject", "MẬT\nKế hoạch", "MẬT"),
        ("reference", "a/b/c/!", "số, ký hiệu"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_kept(
    world: World, field: str, value: str, sentence: str
) -> None:
    """Nhập sai: báo tại ô, giữ chữ đã gõ, không đổi gì."""
    page = world.clerk.client.post(
        "/van-ban/den/ban-giay",
        {**PAPER, field: value, "document_file": upload(pdf(), "quet.pdf")},
        expect=422,
    )
    assert any(sentence in e for e in page.errors), page.errors
    kept = page.form("/ban-giay")
    assert kept["issuer_name"] == PAPER["issuer_name"]
    assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_a_paper_document_needs_its_scan(world: World) -> None:
    """Thiếu bản quét thì không vào sổ."""
    page = world.clerk.client.post("/van-ban/den/ban-giay", PAPER, expect=422)
    assert page.errors == ["Hãy chọn bản quét (PDF hoặc ảnh) của văn bản giấy."]


def test_a_file_that_is_not_what_it_says_is_refused(world: World) -> None:
    """Tệp HTML đội lốt PDF bị từ chối, không có dòng nào được ghi."""
    fake = upload(b"<html><script>alert(1)</script></html>", "quet.pdf")
    page = world.clerk.client.post("/van-ban/den/ban-giay", {**PAPER, "document_file": fake}, expect=422)
    assert any("không đúng loại" in e or "không phải" in e for e in page.errors), page.errors
    assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_only_the_registry_may_register(world: World) -> None:
    """Chuyên viên không vào sổ được."""
    world.specialist.client.get("/van-ban/den/ban-giay", expect=403)
    world.specialist.client.get("/van-ban/den/cho-vao-so", expect=403)


def test_the_leader_agrees_with_the_proposal_in_one_click(world: World) -> None:
    """Đồng ý với tham mưu: một lần bấm từ bàn làm việc."""
    document = presented(world)
    home = world.director.client.get("/")
    assert "Giao Phòng Hạ tầng kỹ thuật chủ trì." in home.text
    page = world.director.client.post(f"/van-ban/den/{document.id}/dong-y", form_at="/")
    assert page.location == "/"
    session.expire_all()
    assert document.state == "assigned"
    part = session.scalars(select(Handling)).one()
    assert (part.unit_id, part.role) == (world.units["dept_infra"], "lead")
    note = session.scalars(select(Note).where(Note.kind == "instruction")).one()
    assert (note.text, note.person_id) == ("Giao Phòng Hạ tầng kỹ thuật chủ trì.", world.director.person_id)
    assert events(document.id)[-1] == "DocumentInstructed"


def test_another_leader_cannot_instruct_in_his_place(world: World) -> None:
    """Phó giám đốc không được trình thì không thấy văn bản."""
    document = presented(world)
    world.deputy_director.client.get(f"/van-ban/den/{document.id}/but-phe", expect=404)
    world.deputy_director.client.submit(f"/van-ban/den/{document.id}/dong-y", {}, expect=404)
    assert document.state == "presented"


def test_the_leader_writes_his_own_instruction(world: World) -> None:
    """Bút phê: nội dung, chủ trì, phối hợp, để biết, thời hạn trong một lần."""
    document = presented(world)
    values = {
        "text": "Phòng Quy hoạch chủ trì, báo cáo trước 30/11.",
        "lead": str(unit_principal(world.units["dept_plan"])),
        "support": [str(unit_principal(world.units["dept_infra"]))],
        "inform": [str(post_principal(world.deputy_director.post_id))],
        "due_at": "30/11/2026",
    }
    page = world.director.client.post(f"/van-ban/den/{document.id}/but-phe", values)
    shown = world.director.client.follow(page)
    assert values["text"] in shown.text
    assert [h.role for h in session.scalars(select(Handling).order_by(Handling.id))] == [
        "lead",
        "support",
        "inform",
    ]
    assert document.due_at is not None
    assert document.due_at.isoformat() == "2026-11-30T17:00:00+00:00"  # 00:00 ngày 01/12 giờ Việt Nam
    world.deputy_director.client.get(f"/van-ban/den/{document.id}")


def test_an_instruction_on_a_stale_page_is_refused_and_kept(world: World) -> None:
    """Trang cũ: 409, chữ đã gõ còn nguyên, văn bản không đổi."""
    document = presented(world)
    values = {
        "text": "Ý kiến viết trên trang cũ",
        "lead": str(unit_principal(world.units["dept_plan"])),
        "version": "1",
    }
    page = world.director.client.post(f"/van-ban/den/{document.id}/but-phe", values, expect=409)
    assert page.form("/but-phe")["text"] == "Ý kiến viết trên trang cũ"
    assert document.state == "presented"


def test_the_same_form_sent_twice_acts_once(world: World) -> None:
    """Bấm hai lần: một lần phân công, lần sau trở về trang văn bản."""
    document = presented(world)
    values = {
        "text": "Giao xử lý",
        "lead": str(unit_principal(world.units["dept_plan"])),
        "request_key": "a" * 32,
    }
    world.director.client.post(f"/van-ban/den/{document.id}/but-phe", values)
    again = world.director.client.submit(f"/van-ban/den/{document.id}/but-phe", values, expect=303)
    assert again.location == f"/van-ban/den/{document.id}"
    assert session.scalar(select(func.count()).select_from(Handling)) == 1


def test_the_division_passes_on_and_the_specialist_closes(world: World) -> None:
    """Trưởng phòng chuyển chuyên viên; chuyên viên báo kết quả; văn bản kết thúc."""
    document = assigned(world)
    part = session.scalars(select(Handling)).one()
    world.specialist.client.get(f"/van-ban/den/{document.id}", expect=404)
    world.head.client.post(
        f"/van-ban/phan-viec/{part.id}/chuyen",
        {"lead": str(world.specialist.post_id), "text": "Kiểm tra hiện trường"},
    )
    home = world.specialist.client.get("/")
    assert document.subject in home.text
    child = session.scalars(select(Handling).where(Handling.parent_id == part.id)).one()
    world.specialist.client.post(
        f"/van-ban/phan-viec/{child.id}/da-xem", form_at=f"/van-ban/den/{document.id}"
    )
    world.specialist.client.post(f"/van-ban/phan-viec/{child.id}/tinh-hinh", {"text": "Đã khảo sát"})
    page = world.specialist.client.post(
        f"/van-ban/phan-viec/{child.id}/ket-qua", {"result": "Đã khơi thông 3 tuyến cống"}
    )
    shown = world.specialist.client.follow(page)
    assert "Đã kết thúc xử lý" in shown.text
    session.expire_all()
    assert (document.state, document.result) == ("done", "Đã khơi thông 3 tuyến cống")
    assert events(document.id)[-6:] == [
        "HandlingPassedOn", "HandlingSeen", "HandlingProgressed", "HandlingCompleted", "HandlingCompleted", "DocumentClosed",
    ]  # fmt: skip


def test_a_wrongly_assigned_part_goes_back_with_its_reason(world: World) -> None:
    """Trả lại phần việc: người giao biết lý do và giao lại đơn vị khác."""
    document = assigned(world)
    part = session.scalars(select(Handling)).one()
    world.head.client.post(f"/van-ban/phan-viec/{part.id}/tra-lai", {"reason": "Thuộc Phòng Quy hoạch"})
    session.expire_all()
    assert part.state == "returned"
    world.director.client.post(
        f"/van-ban/den/{document.id}/them",
        {"text": "Giao lại", "lead": str(unit_principal(world.units["dept_plan"]))},
    )
    world.head2.client.get(f"/van-ban/den/{document.id}")


def test_a_closed_document_takes_no_more_results(world: World) -> None:
    """Sai trạng thái: 409 và câu nói rõ trạng thái."""
    document = assigned(world)
    part = session.scalars(select(Handling)).one()
    service.complete(world.head.actor, part.id, None, "Xong")
    page = world.head.client.post(f"/van-ban/phan-viec/{part.id}/ket-qua", {"result": "Lần nữa"}, expect=409)
    assert any("Đã xong" in e for e in page.errors), page.errors
    assert document.result == "Xong"


def test_files_are_served_only_with_their_document(world: World) -> None:
    """Tệp đi theo quyền xem văn bản, tải về với tiêu đề an toàn."""
    document = registered(world)
    file_id = document.files[0].id
    answer = world.clerk.client.get(f"/van-ban/tep/{file_id}").response
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.data.startswith(b"%PDF")
    image = world.clerk.client.get(f"/van-ban/tep/{file_id}/trang/1").response
    assert image.mimetype == "image/webp"
    world.specialist.client.get(f"/van-ban/tep/{file_id}", expect=404)
    world.clerk2.client.get(f"/van-ban/tep/{file_id}", expect=404)
    world.clerk.client.get(f"/van-ban/tep/{file_id}/trang/99", expect=404)


def test_the_desk_shows_the_queue_and_the_form(world: World) -> None:
    """Bàn văn thư khi không còn gì chờ."""
    page = world.clerk.client.get("/van-ban/den/cho-vao-so")
    assert "Không còn văn bản chờ vào sổ." in page.text
    registered(world)
    assert "1204/UBND-KT" in world.clerk.client.get("/van-ban/den/cho-trinh").text


def test_the_printed_book_has_the_columns_of_the_decree(world: World) -> None:
    """In sổ văn bản đến."""
    registered(world)
    page = world.clerk.client.get(f"/van-ban/so/{world.registers['dept_incoming']}/in")
    for words in ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Tên loại và trích yếu nội dung", "1204/UBND-KT", "Ký nhận"):
        assert words in page.text
    world.clerk2.client.get(f"/van-ban/so/{world.registers['dept_incoming']}", expect=404)
    assert storage.storage() is not None


def test_a_deputy_acts_for_the_absent_leader_and_both_are_named(world: World) -> None:
    """Người thay mặt: việc ghi tên người làm và người được thay mặt."""
    from app.org.models import Absence

    document = presented(world)
    session.add(
        Absence(
            agency_id=world.agencies["dept"], person_id=world.director.person_id, deputy_post_id=world.deputy_director.post_id,
            reason="leave", starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25), created_at=document.created_at,
            created_by_id=world.director.person_id,
        )
    )  # fmt: skip
    session.commit()
    world.deputy_director.client.get(f"/van-ban/den/{document.id}")
    world.deputy_director.client.post(
        f"/van-ban/den/{document.id}/dong-y", form_at=f"/van-ban/den/{document.id}"
    )
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "DocumentInstructed")).one()
    assert (entry.person_id, entry.acting_for_person_id) == (
        world.deputy_director.person_id,
        world.director.person_id,
    )
