"""Buồng cách ly của gói ký số: a jail of its own, whose process has the PDF signing library loaded."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.core import limits
from app.signing.child import packing
from app.storage.jail import Answer, Bounds, Jail

_TASKS = Path(__file__).resolve().parents[1] / "child" / "tasks.py"
BOUNDS = Bounds(memory=1024 * limits.MB, cpu=20, wall=30)
FILE_BYTES = limits.SIGNED_FILE_BYTES

_jail: Jail | None = None
_lock = threading.Lock()


def _shared() -> Jail:
    global _jail  # noqa: PLW0603 - one per process, made on first use
    with _lock:
        if _jail is None:
            _jail = Jail(slots=2, extra_tasks=_TASKS)
        return _jail


def call(task: str, head: dict[str, Any], parts: Sequence[bytes]) -> Answer:
    """Chạy một việc ký số trong buồng cách ly.

    :raises JailError: no answer.
    """
    file = packing.pack(head, parts)
    try:
        return _shared().call(f"signing.{task}", file, bounds=BOUNDS)
    finally:
        os.close(file)


def pid() -> int:
    """Mã tiến trình mẹ của buồng cách ly, for whoever measures it."""
    return _shared().pid


def close() -> None:
    """Dừng buồng cách ly (cuối một lệnh)."""
    global _jail  # noqa: PLW0603 - the same one
    with _lock:
        if _jail is not None:
            _jail.close()
        _jail = None
