"""Tên cơ quan và họ tên người: short and full forms, keys for matching, letterheads, sign-in names.

People are sorted by :func:`app.core.text.name_sort_key` (tên, then họ and đệm).
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from app.core.text import clean_line, fold

# Pattern and full words. Longer abbreviations stand before the shorter ones they contain.
_EXPANSIONS: Final = [
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in [
        (r"\bTP\.?\s*HCM\b|\bTPHCM\b", "Thành phố Hồ Chí Minh"),
        (r"\bUB\s?MTTQ(?:\s?VN)?\b", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        (r"\bMTTQ(?:\s?VN)?\b", "Mặt trận Tổ quốc Việt Nam"),
        (r"\bUBND\b", "Ủy ban nhân dân"),
        (r"\bUỷ ban\b", "Ủy ban"),
        (r"\bHĐND\b", "Hội đồng nhân dân"),
        (r"\bVPCP\b", "Văn phòng Chính phủ"),
        (r"\bVP\b", "Văn phòng"),
        (r"\bBQLDA\b", "Ban Quản lý dự án"),
        (r"\bBQL\b", "Ban Quản lý"),
        (r"\bQLDA\b", "Quản lý dự án"),
        (r"\bBCĐ\b", "Ban Chỉ đạo"),
        (r"\bBHXH\b", "Bảo hiểm xã hội"),
        (r"\bLĐLĐ\b", "Liên đoàn Lao động"),
        (r"\bVHTT\s?&\s?DL\b|\bVHTTDL\b", "Văn hóa, Thể thao và Du lịch"),
        (r"\bNN\s?&\s?PTNT\b|\bNNPTNT\b", "Nông nghiệp và Phát triển nông thôn"),
        (r"\bNN\s?&\s?MT\b|\bNNMT\b", "Nông nghiệp và Môi trường"),
        (r"\bGD\s?&\s?ĐT\b|\bGDĐT\b", "Giáo dục và Đào tạo"),
        (r"\bKH\s?&\s?CN\b|\bKHCN\b", "Khoa học và Công nghệ"),
        (r"\bVH\s?&\s?TT\b|\bVHTT\b", "Văn hóa và Thể thao"),
        (r"\bTT\s?&\s?TT\b|\bTTTT\b", "Thông tin và Truyền thông"),
        (r"\bTN\s?&\s?MT\b|\bTNMT\b", "Tài nguyên và Môi trường"),
        (r"\bKH\s?&\s?ĐT\b|\bKHĐT\b", "Kế hoạch và Đầu tư"),
        (r"\bLĐ-?TB\s?&?\s?XH\b", "Lao động - Thương binh và Xã hội"),
        (r"\bGTVT\b", "Giao thông vận tải"),
        (r"\bTP\b\.?", "Thành phố "),
        (r"\bTX\.|\bTX(?= )", "thị xã "),
        (r"\bP\.(?=\s*\w)", "phường "),
        (r"\bQ\.(?=\s*\w)", "quận "),
        (r"\bH\.(?=\s*\w)", "huyện "),
        (r"\bX\.(?=\s*\w)", "xã "),
        (r"\s?&\s?", " và "),
    ]
]
_CONTRACTIONS: Final = [
    (re.compile(words, re.IGNORECASE), short)
    for words, short in [
        ("Ủy ban nhân dân", "UBND"),
        ("Hội đồng nhân dân", "HĐND"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam", "Ủy ban MTTQ Việt Nam"),
    ]
]
_CITY = re.compile("Thành phố Hồ Chí Minh", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def full_agency_name(name: str) -> str:
    """Tên cơ quan đầy đủ: "UBND P. Bến Thành, TP.HCM" is "Ủy ban nhân dân phường Bến Thành, Thành phố Hồ Chí Minh"."""
    line = clean_line(name)
    for pattern, words in _EXPANSIONS:
        line = pattern.sub(words, line)
    return re.sub(r"\s+(?=,)", "", clean_line(line))


def short_agency_name(name: str) -> str:
    """Tên cơ quan viết gọn: "Ủy ban nhân dân phường Bến Thành" is "UBND phường Bến Thành"."""
    line = full_agency_name(name)
    for pattern, short in _CONTRACTIONS:
        line = pattern.sub(short, line)
    return line


def agency_key(name: str) -> str:
    """Khóa so sánh tên cơ quan: the same for every spelling, without marks, case and punctuation."""
    return _NOT_A_WORD.sub(" ", fold(full_agency_name(name))).strip()


def same_agency(one: str, other: str) -> bool:
    """Hai cách viết có phải cùng một tên cơ quan không."""
    return agency_key(one) == agency_key(other)


def agency_variants(name: str) -> tuple[str, ...]:
    """Các cách viết của một tên cơ quan, cách đang dùng đứng đầu: for search and for recognising it in texts."""
    full, short = full_agency_name(name), short_agency_name(name)
    forms = [clean_line(name), full, short]
    forms += [_CITY.sub("TP.HCM", form) for form in (full, short)]
    forms += [re.sub("Thành phố ", "TP. ", form, flags=re.IGNORECASE) for form in (full, short)]
    return tuple(dict.fromkeys(forms))


def letterhead(name: str) -> tuple[str, ...]:
    """Tên cơ quan ở đầu văn bản, chữ in hoa, ngắt dòng: ("ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN THÀNH")."""
    line = full_agency_name(name).upper()
    for council in ("ỦY BAN NHÂN DÂN ", "HỘI ĐỒNG NHÂN DÂN "):
        if line.startswith(council):
            return council.strip(), line.removeprefix(council)
    return (line,)


@dataclass(frozen=True, slots=True)
class PersonName:
    """Họ, đệm, tên."""

    family: str
    middle: str
    given: str


def split_person_name(full_name: str) -> PersonName:
    """Tách họ, đệm, tên: "Trịnh Gia Khánh" is Trịnh, Gia, Khánh. A single word is a given name."""
    words = clean_line(full_name).split()
    if len(words) < 2:
        return PersonName("", "", "".join(words))
    return PersonName(words[0], " ".join(words[1:-1]), words[-1])


def tidy_person_name(full_name: str) -> str:
    """Viết hoa đúng họ tên nhập toàn chữ hoa hoặc chữ thường; mixed case is left as its owner writes it."""
    line = clean_line(full_name)
    if line in {line.upper(), line.lower()}:
        return " ".join(word[:1].upper() + word[1:].lower() for word in line.split())
    return line


def initials(full_name: str) -> str:
    """Chữ viết tắt của họ tên, từ hai chữ cuối: "Trịnh Gia Khánh" is GK."""
    return "".join(word[0] for word in clean_line(full_name).split()[-2:]).upper()


def sign_in_name(full_name: str, taken: Container[str] = ()) -> str:
    """Tên đăng nhập: "Trần Bích Ngọc" is "ngoc.tran"; the second of that name gets "ngoc.tran2"."""
    name = split_person_name(full_name)
    parts = (_NOT_A_WORD.sub("", fold(part)) for part in (name.given, name.family))
    base = ".".join(part for part in parts if part) or "nguoidung"
    candidate, count = base, 1
    while candidate in taken:
        count += 1
        candidate = f"{base}{count}"
    return candidate
