"""Quanh một văn bản: who opened it, what answers it or belongs with it, whether it is starred. One statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import text

from app.core.actor import Actor
from app.core.db import AnyRow, session
from app.core.errors import NotFound
from app.core.records import may_see
from app.core.text import reference_key
from app.documents.models import Direction, Document
from app.documents.policy import SCOPE
from app.org.queries import Choice

_AROUND = text("""
SELECT 'opened' AS what, o.person_id AS id, p.full_name AS words, post.title AS detail, o.at AS at, '' AS direction
FROM document_opening o JOIN person p ON p.id = o.person_id JOIN post ON post.id = o.post_id
WHERE o.document_id = :document
UNION ALL
SELECT 'starred', s.person_id, '', '', s.at, '' FROM document_star s
WHERE s.document_id = :document AND s.person_id = :person
UNION ALL
SELECT r.what, d.id, d.subject, d.reference, d.sort_at, d.direction
FROM (
    SELECT 'linked' AS what, second_id AS id FROM document_link WHERE first_id = :document
    UNION ALL SELECT 'linked', first_id FROM document_link WHERE second_id = :document
    UNION ALL SELECT 'answer', id FROM document WHERE in_reply_to_id = :document
    UNION ALL SELECT 'twin', id FROM document WHERE duplicate_of_id = :document
) r JOIN document d ON d.id = r.id
WHERE d.agency_id = :agency AND EXISTS (
    SELECT 1 FROM record_access a WHERE a.record_id = d.id AND a.principal_id = ANY(CAST(:principals AS bigint[]))
      AND a.kind = CASE d.direction WHEN 'incoming' THEN 1 ELSE 2 END
)
ORDER BY at
""")


@dataclass(frozen=True)
class Around:
    """Những gì quanh một văn bản."""

    openings: list[AnyRow] = field(default_factory=list)
    related: list[AnyRow] = field(default_factory=list)
    starred: bool = False

    def opened_by(self, person_id: int | None) -> bool:
        """Người này đã mở chưa."""
        return any(o.id == person_id for o in self.openings)


def around(document: Document, *, viewer: Actor) -> Around:
    """Ai đã mở, văn bản liên quan mà người xem được biết, và dấu của người xem."""
    rows = session.execute(
        _AROUND,
        {
            "document": document.id,
            "agency": document.agency_id,
            "person": viewer.person_id,
            "principals": list(viewer.all_principals(SCOPE)),
        },
    ).all()
    return Around(
        [r for r in rows if r.what == "opened"],
        [r for r in rows if r.what not in ("opened", "starred")],
        any(r.what == "starred" for r in rows),
    )


def any_document(document_id: int, *, viewer: Actor) -> Document:
    """Văn bản đến hoặc đi mà người xem được biết.

    :raises NotFound: none such, another agency's, or one the viewer has no part in.
    """
    found = session.get(Document, document_id)
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    if not may_see(found.record_kind, found.id, viewer.all_principals(SCOPE)):
        raise NotFound
    return found


_FIND = text("""
SELECT d.id, d.subject, d.reference, d.number, d.direction, d.issued_on FROM document d
WHERE d.agency_id = :agency AND d.reference_key >= :low AND d.reference_key < :high AND d.reference_key <> '' AND d.id <> :but
  AND EXISTS (
    SELECT 1 FROM record_access a WHERE a.record_id = d.id AND a.principal_id = ANY(CAST(:principals AS bigint[]))
      AND a.kind = CASE d.direction WHEN 'incoming' THEN 1 ELSE 2 END
  )
ORDER BY d.sort_at DESC LIMIT 20
""")


def documents_numbered(words: str, *, viewer: Actor, but: int) -> list[Choice]:
    """Văn bản người xem được biết có số, ký hiệu bắt đầu như thế."""
    key = reference_key(words)
    if not key:
        return []
    rows = session.execute(
        _FIND,
        {
            "agency": viewer.agency_id,
            "low": key,
            "high": key + "\U0010ffff",
            "but": but,
            "principals": list(viewer.all_principals(SCOPE)),
        },
    )
    return [Choice(str(r.id), f"{r.reference} – {r.subject}", _way(r.direction)) for r in rows]


def _way(direction: str) -> str:
    return "Văn bản đến" if direction == Direction.INCOMING else "Văn bản đi"


_STARRED = text("""
SELECT d.id, d.subject, d.reference, d.document_type, d.issuer_name, d.direction, d.urgency, s.at FROM document_star s
JOIN document d ON d.id = s.document_id
WHERE s.person_id = :person AND d.agency_id = :agency AND EXISTS (
    SELECT 1 FROM record_access a WHERE a.record_id = d.id AND a.principal_id = ANY(CAST(:principals AS bigint[]))
      AND a.kind = CASE d.direction WHEN 'incoming' THEN 1 ELSE 2 END
)
ORDER BY s.at DESC LIMIT :most
""")


def starred(viewer: Actor, *, limit: int) -> Sequence[AnyRow]:
    """Văn bản người này đánh dấu và còn được xem, mới đánh dấu trước."""
    return session.execute(
        _STARRED,
        {
            "person": viewer.person_id,
            "agency": viewer.agency_id,
            "principals": list(viewer.all_principals(SCOPE)),
            "most": limit,
        },
    ).all()
