"""Tệp tốt được nhận: real PDF, DOCX, XLSX, pictures, text and archives."""

from __future__ import annotations

import hashlib
import io
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from app.storage import inspection, jail
from app.storage.kinds import MAIN_FILE, Kind
from tests.unit.storage import files
from tests.unit.storage.conftest import Send, files_under

GOOD = {
    "Công văn 12.pdf": (files.letter, Kind.PDF),
    "Công văn 12.docx": (files.letter_docx, Kind.DOCX),
    "Danh sách.xlsx": (files.sheet, Kind.XLSX),
    "ảnh.png": (files.picture, Kind.PNG),
    "scan.jpg": (lambda: files.picture("JPEG"), Kind.JPEG),
    "scan.tif": (lambda: files.picture("TIFF"), Kind.TIFF),
    "ghi chú.txt": ("Họp lúc 8 giờ\n".encode, Kind.TEXT),
    "ghi chú 2.txt": (lambda: "Họp lúc 8 giờ\n".encode("utf-16"), Kind.TEXT),
    "bảng.csv": (lambda: "tên;số\nSở Nội vụ;1\n".encode("utf-8-sig"), Kind.CSV),
    "kèm theo.zip": (
        lambda: files.archive({"a/b.pdf": files.letter(), "c.docx": files.letter_docx()}),
        Kind.ZIP,
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_kept_under_its_hash(name: str, send: Send, root: Path):
    make, kind = GOOD[name]
    data = make()

    upload = send(data, name)

    assert (upload.kind, upload.name, upload.size) == (kind, name, len(data))
    assert upload.sha256 == hashlib.sha256(data).hexdigest()
    assert files_under(root) == [f"{upload.sha256[:2]}/{upload.sha256[2:4]}/{upload.sha256}"]
    assert (root / files_under(root)[0]).read_bytes() == data


def test_facts_of_a_letter(send: Send):
    upload = send(files.letter(), "cv.pdf")
    assert upload.page_count == 2
    assert upload.facts["active"] == []
    assert not upload.facts["is_restricted"]


def test_a_claim_survives_the_trip_through_a_form(send: Send):
    upload = send(files.letter(), "cv.pdf")
    assert upload.from_claim(upload.to_claim()) == upload


def test_the_same_content_twice_is_one_blob(send: Send, root: Path):
    assert send(files.letter(), "a.pdf").sha256 == send(files.letter(), "b.pdf").sha256
    assert len(files_under(root)) == 1


def test_a_name_without_ending_gets_the_right_one(send: Send):
    assert send(files.letter(), "Công văn 12.2026").name == "Công văn 12.2026.pdf"


def test_a_picture_named_as_another_picture_is_renamed(send: Send):
    assert send(files.picture("JPEG"), "scan.png").name == "scan.jpg"


def test_a_restricted_pdf_that_opens_without_password_is_kept_and_says_so(send: Send):
    assert send(files.locked_pdf(for_owner_only=True), "cv.pdf").facts["is_restricted"]


def test_active_parts_of_a_pdf_are_listed_for_whoever_signs(send: Send):
    """B13: shown in a sandbox, refused by signing."""
    assert {"javascript", "launch", "embedded_files", "open_action"} <= set(
        send(files.active_pdf(), "cv.pdf").facts["active"]
    )


def test_a_template_on_the_writers_own_disk_is_no_reason_to_refuse(send: Send):
    data = files.changed_docx(
        add={
            "word/_rels/settings.xml.rels": files.relation(
                "attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"
            )
        }
    )
    assert send(data, "cv.docx").kind == Kind.DOCX


def test_a_link_to_a_page_about_dde_is_no_reason_to_refuse(send: Send):
    body = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://x.vn/dde" </w:instrText></w:r></w:p>'
    assert send(files.changed_docx(body=body), "cv.docx").kind == Kind.DOCX


def test_an_archive_in_an_archive_is_taken(send: Send):
    inner = files.archive({"a.pdf": files.letter()})
    assert send(files.archive({"phụ lục.zip": inner}), "kèm.zip").kind == Kind.ZIP


def test_main_files_take_no_pictures(refuse):
    refused = refuse(files.picture(), "ảnh.png", kinds=MAIN_FILE)
    assert refused.code == "wrong_kind"
    assert "PDF, Word (DOCX)" in refused.sentence


def test_text_is_read_in_order_with_headers_tables_and_boxes():
    box = (
        "<w:p><w:r><w:t>Dòng một</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r><w:r><w:tab/><w:t>tiếp</w:t></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô một</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert _text(files.changed_docx(body=box), "docx") == "Trong khung\nDòng một\ttiếp\n\nÔ một"


def test_text_of_pdf_and_sheet():
    text = _text(files.letter(), "pdf")
    assert "Kính gửi: Các sở, ban, ngành thành phố" in text
    assert text.count("\f") == 1
    assert _text(files.sheet(), "xlsx") == "STT\tTên đơn vị\n1\tSở Nội vụ"


def test_text_is_bounded():
    answer = _ask("text", files.letter(), kind="pdf", chars=100)
    assert len(answer.payloads[0].decode()) == 100
    assert answer.value["cut"]


def test_pages_are_drawn_as_webp():
    answer = _ask("pages", files.letter(), kind="pdf", first=1, last=9, dpi=60)
    assert [image[8:12] for image in answer.payloads] == [b"WEBP", b"WEBP"]


def test_a_sheet_of_ninety_megapixels_is_drawn(send: Send):
    """A0 at 300 dpi: close under the limit, and within the jail's memory."""
    data = files.picture("PNG", (9_000, 10_000))
    assert send(data, "bản đồ.png").facts["width"] == 9_000
    assert len(_ask("pages", data, kind="png", first=1, last=1, dpi=100).payloads) == 1


def test_a_photo_lying_on_its_side_is_set_upright():
    side = Image.new("RGB", (400, 200), "white")
    exif = side.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    side.save(out, "JPEG", exif=exif)
    (page,) = _ask("pages", out.getvalue(), kind="jpeg", first=1, last=1, dpi=100).payloads
    assert Image.open(io.BytesIO(page)).size == (200, 400)


def test_a_lying_child_is_not_believed():
    for value in (
        None,
        [],
        {},
        {"kind": "exe", "problems": [], "pages": 1, "head": [], "names": [], "facts": {}},
    ):
        with pytest.raises(inspection.FileRefused):
            inspection._Found.of(value)


def _ask(task: str, data: bytes, **arguments: object) -> jail.Answer:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return jail.shared().call(task, file.fileno(), **arguments)


def _text(data: bytes, kind: str) -> str:
    return _ask("text", data, kind=kind, chars=100_000).payloads[0].decode()
