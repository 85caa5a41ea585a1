"""Số thứ tự của đoạn: Phần, Điều, I., 1., 1.1., a), -, + — and how deep each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """Cấp của đoạn: smaller stands higher."""

    PART = 1
    ARTICLE = 2
    ROMAN = 3
    NUMBER = 4
    SECTION = 5
    SUBSECTION = 6
    LETTER = 7
    DASH = 8
    PLUS = 9
    TEXT = 10
    """A paragraph without a mark."""


@dataclass(frozen=True, slots=True)
class Label:
    """Ký hiệu đầu đoạn: its level, the mark itself ("2.1", "đ", "-") and how long it is in the text."""

    level: Level
    mark: str
    length: int


_ROMAN = r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V|X)|H|HI|IH|Il|II1)"  # the last: how scanners read I, II and III
_PATTERNS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.PART, re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:thứ\s+)?([\dIVXivx]{1,5})\b\s*[.:–-]?\s*")),
    (Level.ARTICLE, re.compile(r"(?:Điều|ĐIỀU|Diéu|Điêu|Diều)\s+(\d{1,3})\s*[.:]\s*")),
    (Level.ROMAN, re.compile(rf"({_ROMAN})\s?(?:[.)]|\s?[-–—](?=\s))\s*(?=[A-ZÀ-ỸĐ])")),
    (Level.SUBSECTION, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})[.)/]?\s+(?=\S)")),
    (Level.SECTION, re.compile(r"(\d{1,2}\.\d{1,2})(?:[.)/]\s*|\s+)(?=[^\W\d_])")),
    (Level.NUMBER, re.compile(r"(?:Mục\s+|Khoản\s+)?(\d{1,2}|§)\s?(?:\.{1,3}\s?_?|\)|/(?=\s)|-(?=\s)|,(?=\s+_))\s*(?=[^\W\d_“\"(])")),
    (Level.NUMBER, re.compile(r"\((\d{1,2})\)\s*(?=[^\W\d_])")),
    (Level.LETTER, re.compile(r"\(?([a-zđ])\s?(?:\)|\.(?=\s)|/)\s*(?=[^\W_“\"(])")),
    (Level.LETTER, re.compile(r"\(([ivx]{1,4})\)\s*(?=\S)")),
    (Level.PLUS, re.compile(r"([+○])\s*(?=[^\W_“\"(])")),
    (Level.DASH, re.compile(r"([-–—~•*·●▪►✓_ˆ¬➢])\s*(?=[^\W_“\"(])")),
)  # fmt: skip
# What a scanner leaves before a number: "_2.3.", "'1."
_SCRAP = re.compile(r"[_|'’‘`,.~]{1,2}\s?(?=\d{1,2}[.)/]|\d\.\d)")
_YEARS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")


def read_label(text: str) -> Label | None:
    """Ký hiệu đầu đoạn, nếu có: "2.1. Tăng cường …" is a section "2.1"; a date is none."""
    head = text[:40]
    if _YEARS.match(head):
        return None
    scrap = _SCRAP.match(head)
    start = scrap.end() if scrap else 0
    for level, pattern in _PATTERNS:
        match = pattern.match(head, start)
        if match:
            return Label(level, match[1], match.end())
    return None
