"""Văn bản có thể trùng: the same file, or the same number, notation, issuer and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from app.core.db import AnyRow, session
from app.core.text import fold, reference_key
from app.documents.models import Direction, Document, DocumentFile, FileRole, IncomingState
from app.storage.models import StoredFile

_MOST = 5
_GONE = (
    IncomingState.RETURNED.value,
    IncomingState.MERGED.value,
    IncomingState.DISCARDED.value,
    IncomingState.WITHDRAWN.value,
)


@dataclass(frozen=True)
class Twin:
    """Một văn bản có thể là cùng một văn bản, and by what it is known."""

    document_id: int
    number: int | None
    year: int | None
    reference: str
    subject: str
    issuer_name: str
    registered_at: datetime | None
    same_file: bool

    @property
    def is_registered(self) -> bool:
        """Đã có số đến chưa."""
        return self.number is not None


@dataclass(frozen=True)
class Likeness:
    """Đặc điểm để so: what the clerk typed, and the fingerprints of the main file."""

    reference: str
    issued_on: date | None
    issuer_name: str
    hashes: tuple[str, ...] = ()


def twins(agency_id: int, like: Likeness, *, besides: int | None = None) -> list[Twin]:
    """Các văn bản đến của cơ quan có thể trùng, đã vào sổ trước; at most five."""
    found: dict[int, Twin] = {}
    if like.hashes:
        same_file = select(DocumentFile.document_id).join(DocumentFile.stored)
        same_file = same_file.where(
            StoredFile.sha256.in_(like.hashes), DocumentFile.role != FileRole.ATTACHMENT.value
        )
        for row in _rows(agency_id, Document.id.in_(same_file), besides):
            found[row.id] = _twin(row, same_file=True)
    key = reference_key(like.reference)
    if key:
        for row in _rows(agency_id, Document.reference_key == key, besides):
            if row.id not in found and _same_origin(row, like):
                found[row.id] = _twin(row, same_file=False)
    return sorted(found.values(), key=lambda t: (not t.is_registered, -t.document_id))[:_MOST]


def _rows(agency_id: int, condition: ColumnElement[bool], besides: int | None) -> Sequence[AnyRow]:
    statement = (
        select(
            Document.id,
            Document.number,
            Document.number_year,
            Document.reference,
            Document.subject,
            Document.issuer_name,
            Document.issued_on,
            Document.registered_at,
        )
        .where(
            Document.agency_id == agency_id,
            Document.direction == Direction.INCOMING.value,
            Document.state.not_in(_GONE),
            or_(Document.number.is_not(None), Document.state == IncomingState.WAITING.value),
            condition,
        )
        .order_by(Document.sort_at.desc())
        .limit(50)
    )
    if besides is not None:
        statement = statement.where(Document.id != besides)
    return session.execute(statement).all()


def _same_origin(row: AnyRow, like: Likeness) -> bool:
    # A missing date does not make two documents different; another date does: numbers begin anew each year.
    same_day = row.issued_on is None or like.issued_on is None or row.issued_on == like.issued_on
    return same_day and fold(row.issuer_name) == fold(like.issuer_name)


def _twin(row: AnyRow, *, same_file: bool) -> Twin:
    return Twin(
        row.id,
        row.number,
        row.number_year,
        row.reference,
        row.subject,
        row.issuer_name,
        row.registered_at,
        same_file,
    )
