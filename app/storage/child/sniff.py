"""Nhận loại tệp theo nội dung: the first bytes decide, never the name."""

from __future__ import annotations

from app.storage.child.findings import RefusedError
from app.storage.child.source import Source

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "program"),  # Windows shortcut
    (b"{\\rtf", "old_office"),
    (b"GIF8", "other_image"),
    (b"BM", "other_image"),
    (b"II+\x00", "other_image"),
    (b"7z\xbc\xaf\x27\x1c", "other_archive"),
    (b"Rar!\x1a\x07", "other_archive"),
    (b"\x1f\x8b", "other_archive"),
    (b"BZh", "other_archive"),
    (b"\xfd7zXZ\x00", "other_archive"),
)
_MARKS = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"


def sniff(source: Source) -> str:
    """Loại tệp: a kind, or "zip" for every container, or "text" for everything that is not binary.

    :raises RefusedError: a kind the office does not take.
    """
    head = source.first(4_096)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_CFB):
        raise RefusedError("password" if _is_encrypted_office(source) else "old_office")
    for magic, family in _FOREIGN:
        if head.startswith(magic) and (family != "other_image" or b"\x00" in head):
            raise RefusedError(family)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise RefusedError("other_image")
    if head[4:8] == b"ftyp":
        raise RefusedError(
            "other_image" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif") else "unknown_type"
        )
    if _is_markup(head):
        raise RefusedError("markup")
    if b"\x00" in head and not head.startswith(_MARKS):
        raise RefusedError("unknown_type")
    return "text"


def _is_encrypted_office(source: Source) -> bool:
    """A password-protected DOCX or XLSX is an OLE container with these streams instead of a ZIP."""
    buffer = source.buffer()
    return (
        buffer.find("EncryptedPackage".encode("utf-16-le")) >= 0
        and buffer.find("EncryptionInfo".encode("utf-16-le")) >= 0
    )


def _is_markup(head: bytes) -> bool:
    """HTML, SVG, XML: programs for a browser."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    text = head.replace(b"\x00", b"").lstrip().lower()
    return text.startswith(
        (b"<!", b"<?", b"<html", b"<svg", b"<script", b"<head", b"<body", b"<iframe", b"<img", b"<a ", b"<x")
    )
