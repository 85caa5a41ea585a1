"""Nơi nghe của máy chủ web: which address people type, whether the port is free, whether the server answers."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl

from app.settings import is_loopback

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised, and asked on this machine's own address


class PortTaken(Exception):
    """Không nghe được ở cổng này."""


def bracketed(host: str) -> str:
    """Địa chỉ viết trong URL: numbers of IPv6 stand in brackets."""
    return f"[{host}]" if ":" in host else host


def default_address(host: str, port: int) -> str:
    """Địa chỉ người dùng gõ khi không ai đặt EXTERNAL_URL: plain http only where no cable is crossed."""
    if is_loopback(host):
        return f"http://{bracketed(host)}:{port}"
    return f"https://{bracketed(socket.getfqdn() if host in _EVERYWHERE else host)}:{port}"


def ensure_free(host: str, port: int) -> None:
    """Cổng còn trống, hoặc một câu nói rõ."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            if reason.errno == errno.EADDRINUSE:
                sentence = f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: --port {port + 1}"
                raise PortTaken(sentence) from None
            raise PortTaken(f"Không nghe được ở {host}:{port}: {reason.strerror}.") from None


def answers(scheme: str, host: str, port: int, name: str) -> bool:
    """Máy chủ web đã trả lời /healthz; ``name`` is the host it is known by."""
    where = _EVERYWHERE.get(host, host)
    connection = http.client.HTTPConnection(where, port, timeout=5)
    if scheme == "https":  # our own machine and our own certificate: asked is only whether it answers
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(where, port, timeout=5, context=context)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
