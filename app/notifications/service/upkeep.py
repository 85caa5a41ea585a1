"""Dọn dẹp: what nobody will look at again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from app.core import outbox
from app.core.actor import Actor
from app.core.db import session
from app.core.jobs import JobRun
from app.core.use_case import RequestKey, use_case
from app.notifications.models import Mail, MailState, Notice

_KEEP_EFFECTS = timedelta(days=7)
_KEEP_REQUEST_KEYS = timedelta(days=30)
_KEEP_RUNS = timedelta(days=90)
_KEEP_MAILS = timedelta(days=90)
_KEEP_NOTICES = timedelta(days=365)


def clean(actor: Actor, now: datetime) -> dict[str, int]:
    """Dọn việc gửi đã xong, khóa chống gửi lặp, lịch sử chạy, thư đã gửi và thông báo cũ."""
    return {
        "effects": outbox.drop_done(now - _KEEP_EFFECTS),
        "request_keys": _drop(actor, RequestKey, RequestKey.created_at < now - _KEEP_REQUEST_KEYS),
        "runs": _drop(actor, JobRun, JobRun.started_at < now - _KEEP_RUNS),
        "mails": _drop(actor, Mail, Mail.state == MailState.SENT, Mail.sent_at < now - _KEEP_MAILS),
        "notices": _drop(actor, Notice, Notice.created_at < now - _KEEP_NOTICES),
    }


def drop_runs(actor: Actor, name: str, before: datetime) -> int:
    """Dọn lịch sử của một việc chạy quá dày."""
    return _drop(actor, JobRun, JobRun.name == name, JobRun.started_at < before)


@use_case
def _drop(actor: Actor, model: Any, *conditions: Any) -> int:
    result = session.execute(delete(model).where(*conditions).execution_options(synchronize_session=False))
    return int(result.rowcount)  # type: ignore[attr-defined]
