"""Dấu độ mật: forty disguises are seen through, ordinary words with the same syllable pass."""

from __future__ import annotations

import pytest

from app.language.secrecy import find_secrecy_mark, find_secrecy_mark_in_name, is_secret_level, refusal

HEAD = "UBND THÀNH PHỐ\nSỞ NỘI VỤ\nSố: 05/KH-SNV\n"
TAIL = "\nKính gửi: Các sở, ban, ngành\nThực hiện chỉ đạo của Ủy ban nhân dân thành phố."

DISGUISES = [
    ("MẬT", "Mật"),
    ("TỐI MẬT", "Tối mật"),
    ("TUYỆT MẬT", "Tuyệt mật"),
    ("   MẬT   ", "Mật"),
    ("\tTUYỆT MẬT", "Tuyệt mật"),
    ("M Ậ T", "Mật"),
    ("M  Ậ  T", "Mật"),
    ("M    Ậ    T", "Mật"),
    ("T U Y Ệ T   M Ậ T", "Tuyệt mật"),
    ("T Ố I M Ậ T", "Tối mật"),
    ("MA\u0323\u0302T", "Mật"),
    ("MA\u0302\u0323T", "Mật"),
    ("TUYE\u0302\u0323T MA\u0302\u0323T", "Tuyệt mật"),
    ("TO\u0302\u0301I MA\u0302\u0323T", "Tối mật"),
    ("M\u200bẬ\u200bT", "Mật"),
    ("M\u00adẬT", "Mật"),
    ("\ufeffMẬT\u200e", "Mật"),
    ("TUYỆT\u00a0MẬT", "Tuyệt mật"),
    ("TỐI\u2003MẬT", "Tối mật"),
    ("ＭẬＴ", "Mật"),
    ("МẬТ", "Mật"),  # Cyrillic М and Т
    ("ΜẬΤ", "Mật"),  # Greek Μ and Τ
    ("М\u0410\u0323\u0302Т", "Mật"),  # Cyrillic throughout, marks set on
    ("M\u0332Ậ\u0332T\u0332", "Mật"),  # underlined
    ("M\u0336Ậ\u0336T\u0336", "Mật"),  # struck through
    ("[MẬT]", "Mật"),
    ("(TỐI MẬT)", "Tối mật"),
    ("“TUYỆT MẬT”", "Tuyệt mật"),
    ("* MẬT *", "Mật"),
    ("--- MẬT ---", "Mật"),
    ("M.Ậ.T", "Mật"),
    ("M-Ậ-T", "Mật"),
    ("| MẬT |", "Mật"),
    ("┃ TỐI MẬT ┃", "Tối mật"),
    ("MẬT\t\tHà Nội, ngày 02 tháng 3 năm 2026", "Mật"),
    ("V/v phòng chống bão      TỐI MẬT", "Tối mật"),
    ("MẬT    MẬT    MẬT", "Mật"),
    ("TUYỆT MẬT - TUYỆT MẬT", "Tuyệt mật"),
    ("MẬT (Bản số 03)", "Mật"),
    ("TỐI MẬT, bản số: 2", "Tối mật"),
    ("TUYỆT\nMẬT", "Tuyệt mật"),
    ("TỐI\nMẬT", "Tối mật"),
    ("M\nẬ\nT", "Mật"),
    ("Độ mật: Mật", "Mật"),
    ("ĐỘ MẬT: TỐI MẬT", "Tối mật"),
    ("Mức độ mật - Tuyệt mật", "Tuyệt mật"),
    ("Dấu chỉ mức độ mật: “TỐI MẬT”", "Tối mật"),
    ("[MẬT] Kế hoạch phòng thủ", "Mật"),
    ("mËt", "Mật"),  # TCVN3 under a font of capitals
    ("TUYÖT MËT", "Tuyệt mật"),
    ("tèi mËt", "Tối mật"),
    ("MAÄT", "Mật"),  # VNI
    ("TUYEÄT MAÄT", "Tuyệt mật"),
    ("TOÁI MAÄT", "Tối mật"),
    ("TO^'I MA^.T", "Tối mật"),  # VIQR
    ("TUYET MAT", "Tuyệt mật"),
    ("TOI MAT", "Tối mật"),
]

