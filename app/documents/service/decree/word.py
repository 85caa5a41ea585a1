"""Dựng DOCX sửa được bằng python-docx: what a careful specialist would have written in Word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from app.documents.service.decree.letter import Letter, pieces_of
from app.documents.service.decree.pdf import annex_note

if TYPE_CHECKING:
    from docx.document import Document as DocumentObject
    from docx.text.paragraph import Paragraph

_FONT: Final = "Times New Roman"
# Millimetres: the two columns of head and foot, and the padding of a cell.
_LEFT: Final = 64
_RIGHT: Final = 101
_CELL_PADDING: Final = 4


def docx(letter: Letter) -> bytes:
    """Văn bản dạng DOCX, đủ thể thức."""
    return _Writer(letter).write()


class _Writer:
    """One document; python-docx is imported here only, for it weighs 10 MB."""

    def __init__(self, letter: Letter) -> None:
        import docx

        self.letter = letter
        self.document: DocumentObject = docx.Document()

    def write(self) -> bytes:
        self._page()
        self._head()
        self._title()
        self._text()
        self._foot()
        self._annex()
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _page(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        _page_number(section.header.paragraphs[0])
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        core = self.document.core_properties
        core.title, core.author, core.language, core.comments = (
            self.letter.subject[:250],
            " ".join(self.letter.issuer),
            "vi-VN",
            "",
        )

    def _columns(self) -> tuple[Any, Any]:
        from docx.shared import Mm

        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        for column, width in zip(table.columns, (_LEFT, _RIGHT), strict=True):
            column.width = column.cells[0].width = Mm(width)
        return table.rows[0].cells[0], table.rows[0].cells[1]

    def _head(self) -> None:
        letter = self.letter
        left, right = self._columns()
        for line in letter.parent:
            self._line(left, line.upper(), 12)
        for line in letter.issuer:
            self._line(left, line.upper(), 12, bold=True)
        self._rule(left, _LEFT, 22)
        self._line(left, letter.reference_line, 13, before=6)
        if letter.is_plain and letter.abstract:
            self._line(left, letter.abstract, 12)
        if letter.urgency:
            self._line(left, letter.urgency.upper(), 13, bold=True, before=6)
        self._line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12.5, bold=True)
        self._line(right, "Độc lập - Tự do - Hạnh phúc", 13.5, bold=True)
        self._rule(right, _RIGHT, 56)
        self._line(right, letter.date_line, 13, before=6, italic=True)

    def _title(self) -> None:
        from docx.shared import Cm

        letter = self.letter
        if letter.heading:
            self._line(self.document, letter.heading, 14, bold=True, before=14)
            if letter.abstract:
                self._line(self.document, letter.abstract, 14, bold=True)
                self._rule(self.document, _LEFT + _RIGHT, 28)
        lines = letter.addressee_lines
        if len(lines) == 1:
            self._line(self.document, lines[0], 14, before=12)
        for number, line in enumerate(lines if len(lines) > 1 else ()):
            paragraph = self._line(self.document, line, 14, before=12 if number == 0 else 0, centred=False)
            paragraph.paragraph_format.left_indent = Cm(3 if number == 0 else 5)
        if letter.decider:
            self._line(self.document, letter.decider.upper(), 14, bold=True, before=12)

    def _text(self) -> None:
        letter = self.letter
        self._gap(8)
        if letter.wire_to:
            paragraph = self._body()
            paragraph.add_run(letter.wire_to.upper()).bold = True
            paragraph.add_run(" điện:")
        for base in letter.base_lines:
            self._body().add_run(base).italic = True
        if letter.order_line:
            self._line(self.document, letter.order_line, 14, bold=True, before=6)
        self._prose(letter.paragraphs)

    def _prose(self, paragraphs: tuple[str, ...]) -> None:
        for text in paragraphs:
            bold, plain = pieces_of(text)
            paragraph = self._body()
            if bold:
                paragraph.add_run(bold).bold = True
            paragraph.add_run(plain)

    def _foot(self) -> None:
        letter = self.letter
        self._gap(10)
        left, right = self._columns()
        if letter.second_signer[0]:
            self._sign(left, (letter.second_signer[0],), letter.second_signer[1])
        else:
            self._receivers(left)
        self._sign(right, letter.authority, letter.signer)
        if letter.second_signer[0] and letter.recipients:
            self._receivers(self.document)

    def _sign(self, holder: Any, lines: tuple[str, ...], name: str) -> None:
        for line in lines:
            self._line(holder, line.upper(), 13.5, bold=True)
        self._line(holder, name, 14, bold=True, before=66)

    def _receivers(self, holder: Any) -> None:
        self._line(holder, "Nơi nhận:", 12, bold=True, italic=True, centred=False)
        for line in self.letter.recipient_lines:
            self._line(holder, line, 11, centred=False)

    def _annex(self) -> None:
        if not self.letter.annex:
            return
        heading = self._line(self.document, self.letter.annex[0].upper(), 14, bold=True)
        heading.paragraph_format.page_break_before = True
        self._line(self.document, annex_note(self.letter), 14, italic=True)
        self._rule(self.document, _LEFT + _RIGHT, 28)
        self._prose(self.letter.annex[1:])

    def _gap(self, height: float) -> None:
        from docx.shared import Pt

        self.document.add_paragraph().paragraph_format.line_spacing = Pt(height)

    def _line(
        self,
        holder: Any,
        text: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        before: float = 0,
        centred: bool = True,
    ) -> Paragraph:
        """One line; the empty paragraph every cell begins with is used first."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        first = holder.paragraphs[0] if hasattr(holder, "_tc") and not holder.paragraphs[0].runs else None
        paragraph: Paragraph = first or holder.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_before = Pt(before)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        return paragraph

    def _body(self) -> Paragraph:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt

        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.alignment, form.first_line_indent, form.space_before = (
            WD_ALIGN_PARAGRAPH.JUSTIFY,
            Cm(1.27),
            Pt(6),
        )
        return paragraph

    def _rule(self, holder: Any, width: int, length: int) -> None:
        """Nét kẻ dưới dòng: an empty paragraph with a bottom border, indented to the length wanted (millimetres)."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        paragraph = holder.add_paragraph()
        border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            bottom.set(qn(f"w:{name}"), value)
        border.append(bottom)
        # First of the properties: the schema wants borders before spacing and indents.
        paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - python-docx has no borders of its own
        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = Mm((width - _CELL_PADDING - length) / 2)
        form.line_spacing = Pt(3)


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)  # noqa: SLF001
