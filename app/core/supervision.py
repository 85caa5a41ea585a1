"""Trông coi tiến trình con: what dies is started again, after waits that grow while it keeps dying."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.core import processes

_SHORTEST, _LONGEST = 1.0, 60.0
_SETTLED = 60.0  # seconds of life after which the next death counts as the first


@dataclass
class Child:
    """Một tiến trình được trông coi. ``start`` makes it and returns when it runs."""

    name: str
    log: Path
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    _born: float = field(default=0.0, repr=False)
    _again_at: float | None = field(default=None, repr=False)

    def run(self) -> None:
        """Khởi động."""
        self._again_at = None
        self._born = time.monotonic()
        self.process = self.start()

    def died(self) -> bool:
        """Đã chết từ lần xem trước: true once for each death; sets when it is to be started again."""
        if self.process is None or self.process.poll() is None:
            return False
        self.process = None
        self.deaths = 1 if time.monotonic() - self._born > _SETTLED else self.deaths + 1
        self._again_at = time.monotonic() + self.wait
        return True

    @property
    def wait(self) -> float:
        """Số giây chờ trước khi khởi động lại."""
        return min(_SHORTEST * 2.0 ** min(self.deaths - 1, 8), _LONGEST)

    def due(self) -> bool:
        """Đã đến lúc khởi động lại."""
        return self._again_at is not None and time.monotonic() >= self._again_at

    def failed(self) -> None:
        """Khởi động lại không được: counts as one more death."""
        self.deaths += 1
        self._again_at = time.monotonic() + self.wait

    def stop(self, seconds: float) -> None:
        """Dừng: asked once, killed when the seconds are over."""
        self._again_at = None
        if self.process is not None:
            processes.end(self.process, (signal.SIGTERM, seconds))
            self.process = None

    def kill(self) -> None:
        """Giết ngay."""
        self._again_at = None
        if self.process is not None:
            processes.kill(self.process)
            self.process = None
