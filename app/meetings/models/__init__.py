"""Bảng dữ liệu của cuộc họp."""

from app.meetings.models.ballot import Ballot, Vote
from app.meetings.models.calendar import CalendarFeed, MailReply
from app.meetings.models.course import Attendance, ConclusionItem
from app.meetings.models.invitee import Answer, Attendee, Consent, InvitationMail, Invitee, InviteeRole
from app.meetings.models.meeting import (
    AgendaItem,
    Meeting,
    MeetingKind,
    MeetingParty,
    MeetingState,
    Paper,
    PaperComment,
    PaperReader,
    PartyRole,
)
from app.meetings.models.room import Room, RoomBlocking
from app.meetings.models.rule import MeetingRule
from app.meetings.models.site import MeetingSite
from app.meetings.models.week import PublishedWeek

__all__ = [
    "AgendaItem",
    "Answer",
    "Attendance",
    "Attendee",
    "Ballot",
    "CalendarFeed",
    "ConclusionItem",
    "Consent",
    "InvitationMail",
    "Invitee",
    "InviteeRole",
    "MailReply",
    "Meeting",
    "MeetingKind",
    "MeetingParty",
    "MeetingRule",
    "MeetingSite",
    "MeetingState",
    "Paper",
    "PaperComment",
    "PaperReader",
    "PartyRole",
    "PublishedWeek",
    "Room",
    "RoomBlocking",
    "Vote",
]
