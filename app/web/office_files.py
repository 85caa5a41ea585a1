"""Bảng ra tệp: one table of a page as XLSX or DOCX, for reports that leave the system."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Cell = str | int | float | None

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
# A4 landscape, margins of Decree 30/2020 in twentieths of a point
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)


def sheet(title: str, notes: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Bảng tính: title, notes, then the table; words never become formulas."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        strong = book.add_format({"bold": True, "font_size": 14})
        headed = book.add_format(
            {"bold": True, "bg_color": "#EDF3FB", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        page = book.add_worksheet("Báo cáo")
        page.write_string(0, 0, title, strong)
        for line, words in enumerate(notes, 1):
            page.write_string(line, 0, words)
        top = len(notes) + 2
        for column, words in enumerate(head):
            page.write_string(top, column, words, headed)
            longest = max([len(words), *(len(str(r[column] or "")) for r in rows[:200])])
            page.set_column(column, column, min(60, max(8, longest + 2)))
        for line, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                if isinstance(value, int | float):
                    page.write_number(line, column, value, plain)
                else:
                    page.write_string(line, column, value or "", plain)
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
    return out.getvalue()


def document(title: str, notes: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Văn bản có bảng: Times New Roman, A4 nằm ngang, the head of the table on every page."""
    body = [_line(title, bold=True, size=28, align="center")]
    body += [_line(words, size=26, align="center", italic=True) for words in notes]
    table = [_row(head, head=True), *(_row(["" if v is None else str(v) for v in row]) for row in rows)]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    grid = "<w:tblGrid>" + "<w:gridCol/>" * len(head) + "</w:tblGrid>"
    body.append(f"<w:tbl>{properties}{grid}{''.join(table)}</w:tbl>")
    body.append(_line(""))
    content = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{"".join(body)}{_PAGE}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", content)
    return out.getvalue()


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    mark = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    inner = "".join(f"<w:tc><w:tcPr/>{_line(c, bold=head, size=24)}</w:tc>" for c in cells)
    return f"<w:tr>{mark}{inner}</w:tr>"


def _line(
    words: str, *, bold: bool = False, italic: bool = False, size: int = 26, align: str = "left"
) -> str:
    font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    look = f'{font}{"<w:b/>" if bold else ""}{"<w:i/>" if italic else ""}<w:sz w:val="{size}"/>'
    shown = escape("".join(c for c in words if c == "\t" or ord(c) >= 32))
    return (
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{shown}</w:t></w:r></w:p>'
    )


def attachment(content: bytes, mimetype: str, name: str) -> Response:
    """Tệp tải về; ``name`` is written without marks, so that every browser keeps it."""
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
