"""Việc phá hoại, chạy trong buồng cách ly để chứng minh từng giới hạn: loaded by name, never shipped with the application."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import time
from pathlib import Path


def spin(file):
    while True:
        pass


def sleep(file):
    time.sleep(60)
    return "awake", []


def stubborn(file):
    """Would survive every signal that can be caught."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(60)
    return "awake", []


def hoard(file):
    return len(bytearray(700 * 1024 * 1024)), []


def hoard_natively(file):
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes = [ctypes.c_size_t]
    return bool(libc.malloc(700 * 1024 * 1024)), []


def crash(file):
    ctypes.string_at(0)


def leave(file):
    os._exit(3)


def complain(file):
    raise ValueError("xấu")


def flood(file):
    return "x", [bytes(1024 * 1024)] * 200


def mute(file):
    os.close(1)
    return None, []


def _errno(action):
    try:
        action()
    except OSError as problem:
        return problem.errno
    return 0


def probe(file):
    """Error numbers of what must not work."""

    def connect():
        with socket.socket() as s:
            s.settimeout(2)
            s.connect(("127.0.0.1", int(os.pread(file, 10, 0))))

    def write():
        fd = os.open("/tmp/escaped", os.O_CREAT | os.O_WRONLY)
        os.write(fd, b"x")

    return {
        "connect": _errno(connect),
        "read": _errno(lambda: os.open("/etc/passwd", os.O_RDONLY)),
        "write": _errno(write),
        "fork": _errno(os.fork),
        "root": _errno(lambda: os.setuid(0)),
        "kill": _errno(lambda: os.kill(1, 0)),
        "uid": os.getuid(),
        "cwd": str(Path.cwd()) if _errno(Path.cwd) == 0 else None,
        "environment": sorted(os.environ),
        "descriptors": [fd for fd in range(3, 64) if _errno(lambda fd=fd: os.fstat(fd)) == 0],
    }, []


def own_pid(file):
    return os.getpid(), []


TASKS = {
    f.__name__: f
    for f in (
        spin,
        sleep,
        stubborn,
        hoard,
        hoard_natively,
        crash,
        leave,
        complain,
        flood,
        mute,
        probe,
        own_pid,
    )
}
