"""Danh sách đầu việc: one statement for a page, by key; and the capped counts of its tabs, in one more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.orm import aliased

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.records import Key, capped
from app.directives.models import Directive, DirectivePart, DirectivePartHistory
from app.directives.queries.conditions import (
    PartFilter,
    Status,
    conditions,
    order_of,
    part_id,
    table_of,
)
from app.org.models import Agency, Person

PartRow = Row[*tuple[Any, ...]]
_lead, _assigning = aliased(Agency, name="lead"), aliased(Agency, name="assigning")
# What the history keeps over time is shown as it was; the words of a part do not change.
_FACTS = (
    "state",
    "origin",
    "urgency",
    "is_key",
    "assigned_at",
    "original_due_at",
    "due_at",
    "soon_at",
    "is_extension_pending",
    "reported_done_at",
    "completed_at",
    "withdrawn_at",
)


def part_page(
    viewer: Actor,
    wanted: PartFilter,
    *,
    after: Key | None = None,
    limit: int = limits.PAGE_ROWS,
    now: datetime | None = None,
) -> tuple[Sequence[PartRow], Key | None]:
    """Một trang đầu việc theo bộ lọc, và khóa của trang kế tiếp (``None`` at the end)."""
    rows = session.execute(_page(viewer, wanted, after, limit, now or clock.now())).all()
    shown = rows[:limit]
    more = len(rows) > limit
    return shown, Key(shown[-1].sort_at, shown[-1].id) if more else None


def _page(viewer: Actor, wanted: PartFilter, after: Key | None, limit: int, now: datetime) -> Select[Any]:
    table, order = table_of(wanted), order_of(table_of(wanted), wanted.status)
    # Keys first, from the index alone; only the rows of this page are then fetched and joined.
    keys = select(table.id.label("row_id"), part_id(table).label("part_id"), order.column.label("sort_at"))
    keys = keys.where(*conditions(viewer, wanted, now))
    if after is not None:
        place, start = tuple_(order.column, part_id(table)), tuple_(after.sort_at, after.record_id)
        keys = keys.where(place < start if order.descending else place > start)
    keys = keys.order_by(*_ordered(order.column, part_id(table), descending=order.descending))
    picked = keys.limit(limit + 1).subquery("picked")
    facts: Any = table
    rows = (
        select(*_columns(facts), picked.c.sort_at)
        .select_from(picked)
        .join(DirectivePart, DirectivePart.id == picked.c.part_id)
        .join(Directive, Directive.id == DirectivePart.directive_id)
        .join(Person, Person.id == Directive.assigner_person_id)
    )
    if table is DirectivePartHistory:
        rows = rows.join(DirectivePartHistory, DirectivePartHistory.id == picked.c.row_id)
    rows = rows.join(_lead, _lead.id == facts.lead_agency_id)
    rows = rows.join(_assigning, _assigning.id == facts.assigning_agency_id)
    return rows.order_by(*_ordered(picked.c.sort_at, picked.c.part_id, descending=order.descending))


def _ordered(*columns: Any, descending: bool) -> list[Any]:
    return [c.desc() if descending else c.asc() for c in columns]


def _columns(facts: Any) -> list[Any]:
    return [
        DirectivePart.id,
        DirectivePart.version,
        DirectivePart.code,
        DirectivePart.content,
        DirectivePart.percent,
        DirectivePart.last_update_at,
        DirectivePart.urging_count,
        *(getattr(facts, name) for name in _FACTS),
        facts.lead_agency_id,
        _lead.short_name.label("lead_name"),
        _assigning.short_name.label("assigning_name"),
        Person.full_name.label("assigner_name"),
        Directive.source_reference,
        Directive.source_issued_on,
        Directive.external_body,
    ]


def count(viewer: Actor, wanted: PartFilter, *, now: datetime | None = None) -> int:
    """Số dòng của bộ lọc, đếm hết: for figures whose rows are few, and for tests."""
    statement = _counted(viewer, wanted, now or clock.now())
    return int(session.scalar(capped(statement, cap=10_000_000)) or 0)


def capped_count(viewer: Actor, wanted: PartFilter, now: datetime) -> Select[int]:
    """Câu đếm có chặn trên của một bộ lọc, to be run together with others."""
    return capped(_counted(viewer, wanted, now))


def _counted(viewer: Actor, wanted: PartFilter, now: datetime) -> Select[Any]:
    table = table_of(wanted)
    # Ordered as the list is: the planner then walks the list's own index and stops at the cap, where it might
    # otherwise read old rows one by one in the hope of soon meeting a hundred.
    order = order_of(table, wanted.status)
    return (
        select(table.id)
        .where(*conditions(viewer, wanted, now))
        .order_by(order.column.desc() if order.descending else order.column.asc())
    )


def tab_counts(
    viewer: Actor, wanted: PartFilter, statuses: Iterable[Status], *, now: datetime | None = None
) -> dict[Status, int]:
    """Số của các tab, mỗi số chặn ở 100, trong một câu lệnh."""
    moment = now or clock.now()
    listed = list(statuses)
    columns = [
        capped_count(viewer, wanted.with_status(s), moment).scalar_subquery().label(f"n{i}")
        for i, s in enumerate(listed)
    ]
    row = session.execute(select(*columns)).one()
    return {s: int(row[i] or 0) for i, s in enumerate(listed)}


def ids_of(viewer: Actor, wanted: PartFilter, *, limit: int) -> list[int]:
    """Khóa các đầu việc của bộ lọc, nhiều nhất ``limit``: for an act on a whole selection."""
    table = table_of(wanted)
    order = order_of(table, wanted.status)
    return list(
        session.scalars(
            select(part_id(table))
            .where(*conditions(viewer, wanted, clock.now()))
            .order_by(order.column, part_id(table))
            .limit(limit)
        )
    )
