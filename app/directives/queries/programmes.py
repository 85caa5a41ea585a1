"""Chương trình, kế hoạch của cơ quan."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.directives.models import Directive, Programme
from app.org.queries import Choice

_MOST = 2**63 - 1


def programmes(viewer: Actor, *, limit: int = 100) -> Sequence[Row[Programme, int]]:
    """Các chương trình, kế hoạch và số chỉ đạo của mỗi cái, kết thúc muộn trước."""
    counted = (
        select(func.count())
        .select_from(Directive)
        .where(Directive.programme_id == Programme.id)
        .correlate(Programme)
        .scalar_subquery()
    )
    return session.execute(
        select(Programme, counted)
        .where(Programme.agency_id == viewer.agency_id)
        .order_by(Programme.ends_on.desc(), Programme.id.desc())
        .limit(limit)
    ).all()


def programme(programme_id: int, *, viewer: Actor) -> Programme:
    """Một chương trình, kế hoạch của cơ quan người xem.

    :raises NotFound: none such, or another agency's.
    """
    found = session.get(Programme, programme_id) if 0 < programme_id <= _MOST else None
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return found


def programme_choices(agency_id: int) -> list[Choice]:
    """Các chương trình chưa kết thúc, để giao nhiệm vụ thuộc chúng."""
    rows = session.execute(
        select(Programme.id, Programme.title, Programme.reference)
        .where(Programme.agency_id == agency_id, Programme.ends_on >= clock.today())
        .order_by(Programme.title)
        .limit(200)
    )
    return [Choice(str(r.id), r.title, r.reference) for r in rows]
