"""Đọc thông tin vào sổ từ tệp: fields are filled and marked, nothing is registered until the clerk says so."""

from __future__ import annotations

import io

from docx import Document as Word
from sqlalchemy import func, select

from app.core.db import session
from app.documents import service
from app.documents.models import Document, Source
from app.storage import service as storage
from app.storage.kinds import MAIN_FILE
from tests.paper import pdf, upload
from tests.world import World

FORM = "/van-ban/den/ban-giay"
LETTER = (
    "UBND TỈNH TÂN SƠN",
    "SỞ XÂY DỰNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 412/SXD-HTKT",
    "Tân Sơn, ngày 12 tháng 10 năm 2026",
    "V/v góp ý dự thảo quy chế cấp nước",
    "Kính gửi: Ủy ban nhân dân các xã, phường",
    "Sở Xây dựng đề nghị Ủy ban nhân dân các xã, phường góp ý bằng văn bản trước ngày 30/10/2026.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Mai Quốc Bảo",
)


def letter(*lines: str) -> bytes:
    word, buffer = Word(), io.BytesIO()
    for line in lines:
        word.add_paragraph(line)
    word.save(buffer)
    return buffer.getvalue()


def test_the_form_is_filled_from_the_chosen_file_and_nothing_is_registered(world: World) -> None:
    """Đọc từ tệp: điền sẵn, giữ tệp, chưa vào sổ."""
    before = session.scalar(select(func.count()).select_from(Document))
    page = world.clerk.client.post(
        FORM, {"read": "1", "document_file": upload(letter(*LETTER), "cv.docx")}, expect=200
    )
    form = page.form("ban-giay")
    assert form["reference"] == "412/SXD-HTKT"
    assert form["issued_on"] == "12/10/2026"
    assert form["issuer_name"] == "Sở Xây dựng"
    assert form["subject"] == "góp ý dự thảo quy chế cấp nước"
    assert (form["signer_name"], form["signer_position"]) == ("Mai Quốc Bảo", "Phó Giám đốc")
    assert form["reply_by"] == "30/10/2026"
    assert "Đã nhận: cv.docx" in page.text
    assert session.scalar(select(func.count()).select_from(Document)) == before


def test_what_the_text_does_not_say_is_marked(world: World) -> None:
    """Ô chưa chắc được đánh dấu."""
    blank = [line.replace("412/", "      /").replace("ngày 12", "ngày    ") for line in LETTER]
    page = world.clerk.client.post(
        FORM, {"read": "1", "document_file": upload(letter(*blank), "cv.docx")}, expect=200
    )
    assert "Nên đối chiếu lại: ngày văn bản, số, ký hiệu." in page.text
    assert page.markup.count("inp--unsure") == 2


def test_without_a_file_or_without_text_it_says_so(world: World) -> None:
    """Chưa chọn tệp, hoặc tệp không có chữ."""
    assert "Hãy chọn tệp văn bản trước" in world.clerk.client.post(FORM, {"read": "1"}, expect=422).text
    empty = world.clerk.client.post(
        FORM, {"read": "1", "document_file": upload(pdf(" "), "trang.pdf")}, expect=422
    )
    assert "không có lớp chữ" in empty.text


def test_a_waiting_scan_is_filled_from_its_text(world: World) -> None:
    """Bản quét trong hàng chờ: điền sẵn khi đã đọc xong chữ."""
    scan = storage.store_upload(io.BytesIO(letter(*LETTER)), "quét.docx", kinds=MAIN_FILE)
    (document,) = service.queue_scans(world.clerk.actor, Source.PAPER, [scan])
    storage.extract(world.clerk.actor, document.files[0].stored.id)
    page = world.clerk.client.get(f"/van-ban/den/cho-vao-so/{document.id}")
    form = page.form("cho-vao-so")
    assert form["reference"] == "412/SXD-HTKT"
    assert form["subject"] == "góp ý dự thảo quy chế cấp nước"
