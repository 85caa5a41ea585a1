"""Niêm phong: a manifest that names the payload by its hash, signed as bytes; and the receipt given for it.

An XML signature lets one flipped bit in six pass; a signature over the bytes of the manifest, and the hash of the
payload in it, lets none.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.core import limits
from app.exchange.service.identity import Identity, canonical, public_text, verifies

MAGIC = b"VPDT-LIENTHONG/1\n"
_LENGTHS = struct.Struct(">IH")
_MOST_MANIFEST = 256 * limits.KB
_MANIFEST_PURPOSE, _RECEIPT_PURPOSE = b"vpdt-manifest-1\n", b"vpdt-receipt-1\n"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,80}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[A-Za-z0-9.]{1,35}")


class SealBroken(Exception):
    """Gói niêm phong không đúng dạng hoặc bị cắt."""


class Stream(Protocol):
    """Nơi đọc thư đến."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Manifest:
    """Bảng kê của một thư: who, to whom, about what, and the hash of its content."""

    id: str
    kind: str
    installation: str
    sender: str
    recipient: str
    sent_at: str
    payload_size: int
    payload_sha256: str
    about: str = ""
    sequence: int = 0
    business_type: int = 0
    links: list[dict[str, Any]] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """Bytes để ký."""
        return canonical({"version": 1, **self.__dict__})


def seal(who: Identity, manifest: bytes) -> bytes:
    """Phần đầu của thư: manifest and its signature; the payload follows as it is."""
    signature = who.package_key.sign(_MANIFEST_PURPOSE + manifest)
    return MAGIC + _LENGTHS.pack(len(manifest), len(signature)) + manifest + signature


def read_head(stream: Stream) -> tuple[bytes, bytes]:
    """Đọc bảng kê và chữ ký; the stream then stands at the payload.

    :raises SealBroken: not one of our letters, or cut.
    """
    if _exactly(stream, len(MAGIC)) != MAGIC:
        raise SealBroken("magic")
    manifest_length, signature_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if manifest_length > _MOST_MANIFEST or signature_length != 64:
        raise SealBroken("length")
    return _exactly(stream, manifest_length), _exactly(stream, signature_length)


def _exactly(stream: Stream, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        part = stream.read(count - len(found))
        if not part:
            raise SealBroken("cut")
        found += part
    return bytes(found)


def is_signed(manifest: bytes, signature: bytes, keys: Sequence[str]) -> bool:
    """Bảng kê có chữ ký của một trong các khóa đã ghim không."""
    return any(verifies(key, signature, _MANIFEST_PURPOSE + manifest) for key in keys)


def manifest_of(raw: bytes) -> Manifest:
    """Bảng kê từ bytes đã đọc; every value has its shape or the letter is refused.

    :raises SealBroken: it has not.
    """
    try:
        value = json.loads(raw)
        if not isinstance(value, dict) or value.pop("version", None) != 1:
            raise SealBroken("version")
        found = Manifest(**value)
        datetime.fromisoformat(found.sent_at)
    except (ValueError, TypeError, RecursionError) as problem:
        raise SealBroken("manifest") from problem
    is_well = (
        _fits(_TOKEN, found.id)
        and found.kind in ("document", "status")
        and _fits(re.compile(r"[0-9a-f]{32}"), found.installation)
        and _fits(_CODE, found.sender)
        and _fits(_CODE, found.recipient)
        and _is_count(found.payload_size, limits.PACKAGE_BYTES)
        and _fits(_SHA256, found.payload_sha256)
        and (found.about == "" or _fits(_TOKEN, found.about))
        and _is_count(found.sequence, 10**6)
        and _is_count(found.business_type, 3)
        and _are_links(found.links)
    )
    if not is_well:
        raise SealBroken("value")
    return found


def _fits(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_count(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _are_links(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= limits.PACKAGE_FILES
        and all(
            isinstance(item, dict)
            and set(item) == {"name", "size", "sha256", "path"}
            and isinstance(item["name"], str)
            and _is_count(item["size"], limits.FILE_BYTES)
            and _fits(_SHA256, item["sha256"])
            and _fits(re.compile(r"/lien-thong/tep/[A-Za-z0-9_-]{16,80}/\d{1,3}"), item["path"])
            for item in value
        )
    )


# ── receipts ─────────────────────────────────────────────────────────────────


def receipt_for(
    who: Identity, manifest: Manifest, manifest_sha256: str, at: datetime, *, refusal: str = ""
) -> dict[str, Any]:
    """Biên nhận đã ký: what came, when, and whether it was taken; made once, given again on every repetition."""
    text = canonical(
        {
            "version": 1,
            "id": manifest.id,
            "sender": manifest.installation,
            "receiver": who.installation,
            "receiver_name": who.name,
            "recipient": manifest.recipient,
            "manifest_sha256": manifest_sha256,
            "payload_sha256": manifest.payload_sha256,
            "payload_size": manifest.payload_size,
            "received_at": at.isoformat(),
            "status": "02" if refusal else "01",
            "reason": refusal,
        }
    )
    signature = who.receipt_key.sign(_RECEIPT_PURPOSE + text)
    return {
        "receipt": text.decode(),
        "signature": base64.b64encode(signature).decode(),
        "key": public_text(who.receipt_key),
    }


def receipt_text(value: Any, keys: Sequence[str]) -> dict[str, Any]:
    """Nội dung biên nhận khi chữ ký đúng với một khóa đã ghim.

    :raises SealBroken: no receipt, or not signed by any of them.
    """
    try:
        text, signature = str(value["receipt"]), base64.b64decode(value["signature"], validate=True)
        data = _RECEIPT_PURPOSE + text.encode()
        content = json.loads(text)
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise SealBroken("receipt") from problem
    if not isinstance(content, dict) or not any(verifies(key, signature, data) for key in keys):
        raise SealBroken("receipt signature")
    return content


def sha256(data: bytes) -> str:
    """Giá trị băm."""
    return hashlib.sha256(data).hexdigest()


# ── offline ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Verdict:
    """Kết quả kiểm tra một biên nhận: each check with its outcome in words."""

    is_valid: bool
    lines: list[str]
    content: dict[str, Any]


def verify_receipt(receipt: bytes, payload: bytes | None, public_key: str) -> Verdict:
    """Kiểm tra biên nhận chỉ bằng biên nhận, tệp và khóa công khai.

    :raises SealBroken: no receipt at all.
    """
    try:
        value = json.loads(receipt)
    except (ValueError, RecursionError) as problem:
        raise SealBroken("receipt") from problem
    try:
        content = receipt_text(value, [public_key])
    except SealBroken:
        if not isinstance(value, dict) or "receipt" not in value:
            raise
        return Verdict(False, ["SAI  chữ ký: không đúng với khóa công khai đã cho"], {})
    lines, is_valid = ["ĐÚNG chữ ký của nơi nhận"], True
    if payload is not None:
        is_same = (len(payload), sha256(payload)) == (content["payload_size"], content["payload_sha256"])
        lines.append("ĐÚNG nội dung gói tin" if is_same else "SAI  nội dung: tệp khác với gói tin đã nhận")
        is_valid = is_same
    return Verdict(is_valid, lines, content)
