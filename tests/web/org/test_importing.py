"""Nhập danh sách từ bảng tính: preview, consent, all or nothing, and files that are not what they should be."""

import io
import zipfile
from datetime import timedelta

import pytest
import xlsxwriter
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import session
from app.org import jobs, queries, service
from app.org.models import ImportDraft, Person, Post, Unit
from app.org.service.passwords import verify
from tests.paper import pdf

URL = "/quan-tri/nhap-danh-sach"
HEAD = [
    "Họ và tên",
    "Tên đăng nhập",
    "Chức danh",
    "Đơn vị",
    "Vai trò",
    "Trưởng đơn vị",
    "Điện thoại",
    "Thư điện tử",
]


def sheet(people=(), units=(), *, head=HEAD, unit_head=("Tên đơn vị", "Viết tắt", "Thuộc đơn vị"), before=0):
    """Một tệp XLSX; a cell may be ("=", formula), a number or words."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    ) as book:
        for name, heads, rows in (
            ("Người dùng", head, people),
            ("Đơn vị", unit_head, units),
        ):
            page = book.add_worksheet(name)
            for number, row in enumerate([heads, *rows]):
                for column, value in enumerate(row):
                    if isinstance(value, tuple):
                        page.write_formula(number + before, column, value[1], None, "3")
                    elif value is not None:
                        page.write(number + before, column, value)
    return out.getvalue()


def upload(who, content, name="danh sách.xlsx", *, expect=302):
    return who.client.post(
        URL, {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data", expect=expect
    )


def preview(who, content):
    return who.client.follow(upload(who, content))


def problems(page):
    rows = page.tree.xpath("//section[@id='luu-y']//tbody/tr") if page.tree is not None else []
    return [[" ".join(td.text_content().split()) for td in row.xpath("./td")] for row in rows]


def counts():
    return tuple(session.scalar(select(func.count()).select_from(m)) for m in (Person, Post, Unit))


def test_people_and_units_come_in_together(world):
    before = counts()
    content = sheet(
        [
            ["Trần Bích Thảo", None, "Tổ trưởng", "Tổ Đấu thầu", "Trưởng đơn vị, Chuyên viên", "x", "0901 234 567", "thao@tphcm.gov.vn"],
            ["LÊ VĂN TÁM", "tam.le", "Chuyên viên", "phòng quy hoạch", None, None, None, None],
        ],
        [["Tổ Đấu thầu", None, "Phòng Quy hoạch"]],
    )  # fmt: skip
    page = preview(world.admin, content)
    assert counts() == before
    assert problems(page) == []
    assert "Trần Bích Thảo" in page.texts("//section[@id='nguoi']")[0]
    assert "Nhập 2 người, 1 đơn vị" in page.text

    done = world.admin.client.post(page.response.request.path, expect=200)

    thao = session.scalars(select(Person).where(Person.username == "thao.tran")).one()
    post = queries.posts_of_person(thao.id)[0]
    unit = session.scalars(select(Unit).where(Unit.name == "Tổ Đấu thầu")).one()
    assert (post.unit_id, post.is_head, post.roles) == (unit.id, True, ["specialist", "unit_head"])
    assert (unit.parent_id, unit.abbreviation) == (world.units["dept_plan"], "TĐT")
    assert session.scalars(select(Person.full_name).where(Person.username == "tam.le")).one() == "Lê Văn Tám"
    rows = done.tree.xpath("//section[@id='tai-khoan']//tbody/tr")
    assert verify(thao.password_hash, rows[0].xpath("string(./td[3])").strip())
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "PeopleImported")).one()
    assert entry.data == {"people": 2, "units": 1}


def test_a_list_is_imported_once(world):
    page = preview(world.admin, sheet([["Trần Bích Thảo", None, "Chuyên viên"]]))
    url = page.response.request.path
    world.admin.client.post(url, expect=200)
    again = world.admin.client.submit(url, {}, expect=409)
    assert "đã được nhập" in again.text
    assert session.scalar(select(func.count()).where(Person.full_name == "Trần Bích Thảo")) == 1
    assert session.scalars(select(ImportDraft)).one().rows == {"units": [], "people": []}


def test_what_must_be_mended_names_row_column_and_reason(world):
    content = sheet(
        [
            ["", "x.y", "Chuyên viên"],
            ["Lê 123", None, "Chuyên viên"],
            ["=HYPERLINK(1)", None, "Chuyên viên"],
            [("=", "=1+2"), None, "Chuyên viên"],
            ["Lê Văn Tám", "Lê Tám", "Chuyên viên"],
            ["Lê Văn Chín", "clerk2", "Chuyên viên"],
            ["Lê Văn Mười", "muoi", "Chuyên viên"],
            ["Lê Văn Mốt", "muoi", "Chuyên viên", "Phòng Mặt Trăng"],
            ["Lê Văn Hai", None, "Chuyên viên", None, "Hoàng đế"],
            ["Lê Văn Ba", None, "Trưởng phòng", "Phòng Quy hoạch", None, "x"],
            ["Lê Văn Tư", None, "Chuyên viên", None, None, "có lẽ", "gọi tôi", "khong-phai-thu"],
        ],
        [["", "X"], ["Tổ A", "A", "Tổ B"], ["Tổ B", "B", "Tổ A"], ["tổ a", "A"]],
    )  # fmt: skip
    before = counts()
    page = preview(world.admin, content)
    told = {(p[0], p[1]): p[3] for p in problems(page) if p[4] == "Phải sửa"}

    expected = {
        ("Người dùng, dòng 2", "Họ và tên"): "Thiếu họ và tên",
        ("Người dùng, dòng 3", "Họ và tên"): "chỉ gồm chữ cái",
        ("Người dùng, dòng 4", "Họ và tên"): "chỉ gồm chữ cái",
        ("Người dùng, dòng 6", "Tên đăng nhập"): "chữ thường không dấu",
        ("Người dùng, dòng 7", "Tên đăng nhập"): "Đã có người dùng",
        ("Người dùng, dòng 9", "Tên đăng nhập"): "Trùng với dòng 8",
        ("Người dùng, dòng 9", "Đơn vị"): "Không có đơn vị này",
        ("Người dùng, dòng 10", "Vai trò"): "Không có vai trò “Hoàng đế”",
        ("Người dùng, dòng 11", "Trưởng đơn vị"): "đã có người đứng đầu",
        ("Người dùng, dòng 12", "Trưởng đơn vị"): "Ghi “x”",
        ("Người dùng, dòng 12", "Điện thoại"): "chỉ gồm chữ số",
        ("Người dùng, dòng 12", "Thư điện tử"): "không đúng",
        ("Đơn vị, dòng 5", "Tên đơn vị"): "Trùng với dòng 3",
    }
    for where, words in expected.items():
        assert words in told.get(where, ""), (where, told)
    assert "công thức" in " ".join(p[3] for p in problems(page) if p[0] == "Người dùng, dòng 5")
    assert any("vòng tròn" in p[3] for p in problems(page))
    assert not page.has_form(page.response.request.path)
    refused = world.admin.client.submit(page.response.request.path, {"reviewed": "y"}, expect=422)
    assert "điểm phải sửa" in " ".join(refused.errors)
    assert counts() == before


def test_doubtful_rows_need_a_look(world):
    content = sheet(
        [
            ["Trần Bảo Ngọc", None, "Chuyên viên"],
            ["Lê Văn Tám", None, None],
            ["Lê Văn Tám", None, "Chuyên viên", None, "Quản trị cơ quan", None, 901234567, "SPECIALIST@example.gov.vn"],
            ["Tám", None, "Chuyên viên", None, None, None, None, None, "ô thừa"],
        ],
        [["Phòng Quy hoạch", "QH"]],
    )  # fmt: skip
    page = preview(world.admin, content)
    reasons = " ".join(p[3] for p in problems(page))
    assert all(p[4] == "Cần xem lại" for p in problems(page))
    for words in (
        "đã có người cùng họ tên (specialist)",
        "Chưa có chức danh",
        "Cùng họ tên với dòng 3",
        "quyền quản trị",
        "mất số 0 ở đầu",
        "đã có người trong cơ quan dùng",
        "thiếu họ",
        "ngoài các cột",
        "đã có đơn vị này",
    ):
        assert words in reasons, words
    url = page.response.request.path
    unread = world.admin.client.post(url, expect=422)
    assert "đánh dấu xác nhận" in " ".join(unread.errors)
    world.admin.client.post(url, {"reviewed": "y"}, expect=200)
    assert session.scalar(select(func.count()).where(Person.full_name == "Lê Văn Tám")) == 2
    assert session.scalar(select(Person.phone).where(Person.phone != "")) == "901234567"


def test_ragged_rows_keep_their_columns(world):
    content = sheet([["Lê Văn Tám", None, None, None, None, None, None, "tam@tphcm.gov.vn"], [None, None, None], ["Lê Văn Chín", "chin.le", "Chuyên viên"]])  # fmt: skip
    page = preview(world.admin, content)
    assert [p[1] for p in problems(page)] == ["Chức danh"]
    world.admin.client.post(page.response.request.path, {"reviewed": "y"}, expect=200)
    assert session.scalar(select(Person.email).where(Person.username == "tam.le")) == "tam@tphcm.gov.vn"


def test_headings_may_stand_lower_and_in_other_words(world):
    content = sheet([["Chuyên viên", "Lê Văn Tám"]], head=["CHỨC VỤ *", "Họ tên:"], before=3)
    page = preview(world.admin, content)
    assert problems(page) == []
    assert "tam.le" in page.text


def test_what_changed_meanwhile_is_seen_at_confirmation(world):
    page = preview(world.admin, sheet([["Lê Văn Tám", "tam.le", "Chuyên viên"]]))
    service.add_person(world.admin.actor, full_name="Lê Thị Tâm", username="tam.le")
    before = counts()
    refused = world.admin.client.submit(page.response.request.path, {}, expect=422)
    assert "phải sửa" in " ".join(refused.errors)
    assert counts() == before


def test_five_thousand_rows_and_not_one_more(world):
    rows = [[f"Nguyễn Văn {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}", f"nguoi{n}", "Chuyên viên"] for n in range(5_001)]  # fmt: skip
    over = upload(world.admin, sheet(rows), expect=422)
    assert "quá 5.000 dòng" in " ".join(over.errors)
    page = preview(world.admin, sheet(rows[:5_000]))
    assert "5000" in page.texts("//section[@id='ket-qua']")[0]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "Tệp rỗng"),
        (b"Ho ten;Don vi\n", "a.csv", "không nhận loại tệp"),
        (pdf("Danh sách"), "a.xlsx", "Nội dung không đúng loại tệp"),
        (sheet([["X Y"]])[:900], "a.xlsx", "hỏng"),
        (b"MZ" + b"\0" * 200, "a.exe", "chương trình"),
        (
            sheet([["Lê Văn Tám"]], head=["Cột A"], unit_head=["Cột B"]),
            "a.xlsx",
            "Không tìm thấy dòng tiêu đề",
        ),
        (sheet(), "a.xlsx", "chưa có dòng nào"),
        (sheet([["Lê Văn Tám"]]), "danh sách TUYỆT MẬT.xlsx", "Tuyệt mật"),
    ],
)
def test_files_that_are_refused(world, content, name, words):
    page = upload(world.admin, content, name, expect=422)
    assert words.lower() in " ".join(page.errors).lower()
    assert session.scalars(select(ImportDraft)).all() == []


def test_a_bomb_is_refused(world):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet([["Lê Văn Tám"]]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for item in good.infolist():
            bad.writestr(
                item, good.read(item) if "sheet1" not in item.filename else b"<a>" + b" " * 300_000_000
            )
    page = upload(world.admin, out.getvalue(), expect=422)
    assert "lớn" in " ".join(page.errors)


def test_no_file_chosen(world):
    page = world.admin.client.post(URL, {}, expect=422)
    assert "Hãy chọn tệp danh sách" in " ".join(page.errors)


def test_who_may_import(world):
    world.clerk.client.get(URL, expect=403)
    world.director.client.get(f"{URL}/mau", expect=403)
    page = preview(world.admin, sheet([["Lê Văn Tám", None, "Chuyên viên"]]))
    url = page.response.request.path
    world.admin2.client.get(url, expect=404)
    world.admin2.client.submit(url, {}, expect=404)
    world.city_admin.client.get(url, expect=404)


def test_a_list_of_yesterday_must_be_loaded_anew(world, frozen_monday):
    page = preview(world.admin, sheet([["Lê Văn Tám", None, "Chuyên viên"]]))
    frozen_monday.shift(timedelta(hours=11))
    world.admin.client.get("/")
    frozen_monday.shift(timedelta(hours=11))
    world.admin.client.get("/")
    frozen_monday.shift(timedelta(hours=3))
    late = world.admin.client.submit(page.response.request.path, {}, expect=409)
    assert "quá một ngày" in late.text
    assert jobs.tidy(clock.now())["imports"] == 1


def test_the_template_reads_back(world):
    answer = world.admin.client._open("get", f"{URL}/mau")
    book = load_workbook(io.BytesIO(answer.get_data()))
    assert book.sheetnames == ["Người dùng", "Đơn vị", "Hướng dẫn"]
    assert [c.value for c in book["Người dùng"][1]] == HEAD
    assert "attachment" in answer.headers["Content-Disposition"]
    empty = upload(world.admin, answer.get_data(), expect=422)
    assert "chưa có dòng nào" in " ".join(empty.errors)
