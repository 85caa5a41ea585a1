"""Khung tin giữa tiến trình chính và buồng cách ly: requests with open files one way, bounded answers the other.

Both sides import this module, so it knows nothing but the standard library.
"""

from __future__ import annotations

import array
import json
import socket
from typing import Any

REQUEST_BYTES = 8 * 1024
CHUNK_BYTES = 48 * 1024  # below the smallest usual socket buffer: a message is sent whole or not at all

# first byte of a message on the answer socket
STARTED = b"S"  # the parent of all children has seen the request
JSON_PART = b"J"
BYTES_PART = b"B"
END = b"E"
DIED = b"D"  # how the child ended, said by its parent

# reasons a child ends without an answer
TIME, MEMORY, CRASH = "time", "memory", "crash"


def send_request(control: socket.socket, request: dict[str, Any], fds: list[int]) -> None:
    """Gửi một việc kèm các tệp đang mở; one message, so threads need no lock."""
    body = json.dumps(request).encode()
    if len(body) > REQUEST_BYTES:
        raise ValueError("request too long")
    control.sendmsg([body], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))])


def receive_request(control: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Nhận một việc; ``None`` when the other side is gone."""
    body, ancillary, _flags, _address = control.recvmsg(
        REQUEST_BYTES, socket.CMSG_SPACE(2 * array.array("i").itemsize)
    )
    fds = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
    return (json.loads(body) if body else None), list(fds)


def send_answer(answer: socket.socket, value: Any, payloads: list[bytes]) -> None:
    """Gửi kết quả: a JSON value that names the lengths, then the bytes."""
    body = json.dumps({"value": value, "lengths": [len(p) for p in payloads]}).encode()
    for tag, data in [(JSON_PART, body), *((BYTES_PART, p) for p in payloads)]:
        view = memoryview(data)
        for start in range(0, len(view), CHUNK_BYTES):
            answer.sendmsg([tag, view[start : start + CHUNK_BYTES]])
    answer.send(END)


def split(data: bytes, lengths: list[int]) -> list[bytes]:
    """Cắt phần byte theo độ dài đã báo."""
    if any(n < 0 for n in lengths) or sum(lengths) != len(data):
        raise ValueError("lengths do not add up")
    parts, at = [], 0
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    return parts
