"""PDF: opened by PDFium; streams and active parts are looked for in the raw bytes, which no parser can hide."""

from __future__ import annotations

import ctypes
import mmap
import re
import time
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from app.core import limits
from app.storage.child import picture
from app.storage.child.findings import Findings, RefusedError
from app.storage.child.source import Source

_TAIL = 4_096
_STREAM = re.compile(rb">>[\s\x00]*stream[ \t]*(?:\r\n|\n|\r)")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_STREAM_BYTES = (
    256 * limits.MB
)  # one stream unpacked; a white A0 sheet at 300 dpi in colour is 417 MB and is refused
_ALL_STREAMS_BYTES = 1024 * limits.MB
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = {
    "javascript": re.compile(rb"/(?:JS|JavaScript)\b"),
    "launch": re.compile(rb"/Launch\b"),
    "embedded_files": re.compile(rb"/EmbeddedFiles?\b"),
    "xfa": re.compile(rb"/XFA\b"),
    "optional_content": re.compile(rb"/OCProperties\b"),
    "external": re.compile(rb"/(?:GoToR|SubmitForm|ImportData|URI)\b"),
    "open_action": re.compile(rb"/(?:OpenAction|AA)\b"),
}
_HEAD_SHARE = 0.5  # marks of state secrets stand in the upper half of the page
_HEAD_CHARS = 6_000
_MOST_PIXELS = 16_000_000


def open_document(source: Source) -> pypdfium2.PdfDocument:
    """Mở PDF.

    :raises RefusedError: password, or not readable.
    """
    buffer = source.buffer()
    data: Any = buffer
    if isinstance(buffer, mmap.mmap):
        data = (ctypes.c_char * len(buffer)).from_buffer(buffer)
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        code = getattr(problem, "err_code", None)
        raise RefusedError(
            "password" if code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY) else "broken"
        ) from problem


def inspect(source: Source, found: Findings) -> None:
    """Kiểm tra PDF: shape, bombs, password, pages; the head of the first page and what is active inside."""
    buffer = source.buffer()
    if buffer.rfind(b"%%EOF", max(0, source.size - _TAIL)) < 0:
        raise RefusedError("broken")
    tables = _check_streams(buffer, source.size)
    document = open_document(source)
    found.pages = len(document)
    if found.pages > limits.PDF_PAGES:
        raise RefusedError("too_many_pages", str(limits.PDF_PAGES))
    try:
        first = document[0]
        document[found.pages - 1].close()
    except pypdfium2.PdfiumError as problem:
        raise RefusedError("broken") from problem
    for line in _head_lines(first):
        found.see(line)
    found.facts |= _facts(document, buffer, tables)


def _check_streams(buffer: bytes | mmap.mmap, size: int) -> bytes:
    """Unpack every Flate stream into nothing, counting; image sizes are read from the dictionaries.

    :returns: the packed object tables, unpacked: what is hidden in them can be looked for.
    """
    total, tables = 0, bytearray()
    for match in _STREAM.finditer(buffer):
        start = buffer.rfind(b"<<", max(0, match.start() - 2_000), match.start())
        # dictionaries nest ("/DecodeParms << … >>"): begin at the object, not at the innermost bracket
        start = max(buffer.rfind(b" obj", max(0, match.start() - 2_000), match.start()), 0) or start
        head = _unescaped(bytes(buffer[start : match.start()]))
        _check_image(head)
        layers = len(_FLATE.findall(head))
        if not layers:
            continue
        keep = tables if b"/ObjStm" in head and len(tables) < 32 * limits.MB else None
        total += _unpacked_size(buffer, match.end(), size, min(layers, 4), keep)
        if total > _ALL_STREAMS_BYTES:
            raise RefusedError("bomb")
        if time.process_time() > 0.8 * limits.JAIL_CPU_SECONDS:
            raise RefusedError("too_complex")
    return bytes(tables)


def _unpacked_size(
    buffer: bytes | mmap.mmap, start: int, size: int, layers: int, keep: bytearray | None
) -> int:
    """Length of a stream packed ``layers`` times over, never holding more than a piece of it."""
    inflaters = [zlib.decompressobj() for _ in range(layers)]
    total = 0
    for at in range(start, size, 64 * 1024):
        pieces = [bytes(buffer[at : at + 64 * 1024])]
        try:
            for piece in _through(inflaters, pieces):
                total += len(piece)
                if keep is not None:
                    keep += piece
                if total > _STREAM_BYTES:
                    raise RefusedError("bomb")
        except zlib.error:
            break  # encrypted or broken: the reader will not get further either
        if inflaters[0].eof:
            break
    return total


def _through(inflaters: list[Any], pieces: list[bytes]) -> Any:
    """Pieces of at most a megabyte through one inflater after the other."""
    if not inflaters:
        yield from pieces
        return
    for piece in pieces:
        rest = piece
        while rest and not inflaters[0].eof:
            out = inflaters[0].decompress(rest, 1024 * 1024)
            rest = inflaters[0].unconsumed_tail
            yield from _through(inflaters[1:], [out])


