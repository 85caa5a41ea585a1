"""Đọc tệp danh sách: a spreadsheet becomes plain rows, in the jail; nothing is judged and nothing is stored here."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core import limits
from app.core.errors import InputRejected
from app.core.text import clean_line, fold
from app.storage import inspection
from app.storage.backends import Readable
from app.storage.jail import Jail, JailError
from app.storage.kinds import Kind
from app.storage.names import clean_filename
from app.storage.refusals import TooLarge, because

FILE_BYTES = 10 * limits.MB
_TASKS = Path(__file__).with_name("sheet.py")
_COLUMNS, _CELL_CHARS, _HEAD_ROWS = 30, 500, 10

# Heading as printed in the template, and other ways offices write it.
PERSON_COLUMNS: dict[str, tuple[str, ...]] = {
    "full_name": ("Họ và tên", "Họ tên", "Họ, tên"),
    "username": ("Tên đăng nhập", "Tài khoản"),
    "title": ("Chức danh", "Chức vụ", "Vị trí việc làm", "Vị trí"),
    "unit": ("Đơn vị", "Phòng ban", "Phòng, ban", "Phòng"),
    "roles": ("Vai trò",),
    "is_head": ("Trưởng đơn vị", "Đứng đầu đơn vị"),
    "phone": ("Điện thoại", "Số điện thoại"),
    "email": ("Thư điện tử", "Email", "E-mail"),
}
UNIT_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("Tên đơn vị",),
    "abbreviation": ("Viết tắt", "Chữ viết tắt", "Ký hiệu"),
    "parent": ("Thuộc đơn vị", "Đơn vị cấp trên"),
}


@dataclass(frozen=True)
class RawRow:
    """Một dòng của tệp: its number in the sheet, cleaned words by field, and what was odd about single cells."""

    number: int
    values: dict[str, str]
    odd: dict[str, str]  # field → "formula", "error", "number" or "extra"

    def as_json(self) -> list[Any]:
        """Giá trị để lưu chờ xác nhận."""
        return [self.number, self.values, self.odd]


@dataclass(frozen=True)
class RawList:
    """Nội dung tệp danh sách."""

    file_name: str
    units: list[RawRow]
    people: list[RawRow]

    def as_json(self) -> dict[str, Any]:
        """Giá trị để lưu chờ xác nhận."""
        return {"units": [r.as_json() for r in self.units], "people": [r.as_json() for r in self.people]}

    @classmethod
    def from_json(cls, file_name: str, value: dict[str, Any]) -> RawList:
        """Đọc lại giá trị đã lưu."""
        return cls(file_name, [RawRow(*r) for r in value["units"]], [RawRow(*r) for r in value["people"]])


def read_list(
    stream: Readable, filename: str | None, *, make_jail: Callable[[], Jail] | None = None
) -> RawList:
    """Đọc tệp XLSX.

    :raises InputRejected: not a clean spreadsheet, without the headings of the template, or with too many rows.
    """
    name = clean_filename(filename)
    kinds = frozenset({Kind.XLSX})
    inspection.check_name(name, kinds)
    with tempfile.TemporaryFile() as file:
        size = 0
        while chunk := stream.read(limits.MB):
            size += len(chunk)
            if size > FILE_BYTES:
                raise TooLarge(FILE_BYTES)
            file.write(chunk)
        file.flush()
        if not size:
            raise because("empty")
        inspection.check_content(file.fileno(), name, kinds)
        sheets = _cells(file.fileno(), make_jail or _own_jail)
    return _recognise(name, sheets)


def _own_jail() -> Jail:
    """A jail that also knows how to read cells; imports are rare, so it lives for one file."""
    return Jail(slots=1, extra_tasks=_TASKS)


def _cells(file: int, make_jail: Callable[[], Jail]) -> list[dict[str, Any]]:
    jail = make_jail()
    try:
        answer = jail.call(
            "sheets", file, rows=limits.IMPORT_ROWS + _HEAD_ROWS, columns=_COLUMNS, chars=_CELL_CHARS
        )
    except JailError as problem:
        raise because(problem.reason) from problem
    finally:
        jail.close()
    try:
        if answer.value["problem"]:
            raise because(str(answer.value["problem"]))
        return [_sheet(s) for s in json.loads(answer.payloads[0])]
    except (ValueError, KeyError, TypeError, IndexError) as problem:
        raise because("crash") from problem


def _sheet(value: dict[str, Any]) -> dict[str, Any]:
    """The child has just read a stranger's file: its answer is taken apart with doubt."""
    rows = [
        (int(number), {int(c): (str(kind), clean_line(str(text))) for c, kind, text in cells})
        for number, cells in value["rows"]
    ]
    return {"name": str(value["name"]), "rows": rows, "cut": bool(value["cut"])}


def _recognise(file_name: str, sheets: list[dict[str, Any]]) -> RawList:
    units: list[RawRow] = []
    people: list[RawRow] = []
    known = False
    for sheet in sheets:
        for columns, target, needed in (
            (PERSON_COLUMNS, people, "full_name"),
            (UNIT_COLUMNS, units, "name"),
        ):
            heading = _heading(sheet["rows"], columns, needed)
            if heading is None:
                continue
            known = True
            at, places = heading
            target.extend(_row(number, cells, places) for number, cells in sheet["rows"][at + 1 :])
            if sheet["cut"] or len(target) > limits.IMPORT_ROWS:
                raise InputRejected(
                    f"Danh sách có quá {limits.IMPORT_ROWS:,} dòng một lần nhập. Hãy chia thành nhiều tệp.".replace(
                        ",", "."
                    )
                )
            break
    if not known:
        raise InputRejected(
            "Không tìm thấy dòng tiêu đề “Họ và tên” hoặc “Tên đơn vị” trong tệp. "
            "Hãy tải tệp mẫu, chép dữ liệu vào đúng cột rồi tải lên lại."
        )
    if not units and not people:
        raise InputRejected("Danh sách chưa có dòng nào dưới dòng tiêu đề. Hãy nhập dữ liệu rồi tải lên lại.")
    return RawList(file_name, units, people)


def _heading(
    rows: list[tuple[int, dict[int, tuple[str, str]]]], columns: dict[str, tuple[str, ...]], needed: str
) -> tuple[int, dict[int, str]] | None:
    """The row of headings and which column is which field; looked for in the first rows."""
    by_words = {fold(words): field for field, variants in columns.items() for words in variants}
    for at, (_number, cells) in enumerate(rows[:_HEAD_ROWS]):
        places = {
            c: by_words[key]
            for c, (_k, text) in cells.items()
            if (key := fold(text).strip(" *:")) in by_words
        }
        if needed in places.values():
            return at, places
    return None


def _row(number: int, cells: dict[int, tuple[str, str]], places: dict[int, str]) -> RawRow:
    values: dict[str, str] = {}
    odd: dict[str, str] = {}
    for column, (kind, text) in cells.items():
        field = places.get(column)
        if field is None:
            odd["extra"] = text[:60]
            continue
        values[field] = _plain_number(text) if kind == "number" else text
        if kind != "text":
            odd[field] = kind
    return RawRow(number, values, odd)


def _plain_number(text: str) -> str:
    """Excel keeps 0912 345 678 typed as a number as 9.12345678E8: shown as its digits."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else text
