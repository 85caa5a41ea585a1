"""Tách câu trong một đoạn; quotations are hidden, because what they order was ordered by another text."""

from __future__ import annotations

import re

_CAPITAL = "A-ZÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬĐÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴ"
# A semicolon ends a sentence only before a new order: lists of agencies are kept apart by semicolons too.
_END = re.compile(
    rf"(?<=[.!?])\s+(?=[{_CAPITAL}])|(?<=;)\s+(?=(?:Đề nghị|Giao|Yêu cầu|Đồng thời|Phân công)\s)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|TX|TT|KT|TM|TL|TUQ|Q|P|H|X|GS|PGS|TS|ThS|BS|v\.v|VV|St|No|tr|Ths|đ/c|Đ/c)\.$"
)
_QUOTED = re.compile(r"[“\"]([^”\"]{40,2000})[”\"]")


def sentences(text: str) -> list[tuple[int, str]]:
    """Các câu và vị trí của chúng trong đoạn."""
    found: list[tuple[int, str]] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.start()]
        if _ABBREVIATION.search(piece[-8:]):
            continue
        found.append((start, piece))
        start = match.end()
    found.append((start, text[start:]))
    return [(at, piece) for at, piece in found if piece.strip()]


def without_quotations(text: str) -> str:
    """Lời trích dài được thay bằng khoảng trống, cùng độ dài."""
    return _QUOTED.sub(lambda m: m[0][0] + " " * len(m[1]) + m[0][-1], text)
