"""Các việc về cuộc họp: the only code that changes meetings."""

from app.meetings.service.access import sync as sync_access
from app.meetings.service.answering import answer, remind
from app.meetings.service.calendar_file import Addressee, Organizer, calendar_file
from app.meetings.service.calling import call, create, create_and_call, edit
from app.meetings.service.course import cancel, hand_over, hold, move, record_conclusion, waive_conclusion
from app.meetings.service.delivery import deliver, deliver_reminders, description, organizer
from app.meetings.service.invitations import (
    INVITATION,
    call_by_issue,
    create_and_draft_invitation,
    draft_invitation,
    link_arrival,
    settle_invitation,
    settle_registered,
)
from app.meetings.service.letters import invitation_letter, letter_pdf, upper_of
from app.meetings.service.papers import add_papers, remove_paper
from app.meetings.service.plans import AgendaLine, Details, Guests, Named, Schedule
from app.meetings.service.rooms import RoomTaken, save_room

__all__ = [
    "INVITATION",
    "Addressee",
    "AgendaLine",
    "Details",
    "Guests",
    "Named",
    "Organizer",
    "RoomTaken",
    "Schedule",
    "add_papers",
    "answer",
    "calendar_file",
    "call",
    "call_by_issue",
    "cancel",
    "create",
    "create_and_call",
    "create_and_draft_invitation",
    "deliver",
    "deliver_reminders",
    "description",
    "draft_invitation",
    "edit",
    "hand_over",
    "hold",
    "invitation_letter",
    "letter_pdf",
    "link_arrival",
    "move",
    "organizer",
    "record_conclusion",
    "remind",
    "remove_paper",
    "save_room",
    "settle_invitation",
    "settle_registered",
    "sync_access",
    "upper_of",
    "waive_conclusion",
]
