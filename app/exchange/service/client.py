"""Gọi ra ngoài: the one HTTP client. To pinned addresses of partners only, no redirects, bounded in time and size.

The name is resolved once, every address it has is checked against the partner's networks, and the connection goes to
the address that was checked.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from app.core import limits

_CONNECT_SECONDS, _READ_SECONDS = 5.0, 30.0
_MOST_ANSWER = 256 * limits.KB
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Unreachable(Exception):
    """Không tới được đối tác; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AddressRefused(ValueError):
    """Địa chỉ không được phép."""


@dataclass(frozen=True)
class Target:
    """Nơi được phép gọi: scheme, host and port as pinned, and the networks its addresses may lie in."""

    scheme: str
    host: str
    port: int
    networks: tuple[Network, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Câu trả lời."""

    status: int
    body: bytes
    retry_after: int | None = None

    @property
    def value(self) -> dict[str, Any]:
        """Nội dung JSON; empty when it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def read_networks(text: str) -> tuple[Network, ...]:
    """Các dải mạng ghi cho một đối tác.

    :raises AddressRefused: one of them is none, or covers everything.
    """
    found = []
    for item in re.split(r"[,;\s]+", text.strip()):
        if not item:
            continue
        try:
            network = ip_network(item)
        except ValueError as problem:
            raise AddressRefused(item) from problem
        if network.prefixlen < 8:
            raise AddressRefused(item)
        found.append(network)
    return tuple(found)


def target_of(url: str, networks: str = "", *, plain_http: bool = False) -> Target:
    """Nơi gọi từ địa chỉ đã ghi.

    :raises AddressRefused: anything but scheme, host and port; plain http beyond this machine.
    """
    allowed = read_networks(networks)
    if url != url.strip() or any(ord(c) <= 32 or ord(c) > 126 or c in "\\@#?%" for c in url):
        raise AddressRefused(url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise AddressRefused(url) from problem
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or parts.path not in ("", "/") or not host:
        raise AddressRefused(url)
    literal = _literal(host)
    if literal is None and (
        not _HOST.fullmatch(host) or host.rpartition(".")[2].isdigit() or _is_number(host)
    ):
        raise AddressRefused(url)
    if literal is not None and not _is_allowed(literal, allowed):
        raise AddressRefused(url)
    if (
        parts.scheme == "http"
        and not plain_http
        and not all(n.is_loopback for n in allowed or (ip_network("0.0.0.0/8"),))
    ):
        raise AddressRefused(url)
    return Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), allowed)


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_number(host: str) -> bool:
    """``2130706433``, ``0x7f.1``: numbers that some resolvers take for addresses."""
    return all(re.fullmatch(r"0x[0-9a-f]*|\d+", label) for label in host.split("."))


def _is_allowed(address: Address, networks: tuple[Network, ...]) -> bool:
    plain = address.ipv4_mapped if isinstance(address, IPv6Address) and address.ipv4_mapped else address
    if any(plain.version == n.version and plain in n for n in networks):
        return True
    return plain.is_global and not plain.is_multicast and not _is_tunnel(plain)


def _is_tunnel(address: Address) -> bool:
    if not isinstance(address, IPv6Address):
        return False
    return bool(address.sixtofour or address.teredo or address in ip_network("64:ff9b::/96"))


def post(target: Target, path: str, pieces: Iterator[bytes], length: int, headers: dict[str, str]) -> Answer:
    """Gửi một thư.

    :raises Unreachable: no answer, or one that may not be read.
    """
    connection = _Connection(target)
    try:
        connection.request("POST", path, body=pieces, headers={**headers, "Content-Length": str(length)})
        answer = connection.getresponse()
        body = answer.read(_MOST_ANSWER + 1)
    except (OSError, http.client.HTTPException, ssl.SSLError) as problem:
        raise Unreachable(_words(problem, target)) from problem
    finally:
        connection.close()
    if len(body) > _MOST_ANSWER:
        raise Unreachable("Đối tác trả lời quá dài. Hãy báo quản trị của đối tác.")
    if 300 <= answer.status < 400:
        raise Unreachable(
            "Đối tác chuyển hướng sang địa chỉ khác nên bị từ chối. Hãy kiểm tra địa chỉ đã ghi."
        )
    wait = answer.headers.get("Retry-After", "")
    return Answer(answer.status, body, int(wait) if re.fullmatch(r"\d{1,5}", wait) else None)


def fetch(target: Target, path: str, headers: dict[str, str], into: BinaryIO, most: int) -> None:
    """Tải một tệp vào ``into``.

    :raises Unreachable: no answer, not 200, or longer than ``most``.
    """
    connection = _Connection(target)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise Unreachable(f"Đối tác không giao tệp (mã {answer.status}).")
        size = 0
        while chunk := answer.read(limits.MB):
            size += len(chunk)
            if size > most:
                raise Unreachable("Tệp của đối tác lớn hơn dung lượng đã khai.")
            into.write(chunk)
    except (OSError, http.client.HTTPException, ssl.SSLError) as problem:
        raise Unreachable(_words(problem, target)) from problem
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked up here and checked."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=_READ_SECONDS)
        self._target = target

    def connect(self) -> None:
        """Resolve once, check every address, connect to the first that answers."""
        found = socket.getaddrinfo(self._target.host, self._target.port, type=socket.SOCK_STREAM)
        places = [(family, place) for family, _t, _p, _c, place in found]
        for _family, place in places:
            if not _is_allowed(ip_address(str(place[0]).partition("%")[0]), self._target.networks):
                raise Unreachable(
                    f"Địa chỉ của {self._target.host} ({place[0]}) không nằm trong mạng đã cho phép nên không kết nối."
                )
        last: OSError = OSError("no address")
        for family, place in places:
            plain = socket.socket(family, socket.SOCK_STREAM)
            plain.settimeout(_CONNECT_SECONDS)
            try:
                plain.connect(place)
            except OSError as problem:
                plain.close()
                last = problem
                continue
            plain.settimeout(_READ_SECONDS)
            self.sock = self._secured(plain)
            return
        raise last

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self._target.scheme == "http":
            return plain
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context.wrap_socket(plain, server_hostname=self._target.host)


def _words(problem: Exception, target: Target) -> str:
    if isinstance(problem, TimeoutError):
        return f"{target.host} không trả lời trong thời gian cho phép."
    if isinstance(problem, ConnectionRefusedError):
        return f"{target.host} từ chối kết nối; có thể hệ thống của đối tác đang dừng."
    if isinstance(problem, socket.gaierror):
        return f"Không tìm thấy máy chủ {target.host}."
    if isinstance(problem, ssl.SSLError):
        return f"Không lập được kết nối an toàn với {target.host}."
    return f"Kết nối với {target.host} bị ngắt giữa chừng."
