"""Giao tệp cho trình duyệt: path and headers as plain data; the web layer turns them into a response.

A stored file never runs in our pages: our own media type, nosniff, attachment or a sandbox without sources.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from app.storage import service
from app.storage.kinds import Kind
from app.storage.models import StoredFile
from app.storage.names import clean_filename

_INLINE = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG})
_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'self'"
# RFC 8187 attr-char
_ATTR_SAFE = "!#$&+-.^_`|~"


@dataclass(frozen=True)
class FileResponseSpec:
    """Cách giao một tệp: the bytes at ``path`` under exactly these ``headers``."""

    path: Path
    size: int
    headers: dict[str, str]

    @property
    def etag(self) -> str:
        """Quoted tag for conditional requests."""
        return self.headers["ETag"]


def download(file: StoredFile, name: str, *, inline: bool = False) -> FileResponseSpec:
    """Tải một tệp về máy, or show it in a sandbox where the kind allows it. The caller has checked who asks.

    :raises BlobDamaged: missing, or not of the size that was stored.
    """
    kind = Kind(file.kind)
    path = service.storage().blobs.path(file.sha256, file.size)
    if path is None:
        raise RuntimeError("this store has no paths")
    way = "inline" if inline and kind in _INLINE else "attachment"
    headers = _common(kind.media_type, f'"{file.sha256}"')
    headers["Content-Disposition"] = content_disposition(way, name)
    return FileResponseSpec(path, file.size, headers)


def page_image(file: StoredFile, number: int) -> FileResponseSpec:
    """Ảnh một trang để xem trong khung đọc."""
    path = service.page_image(file, number)
    headers = _common("image/webp", f'"{file.sha256}-{number}"')
    headers["Content-Disposition"] = "inline"
    return FileResponseSpec(path, path.stat().st_size, headers)


def content_disposition(way: str, name: str) -> str:
    """Giá trị ``Content-Disposition`` (RFC 6266): an ASCII name for old programs, the real one encoded by RFC 8187."""
    clean = clean_filename(name)
    plain = "".join(
        c
        for c in unicodedata.normalize("NFD", clean.replace("đ", "d").replace("Đ", "D"))
        if not unicodedata.combining(c)
    )
    ascii_name = "".join(c if " " <= c <= "~" and c not in '"\\%;' else "_" for c in plain)
    return f"{way}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(clean, safe=_ATTR_SAFE)}"


def _common(media_type: str, etag: str) -> dict[str, str]:
    return {
        "Content-Type": media_type,
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }
