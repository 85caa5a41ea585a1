"""Trạng thái qua lại: ours told to the sender as its own letter, theirs read from letters and put on the delivery."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.text import clean_line
from app.documents.models import Document
from app.exchange.models import Delivery, DeliveryState, Inbound, Message, MessageKind, PartnerState
from app.exchange.service.codes import agency_by_code
from app.exchange.service.outgoing import queue_status
from app.exchange.service.steps import Told, advance, arrive, person_words, refuse
from app.exchange.workflow import is_open_to

CODES = {
    "return": DeliveryState.REFUSED.value,
    "register": DeliveryState.REGISTERED.value,
    "assign": DeliveryState.ASSIGNED.value,
    "progress": DeliveryState.IN_PROGRESS.value,
    "finish": DeliveryState.DONE.value,
    "agree": DeliveryState.AGREED.value,
    "decline": DeliveryState.DECLINED.value,
}
_ACTIONS = {code: action for action, code in CODES.items()}


def tell(actor: Actor, token: str, agency_id: int, code: str, *, reason: str = "") -> None:
    """Báo trạng thái của một văn bản đến từ hệ thống khác; a state that says nothing newer is not sent."""
    inbounds = session.scalars(
        select(Inbound)
        .join(Document, Document.id == Inbound.document_id)
        .where(Document.agency_id == agency_id, Document.package_token == token, Inbound.business_type == 0)
        .order_by(Inbound.id)
    ).all()
    for inbound in inbounds:
        if code > _last_code(inbound):
            _queue(actor, inbound, agency_id, code, reason)


def answer(actor: Actor, inbound: Inbound, agency_id: int, code: str, reason: str) -> None:
    """Trả lời một yêu cầu thu hồi, cập nhật, thay thế."""
    _queue(actor, inbound, agency_id, code, reason)


def tell_refusal(actor: Actor, inbound: Inbound, reason: str) -> None:
    """Báo 02: said in the name of the agency addressed, or of whoever keeps the partner when there is none."""
    addressed = agency_by_code(inbound.recipient_code)
    _queue(actor, inbound, addressed.id if addressed else inbound.partner.agency_id, "02", reason)


def _last_code(inbound: Inbound) -> str:
    return (
        session.scalar(
            select(func.max(Message.status["code"].astext)).where(Message.inbound_id == inbound.id)
        )
        or ""
    )


def _queue(actor: Actor, inbound: Inbound, agency_id: int, code: str, reason: str) -> None:
    told = (
        session.scalar(select(func.count()).select_from(Message).where(Message.inbound_id == inbound.id)) or 0
    )
    now = clock.now()
    message = Message(
        token=secrets.token_urlsafe(24),
        partner_id=inbound.partner_id,
        agency_id=agency_id,
        kind=MessageKind.STATUS.value,
        inbound_id=inbound.id,
        sequence=told + 1,
        status={"code": code, "reason": clean_line(reason)[:500], "by": person_words(actor)},
        created_at=now,
        next_attempt_at=now,
    )
    if inbound.partner.state == PartnerState.SUSPENDED:
        session.add(message)  # goes when the partner is resumed
        return
    queue_status(message)


def apply(actor: Actor, inbound: Inbound, package: dict[str, Any]) -> None:
    """Ghi trạng thái do nơi nhận báo: forward only; what is older than what stands there is ignored."""
    delivery = session.scalar(
        select(Delivery)
        .join(Message, Message.delivery_id == Delivery.id)
        .where(Message.token == inbound.about, Message.partner_id == inbound.partner_id)
        .with_for_update(of=Delivery)
        .execution_options(populate_existing=True)
    )
    if delivery is None:
        return
    status = package["status"]
    code, staff = str(status["code"]), status.get("staff", {})
    by = ", ".join(w for w in (staff.get("staff", ""), staff.get("department", "")) if w)
    move(
        actor, delivery, code, reason=_reason(code, status), told=Told(clean_line(by)[:300], _moment(status))
    )


def move(actor: Actor, delivery: Delivery, code: str, *, reason: str, told: Told) -> None:
    """Chuyển trạng thái theo mã; a state that overtakes the receipt proves the arrival too."""
    action = _ACTIONS.get(code)
    if delivery.state == DeliveryState.QUEUED and (code == DeliveryState.ARRIVED or action is not None):
        arrive(actor, delivery)
    if action is None or not is_open_to(delivery.state, action):
        return
    if action == "return":
        refuse(actor, delivery, action, reason or "Không nêu lý do.", told)
    else:
        advance(actor, delivery, action, reason=reason, told=told)


def _reason(code: str, status: dict[str, Any]) -> str:
    """What was said beyond the name of the state itself."""
    from app.exchange.labels import STATUS_NAMES

    words = clean_line(str(status.get("description", "")))[:500]
    return "" if words == STATUS_NAMES.get(code) else words


def _moment(status: dict[str, Any]) -> datetime:
    """Their time, when it makes sense; never one that has not come yet."""
    now = clock.now()
    raw = status.get("timestamp")
    found = datetime.fromisoformat(raw) if isinstance(raw, str) else now
    return min(found, now)
