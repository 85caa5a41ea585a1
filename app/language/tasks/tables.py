"""Bảng phân công: "STT, nội dung, chủ trì, phối hợp, thời hạn, sản phẩm" in an annex or in an office's own tracking sheet.

Columns are known by the words of their heads, in any order. A row whose lead or deadline cannot be read is kept and marked:
the person decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.core.text import clean_line
from app.language.dates import dmy
from app.language.layout.lines import folded
from app.language.tasks import frames
from app.language.tasks.agencies import Sentence, read_names
from app.language.tasks.deadlines import Deadline, DeadlineContext, choose, find_deadlines
from app.language.tasks.reports import asks_report

Table = Sequence[Sequence[str]]
MOST_ROWS: Final = 5_000

# Tried in this order: "cơ quan phối hợp" is no lead, "thời gian hoàn thành" no product.
_HEADS: Final = (
    ("number", re.compile(r"^(?:stt|tt|so tt|so thu tu)$")),
    ("coordinate", re.compile(r"phoi hop")),
    ("deadline", re.compile(r"thoi han|thoi gian|han (?:hoan thanh|xu ly|bao cao|thuc hien)|ngay hoan thanh|tien do (?:hoan thanh|thuc hien)|hoan thanh (?:truoc|trong)|^han$|^ky han")),
    ("assigned", re.compile(r"ngay (?:giao|van ban|ban hanh)")),
    ("source", re.compile(r"van ban (?:giao|chi dao)|so (?:ky hieu|van ban)|so, ky hieu|can cu|nguon")),
    ("state", re.compile(r"trang thai|tinh trang|ket qua thuc hien|tinh hinh|tien do")),
    ("lead", re.compile(r"chu tri|co quan thuc hien|don vi thuc hien|(?:co quan|don vi|nguoi|ca nhan) (?:duoc giao|phu trach|chiu trach nhiem)|trach nhiem|don vi|co quan|phu trach|thuc hien$")),
    ("product", re.compile(r"san pham|ket qua|dau ra|hinh thuc van ban")),
    ("content", re.compile(r"noi dung|nhiem vu|cong viec|dau viec|viec can lam|yeu cau|muc tieu|hoat dong|giai phap|ten de an")),
    ("note", re.compile(r"ghi chu")),
)  # fmt: skip
_NONE: Final = re.compile(r"^\W*(?:khong|x|thuong xuyen|nt|-|như trên)?\W*$")
_SAME: Final = re.compile(r"^\W*(?:nt|nhu tren)\W*$")
_BARE_DAY: Final = re.compile(
    r"^\W*(?:ngay\s*)?\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*\d{2,4})?\W*$|^\W*ngay\s+\d{1,2}\s+thang\s+\d{1,2}"
)
_BARE_SPAN: Final = re.compile(r"^\W*(?:thang|quy|nam)\s")
_ISO: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """Một dòng của bảng phân công, với điều chưa rõ."""

    table: int
    row: int
    content: str
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    deadline: Deadline | None
    product: str
    source: str
    state: str
    report: bool
    doubts: tuple[str, ...] = ()


def read_rows(tables: Sequence[Table], context: DeadlineContext) -> list[TableRow]:
    """Đọc các dòng giao việc trong mọi bảng; tables without a column of contents and one of leads are passed over."""
    found: list[TableRow] = []
    for number, table in enumerate(tables):
        columns, start = _columns(table)
        if "content" not in columns or not ({"lead", "deadline"} & set(columns)):
            continue
        found.extend(_rows(number, table, columns, start, context))
        if len(found) >= MOST_ROWS:
            break
    return found[:MOST_ROWS]


def _columns(table: Table) -> tuple[dict[str, int], int]:
    """The heads of the columns in the first rows; a head may stand over two rows."""
    best: dict[str, int] = {}
    start = 0
    for index, row in enumerate(table[:12]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            words = re.sub(r"[^a-z, ]+", " ", folded(clean_line(cell)))
            words = clean_line(words)
            if not words or len(words) > 60:
                continue
            kind = next((k for k, pattern in _HEADS if pattern.search(words)), None)
            if kind and kind not in columns:
                columns[kind] = column
        if len(columns) > len(best):
            best, start = columns, index + 1
    return (best, start) if len(best) >= 2 else ({}, 0)


def _rows(
    number: int, table: Table, columns: dict[str, int], start: int, context: DeadlineContext
) -> list[TableRow]:
    found: list[TableRow] = []
    section: tuple[str, ...] = ()
    for index in range(start, min(len(table), MOST_ROWS)):
        row = table[index]
        filled = [clean_line(cell) for cell in row if clean_line(cell)]
        if not filled or all(re.fullmatch(r"\(?\d{1,2}\)?", cell) for cell in filled):
            continue
        content = _cell(row, columns, "content")
        if _is_section(row, columns, filled, content):
            names = frames.heading(max(filled, key=len))
            section = names.items if names else ()
            continue
        if len(content) < 6:
            continue
        found.append(
            _row(number, index, row, columns, content, section, found[-1] if found else None, context)
        )
    return found


def _is_section(row: Sequence[str], columns: dict[str, int], filled: list[str], content: str) -> bool:
    """A row that names a group or a body: one cell of words, nothing said of lead and deadline."""
    words = [cell for cell in filled if not re.fullmatch(r"[IVX]{1,5}|[A-ZĐ]|\d{1,2}\.?", cell)]
    if len(set(words)) != 1:
        return False
    rest = [_cell(row, columns, k) for k in ("lead", "deadline", "coordinate", "product")]
    alone = not any(r for r in rest if r != words[0])
    return alone and (
        frames.heading(words[0]) is not None
        or words[0].isupper()
        or bool(re.fullmatch(r"[IVX]{1,5}\.?|[A-ZĐ]\.?", filled[0]))
    )


def _row(
    number: int, index: int, row: Sequence[str], columns: dict[str, int], content: str,
    section: tuple[str, ...], above: TableRow | None, context: DeadlineContext,
) -> TableRow:  # fmt: skip
    doubts: list[str] = []
    lead_text = _cell(row, columns, "lead")
    lead = _names(lead_text) or section
    if (not lead_text or _SAME.match(folded(lead_text))) and not section and above is not None:
        lead = above.lead
        doubts.append("Chủ trì lấy theo dòng trên")
    elif not lead:
        doubts.append("Chưa rõ cơ quan chủ trì")
    coordinate = _names(_cell(row, columns, "coordinate"))
    due_text = _cell(row, columns, "deadline")
    deadline = _deadline(due_text, content, context)
    if (
        due_text
        and not _NONE.match(folded(due_text))
        and (deadline is None or (deadline.day is None and not deadline.is_periodic))
    ):
        doubts.append(f"Không đọc được thời hạn “{due_text[:60]}”")
    product = _cell(row, columns, "product")
    return TableRow(
        number, index, content, lead, coordinate, deadline, product, _cell(row, columns, "source"),
        _cell(row, columns, "state"), asks_report(content) or bool(re.match(r"\W*bao\s+cao", folded(product))), tuple(doubts),
    )  # fmt: skip


def _cell(row: Sequence[str], columns: dict[str, int], kind: str) -> str:
    column = columns.get(kind)
    return clean_line(row[column]) if column is not None and column < len(row) else ""


def _names(text: str) -> tuple[str, ...]:
    """Names in a cell, also those no head word tells: a cell of leads holds nothing else."""
    found: list[str] = []
    for part in re.split(r"\s*(?:;|\n|(?:^|[,.]\s)[-+•]\s)\s*", text):
        sentence = Sentence(part)
        names = read_names(sentence, 0)
        if names and names.items and not sentence.plain[names.end :].strip(" .,;"):
            found.extend(names.items)
        elif clean_line(part):
            found.extend(
                p for p in (clean_line(p).strip(" .-") for p in re.split(r",\s+(?=[A-ZĐ])", part)) if p
            )
    return tuple(dict.fromkeys(found))


def _deadline(text: str, content: str, context: DeadlineContext) -> Deadline | None:
    plain = folded(text)
    if not text:
        return choose(find_deadlines(content, context))
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    if serial and 30_000 < int(serial[1]) < 80_000:  # how a sheet stores a date
        return Deadline(
            dmy(date(1899, 12, 30) + timedelta(days=int(serial[1]))),
            date(1899, 12, 30) + timedelta(days=int(serial[1])),
            rule="serial",
        )
    iso = _ISO.match(text)
    if iso:
        try:
            return Deadline(text, date(int(iso[1]), int(iso[2]), int(iso[3])), rule="iso")
        except ValueError:
            return None
    if _BARE_DAY.match(plain):
        text_read = "trước " + text
    elif _BARE_SPAN.match(plain):
        text_read = "hoàn thành trong " + text
    else:
        text_read = text
    found = choose(find_deadlines(text_read, replace(context, issued_on=context.issued_on)))
    return replace(found, text=text) if found else None
