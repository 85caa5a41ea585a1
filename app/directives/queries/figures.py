"""Số liệu theo cơ quan chủ trì: each number counts exactly the rows its list shows, now or as at a past day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, literal_column, select, union_all

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.directives.queries.conditions import PartFilter, Status, View, conditions, table_of
from app.org.models import Agency

COUNTED = (
    Status.LATE,
    Status.SOON,
    Status.IN_TIME,
    Status.UNDATED,
    Status.REPORTED,
    Status.ON_TIME,
    Status.DONE_LATE,
)


@dataclass
class AgencyFigures:
    """Số liệu của một cơ quan chủ trì: parts (đầu việc), not directives."""

    agency_id: int | None
    name: str
    counts: dict[Status, int] = field(default_factory=dict)

    def of(self, status: Status) -> int:
        """Số đầu việc của một tình trạng; "chưa xong" is the sum of the open ones."""
        if status == Status.OPEN:
            return sum(self.counts.get(s, 0) for s in COUNTED[:5])
        return self.counts.get(status, 0)

    @property
    def late(self) -> int:
        """Quá hạn."""
        return self.of(Status.LATE)

    @property
    def soon(self) -> int:
        """Sắp đến hạn."""
        return self.of(Status.SOON)

    @property
    def on_time_rate(self) -> int | None:
        """Tỷ lệ hoàn thành đúng hạn, phần trăm; nothing when none was completed."""
        done = self.of(Status.ON_TIME) + self.of(Status.DONE_LATE)
        return round(100 * self.of(Status.ON_TIME) / done) if done else None


def by_agency(
    viewer: Actor,
    *,
    as_at: date | None = None,
    completed_from: date | None = None,
    now: datetime | None = None,
) -> list[AgencyFigures]:
    """Số liệu từng cơ quan chủ trì của các nhiệm vụ cơ quan mình giao; the latest first.

    :param completed_from: completed ones count from this day on, so that the figure does not read the whole archive.
    """
    wanted = PartFilter(view=View.GIVEN, as_at=as_at, completed_from=completed_from)
    rows = session.execute(_grouped(viewer, wanted, COUNTED, now or clock.now()))
    found: dict[int, AgencyFigures] = {}
    for row in rows:
        figures = found.setdefault(row.lead_agency_id, AgencyFigures(row.lead_agency_id, row.short_name))
        figures.counts[Status(row.status)] = row.n
    return sorted(found.values(), key=lambda f: (-f.late, -f.soon, f.name))


def total_of(rows: Sequence[AgencyFigures]) -> AgencyFigures:
    """Dòng cộng."""
    total = AgencyFigures(None, "Cộng")
    for status in COUNTED:
        total.counts[status] = sum(r.of(status) for r in rows)
    return total


def _grouped(viewer: Actor, wanted: PartFilter, statuses: Sequence[Status], now: datetime) -> Select[Any]:
    # One small grouped count per status, each over its own partial index, rather than one pass over all rows.
    table = table_of(wanted)
    parts: list[Any] = [
        select(
            table.lead_agency_id.label("lead_agency_id"),
            literal_column(f"'{status.value}'").label("status"),
            func.count().label("n"),
        )
        .where(*conditions(viewer, replace(wanted, status=status), now))
        .group_by(table.lead_agency_id)
        for status in statuses
    ]
    counted = union_all(*parts).subquery("counted")
    return select(counted.c.lead_agency_id, counted.c.status, counted.c.n, Agency.short_name).join(
        Agency, Agency.id == counted.c.lead_agency_id
    )


def latest_agencies(viewer: Actor, *, limit: int, now: datetime | None = None) -> list[AgencyFigures]:
    """Các cơ quan chậm nhất: late and due-soon counts of the first few, for the desk."""
    wanted = PartFilter(view=View.GIVEN)
    counted = _grouped(viewer, wanted, (Status.LATE, Status.SOON), now or clock.now()).subquery("c")
    late = func.coalesce(func.sum(case((counted.c.status == Status.LATE.value, counted.c.n))), 0)
    soon = func.coalesce(func.sum(case((counted.c.status == Status.SOON.value, counted.c.n))), 0)
    rows = session.execute(
        select(counted.c.lead_agency_id, counted.c.short_name, late.label("late"), soon.label("soon"))
        .group_by(counted.c.lead_agency_id, counted.c.short_name)
        .order_by(late.desc(), soon.desc(), counted.c.short_name)
        .limit(limit)
    )
    return [
        AgencyFigures(r.lead_agency_id, r.short_name, {Status.LATE: int(r.late), Status.SOON: int(r.soon)})
        for r in rows
    ]
