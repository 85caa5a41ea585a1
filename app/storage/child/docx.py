"""Chữ trong tệp Word: body, tables, text boxes and headers, line by line, without building a tree."""

from __future__ import annotations

import re

from app.storage.child.archive import Archive
from app.storage.child.numbering import Numbering
from app.storage.child.xml import Walker, walk

_MAIN = "word/document.xml"
_OTHER = re.compile(r"^word/(?:header|footer)\d*\.xml$|^word/(?:footnotes|endnotes|comments)\.xml$")
_HEAD_LINES = 40
_ON = ("", "1", "true", "on")


def main_part(archive: Archive) -> str:
    """Phần thân văn bản."""
    return (
        _MAIN
        if _MAIN in archive
        else next((n for n in archive.names if re.match(r"^word/document\d*\.xml$", n)), _MAIN)
    )


def other_parts(archive: Archive) -> list[str]:
    """Đầu trang, chân trang, chú thích."""
    return sorted(name for name in archive.names if _OTHER.match(name))


class Reader(Walker):
    """Đọc chữ của một phần: ``lines`` of text, ``head`` of the first page, ``fields`` (pieces of instructions)."""

    def __init__(self, *, chars: int = 2_000_000, numbering: Numbering | None = None) -> None:
        self._numbering = numbering
        self._list: list[tuple[str, int, str]] = []  # of each open paragraph: its list, level and style
        self.lines: list[str] = []
        self.head: list[str] = []
        self.fields: list[str] = []
        self.is_cut = False
        self._room = chars
        self._paragraphs: list[list[str]] = []  # a text box holds paragraphs inside a paragraph
        self._in: str | None = None
        self._skipped = 0  # inside a fallback copy of something already read
        self._hidden = False
        self._on_first_page = True

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Fallback" or self._skipped:
            self._skipped += 1
            return
        if name == "p":
            self._paragraphs.append([])
            self._list.append(("", 0, ""))
        elif name in ("numId", "ilvl", "pStyle") and self._list:
            self._note_list(name, attributes.get("val", ""))
        elif name in ("t", "instrText"):
            self._in = name
        elif name == "r":
            self._hidden = False
        elif name == "vanish":
            self._hidden = attributes.get("val", "") in _ON
        elif name == "tab":
            self._write("\t")
        elif name in ("br", "cr"):
            self._write("\n")
            self._on_first_page &= attributes.get("type") != "page"
        elif name == "lastRenderedPageBreak":
            self._on_first_page = False
        elif name == "fldChar":
            self.fields.append(" ")
        elif name == "fldSimple":
            self.fields.append(f" {attributes.get('instr', '')} ")
        elif name == "textpath":  # a watermark drawn as a shape
            self._line(attributes.get("string", ""))

    def shut(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "p" and self._paragraphs:
            words = "".join(self._paragraphs.pop())
            self._line(self._mark_of(words) + words)
        elif name in ("t", "instrText"):
            self._in = None

    def chars(self, text: str) -> None:
        if self._skipped:
            return
        if self._in == "instrText":
            self.fields.append(text)
        elif self._in == "t" and not self._hidden:
            self._write(text)

    def _note_list(self, name: str, value: str) -> None:
        num, level, style = self._list[-1]
        if name == "numId":
            num = value
        elif name == "pStyle":
            style = value
        elif value.isdecimal() and len(value) < 3:
            level = int(value)
        self._list[-1] = (num, level, style)

    def _mark_of(self, words: str) -> str:
        """The number Word would print before the paragraph."""
        num, level, style = self._list.pop() if self._list else ("", 0, "")
        return self._numbering.mark(num, level, style) if self._numbering and words.strip() else ""

    def _write(self, text: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append(text)

    def _line(self, text: str) -> None:
        if self._on_first_page and len(self.head) < _HEAD_LINES:
            self.head.extend(line for line in text.split("\n") if line.strip())
        if len(text) > self._room:
            self.is_cut = True
            text = text[: self._room]
        self._room -= len(text) + 1
        if self._room > 0:
            self.lines.append(text)


def text(archive: Archive, chars: int) -> tuple[str, bool]:
    """Nội dung chữ, and whether it was cut: headers first, then the body, then footers and notes."""
    parts: list[str] = []
    room, is_cut = chars, False
    others = other_parts(archive)
    before = [name for name in others if "header" in name]
    numbering = Numbering(archive)
    for name in [*before, main_part(archive), *(name for name in others if name not in before)]:
        reader = Reader(chars=room, numbering=numbering)
        walk(archive.chunks(name), reader)
        content = "\n".join(reader.lines).strip("\n")
        is_cut |= reader.is_cut
        if content.strip():
            parts.append(content)
            room = max(0, room - len(content) - 1)
    return "\n".join(parts), is_cut
