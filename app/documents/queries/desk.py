"""Việc đang chờ một người: what the blocks of the desk show, each one statement built once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Integer,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.core.actor import Actor
from app.core.db import AnyRow, AnySelect
from app.core.prepared import Prepared
from app.core.records import PRINCIPALS, RecordKind, capped, is_open
from app.documents.models import Document, Handling, Note
from app.documents.policy import SCOPE
from app.documents.queries.lists import INCOMING_COLUMNS
from app.org.models import Person, Post, Unit

_MOST = bindparam("most", type_=Integer)


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
    posts, units = _holders(viewer)
    rows = _HANDLINGS.run(posts=posts, units=units, most=limit)
    return [HandlingRow(**row) for row in rows.mappings()]


def _handlings() -> AnySelect:
    child = aliased(Handling)
    passed_on = (
        select(child.id)
        .where(child.parent_id == Handling.id, child.done_at.is_(None), child.role == "lead")
        .exists()
    )
    return (
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
            or_(
                Handling.post_id == any_(bindparam("posts", type_=ARRAY(BigInteger))),
                Handling.unit_id == any_(bindparam("units", type_=ARRAY(BigInteger))),
            ),
            Handling.done_at.is_(None),
            Handling.role != literal_column("'inform'"),
            ~passed_on,
        )
        .order_by(Handling.due_at.asc().nulls_last(), Handling.id)
        .limit(_MOST)
    )


_HANDLINGS = Prepared(_handlings)


def informed(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản chỉ để biết mà tôi chưa mở, mới trước."""
    posts, units = _holders(viewer)
    return _INFORMED.run(posts=posts, units=units, most=limit).all()


def _holders(viewer: Actor) -> tuple[list[int], list[int]]:
    principals = viewer.all_principals(SCOPE)
    return [p // 8 for p in principals if p % 8 == 0], [p // 8 for p in principals if p % 8 == 1]


def _informed() -> AnySelect:
    return (
        select(*INCOMING_COLUMNS, Handling.id.label("handling_id"), Handling.assigned_at)
        .join(Document, Document.id == Handling.document_id)
        .where(
            or_(
                Handling.post_id == any_(bindparam("posts", type_=ARRAY(BigInteger))),
                Handling.unit_id == any_(bindparam("units", type_=ARRAY(BigInteger))),
            ),
            Handling.done_at.is_(None),
            Handling.role == literal_column("'inform'"),
        )
        .order_by(Handling.assigned_at.desc(), Handling.id.desc())
        .limit(_MOST)
    )


_INFORMED = Prepared(_informed)


def informed_count(viewer: Actor) -> Select[int] | None:
    """Số văn bản để biết chưa mở, đếm có chặn trên."""
    posts, units = _holders(viewer)
    column = Handling.__table__.c
    mine = or_(column.post_id == any_(array_of(posts)), column.unit_id == any_(array_of(units)))
    waiting = and_(column.done_at.is_(None), column.role == literal_column("'inform'"))
    return capped(select(column.id).where(mine, waiting))


def array_of(ids: Sequence[int]) -> BindParameter[Any]:
    """Một mảng khóa, for ``= ANY (…)``."""
    return literal(list(ids), ARRAY(BigInteger))


def instructions_wanted(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản chờ ý kiến chỉ đạo của tôi, khẩn trước, kèm tham mưu mới nhất."""
    return _INSTRUCTIONS.run(principals=list(viewer.all_principals(SCOPE)), most=limit).all()


def _instructions() -> AnySelect:
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
    return (
        select(*INCOMING_COLUMNS, proposal, ready)
        .where(is_open(Document.id, RecordKind.INCOMING, PRINCIPALS), Document.state == "presented")
        .order_by(Document.urgency.desc(), Document.reply_by.asc().nulls_last(), Document.sort_at)
        .limit(_MOST)
    )


_INSTRUCTIONS = Prepared(_instructions)


def approvals(
    viewer: Actor, *, limit: int, states: Sequence[str] = ("endorsed", "in_review")
) -> Sequence[AnyRow]:
    """Dự thảo chờ tôi duyệt, khẩn trước, chờ lâu trước."""
    principals = list(viewer.all_principals(SCOPE))
    return _APPROVALS.run(principals=principals, states=list(states), most=limit).all()


def _approvals() -> AnySelect:
    return (
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
        .where(
            is_open(Document.id, RecordKind.OUTGOING, PRINCIPALS),
            Document.state == any_(bindparam("states", type_=ARRAY(Text))),
        )
        .order_by(Document.urgency.desc(), Document.state_since)
        .limit(_MOST)
    )


_APPROVALS = Prepared(_approvals)


def my_drafts(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Dự thảo của tôi chưa trình hoặc bị trả lại."""
    return approvals(viewer, limit=limit, states=("draft",))


def proposals_wanted(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản chờ tôi tham mưu (Chánh Văn phòng), khẩn và chờ lâu trước."""
    return _PROPOSALS.run(principals=list(viewer.all_principals(SCOPE)), most=limit).all()


def _proposals() -> AnySelect:
    return (
        select(*INCOMING_COLUMNS)
        .where(is_open(Document.id, RecordKind.INCOMING, PRINCIPALS), Document.state == "to_propose")
        .order_by(Document.urgency.desc(), Document.state_since)
        .limit(_MOST)
    )


_PROPOSALS = Prepared(_proposals)


def submissions(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản của cơ quan đang chờ lãnh đạo cho ý kiến, chờ lâu trước (Chánh Văn phòng)."""
    return _SUBMISSIONS.run(agency=viewer.agency_id, most=limit).all()


def _submissions() -> AnySelect:
    return (
        select(*INCOMING_COLUMNS, Person.full_name.label("leader_name"))
        .outerjoin(Post, Post.id == Document.presented_to_post_id)
        .outerjoin(Person, Person.id == Post.person_id)
        .where(
            Document.agency_id == bindparam("agency"),
            Document.direction == literal_column("'incoming'"),
            Document.state == literal_column("'presented'"),
            Document.is_restricted.is_(False),
        )
        .order_by(Document.state_since, Document.id)
        .limit(_MOST)
    )


_SUBMISSIONS = Prepared(_submissions)
