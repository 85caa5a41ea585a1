"""Bảng dữ liệu của văn bản."""

from app.documents.models.document import (
    Direction,
    Document,
    DocumentFile,
    DocumentRecipient,
    FileRole,
    IncomingState,
    OutgoingState,
    Source,
    Urgency,
)
from app.documents.models.handling import Handling, HandlingRole, HandlingState, Note, NoteKind
from app.documents.models.register import RecipientGroup, RecipientGroupMember, Register
from app.documents.models.trail import Duty, DutyFlag, Opening

__all__ = [
    "Direction",
    "Document",
    "DocumentFile",
    "DocumentRecipient",
    "Duty",
    "DutyFlag",
    "FileRole",
    "Handling",
    "HandlingRole",
    "HandlingState",
    "IncomingState",
    "Note",
    "NoteKind",
    "Opening",
    "OutgoingState",
    "RecipientGroup",
    "RecipientGroupMember",
    "Register",
    "Source",
    "Urgency",
]
