"""Đường truyền xấu: an HTTP relay that drops, doubles, delays, cuts and falls silent, by a seed, and counts what it did."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections import Counter


class ChaosRelay:
    """Chuyển tiếp từ một cổng sang một cổng khác.

    :param calm: when set, everything goes through as it is.
    """

    def __init__(self, target: int, seed: int, *, cut: float = 0.05) -> None:
        self.target, self.cut = target, cut
        self.done: Counter[str] = Counter()
        self.calm = threading.Event()
        self.silent_until = 0.0
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def fall_silent(self, seconds: float) -> None:
        """Một chiều im lặng: requests are swallowed, nobody is told."""
        self.silent_until = time.monotonic() + seconds

    def close(self) -> None:
        """Đóng cổng."""
        self._server.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._server.accept()
                threading.Thread(target=self._relay, args=(near,), daemon=True).start()

    def _relay(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            near.settimeout(5)
            request = _whole(near)
            if not request:
                return
            with self._lock:
                self.done["requests"] += 1
                lot = [self._chance.random() for _ in range(5)]
                pause = self._chance.uniform(0.05, 0.8)
            if self.calm.is_set():
                near.sendall(self._forward(request))
                return
            self._badly(near, request, lot, pause)

    def _badly(self, near: socket.socket, request: bytes, lot: list[float], pause: float) -> None:
        if time.monotonic() < self.silent_until:
            self.done["silence"] += 1
            time.sleep(2.2)
            return
        if lot[0] < 0.30:
            self.done["dropped requests"] += 1
            return
        if lot[1] < self.cut:
            self.done["cut bodies"] += 1
            self._forward(request[: len(request) * 2 // 3])
            return
        if lot[2] < 0.30:
            self.done["doubled"] += 1
            threading.Timer(pause, self._forward, (request,)).start()
        if lot[3] < 0.30:
            self.done["reordered"] += 1  # arrives later than what was sent after it
            threading.Timer(pause, self._forward, (request,)).start()
            return
        answer = self._forward(request)
        if lot[4] < 0.30:
            self.done["dropped answers"] += 1
            return
        self.done["clean"] += 1
        near.sendall(answer)

    def _forward(self, request: bytes) -> bytes:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.target), 2) as far:
            far.settimeout(5)
            far.sendall(request)
            with contextlib.suppress(OSError):
                far.shutdown(socket.SHUT_WR)
            return _whole(far)
        return b""


def _whole(stream: socket.socket) -> bytes:
    """One HTTP message, by its Content-Length."""
    data = bytearray()
    while b"\r\n\r\n" not in data:
        piece = stream.recv(65_536)
        if not piece:
            return bytes(data)
        data += piece
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length:
        piece = stream.recv(65_536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body
