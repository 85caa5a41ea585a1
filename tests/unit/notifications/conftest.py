"""Bưu cục kiểm thử: mails are caught instead of carried."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest

from app.core import outbox
from app.notifications import delivery
from app.notifications.delivery import PostOffice
from tests.unit.core.conftest import crowd

__all__ = ["CatchingCarrier", "carrier", "crowd", "deliver_all"]


@dataclass
class CatchingCarrier:
    """Giữ lại mọi thư; refuses while ``down``."""

    caught: list[EmailMessage] = field(default_factory=list)
    down: str = ""

    def carry(self, message: EmailMessage, name: str) -> None:
        if self.down:
            raise ConnectionRefusedError(self.down)
        self.caught.append(message)

    @property
    def subjects(self) -> list[str]:
        return [str(m["Subject"]) for m in self.caught]


def deliver_all() -> None:
    """Như tiến trình nền: until nothing is due."""
    while outbox.dispatch():
        pass


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> CatchingCarrier:
    """Nơi nhận thư của kiểm thử; depend on it after ``world``."""
    caught = CatchingCarrier()
    office = PostOffice(caught, "van-phong@hue.gov.vn", "https://vanphong.hue.gov.vn")
    monkeypatch.setattr(delivery, "_office", office)
    return caught
