"""Danh sách văn bản: columns only, by key, one statement for the page and one for its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.core import limits
from app.core.actor import Actor
from app.core.db import AnyRow, AnySelect, session
from app.core.records import Key, RecordKind, access_page, open_records
from app.documents.models import Document, Handling, IncomingState, Note
from app.documents.policy import SCOPE
from app.org.models import Person, Post, Unit

IncomingRow = AnyRow
OutgoingRow = AnyRow
WaitingRow = AnyRow
_INCOMING_COLUMNS = (
    Document.id,
    Document.version,
    Document.number,
    Document.reference,
    Document.subject,
    Document.issuer_name,
    Document.document_type,
    Document.arrived_at,
    Document.issued_on,
    Document.state,
    Document.state_since,
    Document.urgency,
    Document.due_at,
    Document.soon_at,
    Document.closed_at,
    Document.reply_by,
    Document.sort_at,
    Document.source,
)
_lead_unit, _lead_post, _lead_person = aliased(Unit), aliased(Post), aliased(Person)
_LEAD = (
    select(func.string_agg(func.coalesce(_lead_unit.name, _lead_person.full_name), ", "))
    .select_from(Handling)
    .outerjoin(_lead_unit, _lead_unit.id == Handling.unit_id)
    .outerjoin(_lead_post, _lead_post.id == Handling.post_id)
    .outerjoin(_lead_person, _lead_person.id == _lead_post.person_id)
    .where(
        Handling.document_id == Document.id,
        Handling.role == "lead",
        Handling.parent_id.is_(None),
        Handling.state != "returned",
    )
    .correlate(Document)
    .scalar_subquery()
    .label("lead")
)


def incoming_page(
    viewer: Actor, *, open_only: bool, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[IncomingRow], Key | None]:
    """Văn bản đến người xem được biết, mới trước; ``open_only`` keeps those still asking something of him."""
    keys = access_page(
        RecordKind.INCOMING, viewer.all_principals(SCOPE), limit=limit + 1, after=after, open_only=open_only
    )
    return _rows(keys, limit, select(*_INCOMING_COLUMNS, _LEAD))


def outgoing_page(
    viewer: Actor, *, open_only: bool, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[OutgoingRow], Key | None]:
    """Văn bản đi người xem được biết, mới trước."""
    keys = access_page(
        RecordKind.OUTGOING, viewer.all_principals(SCOPE), limit=limit + 1, after=after, open_only=open_only
    )
    statement = select(
        Document.id,
        Document.version,
        Document.number,
        Document.reference,
        Document.subject,
        Document.document_type,
        Document.issued_on,
        Document.state,
        Document.state_since,
        Document.urgency,
        Document.recipients_text,
        Document.signer_name,
        Document.sort_at,
        Document.return_reason,
    )
    return _rows(keys, limit, statement)


def _rows(keys: Sequence[Key], limit: int, statement: AnySelect) -> tuple[Sequence[AnyRow], Key | None]:
    shown = keys[:limit]
    if not shown:
        return [], None
    found = {r.id: r for r in session.execute(statement.where(Document.id.in_([k.record_id for k in shown])))}
    rows = [found[k.record_id] for k in shown if k.record_id in found]
    return rows, shown[-1] if len(keys) > limit else None


def waiting_page(viewer: Actor, *, limit: int = limits.PAGE_ROWS) -> Sequence[WaitingRow]:
    """Văn bản chờ vào sổ của cơ quan: khẩn trước, rồi đến trước (a queue: first come, first registered)."""
    statement = _queue(viewer, "waiting")
    return session.execute(
        statement.order_by(Document.urgency.desc(), Document.sort_at, Document.id).limit(limit)
    ).all()


def registered_page(viewer: Actor, *, limit: int = limits.PAGE_ROWS) -> Sequence[WaitingRow]:
    """Văn bản đã vào sổ, chờ trình hoặc chuyển, cũ trước."""
    statement = _queue(viewer, "registered")
    return session.execute(statement.order_by(Document.sort_at, Document.id).limit(limit)).all()


def approved_page(viewer: Actor, *, limit: int = limits.PAGE_ROWS) -> Sequence[OutgoingRow]:
    """Văn bản đi chờ cấp số, phát hành: khẩn trước, chờ lâu trước."""
    statement = select(
        Document.id,
        Document.version,
        Document.subject,
        Document.document_type,
        Document.urgency,
        Document.signer_name,
        Document.signer_position,
        Document.recipients_text,
        Document.state_since,
        Unit.name.label("unit_name"),
    ).outerjoin(Unit, Unit.id == Document.unit_id)
    return session.execute(
        statement.where(
            Document.agency_id == viewer.agency_id,
            Document.direction == literal_column("'outgoing'"),
            Document.state == literal_column("'approved'"),
        )
        .order_by(Document.urgency.desc(), Document.sort_at, Document.id)
        .limit(limit)
    ).all()


def _queue(viewer: Actor, state: str) -> AnySelect:
    # The state stands as a literal, so that the planner can use the partial index of that queue.
    return select(*_INCOMING_COLUMNS).where(
        Document.agency_id == viewer.agency_id,
        Document.direction == literal_column("'incoming'"),
        Document.state == literal_column(f"'{IncomingState(state).value}'"),
    )


def overdue_page(
    viewer: Actor, now: datetime, *, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[IncomingRow], Key | None]:
    """Văn bản đến quá hạn xử lý của cơ quan, quá hạn lâu nhất trước (văn thư, Chánh Văn phòng)."""
    statement = (
        select(*_INCOMING_COLUMNS, _LEAD)
        .where(
            Document.agency_id == viewer.agency_id,
            Document.direction == literal_column("'incoming'"),
            Document.closed_at.is_(None),
            Document.due_at.is_not(None),
            Document.due_at <= now,
        )
        .order_by(Document.due_at, Document.id)
        .limit(limit + 1)
    )
    if after:
        statement = statement.where(tuple_(Document.due_at, Document.id) > (after.sort_at, after.record_id))
    rows = session.execute(statement).all()
    shown = rows[:limit]
    return shown, Key(shown[-1].due_at, shown[-1].id) if len(rows) > limit else None


@dataclass(frozen=True)
class HandlingRow:
    """Một phần việc đang giữ."""

    handling_id: int
    document_id: int
    reference: str
    subject: str
    issuer_name: str
    urgency: int
    role: str
    content: str
    state: str
    due_at: datetime | None
    soon_at: datetime | None
    assigned_at: datetime
    holder: str


def my_handlings(viewer: Actor, *, limit: int) -> list[HandlingRow]:
    """Phần việc đang mở của tôi (và đơn vị tôi phụ trách), theo hạn; without a deadline at the end."""
    principals = viewer.all_principals(SCOPE)
    posts = [p // 8 for p in principals if p % 8 == 0]
    units = [p // 8 for p in principals if p % 8 == 1]
    child = aliased(Handling)
    passed_on = (
        select(child.id)
        .where(child.parent_id == Handling.id, child.done_at.is_(None), child.role == "lead")
        .exists()
    )
    rows = session.execute(
        select(
            Handling.id.label("handling_id"),
            Handling.document_id,
            Document.reference,
            Document.subject,
            Document.issuer_name,
            Document.urgency,
            Handling.role,
            Handling.content,
            Handling.state,
            Handling.due_at,
            Handling.soon_at,
            Handling.assigned_at,
            func.coalesce(Unit.name, "").label("holder"),
        )
        .join(Document, Document.id == Handling.document_id)
        .outerjoin(Unit, Unit.id == Handling.unit_id)
        .where(
            or_(Handling.post_id.in_(posts), Handling.unit_id.in_(units)),
            Handling.done_at.is_(None),
            ~passed_on,
        )
        .order_by(Handling.due_at.asc().nulls_last(), Handling.id)
        .limit(limit)
    )
    return [HandlingRow(**row) for row in rows.mappings()]


def instructions_wanted(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản chờ ý kiến chỉ đạo của tôi, khẩn trước, kèm tham mưu mới nhất."""
    mine = open_records(RecordKind.INCOMING, viewer.all_principals(SCOPE))
    proposal = (
        select(Note.text)
        .where(Note.document_id == Document.id, Note.kind == "proposal")
        .order_by(Note.id.desc())
        .limit(1)
        .correlate(Document)
        .scalar_subquery()
        .label("proposal")
    )
    ready = (
        select(Note.id)
        .where(Note.document_id == Document.id, Note.kind == "proposal", Note.assignment.is_not(None))
        .correlate(Document)
        .exists()
        .label("can_agree")
    )
    return session.execute(
        select(*_INCOMING_COLUMNS, proposal, ready)
        .where(Document.id.in_(mine), Document.state == "presented")
        .order_by(Document.urgency.desc(), Document.reply_by.asc().nulls_last(), Document.sort_at)
        .limit(limit)
    ).all()