ORDINARY = [
    "V/v tăng cường bảo mật thông tin",
    "V/v mật độ dân cư",
    "KẾ HOẠCH BẢO MẬT HỆ THỐNG THÔNG TIN",
    "VỀ CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "Bảo vệ bí mật nhà nước",
    "GIẢI MẬT",
    "BẢO MẬT",
    "BÍ MẬT",
    "GIẢI MẬT TÀI LIỆU LƯU TRỮ",
    "CÔNG TÁC BẢO\nMẬT",
    "VỀ VIỆC BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
    "Điều 5. Bí mật kinh doanh và mật khẩu",
    "MẬT ĐỘ XÂY DỰNG",
    "MẬT\nĐỘ DÂN SỐ",
    "MẬT KHẨU: 123456",
    "MẬT ONG",
    "mật",
    "bí\nmật",
    "Mật",
    "Ông Nguyễn Văn Mật",
    "tài liệu có đóng dấu Mật, Tối mật, Tuyệt mật phải chuyển bằng đường giấy",
    "Độ mật: Thường",
    "Độ mật: Thường, Mật, Tối mật",
    "ĐỘ MẬT",
    "Mức độ mật",
    "MÁT",
    "MẮT",
    "MAT",
    "MẶT BẰNG",
    "MẤT",
    "TOI MAT ROI",
    "M A T",
    "12 MẬT 34",
    "Ban Cơ yếu: đóng dấu chỉ độ mật (MẬT) theo mẫu",
]


@pytest.mark.parametrize(("line", "level"), DISGUISES)
def test_a_disguise_is_seen_through(line: str, level: str):
    found = find_secrecy_mark(HEAD + line + TAIL)
    assert found is not None
    assert found.level == level


@pytest.mark.parametrize(("line", "level"), DISGUISES)
def test_alone_on_the_page_it_is_seen_too(line: str, level: str):
    found = find_secrecy_mark([line])
    assert found is not None
    assert found.level == level


@pytest.mark.parametrize("line", ORDINARY)
def test_ordinary_words_pass(line: str):
    assert find_secrecy_mark(HEAD + line + TAIL) is None
    assert find_secrecy_mark(line) is None


def test_a_mark_far_down_is_not_at_its_statutory_place():
    assert find_secrecy_mark("dòng\n" * 41 + "MẬT") is None
    assert find_secrecy_mark("dòng\n" * 39 + "MẬT") is not None


def test_nothing_is_found_in_nothing():
    assert find_secrecy_mark("") is None
    assert find_secrecy_mark([]) is None


def test_hostile_text_is_read_quickly():
    for text in (
        "M" * 1_000_000,
        " " * 1_000_000 + "MẬT",
        "\u0323" * 1_000_000,
        "MẬT" * 300_000,
        "[" * 100_000,
        "\ud800MẬT",
    ):
        find_secrecy_mark(text)


NAMES = [
    ("MẬT.pdf", "Mật"), ("[MẬT] Kế hoạch.pdf", "Mật"), ("Ke hoach_MẬT_2026.pdf", "Mật"), ("(TỐI MẬT) 12.docx", "Tối mật"),
    ("12-TUYỆT MẬT-UBND.pdf", "Tuyệt mật"), ("Công văn MẬT.pdf", "Mật"), ("TUYỆT MẬT Kế hoạch.pdf", "Tuyệt mật"),
    ("Kế hoạch TỐI MẬT.docx", "Tối mật"), ("toi mat_12.pdf", "Tối mật"), ("TUYET_MAT.pdf", "Tuyệt mật"), ("12_TOI-MAT_UBND.pdf", "Tối mật"),
    ("Công văn MẬT số 5.pdf", "Mật"),
    ("MA\u0323\u0302T - Kế hoạch.pdf", "Mật"), ("M Ậ T.pdf", "Mật"), ("МẬТ_1.pdf", "Mật"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "level"), NAMES)
