"""Văn bản nào trả lời nhiệm vụ nào: what a document cites finds the tasks, what it says ranks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import ARRAY, Text, cast, select
from sqlalchemy.orm import joinedload

from app.core.db import session
from app.core.text import fold, reference_key
from app.directives.models import WORKING, ClosingProposal, DirectivePart
from app.directives.queries.conditions import state_in
from app.documents.models import Document, DocumentFile, DocumentRecipient
from app.language.references import find_references
from app.storage.models import FileText

_CODE = re.compile(r"(?<![\w-])NV-\d{4}-\d{4,}(?:\.\d+)?(?!\d)")
_READ = 20_000  # characters of each file; a citation stands at the head
_KEYS = 40
_CITED_CODE, _CITED_SOURCE, _ADDRESSED, _SAID_IN_SUBJECT, _SAID_IN_TEXT = 400, 200, 40, 120, 60
# Words of every official letter say nothing about which task it answers.
_COMMON = frozenset(
    [
        "bao",
        "cao",
        "ket",
        "qua",
        "thuc",
        "hien",
        "nhiem",
        "vu",
        "duoc",
        "giao",
        "ve",
        "viec",
        "va",
        "cua",
        "cac",
        "cho",
        "theo",
        "tai",
        "so",
        "ngay",
        "thang",
        "nam",
        "thanh",
        "pho",
        "uy",
        "ban",
        "nhan",
        "dan",
        "cong",
        "van",
        "de",
        "nghi",
        "trien",
        "khai",
        "noi",
        "dung",
        "hoan",
        "thanh",
        "kinh",
        "gui",
        "can",
        "cu",
        "quy",
        "dinh",
        "to",
        "chuc",
        "don",
        "vi",
        "co",
        "quan",
        "trong",
        "den",
        "tu",
        "la",
        "v",
    ]
)


@dataclass(frozen=True)
class Answered:
    """Một nhiệm vụ mà văn bản có thể trả lời, và điểm của nó."""

    part: DirectivePart
    score: int


def answered_by(document: Document) -> list[Answered]:
    """Các nhiệm vụ cơ quan này chủ trì mà văn bản viện dẫn, khớp nhất trước."""
    text = _text_of(document)
    codes = {reference_key(c) for c in _CODE.findall(f"{document.subject} {text}")}
    sources = _cited(document, text)
    keys = sorted(codes | sources)[:_KEYS]
    if not keys:
        return []
    parts = session.scalars(
        select(DirectivePart)
        .where(
            DirectivePart.lead_agency_id == document.agency_id,
            state_in(DirectivePart, WORKING),
            DirectivePart.words.overlap(cast(keys, ARRAY(Text))),
        )
        .options(joinedload(DirectivePart.directive))
        .order_by(DirectivePart.due_key, DirectivePart.id)
        .limit(200)
    ).all()
    recipients = set(
        session.scalars(
            select(DocumentRecipient.agency_id).where(
                DocumentRecipient.document_id == document.id, DocumentRecipient.agency_id.is_not(None)
            )
        )
    )
    said, written = _telling(document.subject), _telling(text)
    found = [Answered(p, _score(p, codes, recipients, said, written)) for p in parts]
    return sorted(found, key=lambda a: -a.score)  # stable: of equals the one due first


def _score(
    part: DirectivePart,
    codes: set[str],
    recipients: set[int | None],
    said: frozenset[str],
    written: frozenset[str],
) -> int:
    asked = _telling(f"{part.content} {part.directive.product}")
    score = (
        _CITED_CODE
        if {reference_key(part.code), reference_key(part.directive.code)} & codes
        else _CITED_SOURCE
    )
    if part.assigning_agency_id in recipients:
        score += _ADDRESSED
    if asked:
        score += round(_SAID_IN_SUBJECT * len(asked & said) / len(asked))
        score += round(_SAID_IN_TEXT * len(asked & written) / len(asked))
    return score


def _telling(text: str) -> frozenset[str]:
    """Pairs of neighbouring words, and single words that are rare: Vietnamese words are mostly written as two."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    kept = [w for w in words if w not in _COMMON]
    return frozenset({*kept, *(f"{a} {b}" for a, b in pairwise(kept))})


def _cited(document: Document, text: str) -> set[str]:
    found = {r.key for _at, r in find_references(f"{document.subject}\n{text}")}
    if document.in_reply_to is not None and document.in_reply_to.reference:
        found.add(reference_key(document.in_reply_to.reference))
    return found


def _text_of(document: Document) -> str:
    return "\n".join(_texts(document.id))


def _texts(document_id: int) -> Iterator[str]:
    contents: Sequence[str] = session.scalars(
        select(FileText.content)
        .join(DocumentFile, DocumentFile.stored_file_id == FileText.stored_file_id)
        .where(DocumentFile.document_id == document_id)
        .order_by(DocumentFile.position)
        .limit(5)
    ).all()
    for content in contents:
        yield content[:_READ]


def proposals(part: DirectivePart) -> Sequence[ClosingProposal]:
    """Các văn bản đang đề xuất kết thúc đầu việc, khớp nhất trước."""
    return session.scalars(
        select(ClosingProposal)
        .where(ClosingProposal.part_id == part.id, ClosingProposal.state == "proposed")
        .options(joinedload(ClosingProposal.person))
        .order_by(ClosingProposal.score.desc(), ClosingProposal.id)
        .limit(5)
    ).all()
