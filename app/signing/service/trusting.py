"""Gốc tin cậy: a folder of certificates and revocation lists; nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from asn1crypto import pem

_CERTIFICATES, _LISTS = {".pem", ".crt", ".cer", ".der", ".cert"}, {".crl"}
_MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Trust:
    """Các gốc tin cậy và danh sách thu hồi, in DER."""

    roots: list[bytes] = field(default_factory=list)
    crls: list[bytes] = field(default_factory=list)


def read(*places: Path) -> Trust:
    """Đọc các thư mục (hoặc tệp) gốc tin cậy; what is neither certificate nor list is passed over."""
    trust = Trust()
    for place in places:
        for path in _files(place):
            ending = path.suffix.lower()
            if ending not in _CERTIFICATES | _LISTS:
                continue
            for name, der in _objects(path.read_bytes()):
                if name == "X509 CRL" or (not name and ending in _LISTS):
                    _once(trust.crls, der)
                elif name in ("CERTIFICATE", "TRUSTED CERTIFICATE", ""):
                    _once(trust.roots, der)
    return trust


def certificates(data: bytes) -> list[bytes]:
    """Các chứng thư trong một tệp, in DER."""
    return [der for name, der in _objects(data) if name in ("CERTIFICATE", "TRUSTED CERTIFICATE", "")]


def _files(place: Path) -> Iterator[Path]:
    found = [place] if place.is_file() else sorted(place.iterdir()) if place.is_dir() else []
    yield from (p for p in found if p.is_file() and p.stat().st_size <= _MOST_BYTES)


def _objects(data: bytes) -> Iterator[tuple[str, bytes]]:
    if re.search(rb"-----BEGIN ", data):
        for name, _headers, der in pem.unarmor(data, multiple=True):
            yield str(name or ""), der
    elif data[:1] == b"\x30":
        yield "", data


def _once(into: list[bytes], der: bytes) -> None:
    if der not in into:
        into.append(der)
