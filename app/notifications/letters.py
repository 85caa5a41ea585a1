"""Lời thư: titles and links only, never the content of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core import clock
from app.notifications.delivery import post_office
from app.notifications.models import Notice

NOTICE_PATH = "/thong-bao"
_MOST_LINES = 40
_SUBJECT_CHARS = 150
_FOOT = "--\nThư tự động từ Văn phòng điện tử, vui lòng không trả lời thư này."


@dataclass(frozen=True)
class Letter:
    """Tiêu đề và lời của một thư."""

    subject: str
    body: str


def link(notice_id: int) -> str:
    """Địa chỉ mở một thông báo: it marks the notice read and leads on to the record."""
    return f"{post_office().address}{NOTICE_PATH}/{notice_id}"


def urgent_notice(notice: Notice, name: str) -> Letter:
    """Thư báo việc hỏa tốc."""
    body = f"Kính gửi {name},\n\n{notice.words}\n\nMở tại: {link(notice.id)}\n\n{_FOOT}\n"
    return Letter(f"[Hỏa tốc] {_short(notice.words)}", body)


def digest(notices: Sequence[Notice], name: str, day: date) -> Letter:
    """Thư gộp buổi sáng: the newest first, urgent ones before them."""
    ordered = sorted(notices, key=lambda n: (not n.urgent, -n.id))
    lines = [
        f"- {clock.local(n.created_at):%d/%m %H:%M}  {n.words}\n  {link(n.id)}" for n in ordered[:_MOST_LINES]
    ]
    if len(ordered) > _MOST_LINES:
        rest = len(ordered) - _MOST_LINES
        lines.append(f"- và {rest} thông báo khác: {post_office().address}{NOTICE_PATH}")
    body = (
        f"Kính gửi {name},\n\nĐến 07:30 ngày {day:%d/%m/%Y}, anh/chị có {len(ordered)} thông báo chưa đọc:\n\n"
        + "\n".join(lines)
        + f"\n\n{_FOOT}\n"
    )
    if len(ordered) == 1:
        return Letter(_short(ordered[0].words), body)
    return Letter(f"{len(ordered)} thông báo chưa đọc, ngày {day:%d/%m/%Y}", body)


def _short(words: str) -> str:
    return words if len(words) <= _SUBJECT_CHARS else words[: _SUBJECT_CHARS - 1].rstrip() + "…"
