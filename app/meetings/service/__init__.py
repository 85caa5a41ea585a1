"""Các việc về cuộc họp: the only code that changes meetings."""

from app.documents.service.letters import letter_pdf, upper_of
from app.meetings.service.access import sync as sync_access
from app.meetings.service.answering import answer, chase_by_clock, remind
from app.meetings.service.attendance import check_in, check_in_by_link, take_attendance
from app.meetings.service.ballots import cast_vote, close_ballot, close_ballot_by_clock, open_ballot
from app.meetings.service.blocking import block_room, displace, unblock_room
from app.meetings.service.calendar_file import Addressee, Organizer, calendar_feed, calendar_file
from app.meetings.service.calling import call, create, create_and_call, edit
from app.meetings.service.conclusions import (
    assign_conclusions,
    begin_item,
    draft_conclusion,
    flag_conclusion,
    record_issued_conclusion,
    write_minutes,
)
from app.meetings.service.course import cancel, hand_over, hold, move, record_conclusion, waive_conclusion
from app.meetings.service.delivery import deliver, deliver_reminders, description, organizer
from app.meetings.service.feeds import close_feed, open_feed
from app.meetings.service.invitations import (
    INVITATION,
    call_by_issue,
    create_and_draft_invitation,
    draft_invitation,
    link_arrival,
    settle_invitation,
    settle_registered,
)
from app.meetings.service.letters import conclusion_in_words, invitation_letter
from app.meetings.service.links import answer_by_link, decide_substitute, renew_link, revoke_link
from app.meetings.service.mail_replies import answer_by_mail, note_mail, read_mailbox
from app.meetings.service.mailbox import ImapMailbox, Mailbox, mailbox, open_mailbox
from app.meetings.service.papers import PaperPlace, add_papers, comment_paper, remove_paper, replace_paper
from app.meetings.service.plans import (
    AgendaLine,
    ConclusionLine,
    Details,
    Guests,
    Named,
    OutsideGuest,
    Present,
    Schedule,
)
from app.meetings.service.rooms import RoomTaken, save_room
from app.meetings.service.rules import mark_unplanned, save_rule
from app.meetings.service.sites import remove_site, repeat_meeting, save_site
from app.meetings.service.weeks import publish_week

__all__ = [
    "INVITATION",
    "Addressee",
    "AgendaLine",
    "ConclusionLine",
    "Details",
    "Guests",
    "ImapMailbox",
    "Mailbox",
    "Named",
    "Organizer",
    "OutsideGuest",
    "PaperPlace",
    "Present",
    "RoomTaken",
    "Schedule",
    "add_papers",
    "answer",
    "answer_by_link",
    "answer_by_mail",
    "assign_conclusions",
    "begin_item",
    "block_room",
    "calendar_feed",
    "calendar_file",
    "call",
    "call_by_issue",
    "cancel",
    "cast_vote",
    "chase_by_clock",
    "check_in",
    "check_in_by_link",
    "close_ballot",
    "close_ballot_by_clock",
    "close_feed",
    "comment_paper",
    "conclusion_in_words",
    "create",
    "create_and_call",
    "create_and_draft_invitation",
    "decide_substitute",
    "deliver",
    "deliver_reminders",
    "description",
    "displace",
    "draft_conclusion",
    "draft_invitation",
    "edit",
    "flag_conclusion",
    "hand_over",
    "hold",
    "invitation_letter",
    "letter_pdf",
    "link_arrival",
    "mailbox",
    "mark_unplanned",
    "move",
    "note_mail",
    "open_ballot",
    "open_feed",
    "open_mailbox",
    "organizer",
    "publish_week",
    "read_mailbox",
    "record_conclusion",
    "record_issued_conclusion",
    "remind",
    "remove_paper",
    "remove_site",
    "renew_link",
    "repeat_meeting",
    "replace_paper",
    "revoke_link",
    "save_room",
    "save_rule",
    "save_site",
    "settle_invitation",
    "settle_registered",
    "sync_access",
    "take_attendance",
    "unblock_room",
    "upper_of",
    "waive_conclusion",
    "write_minutes",
]
