"""Tệp mẫu: real files made by real libraries, and hostile ones made from them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache

import docx
import openpyxl
import pypdf
import typst
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_LETTER = """#set page(paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 1.5cm))
#set text(size: 13pt, lang: "vi")
#grid(columns: (1fr, 1.4fr), align: center, row-gutter: 6pt,
  [UBND THÀNH PHỐ \\ *SỞ NỘI VỤ*],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*],
  [Số: 12/SNV-VP], [_Đà Nẵng, ngày 02 tháng 3 năm 2026_],
  [%s], [])
#v(8pt)
#align(center)[*Kính gửi:* Các sở, ban, ngành thành phố]
%s
"""
_BODY = "Thực hiện chỉ đạo của Ủy ban nhân dân thành phố về phòng, chống bão, Sở Nội vụ đề nghị các đơn vị báo cáo. "


@cache
def letter(*, under_number: str = "V/v phòng, chống bão số 3", body: str = _BODY * 40) -> bytes:
    """Công văn PDF, two pages; made once, because the maker writes the hour into it."""
    return typst.compile((_LETTER % (under_number, body)).encode(), pdf_standards=["a-2b"])


def pdf_with(change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    """A letter changed by pypdf."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(letter(body=_BODY)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_pdf(password: str = "bi-mat", *, for_owner_only: bool = False) -> bytes:
    return pdf_with(lambda w: w.encrypt("" if for_owner_only else password, password, algorithm="AES-256"))


def active_pdf() -> bytes:
    def change(writer: pypdf.PdfWriter) -> None:
        writer.add_attachment("tool.exe", b"MZ\x90\x00")
        script = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
        launch = {
            NameObject("/S"): NameObject("/Launch"),
            NameObject("/F"): TextStringObject("cmd.exe"),
            NameObject("/Next"): DictionaryObject(script),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(launch)

    return pdf_with(change)


def raw_pdf(objects: dict[int, bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF written by hand, with a right cross-reference table."""
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    return bytes(out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))


def stream(head: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def page_of(content: bytes, *, more: bytes = b"", objects: dict[int, bytes] | None = None) -> bytes:
    return raw_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % more,
            4: content,
            **(objects or {}),
        }
    )


def zeros(size: int) -> bytes:
    """``size`` zero bytes, packed, without ever holding them."""
    packer = zlib.compressobj(9)
    block = bytes(1024 * 1024)
    return b"".join([packer.compress(block) for _ in range(size // len(block))]) + packer.flush()


def letter_docx(
    lines: Iterable[str] = ("UBND THÀNH PHỐ", "Số: 12/SNV-VP", "Kính gửi: Các sở, ban, ngành", _BODY),
) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table_docx(*cells: str) -> bytes:
    document = docx.Document()
    table = document.add_table(1, len(cells))
    for index, text in enumerate(cells):
        table.cell(0, index).text = text
    document.add_paragraph("Kính gửi: Các sở")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(rows: Iterable[Iterable[object]] = (("STT", "Tên đơn vị"), (1, "Sở Nội vụ"))) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def archive(members: dict[str, bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return out.getvalue()


def changed_docx(
    *,
    add: dict[str, str | bytes] | None = None,
    body: str | None = None,
    replace: dict[str, tuple[str, str]] | None = None,
    base: bytes | None = None,
) -> bytes:
    """A DOCX with parts added, its body replaced, or text replaced inside parts."""
    source, out = zipfile.ZipFile(io.BytesIO(base or letter_docx())), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml" and body is not None:
                data = (
                    f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'.encode()
                )
            if replace and name in replace:
                old, new = replace[name]
                assert old.encode() in data, (name, old)
                data = data.replace(old.encode(), new.encode())
            target.writestr(name, data)
        for name, data in (add or {}).items():
            target.writestr(name, data)
    return out.getvalue()


def relation(kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def bare_zip(entries: list[tuple[bytes, bytes, int, int]], *, method: int = 8) -> bytes:
    """A ZIP written by hand: ``(name, packed data, declared size, external attributes)``."""
    out, table = bytearray(), bytearray()
    for name, data, size, attributes in entries:
        offset = len(out)
        common = struct.pack("<5H3L2H", 20, 0, method, 0, 33, 0, len(data), size, len(name), 0)
        out += b"PK\x03\x04" + common + name + data
        table += (
            b"PK\x01\x02"
            + struct.pack("<H", 0x0314)
            + common
            + struct.pack("<3H2L", 0, 0, 0, attributes, offset)
            + name
        )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(table), len(out), 0)
    return bytes(out + table + end)
