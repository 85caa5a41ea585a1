"""Điều kiện lọc: said once, so that lists, counts and figures share them: a figure is its rows.

Values stand in them by name (``filters.values_of``), so that the SQL of a shape is written once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import SQLCoreOperations

from app.core.records import RecordAccess
from app.directives.models import (
    ENDED,
    OPEN,
    WORKING,
    Directive,
    DirectivePart,
    DirectivePartHistory,
    PartState,
)
from app.directives.queries.filters import COMPLETED_STATUSES, OPEN_STATUSES, REASONS, Shape, Status, View

Table = type[DirectivePart] | type[DirectivePartHistory]
Condition = SQLCoreOperations[bool]

_INSTANT = DateTime(timezone=True)
AGENCY, MOMENT = bindparam("agency", type_=BigInteger()), bindparam("moment", type_=_INSTANT)
_NEVER: ColumnElement[Any] = literal_column("'9999-01-01 00:00:00+00'::timestamptz", _INSTANT)


# Whom we only asked to cooperate is counted apart from whom we gave work.
_ORIGINS: dict[View, Callable[[Table], Condition]] = {
    View.GIVEN: lambda table: table.origin != _literal("cooperation"),
    View.ABOVE: lambda table: table.origin == _literal("above"),
    View.ASKED: lambda table: table.origin == _literal("cooperation"),
}


def table_of(shape: Shape) -> Table:
    """Bảng để đọc: the parts as they are, or their history."""
    return DirectivePartHistory if shape.is_past else DirectivePart


def part_id(table: Table) -> InstrumentedAttribute[int]:
    """Khóa đầu việc trong bảng này."""
    return table.id if table is DirectivePart else table.part_id  # type: ignore[union-attr]


def _literal(word: str) -> ColumnElement[Any]:
    return literal_column(f"'{word}'")


def state_in(table: Table, states: Iterable[PartState]) -> Condition:
    """Trạng thái, spelt as literals: a bound parameter can lose the partial index."""
    return table.state.in_([_literal(state.value) for state in states])


def status_conditions(table: Table, status: Status) -> list[Condition]:
    """Tình trạng tại mốc ``moment``."""
    working = state_in(table, WORKING)
    completed = table.state == _literal(PartState.COMPLETED.value)
    soon_at = table.soon_at
    found: dict[Status, list[Condition]] = {
        Status.LATE: [working, table.due_key <= MOMENT],
        Status.SOON: [working, table.due_key > MOMENT, soon_at.is_not(None), soon_at <= MOMENT],
        Status.IN_TIME: [working, soon_at.is_not(None), soon_at > MOMENT],
        Status.UNDATED: [working, table.due_key == _NEVER],
        Status.REPORTED: [table.state == _literal(PartState.REPORTED_DONE.value)],
        Status.EXTENSION: [working, table.is_extension_pending],
        Status.COMPLETED: [completed],
        Status.ON_TIME: [completed, table.reported_done_at < table.due_key],
        Status.DONE_LATE: [completed, table.reported_done_at >= table.due_key],
        Status.OPEN: [state_in(table, OPEN)],
        Status.ON_TIME_AT_FIRST: [
            completed,
            table.reported_done_at < func.coalesce(table.original_due_at, _NEVER),
        ],
        Status.PAUSED: [table.state == _literal(PartState.PAUSED.value)],
        Status.WITHDRAWN: [state_in(table, ENDED)],
        Status.ALL: [],
    }
    return found[status]


def scope_conditions(table: Table, shape: Shape) -> list[Condition]:
    """Phạm vi của người xem trong góc nhìn này."""
    found: list[Condition] = []
    if shape.view in _ORIGINS:
        found.append(_ORIGINS[shape.view](table))
    if shape.is_wide and shape.view == View.RECEIVED:
        # Work a leader gives inside his own agency is given, not received.
        return [table.lead_agency_id == AGENCY, table.assigning_agency_id != AGENCY]
    if shape.is_wide:
        return [table.assigning_agency_id == AGENCY, *found]
    seen = select(RecordAccess.record_id).where(
        RecordAccess.principal_id == func.any(cast(bindparam("principals"), ARRAY(BigInteger))),
        RecordAccess.kind == bindparam("kind"),
        RecordAccess.reason.in_([_literal(r) for r in REASONS[shape.view]]),
    )
    if not shape.is_past and shape.status in OPEN_STATUSES:
        seen = seen.where(RecordAccess.open)
    # Whoever follows or carries out a part belongs to the agency on that side: its index bounds the search.
    own = table.lead_agency_id if shape.view == View.RECEIVED else table.assigning_agency_id
    if shape.view != View.SUPPORTING:
        found.append(own == AGENCY)
    return [part_id(table).in_(seen), *found]


def conditions(shape: Shape) -> list[Condition]:
    """Mọi điều kiện của bộ lọc: whose, as at when, in which state, and what else was asked."""
    table = table_of(shape)
    return [
        *scope_conditions(table, shape),
        *as_at_conditions(table),
        *status_conditions(table, shape.status),
        *_narrowing(table, shape),
    ]


def as_at_conditions(table: Table) -> list[Condition]:
    """Đầu việc như nó đứng tại mốc ``moment``; nothing to ask of the present."""
    if table is DirectivePart:
        return []
    # The third follows from the first; it lets the list by day of assignment begin where the past day stands.
    return [
        DirectivePartHistory.valid_from <= MOMENT,
        DirectivePartHistory.valid_to > MOMENT,
        DirectivePartHistory.assigned_at <= MOMENT,
    ]


def _narrowing(table: Table, shape: Shape) -> list[Condition]:
    is_completed = shape.status in COMPLETED_STATUSES
    due_from, due_to = bindparam("due_from", type_=_INSTANT), bindparam("due_to", type_=_INSTANT)
    possible: dict[str, list[Condition]] = {
        "lead_agency_id": [table.lead_agency_id == bindparam("lead_agency_id")],
        "assigner_post_id": [table.assigner_post_id == bindparam("assigner_post_id")],
        "origin": [table.origin == bindparam("origin")],
        "document_id": [table.source_document_id == bindparam("document_id")],
        "programme_id": [
            table.directive_id.in_(
                select(Directive.id).where(Directive.programme_id == bindparam("programme_id"))
            )
        ],
        "due_from": [table.due_key > due_from, table.due_key < _NEVER],
        "due_to": [table.due_key <= due_to],
        "completed_from": [table.completed_at >= bindparam("completed_from", type_=_INSTANT)]
        if is_completed
        else [],
        "text": [_has_words(table)],
    }
    found = [c for name in sorted(shape.narrowed) for c in possible[name]]
    if is_completed and shape.is_past:
        found.append(table.completed_at <= MOMENT)
    return found


def _has_words(table: Table) -> Condition:
    words = DirectivePart.words
    has_all = words.contains(cast(bindparam("words"), ARRAY(Text)))
    condition = has_all | words.contains(cast(bindparam("key"), ARRAY(Text)))
    if table is DirectivePart:
        return condition
    return DirectivePartHistory.part_id.in_(select(DirectivePart.id).where(condition))


# ── order ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Order:
    """Thứ tự: a stored key, then the id; lateness is the order of due dates, so nothing is computed to sort."""

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    descending: bool

    def by(self, *columns: Any) -> list[Any]:
        """Các cột theo chiều của thứ tự."""
        return [c.desc() if self.descending else c.asc() for c in columns]


def order_of(table: Table, status: Status) -> Order:
    """Thứ tự của một tình trạng: the latest first among late ones, the longest waiting first among waiting ones."""
    if status in COMPLETED_STATUSES:
        return Order(table.completed_at, descending=True)
    if status == Status.WITHDRAWN:
        return Order(table.withdrawn_at, descending=True)
    if status == Status.ALL:
        return Order(table.assigned_at, descending=True)
    if status == Status.REPORTED:
        return Order(table.reported_done_at, descending=False)
    return Order(table.due_key, descending=False)
