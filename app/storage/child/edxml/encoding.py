"""Bảng mã của gói tin: the bytes decide, the declaration is only a hint. Out comes UTF-8 without a declaration."""

from __future__ import annotations

import codecs
import re

from app.storage.child.edxml.notes import Notes
from app.storage.child.findings import RefusedError

_DECLARATION = re.compile(rb"<\?xml\b[^<>]*>", re.IGNORECASE)
_NAMED = re.compile(rb"""encoding\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_CONTROL = bytes(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# what a producer may name and mean; anything else is not looked up from a stranger's text
_KNOWN = {
    "windows-1258": "cp1258", "cp1258": "cp1258", "windows-1252": "cp1252", "cp1252": "cp1252",
    "iso-8859-1": "latin-1", "latin-1": "latin-1", "latin1": "latin-1", "iso8859-1": "latin-1",
}  # fmt: skip
_CHUNK = 1024 * 1024
_MOST_BROKEN = 0.02  # of all bytes above ASCII: a letter cut here and there, not another encoding


def to_utf8(data: bytes, notes: Notes) -> bytes:
    """Gói tin thành UTF-8.

    :raises RefusedError: the bytes are in no encoding we know for sure.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            notes.add("bom")
            return _finished(_transcoded(data[len(mark) :], name, notes), name, notes)
    wide = _unmarked_wide(data)
    if wide:
        return _finished(_transcoded(data, wide, notes), wide, notes)
    declared = _declared(data)
    if _is_utf8(data):
        return _finished(data, "utf-8", notes)
    if declared in _KNOWN:
        notes.add("encoding_converted", declared)
        return _finished(_transcoded(data, _KNOWN[declared], notes), declared, notes)
    return _finished(_mended(data, notes), "utf-8", notes)


def _finished(data: bytes, found: str, notes: Notes) -> bytes:
    declared = _declared(data)
    same = {found, found[:6], *(("utf8", "us-ascii", "ascii") if found == "utf-8" else ())}
    if declared and declared not in same:
        notes.add("encoding_declared", f"{declared} ≠ {found}")
    clean = data.translate(None, _CONTROL)
    if len(clean) != len(data):
        notes.add("control_characters")
    return clean


def _declared(data: bytes) -> str:
    head = data[:2_000]
    found = _DECLARATION.search(head)
    named = _NAMED.search(found.group()) if found else None
    return named.group(1).decode("ascii").lower() if named else ""


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_wide(data: bytes) -> str:
    head = data[:4]
    if head[:1] == b"<" and head[1:2] == b"\x00":
        return "utf-16-le"
    if head[:1] == b"\x00" and head[1:2] == b"<":
        return "utf-16-be"
    return ""


def _transcoded(data: bytes, name: str, notes: Notes) -> bytes:
    if name == "utf-8":
        return data if _is_utf8(data) else _mended(data, notes)
    decoder = codecs.getincrementaldecoder(name)("replace" if name.startswith("cp") else "strict")
    out = bytearray()
    try:
        for start in range(0, len(data), _CHUNK):
            out += decoder.decode(data[start : start + _CHUNK]).encode("utf-8")
        out += decoder.decode(b"", final=True).encode("utf-8")
    except UnicodeError as problem:
        raise RefusedError("encoding") from problem
    return bytes(out)


def _mended(data: bytes, notes: Notes) -> bytes:
    """A few broken letters become U+FFFD; more of them mean another encoding, and guessing would falsify names."""
    high = sum(
        len(data[i : i + _CHUNK]) - len(data[i : i + _CHUNK].translate(None, _HIGH))
        for i in range(0, len(data), _CHUNK)
    )
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if broken > max(3, high * _MOST_BROKEN):
        raise RefusedError("encoding")
    notes.add("broken_characters", str(broken))
    return mended.encode("utf-8")


_HIGH = bytes(range(0x80, 0x100))
