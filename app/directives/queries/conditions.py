"""Điều kiện lọc: one filter, said once, that lists, counts and figures share: a figure is its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import SQLCoreOperations

from app.core import clock
from app.core.actor import Actor
from app.core.records import (
    RecordAccess,
    RecordKind,
    leadership_principal,
    office_principal,
    registry_principal,
)
from app.core.text import fold, reference_key
from app.core.working_days import due_instant
from app.directives.models import (
    FOREVER,
    OPEN,
    WORKING,
    DirectivePart,
    DirectivePartHistory,
    Origin,
    PartState,
)
from app.directives.policy import SCOPE

Table = type[DirectivePart] | type[DirectivePartHistory]
Condition = SQLCoreOperations[bool]
_INSTANT = timedelta(microseconds=1)


class View(StrEnum):
    """Góc nhìn: what we gave, what we were given, where we help, what came from above."""

    GIVEN = "giao"
    RECEIVED = "duoc-giao"
    SUPPORTING = "phoi-hop"
    ABOVE = "cap-tren"


class Status(StrEnum):
    """Tình trạng: workflow state and deadline in one word, as it stands in addresses."""

    LATE = "qua-han"
    SOON = "sap-den-han"
    IN_TIME = "con-han"
    UNDATED = "khong-han"
    REPORTED = "cho-xac-nhan"
    EXTENSION = "de-nghi-gia-han"
    COMPLETED = "hoan-thanh"
    ON_TIME = "xong-dung-han"
    DONE_LATE = "xong-tre-han"
    OPEN = "chua-xong"
    WITHDRAWN = "da-thu-hoi"
    ALL = "tat-ca"


WORKING_STATUSES = (Status.LATE, Status.SOON, Status.IN_TIME, Status.UNDATED)
COMPLETED_STATUSES = (Status.COMPLETED, Status.ON_TIME, Status.DONE_LATE)


@dataclass(frozen=True, kw_only=True)
class PartFilter:
    """Bộ lọc của danh sách và số liệu. ``as_at`` asks for the rows as they stood at the end of that day."""

    view: View = View.GIVEN
    status: Status = Status.ALL
    lead_agency_id: int | None = None
    assigner_post_id: int | None = None
    origin: Origin | None = None
    document_id: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    completed_from: date | None = None
    text: str = ""
    as_at: date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Có điều kiện nào ngoài góc nhìn, tình trạng và ngày."""
        asked = (
            self.lead_agency_id,
            self.assigner_post_id,
            self.origin,
            self.document_id,
            self.due_from,
            self.due_to,
            self.text,
        )
        return any(asked)

    def with_status(self, status: Status) -> PartFilter:
        """Cùng bộ lọc, tình trạng khác."""
        return replace(self, status=status)


def table_of(wanted: PartFilter) -> Table:
    """Bảng để đọc: the parts as they are, or their history."""
    return DirectivePart if wanted.as_at is None else DirectivePartHistory


def moment_of(wanted: PartFilter, now: datetime) -> datetime:
    """Mốc tính hạn: now, or the last instant of the day asked for."""
    return now if wanted.as_at is None else min(now, due_instant(wanted.as_at) - _INSTANT)


def part_id(table: Table) -> InstrumentedAttribute[int]:
    """Khóa đầu việc trong bảng này."""
    return table.id if table is DirectivePart else table.part_id  # type: ignore[union-attr]


def state_in(table: Table, states: Iterable[PartState]) -> Condition:
    """Trạng thái, spelt as literals: a bound parameter can lose the partial index."""
    return table.state.in_([literal_column(f"'{state.value}'") for state in states])


def _state_is(table: Table, state: PartState) -> Condition:
    return table.state == literal_column(f"'{state.value}'")


def status_conditions(table: Table, status: Status, moment: datetime) -> list[Condition]:
    """Tình trạng tại một mốc."""
    working = state_in(table, WORKING)
    completed = _state_is(table, PartState.COMPLETED)
    found: dict[Status, list[Condition]] = {
        Status.LATE: [working, table.due_key <= moment],
        Status.SOON: [working, table.due_key > moment, table.soon_at.is_not(None), table.soon_at <= moment],
        Status.IN_TIME: [working, table.soon_at.is_not(None), table.soon_at > moment],
        Status.UNDATED: [working, table.due_key == FOREVER],
        Status.REPORTED: [_state_is(table, PartState.REPORTED_DONE)],
        Status.EXTENSION: [table.is_extension_pending],
        Status.COMPLETED: [completed],
        Status.ON_TIME: [completed, table.reported_done_at < table.due_key],
        Status.DONE_LATE: [completed, table.reported_done_at >= table.due_key],
        Status.OPEN: [state_in(table, OPEN)],
        Status.WITHDRAWN: [_state_is(table, PartState.WITHDRAWN)],
        Status.ALL: [],
    }
    return found[status]


