"""Danh sách văn bản: columns only, by key, one statement for the page and one for its keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, any_, bindparam, func, literal_column, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.core import limits
from app.core.actor import Actor
from app.core.db import AnyRow, AnySelect, session
from app.core.kept import kept
from app.core.prepared import Prepared
from app.core.records import Key, RecordKind, access_page
from app.documents.models import Document, DocumentFile, Handling, IncomingState
from app.documents.policy import SCOPE, work_principals
from app.org.models import Agency, Person, Post, Unit
from app.storage.models import StoredFile

IncomingRow = AnyRow
OutgoingRow = AnyRow
WaitingRow = AnyRow
INCOMING_COLUMNS = (
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
        Handling.state != "withdrawn",
    )
    .correlate(Document)
    .scalar_subquery()
    .label("lead")
)

_OUTGOING_COLUMNS = (
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
_OF_IDS = Document.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
_INCOMING_ROWS = Prepared(lambda: select(*INCOMING_COLUMNS, _LEAD).where(_OF_IDS))
_OUTGOING_ROWS = Prepared(lambda: select(*_OUTGOING_COLUMNS).where(_OF_IDS))


def incoming_page(
    viewer: Actor, *, open_only: bool, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[IncomingRow], Key | None]:
    """Văn bản đến người xem được biết, mới trước; ``open_only`` keeps those still asking something of him."""
    principals = work_principals(viewer) if open_only else viewer.all_principals(SCOPE)
    keys = access_page(RecordKind.INCOMING, principals, limit=limit + 1, after=after, open_only=open_only)
    return _rows(keys, limit, _INCOMING_ROWS)


def outgoing_page(
    viewer: Actor, *, open_only: bool, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[OutgoingRow], Key | None]:
    """Văn bản đi người xem được biết, mới trước."""
    principals = work_principals(viewer) if open_only else viewer.all_principals(SCOPE)
    keys = access_page(RecordKind.OUTGOING, principals, limit=limit + 1, after=after, open_only=open_only)
    return _rows(keys, limit, _OUTGOING_ROWS)


def _rows(keys: Sequence[Key], limit: int, statement: Prepared) -> tuple[Sequence[AnyRow], Key | None]:
    shown = keys[:limit]
    if not shown:
        return [], None
    found = {r.id: r for r in statement.run(ids=[k.record_id for k in shown])}
    rows = [found[k.record_id] for k in shown if k.record_id in found]
    return rows, shown[-1] if len(keys) > limit else None


def waiting_page(viewer: Actor, *, limit: int = limits.PAGE_ROWS) -> Sequence[WaitingRow]:
    """Văn bản chờ vào sổ của cơ quan: khẩn trước, rồi đến trước (a queue: first come, first registered)."""
    return _WAITING_ROWS.run(agency=viewer.agency_id, most=limit).all()


def registered_page(viewer: Actor, *, limit: int = limits.PAGE_ROWS) -> Sequence[WaitingRow]:
    """Văn bản đã vào sổ, chờ trình hoặc chuyển, cũ trước."""
    return _REGISTERED_ROWS.run(agency=viewer.agency_id, most=limit).all()


def _queue(state: IncomingState, *order: Any) -> AnySelect:
    # The state stands as a literal, so that the planner can use the partial index of that queue.
    return (
        select(*INCOMING_COLUMNS)
        .where(
            Document.agency_id == bindparam("agency"),
            Document.direction == literal_column("'incoming'"),
            Document.state == literal_column(f"'{state.value}'"),
            Document.is_restricted.is_(False),
        )
        .order_by(*order, Document.sort_at, Document.id)
        .limit(bindparam("most", type_=Integer))
    )


_WAITING_ROWS = Prepared(lambda: _queue(IncomingState.WAITING, Document.urgency.desc()))
_REGISTERED_ROWS = Prepared(lambda: _queue(IncomingState.REGISTERED))


def approved_page(viewer: Actor, *, limit: int = limits.PAGE_ROWS) -> Sequence[OutgoingRow]:
    """Văn bản đi chờ cấp số, phát hành: khẩn trước, chờ lâu trước."""
    return _APPROVED_ROWS.run(agency=viewer.agency_id, most=limit).all()


def _approved() -> AnySelect:
    columns = (
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
    )
    return (
        select(*columns)
        .outerjoin(Unit, Unit.id == Document.unit_id)
        .where(
            Document.agency_id == bindparam("agency"),
            Document.direction == literal_column("'outgoing'"),
            Document.state == literal_column("'approved'"),
        )
        .order_by(Document.urgency.desc(), Document.sort_at, Document.id)
        .limit(bindparam("most", type_=Integer))
    )


_APPROVED_ROWS = Prepared(_approved)


def to_sign_page(viewer: Actor, *, limit: int) -> Sequence[OutgoingRow]:
    """Văn bản đã duyệt, chờ chính người này ký số: where the agency asks for signatures, and files that can be signed;
    with the hash that will be shown.
    """
    posts = [viewer.post_id, *(s.post_id for s in viewer.stands_in if s.scope in ("all", SCOPE))]
    return session.execute(
        _waiting_out("approved", StoredFile.sha256, Document.document_type)
        .join(DocumentFile, (DocumentFile.document_id == Document.id) & (DocumentFile.role == "main"))
        .join(StoredFile, StoredFile.id == DocumentFile.stored_file_id)
        .where(
            Document.agency_id == viewer.agency_id,
            Document.approver_post_id.in_(posts),
            StoredFile.kind == "pdf",
            _asks_for_signatures(viewer.agency_id).scalar_subquery(),
        )
        .limit(limit)
    ).all()


@kept(60)
def must_sign(agency_id: int) -> bool:
    """Cơ quan quy định văn bản đi phải ký số; may be a minute old."""
    return bool(session.scalar(_asks_for_signatures(agency_id)))


def _asks_for_signatures(agency_id: int | None) -> Select[tuple[bool]]:
    return select(Agency.settings["signing_required"].as_boolean()).where(Agency.id == agency_id)


def to_seal_page(viewer: Actor, *, limit: int = limits.PAGE_ROWS) -> Sequence[OutgoingRow]:
    """Văn bản đã ký số của cơ quan, chờ cấp số và đóng dấu."""
    return session.execute(
        _waiting_out("signed", Document.document_type, Document.recipients_text)
        .where(Document.agency_id == viewer.agency_id)
        .limit(limit)
    ).all()


def _waiting_out(state: str, *more: Any) -> AnySelect:
    return (
        select(
            Document.id,
            Document.version,
            Document.subject,
            Document.urgency,
            Document.signer_name,
            Document.state_since,
            Unit.name.label("unit_name"),
            *more,
        )
        .outerjoin(Unit, Unit.id == Document.unit_id)
        .where(
            Document.direction == literal_column("'outgoing'"), Document.state == literal_column(f"'{state}'")
        )
        .order_by(Document.urgency.desc(), Document.sort_at, Document.id)
    )


def overdue_page(
    viewer: Actor, now: datetime, *, after: Key | None, limit: int = limits.PAGE_ROWS
) -> tuple[Sequence[IncomingRow], Key | None]:
    """Văn bản đến quá hạn xử lý của cơ quan, quá hạn lâu nhất trước (văn thư, Chánh Văn phòng)."""
    key = {"due_at": after.sort_at, "id": after.record_id} if after else {"due_at": _BEGINNING, "id": 0}
    rows = _OVERDUE_ROWS.run(agency=viewer.agency_id, now=now, most=limit + 1, **key).all()
    shown = rows[:limit]
    return shown, Key(shown[-1].due_at, shown[-1].id) if len(rows) > limit else None


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def _overdue() -> AnySelect:
    return (
        select(*INCOMING_COLUMNS, _LEAD)
        .where(
            Document.agency_id == bindparam("agency"),
            Document.direction == literal_column("'incoming'"),
            Document.closed_at.is_(None),
            Document.is_restricted.is_(False),
            Document.due_at.is_not(None),
            Document.due_at <= bindparam("now"),
            tuple_(Document.due_at, Document.id) > tuple_(bindparam("due_at"), bindparam("id")),
        )
        .order_by(Document.due_at, Document.id)
        .limit(bindparam("most", type_=Integer))
    )


_OVERDUE_ROWS = Prepared(_overdue)
