"""Văn bản nghe việc của gói dưới: bàn giao công việc."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.events import on
from app.documents import service
from app.org.events import WorkHandedOver


def listen() -> None:
    """Gắn các hàm nghe (importing this module is enough; the call says so where it is wired)."""


@on(WorkHandedOver)
def hand_over_documents(actor: Actor, event: WorkHandedOver) -> None:
    """Bàn giao: open documents of the post go to the successor in the same transaction."""
    service.hand_over(actor, event.from_post_id, event.to_post_id)
