"""Dựng thành phố trình diễn từ đầu đến cuối, trong một giao dịch."""

from __future__ import annotations

from sqlalchemy import select, text

from app.core.db import session
from app.demo.city.calendar import fill_calendar
from app.demo.city.settling import settle
from app.demo.transaction import whole
from app.org.models import Agency

_LOCK = 4_072_022  # advisory lock: two seeds at once, and the second finds the city there


class AlreadyThere(Exception):
    """Đã có cơ quan: nothing is built over real data."""


def build() -> None:
    """Dựng thành phố.

    :raises AlreadyThere: the database has an agency.
    """
    with whole():
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if session.scalar(select(Agency.id).limit(1)) is not None:
            raise AlreadyThere
        fill_calendar()
        settle()
        session.commit()
