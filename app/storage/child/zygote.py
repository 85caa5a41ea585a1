"""Tiến trình mẹ của buồng cách ly: imports the parsers once, gives up what it can, forks one child per file."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import resource
import runpy
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from app.storage import frames
from app.storage.child import tasks, warm
from app.storage.child.findings import RefusedError

NOBODY = 65534
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class _Running:
    pid: int
    answer: socket.socket
    deadline: float
    overdue: bool = False


def serve(control_fd: int, extra_tasks: Path | None) -> NoReturn:
    """Vòng đời của tiến trình mẹ: ends when the process that owns the other end of the socket does."""
    control = socket.socket(fileno=control_fd)
    known = dict(tasks.TASKS)
    if extra_tasks is not None:
        known |= runpy.run_path(str(extra_tasks))["TASKS"]
    warm.up()
    silence = os.open(os.devnull, os.O_WRONLY)
    confinement = _confine()
    os.dup2(silence, 2)  # parsers grumble about every odd file; what counts is in the answer
    os.close(silence)
    gc.collect()
    gc.freeze()  # children share these pages instead of copying them on the first collection
    control.send(json.dumps(confinement).encode())
    _loop(control, known)


def _confine() -> dict[str, bool]:
    """Take away network, file system and rights, as far as the system lets us."""
    is_root = os.geteuid() == 0
    if is_root:
        network = _libc.unshare(_CLONE_NEWNET | _CLONE_NEWIPC) == 0
    else:
        network = _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0
    # In a user namespace of our own we may change the root folder as well; the ids need not be mapped for that.
    files = (is_root or network) and _empty_root()
    rights = is_root and _become_nobody()
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)  # children of one uid must not trace each other
    return {"network": network, "files": files, "rights": rights}


def _empty_root() -> bool:
    """A folder that is already removed as root: nothing can be opened and nothing created in it."""
    here = tempfile.mkdtemp(prefix="jail-")
    try:
        os.chdir(here)
        Path(here).rmdir()
        os.chroot(".")
    except OSError:
        os.chdir("/")
        return False
    return True


def _become_nobody() -> bool:
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:
        return False
    return True


def _loop(control: socket.socket, known: dict[str, tasks.Task]) -> NoReturn:
    running: dict[int, _Running] = {}  # by the descriptor that becomes readable when the child ends
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        for fd, _event in poll.poll(_patience(running)):
            if fd == control.fileno():
                _accept(control, known, running, poll)
            else:
                poll.unregister(fd)
                os.close(fd)
                _reap(running.pop(fd))
        for child in running.values():
            if time.monotonic() > child.deadline:
                child.overdue = True
                os.kill(child.pid, signal.SIGKILL)


def _patience(running: dict[int, _Running]) -> float | None:
    if not running:
        return None
    return max(10.0, (min(child.deadline for child in running.values()) - time.monotonic()) * 1000)


def _accept(
    control: socket.socket, known: dict[str, tasks.Task], running: dict[int, _Running], poll: select.poll
) -> None:
    request, fds = frames.receive_request(control)
    if request is None:
        for child in running.values():
            os.kill(child.pid, signal.SIGKILL)
        os._exit(0)
    answer = socket.socket(fileno=fds[0])
    answer.send(frames.STARTED)
    pid = os.fork()
    if pid == 0:
        control.close()
        for pidfd, other in running.items():
            os.close(pidfd)
            other.answer.close()
        _child(known, request, answer, fds[1])
    os.close(fds[1])
    pidfd = os.pidfd_open(pid)
    running[pidfd] = _Running(pid, answer, time.monotonic() + request["bounds"]["wall"] + 0.5)
    poll.register(pidfd, select.POLLIN)


def _reap(child: _Running) -> None:
    """Say how a child ended; harmless after a full answer, which nobody reads beyond."""
    _pid, status = os.waitpid(child.pid, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        in_time = number in (signal.SIGXCPU, signal.SIGALRM) or child.overdue
        reason, detail = (frames.TIME if in_time else frames.CRASH), signal.Signals(number).name
    else:
        reason, detail = frames.CRASH, f"exit {os.WEXITSTATUS(status)}"
    with contextlib.suppress(OSError):  # the asker has gone, or has its answer and closed
        child.answer.send(frames.DIED + f"{reason}:{detail}".encode(), socket.MSG_DONTWAIT)
    child.answer.close()


def _child(
    known: dict[str, tasks.Task], request: dict[str, Any], answer: socket.socket, file: int
) -> NoReturn:
    try:
        _limit(request["bounds"])
        value, payloads = known[request["task"]](file, **request["arguments"])
        frames.send_answer(answer, value, payloads)
    except RefusedError as refused:
        answer.send(frames.DIED + f"{refused.code}:{refused.detail}".encode())
    except MemoryError:
        answer.send(frames.DIED + f"{frames.MEMORY}:MemoryError".encode())
    except BaseException:  # noqa: BLE001 - whatever a parser throws is told and ends here
        detail = traceback.format_exc(limit=-4)[-2_000:].encode("ascii", "replace")
        answer.send(frames.DIED + f"{frames.CRASH}:".encode() + detail)
    finally:
        os._exit(0)


def _limit(bounds: dict[str, Any]) -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    gc.disable()
    sys.setrecursionlimit(1_000)
    for what, soft, hard in (
        (resource.RLIMIT_AS, bounds["memory"], bounds["memory"]),
        (resource.RLIMIT_CPU, bounds["cpu"], bounds["cpu"] + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 32, 32),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (soft, hard))
    # The default action of the alarm ends the process even while a parser's C code runs.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, bounds["wall"])
