"""Gửi lại: the clerk does not wait for the next attempt."""

from __future__ import annotations

from sqlalchemy import select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.use_case import use_case
from app.documents.models import Document
from app.exchange import queries
from app.exchange.models import Delivery, Message, Transport
from app.exchange.service.outgoing import again
from app.exchange.service.steps import write
from app.exchange.workflow import DELIVERY


@use_case
def resend(actor: Actor, delivery_id: int) -> Document:
    """Gửi lại đến một nơi nhận, ngay bây giờ.

    :returns: the document being sent.
    :raises NotFound: no such delivery of the actor's agency.
    :raises WrongState: it has gone meanwhile.
    """
    delivery = session.get(Delivery, delivery_id, with_for_update=True, populate_existing=True)
    if delivery is None or delivery.sender_agency_id != actor.agency_id:
        raise NotFound
    DELIVERY.check(actor, delivery, "resend")
    _again(actor, delivery)
    return delivery.package.document


@use_case
def resend_all(actor: Actor) -> int:
    """Gửi lại mọi nơi chưa gửi được của cơ quan; what a worker is carrying just now is left to it.

    :returns: how many.
    """
    waiting = session.scalars(
        select(Delivery)
        .where(queries.is_undelivered(actor.agency_id, clock.now()))
        .order_by(Delivery.queued_at, Delivery.id)
        .limit(limits.RECIPIENTS)
        .with_for_update(skip_locked=True)
    ).all()
    for delivery in waiting:
        DELIVERY.check(actor, delivery, "resend")
        _again(actor, delivery)
    return len(waiting)


def _again(actor: Actor, delivery: Delivery) -> None:
    delivery.attempts, delivery.next_attempt_at = 0, clock.now()
    if delivery.transport != Transport.LOCAL:
        message = session.scalars(
            select(Message).where(Message.delivery_id == delivery.id).with_for_update()
        ).one()
        again(message)
    DELIVERY.move(actor, delivery, "resend", on=delivery.package, delivery_id=delivery.id)
    write(actor, delivery, "Văn thư gửi lại.")
