"""Văn bản thuần: UTF-8, or UTF-16 that says so."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from app.storage.child.findings import Findings, RefusedError
from app.storage.child.source import Source

_CHUNK = 1024 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def inspect(source: Source, found: Findings) -> None:
    """Kiểm tra bảng mã; the head of the text is kept for the secrecy check."""
    read = 0
    for part in _decoded(source):
        if _CONTROL.search(part):
            raise RefusedError("unknown_type")
        if not read:
            for line in part[:20_000].splitlines()[:40]:
                found.see(line)
        read += len(part)
    found.facts["chars"] = read


def text(source: Source, chars: int) -> tuple[str, bool]:
    """Nội dung chữ, and whether it was cut."""
    parts, size = [], 0
    for part in _decoded(source):
        parts.append(part)
        size += len(part)
        if size > chars:
            return "".join(parts)[:chars], True
    return "".join(parts), False


def _decoded(source: Source) -> Iterator[str]:
    head = source.first(4)
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)()
    stream = source.stream()
    try:
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise RefusedError("encoding") from None
