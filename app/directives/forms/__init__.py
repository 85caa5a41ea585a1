"""Biểu mẫu chỉ đạo: shape only; rules are checked by the use cases."""

from __future__ import annotations

from app.directives.forms.assigning import AboveForm, AssignForm, PassOnForm, ProgrammeForm, QuickForm
from app.directives.forms.course import (
    ChangeLeadForm,
    DecideForm,
    DoneForm,
    ExtensionForm,
    GrantForm,
    LeadChangeForm,
    LetterForm,
    ProposeForm,
    ReportForm,
    ResumeForm,
    UrgeForm,
    UrgeManyForm,
)
from app.directives.forms.filtering import FiguresForm, FilterForm, FreezeForm, PeriodForm, SaveFilterForm

__all__ = [
    "AboveForm",
    "AssignForm",
    "ChangeLeadForm",
    "DecideForm",
    "DoneForm",
    "ExtensionForm",
    "FiguresForm",
    "FilterForm",
    "FreezeForm",
    "GrantForm",
    "LeadChangeForm",
    "LetterForm",
    "PassOnForm",
    "PeriodForm",
    "ProgrammeForm",
    "ProposeForm",
    "QuickForm",
    "ReportForm",
    "ResumeForm",
    "SaveFilterForm",
    "UrgeForm",
    "UrgeManyForm",
]
