"""Dọn dẹp: ended sessions, old attempts, lists nobody confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.core import limits
from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.org.models import LoginAttempt, UserSession
from app.org.service.importing import drop_old_imports


@use_case
def tidy(actor: Actor, now: datetime) -> dict[str, int]:
    """Dọn dẹp: sessions that ended a month ago, failed attempts of yesterday, imports nobody confirmed."""
    sessions = session.execute(
        delete(UserSession)
        .where(UserSession.expires_at < now - timedelta(days=limits.SESSION_DAYS))
        .returning(UserSession.id)
    )
    attempts = session.execute(
        delete(LoginAttempt).where(LoginAttempt.at < now - timedelta(days=1)).returning(LoginAttempt.id)
    )
    return {
        "sessions": len(sessions.all()),
        "attempts": len(attempts.all()),
        "imports": drop_old_imports(),
    }
