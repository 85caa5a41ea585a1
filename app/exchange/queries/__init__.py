"""Truy vấn liên thông: what still waits to go, and how far the recipients have come."""

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
    "recipients_of",
    "undelivered_count",
    "undelivered_page",
]
