"""Công bố lịch công tác tuần."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violations
from app.core.events import emit
from app.core.records import RecordKind, leadership_principal, office_principal, unit_principal
from app.core.use_case import use_case
from app.meetings import queries
from app.meetings.events import WeekPublished
from app.meetings.models import PublishedWeek
from app.meetings.policy import Permission
from app.meetings.service.loading import require
from app.notifications.service import notice
from app.org import queries as org


@use_case
def publish_week(actor: Actor, monday: date, *, meeting_ids: Collection[int]) -> PublishedWeek:
    """Công bố lịch công tác tuần, hoặc công bố lại khi có thay đổi; what changed is told and kept.

    :param meeting_ids: the entries that stand in the published calendar, of those in the draft.
    :raises Violations: nothing chosen, or nothing changed since it was published.
    """
    require(
        actor,
        Permission.MEETING_CALL,
        "Chỉ thư ký, văn thư hoặc Chánh Văn phòng được công bố lịch công tác tuần.",
    )
    agency_id = actor.agency_id or 0
    chosen = [e for e in queries.draft_week(actor, monday) if e.id in set(meeting_ids)]
    if not chosen:
        raise Violations(["Chưa chọn cuộc họp nào để công bố."])
    last = next(iter(queries.published(agency_id, monday)), None)
    rows = queries.frozen(chosen)
    changes = queries.differences_of(last.entries, rows) if last is not None else []
    if last is not None and not changes:
        raise Violations([f"Lịch tuần không đổi so với lần công bố thứ {last.number}."])
    made = PublishedWeek(
        agency_id=agency_id,
        monday=monday,
        number=(last.number if last else 0) + 1,
        published_at=clock.now(),
        published_by_post_id=actor.post_id,
        entries=rows,
        changes=changes,
    )
    session.add(made)
    session.flush()
    words = f"Lịch công tác tuần từ {monday:%d/%m/%Y}" + (f", cập nhật lần {made.number}" if last else "")
    emit(
        actor,
        WeekPublished(
            kind=RecordKind.AGENCY, record_id=agency_id, agency_id=agency_id, week_id=made.id,
            note=f"{words} ({len(rows)} cuộc họp)",
        ),
    )  # fmt: skip
    units = [unit_principal(u.id) for u in org.units_of(agency_id)]
    notice(
        kind=RecordKind.AGENCY,
        record_id=agency_id,
        words=f"{words}: {'; '.join(changes)[:300]}" if changes else words,
        principals=[leadership_principal(agency_id), office_principal(agency_id), *units],
    )
    return made
