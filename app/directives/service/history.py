"""Ghi lịch sử đầu việc trong cùng giao dịch với việc làm thay đổi nó."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.core.db import session
from app.directives.models import FOREVER, DirectivePart, DirectivePartHistory
from app.directives.models.part import FACTS


def remember(part: DirectivePart, at: datetime) -> None:
    """Ghi lại dữ kiện của đầu việc kể từ ``at``; nothing is written when no fact that filters use has changed.

    Acts of one instant share a row, and a clock that stepped back cannot make spans overlap.
    """
    session.flush()
    facts = {name: getattr(part, name) for name in FACTS}
    current = session.scalar(
        select(DirectivePartHistory).where(
            DirectivePartHistory.part_id == part.id, DirectivePartHistory.valid_to == FOREVER
        )
    )
    if current is not None:
        if all(getattr(current, name) == value for name, value in facts.items()):
            return
        if at <= current.valid_from:
            for name, value in facts.items():
                setattr(current, name, value)
            return
        current.valid_to = at
        session.flush()  # the old span ends before the new one begins: at most one is current
    session.add(DirectivePartHistory(part_id=part.id, valid_from=at, valid_to=FOREVER, **facts))


def begin(parts: list[DirectivePart], at: datetime) -> None:
    """Mở lịch sử của các đầu việc vừa giao, một câu lệnh cho cả loạt."""
    session.add_all(
        DirectivePartHistory(
            part_id=part.id, valid_from=at, valid_to=FOREVER, **{name: getattr(part, name) for name in FACTS}
        )
        for part in parts
    )
