"""Lập, sửa chương trình, kế hoạch."""

from __future__ import annotations

from datetime import date

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations
from app.core.use_case import load_for_change, touch, use_case
from app.directives.models import Programme
from app.directives.queries import View, sees_whole_agency


@use_case
def save_programme(
    actor: Actor,
    programme_id: int | None,
    *,
    title: str,
    reference: str = "",
    starts_on: date | None,
    ends_on: date | None,
    version: int | None = None,
) -> Programme:
    """Lập mới hoặc sửa chương trình, kế hoạch của cơ quan mình."""
    if not sees_whole_agency(actor, View.GIVEN) or actor.agency_id is None:
        raise NotAllowed("Chỉ lãnh đạo hoặc Văn phòng cơ quan được lập chương trình, kế hoạch.")
    broken = [] if title.strip() else [Violation("title", "Hãy nhập tên chương trình, kế hoạch.")]
    if starts_on is None or ends_on is None or starts_on > ends_on:
        broken.append(Violation("starts_on", "Hãy nhập ngày bắt đầu, và ngày kết thúc không trước ngày đó."))
    if broken or starts_on is None or ends_on is None:
        raise Violations(broken)
    if programme_id is None:
        found = Programme(agency_id=actor.agency_id)
        session.add(found)
    else:
        found = load_for_change(Programme, programme_id, version)
        if found.agency_id != actor.agency_id:
            raise NotFound
        touch(found)
    found.title, found.reference = title.strip(), reference.strip()
    found.starts_on, found.ends_on = starts_on, ends_on
    session.flush()
    return found
