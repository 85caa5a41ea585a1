"""Các con số của văn bản: capped counts over partial indexes, all in the one statement of the page frame."""

from __future__ import annotations

from sqlalchemy import Select, literal_column, select

from app.core.actor import Actor
from app.core.records import RecordKind, capped, office_principal, open_records, registry_principal
from app.documents.models import Document
from app.documents.policy import SCOPE


def _is(actor: Actor, principal: int) -> bool:
    return principal in actor.all_principals(SCOPE)


def incoming_open(actor: Actor) -> Select[int] | None:
    """Văn bản đến còn việc của tôi; a clerk's whole registry has its own figures."""
    principals = [p for p in actor.all_principals(SCOPE) if p % 8 != registry_principal(0) % 8]
    return capped(open_records(RecordKind.INCOMING, principals)) if principals else None


def _open_in_state(actor: Actor, kind: RecordKind, *states: str) -> Select[int]:
    records = open_records(kind, actor.all_principals(SCOPE)).subquery()
    return capped(
        select(Document.id).where(Document.id.in_(select(records.c.record_id)), Document.state.in_(states))
    )


def presented(actor: Actor) -> Select[int] | None:
    """Văn bản chờ tôi cho ý kiến chỉ đạo."""
    return (
        _open_in_state(actor, RecordKind.INCOMING, "presented")
        if actor.can("documents:incoming:instruct")
        else None
    )


def to_propose(actor: Actor) -> Select[int] | None:
    """Văn bản chờ tôi tham mưu."""
    if not _is(actor, office_principal(actor.agency_id or 0)):
        return None
    return _open_in_state(actor, RecordKind.INCOMING, "to_propose")


def outgoing_open(actor: Actor) -> Select[int] | None:
    """Văn bản đi còn việc của tôi."""
    principals = [p for p in actor.all_principals(SCOPE) if p % 8 != registry_principal(0) % 8]
    return capped(open_records(RecordKind.OUTGOING, principals)) if principals else None


def outgoing_review(actor: Actor) -> Select[int] | None:
    """Dự thảo chờ tôi duyệt."""
    if not (actor.can("documents:outgoing:approve") or actor.can("documents:outgoing:endorse")):
        return None
    return _open_in_state(actor, RecordKind.OUTGOING, "in_review", "endorsed")


def _queue(actor: Actor, direction: str, state: str) -> Select[int] | None:
    if not _is(actor, registry_principal(actor.agency_id or 0)):
        return None
    return capped(
        select(Document.id).where(
            Document.agency_id == actor.agency_id,
            Document.direction == literal_column(f"'{direction}'"),
            Document.state == literal_column(f"'{state}'"),
        )
    )


def waiting(actor: Actor) -> Select[int] | None:
    """Văn bản chờ vào sổ của cơ quan."""
    return _queue(actor, "incoming", "waiting")


def registered(actor: Actor) -> Select[int] | None:
    """Văn bản đã vào sổ, chờ trình hoặc chuyển."""
    return _queue(actor, "incoming", "registered")


def approved(actor: Actor) -> Select[int] | None:
    """Văn bản chờ phát hành của cơ quan."""
    return _queue(actor, "outgoing", "approved")
