"""Đọc thông tin vào sổ từ chữ của văn bản: what the form begins with; the clerk confirms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.core import limits
from app.documents import labels
from app.documents.models import Document, FileRole, Source
from app.language.heading.reader import Heading, read_heading
from app.language.reply_by import find_reply_by
from app.storage import queries as storage

_URGENCY = {words: level for level, words in labels.URGENCY.items()}
# What the reader calls a field, and what the form calls it.
_FIELDS = {
    "issuer": "issuer_name", "number": "reference", "symbol": "reference", "date": "issued_on", "type": "document_type",
    "subject": "subject", "signer_name": "signer_name", "signer_position": "signer_position",
}  # fmt: skip
_EXPECTED = ("reference", "issued_on", "issuer_name", "subject")


@dataclass(frozen=True)
class ReadFields:
    """Thông tin đọc được, theo tên ô của biểu mẫu vào sổ; ``unsure`` are those to look at."""

    reference: str = ""
    issued_on: date | None = None
    issuer_name: str = ""
    document_type: str = ""
    subject: str = ""
    signer_name: str = ""
    signer_position: str = ""
    urgency: int = 0
    reply_by: date | None = None
    unsure: frozenset[str] = frozenset()


def read_fields(text: str) -> ReadFields:
    """Đọc từ chữ của văn bản."""
    heading = read_heading(text)
    found = ReadFields(
        reference=heading.reference[: limits.REFERENCE_CHARS] if heading.number and heading.symbol else "",
        issued_on=heading.issued_on,
        issuer_name=(heading.issuer or "")[: limits.NAME_CHARS],
        document_type=_type(heading),
        subject=(heading.subject or "")[: limits.SUBJECT_CHARS],
        signer_name=(heading.signature.name or "")[: limits.NAME_CHARS],
        signer_position=(heading.signature.position or "")[: limits.NAME_CHARS],
        urgency=_URGENCY.get(heading.urgency or "", 0),
        reply_by=find_reply_by(text, heading),
    )
    unsure = {_FIELDS[name] for name in heading.doubtful if name in _FIELDS}
    unsure |= {name for name in _EXPECTED if not getattr(found, name)}
    return replace(found, unsure=frozenset(unsure))


def read_waiting(document: Document) -> ReadFields | None:
    """Đọc từ tệp chính của văn bản chờ vào sổ; none for a package, which says it all, and while the file is unread."""
    if document.source == Source.EXCHANGE or document.reference or document.issuer_name:
        return None
    main = next((f.stored for f in document.files if f.role == FileRole.MAIN), None)
    text = storage.text_of(main.id) if main is not None else None
    return read_fields(text) if text else None


def _type(heading: Heading) -> str:
    if heading.type is None:
        return ""
    return heading.type if heading.type in labels.INCOMING_TYPES else "Văn bản khác"
