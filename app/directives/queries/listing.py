"""Danh sách đầu việc: one statement for a page, by key; and the capped counts of its tabs, in one more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import TextualSelect

from app.core import clock, limits
from app.core.actor import Actor
from app.core.records import Key, capped
from app.directives.models import Directive, DirectivePart, DirectivePartHistory
from app.directives.queries.conditions import conditions, order_of, part_id, status_conditions, table_of
from app.directives.queries.filters import OPEN_STATUSES, PartFilter, Shape, Status, shape_of, values_of
from app.directives.queries.prepared import AnyRow, Prepared
from app.org.models import Agency, Person

PartRow = AnyRow
_SHAPES = 1024  # kept statements; a filter has few shapes in use
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
    values = values_of(viewer, wanted, now or clock.now()) | {"most": limit + 1}
    if after is not None:
        values |= {"after_at": after.sort_at, "after_id": after.record_id}
    rows = _page(shape_of(viewer, wanted), is_later=after is not None).run(values).all()
    shown = rows[:limit]
    return shown, Key(shown[-1].sort_at, shown[-1].id) if len(rows) > limit else None


@lru_cache(_SHAPES)
def _page(shape: Shape, *, is_later: bool) -> Prepared:
    table = table_of(shape)
    order = order_of(table, shape.status)
    # Keys first, from the index alone; only the rows of this page are then fetched and joined.
    keys = select(table.id.label("row_id"), part_id(table).label("part_id"), order.column.label("sort_at"))
    keys = keys.where(*conditions(shape))
    if is_later:
        place = tuple_(order.column, part_id(table))
        start = tuple_(bindparam("after_at"), bindparam("after_id"))
        keys = keys.where(place < start if order.descending else place > start)
    keys = keys.order_by(*order.by(order.column, part_id(table)))
    picked = keys.limit(bindparam("most")).subquery("picked")
    facts: Any = table
    rows = (
        select(*_columns(facts), picked.c.sort_at)
        .select_from(picked)
        .join(DirectivePart, DirectivePart.id == picked.c.part_id)
        .join(Directive, Directive.id == DirectivePart.directive_id)
        .join(Person, Person.id == Directive.assigner_person_id)
    )
    if shape.is_past:
        rows = rows.join(DirectivePartHistory, DirectivePartHistory.id == picked.c.row_id)
    rows = rows.join(_lead, _lead.id == facts.lead_agency_id)
    rows = rows.join(_assigning, _assigning.id == facts.assigning_agency_id)
    return Prepared(rows.order_by(*order.by(picked.c.sort_at, picked.c.part_id)))


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


# ── counts ───────────────────────────────────────────────────────────────────


def _keys(shape: Shape) -> Select[int]:
    table = table_of(shape)
    # Ordered as the list is: the planner then walks the list's own index and stops at the cap, where it might
    # otherwise read old rows one by one in the hope of soon meeting a hundred.
    order = order_of(table, shape.status)
    return select(table.id).where(*conditions(shape)).order_by(*order.by(order.column))


@lru_cache(_SHAPES)
def _count(shape: Shape) -> Prepared:
    return Prepared(select(func.count()).select_from(_keys(shape).subquery()))


@lru_cache(_SHAPES)
def _capped_count(shape: Shape) -> Prepared:
    return Prepared(capped(_keys(shape), cap=limits.COUNT_CAP))


def count(viewer: Actor, wanted: PartFilter, *, now: datetime | None = None) -> int:
    """Số dòng của bộ lọc, đếm hết: for figures whose rows are few, and for tests."""
    values = values_of(viewer, wanted, now or clock.now())
    return int(_count(shape_of(viewer, wanted)).run(values).scalar_one())


def capped_count(viewer: Actor, wanted: PartFilter, now: datetime) -> TextualSelect:
    """Câu đếm có chặn trên của một bộ lọc, to be run together with others."""
    return _capped_count(shape_of(viewer, wanted)).counting(values_of(viewer, wanted, now))


def tab_counts(
    viewer: Actor, wanted: PartFilter, statuses: Iterable[Status], *, now: datetime | None = None
) -> dict[Status, int]:
    """Số của các tab, mỗi số chặn ở 100, trong một câu lệnh."""
    listed = tuple(statuses)
    shape, values = shape_of(viewer, wanted), values_of(viewer, wanted, now or clock.now())
    if not shape.is_past:
        return _run_counts(_each_capped(shape, listed), listed, values)
    # Of a past day no index knows what was late then: what was open is read once and told apart.
    was_open = tuple(s for s in listed if s in OPEN_STATUSES)
    rest = tuple(s for s in listed if s not in OPEN_STATUSES)
    return _run_counts(_each_capped(shape, rest), rest, values) | _run_counts(
        _open_told_apart(shape, was_open), was_open, values
    )


def _run_counts(
    statement: Prepared, statuses: Sequence[Status], values: Mapping[str, Any]
) -> dict[Status, int]:
    if not statuses:
        return {}
    row = statement.run(values).one()
    return {s: min(int(row[i] or 0), limits.COUNT_CAP) for i, s in enumerate(statuses)}


@lru_cache(_SHAPES)
def _each_capped(shape: Shape, statuses: tuple[Status, ...]) -> Prepared:
    each = (capped(_keys(replace(shape, status=s)), cap=limits.COUNT_CAP) for s in statuses)
    return Prepared(select(*(c.scalar_subquery().label(f"n{i}") for i, c in enumerate(each))))


@lru_cache(_SHAPES)
def _open_told_apart(shape: Shape, statuses: tuple[Status, ...]) -> Prepared:
    was_open = replace(shape, status=Status.OPEN)
    return Prepared(select(*counts_apart(shape, statuses)).where(*conditions(was_open)))


def counts_apart(shape: Shape, statuses: Sequence[Status]) -> list[Any]:
    """Các số của nhiều tình trạng trong một lượt đọc: one column each, told apart by the same conditions as the lists."""
    table = table_of(shape)
    return [
        func.count().filter(and_(*status_conditions(table, s))).label(f"n{i}") for i, s in enumerate(statuses)
    ]


@lru_cache(_SHAPES)
def _ids(shape: Shape) -> Prepared:
    table = table_of(shape)
    order = order_of(table, shape.status)
    statement = select(part_id(table)).where(*conditions(shape))
    return Prepared(statement.order_by(*order.by(order.column, part_id(table))).limit(bindparam("most")))


def ids_of(viewer: Actor, wanted: PartFilter, *, limit: int) -> list[int]:
    """Khóa các đầu việc của bộ lọc, nhiều nhất ``limit``: for an act on a whole selection."""
    values = values_of(viewer, wanted, clock.now()) | {"most": limit}
    return [int(i) for i in _ids(shape_of(viewer, wanted)).run(values).scalars()]
