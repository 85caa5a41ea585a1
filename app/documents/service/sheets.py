"""Sổ và báo cáo thành tệp: a spreadsheet (XLSX) and a PDF of the same columns as on paper."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.core import clock

_TEMPLATE: Final = Path(__file__).with_name("register.typ")
_FONTS: Final = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")
_one_at_a_time = threading.Lock()  # the compiler keeps its world between sheets
Cell = str | int


@dataclass(frozen=True)
class Sheet:
    """Một bảng để in: the columns of the Decree's form, their widths, and rows of plain values."""

    title: str
    sub: str
    agency: str
    columns: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    source: str = ""  # says that it came out of the system, when and for whom (PL VI, F6.10)


def sheet_pdf(sheet: Sheet) -> bytes:
    """Bảng thành PDF khổ A4 nằm ngang."""
    data = asdict(sheet) | {"rows": [[str(cell) for cell in row] for row in sheet.rows]}
    with _one_at_a_time:
        compiler, fonts = _compiler()
        text = json.dumps(data | {"fonts": fonts}, ensure_ascii=False)
        made = compiler.compile(
            format="pdf", sys_inputs={"sheet": text}, timestamp=clock.instant(date(2025, 7, 1))
        )
    return bytes(made)


@cache
def _compiler() -> tuple[Any, list[str]]:
    import typst  # 30 MB, needed only where a sheet is made

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
    present = set(fonts.families())
    return typst.Compiler(_TEMPLATE, font_paths=fonts), [name for name in _FONTS if name in present]


def sheet_xlsx(sheet: Sheet) -> bytes:
    """Bảng thành XLSX: what begins like a formula is written as text."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet("Sổ")
        bold = book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"}
        )
        plain = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(3)
        page.write_string(0, 0, sheet.agency)
        page.write_string(1, 0, f"{sheet.title}. {sheet.sub}")
        page.write_string(2, 0, sheet.source)
        for column, (name, width) in enumerate(zip(sheet.columns, sheet.widths, strict=True)):
            page.set_column(column, column, width)
            page.write_string(3, column, name, bold)
        for line, row in enumerate(sheet.rows, start=4):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, column, cell, plain)
                else:
                    page.write_string(line, column, cell, plain)
        page.freeze_panes(4, 0)
    return buffer.getvalue()
