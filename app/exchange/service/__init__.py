"""Các việc liên thông: send when issued, carry in the worker, hear the receivers, resend."""

from app.exchange.service.carrying import carry, deliver
from app.exchange.service.reporting import report
from app.exchange.service.resending import resend, resend_all
from app.exchange.service.sending import send

__all__ = ["carry", "deliver", "report", "resend", "resend_all", "send"]
