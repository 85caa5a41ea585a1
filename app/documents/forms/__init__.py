"""Biểu mẫu văn bản: shape only; rules are checked by the use cases."""

from __future__ import annotations

from app.documents.forms.choices import handler_choices, leader_choices
from app.documents.forms.handling import (
    AskOpinionsForm,
    AssignForm,
    ChangeLeadForm,
    DueForm,
    OpinionForm,
    PaperNoteForm,
    PassOnForm,
    ProgressForm,
    ResultForm,
    RouteForm,
    TransferForm,
)
from app.documents.forms.registering import (
    ComplaintForm,
    LinkForm,
    PaperForm,
    PaperPlaceForm,
    RegisterForm,
    ScansForm,
)
from app.web.forms import LineField, OfficeForm, ParagraphField, PickManyField

__all__ = [
    "AskOpinionsForm",
    "AssignForm",
    "ChangeLeadForm",
    "ComplaintForm",
    "DueForm",
    "EndorseForm",
    "GroupForm",
    "LinkForm",
    "OpinionForm",
    "PaperForm",
    "PaperNoteForm",
    "PaperPlaceForm",
    "PassOnForm",
    "ProgressForm",
    "RegisterForm",
    "ResultForm",
    "RouteForm",
    "ScansForm",
    "TransferForm",
    "handler_choices",
    "leader_choices",
]


class EndorseForm(OfficeForm):
    """Đồng ý, có thể kèm ý kiến."""

    note = ParagraphField("Ý kiến kèm theo", most=1000, rows=2)


class GroupForm(OfficeForm):
    """Nhóm nơi nhận."""

    name = LineField("Tên nhóm", required=True, most=100)
    members = PickManyField("Cơ quan trong nhóm", required="Hãy chọn ít nhất một cơ quan.")
