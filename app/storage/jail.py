"""Buồng cách ly: foreign bytes are parsed only in a limited child process, never in the process that serves people.

One warm parent of children ("zygote") per process, started on first use: parsers imported once, no secrets in its
environment, no database, and — where the system allows it — no network, no file system and no rights. It forks one
child per file; the child sets its own limits on memory, processor and wall time, reads the file through the one
descriptor it was handed, answers, and ends. Threads share it; a dead one is replaced.

Measured (2 cores, median of 60): start 120 ms, 32 MB; fork, answer and end 1.8 ms; inspecting a two-page PDF 15 ms
(10 of them the search for secrecy marks piece by piece), a DOCX 5 ms; text of the PDF 8 ms; one page image 54 ms.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core import limits
from app.core.errors import Busy
from app.storage import frames

log = logging.getLogger("office.jail")

ANSWER_BYTES = 64 * limits.MB
_READY_SECONDS = 30
_ENTRY = Path(__file__).with_name("child") / "__main__.py"
# Nothing of our environment but what an interpreter needs: settings and secrets stay outside.
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MALLOC_ARENA_MAX": "1",
}


class JailError(Exception):
    """No answer. ``reason``: ``time``, ``memory``, ``crash``, or a code of ``app.storage.refusals`` from the parser itself."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Answer:
    """Kết quả của buồng cách ly: a JSON value, still to be doubted, and bytes."""

    value: Any
    payloads: list[bytes]


@dataclass(frozen=True)
class Bounds:
    """Giới hạn của một lần đọc tệp."""

    memory: int = limits.JAIL_MEMORY_BYTES
    cpu: int = limits.JAIL_CPU_SECONDS
    wall: float = limits.JAIL_WALL_SECONDS


class Jail:
    """Buồng cách ly của một tiến trình.

    :param slots: how many files are parsed at once; more wait, then hear :class:`Busy`.
    :param extra_tasks: a file with further tasks, for tests that must prove the limits.
    """

    def __init__(self, *, slots: int = 3, wait_seconds: float = 10, extra_tasks: Path | None = None) -> None:
        self._slots = threading.BoundedSemaphore(slots)
        self._wait_seconds = wait_seconds
        self._extra_tasks = extra_tasks
        self._lock = threading.Lock()
        self._zygote: _Zygote | None = None

    def call(self, task: str, file: int, *, bounds: Bounds | None = None, **arguments: Any) -> Answer:
        """Chạy một việc trên một tệp đang mở.

        :param file: an open descriptor; its offset is shared with the child, so do not read it meanwhile.
        :raises JailError: the child died of its limits or of the file.
        :raises Busy: too many files at once.
        """
        bounds = bounds or Bounds()
        request = {
            "task": task,
            "arguments": arguments,
            "bounds": {"memory": bounds.memory, "cpu": bounds.cpu, "wall": bounds.wall},
        }
        with self._slot():
            for attempt in (1, 2):
                zygote = self._running()
                try:
                    return zygote.ask(request, file, bounds.wall)
                except _ZygoteGoneError:
                    log.warning("jail: parent of children is gone, attempt %s", attempt)
                    self._forget(zygote)
        raise JailError(frames.CRASH, "zygote")

    def confinement(self) -> dict[str, bool]:
        """What the system allowed us to take away: ``network``, ``files``, ``rights``."""
        return self._running().confinement

    @property
    def pid(self) -> int:
        """Process id of the parent of children."""
        return self._running().process.pid

    def close(self) -> None:
        """Dừng buồng cách ly."""
        with self._lock:
            if self._zygote is not None:
                self._zygote.close()
            self._zygote = None

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=self._wait_seconds):
            raise Busy(
                "Máy chủ đang đọc nhiều tệp cùng lúc. Vui lòng đợi ít phút rồi tải lên lại; tệp chưa được lưu."
            )
        try:
            yield
        finally:
            self._slots.release()

    def _running(self) -> _Zygote:
        with self._lock:
            # A forked process must not share its parent's zygote: answers would be safe, its end would not.
            if (
                self._zygote is None
                or self._zygote.owner != os.getpid()
                or self._zygote.process.poll() is not None
            ):
                if self._zygote is not None and self._zygote.owner == os.getpid():
                    self._zygote.close()
                self._zygote = _Zygote(self._extra_tasks)
            return self._zygote

    def _forget(self, zygote: _Zygote) -> None:
        with self._lock:
            if self._zygote is zygote:
                zygote.close()
                self._zygote = None


class _ZygoteGoneError(Exception):
    """The parent of children does not answer any more."""


class _Zygote:
    """The warm process that forks a child per file."""

    def __init__(self, extra_tasks: Path | None) -> None:
        self.owner = os.getpid()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-I", str(_ENTRY), str(theirs.fileno())]
            self.process = subprocess.Popen(
                [*command, *([str(extra_tasks)] if extra_tasks else [])],
                env=_ENVIRONMENT,
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in a terminal is for the supervisor, not for us
            )
        self.control = ours
        self.confinement = self._await_ready()

    def _await_ready(self) -> dict[str, bool]:
        self.control.settimeout(_READY_SECONDS)
        try:
            hello = self.control.recv(frames.REQUEST_BYTES)
        except OSError as problem:
            self.close()
            raise JailError(frames.CRASH, f"zygote does not start: {problem}") from problem
        if not hello:
            self.close()
            raise JailError(frames.CRASH, f"zygote ended at start with {self.process.wait()}")
        self.control.settimeout(None)
        return {str(k): bool(v) for k, v in json.loads(hello).items()}

    def ask(self, request: dict[str, Any], file: int, wall: float) -> Answer:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            with theirs:
                try:
                    frames.send_request(self.control, request, [theirs.fileno(), file])
                except OSError as problem:
                    raise _ZygoteGoneError from problem
            # The children end themselves and are ended by the zygote; our own patience is the third fence.
            return _read_answer(ours, time.monotonic() + wall + 5)

    def close(self) -> None:
        self.control.close()  # the zygote ends when its control socket does
        if self.owner != os.getpid():
            return
        try:
            self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _read_answer(answer: socket.socket, deadline: float) -> Answer:
    body, data, started = bytearray(), bytearray(), False
    while True:
        answer.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            message = answer.recv(frames.CHUNK_BYTES + 1)
        except TimeoutError as problem:
            raise JailError(frames.TIME, "no answer") from problem
        tag, part = message[:1], message[1:]
        if not message:
            if not started:
                raise _ZygoteGoneError
            raise JailError(frames.CRASH, "no answer")
        if tag == frames.STARTED:
            started = True
        elif tag == frames.DIED:
            raise JailError(*part.decode("utf-8", "replace").partition(":")[::2])
        elif tag == frames.END:
            return _parsed(bytes(body), bytes(data))
        else:
            (body if tag == frames.JSON_PART else data).extend(part)
        if len(body) + len(data) > ANSWER_BYTES:
            raise JailError(frames.MEMORY, "answer too long")


def _parsed(body: bytes, data: bytes) -> Answer:
    try:
        head = json.loads(body)
        return Answer(head["value"], frames.split(data, head["lengths"]))
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise JailError(frames.CRASH, "garbled answer") from problem


_shared: Jail | None = None
_shared_lock = threading.Lock()


def shared() -> Jail:
    """Buồng cách ly chung của tiến trình này."""
    global _shared  # noqa: PLW0603 - one per process, made on first use
    with _shared_lock:
        if _shared is None:
            _shared = Jail()
        return _shared
