"""Máy chủ được đo: the product as people start it, and a bare application under the very same gunicorn."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.bench.databases import BARE, environment
from app.core import listening, processes
from app.settings import ROOT, embedded_url
from app.wiring import sqlalchemy_url

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_START_SECONDS: Final = 120


@dataclass(frozen=True)
class Running:
    """Máy chủ đang chạy."""

    process: subprocess.Popen[bytes]
    port: int
    started_in: float

    def tree(self) -> list[int]:
        """Mọi tiến trình của máy chủ."""
        return _descendants(self.process.pid)

    def web(self) -> list[int]:
        """Tiến trình web, the master first."""
        return [pid for pid in self.tree() if "gunicorn" in _command(pid)]

    def database(self) -> list[int]:
        """Tiến trình cơ sở dữ liệu, the postmaster first."""
        return [pid for pid in self.tree() if _name(pid) == "postgres"]

    def memory(self) -> float:
        """Bộ nhớ (MB, tổng PSS) của mọi tiến trình trừ cơ sở dữ liệu."""
        database = set(self.database())
        return sum(_pss(pid) for pid in self.tree() if pid not in database) / 1024


@contextmanager
def product(home: Path) -> Iterator[Running]:
    """Sản phẩm trên một thư mục dữ liệu: database, web and worker, by the command people use."""
    port = _free_port()
    command = [sys.executable, "-m", "app.launch", "--port", str(port), "--home", str(home)]
    with _running(command, environment(home), port, home / "log" / "bench.log") as running:
        yield running


@contextmanager
def bare(home: Path, like: Running) -> Iterator[Running]:
    """Trang trần: the product's own gunicorn command line, with another application and another port."""
    port = _free_port()
    words = Path(f"/proc/{like.web()[0]}/cmdline").read_bytes().decode().split("\0")[:-1]
    swapped = {"wsgi:app": "app.bench.bare:create()", f"127.0.0.1:{like.port}": f"127.0.0.1:{port}"}
    command = [swapped.get(word, word) for word in words]
    env = {**environment(home), "DATABASE_URL": sqlalchemy_url(embedded_url(home, "app", BARE))}
    with _running(command, env, port, home / "log" / "bench-bare.log") as running:
        yield running


@contextmanager
def _running(command: list[str], env: dict[str, str], port: int, log: Path) -> Iterator[Running]:
    began = time.monotonic()
    process = processes.spawn(command, log=log, env=env, cwd=ROOT)
    try:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() - began > _START_SECONDS:
                raise RuntimeError(f"Máy chủ không khởi động được:\n{processes.tail(log)}")
            time.sleep(0.02)
        yield Running(process, port, time.monotonic() - began)
    finally:
        processes.end(process, (signal.SIGTERM, 40))


def _answers(port: int) -> bool:
    """Whether a page comes, not merely a connection."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(
                f"GET /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
            )
            return connection.recv(12).startswith(b"HTTP/1.1 ")
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    listening.ensure_free("127.0.0.1", port)
    return port


# ── what the kernel knows of processes ───────────────────────────────────────


def cpu_seconds(pids: list[int]) -> float:
    """Thời gian xử lý đã dùng; what ended children had used is kept by their parents."""
    return sum(_cpu(pid) for pid in pids)


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS  # utime, stime, cutime, cstime


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                stat = (path / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(path.name))
    found, left = [], [root]
    while left:
        pid = left.pop(0)
        found.append(pid)
        left += sorted(parents.get(pid, []))
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _pss(pid: int) -> int:
    """Kilobytes; shared pages are divided among those who share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
