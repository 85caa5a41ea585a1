"""Gói việc gửi vào buồng cách ly: one unnamed file in memory holds the instructions and all byte strings, in order.

Both sides import this module, so it knows nothing but the standard library.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

_LENGTH = 8
_HEAD_MOST = 4 * 1024 * 1024


def pack(head: dict[str, Any], parts: Sequence[bytes]) -> int:
    """Đóng gói; returns an open descriptor that the caller closes."""
    body = json.dumps({"head": head, "lengths": [len(p) for p in parts]}).encode()
    file = os.memfd_create("signing", os.MFD_CLOEXEC)
    try:
        for piece in (len(body).to_bytes(_LENGTH, "big"), body, *parts):
            view = memoryview(piece)
            while view:
                view = view[os.write(file, view) :]
    except BaseException:
        os.close(file)
        raise
    return file


def unpack(file: int) -> tuple[dict[str, Any], list[bytes]]:
    """Mở gói: the instructions and the byte strings."""
    size = os.fstat(file).st_size
    length = int.from_bytes(os.pread(file, _LENGTH, 0), "big")
    if not 0 < length <= min(size - _LENGTH, _HEAD_MOST):
        raise ValueError("head out of bounds")
    body = json.loads(_read(file, _LENGTH, length))
    parts, at = [], _LENGTH + length
    for part in body["lengths"]:
        parts.append(_read(file, at, part))
        at += part
    if at != size:
        raise ValueError("lengths do not add up")
    return dict(body["head"]), parts


def _read(file: int, start: int, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        piece = os.pread(file, length - len(found), start + len(found))
        if not piece:
            raise ValueError("ends early")
        found += piece
    return bytes(found)
