"""Nơi nhận báo trạng thái: what happens to the received document moves the sender's delivery, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.exchange.models import Delivery, Package
from app.exchange.service.statuses import CODES, tell
from app.exchange.service.steps import advance, refuse
from app.exchange.workflow import is_open_to


@use_case
def report(actor: Actor, token: str, agency_id: int, action: str, *, reason: str = "") -> None:
    """Ghi nhận trạng thái từ một cơ quan nhận; an older state after a newer one is ignored, and an unknown package too.

    :param agency_id: whose document it happened to; only a receiver of the package moves anything.
    """
    deliveries = _deliveries(token, agency_id)
    if not deliveries:
        tell(actor, token, agency_id, CODES[action], reason=reason)
    for delivery in deliveries:
        if not is_open_to(delivery.state, action):
            continue
        if action == "return":
            refuse(actor, delivery, action, reason)
        else:
            advance(actor, delivery, action, reason=reason)


def _deliveries(token: str, agency_id: int) -> Sequence[Delivery]:
    # Several when a closed agency's copy went to a successor that was addressed as well.
    return session.scalars(
        select(Delivery)
        .join(Package, Package.id == Delivery.package_id)
        .where(Package.token == token, Delivery.receiver_agency_id == agency_id)
        .order_by(Delivery.id)
        .with_for_update(of=Delivery)
        .execution_options(populate_existing=True)
    ).all()
