"""Báo cáo và đánh giá theo kỳ: by lead agency, leader or source; each number opens its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import DateTime, Row, and_, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.permissions import Role
from app.core.working_days import due_instant
from app.directives.labels import ORIGINS
from app.directives.models import (
    OPEN,
    Directive,
    DirectivePart,
    ExtensionRequest,
    FrozenPeriod,
    PartState,
    ProgressReport,
    Urging,
)
from app.directives.queries.conditions import as_at_conditions, scope_conditions, state_in, table_of
from app.directives.queries.figures import COUNTED, AgencyFigures
from app.directives.queries.filters import (
    PartFilter,
    Shape,
    Status,
    View,
    sees_whole_agency,
    shape_of,
    values_of,
)
from app.directives.queries.listing import counts_apart
from app.directives.queries.prepared import Prepared
from app.org.models import Agency, Person, Post

_ROWS = 500


class By(StrEnum):
    """Chiều tổng hợp."""

    AGENCY = "co-quan"
    LEADER = "lanh-dao"
    SOURCE = "nguon"


class Happened(StrEnum):
    """Việc đã xảy ra trong kỳ, ngoài trạng thái."""

    URGED = "don-doc"
    EXTENDED = "gia-han"
    RETURNED = "tra-lai"


@dataclass
class PeriodRow(AgencyFigures):
    """Một dòng báo cáo của kỳ; counts parts (đầu việc)."""

    key: str = ""
    head: str = ""
    average_delay: float | None = None  # days, of those done late
    happened: dict[Happened, int] = field(default_factory=dict)


def period(viewer: Actor, by: By, starts_on: date, ends_on: date) -> list[PeriodRow]:
    """Số liệu của một kỳ: open as at its end, completed from its first day on."""
    now = clock.now()
    as_at = ends_on if ends_on < clock.local(now).date() else None
    wanted = PartFilter(view=View.GIVEN, as_at=as_at, completed_from=starts_on)
    shape, values = shape_of(viewer, wanted), values_of(viewer, wanted, now)
    rows = []
    for found in _grouped_by(shape, by).run(values):
        counts = {s: found[i] for i, s in enumerate(COUNTED, 1)}
        delay = float(found.delay) if found.delay is not None else None
        rows.append(PeriodRow(None, "", counts, key=str(found.key), average_delay=delay))
    _name(rows, by)
    if by == By.AGENCY and sees_whole_agency(viewer, View.GIVEN):
        _add_happened(rows, viewer, starts_on, ends_on)
    return sorted(rows, key=lambda r: (-r.late, -r.soon, r.name))


@cache
def _grouped_by(shape: Shape, by: By) -> Prepared:
    table = table_of(shape)
    key = {By.AGENCY: table.lead_agency_id, By.LEADER: table.assigner_post_id, By.SOURCE: table.origin}[by]
    completed = state_in(table, (PartState.COMPLETED,))
    late = and_(completed, table.reported_done_at >= table.due_key)
    days = func.extract("epoch", table.reported_done_at - table.due_key) / 86_400
    since = bindparam("completed_from", type_=DateTime(timezone=True))
    return Prepared(
        select(key.label("key"), *counts_apart(shape, COUNTED), func.avg(days).filter(late).label("delay"))
        .where(
            *scope_conditions(table, shape),
            *as_at_conditions(table),
            or_(state_in(table, OPEN), and_(completed, table.completed_at >= since)),
        )
        .group_by(key)
    )


def _name(rows: Sequence[PeriodRow], by: By) -> None:
    if by == By.SOURCE:
        for row in rows:
            row.name = ORIGINS[row.key]
        return
    keys = [int(r.key) for r in rows]
    if by == By.LEADER:
        statement = select(Post.id, Post.title, Person.full_name).outerjoin(
            Person, Person.id == Post.person_id
        )
        names = {
            r.id: (r.full_name or r.title, "") for r in session.execute(statement.where(Post.id.in_(keys)))
        }
    else:
        head = aliased(Post)
        found = session.execute(
            select(Agency.id, Agency.short_name, func.min(Person.full_name).label("head"))
            .outerjoin(
                head,
                and_(
                    head.agency_id == Agency.id,
                    head.is_head,
                    head.active,
                    head.roles.contains([Role.LEADER.value]),
                ),
            )
            .outerjoin(Person, Person.id == head.person_id)
            .where(Agency.id.in_(keys))
            .group_by(Agency.id, Agency.short_name)
        )
        names = {r.id: (r.short_name, r.head or "") for r in found}
    for row in rows:
        row.name, row.head = names[int(row.key)]
        row.agency_id = int(row.key) if by == By.AGENCY else None


# ── what happened in the period ──────────────────────────────────────────────


def _span(starts_on: date, ends_on: date) -> tuple[datetime, datetime]:
    return clock.instant(starts_on), due_instant(ends_on)


def _of_kind(kind: Happened, agency_id: int | None, starts_on: date, ends_on: date) -> Any:
    """Rows of one kind: lead agency, part, when, words."""
    first, last = _span(starts_on, ends_on)
    if kind == Happened.URGED:
        return select(
            Urging.lead_agency_id.label("lead"), Urging.part_id, Urging.at, Urging.text.label("words")
        ).where(Urging.agency_id == agency_id, Urging.at >= first, Urging.at < last)
    if kind == Happened.EXTENDED:
        return (
            select(
                ExtensionRequest.agency_id.label("lead"),
                ExtensionRequest.part_id,
                ExtensionRequest.decided_at.label("at"),
                ExtensionRequest.reason.label("words"),
            )
            .join(DirectivePart, DirectivePart.id == ExtensionRequest.part_id)
            .where(
                DirectivePart.assigning_agency_id == agency_id,
                ExtensionRequest.state == "agreed",
                ExtensionRequest.decided_at >= first,
                ExtensionRequest.decided_at < last,
            )
        )
    return (
        select(
            ProgressReport.agency_id.label("lead"),
            ProgressReport.part_id,
            ProgressReport.judged_at.label("at"),
            ProgressReport.judgement_note.label("words"),
        )
        .join(DirectivePart, DirectivePart.id == ProgressReport.part_id)
        .where(
            DirectivePart.assigning_agency_id == agency_id,
            ProgressReport.judgement == "returned",
            ProgressReport.judged_at >= first,
            ProgressReport.judged_at < last,
        )
    )


def _add_happened(rows: Sequence[PeriodRow], viewer: Actor, starts_on: date, ends_on: date) -> None:
    each = []
    for kind in Happened:
        found = _of_kind(kind, viewer.agency_id, starts_on, ends_on).subquery()
        each.append(
            select(literal(kind.value).label("kind"), found.c.lead, func.count().label("n")).group_by(
                found.c.lead
            )
        )
    by_agency = {r.agency_id: r for r in rows}
    for kind, lead, n in session.execute(union_all(*each)):
        if lead in by_agency:
            by_agency[lead].happened[Happened(kind)] = n


def happened(
    viewer: Actor, kind: Happened, lead_agency_id: int, starts_on: date, ends_on: date
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Các lần đôn đốc, gia hạn, trả lại của một cơ quan trong kỳ: exactly the rows that its number counts."""
    if not sees_whole_agency(viewer, View.GIVEN):
        return []
    found = _of_kind(kind, viewer.agency_id, starts_on, ends_on).subquery()
    return session.execute(
        select(
            DirectivePart.id,
            DirectivePart.code,
            DirectivePart.content,
            found.c.at,
            found.c.words,
            Directive.source_reference,
        )
        .join(found, found.c.part_id == DirectivePart.id)
        .join(Directive, Directive.id == DirectivePart.directive_id)
        .where(found.c.lead == lead_agency_id)
        .order_by(found.c.at, DirectivePart.id)
        .limit(_ROWS)
    ).all()


def frozen_periods(viewer: Actor, *, limit: int = 24) -> Sequence[FrozenPeriod]:
    """Các kỳ số liệu cơ quan đã chốt, mới trước."""
    return session.scalars(
        select(FrozenPeriod)
        .where(FrozenPeriod.agency_id == viewer.agency_id)
        .order_by(FrozenPeriod.ends_on.desc(), FrozenPeriod.id.desc())
        .limit(limit)
    ).all()


def total_of_period(rows: Sequence[PeriodRow]) -> PeriodRow:
    """Dòng cộng của kỳ."""
    total = PeriodRow(None, "Cộng")
    for status in (*COUNTED, Status.ON_TIME_AT_FIRST):
        total.counts[status] = sum(r.of(status) for r in rows)
    for kind in Happened:
        total.happened[kind] = sum(r.happened.get(kind, 0) for r in rows)
    return total
