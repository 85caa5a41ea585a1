"""Bốn mươi văn bản đúng thể thức và bốn mươi lỗi, each planted alone in a document that is otherwise right."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.unit.documents.format.making import Spec

_MODES = ("direct", "normal", "styles", "defaults", "theme", "charstyle")
_HEADS = ("table", "tabs", "rows", "boxes")
_RULES = ("border", "drawing", "text", "vml")
_FEET = ("table", "tabs", "plain")


def _decision(direct: bool) -> dict[str, Any]:
    return {
        "kind": "Quyết định", "title": "QUYẾT ĐỊNH", "abstract": ("Về việc kiện toàn Tổ công tác cải cách hành chính",), "addressees": (),
        "parent": (), "agency": ("ỦY BAN NHÂN DÂN", "PHƯỜNG AN KHÁNH"), "number": "Số: 07/QĐ-UBND", "date": "An Khánh, ngày 12 tháng 11 năm 2026",
        "decider": "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG AN KHÁNH",
        "bases": ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;", "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội."),
        "order": "QUYẾT ĐỊNH:", "articles": True, "authority": (), "position": "CHỦ TỊCH", "signer": "Nguyễn Văn Bình",
        "recipients": ("- Như Điều 3;", "- Lưu: VT, VHXH.") if direct else ("- Như Điều 2;", "- Đảng ủy phường (để b/c);", "- Lưu: VT, VHXH."),
    }  # fmt: skip


def _typed(kind: str, short: str, abstract: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "title": kind.upper(), "abstract": (abstract,), "number": f"Số: 48/{short}-SXD", "addressees": (),
            "recipients": ("- Các phòng, đơn vị thuộc Sở;", "- Lưu: VT, VP."), **more}  # fmt: skip


KINDS: tuple[dict[str, Any], ...] = (
    {},
    _decision(direct=True),
    _typed("Thông báo", "TB", "Về lịch nghỉ Tết Nguyên đán năm 2027"),
    _typed("Kế hoạch", "KH", "Tuyên truyền, phổ biến pháp luật về xây dựng năm 2026"),
    _typed("Báo cáo", "BC", "Kết quả công tác quý I và nhiệm vụ trọng tâm quý II năm 2026"),
    _typed("Tờ trình", "TTr", "Về việc ban hành Quy chế quản lý, sử dụng nhà công vụ", addressees=("Ủy ban nhân dân Thành phố",), authority=(), position="GIÁM ĐỐC", recipients=("- Như trên;", "- Lưu: VT, QLN.")),
    _typed("Công điện", "CĐ", "Về tập trung ứng phó bão và mưa lũ", authority=("TL. GIÁM ĐỐC",), position="CHÁNH VĂN PHÒNG", urgency="HỎA TỐC"),
    _typed("Giấy mời", "GM", "Dự cuộc họp giao ban công tác tháng 3", body=("Sở Xây dựng trân trọng kính mời đại diện lãnh đạo các đơn vị có tên trong danh sách dưới đây đến dự cuộc họp giao ban công tác tháng 3 năm 2026.", "Thời gian: 08 giờ 00, ngày 12 tháng 3 năm 2026.", "Địa điểm: Phòng họp tầng 3, trụ sở Sở Xây dựng.")),
    _decision(direct=False),
    {"addressees": ("Ủy ban nhân dân các phường, xã", "Các phòng, đơn vị thuộc Sở", "Ban Quản lý dự án"), "urgency": "KHẨN", "authority": ("TUQ. GIÁM ĐỐC",), "position": "TRƯỞNG PHÒNG QUẢN LÝ NHÀ", "recipients": ("- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT, QLN.")},
    {"parent": (), "agency": ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HOA PHƯỢNG"), "number": "Số: 15/UBND-VP", "authority": ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "position": "PHÓ CHỦ TỊCH", "signer": "Lê Hoàng Anh"},
    {"number": "Số:        /SXD-QLN", "date": "Hoa Phượng, ngày     tháng 3 năm 2026", "authority": ("Q. GIÁM ĐỐC",), "position": ""},
)  # fmt: skip


def clean(number: int) -> Spec:
    """Văn bản đúng thể thức thứ ``number``."""
    draw = random.Random(7_000 + number)
    spec = Spec(**KINDS[number % len(KINDS)], seed=number)
    spec.mode, spec.head = _MODES[number % len(_MODES)], _HEADS[(number // 2) % len(_HEADS)]
    spec.rule, spec.foot = _RULES[(number // 3) % len(_RULES)], _FEET[(number // 5) % len(_FEET)]
    spec.numbers = ("complex", "simple", "control")[number % 3]
    spec.annex = ("", "break", "landscape", "")[(number // 4) % 4]
    spec.margins = (
        draw.randint(1140, 1410),
        draw.randint(1140, 1410),
        draw.randint(1705, 1980),
        draw.randint(855, 1130),
    )
    small = draw.random() < 0.4  # the smaller of the two sets of sizes
    for what in ("state", "parent", "agency", "letter"):
        spec.formats[what]["size"] = 12 if small else 13
    for what in (
        "motto",
        "date",
        "page",
        "addressee",
        "type",
        "abstract",
        "base",
        "body",
        "authority",
        "position",
        "signer",
        "order",
        "decider",
        "article",
    ):
        spec.formats[what]["size"] = 13 if small else 14
    spec.formats["body"]["first"] = draw.choice((567, 720))
    spec.formats["body"]["line"] = draw.choice((240, 264, 288, 360))
    if draw.random() < 0.5:
        spec.formats["body"] |= {"before": 120, "after": 0}
    if draw.random() < 0.3:
        spec.body = spec.body * 4
    return spec


def _format(what: str, **given: Any) -> Callable[[Spec], None]:
    def change(spec: Spec) -> None:
        spec.formats[what] |= given

    return change


def _set(**given: Any) -> Callable[[Spec], None]:
    def change(spec: Spec) -> None:
        for key, value in given.items():
            setattr(spec, key, value)

    return change


def _change(key: str, how: Callable[[Any], Any]) -> Callable[[Spec], None]:
    def change(spec: Spec) -> None:
        setattr(spec, key, how(getattr(spec, key)))

    return change


def _margin(side: int, value: int) -> Callable[[Spec], None]:
    return _change("margins", lambda m: tuple(value if i == side else v for i, v in enumerate(m)))


# name of the fault → (kind of document it fits, what to do, component it must be told under)
FAULTS: tuple[tuple[str, int, Callable[[Spec], None], str], ...] = (
    ("Letter paper", 0, _set(page=(12240, 15840)), "kho_giay"),
    ("left margin of 20 mm", 1, _margin(2, 1134), "le_trang"),
    ("right margin of 25 mm", 2, _margin(3, 1417), "le_trang"),
    ("top margin of 10 mm", 3, _margin(0, 567), "le_trang"),
    ("bottom margin of 35 mm", 4, _margin(1, 1984), "le_trang"),
    ("Arial throughout", 5, _set(font="Arial"), "phong_chu"),
    ("body in Calibri", 0, _set(body_font="Calibri"), "phong_chu"),
    ("state of 14", 1, _format("state", size=14), "quoc_hieu"),
    ("state not bold", 2, _format("state", b=0), "quoc_hieu"),
    ("state in small letters", 3, _set(state="Cộng hòa xã hội chủ nghĩa Việt Nam"), "quoc_hieu"),
    ("state missing", 4, _set(state=""), "quoc_hieu"),
    ("motto without blanks round its hyphens", 5, _set(motto="Độc lập-Tự do-Hạnh phúc"), "tieu_ngu"),
    ("motto in capitals", 0, _set(motto="ĐỘC LẬP - TỰ DO - HẠNH PHÚC"), "tieu_ngu"),
    ("motto in italics", 1, _format("motto", i=1), "tieu_ngu"),
    ("motto of 12", 2, _format("motto", size=12), "tieu_ngu"),
    ("agency not bold", 3, _format("agency", b=0), "ten_co_quan"),
    ("agency in small letters", 4, _set(agency=("Sở Xây dựng",)), "ten_co_quan"),
    ("agency of 16", 5, _format("agency", size=16), "ten_co_quan"),
    ("parent bold", 0, _format("parent", b=1), "ten_co_quan_chu_quan"),
    ("number of 12", 1, _format("number", size=12), "so_ky_hieu"),
    ("number bold", 2, _format("number", b=1), "so_ky_hieu"),
    ("number with blanks", 3, _set(number="Số: 48 / KH - SXD"), "so_ky_hieu"),
    ("number below ten without zero", 1, _set(number="Số: 7/QĐ-UBND"), "so_ky_hieu"),
    ("number with CV", 0, _set(number="Số: 125/CV-SXD"), "so_ky_hieu"),
    ("number of another type", 4, _set(number="Số: 48/KH-SXD"), "so_ky_hieu"),
    ("number without colon", 5, _change("number", lambda t: t.replace(":", "")), "so_ky_hieu"),
    ("date not in italics", 0, _format("date", i=0), "dia_danh_thoi_gian"),
    ("day without zero", 2, _set(date="Hoa Phượng, ngày 5 tháng 11 năm 2026"), "dia_danh_thoi_gian"),
    ("month without zero", 3, _set(date="Hoa Phượng, ngày 15 tháng 1 năm 2026"), "dia_danh_thoi_gian"),
    ("no comma after the place", 4, _set(date="Hoa Phượng ngày 15 tháng 11 năm 2026"), "dia_danh_thoi_gian"),
    ("type not bold", 5, _format("type", b=0), "ten_loai"),
    ("type in small letters", 2, _set(title="Thông báo"), "ten_loai"),
    ("abstract of 16", 3, _format("abstract", size=16), "trich_yeu"),
    ("letter without V/v", 0, _set(letter=("Báo cáo tình hình thực hiện nhiệm vụ",)), "trich_yeu"),
    ("abstract not bold", 4, _format("abstract", b=0), "trich_yeu"),
    ("grounds upright", 1, _format("base", i=0), "can_cu"),
    ("ground without semicolon", 8, _change("bases", lambda b: (b[0].rstrip(";") + ".", *b[1:])), "can_cu"),
    ("body of 12", 2, _format("body", size=12), "noi_dung"),
    ("body not justified", 3, _format("body", align="left"), "noi_dung"),
    ("body without indent", 4, _format("body", first=0), "noi_dung"),
    ("body in double lines", 0, _format("body", line=480), "noi_dung"),
    ("body without gaps", 5, _format("body", before=0, after=0), "noi_dung"),
    ("authority with a slash", 10, _set(authority=("T/M ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")), "quyen_han_ky"),
    ("authority not bold", 0, _format("authority", b=0), "quyen_han_ky"),
    ("office in small letters", 0, _set(position="Phó Giám đốc"), "chuc_vu"),
    ("signer in capitals", 2, _set(signer="TRẦN THỊ MAI"), "ho_ten"),
    ("signer with a degree", 3, _set(signer="ThS. Trần Thị Mai"), "ho_ten"),
    ("signer not bold", 4, _format("signer", b=0), "ho_ten"),
    ("recipients' heading upright", 0, _format("nhan", i=0), "noi_nhan"),
    ("recipients' heading of 14", 1, _format("nhan", size=14), "noi_nhan"),
    ("recipients of 13", 2, _format("list", size=13), "noi_nhan"),
    ("no line for the file copy", 3, _set(recipients=("- Như trên;", "- Các phòng thuộc Sở.")), "noi_nhan"),
    ("recipients missing", 4, _set(nhan="", recipients=()), "noi_nhan"),
    ("page number in the footer", 0, _set(footer_numbers=True), "so_trang"),
    ("page number on the first page", 1, _set(title_page=False), "so_trang"),
    ("page number on the right", 2, _format("page", align="right"), "so_trang"),
    ("page number of 10", 3, _format("page", size=10), "so_trang"),
    ("urgency not in capitals", 9, _set(urgency="Khẩn"), "muc_do_khan"),
    ("red body", 4, _format("body", color="FF0000"), "mau_chu"),
    ("columns changed over", 0, _set(swapped=True), "quoc_hieu"),
)  # fmt: skip


def faulty(number: int) -> tuple[str, Spec, str]:
    """Văn bản có đúng một lỗi: (tên lỗi, văn bản, thành phần)."""
    name, kind, change, component = FAULTS[number]
    spec = clean(number)
    fitted = clean(number)
    fitted = Spec(**KINDS[kind], seed=number)
    for key in ("mode", "head", "rule", "foot", "numbers", "annex", "margins", "formats"):
        setattr(fitted, key, getattr(spec, key))
    if name == "columns changed over" and fitted.head == "tabs":
        fitted.head = "table"
    change(fitted)
    return name, fitted, component
