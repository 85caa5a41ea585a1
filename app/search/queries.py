"""Tìm: words and numbers, with the reader's own rights, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, BindParameter, String, bindparam, text

from app.core import limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import Key, RecordKind
from app.core.text import clean_line, fold, reference_key
from app.search.words import question, words_of

_MOST_WORDS = 15
_KINDS_PER_KEY = 16
_SCOPES = {
    "documents": (RecordKind.INCOMING, RecordKind.OUTGOING, RecordKind.DOSSIER),
    "directives": (RecordKind.DIRECTIVE,),
    "meetings": (RecordKind.MEETING,),
}
TOO_LONG = (
    f"Từ khóa dài quá {limits.SEARCH_CHARS} ký tự. Hãy rút còn số, ký hiệu hoặc vài từ trong trích yếu."
)
NOTHING_TO_FIND = "Từ khóa chưa có chữ hoặc số nào. Hãy gõ số, ký hiệu hoặc vài từ trong trích yếu."


@dataclass(frozen=True)
class Found:
    """Một kết quả."""

    kind: int
    record_id: int
    title: str
    reference: str
    sort_at: datetime

    @property
    def key(self) -> Key:
        """Vị trí của kết quả trong danh sách; records of different kinds may share an id."""
        return Key(self.sort_at, self.record_id * _KINDS_PER_KEY + self.kind)


@dataclass(frozen=True)
class Results:
    """Kết quả: by number on the first page, then by words; ``is_loose`` when marks had to be ignored."""

    by_number: Sequence[Found]
    by_words: Sequence[Found]
    next_key: Key | None
    is_loose: bool


_COLUMNS = "e.kind, e.record_id, e.title, e.reference, e.sort_at"
_SEEN = "EXISTS (SELECT 1 FROM record_access r WHERE r.kind = e.kind AND r.record_id = e.record_id AND ({rights}))"
_ORDER = "ORDER BY e.sort_at DESC, e.record_id DESC, e.kind DESC LIMIT :limit"
_BY_WORDS = f"""
SELECT {_COLUMNS} FROM search_entry e
WHERE e.agency_id = :agency AND e.tsv @@ CAST(:question AS tsquery) AND {_SEEN} {{after}} {_ORDER}
"""  # noqa: S608 - constants of this module
_BY_NUMBER = f"""
SELECT {_COLUMNS} FROM search_entry e
WHERE e.agency_id = :agency AND e.reference_key <> '' AND e.reference_key >= :low AND e.reference_key < :high
  AND {_SEEN} {_ORDER}
"""  # noqa: S608


def find(actor: Actor, words: str, *, after: Key | None = None, limit: int = limits.PAGE_ROWS) -> Results:
    """Tìm trong những gì người này được xem.

    Words typed with marks are found as typed; only when nothing is, marks are ignored.

    :raises Violations: the words are too long, or hold no letter and no digit.
    """
    asked = clean_line(words)
    if len(asked) > limits.SEARCH_CHARS:
        raise Violations([Violation("q", TOO_LONG)])
    terms = words_of(asked)[:_MOST_WORDS]
    if not terms:
        raise Violations([Violation("q", NOTHING_TO_FIND)])
    by_number = _by_number(actor, asked, limit) if after is None else []
    found, is_loose = _by_words(actor, terms, after, limit + 1, folded=False), False
    if not found and any(fold(w) != w for w in terms):
        found = _by_words(actor, terms, after, limit + 1, folded=True)
        is_loose = bool(found)
    next_key = found[limit - 1].key if len(found) > limit else None
    numbered = {(f.kind, f.record_id) for f in by_number}
    shown = [f for f in found[:limit] if (f.kind, f.record_id) not in numbered]
    return Results(by_number, shown, next_key, is_loose)


def _by_words(actor: Actor, terms: list[str], after: Key | None, limit: int, *, folded: bool) -> list[Found]:
    values: dict[str, Any] = {"question": question(terms, actor.agency_id or 0, folded=folded)}
    if after is not None:
        record_id, kind = divmod(after.record_id, _KINDS_PER_KEY)
        values |= {"after_at": after.sort_at, "after_id": record_id, "after_kind": kind}
    later = "AND (e.sort_at, e.record_id, e.kind) < (:after_at, :after_id, :after_kind)" if after else ""
    return _rows(_BY_WORDS, actor, values, limit, after=later)


def _by_number(actor: Actor, asked: str, limit: int) -> list[Found]:
    # "Số 05 / qđ-ubnd" begins like "5/QĐ-UBND"; text without a digit in front is no number.
    low = reference_key(asked)
    if not low[:1].isdigit():
        return []
    return _rows(_BY_NUMBER, actor, {"low": low, "high": low + "\U0010ffff"}, limit)


def _rows(sql: str, actor: Actor, values: dict[str, Any], limit: int, **parts: str) -> list[Found]:
    rights, principals = _rights(actor)
    values |= principals | {"agency": actor.agency_id, "limit": limit}
    # Written into the statement, so that each search is planned for its own words and reader: one plan for all of them
    # walks a million rows for a reader who has ten (measured: 1 s against 5 ms).
    planned: list[BindParameter[Any]] = [bindparam("agency", type_=BigInteger, literal_execute=True)]
    planned += [bindparam(n, expanding=True, type_=BigInteger, literal_execute=True) for n in principals]
    if "question" in values:  # lexemes hold letters and digits only
        planned.append(bindparam("question", type_=String, literal_execute=True))
    rows = session.execute(text(sql.format(rights=rights, **parts)).bindparams(*planned), values)
    return [Found(r.kind, r.record_id, r.title, r.reference, r.sort_at) for r in rows]


def _rights(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The reader's principals as SQL: his own for every kind, those of a delegation for the kinds it covers."""
    own = actor.all_principals("all")
    clauses, values = ["r.principal_id IN :own"], {"own": list(own)}
    for name, kinds in _SCOPES.items():
        extra = [p for p in actor.all_principals(name) if p not in own]
        if extra:
            listed = ", ".join(str(int(k)) for k in kinds)
            clauses.append(f"(r.kind IN ({listed}) AND r.principal_id IN :{name})")
            values[name] = extra
    return " OR ".join(clauses), values