def test_a_mark_in_a_file_name(name: str, level: str):
    found = find_secrecy_mark_in_name(name)
    assert found is not None
    assert found.level == level


@pytest.mark.parametrize(
    "name",
    ["Quy chế bảo mật.pdf", "QUY CHẾ BẢO MẬT.pdf", "Luật Bảo vệ bí mật nhà nước.pdf", "DANH MỤC BÍ MẬT NHÀ NƯỚC.docx",
     "Mật độ dân cư.xlsx", "MẬT ĐỘ.xlsx", "mat-bang.pdf", "Mặt bằng.pdf", "Giải mật.pdf", "GIẢI MẬT.pdf", "Kế hoạch bảo MẬT.pdf",
     "Nguyễn Văn Mật.pdf", "format.txt", "Bản đồ MẬT ĐỘ dân cư.pdf", "STOI_MAT.pdf", ".pdf", ""],
)  # fmt: skip
def test_ordinary_file_names_pass(name: str):
    assert find_secrecy_mark_in_name(name) is None


def test_values_of_the_secrecy_field():
    assert all(
        is_secret_level(v)
        for v in ("mật", "Mật", "MẬT", "tối mật", "Tuyệt mật", "TUYET MAT", "mat", " M ẬT ")
    )
    assert not any(is_secret_level(v) for v in ("", "Thường", "thường", "bảo mật", "mật độ"))


def test_the_sentence_names_the_lawful_channel():
    found = find_secrecy_mark("TỐI MẬT")
    assert found is not None
    assert "“TỐI MẬT”" in refusal(found)
    assert "đường giấy" in refusal(found)
    assert "không được lưu" in refusal(found)


_HEADS = [
    "UBND TỈNH\nSỞ CÔNG THƯƠNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "CÔNG AN TỈNH\nPHÒNG AN NINH MẠNG VÀ\nPHÒNG, CHỐNG TỘI PHẠM",
    "BAN CƠ YẾU CHÍNH PHỦ\nCỤC QUẢN LÝ KỸ THUẬT NGHIỆP VỤ\nMẬT MÃ",
    "ỦY BAN NHÂN DÂN\nPHƯỜNG HẢI CHÂU\nHỎA TỐC",
]
_SUBJECTS = [
    "V/v bảo vệ bí mật nhà nước", "V/v rà soát độ mật của văn bản", "QUYẾT ĐỊNH\nBan hành Quy chế bảo vệ\nbí mật nhà nước", "V/v mật độ",
    "QUY CHẾ\nBẢO ĐẢM AN TOÀN, BẢO\nMẬT THÔNG TIN", "THÔNG BÁO\nVề việc giải mật hồ sơ", "V/v tổng hợp số liệu", "KHẨN", "V/v mật khẩu dùng chung",
    "DANH MỤC BÍ\nMẬT NHÀ NƯỚC NGÀNH Y TẾ",
]  # fmt: skip
_BODIES = [
    "Căn cứ Luật Bảo vệ bí mật nhà nước;", "Văn bản mức độ Mật, Tối mật không gửi qua mạng.", "1. Tên tài liệu\n2. Độ mật\n3. Ghi chú", "MẬT ĐỘ XÂY DỰNG: 40%",
    "Đề nghị các đơn vị đổi mật khẩu trước ngày 30/6.", "Kính gửi: Ban Cơ yếu", "a) Tuyệt mật: do Bộ Chính trị;\nb) Tối mật: do Bộ trưởng;",
    "Bảng 1. Mật độ dân số\nPhường\nMật độ\n120", "GHI CHÚ: tài liệu đã được giải mật.", "Ong mật và sản phẩm MẬT ONG",
]  # fmt: skip


def test_four_hundred_ordinary_letters_raise_no_alarm():
    alarms = [
        found
        for head in _HEADS
        for subject in _SUBJECTS
        for body in _BODIES
        if (found := find_secrecy_mark(f"{head}\nSố: 12/SCT-VP\n{subject}\n{body}"))
    ]
    assert alarms == []
