"""Truy vấn liên thông: what still waits to go, and how far the recipients have come."""

from app.exchange.queries.partners import (
    partner,
    partner_agencies,
    partner_keys,
    partners,
    quarantined,
    quarantined_count,
    quarantined_page,
    recallable,
    replacements_for,
    request,
    requests_of,
)
from app.exchange.queries.recipients import Recipient, Recipients, Standing, recipients_of
from app.exchange.queries.waiting import (
    due_deliveries,
    is_undelivered,
    next_attempt,
    undelivered_count,
    undelivered_page,
)

__all__ = [
    "Recipient",
    "Recipients",
    "Standing",
    "due_deliveries",
    "is_undelivered",
    "next_attempt",
    "partner",
    "partner_agencies",
    "partner_keys",
    "partners",
    "quarantined",
    "quarantined_count",
    "quarantined_page",
    "recallable",
    "recipients_of",
    "replacements_for",
    "request",
    "requests_of",
    "undelivered_count",
    "undelivered_page",
]
