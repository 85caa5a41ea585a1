"""Dự thảo: thể thức, các bản, so sánh hai bản."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import DomainError, NotFound
from app.documents.format import checker, layout
from app.documents.format.finding import Report
from app.documents.models import Document, DocumentRecipient, DocumentVersion, FileRole, OutgoingState
from app.documents.queries.details import outgoing
from app.storage import service as storage
from app.storage import word
from app.storage.kinds import Kind
from app.storage.models import StoredFile

_CHECKED = frozenset(
    {OutgoingState.DRAFT, OutgoingState.IN_REVIEW, OutgoingState.ENDORSED, OutgoingState.APPROVED}
)
_MOST_LINES = 3_000


def form_report(document: Document) -> Report | None:
    """Kết quả kiểm tra thể thức tệp Word của một dự thảo; ``None`` where there is nothing to check."""
    main = next((f for f in document.files if f.role == FileRole.MAIN), None)
    if main is None or main.stored.kind != Kind.DOCX or document.state not in _CHECKED:
        return None
    return _report(main.stored.sha256, main.stored.size)


@lru_cache(maxsize=200)
def _report(sha256: str, size: int) -> Report | None:
    # By content: the same bytes are judged once in a process.
    try:
        with storage.storage().blobs.open(sha256, size) as stream:
            return checker.check_open_file(stream.fileno())
    except DomainError:
        return None


def versions_of(document: Document) -> Sequence[DocumentVersion]:
    """Các bản của dự thảo, mới trước."""
    return session.scalars(
        select(DocumentVersion)
        .options(joinedload(DocumentVersion.person), joinedload(DocumentVersion.stored))
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number.desc())
        .limit(50)
    ).all()


def version_of(document_id: int, number: int, *, viewer: Actor) -> DocumentVersion:
    """Một bản của dự thảo mà người xem được biết.

    :raises NotFound: no such document for this viewer, or no such version.
    """
    document = outgoing(document_id, viewer=viewer)
    found = next((v for v in versions_of(document) if v.number == number), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class ComparedLine:
    """Một dòng của bảng so sánh: left and right text, and whether they differ."""

    left: str
    right: str
    kind: str  # same, changed, removed, added


def compare(one: StoredFile, other: StoredFile) -> list[ComparedLine]:
    """So hai bản từng đoạn một, cạnh nhau."""
    left, right = _lines(one), _lines(other)
    rows: list[ComparedLine] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if what == "equal":
            rows += [ComparedLine(x, x, "same") for x in left[a:b]]
            continue
        for at in range(max(b - a, d - c)):
            x = left[a + at] if a + at < b else ""
            y = right[c + at] if c + at < d else ""
            rows.append(ComparedLine(x, y, "changed" if x and y else "removed" if x else "added"))
    return rows


def _lines(file: StoredFile) -> list[str]:
    if file.kind != Kind.DOCX:
        return []
    with storage.storage().blobs.open(file.sha256, file.size) as stream:
        found = layout.read(word.read_layout(stream.fileno()))
    return [p.full_text for p in found.paras if p.full_text][:_MOST_LINES]


def last_recipients(viewer: Actor) -> tuple[list[int], list[str]]:
    """Nơi nhận của văn bản gần nhất mà vị trí này soạn và đã phát hành: "như lần trước"."""
    last = session.scalar(
        select(Document.id)
        .where(
            Document.agency_id == viewer.agency_id,
            Document.direction == "outgoing",
            Document.state == OutgoingState.ISSUED.value,
            Document.drafter_post_id == viewer.post_id,
        )
        .order_by(Document.sort_at.desc(), Document.id.desc())
        .limit(1)
    )
    rows = session.execute(
        select(DocumentRecipient.agency_id, DocumentRecipient.name)
        .where(DocumentRecipient.document_id == last)
        .order_by(DocumentRecipient.position)
    ).all()
    return [r.agency_id for r in rows if r.agency_id], [r.name for r in rows if r.agency_id is None]
