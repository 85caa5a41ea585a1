"""Danh tính của bản cài đặt: our keys, our address, and the place where package bytes lie."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.settings import Settings
from app.storage.backends import DiskStore

PACKAGE_KEY, RECEIPT_KEY = "exchange_key", "receipt_key"


class KeyUnreadable(ValueError):
    """Khóa công khai không đúng dạng."""


@dataclass(frozen=True)
class Identity:
    """Bản cài đặt này trước các đối tác: one key signs packages, another signs receipts."""

    url: str
    secret: Callable[[str], str]
    packages: DiskStore
    plain_http: bool

    @cached_property
    def package_key(self) -> Ed25519PrivateKey:
        """Khóa ký gói tin."""
        return _private(self.secret(PACKAGE_KEY))

    @cached_property
    def receipt_key(self) -> Ed25519PrivateKey:
        """Khóa ký biên nhận."""
        return _private(self.secret(RECEIPT_KEY))

    @cached_property
    def installation(self) -> str:
        """Mã bản cài đặt: the fingerprint of its package key."""
        return fingerprint(public_text(self.package_key))

    @property
    def name(self) -> str:
        """Tên ngắn để nhận ra: the host people type."""
        return urlsplit(self.url).netloc

    def card(self, agencies: list[dict[str, str]]) -> dict[str, Any]:
        """Thẻ liên thông: what a partner's administrator pins, handed over by people."""
        return {
            "version": 1,
            "installation": self.installation,
            "name": self.name,
            "url": self.url,
            "package_key": public_text(self.package_key),
            "receipt_key": public_text(self.receipt_key),
            "agencies": agencies,
        }


_identity: Identity | None = None


def open_identity(settings: Settings) -> Identity:
    """Mở danh tính của bản cài đặt; once per process, at its start."""
    global _identity  # noqa: PLW0603 - one per process, chosen at its start
    _identity = Identity(
        settings.external_url,
        settings.secret,
        DiskStore(settings.home / "packages"),
        plain_http=settings.allow_plain_http,
    )
    return _identity


def identity() -> Identity:
    """Danh tính đang dùng."""
    if _identity is None:
        raise RuntimeError("open_identity() first")
    return _identity


def canonical(value: Any) -> bytes:
    """JSON một cách viết duy nhất, for signing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def public_text(key: Ed25519PrivateKey) -> str:
    """Khóa công khai dạng chữ."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def fingerprint(public_key: str) -> str:
    """Dấu vân của một khóa công khai."""
    return hashlib.sha256(key_bytes(public_key)).hexdigest()[:32]


def key_bytes(public_key: str) -> bytes:
    """Khóa công khai từ dạng chữ.

    :raises KeyUnreadable: not 32 bytes in base64.
    """
    try:
        raw = base64.b64decode(public_key.strip(), validate=True)
    except ValueError as problem:
        raise KeyUnreadable(public_key) from problem
    if len(raw) != 32:
        raise KeyUnreadable(public_key)
    return raw


def verifies(public_key: str, signature: bytes, data: bytes) -> bool:
    """Chữ ký có đúng với khóa này không."""
    try:
        Ed25519PublicKey.from_public_bytes(key_bytes(public_key)).verify(signature, data)
    except (InvalidSignature, KeyUnreadable, ValueError):
        return False
    return True


def _private(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"ed25519:" + seed.encode()).digest())
