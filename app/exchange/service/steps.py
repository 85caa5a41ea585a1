"""Ghi một bước của nơi nhận: the row's last state, its history, the event, and word to the sender when it is refused."""

from __future__ import annotations

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.records import RecordKind, post_principal, registry_principal
from app.exchange.models import Delivery, DeliveryState, DeliveryStep
from app.exchange.workflow import DELIVERY
from app.notifications.service import notice


def advance(actor: Actor, delivery: Delivery, action: str, *, reason: str = "") -> None:
    """Chuyển trạng thái một nơi nhận; on the package's own record, so that 200 recipients do not fill the document's timeline."""
    target = next(r.to for r in DELIVERY.rows if r.action == action and delivery.state in r.from_)
    changes = {"delivery_state": (delivery.state, target)}
    DELIVERY.move(actor, delivery, action, on=delivery.package, delivery_id=delivery.id, changes=changes)
    write(actor, delivery, reason)


def refuse(actor: Actor, delivery: Delivery, action: str, reason: str) -> None:
    """Từ chối tiếp nhận: on the document's timeline, and the sender's clerk and drafter are told why."""
    document, name = delivery.package.document, delivery.receiver.name
    DELIVERY.move(actor, delivery, action, on=document, delivery_id=delivery.id, note=f"{name}: {reason}")
    write(actor, delivery, reason)
    told = [registry_principal(delivery.sender_agency_id)]
    told += [post_principal(document.drafter_post_id)] if document.drafter_post_id else []
    notice(
        kind=RecordKind.OUTGOING,
        record_id=document.id,
        words=f"{name} không tiếp nhận {document.reference} ({reason[:200]}): {document.subject}",
        principals=told,
        key=f"delivery:{delivery.id}:refused",
    )


def write(actor: Actor, delivery: Delivery, reason: str) -> None:
    """Ghi ai, lúc nào, vì sao: on the delivery and in its history."""
    delivery.state_at, delivery.state_by = clock.now(), person_words(actor)
    delivery.state_reason = reason
    session.add(
        DeliveryStep(
            delivery_id=delivery.id,
            state=DeliveryState(delivery.state).value,
            at=delivery.state_at,
            person_id=actor.person_id,
            state_by=delivery.state_by,
            reason=reason,
        )
    )


def person_words(actor: Actor) -> str:
    """Người thực hiện bằng chữ: name and post as they read on the day; nothing for the system."""
    return "" if actor.is_system else ", ".join(w for w in (actor.person_name, actor.post_title) if w)