def _check_image(head: bytes) -> None:
    width = re.search(rb"/Width\s+(\d{1,9})\b(?!\s+\d+\s+R)", head)
    height = re.search(rb"/Height\s+(\d{1,9})\b(?!\s+\d+\s+R)", head)
    if width and height and int(width[1]) * int(height[1]) > 2 * limits.IMAGE_PIXELS:
        raise RefusedError("pixels")


def _unescaped(data: bytes) -> bytes:
    """Names may be written in hexadecimal: ``/J#61vaScript``."""
    return _NAME_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), data) if b"#" in data else data


def _facts(document: pypdfium2.PdfDocument, buffer: bytes | mmap.mmap, tables: bytes) -> dict[str, Any]:
    """What signing and viewing want to know; names are looked for everywhere, so it rather says too much."""
    revision = c.FPDF_GetSecurityHandlerRevision(document)
    names = _unescaped(tables)
    active = sorted(
        name for name, pattern in _ACTIVE.items() if pattern.search(buffer) or pattern.search(names)
    )
    return {
        "is_restricted": revision != -1,  # opens without a password, yet its writer forbade changes
        "signatures": max(0, c.FPDF_GetSignatureCount(document)),
        "attachments": max(0, c.FPDFDoc_GetAttachmentCount(document)),
        "has_form": document.get_formtype() != c.FORMTYPE_NONE,
        "revisions": min(1_000, sum(1 for _ in re.finditer(rb"%%EOF", buffer))),
        "active": active,
    }


def _head_lines(page: pypdfium2.PdfPage) -> list[str]:
    """The upper half of the page piece by piece, then notes stuck on it.

    A stamp may stand beside the number in the same row, where the reader would make one line of both: so a wide gap
    ends a piece as a new row does.
    """
    text = page.get_textpage()
    _left, bottom, _right, top = page.get_bbox()
    middle = bottom + (top - bottom) * (1 - _HEAD_SHARE) if page.get_rotation() == 0 else float("-inf")
    pieces, piece, before = [], "", None
    for character, box in _characters(text, min(text.count_chars(), _HEAD_CHARS)):
        if character in "\r\n":
            before = None
        elif box is None:
            piece += character
        else:
            if before is None or _is_apart(before, box):
                pieces.append(piece)
                piece = ""
            before = box
            piece += character if box.top >= middle else ""
    pieces.append(piece)
    return [piece.strip() for piece in pieces if piece.strip()] + _notes(page)


class _Box(NamedTuple):
    left: float
    right: float
    bottom: float
    top: float


def _characters(text: pypdfium2.PdfTextPage, count: int) -> Iterator[tuple[str, _Box | None]]:
    """Characters with their boxes; none for blanks."""
    box = c.FS_RECTF()
    for index in range(count):
        character = chr(c.FPDFText_GetUnicode(text, index))
        if character.isspace() or not c.FPDFText_GetLooseCharBox(text, index, box):
            yield character, None
        else:
            yield character, _Box(box.left, box.right, box.bottom, box.top)


def _is_apart(before: _Box, box: _Box) -> bool:
    height = max(before.top - before.bottom, box.top - box.bottom, 1)
    other_row = min(before.top, box.top) - max(before.bottom, box.bottom) < -0.2 * height
    return other_row or not -2 * height < box.left - before.right < 1.5 * height


def _notes(page: pypdfium2.PdfPage) -> list[str]:
    """Text of stamps and notes laid over the page."""
    notes = []
    for index in range(min(c.FPDFPage_GetAnnotCount(page), 200)):
        note = c.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        for key in (b"Contents", b"Subj", b"Name", b"V"):
            length = c.FPDFAnnot_GetStringValue(note, key, None, 0)
            if 2 < length < 4_000:
                raw = (ctypes.c_ushort * (length // 2 + 1))()
                c.FPDFAnnot_GetStringValue(note, key, raw, length)
                notes += bytes(raw)[:length].decode("utf-16-le", "replace").rstrip("\x00").splitlines()
        c.FPDFPage_CloseAnnot(note)
    return notes


def text(source: Source, chars: int, first: int) -> tuple[str, bool, int | None]:
    """Nội dung chữ từ trang ``first``; stops before its processor time does.

    :returns: the text, whether it was cut for length, and the page to go on from.
    """
    document = open_document(source)
    parts: list[str] = []
    for number in range(first, len(document) + 1):
        if parts and time.process_time() > 0.5 * limits.JAIL_CPU_SECONDS:
            return "\f".join(parts), False, number
        try:
            with_text = document[number - 1].get_textpage()
        except pypdfium2.PdfiumError:
            parts.append("")
            continue
        content = with_text.get_text_bounded()
        with_text.close()
        if len(content) > chars:
            return "\f".join([*parts, content[:chars]]), True, None
        chars -= len(content) + 1
        parts.append(content)
    return "\f".join(parts), False, None


def page(source: Source, number: int, dpi: int) -> bytes | None:
    """Ảnh trang, WebP; ``None`` past the last page."""
    document = open_document(source)
    document.init_forms()
    if number > len(document):
        return None
    sheet = document[number - 1]
    width, height = sheet.get_size()
    scale = min(dpi / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = sheet.render(scale=scale, rev_byteorder=True)
    return picture.encoded(bitmap.to_pil().convert("RGB"))
