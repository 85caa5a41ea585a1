"""Tiến trình con: started in a session of their own, told when their parent dies, and ended step by step."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LOG_LIMIT = 20 * 1024 * 1024


def _parent_death(signal_number: int) -> Callable[[], None] | None:
    """What the child does before exec; the library is loaded here, because after fork nothing may be."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return ask


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: int | None = None,
    group: int | None = None,
    at_parent_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Khởi động một tiến trình con; Ctrl-C in the terminal does not reach it, the death of this process does."""
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError(
            "the kernel ties the parent-death signal to the thread that forks: use the main thread"
        )
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        # Popen sets the user before it calls preexec_fn: a change of user would clear the parent-death signal
        return subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=group,
            extra_groups=[] if user is not None else None,
            preexec_fn=_parent_death(at_parent_death),  # noqa: PLW1509 - it only calls prctl, loaded before
        )


def end(process: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> bool:
    """Kết thúc một tiến trình: one signal after the other, each with its seconds; at last its whole session.

    :returns: whether it went by itself, without being killed.
    """
    for number, seconds in steps:
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(max(seconds, 0.05))
            return True
        except subprocess.TimeoutExpired:
            continue
    kill(process)
    return False


def kill(process: subprocess.Popen[bytes]) -> None:
    """Giết cả phiên của tiến trình, with whatever it started there."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def tail(path: Path, lines: int = 20) -> str:
    """Những dòng cuối của một nhật ký."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 16_384))
            text = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def trim(path: Path, limit: int = _LOG_LIMIT) -> None:
    """Cắt nhật ký quá dài: the old part moves to ``.1``; writers append, so the file may be emptied under them."""
    if path.exists() and path.stat().st_size > limit:
        shutil.copyfile(path, path.with_name(path.name + ".1"))
        os.truncate(path, 0)
