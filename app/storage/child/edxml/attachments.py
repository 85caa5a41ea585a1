"""Tệp đính kèm trong gói tin: decoded, taken out of the archive of one it was wrapped in, and named by what it really is."""

from __future__ import annotations

import codecs
import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from app.core import limits
from app.storage.child import office
from app.storage.child.archive import Archive, Budget
from app.storage.child.edxml.carriers import unbase64
from app.storage.child.edxml.notes import Notes
from app.storage.child.findings import RefusedError
from app.storage.child.source import Source

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpeg", "image/jpeg"),
    (b"II*\x00", "tiff", "image/tiff"),
    (b"MM\x00*", "tiff", "image/tiff"),
    (b"GIF8", "gif", "image/gif"),
    (b"{\\rtf", "rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "rar", "application/vnd.rar"),
    (b"\x1f\x8b", "gzip", "application/gzip"),
    (b"\x7fELF", "program", "application/octet-stream"),
    (b"MZ", "program", "application/octet-stream"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc", "application/msword"), ("Workbook", "xls", "application/vnd.ms-excel"),
                ("Book", "xls", "application/vnd.ms-excel"), ("PowerPoint Document", "ppt", "application/vnd.ms-powerpoint"))  # fmt: skip
_OFFICE_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_SAME_ENDING = {"jpeg": "jpg", "tiff": "tif", "htm": "html"}
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})$")
_DATA_ADDRESS = re.compile(rb"^\s*data:[^,]{0,200};base64,", re.IGNORECASE)
_LOCAL = struct.Struct("<4s5H3L2H")
_TOLERABLE = frozenset({"broken", "password", "other_archive", "macro"})  # stays an archive nobody opened


@dataclass
class Attachment:
    """Một tệp đính kèm đã giải mã."""

    content_id: str
    name: str
    description: str
    declared_type: str
    data: bytes
    packed_size: int | None = None
    packed_sha256: str = ""
    entry: str = ""

    def as_value(self) -> dict[str, Any]:
        """Giá trị gửi đi, without the content."""
        kind, media = real_type(self.data)
        value: dict[str, Any] = {
            "content_id": self.content_id, "name": self.name, "description": self.description,
            "declared_type": self.declared_type, "type": kind, "media_type": media,
            "size": len(self.data), "sha256": hashlib.sha256(self.data).hexdigest(),
        }  # fmt: skip
        if self.packed_size is not None:
            value["packed"] = {
                "type": "zip",
                "entry": self.entry,
                "size": self.packed_size,
                "sha256": self.packed_sha256,
            }
        return value


def decoded(text: bytearray, name: str, notes: Notes) -> bytes:
    """Nội dung tệp từ base64.

    :raises RefusedError: it is not base64.
    """
    lead = _DATA_ADDRESS.match(text[:300])
    if lead:
        del text[: lead.end()]
        notes.add("base64_address", name)
    stripped = text.strip()
    if any(byte in stripped for byte in (b"\n", b"\r", b" ", b"\t")):
        notes.add("base64_lines", name)
    if stripped and len(stripped.translate(None, b" \t\r\n")) % 4:
        notes.add("base64_padding", name)
    return unbase64(stripped)


def unwrap(item: Attachment, notes: Notes, budget: Budget) -> None:
    """Lấy tệp ra khỏi tệp nén một thành phần: once only, and never out of what is meant to be an archive."""
    if not item.data.startswith(b"PK\x03\x04"):
        if (
            item.declared_type.lower().startswith("application/zip")
            and ending_of(item.name) != "zip"
            and item.data
        ):
            notes.add("declared_zip", item.name)
        return
    try:
        archive = Archive(Source.of_bytes(item.data), budget)
        if office.kind_of(archive) or "[Content_Types].xml" in archive or "mimetype" in archive:
            return
        names = archive.names
        if ending_of(item.name) == "zip":
            return
        if len(names) != 1:
            notes.add("zip_of_many", item.name)
            return
        content = archive.read(names[0], limits.FILE_BYTES)
    except RefusedError as problem:
        if problem.code not in _TOLERABLE:
            raise
        salvaged = _first_entry(item.data) if problem.code == "broken" else None
        if salvaged is None:
            notes.add("zip_kept", item.name)
            return
        notes.add("zip_table_broken", item.name)
        names, content = [salvaged[0]], salvaged[1]
    if not item.declared_type.lower().startswith(
        ("application/zip", "application/x-zip", "application/octet-stream")
    ):
        notes.add("zip_undeclared", f"{item.name}: {item.declared_type or 'không khai'}")
    if item.name and ending_of(names[0]) != ending_of(item.name):
        notes.add("entry_ending", f"{item.name}: .{ending_of(names[0])}")
    item.packed_size, item.packed_sha256 = len(item.data), hashlib.sha256(item.data).hexdigest()
    item.entry = names[0][-200:]
    item.name = item.name or names[0].rsplit("/", 1)[-1]
    item.data = content


