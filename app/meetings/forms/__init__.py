"""Biểu mẫu cuộc họp: shape only; rules are checked by the use cases."""

from app.meetings.forms.answering import AnswerForm, GuestAnswerForm
from app.meetings.forms.course import (
    BallotForm,
    CancelForm,
    CommentForm,
    ConclusionForm,
    HoldForm,
    MoveForm,
    NewPaperForm,
    PapersForm,
    VoteForm,
    WaiveForm,
)
from app.meetings.forms.minutes import MinutesForm, RollForm
from app.meetings.forms.planning import InvitationForm, MeetingForm
from app.meetings.forms.rooms import BlockingForm, RoomForm, TakeRoomForm
from app.meetings.forms.rules import RuleForm
from app.meetings.forms.sites import RepeatForm, SiteForm

__all__ = [
    "AnswerForm",
    "BallotForm",
    "BlockingForm",
    "CancelForm",
    "CommentForm",
    "ConclusionForm",
    "GuestAnswerForm",
    "HoldForm",
    "InvitationForm",
    "MeetingForm",
    "MinutesForm",
    "MoveForm",
    "NewPaperForm",
    "PapersForm",
    "RepeatForm",
    "RollForm",
    "RoomForm",
    "RuleForm",
    "SiteForm",
    "TakeRoomForm",
    "VoteForm",
    "WaiveForm",
]
