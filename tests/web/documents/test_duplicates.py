"""Văn bản có thể trùng: warned before saving, three answers; scans wait with the rest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.db import session
from app.documents.models import Document, FileRole
from tests.client import Page
from tests.paper import pdf, upload
from tests.web.documents.test_incoming_pages import PAPER, events, registered
from tests.world import World

FORM = "/van-ban/den/ban-giay"


def again(world: World, *, expect: int = 422, **more: Any) -> Page:
    """Nhập lại văn bản 1204/UBND-KT ngày 20/11/2026 từ một bản quét khác."""
    values = {**PAPER, "document_file": upload(pdf("bản quét lần hai"), "lan-hai.pdf"), **more}
    return world.clerk.client.post(FORM, values, expect=expect)


def documents() -> list[Document]:
    """Mọi văn bản đến."""
    session.expire_all()
    return list(
        session.scalars(select(Document).where(Document.direction == "incoming").order_by(Document.id))
    )


def test_the_same_number_issuer_and_date_is_warned_and_nothing_saved(world: World) -> None:
    """Cùng số, ký hiệu, nơi ban hành, ngày: hỏi trước khi lưu; tệp đã chọn không phải chọn lại."""
    first = registered(world)
    page = again(world)
    assert "Có thể trùng với văn bản đã đến" in page.text
    assert f"Số đến {first.number}/2026" in page.text
    assert "Đã nhận: lan-hai.pdf" in page.text
    assert [d.id for d in documents()] == [first.id]


def test_attached_to_the_number_it_already_has(world: World) -> None:
    """Đính kèm vào số đến đã có; the held file is used, not sent again."""
    first = registered(world)
    kept = again(world).form("ban-giay")
    page = world.clerk.client.submit(FORM, {**kept, "duplicate": "attach", "paper_place": "Kẹp 12"})
    assert page.location == f"/van-ban/den/{first.id}"
    (only,) = documents()
    assert [f.role for f in only.files] == [FileRole.MAIN, FileRole.COPY]
    assert (only.number, only.paper_place) == (1, "Kẹp 12")
    assert events(first.id)[-1] == "CopyTaken"


def test_registered_as_another_document_for_a_reason(world: World) -> None:
    """Văn bản khác thì nêu lý do."""
    registered(world)
    kept = again(world, duplicate="different").form("ban-giay")
    assert len(documents()) == 1
    reason = "Văn bản đính chính, cùng số"
    world.clerk.client.submit(FORM, {**kept, "duplicate": "different", "duplicate_reason": reason})
    first, second = documents()
    assert (first.number, second.number, second.duplicate_reason) == (1, 2, reason)


def test_let_go_as_a_duplicate(world: World) -> None:
    """Bỏ bản này: không có gì được lưu."""
    first = registered(world)
    page = world.clerk.client.follow(again(world, duplicate="discard", expect=302))
    assert "Đã bỏ bản trùng" in page.text
    assert [d.id for d in documents()] == [first.id]


def test_scans_wait_in_one_list_and_the_same_file_is_noticed(world: World) -> None:
    """Bản quét vào hàng chờ, hiện nguồn; quét hai lần cùng một tờ thì nhập vào số đến đã có hoặc bỏ."""
    client = world.clerk.client
    scans = [upload(pdf("tờ một"), "to-mot.pdf"), upload(pdf("tờ hai"), "to-hai.pdf")]
    client.post("/van-ban/den/hang-cho", {"scans": scans, "source": "fax"})
    one, two = documents()
    shown = client.get(f"/van-ban/den/cho-vao-so/{one.id}")
    assert (one.state, one.source, "Fax" in shown.text) == ("waiting", "fax", True)
    client.post(f"/van-ban/den/cho-vao-so/{one.id}", {**PAPER, "target": ""})
    client.post("/van-ban/den/hang-cho", {"scans": [upload(pdf("tờ một"), "lan-hai.pdf")], "source": "paper"})
    three = documents()[-1]
    assert "cùng tệp" in client.get(f"/van-ban/den/cho-vao-so/{three.id}").text
    fields = {"issuer_name": "Sở Y tế", "subject": "Khác", "duplicate": "attach"}
    client.post(f"/van-ban/den/cho-vao-so/{three.id}", fields)
    session.expire_all()
    assert (three.state, three.duplicate_of_id, three.number) == ("merged", one.id, None)
    assert events(three.id)[-1] == "ArrivalMerged"
    client.post(f"/van-ban/den/cho-vao-so/{two.id}", {**PAPER, "duplicate": "discard"})
    session.expire_all()
    assert (two.state, two.duplicate_of_id) == ("discarded", one.id)


def test_a_claim_of_another_person_is_no_file(world: World) -> None:
    """Tệp giữ cho người này không dùng được ở biểu mẫu của người khác."""
    registered(world)
    held = again(world).form("ban-giay")["document_file-held"]
    page = world.clerk2.client.post(FORM, {**PAPER, "document_file-held": held}, expect=422)
    assert page.errors == ["Hãy chọn bản quét (PDF hoặc ảnh) của văn bản giấy."]


def test_the_place_of_the_paper_is_followed(world: World) -> None:
    """Nơi giữ bản giấy: chỉ văn thư ghi; mỗi lần đổi có trong quá trình."""
    document = registered(world)
    url = f"/van-ban/den/{document.id}/ban-giay"
    world.clerk.client.post(url, {"paper_place": "Văn thư, kẹp 3"})
    page = world.clerk.client.follow(world.clerk.client.post(url, {"paper_place": "Phòng Hạ tầng"}))
    assert "Nơi giữ bản giấy: Văn thư, kẹp 3 → Phòng Hạ tầng" in page.text
    world.director.client.get(url, expect=403)
