"""Các việc liên thông: send when issued, carry in the worker, hear the receivers, resend; letters to and from other installations."""

from app.exchange.service.asking import decide
from app.exchange.service.carrying import carry, deliver
from app.exchange.service.fetching import linked_file
from app.exchange.service.incoming import accept
from app.exchange.service.ledgers import Comparison, compare, ledger_for
from app.exchange.service.outgoing import post_all
from app.exchange.service.partners import (
    add_axis,
    add_partner,
    check_keeper,
    own_card,
    renew_keys,
    resume,
    save_partner,
    suspend,
)
from app.exchange.service.polling import axis_partners, poll, sync_agencies
from app.exchange.service.recalling import recall
from app.exchange.service.reporting import report
from app.exchange.service.resending import resend, resend_all
from app.exchange.service.sending import send, send_more
from app.exchange.service.settling import decline_letter, retry_letter
from app.exchange.service.taking_in import take_in

__all__ = [
    "Comparison",
    "accept",
    "add_axis",
    "add_partner",
    "axis_partners",
    "carry",
    "check_keeper",
    "compare",
    "decide",
    "decline_letter",
    "deliver",
    "ledger_for",
    "linked_file",
    "own_card",
    "poll",
    "post_all",
    "recall",
    "renew_keys",
    "report",
    "resend",
    "resend_all",
    "resume",
    "retry_letter",
    "save_partner",
    "send",
    "send_more",
    "suspend",
    "sync_agencies",
    "take_in",
]
