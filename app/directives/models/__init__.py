"""Bảng dữ liệu của chỉ đạo, nhiệm vụ giao."""

from app.directives.models.closing import ClosingProposal, ProposalState
from app.directives.models.directive import Directive, DirectiveParty, Origin, PartyRole
from app.directives.models.extension import ExtensionRequest, ExtensionState
from app.directives.models.frozen import FrozenPeriod
from app.directives.models.history import FOREVER, DirectivePartHistory
from app.directives.models.lead_change import LeadChangeRequest
from app.directives.models.part import (
    CLOSED,
    ENDED,
    OPEN,
    UNFINISHED,
    WORKING,
    DirectivePart,
    PartFacts,
    PartState,
)
from app.directives.models.programme import Programme
from app.directives.models.progress import Judgement, ProgressReport, ProgressReportFile
from app.directives.models.saved_filter import SavedFilter
from app.directives.models.urging import DeadlineFlag, FlagStep, Urging

__all__ = [
    "CLOSED",
    "ENDED",
    "FOREVER",
    "OPEN",
    "UNFINISHED",
    "WORKING",
    "ClosingProposal",
    "DeadlineFlag",
    "Directive",
    "DirectivePart",
    "DirectivePartHistory",
    "DirectiveParty",
    "ExtensionRequest",
    "ExtensionState",
    "FlagStep",
    "FrozenPeriod",
    "Judgement",
    "LeadChangeRequest",
    "Origin",
    "PartFacts",
    "PartState",
    "PartyRole",
    "Programme",
    "ProgressReport",
    "ProgressReportFile",
    "ProposalState",
    "SavedFilter",
    "Urging",
]
