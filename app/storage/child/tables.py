"""Bảng trong tệp Word và bảng tính: rows of cells, each cell in its own column."""

from __future__ import annotations

import re
from typing import Any

from app.storage.child.archive import Archive
from app.storage.child.docx import main_part
from app.storage.child.xlsx import SHEET, numbered, shared_strings
from app.storage.child.xml import Walker, walk

MOST_TABLES = 200
MOST_ROWS = 5_000
MOST_COLUMNS = 60
_MOST_CHARS = 2_000_000
_COLUMN = re.compile(r"^([A-Z]{1,3})\d")


class _WordTables(Walker):
    """Tables of the body; one inside another's cell counts as text of that cell."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._in_text = False
        self._skipped = 0
        self._room = _MOST_CHARS
        self._span = 1

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Fallback" or self._skipped:
            self._skipped += 1
        elif name == "tbl":
            self._depth += 1
            if self._depth == 1 and len(self.tables) < MOST_TABLES:
                self.tables.append([])
        elif self._depth == 1 and name == "tr" and len(self.tables[-1]) < MOST_ROWS:
            self.tables[-1].append([])
        elif self._depth == 1 and name == "tc":
            self._cell, self._span = [], 1
        elif name == "gridSpan" and self._depth == 1:
            value = attributes.get("val", "1")
            self._span = min(int(value), MOST_COLUMNS) if value.isdecimal() else 1
        elif name == "t":
            self._in_text = True
        elif name in ("tab", "br", "cr") and self._cell is not None:
            self._cell.append("\n" if name != "tab" else " ")

    def shut(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "tbl":
            self._depth -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p" and self._cell is not None:
            self._cell.append("\n")
        elif name == "tc" and self._depth == 1 and self._cell is not None:
            self._end_cell()

    def chars(self, text: str) -> None:
        if self._in_text and self._cell is not None and not self._skipped and self._room > 0:
            self._cell.append(text[: self._room])
            self._room -= len(text)

    def _end_cell(self) -> None:
        text = "".join(self._cell or []).strip()
        self._cell = None
        if self.tables and self.tables[-1] and len(self.tables[-1][-1]) < MOST_COLUMNS:
            self.tables[-1][-1].extend([text] + [""] * (self._span - 1))


class _SheetTable(Walker):
    """One sheet as a table: a cell left out in the file is an empty cell here."""

    def __init__(self, strings: list[str]) -> None:
        self.rows: list[list[str]] = []
        self._strings = strings
        self._type = ""
        self._column = 0
        self._parts: list[str] = []
        self._collecting = False
        self._room = _MOST_CHARS

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row" and len(self.rows) < MOST_ROWS:
            self.rows.append([])
        elif name == "c":
            self._type = attributes.get("t", "")
            place = _COLUMN.match(attributes.get("r", ""))
            self._column = _column(place[1]) if place else len(self.rows[-1]) if self.rows else 0
        elif name in ("v", "t"):
            self._collecting = True
            self._parts.clear()

    def shut(self, name: str) -> None:
        if name not in ("v", "t") or not self._collecting:
            return
        self._collecting = False
        value = "".join(self._parts)
        if self._type == "s":
            index = int(value) if value.isdecimal() else -1
            value = self._strings[index] if 0 <= index < len(self._strings) else ""
        if not self.rows or self._column >= MOST_COLUMNS or self._room <= 0:
            return
        row = self.rows[-1]
        row.extend([""] * (self._column + 1 - len(row)))
        row[self._column] += value
        self._room -= len(value)

    def chars(self, text: str) -> None:
        if self._collecting:
            self._parts.append(text)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def read(archive: Archive, kind: str) -> dict[str, Any]:
    """Các bảng của tệp: ``{"tables": [[[cell, …], …], …]}``."""
    if kind == "docx":
        words = _WordTables()
        walk(archive.chunks(main_part(archive)), words)
        return {"tables": words.tables}
    strings = shared_strings(archive, _MOST_CHARS)
    tables = []
    for name in numbered(archive, SHEET)[:MOST_TABLES]:
        sheet = _SheetTable(strings)
        walk(archive.chunks(name), sheet)
        tables.append(sheet.rows)
    return {"tables": tables}
