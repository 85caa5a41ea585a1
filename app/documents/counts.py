"""Các con số của văn bản: capped counts over partial indexes, all in the one statement of the page frame."""

from __future__ import annotations

from sqlalchemy import literal_column, select

from app.core.actor import Actor
from app.core.db import Figure
from app.core.records import RecordKind, capped, is_open, office_principal, open_figure, registry_principal
from app.documents.models import Document
from app.documents.policy import SCOPE, work_principals

_COLUMNS = Document.__table__.c  # bare columns: what counts rows needs no mapping of them


def _is(actor: Actor, principal: int) -> bool:
    return principal in actor.all_principals(SCOPE)


def incoming_open(actor: Actor) -> Figure | None:
    """Văn bản đến còn việc của tôi; a clerk's whole registry has its own figures."""
    principals = work_principals(actor)
    return open_figure(RecordKind.INCOMING, principals) if principals else None


def _open_in_state(actor: Actor, kind: RecordKind, *states: str) -> Figure:
    mine = is_open(_COLUMNS.id, kind, actor.all_principals(SCOPE))
    return capped(select(_COLUMNS.id).where(mine, _COLUMNS.state.in_(states)))


def presented(actor: Actor) -> Figure | None:
    """Văn bản chờ tôi cho ý kiến chỉ đạo."""
    return (
        _open_in_state(actor, RecordKind.INCOMING, "presented")
        if actor.can("documents:incoming:instruct")
        else None
    )


def to_propose(actor: Actor) -> Figure | None:
    """Văn bản chờ tôi tham mưu."""
    if not _is(actor, office_principal(actor.agency_id or 0)):
        return None
    return _open_in_state(actor, RecordKind.INCOMING, "to_propose")


def outgoing_open(actor: Actor) -> Figure | None:
    """Văn bản đi còn việc của tôi."""
    principals = work_principals(actor)
    return open_figure(RecordKind.OUTGOING, principals) if principals else None


def outgoing_review(actor: Actor) -> Figure | None:
    """Dự thảo chờ tôi duyệt."""
    if not (actor.can("documents:outgoing:approve") or actor.can("documents:outgoing:endorse")):
        return None
    return _open_in_state(actor, RecordKind.OUTGOING, "in_review", "endorsed")


def _queue(actor: Actor, direction: str, state: str) -> Figure | None:
    if not _is(actor, registry_principal(actor.agency_id or 0)):
        return None
    return capped(
        select(_COLUMNS.id).where(
            _COLUMNS.agency_id == actor.agency_id,
            _COLUMNS.direction == literal_column(f"'{direction}'"),
            _COLUMNS.state == literal_column(f"'{state}'"),
            _COLUMNS.is_restricted.is_(False),
        )
    )


def waiting(actor: Actor) -> Figure | None:
    """Văn bản chờ vào sổ của cơ quan."""
    return _queue(actor, "incoming", "waiting")


def registered(actor: Actor) -> Figure | None:
    """Văn bản đã vào sổ, chờ trình hoặc chuyển."""
    return _queue(actor, "incoming", "registered")


def approved(actor: Actor) -> Figure | None:
    """Văn bản chờ phát hành của cơ quan."""
    return _queue(actor, "outgoing", "approved")


def signed(actor: Actor) -> Figure | None:
    """Văn bản đã ký số, chờ văn thư đóng dấu."""
    return _queue(actor, "outgoing", "signed")
