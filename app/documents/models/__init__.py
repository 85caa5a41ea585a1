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
from app.documents.models.marks import Complaint, ComplaintKind, DocumentLink, DocumentStar
from app.documents.models.register import (
    LedgerEntry,
    LedgerState,
    RecipientGroup,
    RecipientGroupMember,
    Register,
)
from app.documents.models.trail import Duty, DutyFlag, Opening
from app.documents.models.version import DocumentVersion

__all__ = [
    "Complaint",
    "ComplaintKind",
    "Direction",
    "Document",
    "DocumentFile",
    "DocumentLink",
    "DocumentRecipient",
    "DocumentStar",
    "DocumentVersion",
    "Duty",
    "DutyFlag",
    "FileRole",
    "Handling",
    "HandlingRole",
    "HandlingState",
    "IncomingState",
    "LedgerEntry",
    "LedgerState",
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
