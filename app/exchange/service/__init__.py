"""Các việc liên thông: send when issued, carry in the worker, hear the receivers, resend; letters to and from other installations."""

from app.exchange.service.asking import decide
from app.exchange.service.carrying import carry, deliver
from app.exchange.service.fetching import linked_file
from app.exchange.service.incoming import accept
from app.exchange.service.outgoing import post_all
from app.exchange.service.reporting import report
from app.exchange.service.resending import resend, resend_all
from app.exchange.service.sending import send
from app.exchange.service.taking_in import take_in

__all__ = [
    "accept",
    "carry",
    "decide",
    "deliver",
    "linked_file",
    "post_all",
    "report",
    "resend",
    "resend_all",
    "send",
    "take_in",
]
