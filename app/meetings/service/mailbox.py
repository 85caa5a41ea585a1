"""Hộp thư nhận trả lời: IMAP by the settings; the port is filled by the wiring."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from app.meetings.service.itip import MOST_BYTES

_SECONDS = 20.0
_MOST_A_RUN = 200


class Mailbox(Protocol):
    """Hộp thư: unread messages, each marked as read once it was taken care of."""

    address: str

    def unread(self) -> Iterator[tuple[bytes, bytes]]:
        """Các thư chưa đọc: (uid, bytes)."""
        ...

    def done(self, uid: bytes) -> None:
        """Đã xử lý một thư."""
        ...

    def close(self) -> None:
        """Thôi dùng hộp thư."""
        ...


@dataclass
class ImapMailbox:
    """Hộp thư IMAP."""

    host: str
    port: int
    user: str
    password: str
    address: str
    tls: bool = True
    folder: str = "INBOX"
    _connection: imaplib.IMAP4 | None = None

    def __repr__(self) -> str:
        return f"ImapMailbox({self.host}:{self.port})"

    def _open(self) -> imaplib.IMAP4:
        if self._connection is None:
            found: imaplib.IMAP4
            if self.tls:
                context = ssl.create_default_context()
                found = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=_SECONDS)
            else:
                found = imaplib.IMAP4(self.host, self.port, timeout=_SECONDS)
            found.login(self.user, self.password)
            found.select(self.folder)
            self._connection = found
        return self._connection

    def unread(self) -> Iterator[tuple[bytes, bytes]]:
        """Các thư chưa đọc, nhiều nhất một số mỗi lượt; reading does not mark them."""
        connection = self._open()
        _status, found = connection.uid("SEARCH", "UNSEEN", "SMALLER", str(MOST_BYTES))
        for uid in (found[0] or b"").split()[:_MOST_A_RUN]:
            _status, parts = connection.uid("FETCH", uid.decode("ascii"), "(BODY.PEEK[])")
            content = next((p[1] for p in parts if isinstance(p, tuple)), None)
            if content is not None:
                yield uid, content

    def done(self, uid: bytes) -> None:
        """Đánh dấu đã đọc."""
        self._open().uid("STORE", uid.decode("ascii"), "+FLAGS.SILENT", "(\\Seen)")

    def close(self) -> None:
        """Đăng xuất."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.logout()
            except (imaplib.IMAP4.error, OSError):
                connection.shutdown()


_mailbox: Mailbox | None = None


def open_mailbox(mailbox: Mailbox | None) -> None:
    """Mở hộp thư nhận trả lời; called once by the wiring, with ``None`` where the settings name none."""
    global _mailbox  # noqa: PLW0603 - one per process, chosen at its start
    _mailbox = mailbox


def mailbox() -> Mailbox | None:
    """Hộp thư đang dùng, nếu có."""
    return _mailbox
