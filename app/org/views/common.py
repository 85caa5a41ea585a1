"""Dùng chung cho các trang của tổ chức: keys of name lists in addresses, plain POST buttons."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from flask import request, url_for

from app.core import limits
from app.core.text import clean_line
from app.org.queries import NameKey, NamePage
from app.web.forms import ActionForm


def requested_key() -> NameKey | None:
    """Khóa trang trong địa chỉ; anything malformed means the first page."""
    text = request.args.get("sau", "")
    if not text or len(text) > 800:
        return None
    try:
        sort_key, row_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, TypeError, RecursionError):
        return None
    fits = isinstance(sort_key, str) and isinstance(row_id, int) and 0 <= row_id < 2**63
    return NameKey(clean_line(sort_key), row_id) if fits else None


def page_links(page: NamePage[Any]) -> dict[str, str | None]:
    """Đường dẫn trang sau và trang đầu, giữ bộ lọc."""
    key = page.next_key
    packed = (
        base64.urlsafe_b64encode(json.dumps([key.sort_key, key.id]).encode()).decode().rstrip("=")
        if key
        else None
    )
    return {"next": _with(packed) if packed else None, "first": None if page.is_first else _with(None)}


def _with(after: str | None) -> str:
    args: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
    args.pop("sau", None)
    if after:
        args["sau"] = after
    return url_for(request.endpoint or "", **args)


def words_asked() -> str:
    """Chữ đang tìm."""
    return clean_line(request.args.get("q", ""))[: limits.SEARCH_CHARS]


def picked(name: str) -> int | None:
    """Khóa chọn trong bộ lọc."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def one_of(name: str, choices: dict[str, str], default: str) -> str:
    """Giá trị bộ lọc trong danh sách cố định."""
    asked = request.args.get(name, default)
    return asked if asked in choices else default


def posted_version() -> int | None:
    """Phiên bản mà nút bấm được vẽ từ đó."""
    return ActionForm().expected_version
