"""Dựng DOCX bằng python-docx: the file a specialist would have written."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from app.demo.data.body.letter import Letter, split_lead

if TYPE_CHECKING:
    from docx.document import Document as DocumentObject
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_FONT: Final = "Times New Roman"
# Millimetres: the two columns of head and foot, and the padding of a cell.
_LEFT: Final = 64
_RIGHT: Final = 101
_CELL_PADDING: Final = 4
_RED: Final = RGBColor(0xC0, 0x00, 0x00)
_EPOCH: Final = datetime(2025, 7, 1, 8, tzinfo=UTC)

_CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER


def docx(letter: Letter) -> bytes:
    """Văn bản dạng DOCX, đủ thể thức, cùng dữ liệu cho cùng kết quả."""
    document = Document()
    _page(document, letter)
    _header(document, letter)
    _title(document, letter)
    _text(document, letter)
    _foot(document, letter)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer)


def _page(document: DocumentObject, letter: Letter) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)
    core = document.core_properties
    core.title, core.author, core.language = letter.subject, " ".join(letter.issuer), "vi-VN"
    core.created = core.modified = datetime.combine(letter.day, time(8), UTC) if letter.day else _EPOCH


def _header(document: DocumentObject, letter: Letter) -> None:
    left, right = _two_columns(document)
    for line in letter.parent:
        _line(left, line.upper(), 12)
    for line in letter.issuer:
        _line(left, line.upper(), 12, bold=True)
    _rule(left, _LEFT, 22)
    _line(left, letter.reference_line, 13, before=6)
    if letter.is_plain_letter:
        _line(left, letter.short_subject, 12)
    if letter.urgency:
        _line(left, letter.urgency.upper(), 13, bold=True, before=6).runs[0].font.color.rgb = _RED
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12.5, bold=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", 13.5, bold=True)
    _rule(right, _RIGHT, 56)
    _line(right, letter.date_line, 13, before=6, italic=True)


def _title(document: DocumentObject, letter: Letter) -> None:
    if not letter.is_plain_letter:
        _line(document, letter.type_name.upper(), 14, bold=True, before=14)
        _line(document, letter.subject_lead, 14, bold=True)
        _rule(document, _LEFT + _RIGHT, 28)
    if len(letter.addressees) == 1:
        _line(document, f"Kính gửi: {letter.addressees[0]}", 14, before=12)
    elif letter.addressees:
        _line(document, "Kính gửi:", 14, before=12).paragraph_format.right_indent = Cm(7)
        for addressee in letter.addressees:
            paragraph = document.add_paragraph(f"- {addressee}")
            paragraph.paragraph_format.left_indent = Cm(6)
    if letter.decider:
        _line(document, letter.decider.upper(), 14, bold=True, before=12)


def _text(document: DocumentObject, letter: Letter) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(8)
    for base in letter.bases:
        _body(document).add_run(base).italic = True
    if letter.bases:
        _line(document, "QUYẾT ĐỊNH:", 14, bold=True, before=6)
    for text in letter.paragraphs:
        head, rest = split_lead(text)
        paragraph = _body(document)
        if head:
            paragraph.add_run(head).bold = True
        paragraph.add_run(rest)


def _foot(document: DocumentObject, letter: Letter) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(10)
    left, right = _two_columns(document)
    heading = _line(left, "Nơi nhận:", 12, bold=True, italic=True)
    heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for recipient in letter.recipients:
        _line(left, f"- {recipient}", 11).alignment = WD_ALIGN_PARAGRAPH.LEFT
    for line in (*letter.authority, letter.signer_title):
        _line(right, line.upper(), 13.5, bold=True)
    _line(right, letter.signer_name, 14, bold=True, before=66)


def _two_columns(document: DocumentObject) -> tuple[_Cell, _Cell]:
    table: Table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (_LEFT, _RIGHT), strict=True):
        column.width = column.cells[0].width = Mm(width)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _line(
    holder: DocumentObject | _Cell,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
) -> Paragraph:
    """One centred line; the empty paragraph every cell begins with is used first."""
    first = holder.paragraphs[0] if hasattr(holder, "_tc") and not holder.paragraphs[0].runs else None
    paragraph = first or holder.add_paragraph()
    paragraph.alignment = _CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _body(document: DocumentObject) -> Paragraph:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form.first_line_indent = Cm(1.27)
    form.space_before = Pt(6)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return paragraph


def _rule(holder: DocumentObject | _Cell, width: int, length: int) -> None:
    """Nét kẻ dưới dòng: an empty paragraph with a bottom border, indented to the length wanted (millimetres)."""
    paragraph = holder.add_paragraph()
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    # First of the properties: the schema wants borders before spacing and indents.
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - python-docx has no borders of its own
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width - _CELL_PADDING - length) / 2)
    form.line_spacing = Pt(3)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = _CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)  # noqa: SLF001


def _without_clock(buffer: io.BytesIO) -> bytes:
    """The same archive with fixed entry times, so that one seed gives one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in made.infolist():
            fixed.writestr(
                zipfile.ZipInfo(entry.filename, (2025, 7, 1, 8, 0, 0)), made.read(entry), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
