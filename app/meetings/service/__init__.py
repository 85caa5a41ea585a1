"""Các việc về cuộc họp: the only code that changes meetings."""

from app.meetings.service.access import sync as sync_access
from app.meetings.service.answering import answer, remind
from app.meetings.service.calendar_file import Addressee, Organizer, calendar_file
from app.meetings.service.calling import call, create, create_and_call, edit
from app.meetings.service.course import cancel, hand_over, hold, move, record_conclusion, waive_conclusion
from app.meetings.service.delivery import deliver, deliver_reminders, description, organizer
from app.meetings.service.papers import add_papers, remove_paper
from app.meetings.service.plans import AgendaLine, Details, Guests, Named, Schedule
from app.meetings.service.rooms import RoomTaken, save_room

__all__ = [
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
    "cancel",
    "create",
    "create_and_call",
    "deliver",
    "deliver_reminders",
    "description",
    "edit",
    "hand_over",
    "hold",
    "move",
    "organizer",
    "record_conclusion",
    "remind",
    "remove_paper",
    "save_room",
    "sync_access",
    "waive_conclusion",
]
