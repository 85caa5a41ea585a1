"""Tên loại và trích yếu: the printed title and the block below it, or the "V/v" of a letter."""

from __future__ import annotations

import re

from app.core.text import clean_line
from app.language.document_types import type_abbreviated
from app.language.heading import vocabulary as words
from app.language.heading.cells import Cell, Is, without_about
from app.language.layout.labels import read_label
from app.language.layout.lines import folded

UNTITLED = "Công văn"
_OF = re.compile(r"^c.a\s+(.{4,80})$")


def title_of(cells: list[Cell]) -> int | None:
    """Dòng tên loại: the row of cells where the type is printed."""
    for index, cell in enumerate(cells):
        if cell.kind is Is.WORDS and cell.text.isupper() and words.type_of_title(cell.text):
            kind, rest = words.type_of_title(cell.text) or ("", "")
            if not rest or _OF.match(folded(rest)) or len(rest.split()) <= 4 or len(kind.split()) > 1:
                return index
    return None


def type_and_subject(
    cells: list[Cell], title: int | None, symbol: str | None, doubtful: set[str]
) -> tuple[str | None, str | None, str | None]:
    """Tên loại, trích yếu, and the body a title names as its author ("KẾT LUẬN CỦA BỘ CHÍNH TRỊ")."""
    if title is not None:
        kind, rest = words.type_of_title(cells[title].text) or ("", "")
        subject, of = _below_title(cells, title, rest)
        if subject is None:
            doubtful.add("subject")
        return kind, subject, of
    about = next((i for i, c in enumerate(cells) if c.kind is Is.ABOUT), None)
    named = _named_by(symbol)
    if about is None:
        doubtful.add("subject")
        return named, None, None
    subject = joined([without_about(cells[about].text), *_rest_of_about(cells, about)])
    return UNTITLED, subject, None  # only a letter has its abstract under the number


def _named_by(symbol: str | None) -> str | None:
    if not symbol:
        return None
    first = re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0]
    known = type_abbreviated(first)
    if known is None:
        known = next(
            (t for t in (type_abbreviated(a) for a in (first.upper(), first.capitalize())) if t), None
        )
    if first == "KL" and "/" in symbol:
        return "Kết luận"
    return known.name if known else None


def _rest_of_about(cells: list[Cell], about: int) -> list[str]:
    """The abstract of a letter goes on in its own column until a blank row or another component."""
    lines: list[str] = []
    first = cells[about]
    column = first.column
    row = first.row
    for cell in cells[about + 1 :]:
        if cell.kind is Is.BLANK:
            if cell.row == row + 1 and (
                _is_unfinished([first.text, *lines]) or _goes_on_small(cells, cell, column)
            ):
                row = cell.row
                continue
            break
        if cell.row > row + 1:
            break
        if cell.kind is not Is.WORDS or (cell.column != column and cell.row == first.row):
            if cell.kind in (Is.NATION, Is.MOTTO, Is.DATE, Is.NUMBER) and cell.column == column:
                break
            continue
        if cell.text.isupper() and len(cell.text) > 12:
            break
        if cell.column == column:
            lines.append(cell.text)
            row = cell.row
    return lines


def _goes_on_small(cells: list[Cell], blank: Cell, column: int) -> bool:
    """A scan leaves air inside the abstract; what goes on begins with a small letter."""
    after = next((c for c in cells if c.row == blank.row + 1 and c.column == column), None)
    return after is not None and after.kind is Is.WORDS and after.text[0].islower() and len(after.text) < 70


def _is_unfinished(lines: list[str]) -> bool:
    """A line broken at a word that cannot end a phrase."""
    return bool(
        re.search(
            r"(?:^|\s)(?:và|của|về|các|cho|tại|trên|trong|với|theo|đối|để|việc|số|,|-)$", lines[-1].lower()
        )
    )


def _below_title(cells: list[Cell], title: int, rest: str) -> tuple[str | None, str | None]:
    of: str | None = None
    lines: list[str] = []
    match = _OF.match(folded(rest)) if rest else None
    if match:
        of = words.spelled(rest[match.start(1) :])
    elif len(rest.split()) > 3:
        lines.append(rest)
    for cell in cells[title + 1 :]:
        if cell.kind is Is.BLANK:
            if lines and not _is_unfinished(lines):
                break
            continue
        if cell.kind is Is.RULE or cell.kind is Is.NOISE:
            if lines:
                break
            continue
        if read_label(cell.text) and not cell.text.isupper() and cell.kind is not Is.ABOUT:
            break
        if lines and cell.text.endswith(":"):
            break
        if cell.kind not in (Is.WORDS, Is.ABOUT) and not (
            lines and cell.kind is Is.DATE and cell.text[0].islower()
        ):
            break
        match = _OF.match(cell.plain)
        if match and cell.text.isupper() and not lines:
            of = words.spelled(cell.text[match.start(1) :])
            continue
        if _is_authority(cell.text) and (lines or of is None):
            if lines:
                break
            continue
        lines.append(cell.text)
    return joined([without_about(lines[0]), *lines[1:]] if lines else []), of


def _is_authority(text: str) -> bool:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …": who decides, between the abstract and the grounds."""
    plain = folded(text)
    return text.isupper() and bool(
        re.match(
            r"\W*(?:chu tich|bo truong|giam doc|tong giam doc|cuc truong|tong cuc truong|thu tuong|hoi dong|uy ban|ban |quoc hoi|chanh|thong doc|hieu truong|truong|bo chinh tri|thuong truc|chinh phu)",
            plain,
        )
    )


def joined(lines: list[str]) -> str | None:
    """Ghép dòng thành trích yếu; none when nothing is left."""
    text = clean_line(" ".join(lines)).strip(' .:;,*_-–—|\\/”“"')
    return text or None
