"""Ghi bảng tra cứu: called by the packages above inside their own transactions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text

from app.core import limits
from app.core.db import session
from app.core.text import clean_line, reference_key
from app.search.words import vector

_DROP = text(
    "DELETE FROM search_entry WHERE kind = :kind AND record_id = :record_id AND agency_id <> ALL(CAST(:agencies AS bigint[]))"
)
_WRITE = text("""
INSERT INTO search_entry (agency_id, kind, record_id, title, reference, reference_key, sort_at, tsv)
SELECT a.id, :kind, :record_id, :title, :reference, :reference_key, :sort_at,
       CAST(:vector AS tsvector) || array_to_tsvector(ARRAY['@' || a.id])
FROM unnest(CAST(:agencies AS bigint[])) AS a(id)
ON CONFLICT (agency_id, kind, record_id) DO UPDATE
SET title = excluded.title, reference = excluded.reference, reference_key = excluded.reference_key,
    sort_at = excluded.sort_at, tsv = excluded.tsv
""")


def index(
    kind: int,
    record_id: int,
    *,
    agency_ids: Iterable[int],
    title: str,
    body: str = "",
    reference: str = "",
    sort_at: datetime,
) -> None:
    """Đưa một hồ sơ vào tra cứu, thay cho mục cũ của nó; joins the caller's transaction.

    :param agency_ids: every agency that has people who may see the record; others find nothing.
    :param title: what a result shows, and the first to be searched.
    :param body: more words to find it by; never shown.
    :param reference: số, ký hiệu, found by every spelling of its beginning.
    :param sort_at: results are newest first by this instant; as in the access rows.
    """
    agencies = sorted(set(agency_ids))
    values = {"kind": int(kind), "record_id": record_id, "agencies": agencies}
    session.execute(_DROP, values)
    if not agencies:
        return
    shown = clean_line(reference)[: limits.LINE_CHARS]
    session.execute(
        _WRITE,
        values
        | {
            "title": clean_line(title)[: limits.SUBJECT_CHARS * 2],
            "reference": shown,
            "reference_key": reference_key(shown) if any(c.isdigit() for c in shown) else "",
            "sort_at": sort_at,
            "vector": vector(title[: limits.SUBJECT_CHARS * 2], body, shown),
        },
    )


def remove(kind: int, record_id: int) -> None:
    """Rút một hồ sơ khỏi tra cứu; joins the caller's transaction."""
    session.execute(_DROP, {"kind": int(kind), "record_id": record_id, "agencies": []})
