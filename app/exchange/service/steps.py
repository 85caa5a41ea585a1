"""Ghi một bước của nơi nhận: the row's last state, its history, the event, and word to the sender when it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.records import RecordKind, post_principal, registry_principal
from app.exchange.models import BusinessType, Delivery, DeliveryState, DeliveryStep
from app.exchange.workflow import DELIVERY
from app.notifications.service import notice


@dataclass(frozen=True)
class Told:
    """Ai và lúc nào, as another installation tells it."""

    by: str
    at: datetime


def advance(
    actor: Actor, delivery: Delivery, action: str, *, reason: str = "", told: Told | None = None
) -> None:
    """Chuyển trạng thái một nơi nhận; on the package's own record, so that 200 recipients do not fill the document's timeline."""
    target = next(r.to for r in DELIVERY.rows if r.action == action and delivery.state in r.from_)
    changes = {"delivery_state": (delivery.state, target)}
    DELIVERY.move(actor, delivery, action, on=delivery.package, delivery_id=delivery.id, changes=changes)
    write(actor, delivery, reason, told)


def arrive(actor: Actor, delivery: Delivery) -> None:
    """Đã đến: a new document lies there; a recall or an update now waits for an answer."""
    is_new = delivery.package.business_type == BusinessType.NEW
    advance(actor, delivery, "arrive" if is_new else "ask")


def note_attempt(delivery: Delivery, attempts: int, next_at: datetime, sentence: str) -> None:
    """Một lần gửi không được: shown to the clerk; only the first of equal reasons is a step."""
    delivery.attempts, delivery.next_attempt_at = attempts, next_at
    if delivery.state_reason != sentence:
        write(SYSTEM, delivery, sentence)


def refuse(actor: Actor, delivery: Delivery, action: str, reason: str, told: Told | None = None) -> None:
    """Từ chối tiếp nhận: on the document's timeline, and the sender's clerk and drafter are told why."""
    document, name = delivery.package.document, delivery.receiver.name
    DELIVERY.move(actor, delivery, action, on=document, delivery_id=delivery.id, note=f"{name}: {reason}")
    write(actor, delivery, reason, told)
    hearers = [registry_principal(delivery.sender_agency_id)]
    hearers += [post_principal(document.drafter_post_id)] if document.drafter_post_id else []
    notice(
        kind=RecordKind.OUTGOING,
        record_id=document.id,
        words=f"{name} không tiếp nhận {document.reference} ({reason[:200]}): {document.subject}",
        principals=hearers,
        key=f"delivery:{delivery.id}:refused",
    )


def write(actor: Actor, delivery: Delivery, reason: str, told: Told | None = None) -> None:
    """Ghi ai, lúc nào, vì sao: on the delivery and in its history."""
    delivery.state_at = told.at if told else clock.now()
    delivery.state_by = told.by if told else person_words(actor)
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
