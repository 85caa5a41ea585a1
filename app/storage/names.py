"""Tên tệp: data for display only. Nothing on disk is ever named by a user."""

from __future__ import annotations

import re

from app.core import limits
from app.core.text import clean_line

_SEPARATORS = re.compile(r"[/\\:]+")
_UNSAFE = re.compile(r'[<>"|?*\x00-\x1f]')
# Names that mean a device on the machine of whoever downloads the file.
_DEVICE = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d|clock\$)$", re.IGNORECASE)
_PERCENT = re.compile(r"%(?:0[0-9a-f]|1[0-9a-f]|2f|5c)", re.IGNORECASE)
_FALLBACK = "tệp"


def clean_filename(raw: str | None) -> str:
    """Tên tệp để hiển thị: no folders, no control or invisible characters, no device names, bounded length, ending kept."""
    line = _UNSAFE.sub(" ", clean_line(_PERCENT.sub(" ", raw or "")))
    name = clean_line(next((part for part in reversed(_SEPARATORS.split(line)) if part.strip(" .")), ""))
    name = name.strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        stem, ending = name, ""
    stem = stem.rstrip(" .") or _FALLBACK
    if _DEVICE.match(stem.split(".")[0].strip()):
        stem = f"{_FALLBACK} {stem}"
    room = limits.FILE_NAME_CHARS - len(ending) - 1
    if len(stem) > room:
        stem = stem[: room - 1].rstrip() + "…"
    return f"{stem}.{ending}" if ending else stem


def ending_of(name: str) -> str:
    """Đuôi tệp, lower case without the dot; empty when there is none ("Công văn 12.2026" has none)."""
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot and re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9]{1,8}|7z", ending) else ""
