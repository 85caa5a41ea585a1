"""Hàng đợi gửi: effects that must follow a committed act, delivered at least once by the worker."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, limits, logs
from app.core.db import Base, IdMixin, session
from app.core.events import AfterHandler, Event, after_handlers, from_json, set_outbox, to_json

log = logging.getLogger("office.outbox")

CHANNEL = "office_outbox"
_LEASE = timedelta(minutes=5)


class Later(Exception):
    """Chưa đến lúc: a handler asks to be called again at ``until``; no failure, and no attempt is counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


class Outbox(IdMixin, Base):
    """Việc gửi đi: one row per effect of an event, kept until done or parked for a person to look at."""

    __tablename__ = "outbox"
    handler: Mapped[str]
    event: Mapped[str]
    kind: Mapped[int]
    record_id: Mapped[int]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    error: Mapped[str | None]
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "not_before",
            "id",
            postgresql_where=text("done_at IS NULL AND parked_at IS NULL"),
        ),
        Index(
            "ix_outbox_parked",
            "parked_at",
            postgresql_where=text("parked_at IS NOT NULL AND done_at IS NULL"),
        ),
        Index("ix_outbox_done", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )


def _store(handler: AfterHandler, event: Event, not_before: datetime) -> None:
    session.add(
        Outbox(
            handler=handler.name,
            event=type(event).__name__,
            kind=int(event.kind),
            record_id=event.record_id,
            payload=to_json(event),
            created_at=clock.now(),
            not_before=not_before,
        )
    )
    _wake()


def _wake() -> None:
    # Delivered by PostgreSQL at commit, once per transaction however often it is called.
    session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


set_outbox(_store)


def claim(limit: int = 20) -> Sequence[int]:
    """Nhận việc: lease due rows to this worker, oldest first; another worker skips them. Commits."""
    now = clock.now()
    rows = session.scalars(
        select(Outbox)
        .where(
            Outbox.done_at.is_(None),
            Outbox.parked_at.is_(None),
            Outbox.not_before <= now,
            (Outbox.lease_until.is_(None)) | (Outbox.lease_until < now),
        )
        .order_by(Outbox.not_before, Outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.lease_until = now + _LEASE
        row.attempts += 1
    ids = [row.id for row in rows]
    session.commit()
    return ids


def deliver(outbox_id: int) -> bool:
    """Thực hiện một việc gửi: run its handler, then mark it done; a failure waits longer each time, then is parked.

    :returns: whether the effect is done.
    """
    with logs.about(f"outbox-{outbox_id}"):
        return _deliver(outbox_id)


def _deliver(outbox_id: int) -> bool:
    row = session.get(Outbox, outbox_id)
    if row is None or row.done_at is not None:
        return True
    handler = after_handlers.get(row.handler)
    attempts, payload = row.attempts, row.payload
    session.rollback()
    try:
        if handler is None:
            raise LookupError(f"no handler named {row.handler}")
        handler.function(from_json(handler.event, payload), outbox_id)
    except Later as wish:
        session.rollback()
        _postpone(outbox_id, attempts, wish.until)
        return False
    except Exception as error:
        session.rollback()
        log.exception("outbox %s failed (attempt %s)", outbox_id, attempts)
        _fail(outbox_id, attempts, error)
        return False
    session.execute(
        update(Outbox).where(Outbox.id == outbox_id).values(done_at=clock.now(), lease_until=None, error=None)
    )
    session.commit()
    return True


def _postpone(outbox_id: int, attempts: int, until: datetime) -> None:
    session.execute(
        update(Outbox)
        .where(Outbox.id == outbox_id)
        .values(lease_until=None, not_before=until, attempts=attempts - 1)
    )
    session.commit()


def _fail(outbox_id: int, attempts: int, error: Exception) -> None:
    now = clock.now()
    wait = min(5 * 3**attempts, 900) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
    values: dict[str, Any] = {
        "lease_until": None,
        "not_before": now + timedelta(seconds=wait),
        "error": f"{type(error).__name__}: {error}"[:2000],
    }
    if attempts >= limits.OUTBOX_ATTEMPTS:
        values["parked_at"] = now
    session.execute(update(Outbox).where(Outbox.id == outbox_id).values(values))
    session.commit()


def dispatch(limit: int = 20) -> int:
    """Một lượt gửi: claim and deliver what is due.

    :returns: how many rows were claimed.
    """
    ids = claim(limit)
    for outbox_id in ids:
        deliver(outbox_id)
    return len(ids)


def resend(outbox_id: int) -> None:
    """Gửi lại một việc đã dừng hoặc đang chờ thử lại, ngay bây giờ: joins the caller's transaction."""
    session.execute(
        update(Outbox)
        .where(
            Outbox.id == outbox_id,
            Outbox.done_at.is_(None),
            Outbox.parked_at.is_not(None) | Outbox.lease_until.is_(None),
        )
        .values(parked_at=None, attempts=0, not_before=clock.now(), lease_until=None)
    )
    _wake()


def drop_done(before: datetime) -> int:
    """Dọn các việc đã xong trước một mốc. Commits; returns how many went."""
    result = session.execute(text("DELETE FROM outbox WHERE done_at < :before"), {"before": before})
    session.commit()
    return int(result.rowcount)  # type: ignore[attr-defined]
