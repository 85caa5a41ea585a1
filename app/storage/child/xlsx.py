"""Chữ trong bảng tính và trình chiếu: shared strings put back into their rows; paragraphs of slides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.storage.child.archive import Archive
from app.storage.child.findings import Findings
from app.storage.child.xml import Walker, walk

SHEET = re.compile(r"^xl/worksheets/sheet(\d+)\.xml$")
_SLIDE = re.compile(r"^ppt/slides/slide(\d+)\.xml$")
_HEAD_ROWS = 20
_MOST_STRINGS = 500_000
_PAGE_CODE = re.compile(r'&(?:"[^"]*"|[LCRPNDTFAGZBIUESXY&]|\d+|K[0-9A-Fa-f]{6})')


def numbered(archive: Archive, pattern: re.Pattern[str]) -> list[str]:
    """Các phần có số thứ tự, theo thứ tự."""
    found = [(int(match.group(1)), name) for name in archive.names if (match := pattern.match(name))]
    return [name for _number, name in sorted(found)]


class _Strings(Walker):
    """The table of shared strings."""

    def __init__(self, most_chars: int) -> None:
        self.values: list[str] = []
        self._parts: list[str] = []
        self._room = most_chars
        self._in_text = False
        self._phonetic = 0

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self._phonetic += name == "rPh"
        self._in_text = name == "t" and not self._phonetic

    def shut(self, name: str) -> None:
        self._in_text = False
        self._phonetic -= name == "rPh"
        if name == "si":
            value = "".join(self._parts)[: max(0, self._room)]
            self._room -= len(value)
            if len(self.values) < _MOST_STRINGS:
                self.values.append(value)
            self._parts.clear()

    def chars(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)


class _Sheet(Walker):
    """Rows of a sheet as lines of cells."""

    def __init__(self, strings: list[str], most_rows: int, most_chars: int) -> None:
        self.rows: list[list[str]] = []
        self.page_lines: list[str] = []
        self.is_cut = False
        self._strings = strings
        self._most_rows = most_rows
        self._room = most_chars
        self._type = ""
        self._parts: list[str] = []
        self._collecting = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.rows.append([])
        elif name == "c":
            self._type = attributes.get("t", "")
        elif name in ("v", "t") or "Header" in name or "Footer" in name:
            self._collecting = True
            self._parts.clear()

    def shut(self, name: str) -> None:
        if not self._collecting:
            return
        value = "".join(self._parts)
        if name in ("v", "t"):
            self._cell(value)
            self._collecting = False
        elif "Header" in name or "Footer" in name:
            self.page_lines.extend(_PAGE_CODE.split(value))
            self._collecting = False

    def chars(self, text: str) -> None:
        if self._collecting:
            self._parts.append(text)

    def _cell(self, value: str) -> None:
        if self._type == "s":
            index = int(value) if value.isdecimal() else -1
            value = self._strings[index] if 0 <= index < len(self._strings) else ""
        if not self.rows or len(self.rows) > self._most_rows or self._room <= 0:
            self.is_cut = True
            return
        self._room -= len(value) + 1
        self.rows[-1].append(value)


def shared_strings(archive: Archive, most_chars: int) -> list[str]:
    """Bảng chữ dùng chung của bảng tính."""
    strings = _Strings(most_chars)
    if "xl/sharedStrings.xml" in archive:
        walk(archive.chunks("xl/sharedStrings.xml"), strings)
    return strings.values


def look_at_head(archive: Archive, found: Findings) -> None:
    """Các dòng đầu của bảng tính đầu tiên, and what is printed above and below its pages."""
    sheets = numbered(archive, SHEET)
    if not sheets:
        return
    sheet = _Sheet(shared_strings(archive, 2_000_000), _HEAD_ROWS, 100_000)
    walk(archive.chunks(sheets[0]), sheet)
    for line in [*sheet.page_lines, *(cell for row in sheet.rows[:_HEAD_ROWS] for cell in row)]:
        for part in line.splitlines():
            found.see(part)


def text(archive: Archive, chars: int) -> tuple[str, bool]:
    """Nội dung chữ của bảng tính, and whether it was cut."""
    strings, lines, room, is_cut = shared_strings(archive, chars), [], chars, False
    for name in numbered(archive, SHEET):
        sheet = _Sheet(strings, 1_000_000, room)
        walk(archive.chunks(name), sheet)
        content = ["\t".join(row) for row in sheet.rows if row]
        room -= sum(len(line) + 1 for line in content)
        lines.extend(content)
        is_cut |= sheet.is_cut
    return "\n".join(lines), is_cut


class _Slide(Walker):
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: list[str] = []
        self._in_text = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self._in_text = name == "t"

    def shut(self, name: str) -> None:
        self._in_text = False
        if name == "p":
            self.lines.append("".join(self._parts))
            self._parts.clear()

    def chars(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)


def slide_lines(archive: Archive, *, first_only: bool = False) -> Iterator[str]:
    """Các dòng chữ của bản trình chiếu."""
    for name in numbered(archive, _SLIDE)[: 1 if first_only else None]:
        slide = _Slide()
        walk(archive.chunks(name), slide)
        yield from slide.lines
