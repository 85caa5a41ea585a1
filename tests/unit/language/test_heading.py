"""Phần thể thức: issuer, number, date, type, abstract and signer of many kinds of producers."""

from datetime import date
from pathlib import Path

import pytest

from app.language.heading.reader import read_heading
from app.language.heading.vocabulary import spelled
from app.language.reply_by import find_reply_by

TEXTS = Path(__file__).parent / "texts"


def text_of(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


EXPECTED = {
    "chi_thi": ("Ủy ban nhân dân thành phố An Bình", "07", "CT-UBND", "2026-05-04", "Chỉ thị", "Đặng Thu Hiền", "Phó Chủ tịch"),
    "cong_dien": ("Chủ tịch Ủy ban nhân dân tỉnh Tân Sơn", "03", "CĐ-CT", "2026-09-10", "Công điện", "Triệu Văn Phúc", "Phó Chủ tịch"),
    "cong_van_thanh_uy": ("Văn phòng Thành ủy An Bình", "123", "CV/VPTU", "2026-06-15", "Công văn", "Phùng Quốc Khải", "Chánh Văn phòng"),
    "ke_hoach": ("Trung tâm Kiểm soát bệnh tật", "88", "KH-KSBT", "2026-04-02", "Kế hoạch", "Bế Thị Lan Anh", "Giám đốc"),
    "ket_luan_thanh_tra": ("Thanh tra tỉnh", "41", "KL-TTr", "2026-08-12", "Kết luận", "Hoàng Đức Minh", "Chánh Thanh tra"),
    "nghi_quyet_hdnd": ("Hội đồng nhân dân tỉnh Tân Sơn", "25", "NQ-HĐND", "2025-12-10", "Nghị quyết", "Lò Thị Mai", "Chủ tịch"),
    "quet_cong_van": ("Liên đoàn Lao động tỉnh Tân Sơn", "215", "LĐLĐ-CSPL", "2025-11-03", "Công văn", "Tạ Kim Ngân", "Phó Chủ tịch"),
    "quyet_dinh_to_cong_tac": ("Ủy ban nhân dân xã Bản Lùng", "112", "QĐ-UBND", "2026-01-21", "Quyết định", "Vàng A Sình", "Chủ tịch"),
    "thong_bao_phuong": ("Văn phòng HĐND và UBND", "15", "TB-VP", "2026-03-09", "Thông báo", "Ngô Bảo Trâm", "Chánh Văn phòng"),
    "tra_loi": ("Thuế cơ sở 3", "640", "TCS3-NVDTPC", "2026-07-18", "Công văn", "Âu Dương Thành", "Phó trưởng Thuế cơ sở"),
    "thong_bao_trung_uong": ("Văn phòng Chính phủ", "455", "TB-VPCP", "2025-09-09", "Thông báo", "Mai Thị Thu Vân", "Phó Chủ nhiệm"),
    "cong_van_hai_quan": ("Cục Hải quan khu vực XX", "77", "HQKVXX-GSQL", "2026-05-14", "Công văn", "Ngô Tùng Dương", "Chi cục trưởng"),
    "ket_luan_tinh_uy": ("Ban Thường vụ Tỉnh ủy", "215", "KL/TU", "2026-04-20", "Kết luận", "Hà Trung Kiên", "Phó Bí thư"),
    "tra_loi_thue": ("Cục Thuế", "2207", "CT-CS", "2025-07-02", "Công văn", "Đặng Ngọc Lan", "Phó Cục trưởng"),
    "giay_moi": ("UBND xã Tân Lập", "18", "GM-UBND", "2026-04-03", "Giấy mời", "Hoàng Văn Tú", "Chánh Văn phòng"),
    "mat_so": ("Sở Nội vụ tỉnh Tân Sơn", None, None, None, "Công văn", None, None),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_reads_the_heading_of_each_producer(name: str):
    found = read_heading(text_of(name))
    day = found.issued_on.isoformat() if found.issued_on else None
    assert (
        found.issuer, found.number, found.symbol, day, found.type, found.signature.name, found.signature.position,
    ) == EXPECTED[name]  # fmt: skip


def test_the_abstract_ends_where_the_body_begins():
    assert read_heading(text_of("thong_bao_phuong")).subject == (
        "Kết luận của Chủ tịch UBND phường tại cuộc họp giao ban tuần 10"
    )
    assert read_heading(text_of("quet_cong_van")).subject == "chăm lo đoàn viên dịp Tết Nguyên đán Bính Ngọ"


def test_the_abstract_of_an_invitation_ends_before_the_invited():
    assert read_heading(text_of("giay_moi")).subject == "Dự Hội nghị triển khai nhiệm vụ quý II năm 2026"
    assert read_heading(text_of("bao_cao")).subject == "Hoạt động công đoàn 6 tháng đầu năm 2025"


def test_urgency_is_a_mark_of_its_own():
    assert read_heading(text_of("chi_thi")).urgency == "Hỏa tốc"
    assert read_heading(text_of("ke_hoach")).urgency is None


def test_the_partys_number_keeps_its_hyphen():
    heading = read_heading(text_of("cong_van_thanh_uy"))
    assert heading.reference == "123-CV/VPTU"
    assert find_reply_by(text_of("cong_van_thanh_uy"), heading) == date(2026, 6, 25)


@pytest.mark.parametrize(
    ("scanned", "right"),
    [
        ("TONG CYC THUE", "Tổng cục Thuế"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
        ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("UBND XÃ BẢN LÙNG", "UBND xã Bản Lùng"),
    ],
)
def test_names_in_capitals_are_spelled_as_offices_write_them(scanned: str, right: str):
    assert spelled(scanned) == right


def test_a_blank_number_and_day_are_not_read():
    text = text_of("ke_hoach").replace("Số: 88/KH-KSBT", "Số:       /KH-KSBT").replace("ngày 02", "ngày    ")
    heading = read_heading(text)
    assert (heading.number, heading.symbol, heading.issued_on, heading.year) == (None, "KH-KSBT", None, 2026)


@pytest.mark.parametrize(
    ("closing", "signer"),
    [
        ("Nơi nhận:\nCHỦ TỊCH QUỐC HỘI\nTrần Thanh Bình", "Trần Thanh Bình"),
        ("T/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Thị Hạnh", "Nguyễn Thị Hạnh"),
        ("HIỆU TRƯỞNG\nPGS.TS. Nguyễn Hữu Đức", "Nguyễn Hữu Đức"),
        ("Nơi nhận:\n- Như trên;\nCHỈ HUY TRƯỞNG\nĐại tá Trần Văn Hùng", "Trần Văn Hùng"),
        ("Nơi nhận:               KT. THỦ TƯỚNG\n- Như trên.          PHÓ THỦ TƯỚNG\n                         Lê Gia Khánh", "Lê Gia Khánh"),
    ],
)  # fmt: skip
def test_signers_of_many_closings(closing: str, signer: str):
    head = "UBND XÃ BẢN LÙNG\nSố: 12/UBND\nBản Lùng, ngày 03 tháng 9 năm 2025\nV/v chuẩn bị\nKính gửi: Các thôn\n"
    assert read_heading(f"{head}Đề nghị các thôn chuẩn bị.\n{closing}\n").signature.name == signer
