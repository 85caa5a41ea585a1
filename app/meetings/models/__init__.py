"""Bảng dữ liệu của cuộc họp."""

from app.meetings.models.invitee import Answer, Attendee, InvitationMail, Invitee
from app.meetings.models.meeting import (
    AgendaItem,
    Meeting,
    MeetingKind,
    MeetingParty,
    MeetingState,
    Paper,
    PartyRole,
)
from app.meetings.models.room import Room

__all__ = [
    "AgendaItem",
    "Answer",
    "Attendee",
    "InvitationMail",
    "Invitee",
    "Meeting",
    "MeetingKind",
    "MeetingParty",
    "MeetingState",
    "Paper",
    "PartyRole",
    "Room",
]
