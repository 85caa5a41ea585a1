"""Người dùng giả: keeps a connection alive, asks for one page again and again, and costs little itself."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass

_END_OF_HEAD = b"\r\n\r\n"


class BadAnswer(Exception):
    """Trang trả lời không phải 200."""


@dataclass(frozen=True)
class Target:
    """Trang cần mở, với cookie của người xem."""

    port: int
    path: str
    cookie: str = ""

    @property
    def request(self) -> bytes:
        """Toàn bộ yêu cầu."""
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: text/html\r\n{cookie}\r\n".encode()


class Visitor:
    """Một kết nối."""

    def __init__(self, target: Target) -> None:
        self._target, self._request = target, target.request
        self._socket: socket.socket | None = None

    def open_page(self) -> int:
        """Mở trang một lần; gives the number of bytes of its body.

        :raises BadAnswer: not answered with 200.
        """
        try:
            return self._ask()
        except (ConnectionError, BrokenPipeError):
            self.close()  # a server may close a connection it kept alive: then once more on a new one
            return self._ask()

    def _ask(self) -> int:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._target.port), timeout=120)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = self._socket
        connection.sendall(self._request)
        received = bytearray()
        while (end := received.find(_END_OF_HEAD)) < 0:
            self._more(connection, received)
        head = bytes(received[:end])
        if not head.startswith(b"HTTP/1.1 200"):
            raise BadAnswer(f"{self._target.path}: {head.splitlines()[0].decode()}")
        length = _header(head, b"content-length")
        whole = end + len(_END_OF_HEAD) + int(length)
        while len(received) < whole:
            self._more(connection, received)
        if b"connection: close" in head.lower():
            self.close()
        return int(length)

    @staticmethod
    def _more(connection: socket.socket, received: bytearray) -> None:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionResetError
        received += part

    def close(self) -> None:
        """Đóng kết nối."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _header(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    raise BadAnswer(f"no {name.decode()}")


def one_by_one(target: Target, *, requests: int, seconds: float) -> list[float]:
    """Mở trang lần lượt: the milliseconds of each; at most so many, for at most so long."""
    visitor = Visitor(target)
    found: list[float] = []
    until = time.perf_counter() + seconds
    while len(found) < requests and time.perf_counter() < until:
        began = time.perf_counter()
        visitor.open_page()
        found.append((time.perf_counter() - began) * 1000)
    visitor.close()
    return found


def at_once(target: Target, *, connections: int, seconds: float) -> float:
    """Nhiều người cùng mở: pages a second."""
    counts = [0] * connections
    faults: list[Exception] = []
    until = time.perf_counter() + seconds

    def visit(place: int) -> None:
        visitor = Visitor(target)
        try:
            while time.perf_counter() < until:
                visitor.open_page()
                counts[place] += 1
        except (OSError, BadAnswer) as fault:
            faults.append(fault)
        finally:
            visitor.close()

    threads = [threading.Thread(target=visit, args=(place,)) for place in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(counts) / (time.perf_counter() - began)
