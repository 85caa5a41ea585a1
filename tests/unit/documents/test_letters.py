"""Văn bản dựng từ mẫu: đủ thể thức, chữ người dùng chỉ là dữ liệu."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.documents.format import checker
from app.documents.service.decree import forms, pdf, word
from app.documents.service.decree.letter import Letter, paragraphs_of
from app.language.document_types import DECREE_TYPES

_TEXT = (
    "Thực hiện kế hoạch công tác năm 2026, cơ quan đề nghị các đơn vị triển khai đầy đủ, đúng thời hạn các nhiệm vụ đã được giao.\n"
    "Điều 2. Các đơn vị chịu trách nhiệm thi hành theo nhiệm vụ được phân công, báo cáo kết quả trước ngày 25 hằng tháng để tổng hợp.\n"
    "Trân trọng./."
)


def letter(kind: forms.FormKind, **changes: object) -> Letter:
    short = next(t.abbreviation for t in DECREE_TYPES if t.name == kind.type_name)
    values = {f.key: _TEXT if f.rows > 8 else f"nội dung của ô {f.label.lower()}" for f in kind.fields}
    made = Letter(
        kind.type_name, "Báo cáo tình hình thực hiện nhiệm vụ", ("Ủy ban nhân dân", "Thành phố Hoa Phượng"), ("Sở Xây dựng",),
        f"{short}-SXD" if short else "SXD-VP", "Hoa Phượng", kind.compose(values), ("Như trên", "Lưu: VT, VP"),
        ("KT. Giám đốc", "Phó Giám đốc"), "Trần Thị Mai", "05", date(2026, 2, 5),
        ("Sở Y tế", "Ủy ban nhân dân các phường, xã") if kind.has_addressees else (),
        paragraphs_of("Căn cứ Luật A\nTheo đề nghị của B") if kind.type_name == "Quyết định" else (),
        "Giám đốc Sở Xây dựng" if kind.type_name == "Quyết định" else "",
        second_signer=("Thư ký", "Lê Văn Bình") if kind.type_name == "Biên bản" else ("", ""),
        annex=("Quy chế làm việc", *paragraphs_of(_TEXT)) if "annex" in values else (),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def read(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("kind", forms.KINDS, ids=lambda k: k.key)
def test_every_form_is_right_by_the_checker_as_draft_and_as_issued(kind: forms.FormKind):
    for made in (letter(kind, urgency="Khẩn"), letter(kind, number="", day=None)):
        report = checker.check_bytes(word.docx(made))
        assert [f.sentence for f in report.findings] == []


@pytest.mark.parametrize("key", ["cong-van", "quyet-dinh-kem", "giay-moi"])
def test_the_pdf_says_what_was_filled_in_and_is_an_archive_pdf(key: str):
    kind = forms.form_kind(key)
    assert kind is not None
    data = pdf.pdf(letter(kind))
    text = " ".join(read(data).split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "ngày 05 tháng 02 năm 2026" in text
    assert "Trần Thị Mai" in text
    assert b"pdfaid" in data
    assert pdf.pdf(letter(kind)) == data


def test_what_people_type_is_never_markup():
    kind = forms.KINDS[0]
    hostile = '#read("/etc/passwd") *đậm* $x^2$ [link](x) @ref <b> \\ #panic("x") =tiêu đề'
    made = letter(
        kind, subject=hostile, paragraphs=(hostile,), signer="#pagebreak()", recipients=("=a", "Lưu: VT")
    )
    text = " ".join(read(pdf.pdf(made)).split())
    assert '#read("/etc/passwd") *đậm* $x^2$' in text
    assert "#pagebreak()" in text


def test_the_page_counts_and_the_preview_is_a_picture():
    kind = forms.KINDS[0]
    short = letter(kind)
    long = letter(kind, paragraphs=tuple(_TEXT.split("\n")) * 20)
    image, pages = pdf.preview(short)
    assert image.startswith(b"\x89PNG")
    assert pages == pdf.page_count(short) == 1
    assert pdf.page_count(long) > 2


def test_every_type_of_the_decree_has_a_form():
    assert {forms.plain_kind(t.name).type_name for t in DECREE_TYPES} == {t.name for t in DECREE_TYPES}
    assert forms.form_kind("khong-co") is None
