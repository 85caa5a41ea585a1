"""Sổ đăng ký văn bản theo bộ lọc: the same rows on the page, on paper, in a spreadsheet and in a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Date, case, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import AnyRow, AnySelect, session
from app.core.numbering import Counter
from app.core.records import seen_by
from app.core.text import reference_key
from app.documents.models import Direction, Document, Handling, Register
from app.documents.policy import SCOPE
from app.documents.queries.books import Book
from app.org.models import Person, Post, Unit


@dataclass(frozen=True)
class Narrowed:
    """Bộ lọc của sổ: nothing given, nothing narrowed."""

    since: date | None = None
    until: date | None = None
    first: int | None = None
    last: int | None = None
    state: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Không lọc gì."""
        return self == Narrowed()


def register_rows(
    target: Book,
    narrowed: Narrowed,
    *,
    viewer: Actor,
    before: int | None = None,
    limit: int,
    ascending: bool = False,
) -> Sequence[AnyRow]:
    """Các dòng của sổ theo số; one row more than ``limit`` tells there is a next page."""
    statement = _columns().where(
        Document.register_id == target.register.id,
        Document.number_year == target.year,
        Document.number.is_not(None),
        *_conditions(narrowed),
    )
    if target.register.is_restricted:
        kind = Direction(target.register.direction).record_kind
        statement = statement.where(seen_by(Document.id, kind, viewer.all_principals(SCOPE)))
    if before is not None:
        statement = statement.where(Document.number < before)
    order = Document.number.asc() if ascending else Document.number.desc()
    return session.execute(statement.order_by(order).limit(limit + 1)).all()


def _columns() -> AnySelect:
    unit, post, person = aliased(Unit), aliased(Post), aliased(Person)
    of_lead = (Handling.document_id == Document.id, Handling.parent_id.is_(None), Handling.role == "lead")
    handlers = (
        select(func.string_agg(func.coalesce(unit.name, person.full_name), ", "))
        .select_from(Handling)
        .outerjoin(unit, unit.id == Handling.unit_id)
        .outerjoin(post, post.id == Handling.post_id)
        .outerjoin(person, person.id == post.person_id)
        .where(*of_lead, Handling.state.not_in(("returned", "withdrawn")))
        .correlate(Document)
        .scalar_subquery()
    )
    handed_at = select(func.min(Handling.assigned_at)).where(*of_lead).correlate(Document).scalar_subquery()
    leader_post, leader = aliased(Post), aliased(Person)
    return (
        select(
            Document.id,
            Document.number,
            Document.reference,
            Document.issued_on,
            Document.document_type,
            Document.subject,
            Document.issuer_name,
            Document.signer_name,
            Document.recipients_text,
            Document.arrived_at,
            Document.registered_at,
            Document.state,
            Document.urgency,
            Document.due_at,
            Document.soon_at,
            Document.closed_at,
            Document.paper_place,
            Document.duplicate_reason,
            Unit.name.label("unit_name"),
            func.coalesce(handlers, leader.full_name).label("handlers"),
            handed_at.label("handed_at"),
        )
        .outerjoin(Unit, Unit.id == Document.unit_id)
        .outerjoin(leader_post, leader_post.id == Document.presented_to_post_id)
        .outerjoin(leader, leader.id == leader_post.person_id)
    )


