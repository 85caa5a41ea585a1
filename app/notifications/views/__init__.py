"""Trang thông báo, và các trang theo dõi việc gửi của quản trị."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

bp = Blueprint("notifications", __name__, template_folder="../templates")


@dataclass(frozen=True)
class Pager:
    """Hai đường dẫn của thanh trang."""

    first_url: str | None
    older_url: str | None


def asked_id(name: str) -> int | None:
    """Số nguyên trong địa chỉ; anything else counts as not given."""
    value = request.args.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def pager_of(older: Mapping[str, Any] | None, *, is_first: bool, **kept: Any) -> Pager:
    """Thanh trang: ``older`` is the key of the next page; ``kept`` are the filters."""
    here = request.endpoint or ""
    return Pager(
        None if is_first else url_for(here, **kept), url_for(here, **kept, **older) if older else None
    )


from app.notifications.views import effects, mails, notices, runs  # noqa: E402, F401 - views attach themselves
