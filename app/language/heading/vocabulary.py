"""Từ vựng của phần thể thức: words names of agencies begin with, titles of documents, posts; and their right spelling.

Scanners read "TONG CYC THUE" for "TỔNG CỤC THUẾ". The words below are those of the state's own names, so a word of a
heading that is one letter away from one of them, and is no word itself, is put right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.language.document_types import DECREE_TYPES
from app.language.layout.lines import folded

# Ministries, bodies of their rank and general departments, today's and those of the last ten years; fields of departments.
_PHRASES: Final = """
Bộ Quốc phòng|Bộ Công an|Bộ Ngoại giao|Bộ Nội vụ|Bộ Tư pháp|Bộ Kế hoạch và Đầu tư|Bộ Tài chính|Bộ Công Thương|Bộ Xây dựng
Bộ Nông nghiệp và Phát triển nông thôn|Bộ Nông nghiệp và Môi trường|Bộ Giao thông vận tải|Bộ Thông tin và Truyền thông
Bộ Lao động - Thương binh và Xã hội|Bộ Văn hóa, Thể thao và Du lịch|Bộ Khoa học và Công nghệ|Bộ Giáo dục và Đào tạo|Bộ Y tế
Bộ Tài nguyên và Môi trường|Bộ Dân tộc và Tôn giáo|Ủy ban Dân tộc|Ngân hàng Nhà nước Việt Nam|Thanh tra Chính phủ|Văn phòng Chính phủ
Thủ tướng Chính phủ|Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|Văn phòng Quốc hội|Hội đồng Dân tộc|Chủ tịch nước|Văn phòng Chủ tịch nước
Tòa án nhân dân tối cao|Viện kiểm sát nhân dân tối cao|Kiểm toán nhà nước|Bảo hiểm xã hội Việt Nam|Thông tấn xã Việt Nam|Đài Truyền hình Việt Nam
Đài Tiếng nói Việt Nam|Tổng cục Thuế|Tổng cục Hải quan|Tổng cục Thống kê|Kho bạc Nhà nước|Tổng cục Quản lý thị trường|Tổng cục Dự trữ Nhà nước
Tổng Liên đoàn Lao động Việt Nam|Liên đoàn Lao động|Công đoàn|Ủy ban nhân dân|Hội đồng nhân dân|Ủy ban Mặt trận Tổ quốc Việt Nam|Ủy ban MTTQ Việt Nam
Hội Liên hiệp Phụ nữ|Hội Nông dân|Hội Cựu chiến binh|Đoàn Thanh niên Cộng sản Hồ Chí Minh|Ban Chấp hành Trung ương|Đảng Cộng sản Việt Nam
Bộ Chính trị|Ban Bí thư|Văn phòng Trung ương Đảng|Ban Tổ chức Trung ương|Ban Tuyên giáo và Dân vận Trung ương|Ủy ban Kiểm tra Trung ương
Ban Chấp hành Đảng bộ|Ban Thường vụ|Ban Thường trực|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Đảng ủy|Đảng bộ|Chi bộ|Ủy ban bầu cử|Ban Chỉ đạo|Ban Quản lý
Văn phòng Ủy ban nhân dân|Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân|Cục Thuế|Chi cục Thuế|Cục Hải quan|Chi cục Hải quan|Bảo hiểm xã hội
Công an tỉnh|Công an thành phố|Bộ Chỉ huy Quân sự|Bộ Tư lệnh|Sở Nội vụ|Sở Tư pháp|Sở Tài chính|Sở Công Thương|Sở Xây dựng|Sở Y tế|Sở Giáo dục và Đào tạo
Sở Khoa học và Công nghệ|Sở Nông nghiệp và Môi trường|Sở Nông nghiệp và Phát triển nông thôn|Sở Tài nguyên và Môi trường|Sở Kế hoạch và Đầu tư
Sở Giao thông vận tải|Sở Lao động - Thương binh và Xã hội|Sở Văn hóa, Thể thao và Du lịch|Sở Văn hóa và Thể thao|Sở Du lịch|Sở Thông tin và Truyền thông
Sở Quy hoạch - Kiến trúc|Sở Ngoại vụ|Sở Dân tộc và Tôn giáo|Sở An toàn thực phẩm|Thanh tra tỉnh|Ban Dân tộc|Cục Quan hệ lao động và Tiền lương|Cục Thi hành án dân sự
Cục Thống kê|Tòa án nhân dân|Viện kiểm sát nhân dân|Trung tâm Phục vụ hành chính công|Phòng Kinh tế|Phòng Tài chính - Kế hoạch|Phòng Văn hóa - Xã hội
Phòng Nội vụ|Phòng Tư pháp|Phòng Quản lý công nghiệp|Phòng Giáo dục và Đào tạo|Kinh tế, Hạ tầng và Đô thị|Công ty Cổ phần|Công ty TNHH|Tập đoàn|Tổng công ty
Khu kinh tế|Khu công nghiệp|Cục Hóa chất|Cục Việc làm|Cục Quản lý|Vụ Pháp chế|Học viện|Trường Đại học|Trường Cao đẳng|Bệnh viện Đa khoa|Thuế cơ sở|Ngân hàng Chính sách xã hội|Văn phòng|Trung tâm|Chủ tịch|Phòng|Chi cục|Hội đồng|Hiệp hội|Kiểm soát bệnh tật|Giám đốc|Cục trưởng|Bộ trưởng|Thuế cơ sở|Thuế tỉnh|Thuế thành phố|khu vực|cửa khẩu
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

