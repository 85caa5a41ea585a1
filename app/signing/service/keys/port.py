"""Cổng khóa ký: what a provider gives once the PIN was right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asn1crypto import x509


class WrongPin(Exception):
    """Mã PIN không đúng. ``left``: tries left, when the token says."""

    def __init__(self, left: int | None = None) -> None:
        super().__init__("wrong pin")
        self.left = left


class KeyTrouble(Exception):
    """Thiết bị hoặc dịch vụ giữ khóa không dùng được; ``sentence`` is for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class OpenKey:
    """Khóa đang mở: signs bytes (SHA-256) for as long as it is held; never stored."""

    certificate: x509.Certificate
    chain: Sequence[x509.Certificate]
    sign: Callable[[bytes], bytes]
    close: Callable[[], None] = lambda: None
