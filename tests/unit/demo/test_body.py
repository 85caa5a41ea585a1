"""Văn bản dựng thật: DOCX và PDF mang đủ thành phần thể thức."""

import io
import random
from dataclasses import replace
from datetime import date

import docx as python_docx
import pypdfium2
import pytest
from docx.shared import Mm

from app.demo.data.agencies import agency
from app.demo.data.body.compose import compose, compose_external
from app.demo.data.body.letter import split_lead
from app.demo.data.body.pdf import pdf
from app.demo.data.body.word import docx
from app.demo.data.documents.issuers import external_document
from app.demo.data.documents.subjects import Subject, subject
from app.demo.data.people import staff

WHEN = date(2026, 2, 5)
STAFF = staff()


def signer(key):
    post = STAFF.post(key)
    return post, STAFF.person(post.person_key)


def letter(
    key="SXD.deputy", agency_key="SXD", type_name="Công văn", number="4127", notation="SXD-HTKT", **more
):
    about = Subject(
        type_name, "Phương án tổ chức giao thông phục vụ thi công dự án đường Vành đai 3", "construction"
    )
    to = more.pop("to", ["Ủy ban nhân dân Thành phố Hồ Chí Minh"])
    return compose(
        random.Random(1),
        agency(agency_key),
        signer(key),
        about,
        WHEN,
        notation=notation,
        number=number,
        to=to,
        **more,
    )


def text_of_pdf(data):
    document = pypdfium2.PdfDocument(data)
    text = " ".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    document.close()
    return " ".join(text.split())


def text_of_docx(data):
    document = python_docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*cells, *(p.text for p in document.paragraphs)]).split())


@pytest.mark.parametrize(("build", "read"), [(pdf, text_of_pdf), (docx, text_of_docx)])
def test_a_letter_carries_the_nine_components(build, read):
    text = read(build(letter(urgency="Khẩn", drafting_unit="HTKT")))
    for part in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "SỞ XÂY DỰNG",
        "Số: 4127/SXD-HTKT",
        "Thành phố Hồ Chí Minh, ngày 05 tháng 02 năm 2026",
        "V/v phương án tổ chức giao thông",
        "Kính gửi: Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Võ Ngọc Lam",
        "Như trên;",
        "Lưu: VT, HTKT.",
        "KHẨN",
    ]:
        assert part in text, part


@pytest.mark.parametrize(("build", "read"), [(pdf, text_of_pdf), (docx, text_of_docx)])
def test_a_decision_has_grounds_and_articles(build, read):
    text = read(build(letter("city_chairman", "city", "Quyết định", "05", "QĐ-UBND", to=[])))
    for part in [
        "QUYẾT ĐỊNH",
        "Về việc phương án",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "Điều 1.",
        "Lương Hoài Bảo",
    ]:
        assert part in text, part
    assert "TM. ỦY BAN NHÂN DÂN" not in text


def test_the_signature_names_the_authority_it_rests_on():
    assert letter("city_vice_chairman_1", "city").authority == ("TM. Ủy ban nhân dân", "KT. Chủ tịch")
    assert letter("office_chief", "city").authority == ("TL. Chủ tịch",)
    assert letter("office_deputy_1", "city").authority == ("TL. Chủ tịch", "KT. Chánh Văn phòng")
    assert letter("SXD.director").authority == ()
    assert letter("city_vice_chairman_1", "city", "Quyết định").authority == ("KT. Chủ tịch",)


def test_the_place_is_the_city_or_the_commune_itself():
    assert letter().place == "Thành phố Hồ Chí Minh"
    assert letter("an-khanh.chairman", "an-khanh").place == "An Khánh"
    assert letter("can-gio.chairman", "can-gio").place == "Cần Giờ"


def test_a_draft_leaves_room_for_number_and_day():
    draft = letter(number="")
    assert draft.day is None
    assert "Số: /SXD-HTKT" in text_of_docx(docx(draft))
    assert "2026" not in draft.date_line


def test_several_addressees_are_listed():
    text = text_of_pdf(pdf(letter(to=["Sở Tài chính", "Sở Nội vụ"])))
    assert "- Sở Tài chính; - Sở Nội vụ." in text


def test_the_page_is_a4_with_the_margins_of_the_decree():
    section = python_docx.Document(io.BytesIO(docx(letter()))).sections[0]
    sizes = [section.page_width, section.page_height, section.left_margin, section.right_margin]
    assert [round(size / Mm(1)) for size in sizes] == [210, 297, 30, 15]
    document = pypdfium2.PdfDocument(pdf(letter()))
    width, height = document[0].get_size()
    document.close()
    assert (round(width), round(height)) == (595, 842)


def test_a_long_letter_runs_to_a_numbered_second_page():
    long = replace(letter(), paragraphs=letter().paragraphs * 8)
    document = pypdfium2.PdfDocument(pdf(long))
    pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    document.close()
    assert len(pages) >= 2
    assert pages[1].strip().startswith("2")


def test_one_seed_gives_one_file():
    assert pdf(letter()) == pdf(letter())
    assert docx(letter()) == docx(letter())


def test_text_from_people_never_becomes_markup():
    odd = replace(
        letter(), subject='#panic("x") *đậm* $x$ <a> @b', paragraphs=('#read("/etc/passwd") [x] \\ _y_./.',)
    )
    text = text_of_pdf(pdf(odd))
    assert '#panic("x") *đậm* $x$ <a> @b' in text
    assert '#read("/etc/passwd") [x] \\ _y_./.' in text
    assert '#panic("x")' in text_of_docx(docx(odd))


def test_documents_from_outside_are_composed_too():
    rng = random.Random(3)
    for _ in range(12):
        document = external_document(rng, WHEN)
        made = compose_external(rng, document, agency("city").name)
        assert document.reference in f"{made.number}/{made.notation}"
        assert document.signer_name in text_of_pdf(pdf(made))


def test_every_kind_of_agency_and_type_builds():
    rng = random.Random(4)
    for key, field in [("city", "city"), ("STC", "finance"), ("thu-duc", "commune")]:
        head = next(p for p in STAFF.posts if p.agency_code == agency(key).code and p.rank == 1)
        for type_name in ("Báo cáo", "Tờ trình", "Thông báo", "Kế hoạch", "Giấy mời"):
            about = subject(rng, field, WHEN, type_name=type_name)
            made = compose(
                rng, agency(key), signer(head.key), about, WHEN, notation="X-Y", number="12", to=["Sở Nội vụ"]
            )
            assert len(pdf(made)) > 5_000
            assert len(docx(made)) > 5_000


def test_the_bold_lead_of_a_paragraph():
    assert split_lead("Điều 1. Ban hành.") == ("Điều 1.", " Ban hành.")
    assert split_lead("I. KẾT QUẢ") == ("I. KẾT QUẢ", "")
    assert split_lead("1. Về tình hình.") == ("", "1. Về tình hình.")
