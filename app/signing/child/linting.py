"""Soi tệp trước khi ký: only a plain file of one revision is signed, so that what is shown is all there is."""

from __future__ import annotations

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from app.signing.child import contents, structure


def open_plain(data: bytes) -> tuple[PdfFileReader | None, list[str]]:
    """Mở tệp sẽ ký; returns every objection."""
    if not data.startswith(b"%PDF-"):
        return None, ["not_pdf"]
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=True)
        if reader.security_handler is not None:
            return None, ["encrypted"]
        return reader, _objections(data, reader)
    except (PdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError):
        return None, ["broken"]


def _objections(data: bytes, reader: PdfFileReader) -> list[str]:
    found: list[str] = []
    if reader.xrefs.total_revisions > 1 and b"/Linearized" not in data[:2048]:
        found.append("revisions")
    if structure.byte_range_marks(data):
        found.append("signed_already")
    if reader.xrefs.hybrid_xrefs_present:
        found.append("hybrid")
    form = structure.plain(reader.root.get("/AcroForm"))
    if isinstance(form, generic.DictionaryObject) and structure.plain(form.get("/Fields")):
        found.append("form")
    try:
        found += contents.active(reader, seconds=8)
    except contents.TooComplexError:
        found.append("too_complex")
    if structure.hidden_objects(data, reader):
        found.append("hidden_objects")
    if not data.rstrip(b"\r\n\x00 ").endswith(b"%%EOF"):
        found.append("after_end")
    return found