_PROVINCES: Final = """
An Giang|Bà Rịa - Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cần Thơ|Cao Bằng|Đà Nẵng|Đắk Lắk
Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum
Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị
Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|Huế|Tiền Giang|Thành phố Hồ Chí Minh|Hồ Chí Minh|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái
""".replace("\n", "|").strip("|").split("|")  # fmt: skip

_SPELLED: Final[Mapping[str, str]] = {folded(p): p for p in [*_PHRASES, *_PROVINCES]}
_BY_LENGTH: Final = sorted(_SPELLED, key=len, reverse=True)
_WORDS: Final = frozenset(w for p in _SPELLED for w in re.findall(r"[a-z]+", p))
_LEVELS: Final = re.compile(r"(?<!\w)(tinh|thanh pho|tp|thi xa|thi tran|huyen|quan|phuong|xa|dac khu)(?!\w)")
# Vietnamese syllables; what is none is an error of the scanner.
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x)?(?:uye|uya|uoi|uou|uay|oai|oay|oao|oeo|ieu|yeu|uy|ua|ue|uo|ui|uu|oa|oe|oi|oo|ai|ao|au|ay|eo|eu|ia|ie|iu|ya|ye|a|e|i|o|u|y)(?:ng|nh|ch|c|m|n|p|t)?"
)
_COMMITTEES: Final = re.compile(r"(?:tinh|thanh|huyen|quan|dang) uy(?:\s\w+){0,2}\s*$")
_TRADERS: Final = re.compile(r"(?:cong ty|doanh nghiep|tap doan|hop tac xa|tong cong ty)\s")
_OPENS_FIELD: Final = re.compile(
    r"(?:^|\s)(?:va|so|cuc|chi cuc|vu|ban|phong|trung tam|vien|truong|hoc vien|benh vien|cong ty|hoi|hiep hoi|khoa|khu|doi|to|quan ly|dai hoc|cao dang|co phan|tnhh)$"
)
_NO_SYLLABLE: Final = re.compile(r"c[eiy]|k[aou]|(?<!u)y[a-z]|g[iy][^aeou]*y")

# Lines that open a new agency in a heading; what begins otherwise goes on with the line above.
HEADS: Final = re.compile(
    r"^\W*(?:bo|so|tong cuc|cuc|chi cuc|vu|tong cong ty|cong ty|tap doan|uy ban|ubnd|ub|hdnd|hoi dong|hoi|lien doan|lien minh|lien hiep|hiep hoi|tong lien doan|cong doan|doan|ban|"
    r"dang|tinh uy|thanh uy|huyen uy|quan uy|dang uy|dang bo|chi bo|van phong|thanh tra|cong an|bo chi huy|bo tu lenh|vien|toa an|trung tam|truong|hoc vien|benh vien|ngan hang|kho bac|bao hiem|thue|"
    r"hai quan|phong|to|doi|quoc hoi|chinh phu|thu tuong|chu tich|kiem toan|dai|bao|thong tan|mat tran|chi nhanh|tram|hat|quy|nha xuat ban|nha may|hop tac xa|khu|ky)(?!\w)"
)
# Organs that have no name of their own: that of the body above completes theirs.
NAMELESS: Final = re.compile(
    r"^(?:ban thuong truc|ban thuong vu|ban chap hanh|ban giam doc|thuong truc|hoi dong thi dua|ban chi dao|to cong tac|van phong)$"
)

