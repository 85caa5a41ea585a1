"""Soạn thư: header values checked, one stable Message-ID per key, the calendar part last."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# One plain ASCII mailbox: no list, no display name, no comment, nothing that a header could be broken with.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
SENDER_NAME = "Văn phòng điện tử"


class _Policy(EmailPolicy):
    """Folds the subject itself: the library loses blanks between encoded words (python/cpython#92081)."""

    def fold(self, name: str, value: Any) -> str:
        if name.lower() == "subject" and not str(value).isascii():
            return f"{name}: {Header(str(value), 'utf-8', header_name=name).encode(linesep=self.linesep)}{self.linesep}"
        return super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() == "subject":
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep=SMTP.linesep)


def is_address(text: str) -> bool:
    """Có phải một địa chỉ thư dùng được không."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def message_id(key: str, domain: str) -> str:
    """Message-ID không đổi của một thư: the same key always gives the same, so that a repeated sending shows once."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def compose(
    *,
    sender: str,
    recipient: str,
    subject: str,
    body: str,
    key: str,
    at: datetime,
    calendar: bytes | None = None,
    method: str | None = None,
) -> EmailMessage:
    """Dựng một thư từ các phần đã có.

    :raises ValueError: an address or a header value that must not stand in a mail.
    """
    if not is_address(recipient):
        raise ValueError("not one plain mail address")
    if _CONTROL.search(subject):
        raise ValueError("control character in the subject")
    if method is not None and not re.fullmatch(r"[A-Z]{2,20}", method):
        raise ValueError("not a calendar method")
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(SENDER_NAME, addr_spec=sender)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(key, sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    message.set_content(body, cte="quoted-printable")
    if calendar is not None and method is not None:
        # Clients take the last alternative they understand: the calendar must come last and name its method.
        message.add_alternative(
            calendar,
            maintype="text",
            subtype="calendar",
            cte="base64",
            params={"charset": "utf-8", "method": method},
            filename="giay-moi.ics",
            disposition="inline",
        )
    return message
