"""Từ ngữ mà các quy tắc nhận ra: names of types, agencies, posts and authorities."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from app.core.text import fold
from app.documents.format.layout import Piece
from app.language.document_types import DECREE_TYPES

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_TYPES = {t.name.lower(): t for t in DECREE_TYPES} | {
    "bản thoả thuận": DECREE_TYPES[20],
    "giấy uỷ quyền": DECREE_TYPES[21],
}
_BY_LENGTH = sorted(_TYPES, key=len, reverse=True)
# Papers whose form in annex III has no abstract under the title, or need not have one.
WITHOUT_ABSTRACT = frozenset({"Giấy giới thiệu", "Giấy nghỉ phép", "Giấy ủy quyền", "Giấy mời", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo",
                              "Thư công", "Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận", "Biên bản"})  # fmt: skip
# Papers between two sides or of a record: other people sign, and they go to those present.
OF_TWO_SIDES = frozenset({"Biên bản", "Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền"})
WITH_BASES = frozenset({"Quyết định", "Nghị quyết", "Chỉ thị", "Quy chế", "Quy định"})
LEGAL_YEAR = frozenset({"Quyết định", "Nghị quyết"})

_AGENCY_STARTS = (
    "BỘ", "SỞ", "CỤC", "TỔNG CỤC", "CHI CỤC", "VỤ", "VĂN PHÒNG", "PHÒNG", "TRUNG TÂM", "ỦY BAN", "UỶ BAN", "UBND", "HĐND",
    "HỘI ĐỒNG", "BAN", "VIỆN", "THANH TRA", "ĐẢNG ỦY", "CÔNG AN", "BỆNH VIỆN", "TRƯỜNG", "ĐẠI HỌC", "HỌC VIỆN", "CÔNG TY",
    "TỔNG CÔNG TY", "TẬP ĐOÀN", "KHO BẠC", "BẢO HIỂM XÃ HỘI", "TÒA ÁN", "LIÊN ĐOÀN", "TỔNG LIÊN ĐOÀN", "HỘI LIÊN HIỆP",
    "HỘI NÔNG DÂN", "HỘI CỰU CHIẾN BINH", "ĐOÀN", "MẶT TRẬN", "TRẠM", "CHÍNH PHỦ", "QUỐC HỘI", "NGÂN HÀNG", "THUẾ",
    "HẢI QUAN", "ĐÀI", "BÁO", "TẠP CHÍ", "NHÀ XUẤT BẢN", "TỔ CÔNG TÁC",
)  # fmt: skip
_DECIDERS = (
    "CHỦ TỊCH", "ỦY BAN", "UỶ BAN", "GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "BỘ TRƯỞNG", "THỦ TƯỚNG", "HỘI ĐỒNG", "CHÁNH", "TỔNG CỤC TRƯỞNG",
    "CỤC TRƯỞNG", "CHI CỤC TRƯỞNG", "HIỆU TRƯỞNG", "VIỆN TRƯỞNG", "TRƯỞNG", "TỔNG", "BAN", "CHÍNH PHỦ", "CHỦ NHIỆM", "TỔ TRƯỞNG",
    "THỐNG ĐỐC", "QUYỀN", "BÍ THƯ", "KHO BẠC", "TƯ LỆNH", "CHỈ HUY TRƯỞNG",
)  # fmt: skip
_HEADS = re.compile(
    r"^(?:PHÓ |QUYỀN |Q\. ?|KT\. ?|TL\. ?)*(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CHÁNH|(?:TỔNG |CHI )?CỤC TRƯỞNG"
    r"|CỤC PHÓ|VỤ TRƯỞNG|HIỆU TRƯỞNG|HIỆU PHÓ|VIỆN TRƯỞNG|TRƯỞNG|CHỦ NHIỆM|TỔ TRƯỞNG|BÍ THƯ|THỐNG ĐỐC|TỔNG THƯ KÝ|CHỦ TỌA|CHỦ TRÌ|THƯ KÝ"
    r"|TƯ LỆNH|CHỈ HUY TRƯỞNG|ĐỘI TRƯỞNG|TRẠM TRƯỞNG|PHÓ|ĐẠI DIỆN|NGƯỜI|TỔNG BIÊN TẬP|CHI CỤC PHÓ|ỦY VIÊN|UỶ VIÊN|TRỰC|THỦ TRƯỞNG|KẾ TOÁN)"
)
AUTHORITY = re.compile(r"^(TM|T/M|KT|K/T|TL|T/L|TUQ|TƯQ|T/UQ|Q)(\s*[./:,]|\s)\s*(?=[^\W\d_])")
ACADEMIC = re.compile(
    r"^(?:(?:PGS|GS|TSKH|TS|ThS|Ths|CN|KS|BS|BSCKI{1,2}|BS\.?CKI{1,2}|DS|LS|NGND|NGƯT|Phó Giáo sư|Giáo sư|Tiến sĩ|Thạc sĩ|Cử nhân|Kỹ sư|Bác sĩ|Dược sĩ)"
    r"[.,\s]+)+(?=[^\W\d_])"
)
# Where ranks and degrees may stand before the name: armed forces, education, health, science.
_TITLED = (
    "trường",
    "đại học",
    "học viện",
    "bệnh viện",
    "viện",
    "công an",
    "quân",
    "y tế",
    "trung tâm y",
    "giáo dục",
    "khoa học",
    "biên phòng",
    "cảnh sát",
)
PLACEHOLDER = re.compile(
    r"^[\[(<]?\s*(?:đã ký|chữ ký|ký|dấu|họ và tên|họ tên|ký,? ghi rõ|chữ ký,? dấu|chữ ký số)", re.IGNORECASE
)


def type_of(piece: Piece) -> str | None:
    """Tên loại ở dòng này: the whole line is the name, or it begins with the name in capitals."""
    # With its marks: without them "PHƯỜNG AN …" would be a "Phương án".
    text = piece.text.strip().lower()
    if text.endswith(":"):
        return None
    if text in _TYPES:
        return _TYPES[text].name
    if piece.is_upper and len(text) <= 40:
        for name in _BY_LENGTH:
            if text.startswith(f"{name} "):
                return _TYPES[name].name
    return None


def similar(text: str, to: str) -> float:
    """Mức giống nhau của hai dòng chữ, marks and dashes aside."""
    return SequenceMatcher(None, plain(text), plain(to)).ratio()


def plain(text: str) -> str:
    """Chữ thường không dấu, mọi kiểu gạch và khoảng trắng như nhau."""
    return re.sub(r"\s+", " ", re.sub("[\u2010-\u2015\u2212_]", "-", fold(text))).strip()


def starts_agency(text: str) -> bool:
    """Dòng này mở đầu tên một cơ quan."""
    return any(text == s or text.startswith(f"{s} ") for s in _AGENCY_STARTS)


def is_decider(text: str) -> bool:
    """Dòng thẩm quyền ban hành của quyết định."""
    return any(text.startswith(s) for s in _DECIDERS)


def is_position(text: str) -> bool:
    """Dòng chức vụ."""
    return _HEADS.match(text) is not None


def allows_degrees(agency: str) -> bool:
    """Cơ quan được ghi học hàm, học vị, quân hàm trước họ tên."""
    return any(word in agency.lower() for word in _TITLED)