def _first_entry(data: bytes) -> tuple[str, bytes] | None:
    """The only entry of an archive whose table at the end is cut: read from its own head, as streaming readers do."""
    if len(data) < _LOCAL.size:
        return None
    _mark, _v, flags, method, _t, _d, crc, _size, _full, name_length, extra = _LOCAL.unpack_from(data)
    start = _LOCAL.size + name_length + extra
    name = data[_LOCAL.size : _LOCAL.size + name_length].decode("utf-8", "replace")
    if method != 8 or flags & 0x41 or start >= len(data):
        return None
    reader = zlib.decompressobj(wbits=-15)
    try:
        content = reader.decompress(data[start:], min(limits.FILE_BYTES, limits.ARCHIVE_RATIO * len(data)))
    except zlib.error:
        return None
    rest = reader.unused_data
    if flags & 0x08:
        rest = rest.removeprefix(b"PK\x07\x08")
        crc, rest = int.from_bytes(rest[:4], "little"), rest[12:]
    is_alone = rest.count(b"PK\x01\x02") == 1 and b"PK\x03\x04" not in rest
    return (name, content) if reader.eof and is_alone and zlib.crc32(content) == crc else None


def ending_of(name: str) -> str:
    """Đuôi tên tệp, one spelling of each."""
    found = _ENDING.search(name.strip())
    ending = found.group(1).lower() if found else ""
    return _SAME_ENDING.get(ending, ending)


def real_type(data: bytes) -> tuple[str, str]:
    """Loại thật theo nội dung: a short name and a media type."""
    head = data[:4_096]
    if not data:
        return "empty", "application/x-empty"
    if b"%PDF-" in head[:1_024]:
        return "pdf", "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(data)
    if head.startswith(_OLE):
        return next(
            ((kind, media) for stream, kind, media in _OLE_STREAMS if stream.encode("utf-16-le") in data),
            ("ole", "application/x-ole-storage"),
        )
    for magic, kind, media in _MAGIC:
        if head.startswith(magic):
            return kind, media
    if head.startswith(b"PK\x05\x06"):
        return "zip", "application/zip"
    return _text_type(data, head)


def _zip_type(data: bytes) -> tuple[str, str]:
    try:
        archive = Archive(Source.of_bytes(data), Budget())
        kind = office.kind_of(archive)
        if kind:
            return kind, _OFFICE_TYPES[kind]
        if "mimetype" in archive:
            media = archive.first("mimetype", 100).decode("ascii", "replace").strip()
            return {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}.get(
                media.rpartition(".")[2], "zip"
            ), media
    except RefusedError:
        pass
    return "zip", "application/zip"


def _text_type(data: bytes, head: bytes) -> tuple[str, str]:
    lead = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if lead.startswith((b"<!doctype html", b"<html")):
        return "html", "text/html"
    if b"edxml" in lead and lead.startswith(b"<"):
        return "edxml", "application/xml"
    if lead.startswith(b"<svg") or (lead.startswith(b"<?xml") and b"<svg" in lead):
        return "svg", "image/svg+xml"
    if lead.startswith((b"<?xml", b"<")):
        return "xml", "application/xml"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary", "application/octet-stream"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data[:65_536], final=len(data) <= 65_536)
    except UnicodeDecodeError:
        return (
            ("text", "text/plain")
            if head.startswith((b"\xff\xfe", b"\xfe\xff"))
            else ("binary", "application/octet-stream")
        )
    return "text", "text/plain"
