"""Đọc bảng tính theo ô, trong buồng cách ly: handed to ``app.storage.jail`` as a file of further tasks.

Cells keep their column, so that a row with holes is read right; formulas are told apart and never evaluated.
"""

from __future__ import annotations

import json
import re
from typing import Any

from app.storage.child.archive import Archive, Budget
from app.storage.child.findings import RefusedError
from app.storage.child.source import Source
from app.storage.child.xml import Walker, walk

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_STRINGS = 200_000


class _Names(Walker):
    """The sheets of the workbook in their order: (name, relation id)."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))


class _Relations(Walker):
    """Relation id → part of the archive."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").lstrip("/")
            self.parts[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"


class _Strings(Walker):
    """The table of shared strings."""

    def __init__(self, most_chars: int) -> None:
        self.values: list[str] = []
        self._parts: list[str] = []
        self._most_chars, self._in_text, self._phonetic = most_chars, False, 0

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self._phonetic += name == "rPh"
        self._in_text = name == "t" and not self._phonetic

    def shut(self, name: str) -> None:
        self._in_text = False
        self._phonetic -= name == "rPh"
        if name == "si" and len(self.values) < _MOST_STRINGS:
            self.values.append("".join(self._parts)[: self._most_chars])
            self._parts.clear()

    def chars(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)


class _Cells(Walker):
    """Rows as ``[number, [[column, kind, text], …]]``; kind: text, number, formula or error."""

    def __init__(self, strings: list[str], most_rows: int, most_columns: int, most_chars: int) -> None:
        self.rows: list[tuple[int, list[tuple[int, str, str]]]] = []
        self.is_cut = False
        self._strings, self._most_rows = strings, most_rows
        self._most_columns, self._most_chars = most_columns, most_chars
        self._row = 0
        self._column = 0
        self._type = ""
        self._formula = False
        self._parts: list[str] = []
        self._collecting = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) < 8 else self._row + 1
            self._column = 0
            self._cells: list[tuple[int, str, str]] = []
        elif name == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._column = _index(place.group(1)) if place else self._column + 1
            self._type, self._formula = attributes.get("t", "n"), False
            self._parts.clear()
        elif name == "f":
            self._formula = True
        elif name in ("v", "t"):
            self._collecting = True

    def shut(self, name: str) -> None:
        if name in ("v", "t"):
            self._collecting = False
        elif name == "c":
            self._cell("".join(self._parts))
        elif name == "row" and self._cells:
            if len(self.rows) >= self._most_rows:
                self.is_cut = True
            else:
                self.rows.append((self._row, self._cells))

    def chars(self, text: str) -> None:
        if self._collecting:
            self._parts.append(text)

    def _cell(self, value: str) -> None:
        kind = {"n": "number", "e": "error"}.get(self._type, "text")
        if self._type == "s":
            index = int(value) if value.isdecimal() and len(value) < 8 else -1
            value = self._strings[index] if 0 <= index < len(self._strings) else ""
        if self._formula:
            kind = "formula"
        if (value.strip() or self._formula) and self._column <= self._most_columns:
            self._cells.append((self._column, kind, value[: self._most_chars]))


def _index(letters: str) -> int:
    """ "A" is 1, "AA" is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def sheets(file: int, *, rows: int, columns: int, chars: int) -> tuple[Any, list[bytes]]:
    """Đọc các trang của bảng tính: the value tells a refusal, the bytes are the rows as JSON."""
    try:
        found = _read(Archive(Source.of_file(file), Budget()), rows, columns, chars)
    except RefusedError as problem:
        return {"problem": problem.code}, []
    return {"problem": None}, [json.dumps(found).encode("utf-8", "replace")]


def _read(archive: Archive, rows: int, columns: int, chars: int) -> list[dict[str, Any]]:
    if "xl/workbook.xml" not in archive or "xl/_rels/workbook.xml.rels" not in archive:
        raise RefusedError("broken")
    names, relations = _Names(), _Relations()
    walk(archive.chunks("xl/workbook.xml"), names)
    walk(archive.chunks("xl/_rels/workbook.xml.rels"), relations)
    strings = _Strings(chars)
    if "xl/sharedStrings.xml" in archive:
        walk(archive.chunks("xl/sharedStrings.xml"), strings)
    found = []
    for name, relation in names.sheets[:10]:
        part = relations.parts.get(relation, "")
        if part not in archive:
            continue
        cells = _Cells(strings.values, rows, columns, chars)
        walk(archive.chunks(part), cells)
        found.append({"name": name[:100], "rows": cells.rows, "cut": cells.is_cut})
    return found


TASKS = {"sheets": sheets}
