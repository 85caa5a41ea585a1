"""Phiên đăng nhập: the devices of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.org.models import UserSession
from app.org.queries.actors import token_hash


@dataclass(frozen=True)
class Device:
    """Thiết bị đang đăng nhập."""

    id: int
    words: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Macintosh", "macOS"), ("Linux", "Linux"))  # fmt: skip


def device_words(user_agent: str) -> str:
    """Tên thiết bị dễ hiểu từ chuỗi trình duyệt gửi."""
    browser = next((words for mark, words in _BROWSERS if mark in user_agent), "")
    system = next((words for mark, words in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} trên {system}"
    return browser or system or "Thiết bị không rõ"


def devices(person_id: int, token: str) -> list[Device]:
    """Các phiên đăng nhập còn hiệu lực của một người, dùng gần nhất trước."""
    rows = session.scalars(
        select(UserSession)
        .where(
            UserSession.person_id == person_id,
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > clock.now(),
        )
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
        .limit(50)
    )
    this = token_hash(token)
    return [
        Device(s.id, device_words(s.user_agent), s.ip, s.created_at, s.last_seen_at, s.token_hash == this)
        for s in rows
    ]
