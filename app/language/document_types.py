"""Tên loại văn bản hành chính: the 29 types of Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DecreeType:
    """Tên loại văn bản: ordinal in the decree, name, abbreviation (empty where the decree gives none)."""

    ordinal: int
    name: str
    abbreviation: str


DECREE_TYPES: Final = tuple(
    DecreeType(ordinal, name, abbreviation)
    for ordinal, (name, abbreviation) in enumerate(
        [
            ("Nghị quyết", "NQ"),
            ("Quyết định", "QĐ"),
            ("Chỉ thị", "CT"),
            ("Quy chế", "QC"),
            ("Quy định", "QyĐ"),
            ("Thông cáo", "TC"),
            ("Thông báo", "TB"),
            ("Hướng dẫn", "HD"),
            ("Chương trình", "CTr"),
            ("Kế hoạch", "KH"),
            ("Phương án", "PA"),
            ("Đề án", "ĐA"),
            ("Dự án", "DA"),
            ("Báo cáo", "BC"),
            ("Biên bản", "BB"),
            ("Tờ trình", "TTr"),
            ("Hợp đồng", "HĐ"),
            ("Công văn", ""),
            ("Công điện", "CĐ"),
            ("Bản ghi nhớ", "BGN"),
            ("Bản thỏa thuận", "BTT"),
            ("Giấy ủy quyền", "GUQ"),
            ("Giấy mời", "GM"),
            ("Giấy giới thiệu", "GGT"),
            ("Giấy nghỉ phép", "GNP"),
            ("Phiếu gửi", "PG"),
            ("Phiếu chuyển", "PC"),
            ("Phiếu báo", "PB"),
            ("Thư công", ""),
        ],
        start=1,
    )
)

COPY_ABBREVIATIONS: Final = {"Bản sao y": "SY", "Bản trích sao": "TrS", "Bản sao lục": "SL"}

_BY_NAME: Final = {kind.name: kind for kind in DECREE_TYPES}
_BY_ABBREVIATION: Final = {kind.abbreviation: kind for kind in DECREE_TYPES if kind.abbreviation}


def type_named(name: str) -> DecreeType:
    """Tìm theo tên loại: "Tờ trình".

    :raise KeyError: when the decree has no such type.
    """
    return _BY_NAME[name]


def type_abbreviated(abbreviation: str) -> DecreeType | None:
    """Tìm theo chữ viết tắt: "TTr"."""
    return _BY_ABBREVIATION.get(abbreviation)
