"""Các việc của chỉ đạo: the only code that changes directives."""

from app.directives.service.above import ask_above, record_above
from app.directives.service.answers import accept_answer, dismiss_answer, propose_closing
from app.directives.service.assigning import Assigner, FromAbove, PartOrder, assign, assigners
from app.directives.service.bulk import Asked, Waiting, decide_many
from app.directives.service.course import cancel, pause, resume, withdraw
from app.directives.service.deadlines import reckon_soon
from app.directives.service.deciding import confirm, send_back
from app.directives.service.extension import (
    agree_extension,
    refuse_extension,
    request_extension,
    take_back_extension,
)
from app.directives.service.flags import due_to_flag, raise_flag
from app.directives.service.freezing import freeze
from app.directives.service.giving import ReadOrder, assign_many
from app.directives.service.hand_over import hand_over
from app.directives.service.inside import pass_on, receive
from app.directives.service.lead import (
    agree_lead_change,
    change_lead,
    refuse_lead_change,
    request_lead_change,
    take_back_lead_change,
)
from app.directives.service.programmes import save_programme
from app.directives.service.quick import assign_quickly
from app.directives.service.reporting import propose, report, report_done
from app.directives.service.saving import remove_filter, save_filter
from app.directives.service.urging import urge, urge_in_writing
from app.directives.service.weekly import leaders_with_late, send_weekly

__all__ = [
    "Asked",
    "Assigner",
    "FromAbove",
    "PartOrder",
    "ReadOrder",
    "Waiting",
    "accept_answer",
    "agree_extension",
    "agree_lead_change",
    "ask_above",
    "assign",
    "assign_many",
    "assign_quickly",
    "assigners",
    "cancel",
    "change_lead",
    "confirm",
    "decide_many",
    "dismiss_answer",
    "due_to_flag",
    "freeze",
    "hand_over",
    "leaders_with_late",
    "pass_on",
    "pause",
    "propose",
    "propose_closing",
    "raise_flag",
    "receive",
    "reckon_soon",
    "record_above",
    "refuse_extension",
    "refuse_lead_change",
    "remove_filter",
    "report",
    "report_done",
    "request_extension",
    "request_lead_change",
    "resume",
    "save_filter",
    "save_programme",
    "send_back",
    "send_weekly",
    "take_back_extension",
    "take_back_lead_change",
    "urge",
    "urge_in_writing",
    "withdraw",
]
