"""Vỏ bọc của gói tin: archives, MIME messages, base64, replies of services and plain junk around the XML, taken off one by one."""

from __future__ import annotations

import binascii
import email.errors
import email.parser
import json
import quopri
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from app.core import limits
from app.storage.child.archive import Archive, Budget
from app.storage.child.edxml.notes import Notes
from app.storage.child.findings import RefusedError
from app.storage.child.source import Source

_LAYERS = 4
_PARTS = 300
_HEADERS_BYTES = 16 * 1024
_JSON_BYTES = 32 * 1024 * 1024
_MIME_HEAD = re.compile(
    rb"^\s*(?:HTTP/\d|[A-Z]{3,7} \S+ HTTP/\d|(?:MIME-Version|Content-[A-Za-z-]+|Message-ID|From|To|Subject|Date)\s*:)",
    re.IGNORECASE,
)
_BOUNDARY_HEAD = re.compile(
    rb"^\s*--([^\r\n]{1,200})\r?\n(?:Content-[A-Za-z-]+|MIME-Version)\s*:", re.IGNORECASE
)
_BASE64_HEAD = re.compile(rb"^[A-Za-z0-9+/_=\s-]+$")
_START = re.compile(
    rb"<\?xml\b|<!(?:DOCTYPE|ENTITY)|<(?:[A-Za-z_][\w.-]*:)?(?:edxml\w*|edoc\w*|envelope|messageheader|package)\b",
    re.IGNORECASE,
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass
class Part:
    """Một phần đi cùng XML trong vỏ MIME hoặc tệp nén."""

    content_id: str
    name: str
    content_type: str
    data: bytes


@dataclass
class Peeled:
    """Phần XML và những phần đi cùng."""

    xml: bytes
    parts: list[Part] = field(default_factory=list)


def peel(data: bytes, notes: Notes, budget: Budget) -> Peeled:
    """Bóc vỏ cho đến phần XML.

    :raises RefusedError: nothing inside looks like XML.
    """
    parts: list[Part] = []
    for _ in range(_LAYERS):
        if data.startswith(b"PK\x03\x04"):
            data = _from_archive(data, parts, notes, budget)
        elif data.startswith(b"\x1f\x8b"):
            data = _from_gzip(data, notes)
        elif _BOUNDARY_HEAD.match(data[:2_000]) or _MIME_HEAD.match(data[:2_000]):
            data = _from_mime(data, parts, notes)
        elif data.lstrip()[:1] in (b"{", b"["):
            data = _from_json(data, notes)
        elif _is_base64(data):
            data = unbase64(data)
            notes.add("carrier_base64")
        else:
            break
    return Peeled(_from_first_tag(data, notes), parts)


def holds_package(data: bytes) -> bool:
    """Trông như gói tin: XML of our family, or a carrier of it."""
    head = data[:65_536]
    return bool(_START.search(head)) or head.startswith((b"PK\x03\x04", *_WIDE))


def embedded(text: str) -> bytes | None:
    """Gói tin nằm trong chữ của một phần tử: escaped XML, CDATA, or base64 of either."""
    lead = text.lstrip("\ufeff \t\r\n")[:400]
    if lead.startswith("<"):
        return text.encode("utf-8")
    raw = text[:4_000].encode("ascii", "replace")
    if len(text) > 80 and _BASE64_HEAD.match(raw):
        try:
            data = unbase64(text.encode("ascii"))
        except (RefusedError, UnicodeEncodeError):
            return None
        return data if holds_package(data) else None
    return None


def unbase64(data: bytes | bytearray) -> bytes:
    """Giải mã base64, with line breaks, without padding, in either alphabet."""
    clean = bytes(data).translate(_URL_SAFE, b" \t\r\n")
    clean = clean.rstrip(b"=")
    if len(clean) % 4 == 1:
        raise RefusedError("base64")
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    except binascii.Error as problem:
        raise RefusedError("base64") from problem


_URL_SAFE = bytes.maketrans(b"-_", b"+/")


def _from_first_tag(data: bytes, notes: Notes) -> bytes:
    if data.startswith(_WIDE):
        return data
    if data.startswith(_UTF8_MARK):
        notes.add("bom")
        data = data[len(_UTF8_MARK) :]
    found = _START.search(data[: 1024 * 1024])
    at = found.start() if found else data.find(b"<")
    if at < 0:
        raise RefusedError("empty" if not data.strip() else "not_xml", "không có thẻ nào")
    if data[:at].strip():
        notes.add("junk_before", str(at))
    elif at:
        notes.add("space_before")
    return data[at:]


def _is_base64(data: bytes) -> bool:
    head = data[:4_096]
    if len(head.strip()) < 40 or b"<" in head or not _BASE64_HEAD.match(head):
        return False
    try:
        first = unbase64(b"".join(head.split())[:2_000])
    except RefusedError:
        return False
    return first.lstrip(_UTF8_MARK).lstrip()[:1] == b"<" or first.startswith((b"PK\x03\x04", *_WIDE))


def _from_gzip(data: bytes, notes: Notes) -> bytes:
    notes.add("carrier_gzip")
    reader = zlib.decompressobj(wbits=31)
    try:
        out = reader.decompress(data, limits.PACKAGE_BYTES + 1)
    except zlib.error as problem:
        raise RefusedError("broken") from problem
    if len(out) > limits.PACKAGE_BYTES or len(out) > max(10 * limits.MB, limits.ARCHIVE_RATIO * len(data)):
        raise RefusedError("bomb")
    return out


def _from_archive(data: bytes, parts: list[Part], notes: Notes, budget: Budget) -> bytes:
    archive = Archive(Source.of_bytes(data), budget)
    names = archive.names
    if not names or len(names) > _PARTS:
        raise RefusedError("not_package")
    main = _main_entry(archive, names)
    notes.add("carrier_zip", main[-80:])
    parts.extend(
        Part("", name.rsplit("/", 1)[-1], "", archive.read(name, limits.FILE_BYTES))
        for name in names
        if name != main
    )
    return archive.read(main, limits.PACKAGE_BYTES)


def _main_entry(archive: Archive, names: list[str]) -> str:
    likely = sorted(
        names, key=lambda n: (not n.lower().endswith(".edxml"), not n.lower().endswith(".xml"), n)
    )
    for name in likely[:20]:
        head = archive.first(name, 65_536)
        if b"essageHeader" in head or b"essageheader" in head or head.startswith(_WIDE):
            return name
    for name in likely[:20]:
        if holds_package(archive.first(name, 65_536)):
            return name
    raise RefusedError("not_package")


def _from_mime(data: bytes, parts: list[Part], notes: Notes) -> bytes:
    """The XML part of a MIME message; the other parts go along under their Content-ID."""
    notes.add("carrier_mime")
    found = list(_mime_parts(data))
    main = next((p for p in found if b"essageHeader" in p.data[:1_000_000]), None) or next(
        (p for p in found if holds_package(p.data)), None
    )
    if main is None:
        raise RefusedError("not_package")
    parts.extend(p for p in found if p is not main and p.data)
    return main.data


def _mime_parts(data: bytes, depth: int = 0) -> Iterator[Part]:
    opening = _BOUNDARY_HEAD.match(data[:2_000])
    if opening:
        yield from _split(data, opening.group(1).strip(), depth)
        return
    headers, body = _headers(data)
    boundary = headers.get_boundary() if headers.get_content_maintype() == "multipart" else None
    if boundary:
        yield from _split(body, boundary.encode("utf-8", "replace"), depth)
    elif _BOUNDARY_HEAD.match(body[:2_000]) and depth < _LAYERS:
        yield from _mime_parts(body, depth + 1)
    else:
        yield _part(headers, body)


def _split(body: bytes, boundary: bytes, depth: int) -> Iterator[Part]:
    pieces = body.split(b"--" + boundary, _PARTS + 2)
    if len(pieces) > _PARTS + 1:
        raise RefusedError("too_complex")
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            return
        inner = piece.removeprefix(b"\r").removeprefix(b"\n")
        headers, content = _headers(inner)
        content = content.removesuffix(b"\n").removesuffix(b"\r")
        nested = headers.get_boundary() if headers.get_content_maintype() == "multipart" else None
        if nested and depth < _LAYERS:
            yield from _split(content, nested.encode("utf-8", "replace"), depth + 1)
        else:
            yield _part(headers, content)


def _headers(data: bytes) -> tuple[Message, bytes]:
    head = data[:_HEADERS_BYTES]
    ends = [(at, len(gap)) for gap in (b"\r\n\r\n", b"\n\n") if (at := head.find(gap)) >= 0]
    if not ends:
        return Message(), data
    at, gap = min(ends)
    lines = head[:at].lstrip(b"\r\n")
    if re.match(rb"HTTP/\d|[A-Z]{3,7} \S+ HTTP/", lines):
        lines = lines.partition(b"\n")[2]
    try:
        return email.parser.BytesParser().parsebytes(lines + b"\r\n\r\n", headersonly=True), data[at + gap :]
    except (email.errors.MessageError, ValueError) as problem:
        raise RefusedError("broken") from problem


def _part(headers: Message, content: bytes) -> Part:
    way = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if way == "base64":
        content = unbase64(content)
    elif way == "quoted-printable":
        content = quopri.decodestring(content)
    name = headers.get_filename() or headers.get_param("name") or headers.get("Content-Description") or ""
    content_id = str(headers.get("Content-ID", "")).strip().strip("<>")
    return Part(content_id, str(name)[:400], headers.get_content_type(), content)


def _from_json(data: bytes, notes: Notes) -> bytes:
    """The reply of a service: the longest text in it that is XML or base64 of it."""
    if len(data) > _JSON_BYTES:
        raise RefusedError("too_large")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise RefusedError("not_xml") from problem
    found = [
        inner
        for text in sorted(_texts(value), key=len, reverse=True)[:20]
        if (inner := embedded(text)) is not None
    ]
    if not found:
        raise RefusedError("not_package")
    notes.add("carrier_json")
    return found[0]


def _texts(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
