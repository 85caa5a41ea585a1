"""Số liệu theo cơ quan chủ trì: each number counts exactly the rows its list shows, now or as at a past day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Subquery, bindparam, func, literal_column, select, union_all

from app.core import clock
from app.core.actor import Actor
from app.directives.models import WORKING
from app.directives.queries.conditions import MOMENT, conditions, scope_conditions, state_in, table_of
from app.directives.queries.filters import PartFilter, Shape, Status, View, shape_of, values_of
from app.directives.queries.listing import counts_apart
from app.directives.queries.prepared import Prepared
from app.org.models import Agency

_NEAR = (Status.LATE, Status.SOON)
_LATER = (Status.IN_TIME, Status.UNDATED, Status.REPORTED)
_OPEN = (*_NEAR, *_LATER)
_DONE = (Status.ON_TIME, Status.DONE_LATE, Status.ON_TIME_AT_FIRST)
COUNTED = (*_OPEN, *_DONE)


@dataclass
class AgencyFigures:
    """Số liệu của một cơ quan chủ trì: parts (đầu việc), not directives."""

    agency_id: int | None
    name: str
    counts: dict[Status, int] = field(default_factory=dict)

    def of(self, status: Status) -> int:
        """Số đầu việc của một tình trạng; "chưa xong" is the sum of the open ones."""
        if status == Status.OPEN:
            return sum(self.counts.get(s, 0) for s in _OPEN)
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
        return self._rate(Status.ON_TIME)

    @property
    def first_rate(self) -> int | None:
        """Tỷ lệ hoàn thành đúng hạn ban đầu: by the date first given, whatever was extended since."""
        return self._rate(Status.ON_TIME_AT_FIRST)

    def _rate(self, status: Status) -> int | None:
        done = self.of(Status.ON_TIME) + self.of(Status.DONE_LATE)
        return round(100 * self.of(status) / done) if done else None


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
    moment = now or clock.now()
    found: dict[int, AgencyFigures] = {}
    for agency_id, name, status, n in _counted(viewer, wanted, moment):
        figures = found.setdefault(agency_id, AgencyFigures(agency_id, name))
        figures.counts[status] = n
    return sorted(found.values(), key=lambda f: (-f.late, -f.soon, f.name))


def _counted(viewer: Actor, wanted: PartFilter, now: datetime) -> Iterator[tuple[int, str, Status, int]]:
    shape, values = shape_of(viewer, wanted), values_of(viewer, wanted, now)
    yield from _told_apart(_apart(shape), _OPEN if shape.is_past else _NEAR, values)
    for row in _grouped(shape, _DONE if shape.is_past else (*_LATER, *_DONE)).run(values):
        yield row.lead_agency_id, row.short_name, Status(row.status), row.n


def _told_apart(
    statement: Prepared, statuses: Sequence[Status], values: Mapping[str, Any]
) -> Iterator[tuple[int, str, Status, int]]:
    for row in statement.run(values):
        for i, status in enumerate(statuses, 1):
            if row[i]:
                yield row.lead_agency_id, row.short_name, status, row[i]


def _by_lead(shape: Shape) -> Subquery:
    """One scan, told apart: now, of late and due soon, which have both passed the ``soon_at`` that an index keeps for open
    work alone; of a past day, whose lateness no index knows, of all that was open.
    """
    table = table_of(shape)
    lead, soon_at = table.lead_agency_id, table.soon_at
    statement = select(lead, *counts_apart(shape, _OPEN if shape.is_past else _NEAR)).group_by(lead)
    if shape.is_past:
        return statement.where(*conditions(replace(shape, status=Status.OPEN))).subquery("counted")
    near = (state_in(table, WORKING), soon_at.is_not(None), soon_at <= MOMENT)
    return statement.where(*scope_conditions(table, shape), *near).subquery("counted")


@cache
def _apart(shape: Shape) -> Prepared:
    counted = _by_lead(shape)
    return Prepared(select(counted, Agency.short_name).join(Agency, Agency.id == counted.c.lead_agency_id))


@cache
def _grouped(shape: Shape, statuses: tuple[Status, ...]) -> Prepared:
    # One small grouped count per status, each over its own partial index, rather than one pass over all rows.
    table = table_of(shape)
    parts: list[Any] = [
        select(
            table.lead_agency_id.label("lead_agency_id"),
            literal_column(f"'{status.value}'").label("status"),
            func.count().label("n"),
        )
        .where(*conditions(replace(shape, status=status)))
        .group_by(table.lead_agency_id)
        for status in statuses
    ]
    counted = union_all(*parts).subquery("counted")
    return Prepared(
        select(counted.c.lead_agency_id, counted.c.status, counted.c.n, Agency.short_name).join(
            Agency, Agency.id == counted.c.lead_agency_id
        )
    )


def total_of(rows: Sequence[AgencyFigures]) -> AgencyFigures:
    """Dòng cộng."""
    total = AgencyFigures(None, "Cộng")
    for status in COUNTED:
        total.counts[status] = sum(r.of(status) for r in rows)
    return total


def latest_agencies(viewer: Actor, *, limit: int, now: datetime | None = None) -> list[AgencyFigures]:
    """Các cơ quan chậm nhất: late and due-soon counts of the first few, for the desk."""
    wanted = PartFilter(view=View.GIVEN)
    values = values_of(viewer, wanted, now or clock.now()) | {"most": limit}
    return [
        AgencyFigures(r.lead_agency_id, r.short_name, {Status.LATE: r.late, Status.SOON: r.soon})
        for r in _latest(shape_of(viewer, wanted)).run(values)
    ]


@cache
def _latest(shape: Shape) -> Prepared:
    counted = _by_lead(shape)
    late, soon = counted.c.n0, counted.c.n1
    return Prepared(
        select(counted.c.lead_agency_id, Agency.short_name, late.label("late"), soon.label("soon"))
        .join(Agency, Agency.id == counted.c.lead_agency_id)
        .order_by(late.desc(), soon.desc(), Agency.short_name)
        .limit(bindparam("most"))
    )
