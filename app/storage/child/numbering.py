"""Số thứ tự tự động của Word: the file holds only which list a paragraph is in; the mark is counted here."""

from __future__ import annotations

import re

from app.storage.child.archive import Archive
from app.storage.child.xml import Walker, walk

_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"
_DEEPEST = 9
_MOST = 20_000
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LETTERS = "abcdđeghiklmnopqrstuvxy"


class _Lists(Walker):
    """Which list looks how: format, pattern and first number of every level."""

    def __init__(self) -> None:
        self.looks: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.abstract_of: dict[str, str] = {}
        self._abstract = self._num = ""
        self._level = -1
        self._format, self._pattern, self._start = "decimal", "", 1

    def open(self, name: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._abstract = attributes.get("abstractNumId", "")
        elif name == "num":
            self._num = attributes.get("numId", "")
        elif name == "abstractNumId" and self._num and len(self.abstract_of) < _MOST:
            self.abstract_of[self._num] = value
        elif name == "lvl":
            self._level = _number(attributes.get("ilvl", "0"))
            self._format, self._pattern, self._start = "decimal", "", 1
        elif name == "numFmt":
            self._format = value
        elif name == "lvlText":
            self._pattern = value[:40]
        elif name == "start" and self._level >= 0:
            self._start = _number(value) or 1

    def shut(self, name: str) -> None:
        if name == "lvl" and self._abstract and len(self.looks) < _MOST:
            self.looks[(self._abstract, self._level)] = (self._format, self._pattern, self._start)
            self._level = -1
        elif name == "abstractNum":
            self._abstract = ""
        elif name == "num":
            self._num = ""


class _Styles(Walker):
    """Which style puts its paragraphs into a list."""

    def __init__(self) -> None:
        self.lists: dict[str, tuple[str, int]] = {}
        self._style = ""
        self._num, self._level = "", 0

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style, self._num, self._level = attributes.get("styleId", ""), "", 0
        elif name == "numId":
            self._num = attributes.get("val", "")
        elif name == "ilvl":
            self._level = _number(attributes.get("val", "0"))

    def shut(self, name: str) -> None:
        if name == "style" and self._style and self._num and len(self.lists) < _MOST:
            self.lists[self._style] = (self._num, self._level)


class Numbering:
    """Bộ đếm số thứ tự của một tệp Word."""

    def __init__(self, archive: Archive) -> None:
        lists, styles = _Lists(), _Styles()
        if _NUMBERING in archive:
            walk(archive.chunks(_NUMBERING), lists)
            if _STYLES in archive:
                walk(archive.chunks(_STYLES), styles)
        self._lists, self._styles = lists, styles
        self._counts: dict[str, list[int]] = {}

    def mark(self, num: str, level: int, style: str) -> str:
        """Ký hiệu của đoạn kế tiếp trong danh sách; empty for a paragraph in none."""
        if not num and style in self._styles.lists:
            num, level = self._styles.lists[style]
        abstract = self._lists.abstract_of.get(num)
        level = min(max(level, 0), _DEEPEST - 1)
        look = self._lists.looks.get((abstract, level)) if abstract is not None else None
        if look is None or num == "0":
            return ""
        kind, pattern, _ = look
        if kind == "bullet":
            return "- "
        if kind == "none":
            return ""
        counts = self._counts.setdefault(abstract or "", [])
        while len(counts) <= level:
            first = self._lists.looks.get((abstract or "", len(counts)), ("", "", 1))[2]
            counts.append(first - 1)
        counts[level] += 1
        del counts[level + 1 :]
        return self._written(abstract or "", pattern or f"%{level + 1}.", counts) + " "

    def _written(self, abstract: str, pattern: str, counts: list[int]) -> str:
        def one(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            if level >= len(counts):
                return ""
            kind = self._lists.looks.get((abstract, level), ("decimal", "", 1))[0]
            return _as(kind, counts[level])

        return re.sub(r"%([1-9])", one, pattern)


def _as(kind: str, number: int) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        words, left = "", min(max(number, 1), 3_999)
        for value, letters in _ROMAN:
            while left >= value:
                words, left = words + letters, left - value
        return words if kind == "upperRoman" else words.lower()
    if kind in ("lowerLetter", "upperLetter"):
        letter = _LETTERS[(number - 1) % len(_LETTERS)] if number > 0 else "a"
        return letter if kind == "lowerLetter" else letter.upper()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
