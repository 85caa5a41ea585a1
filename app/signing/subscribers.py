"""Ký số nghe hàng đợi: the worker signs what was reserved."""

from __future__ import annotations

from app.core.events import after
from app.signing import service
from app.signing.events import BatchQueued


@after(BatchQueued)
def sign_batch(event: BatchQueued, _outbox_id: int) -> None:
    """Ký một lượt."""
    service.carry_out(event.batch_id)
