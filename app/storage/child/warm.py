"""Làm nóng: each parser runs once on a sample, so that whatever it imports late is there before the file system is given up."""

from __future__ import annotations

import codecs
import io
import tempfile
import zipfile

import pypdfium2
from PIL import Image

from app.storage.child import tasks

# fields and encodings a document may name; looked up by the codec registry from files
_ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "cp437",
    "cp1252",
    "cp1258",
    "latin-1",
    "ascii",
    "unicode_escape",
)

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def up() -> None:
    """Chạy thử mọi việc trên tệp mẫu."""
    for name in _ENCODINGS:
        codecs.lookup(name)
    for sample in (
        _pdf(),
        _docx(),
        _image("PNG"),
        _image("JPEG"),
        _image("TIFF"),
        b"Xin ch\xc3\xa0o",
        b"%PDF-1.4 %%EOF",
        b"PK\x05\x06",
    ):
        _through_all(sample)
    _packages()


def _through_all(sample: bytes) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(sample)
        file.flush()
        value, _ = tasks.inspect(file.fileno())
        kind = value["kind"]
        if value["problems"]:
            return
        if kind in ("pdf", "docx", "text"):
            tasks.text(file.fileno(), kind=kind, chars=1_000)
        if kind == "docx":
            tasks.layout(file.fileno())
            tasks.repair(file.fileno(), edits=[])
        if kind in ("pdf", "png", "jpeg", "tiff"):
            tasks.pages(file.fileno(), kind=kind, first=1, last=1, dpi=30)


def _packages() -> None:
    """A package, bare and in a MIME message."""
    header = (
        "<edXML><edXMLHeader><MessageHeader><From/><Subject>A</Subject></MessageHeader></edXMLHeader></edXML>"
    )
    mime = f"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/xml; charset=utf-8\n\n{header}\n--b--\n"
    for sample in (header, mime):
        with tempfile.TemporaryFile() as file:
            file.write(sample.encode())
            file.flush()
            tasks.TASKS["edxml"](file.fileno())


def _pdf() -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200).close()
    document.save(out)
    return out.getvalue()


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types><Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>A</w:t></w:r></w:p></w:body></w:document>',
        )
    return out.getvalue()


def _image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, kind)
    return out.getvalue()
