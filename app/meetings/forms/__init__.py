"""Biểu mẫu cuộc họp: shape only; rules are checked by the use cases."""

from app.meetings.forms.answering import AnswerForm
from app.meetings.forms.course import CancelForm, ConclusionForm, HoldForm, MoveForm, PapersForm, WaiveForm
from app.meetings.forms.planning import InvitationForm, MeetingForm
from app.meetings.forms.rooms import RoomForm

__all__ = [
    "AnswerForm",
    "CancelForm",
    "ConclusionForm",
    "HoldForm",
    "InvitationForm",
    "MeetingForm",
    "MoveForm",
    "PapersForm",
    "RoomForm",
    "WaiveForm",
]
