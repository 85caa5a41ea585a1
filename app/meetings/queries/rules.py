"""Quy định về họp của một cơ quan, theo loại của nó."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from app.core.db import session
from app.core.errors import NotFound
from app.meetings.models import MeetingRule
from app.meetings.policy import Limits
from app.org.models import Agency


def limits_of(agency_id: int | None) -> Limits:
    """Thời hạn áp dụng cho một cơ quan; where no rule was entered for its kind, those of QĐ 45/2018."""
    rule = session.scalar(
        select(MeetingRule)
        .join(Agency, Agency.kind == MeetingRule.agency_kind)
        .where(Agency.id == (agency_id or -1))
    )
    if rule is None:
        return Limits()
    return Limits(
        rule.invitation_days,
        rule.papers_days,
        rule.conclusion_days,
        rule.source,
        needs_consent=rule.needs_consent,
    )


_shown: WeakKeyDictionary[Engine, dict[int, tuple[float, Limits]]] = WeakKeyDictionary()
_SHOWN_SECONDS = 60.0


def shown_limits(agency_id: int | None) -> Limits:
    """Thời hạn để hiển thị: may be a minute old, so that pages do not read the table each time."""
    kept = _shown.setdefault(session.get_bind().engine, {})
    at, found = kept.get(agency_id or -1, (0.0, None))
    if found is None or monotonic() - at > _SHOWN_SECONDS:
        found = limits_of(agency_id)
        kept[agency_id or -1] = (monotonic(), found)
    return found


def rules() -> Sequence[MeetingRule]:
    """Mọi quy định, theo loại cơ quan."""
    return session.scalars(select(MeetingRule).order_by(MeetingRule.id)).all()


def rule(rule_id: int) -> MeetingRule:
    """Một quy định.

    :raises NotFound: none such.
    """
    found = session.get(MeetingRule, rule_id)
    if found is None:
        raise NotFound
    return found
