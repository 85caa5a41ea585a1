"""Sự kiện của ký số."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Effect, Event


@dataclass(frozen=True, kw_only=True)
class BatchQueued(Effect):
    """Lượt ký chờ tiến trình nền."""

    batch_id: int


@dataclass(frozen=True, kw_only=True)
class SignatureReserved(Event):
    """Yêu cầu ký một văn bản."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SignatureFailed(Event):
    """Ký không thành."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyLocked(Event):
    """Khóa ký bị khóa vì sai mã PIN nhiều lần."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyReleased(Event):
    """Quản trị mở lại khóa ký."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyIssued(Event):
    """Cấp khóa ký."""

    note: str = ""
