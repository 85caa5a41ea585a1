"""Biểu mẫu cuộc họp: shape only; rules are checked by the use cases."""

from app.meetings.forms.answering import AnswerForm, GuestAnswerForm
from app.meetings.forms.course import CancelForm, ConclusionForm, HoldForm, MoveForm, PapersForm, WaiveForm
from app.meetings.forms.minutes import MinutesForm, RollForm
from app.meetings.forms.planning import InvitationForm, MeetingForm
from app.meetings.forms.rooms import BlockingForm, RoomForm, TakeRoomForm
from app.meetings.forms.rules import RuleForm

__all__ = [
    "AnswerForm",
    "BlockingForm",
    "CancelForm",
    "ConclusionForm",
    "GuestAnswerForm",
    "HoldForm",
    "InvitationForm",
    "MeetingForm",
    "MinutesForm",
    "MoveForm",
    "PapersForm",
    "RollForm",
    "RoomForm",
    "RuleForm",
    "TakeRoomForm",
    "WaiveForm",
]
