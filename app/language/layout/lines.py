"""Dòng chữ: lines of a text without what is not the author's — page numbers, page breaks, footnotes, stamps of tools.

Every later step works on these lines, and on :func:`folded`, which has exactly one character for each of the text: a
pattern is looked for in the folded words and cut out of the written ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.core.text import fold, nfc

MAX_CHARS = 2_000_000
_LONGEST_LINE = 20_000

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_CID = re.compile(r"\(cid:\d{1,5}\)")
_BREAK = re.compile(r"^\W*-{2,}\s*(?:page break|page|trang)\s*\d{0,4}\s*-{2,}\W*$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\s*[-–—]?\s*(?:trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—]?\s*$", re.IGNORECASE)
_NOTE = re.compile(r"^\s*(\d{1,2})\s+[^\W\d_]")
_LISTED = re.compile(r"[-–+*•]|\d{1,2}[.)/]|[a-zđ]\)")
_NOTE_REACH = 30


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng: its place in the text as found (0 is the first), its words, and how far it is set in."""

    number: int
    text: str
    indent: int

    @property
    def is_blank(self) -> bool:
        """Dòng trống."""
        return not self.text


def folded(text: str) -> str:
    """Chữ thường không dấu, cùng độ dài: position *i* is the same letter in both."""
    plain = fold(text)
    if len(plain) == len(text):
        return plain
    return "".join((fold(c) or " ")[0] for c in text)


def clean(text: str) -> str:
    """Chuẩn hóa: composed letters, one kind of line end, no invisible characters."""
    text = nfc(text[:MAX_CHARS]).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    text = _CID.sub(" ", text)
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u2007", " ").replace("\u202f", " ")


def read_lines(text: str) -> list[Line]:
    """Các dòng của văn bản, đã bỏ số trang, ngắt trang và chú thích cuối trang; blank lines stay."""
    pages: list[list[Line]] = [[]]
    for number, raw in enumerate(clean(text).split("\n")):
        for part in raw.split("\f") if "\f" in raw else [raw]:
            line = _line(number, part)
            if _BREAK.match(line.text):
                pages.append([])
                continue
            pages[-1].append(line)
        pages.extend([] for _ in range(raw.count("\f")))
    return [
        line
        for page in _split_at_numbers(pages)
        for line in _without_notes(_without_scraps(page, len(pages)))
    ]


def _line(number: int, raw: str) -> Line:
    words = raw[:_LONGEST_LINE].expandtabs(4).rstrip()
    stripped = words.lstrip()
    return Line(number, _tidy(stripped), len(words) - len(stripped))


def _tidy(text: str) -> str:
    return "".join(c for c in text if c == " " or unicodedata.category(c) not in ("Cc", "Cs", "Co"))


def _split_at_numbers(pages: list[list[Line]]) -> list[list[Line]]:
    """A number alone, with air around it or at the edge of a page, is a page number and ends or begins a page."""
    found: list[list[Line]] = []
    for page in pages:
        found.append([])
        for index, line in enumerate(page):
            if not _PAGE_NUMBER.match(line.text) or not _stands_apart(page, index):
                found[-1].append(line)
                continue
            found.append([])
    return found


def _stands_apart(page: list[Line], index: int) -> bool:
    before = index == 0 or page[index - 1].is_blank
    after = index + 1 == len(page) or page[index + 1].is_blank
    edge = index < 3 or index > len(page) - 4
    return (
        (before and after) or (edge and (before or after)) or (page[index].indent > 25 and (before or after))
    )


def _without_scraps(page: list[Line], pages: int) -> list[Line]:
    """A letter or two at the edge of a page is what a scanner made of a stamp's rim."""
    if pages < 2:
        return page
    edge = {i for i, line in enumerate(page) if line.text}
    first, last = sorted(edge)[:2], sorted(edge)[-2:]
    return [
        line
        for i, line in enumerate(page)
        if not (i in (*first, *last) and 0 < len(line.text) <= 3 and not _LISTED.match(line.text))
    ]


def _without_notes(page: list[Line]) -> list[Line]:
    """Footnotes stand at the foot of a page and begin with the number that hangs on a word above them."""
    start = max(0, len(page) - _NOTE_REACH)
    for index in range(start, len(page)):
        note = _NOTE.match(page[index].text)
        if not note or index == 0 or not page[index - 1].is_blank:
            continue
        mark = re.compile(rf"[^\W\d_]{note[1]}(?:[\s.,;:)]|$)")
        if any(mark.search(line.text) for line in page[max(0, index - 60) : index]):
            return page[:index]
    return page
