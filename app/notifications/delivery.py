"""Chuyển thư: to the mail server named by the settings, or into a folder of .eml files where there is none."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

_SECONDS = 20.0


class Carrier(Protocol):
    """Nơi nhận thư đi."""

    def carry(self, message: EmailMessage, name: str) -> None:
        """Chuyển một thư; ``name`` is the same at every attempt."""
        ...


@dataclass(frozen=True)
class SmtpCarrier:
    """Máy chủ thư."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = True

    def carry(self, message: EmailMessage, name: str) -> None:
        """Gửi qua SMTP; whatever goes wrong is raised, and the outbox tries again."""
        with smtplib.SMTP(self.host, self.port, timeout=_SECONDS) as server:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)

    def __repr__(self) -> str:
        return f"SmtpCarrier({self.host}:{self.port})"


@dataclass(frozen=True)
class FolderCarrier:
    """Thư mục thư (.eml): no mail server was given."""

    folder: Path

    def carry(self, message: EmailMessage, name: str) -> None:
        """Cất thư: whole and on the disk, or not at all; a repeated sending writes the same file again."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = self.folder / f".{name}.part"
        with temporary.open("wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.folder / f"{name}.eml")
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@dataclass(frozen=True)
class PostOffice:
    """Bưu cục của bản cài đặt: who carries the mails, in whose name, and where their links lead."""

    carrier: Carrier
    sender: str
    address: str


_office: PostOffice | None = None


def open_post_office(office: PostOffice) -> None:
    """Mở bưu cục; called once by the wiring."""
    global _office  # noqa: PLW0603 - one per process, chosen at its start
    _office = office


def post_office() -> PostOffice:
    """Bưu cục đang dùng."""
    if _office is None:
        raise RuntimeError("open_post_office() first")
    return _office
