"""Chuyển mã PIN tới tiến trình ký: sealed to a key that exists only in that worker's memory; nobody else can open it.

What stands in the database meanwhile is of no use to whoever reads it, and is erased when the worker has opened it.
"""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PUBLIC = 32


class NotMine(Exception):
    """Sealed for another process, or for this one before it was restarted."""


@dataclass
class _Mine:
    name: str = field(
        default_factory=lambda: f"{socket.gethostname()[:60]}-{os.getpid()}-{os.urandom(6).hex()}"
    )
    key: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    owner: int = field(default_factory=os.getpid)


_mine: _Mine | None = None
_lock = threading.Lock()


def _own() -> _Mine:
    global _mine  # noqa: PLW0603 - one per process, made on first use
    with _lock:
        if _mine is None or _mine.owner != os.getpid():
            _mine = _Mine()
        return _mine


def own_name() -> str:
    """Tên của tiến trình này."""
    return _own().name


def own_public_key() -> bytes:
    """Khóa công khai của tiến trình này."""
    return _own().key.public_key().public_bytes_raw()


def seal(pin: str, public_key: bytes, about: str) -> bytes:
    """Niêm phong mã PIN cho một tiến trình, for one use named by ``about``."""
    once = X25519PrivateKey.generate()
    public = once.public_key().public_bytes_raw()
    shared = _derive(once.exchange(X25519PublicKey.from_public_bytes(public_key)), public)
    return public + ChaCha20Poly1305(shared).encrypt(bytes(12), pin.encode(), about.encode())


def unseal(sealed: bytes, about: str) -> str:
    """Mở niêm phong.

    :raises NotMine: it was not sealed for this process and this use.
    """
    public, body = sealed[:_PUBLIC], sealed[_PUBLIC:]
    try:
        shared = _derive(_own().key.exchange(X25519PublicKey.from_public_bytes(public)), public)
        return ChaCha20Poly1305(shared).decrypt(bytes(12), body, about.encode()).decode()
    except (InvalidTag, ValueError) as problem:
        raise NotMine from problem


def _derive(shared: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=public, info=b"office signing pin").derive(shared)
