"""Chốt số liệu của một kỳ đã qua."""

from __future__ import annotations

from datetime import date

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, Violation, Violations
from app.core.use_case import use_case
from app.directives.models import FrozenPeriod
from app.directives.queries import View, sees_whole_agency


@use_case
def freeze(actor: Actor, *, title: str, starts_on: date | None, ends_on: date | None) -> FrozenPeriod:
    """Chốt số liệu của kỳ: only of days that are over, whose history nothing changes any more."""
    if not sees_whole_agency(actor, View.GIVEN) or actor.agency_id is None or actor.person_id is None:
        raise NotAllowed("Chỉ lãnh đạo hoặc Văn phòng cơ quan được chốt số liệu.")
    broken = []
    if not title.strip():
        broken.append(Violation("title", "Hãy đặt tên cho kỳ số liệu."))
    if starts_on is None or ends_on is None:
        broken.append(Violation("starts_on", "Hãy nhập ngày đầu và ngày cuối của kỳ."))
    elif starts_on > ends_on:
        broken.append(Violation("starts_on", "Ngày đầu kỳ phải trước ngày cuối kỳ."))
    elif ends_on >= clock.today():
        broken.append(Violation("ends_on", "Chỉ chốt được kỳ đã kết thúc, đến hết hôm qua là muộn nhất."))
    if broken or starts_on is None or ends_on is None:
        raise Violations(broken)
    found = FrozenPeriod(
        agency_id=actor.agency_id,
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        frozen_at=clock.now(),
        person_id=actor.person_id,
    )
    session.add(found)
    session.flush()
    return found
