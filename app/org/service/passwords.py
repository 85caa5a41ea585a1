"""Mật khẩu: argon2 for what people choose, a fast hash for what the machine draws, rules of length and obviousness only."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core import clock, limits
from app.core.text import fold

ONE_TIME_DAYS = 7
_ONE_TIME = "once"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that reads like another on paper
_GROUPS, _GROUP_CHARS = 4, 4
# 28 ms and 19 MB each: a few at once, the others wait their turn.
_ARGON2_AT_ONCE = threading.BoundedSemaphore(4)
_COMMON = ("123456", "password", "matkhau", "abc123", "qwerty", "111111", "vanphong", "admin")


@cache
def _hasher() -> PasswordHasher:
    if os.environ.get("ARGON2_PROFILE") == "cheap":
        return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@cache
def _decoy() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """Băm mật khẩu (argon2id)."""
    with _ARGON2_AT_ONCE:
        return _hasher().hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Mật khẩu có đúng không. Every answer costs one argon2 run, so that names cannot be guessed by the clock."""
    once = stored is not None and stored.startswith(f"{_ONE_TIME}$")
    chosen = _matches(_decoy() if once or stored is None else stored, password)
    if stored is None:
        return False
    return _is_one_time(stored, password) if once else chosen


def _matches(hashed: str, password: str) -> bool:
    with _ARGON2_AT_ONCE:
        try:
            return _hasher().verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def draw_one_time() -> tuple[str, str]:
    """Mật khẩu dùng một lần: shown once to the administrator, good for seven days and only to set one's own.

    Eighty random bits need no slow hash; five thousand of them are drawn in a blink.

    :returns: the words to hand over, and what to store.
    """
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _GROUP_CHARS))
    shown = "-".join(letters[i : i + _GROUP_CHARS] for i in range(0, len(letters), _GROUP_CHARS))
    until = int((clock.now() + timedelta(days=ONE_TIME_DAYS)).timestamp())
    return shown, f"{_ONE_TIME}${until}${_digest(letters)}"


def _digest(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()


def _is_one_time(stored: str, password: str) -> bool:
    _, until, digest = stored.split("$")
    typed = "".join(c for c in password.upper() if c in _LETTERS)
    return hmac.compare_digest(digest, _digest(typed)) and clock.now().timestamp() < int(until)


def password_problems(password: str, username: str) -> list[str]:
    """Mật khẩu có đạt không: length and obviousness only (ASVS 6.2), no composition rules."""
    problems = []
    if len(password) < limits.PASSWORD_MIN_CHARS:
        problems.append(f"Mật khẩu cần ít nhất {limits.PASSWORD_MIN_CHARS} ký tự. Một câu ngắn dễ nhớ là đủ.")
    if len(password) > limits.PASSWORD_MAX_CHARS:
        problems.append(f"Mật khẩu dài quá {limits.PASSWORD_MAX_CHARS} ký tự. Hãy chọn câu ngắn hơn.")
    folded = fold(password).replace(" ", "")
    if (
        any(folded.startswith(word) and len(folded) < len(word) + 8 for word in _COMMON)
        or fold(username) == folded
        or len(set(folded)) < 4
    ):
        problems.append("Mật khẩu này dễ đoán. Hãy chọn một câu khác.")
    return problems
