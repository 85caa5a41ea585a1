"""Phân trang theo khóa: a page begins after a key, never at an offset, so deep pages cost as much as the first."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from flask import request, url_for

from app.core.records import Key

T = TypeVar("T")


def encode_key(key: Key) -> str:
    """Khóa thành chữ trong địa chỉ."""
    raw = f"{key.sort_at.isoformat()}|{key.record_id}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode_key(text: str | None) -> Key | None:
    """Chữ trong địa chỉ thành khóa; anything malformed means the first page."""
    if not text or len(text) > 120:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        moment, record_id = raw.split("|")
        key = Key(datetime.fromisoformat(moment), int(record_id))
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return None
    return key if key.sort_at.tzinfo is not None and 0 <= key.record_id < 2**63 else None


@dataclass(frozen=True)
class Page(Generic[T]):
    """Một trang danh sách: the rows, and the key after which the next page begins (``None`` at the end)."""

    rows: Sequence[T]
    next_key: Key | None
    is_first: bool = True

    @property
    def older_url(self) -> str | None:
        """Đường dẫn trang kế tiếp, giữ bộ lọc."""
        return _with(sau=encode_key(self.next_key)) if self.next_key else None

    @property
    def first_url(self) -> str | None:
        """Đường dẫn trang đầu, giữ bộ lọc."""
        return None if self.is_first else _with(sau=None)


def requested_key() -> Key | None:
    """Khóa trang người dùng yêu cầu."""
    return decode_key(request.args.get("sau"))


def _with(**changes: str | None) -> str:
    args: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False), **changes}
    return url_for(request.endpoint or "shell.home", **{k: v for k, v in args.items() if v is not None})
