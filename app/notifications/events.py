"""Sự kiện của thông báo."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Effect, Event


@dataclass(frozen=True, kw_only=True)
class NoticeRaised(Effect):
    """Có thông báo mới: the worker expands it to people."""

    notice_id: int


@dataclass(frozen=True, kw_only=True)
class MailQueued(Effect):
    """Có thư chờ gửi."""

    mail_id: int


@dataclass(frozen=True, kw_only=True)
class MailResent(Event):
    """Cho gửi lại một thư."""

    mail_id: int


@dataclass(frozen=True, kw_only=True)
class EffectResent(Event):
    """Cho chạy lại một việc gửi đã dừng."""

    outbox_id: int