# ── whose ────────────────────────────────────────────────────────────────────

_REASONS = {
    View.GIVEN: ("assigner", "assigning", "follower"),
    View.ABOVE: ("assigner", "assigning", "follower"),
    View.RECEIVED: ("lead", "assignee"),
    View.SUPPORTING: ("support",),
}


def sees_whole_agency(viewer: Actor, view: View) -> bool:
    """Được xem mọi đầu việc của cơ quan trong góc nhìn này: such sight is written on every row, so no row is asked."""
    if viewer.agency_id is None or view == View.SUPPORTING:
        return False
    wide = {leadership_principal(viewer.agency_id), office_principal(viewer.agency_id)}
    if view == View.RECEIVED:
        wide.add(registry_principal(viewer.agency_id))
    return bool(wide & set(viewer.all_principals(SCOPE)))


def scope_conditions(table: Table, viewer: Actor, wanted: PartFilter) -> list[Condition]:
    """Phạm vi của người xem trong góc nhìn này."""
    found: list[Condition] = []
    if wanted.view == View.ABOVE:
        found.append(table.origin == literal_column("'above'"))
    # Work a leader gives inside his own agency is given, not received.
    if wanted.view == View.RECEIVED and sees_whole_agency(viewer, wanted.view):
        return [table.lead_agency_id == viewer.agency_id, table.assigning_agency_id != viewer.agency_id]
    if sees_whole_agency(viewer, wanted.view):
        return [table.assigning_agency_id == viewer.agency_id, *found]
    seen = select(RecordAccess.record_id).where(
        RecordAccess.principal_id.in_(list(viewer.all_principals(SCOPE))),
        RecordAccess.kind == int(RecordKind.DIRECTIVE),
        RecordAccess.reason.in_(_REASONS[wanted.view]),
    )
    if table is DirectivePart and wanted.status in (
        *WORKING_STATUSES,
        Status.OPEN,
        Status.REPORTED,
        Status.EXTENSION,
    ):
        seen = seen.where(RecordAccess.open)
    return [part_id(table).in_(seen), *found]


# ── the rest ─────────────────────────────────────────────────────────────────


def conditions(viewer: Actor, wanted: PartFilter, now: datetime) -> list[Condition]:
    """Mọi điều kiện của bộ lọc: whose, as at when, in which state, and what else was asked."""
    table, moment = table_of(wanted), moment_of(wanted, now)
    return [
        *scope_conditions(table, viewer, wanted),
        *_as_at(table, moment),
        *status_conditions(table, wanted.status, moment),
        *_narrowing(table, wanted),
    ]


def _as_at(table: Table, moment: datetime) -> list[Condition]:
    if table is DirectivePart:
        return []
    return [DirectivePartHistory.valid_from <= moment, DirectivePartHistory.valid_to > moment]


def _narrowing(table: Table, wanted: PartFilter) -> list[Condition]:
    found: list[Condition] = []
    if wanted.lead_agency_id is not None:
        found.append(table.lead_agency_id == wanted.lead_agency_id)
    if wanted.assigner_post_id is not None:
        found.append(table.assigner_post_id == wanted.assigner_post_id)
    if wanted.origin is not None:
        found.append(table.origin == wanted.origin.value)
    if wanted.document_id is not None:
        found.append(table.source_document_id == wanted.document_id)
    if wanted.due_from is not None:
        found += [table.due_key > clock.instant(wanted.due_from), table.due_key < FOREVER]
    if wanted.due_to is not None:
        found.append(table.due_key <= due_instant(wanted.due_to))
    if wanted.completed_from is not None and wanted.status in COMPLETED_STATUSES:
        found.append(table.completed_at >= clock.instant(wanted.completed_from))
    if wanted.text.strip():
        found.append(_has_words(table, wanted.text))
    return found


def _has_words(table: Table, text: str) -> Condition:
    key = reference_key(text)
    words = re.findall(r"[a-z0-9]+", fold(text))[:12]
    has_all = and_(*(DirectivePart.words.contains([w]) for w in words)) if words else None
    is_key = DirectivePart.words.contains([key])
    condition = is_key if has_all is None else has_all | is_key
    if table is DirectivePart:
        return condition
    return DirectivePartHistory.part_id.in_(select(DirectivePart.id).where(condition))


# ── order ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Order:
    """Thứ tự: a stored key, then the id; lateness is the order of due dates, so nothing is computed to sort."""

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    descending: bool


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
