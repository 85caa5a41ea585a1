"""Điều đã châm chước: every departure from the reference order is accepted silently nowhere, it is noted."""

from __future__ import annotations

_MOST, _DETAIL_CHARS = 60, 200


class Notes:
    """Danh sách điều châm chước: codes with a detail; the words stand on the other side of the jail."""

    def __init__(self) -> None:
        self.items: list[tuple[str, str]] = []

    def add(self, code: str, detail: str = "") -> None:
        """Ghi một điều, once."""
        item = (code, detail[:_DETAIL_CHARS])
        if item not in self.items and len(self.items) < _MOST:
            self.items.append(item)

    def has(self, code: str) -> bool:
        """Đã ghi điều này chưa."""
        return any(found == code for found, _detail in self.items)
