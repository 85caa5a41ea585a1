"""Đoạn văn: lines put together again into the paragraphs their author wrote.

Files of offices keep one paragraph on a line; PDFs and scans break it wherever the page ends. Where a line goes on is told
by its width, by the letter the next one begins with, and by the marks of numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.language.layout.labels import Label, Level, read_label
from app.language.layout.lines import Line, folded

_WIDE_GAP = re.compile(r" {2,}")
_ENDS = (".", ":", ";", "!", "?", "/.", "./.", ".”", '."')
_WIDEST = 160


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Một đoạn: its mark, its words without the mark, and the lines it was read from."""

    label: Label | None
    text: str
    first_line: int
    last_line: int

    @property
    def level(self) -> Level:
        """Cấp của đoạn."""
        return self.label.level if self.label else Level.TEXT

    @property
    def plain(self) -> str:
        """Chữ thường không dấu, cùng độ dài."""
        return folded(self.text)

    @property
    def ends_open(self) -> bool:
        """Kết bằng dấu hai chấm: something is listed below."""
        return self.text.rstrip().endswith(":")


def read_paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Ghép dòng thành đoạn."""
    width = _wrap_width(lines)
    groups: list[list[Line]] = []
    gap = True
    for line in lines:
        if line.is_blank:
            gap = True
            continue
        if groups and _continues(groups[-1], line, width, gap=gap):
            groups[-1].append(line)
        else:
            groups.append([line])
        gap = False
    return [_paragraph(group) for group in groups]


def _wrap_width(lines: list[Line]) -> int:
    """The width at which lines were broken; 0 where each paragraph stands on one line."""
    widths = sorted(len(line.text) + line.indent for line in lines if len(line.text) > 40)
    if len(widths) < 4 or widths[int(len(widths) * 0.9)] > _WIDEST:
        return 0
    width = widths[int(len(widths) * 0.8)]
    full = [line.text for line in lines if len(line.text) + line.indent >= width * 0.72]
    closed = sum(text.endswith(_ENDS) for text in full)
    return 0 if full and closed > 0.6 * len(full) else width


def _continues(group: list[Line], line: Line, width: int, *, gap: bool) -> bool:
    if not width:
        return False
    before = group[-1].text
    begins_small = line.text[0].islower()
    if read_label(line.text):
        return False
    is_full = len(before) + group[-1].indent >= width * 0.72
    ends = before.endswith(_ENDS)
    if gap:
        return begins_small and not ends and len(before) > 25
    if begins_small:
        return not (ends and not is_full and before.endswith((":", ";")))
    if not is_full:
        return False
    set_in = line.indent >= group[-1].indent + 3 and len(group) > 1
    return not (ends and (set_in or before.endswith((":", "/."))))


def _paragraph(group: list[Line]) -> Paragraph:
    text = ""
    for line in group:
        words = _WIDE_GAP.sub(" ", line.text)
        text = words if not text else text + ("" if _joins(text, words) else " ") + words
    label = read_label(text)
    return Paragraph(
        label, text[label.length :].strip() if label else text.strip(), group[0].number, group[-1].number
    )


def _joins(text: str, words: str) -> bool:
    """A notation broken at its hyphen ("10-" / "NQ/TW") has no blank in it."""
    return text.endswith("-") and len(text) > 1 and text[-2].isalnum() and words[0].isupper()
