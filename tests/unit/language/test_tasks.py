"""Nhiệm vụ đọc từ văn bản: every kind of document gives exactly its own work, and letters that give none stay silent."""

from datetime import date
from pathlib import Path

import pytest

from app.language.tasks.deadlines import DeadlineContext, choose, find_deadlines
from app.language.tasks.document import read_document
from app.language.tasks.reader import read_tasks

TEXTS = Path(__file__).parent / "texts"


def tasks_of(name: str):
    return read_tasks((TEXTS / f"{name}.txt").read_text(encoding="utf-8")).tasks


def brief(task):
    return (
        task.lead,
        task.deadline.day.isoformat() if task.deadline and task.deadline.day else None,
        task.report,
    )


XA = ("Ủy ban nhân dân các xã, phường",)
EXPECTED = {
    "chi_thi": [
        (("Sở Nông nghiệp và Môi trường",), "2026-05-20", False),
        (("Sở Nông nghiệp và Môi trường",), None, True),
        (("Công an thành phố",), None, False),
        (XA, "2026-05-31", False),
        (XA, None, False),
        (("Văn phòng Ủy ban nhân dân thành phố",), "2026-06-30", True),
    ],
    "cong_dien": [
        (("Chủ tịch Ủy ban nhân dân các xã, phường ven biển",), "2026-09-11", False),
        (("Giám đốc Sở Nông nghiệp và Môi trường",), None, False),
        (("Sở Xây dựng", "Sở Công Thương"), None, False),
        (("Đài Phát thanh và Truyền hình tỉnh",), None, False),
    ],
    "cong_van_thanh_uy": [
        (("Ban Tổ chức Thành ủy",), "2026-06-25", False),
        (("Đảng ủy Ủy ban nhân dân thành phố",), "2026-06-25", False),
    ],
    "ke_hoach": [
        (("Khoa Phòng, chống bệnh truyền nhiễm",), "2026-04-15", False),
        (("Khoa Phòng, chống bệnh truyền nhiễm",), None, True),
        (("Khoa Dược - Vật tư y tế",), None, False),
        (XA, "2026-04-12", False),
        (XA, None, False),
    ],
    "ket_luan_thanh_tra": [
        (("Sở Xây dựng",), None, False),
        (("Sở Xây dựng",), "2026-12-31", False),
        (("Sở Tài chính",), "2026-10-31", False),
        (("Sở Xây dựng",), "2026-09-11", True),
    ],
    "mat_so": [
        (("các phòng, đơn vị",), "2026-06-05", False),
        (("các phòng, đơn vị",), None, False),
        (("các phòng, đơn vị",), None, False),
    ],
    "nghi_quyet_hdnd": [
        (("Ủy ban nhân dân tỉnh",), "2025-12-31", False),
        (("Thường trực Hội đồng nhân dân tỉnh", "các Ban của Hội đồng nhân dân tỉnh"), None, False),
    ],
    "quet_cong_van": [
        (("các công đoàn cấp trên trực tiếp cơ sở",), "2025-12-15", True),
        (("các công đoàn cấp trên trực tiếp cơ sở",), None, False),
        (("các công đoàn cấp trên trực tiếp cơ sở",), "2025-12-20", False),
    ],
    "quyet_dinh_to_cong_tac": [
        (("Tổ công tác",), None, False),
        (("Tổ công tác",), "2026-04-30", False),
    ],
    "thong_bao_phuong": [
        (("Phòng Kinh tế, Hạ tầng và Đô thị",), "2026-03-20", True),
        (("Trung tâm Phục vụ hành chính công",), None, False),
        (("Phòng Văn hóa - Xã hội",), "2026-03-31", False),
        (("Lê Hoài Nam, Phó Chủ tịch UBND phường",), None, True),
        (("Các tổ trưởng tổ dân phố",), "2026-03-16", False),
    ],
    "thong_bao_trung_uong": [
        (("Bộ Xây dựng",), "2025-09-30", False),
        (("Bộ Xây dựng",), None, True),
        (("Ngân hàng Nhà nước Việt Nam",), None, False),
        (("Bộ Tài chính", "Bộ Công an", "Bộ Quốc phòng"), None, False),
        (("Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",), None, False),
        (("Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",), "2025-12-31", False),
        (("Bộ Xây dựng",), None, True),
        (("Bộ Tài chính",), "2025-09-20", False),
    ],
    "cong_van_hai_quan": [
        (("Đội trưởng các Hải quan cửa khẩu",), None, False),
        (("Đội trưởng các Hải quan cửa khẩu",), None, False),
        (("Đội trưởng các Hải quan cửa khẩu",), "2026-05-29", True),
        (("Phòng Nghiệp vụ",), None, False),
    ],
    "ket_luan_tinh_uy": [
        (("các cấp ủy, tổ chức đảng",), None, False),
        (("Đảng ủy Ủy ban nhân dân tỉnh",), "2026-06-30", False),
        (("Ủy ban Kiểm tra Tỉnh ủy",), None, False),
        (("Văn phòng Tỉnh ủy",), None, True),
    ],
    "huong_dan_giao_duc": [
        (("Ủy ban nhân dân các phường, xã, đặc khu",), None, False),
        (("Ủy ban nhân dân các phường, xã, đặc khu",), None, False),
        (("các cơ sở giáo dục",), "2025-09-30", True),
        (("các cơ sở giáo dục",), None, False),
    ],
    "y_kien_ban_chi_dao": [
        (("Công an thành phố",), None, False),
        (("thành viên Ban Chỉ đạo",), None, False),
        (("Sở Tài chính",), None, False),
        (("Sở Khoa học và Công nghệ",), None, False),
    ],
    # what only informs, answers, invites or reports gives no work
    "tra_loi": [],
    "tra_loi_thue": [],
    "thong_bao_nghi_tet": [],
    "giay_moi": [],
    "bao_cao": [],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_reads_the_work_each_kind_of_document_gives(name: str):
    assert [brief(task) for task in tasks_of(name)] == EXPECTED[name]


def test_the_point_of_each_task_is_told():
    assert [t.point for t in tasks_of("thong_bao_trung_uong")][:3] == ["II.1.a", "II.1.b", "II.2"]
    assert [t.point for t in tasks_of("ket_luan_tinh_uy")] == ["2.1", "2.2", "2.3", "3"]


def test_coordinators_stand_behind_phoi_hop_voi():
    first = tasks_of("chi_thi")[0]
    assert first.coordinate == ("Công an thành phố", "Bộ Chỉ huy Quân sự thành phố")


def test_a_page_number_and_a_broken_line_do_not_cut_a_task():
    assert "người lao động; báo cáo Liên đoàn Lao động tỉnh" in tasks_of("quet_cong_van")[0].content


CONTEXT = DeadlineContext(date(2026, 6, 11), points={"1": date(2026, 9, 30)}, last=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("báo cáo trước ngày 15/7/2026", "2026-07-15"),
        ("chậm nhất đến 17h00 ngày 20 tháng 7 năm 2026", "2026-07-20"),
        ("xong trước 30.6.2026", "2026-06-30"),
        ("gửi về Sở trước thứ Sáu, ngày 26/6", "2026-06-26"),
        ("hoàn thành trong tháng 2/2028", "2028-02-29"),
        ("trình trong quý III năm 2026", "2026-09-30"),
        ("trước tháng 8/2026", "2026-07-31"),
        ("hoàn thành trong năm 2026", "2026-12-31"),
        ("trong 7 ngày làm việc", "2026-06-22"),
        ("trong thời hạn 05 (năm) ngày kể từ ngày ký Quyết định này", "2026-06-16"),
        ("bảo đảm thời gian tại khoản 1 Công văn này", "2026-09-30"),
        ("theo thời hạn nêu trên", "2026-07-01"),
        ("chậm nhất 10 ngày làm việc kể từ ngày nhận được phiếu", None),
        ("định kỳ hằng quý báo cáo", None),
        ("vào ngày 10 hàng tháng", None),
        ("trước ngày 05/6/2018 (ngày Thông tư có hiệu lực)", None),
        ("lập tiến độ đến hết năm 2026", None),
        ("ngày 31/02/2026", None),
    ],
)
def test_deadlines_in_every_spelling(text: str, day: str | None):
    found = choose(find_deadlines(text, CONTEXT))
    assert (found.day.isoformat() if found and found.day else None) == day


def test_a_table_of_assignments_is_read_by_the_heads_of_its_columns():
    table = (
        ("TT", "Sản phẩm", "Nội dung công việc", "Đơn vị chủ trì", "Phối hợp", "Thời hạn"),
        ("I", "", "LĨNH VỰC ĐẤT ĐAI", "", "", ""),
        ("1", "Báo cáo", "Rà soát quỹ đất công", "Phòng Kinh tế", "Công an xã; các thôn", "15/7/2026"),
        ("2", "Kế hoạch", "Lập kế hoạch vốn", "", "", "Quý III/2026"),
        ("3", "", "Cập nhật số liệu", "Văn phòng", "", "46218"),
        ("4", "", "Sửa chữa nhà văn hóa", "Văn phòng", "", "khi có kinh phí"),
    )
    found = read_document("Kế hoạch năm 2026", (table,), today=date(2026, 6, 1)).tasks
    assert [brief(task)[:2] for task in found] == [
        (("Phòng Kinh tế",), "2026-07-15"),
        (("Phòng Kinh tế",), "2026-09-30"),
        (("Văn phòng",), "2026-07-15"),
        (("Văn phòng",), None),
    ]
    assert found[0].coordinate == ("Công an xã", "các thôn")
    assert found[0].report
