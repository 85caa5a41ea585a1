"""Đọc nhiệm vụ từ văn bản: what is sure is ready to give, what is not waits to be mended, all of it in one act."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select

from app.core.db import session
from app.directives.models import Directive, DirectivePart
from app.directives.reading.matching import Known, Matcher
from app.documents.models import DocumentFile, FileRole
from app.storage import service as storage
from app.storage.kinds import ATTACHMENT
from tests.paper import upload
from tests.unit.directives.test_assigning import incoming_document
from tests.web.directives.test_lists import statements

URL = "/chi-dao/doc-van-ban"
NOTICE = """UBND THÀNH PHỐ
VĂN PHÒNG
Số: 88/TB-VP
Thành phố Hồ Chí Minh, ngày 16 tháng 11 năm 2026
THÔNG BÁO
Kết luận của Chủ tịch UBND Thành phố tại cuộc họp giao ban
Chủ tịch UBND Thành phố kết luận như sau:
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính rà soát các dự án chậm tiến độ, báo cáo UBND Thành phố trước ngày 15/12/2026.
2. Giao UBND phường Bến Thành kiểm tra trật tự xây dựng trên địa bàn.
3. Ban Quản lý công viên tăng cường chăm sóc cây xanh.
4. Các sở, ban, ngành nghiêm túc rà soát thủ tục hành chính trong tháng 12/2026.
"""


def read(world, text=NOTICE):
    return world.chairman.client.post(URL, {"text": text}, expect=200)


def count() -> int:
    return session.scalar(select(func.count()).select_from(Directive)) or 0


def test_what_was_read_stands_beside_the_text_and_nothing_is_given_yet(world):
    page = read(world)
    form = page.form("doc-van-ban")
    assert page.h1 == "4 nhiệm vụ đọc được"
    assert (form["d0-leads"], form["d0-supports"], form["d0-due"]) == (
        "Sở Xây dựng",
        "Sở Tài chính",
        "15/12/2026",
    )
    assert form["d0-product"] == "Báo cáo"
    assert form["d1-leads"] == "UBND phường Bến Thành"
    assert "d0-wanted" in form
    assert "d2-wanted" not in form
    assert "Chưa khớp cơ quan: Ban Quản lý công viên" in page.text
    assert len(page.tree.xpath("//mark")) == 4
    assert count() == 0


def test_everything_sure_is_given_with_one_click(world):
    client = world.chairman.client
    page = client.submit(URL, read(world).form("doc-van-ban"))
    parts = session.scalars(select(DirectivePart).order_by(DirectivePart.id)).all()
    agencies = world.agencies
    assert [p.lead_agency_id for p in parts] == [
        agencies["dept"],
        agencies["ward"],
        agencies["dept"],
        agencies["dept2"],
    ]
    assert count() == 3
    assert parts[0].content.startswith("Chủ trì, phối hợp với Sở Tài chính rà soát")
    assert "Đã giao 3 nhiệm vụ" in client.follow(page).text


def test_one_wrong_row_stops_all_and_keeps_what_was_typed(world):
    form = read(world).form("doc-van-ban")
    changed = {**form, "d2-wanted": "y", "d1-content": "Kiểm tra trật tự đô thị"}
    page = world.chairman.client.submit(URL, changed, expect=422)
    assert "Nhiệm vụ thứ 3: Không có cơ quan “Ban Quản lý công viên” trong cây tổ chức" in page.text
    assert page.form("doc-van-ban")["d1-content"] == "Kiểm tra trật tự đô thị"
    assert count() == 0


def test_nothing_marked_gives_nothing(world):
    form = {k: v for k, v in read(world).form("doc-van-ban").items() if not k.endswith("-wanted")}
    assert "Chưa chọn nhiệm vụ nào" in world.chairman.client.submit(URL, form, expect=422).text
    assert count() == 0


def test_from_an_incoming_document_its_number_is_the_source(world):
    document = incoming_document(world)
    stored = storage.keep(
        world.chairman.actor, storage.store_upload(io.BytesIO(NOTICE.encode()), "tb.txt", kinds=ATTACHMENT)
    )
    session.add(
        DocumentFile(document=document, stored=stored, role=FileRole.MAIN.value, name="tb.txt", position=0)
    )
    session.flush()
    storage.extract(world.chairman.actor, stored.id)
    url = f"{URL}?van-ban={document.id}"
    assert len(statements(world.chairman.client, url)) <= 12
    page = world.chairman.client.get(url)
    assert page.h1 == "4 nhiệm vụ đọc được"
    world.chairman.client.submit(url, page.form("doc-van-ban"))
    given = session.scalars(select(Directive).order_by(Directive.id)).first()
    assert (given.source_document_id, given.source_point) == (document.id, "1")


def test_a_document_of_others_or_unread_is_not_shown(world):
    document = incoming_document(world, agency="dept", seen_by=())
    world.chairman.client.get(f"{URL}?van-ban={document.id}", expect=404)
    mine = incoming_document(world)
    assert "chưa đọc được chữ" in world.chairman.client.get(f"{URL}?van-ban={mine.id}").text


def test_who_may_not_assign_may_not_read_for_it(world):
    world.city_specialist.client.get(URL, expect=403)


def test_secrets_empty_texts_and_letters_that_give_nothing(world):
    client = world.chairman.client
    assert "TỐI MẬT" in client.post(URL, {"text": "UBND\nTỐI MẬT\nSố: 1"}, expect=422).text
    assert "Hãy dán nội dung" in client.post(URL, {"text": " "}, expect=422).text
    assert "Không thấy nhiệm vụ nào" in client.post(URL, {"text": "Xin chúc mừng năm mới."}, expect=200).text


def test_the_offices_tracking_sheet_shows_its_doubtful_rows(world):
    from docx import Document as Word

    word, buffer = Word(), io.BytesIO()
    table = word.add_table(rows=0, cols=5)
    for row in (
        ("TT", "Nội dung", "Chủ trì", "Thời hạn", "Tình trạng"),
        ("1", "Lập kế hoạch phòng cháy", "Sở Xây dựng", "31/12/2026", ""),
        ("2", "Rà soát quy chế", "Sở Nào Đó", "20/12/2026", ""),
        ("3", "Báo cáo quý III", "Sở Tài chính", "30/9/2026", "Đã hoàn thành"),
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    word.save(buffer)
    page = world.chairman.client.post(
        URL, {"source_file": upload(buffer.getvalue(), "bang.docx")}, expect=200
    )
    form = page.form("doc-van-ban")
    assert ["d0-wanted" in form, "d1-wanted" in form, "d2-wanted" in form] == [True, False, False]
    assert "2 nhiệm vụ cần xem lại" in page.text
    assert "Theo bảng, việc này đã hoàn thành" in page.text


KNOWN = [
    Known(1, "Sở Tài chính", "Sở Tài chính", "department"),
    Known(2, "Sở Y tế", "Sở Y tế", "department"),
    Known(3, "Công an Thành phố Hồ Chí Minh", "Công an Thành phố", "department"),
    Known(4, "Ủy ban nhân dân phường An Khánh", "UBND phường An Khánh", "ward"),
    Known(5, "Ủy ban nhân dân xã Bình Lợi", "UBND xã Bình Lợi", "commune"),
    Known(6, "Ủy ban nhân dân Thành phố Hồ Chí Minh", "UBND Thành phố", "city"),
]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Sở Tài chính", (1,)),
        ("Giám đốc Sở Y tế", (2,)),
        ("Công an thành phố", (3,)),
        ("UBND phường An Khánh", (4,)),
        ("Chủ tịch Ủy ban nhân dân xã Bình Lợi", (5,)),
        ("Ủy ban nhân dân các xã, phường", (4, 5)),
        ("Chủ tịch UBND các phường, xã, đặc khu", (4, 5)),
        ("UBND cấp xã", (4, 5)),
        ("Các sở, ban, ngành thuộc Thành phố", (1, 2, 3)),
        ("Phòng Kinh tế", ()),
        ("Sở", ()),
        ("", ()),
    ],
)
def test_names_are_matched_to_the_tree(name, ids):
    assert Matcher(KNOWN).match(name) == ids