_PARTY_TYPES: Final = ("Kết luận", "Thông tri", "Quy định", "Nghị quyết", "Chỉ thị", "Hướng dẫn", "Thông báo")
_LEGAL_TYPES: Final = (
    "Luật",
    "Pháp lệnh",
    "Lệnh",
    "Nghị định",
    "Thông tư",
    "Thông tư liên tịch",
    "Nghị quyết liên tịch",
    "Điều lệ",
    "Quy trình",
    "Nội quy",
    "Lịch công tác",
    "Phiếu trình",
    "Đơn",
)
TYPES: Final[Mapping[str, str]] = {
    folded(name): name for name in [*(t.name for t in DECREE_TYPES), *_PARTY_TYPES, *_LEGAL_TYPES]
}


def spelled(name: str) -> str:
    """Viết đúng tên cơ quan in hoa: "TONG CYC THUE" → "Tổng cục Thuế", "SỞ NỘI VỤ" → "Sở Nội vụ"."""
    plain = _nearest(
        " ".join(repaired(w) for w in re.findall(r"[^\s]+", folded(name)) if len(w) > 1 or not w.isalpha())
    )
    written = name if len(plain) == len(name) else plain
    out, position = "", 0
    while position < len(plain):
        phrase = next(
            (p for p in _BY_LENGTH if plain.startswith(p, position) and _ends(plain, position + len(p))), None
        )
        if phrase and (position == 0 or not plain[position - 1].isalnum()):
            out += _SPELLED[phrase]
            position += len(phrase)
            continue
        level = _LEVELS.match(plain, position)
        word = level or re.compile(r"\w+|\W").match(plain, position)
        length = word.end() - position if word else 1
        piece = written[position : position + length]
        out += (
            piece.lower()
            if level and out.strip() and piece.isupper()
            else _cased(plain, piece, position, out)
        )
        position += length
    return re.sub(r"\s+", " ", out).strip(" -–*_.,:;|")


def is_known(name: str) -> bool:
    """Tên có trong từ vựng, kể cả khi quét sai một hai chữ."""
    return _nearest(folded(name)) in _SPELLED


def _cased(plain: str, word: str, position: int, before: str) -> str:
    """A word no phrase covers: an abbreviation stays; a place has capitals; a field has one, at its beginning."""
    if not word.strip() or not word.isupper():
        return word
    if not _SYLLABLE.fullmatch(folded(word)) or len(word) > 7:
        return word
    if folded(word) in ("va", "cua", "thuoc", "cho", "ve"):
        return word.lower()
    if _LEVELS.search(plain[max(0, position - 40) : position]) or _COMMITTEES.search(folded(before)):
        return word.capitalize()
    begins = (
        not before.strip()
        or before.rstrip()[-1] in ",-–"
        or bool(_OPENS_FIELD.search(folded(before.rstrip())))
    )
    return word.capitalize() if begins else word.lower()


def _nearest(plain: str) -> str:
    """The whole name, when it differs from a known one in a letter or two."""
    if plain in _SPELLED or len(plain) < 12:
        return plain
    most = 1 + len(plain) // 12
    near = [
        p
        for p in _SPELLED
        if len(p) == len(plain) and sum(a != b for a, b in zip(p, plain, strict=True)) <= most
    ]
    return near[0] if len(near) == 1 else plain


def _ends(plain: str, position: int) -> bool:
    return position >= len(plain) or not plain[position].isalnum()


def repaired(word: str) -> str:
    """Chữ đã sửa lỗi quét: a word one letter away from exactly one word of the names, when it is no syllable of the language."""
    if word in _WORDS or not word.isalpha() or len(word) < 3:
        return word
    if _SYLLABLE.fullmatch(word) and not _NO_SYLLABLE.search(word):
        return word
    near = {
        w for w in _WORDS if len(w) == len(word) and sum(a != b for a, b in zip(w, word, strict=True)) == 1
    }
    return near.pop() if len(near) == 1 else word


def type_of_title(line: str) -> tuple[str, str] | None:
    """Tên loại in hoa đầu dòng, và phần còn lại: "KÉT LUẬN" → ("Kết luận", "")."""
    plain = " ".join(re.findall(r"[a-z]+", folded(line)))
    for key in sorted(TYPES, key=len, reverse=True):
        if plain == key or plain.replace(" ", "") == key.replace(" ", ""):
            return TYPES[key], ""
        if plain.startswith(key + " ") and len(key) > 4:
            words = line.split()
            return TYPES[key], " ".join(words[len(key.split()) :])
    return None