def _conditions(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrowed.since:
        found.append(Document.registered_at >= clock.instant(narrowed.since))
    if narrowed.until:
        found.append(Document.registered_at < clock.instant(narrowed.until + timedelta(days=1)))
    if narrowed.first:
        found.append(Document.number >= narrowed.first)
    if narrowed.last:
        found.append(Document.number <= narrowed.last)
    if narrowed.state:
        found.append(Document.state == narrowed.state)
    if narrowed.words:
        found.append(_named(narrowed.words))
    return found


def _named(words: str) -> ColumnElement[bool]:
    like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    tests = [
        column.ilike(like)
        for column in (Document.subject, Document.issuer_name, Document.recipients_text, Document.signer_name)
    ]
    key = reference_key(words)
    return or_(*tests, Document.reference_key.startswith(key, autoescape=True)) if key else or_(*tests)


def years_of(registers: Sequence[Register]) -> dict[int, list[tuple[int, int]]]:
    """Các năm của từng sổ, năm mới trước, kèm số cuối cùng đã lấy; a new year opens by itself with number 1."""
    by_series = {r.series: r.id for r in registers}
    rows = session.execute(
        select(Counter.series, Counter.year, Counter.last)
        .where(Counter.series.in_(by_series), Counter.last > 0)
        .order_by(Counter.year.desc())
    )
    found: dict[int, list[tuple[int, int]]] = {r.id: [] for r in registers}
    for row in rows:
        found[by_series[row.series]].append((row.year, row.last))
    return found


def registers_of(agency_id: int) -> Sequence[Register]:
    """Mọi sổ đang dùng của cơ quan, đến trước đi sau."""
    return session.scalars(
        select(Register)
        .where(Register.agency_id == agency_id, Register.active)
        .order_by(
            case((Register.direction == Direction.INCOMING.value, 0), else_=1), Register.sort, Register.id
        )
    ).all()


# ── báo cáo tình hình giải quyết ──


@dataclass(frozen=True)
class IncomingTally:
    """Tình hình giải quyết văn bản đến của một đơn vị trong kỳ."""

    name: str
    received: int
    done_in_time: int
    done_late: int
    open_in_time: int
    open_late: int
    open_without: int

    @property
    def done(self) -> int:
        """Đã giải quyết."""
        return self.done_in_time + self.done_late

    @property
    def open(self) -> int:
        """Đang giải quyết."""
        return self.open_in_time + self.open_late + self.open_without


def incoming_tally(agency_id: int, since: date, until: date, now: datetime) -> list[IncomingTally]:
    """Số văn bản đến vào sổ trong kỳ theo nơi chủ trì, và tình hình giải quyết lúc này (PL VI, O2)."""
    lead = (
        select(func.coalesce(Unit.name, _post_unit.name, Person.full_name))
        .select_from(Handling)
        .outerjoin(Unit, Unit.id == Handling.unit_id)
        .outerjoin(Post, Post.id == Handling.post_id)
        .outerjoin(_post_unit, _post_unit.id == Post.unit_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(
            Handling.document_id == Document.id,
            Handling.parent_id.is_(None),
            Handling.role == "lead",
            Handling.state.not_in(("returned", "withdrawn")),
        )
        .order_by(Handling.id.desc())
        .limit(1)
        .correlate(Document)
        .scalar_subquery()
    )
    closed, due = Document.closed_at, Document.due_at
    in_time = or_(due.is_(None), closed < due)
    counted = (
        select(
            func.coalesce(lead, literal("Chưa phân công")).label("name"),
            case((closed.is_not(None) & in_time, 1), else_=0).label("done_in_time"),
            case((closed.is_not(None) & ~in_time, 1), else_=0).label("done_late"),
            case((closed.is_(None) & (due > now), 1), else_=0).label("open_in_time"),
            case((closed.is_(None) & (due <= now), 1), else_=0).label("open_late"),
            case((closed.is_(None) & due.is_(None), 1), else_=0).label("open_without"),
        )
        .where(*_period(agency_id, Direction.INCOMING, since, until))
        .subquery()
    )
    names = ("done_in_time", "done_late", "open_in_time", "open_late", "open_without")
    rows = session.execute(
        select(counted.c.name, func.count(), *(func.sum(counted.c[n]) for n in names))
        .group_by(counted.c.name)
        .order_by(func.count().desc(), counted.c.name)
    )
    return [IncomingTally(row[0], *(int(figure or 0) for figure in row[1:])) for row in rows]


_post_unit = aliased(Unit)


@dataclass(frozen=True)
class OutgoingTally:
    """Tình hình phát hành văn bản đi của một đơn vị trong kỳ."""

    name: str
    issued: int
    answers: int
    on_the_day: int


def outgoing_tally(agency_id: int, since: date, until: date, *, by_type: bool) -> list[OutgoingTally]:
    """Số văn bản đi phát hành trong kỳ, theo đơn vị soạn thảo hoặc theo loại (PL VI, O4)."""
    name = (
        Document.document_type
        if by_type
        else func.coalesce(Unit.name, literal("Lãnh đạo, không theo đơn vị"))
    )
    local_day = cast(func.timezone("Asia/Ho_Chi_Minh", Document.registered_at), Date)
    rows = session.execute(
        select(
            name.label("name"),
            func.count(),
            func.count(Document.in_reply_to_id),
            func.count().filter(local_day == Document.issued_on),
        )
        .outerjoin(Unit, Unit.id == Document.unit_id)
        .where(*_period(agency_id, Direction.OUTGOING, since, until))
        .group_by(name)
        .order_by(func.count().desc(), name)
    )
    return [OutgoingTally(row[0], *(int(figure or 0) for figure in row[1:])) for row in rows]


def _period(
    agency_id: int, direction: Direction, since: date, until: date
) -> tuple[ColumnElement[bool], ...]:
    start, end = clock.instant(since), clock.instant(until + timedelta(days=1))
    return (
        Document.agency_id == agency_id,
        Document.direction == direction.value,
        # Registered at or after it came: lets the list's own index bound the reading.
        Document.sort_at < end,
        Document.sort_at >= start - timedelta(days=limits.REGISTER_LAG_DAYS),
        Document.registered_at >= start,
        Document.registered_at < end,
    )