def approvals(
    viewer: Actor, *, limit: int, states: Sequence[str] = ("endorsed", "in_review")
) -> Sequence[AnyRow]:
    """Dự thảo chờ tôi duyệt, khẩn trước, chờ lâu trước."""
    mine = open_records(RecordKind.OUTGOING, viewer.all_principals(SCOPE))
    return session.execute(
        select(
            Document.id,
            Document.version,
            Document.subject,
            Document.document_type,
            Document.urgency,
            Document.state,
            Document.state_since,
            Document.reply_by,
            Unit.name.label("unit_name"),
            Person.full_name.label("drafter_name"),
        )
        .outerjoin(Unit, Unit.id == Document.unit_id)
        .outerjoin(Post, Post.id == Document.drafter_post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(and_(Document.id.in_(mine), Document.state.in_(states)))
        .order_by(Document.urgency.desc(), Document.state_since)
        .limit(limit)
    ).all()


def my_drafts(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Dự thảo của tôi chưa trình hoặc bị trả lại."""
    return approvals(viewer, limit=limit, states=("draft",))


def proposals_wanted(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản chờ tôi tham mưu (Chánh Văn phòng), khẩn và chờ lâu trước."""
    mine = open_records(RecordKind.INCOMING, viewer.all_principals(SCOPE))
    return session.execute(
        select(*_INCOMING_COLUMNS)
        .where(Document.id.in_(mine), Document.state == "to_propose")
        .order_by(Document.urgency.desc(), Document.state_since)
        .limit(limit)
    ).all()


def submissions(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản của cơ quan đang chờ lãnh đạo cho ý kiến, chờ lâu trước (Chánh Văn phòng)."""
    return session.execute(
        select(*_INCOMING_COLUMNS, Person.full_name.label("leader_name"))
        .outerjoin(Post, Post.id == Document.presented_to_post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(
            Document.agency_id == viewer.agency_id,
            Document.direction == literal_column("'incoming'"),
            Document.state == literal_column("'presented'"),
        )
        .order_by(Document.state_since, Document.id)
        .limit(limit)
    ).all()
