"""Đôn đốc: one part or a whole selection in one act, each with its own counted entry."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import DomainError, Violation, Violations
from app.core.records import post_principal
from app.core.use_case import use_case
from app.directives import policy
from app.directives.models import DirectivePart, Urging
from app.directives.service import letters, notices
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE
from app.documents import service as documents
from app.documents.models import Document
from app.documents.service.letters import made_file


@use_case
def urge(actor: Actor, part_ids: Sequence[int], *, text: str = "") -> list[Urging]:
    """Đôn đốc các đầu việc đã chọn: all or none, locked in one order so that two selections cannot block each other."""
    parts = _chosen(actor, part_ids)
    return [_urge_one(actor, part, text) for part in parts]


@use_case
def urge_in_writing(
    actor: Actor, part_ids: Sequence[int], *, approver_post_id: int, text: str = ""
) -> Document:
    """Đôn đốc bằng văn bản: one act drafts the official letter to all leads and counts an urging of each part.

    :returns: the draft, which then goes the way of every outgoing document.
    """
    parts = _chosen(actor, part_ids)
    letter = letters.urging(parts, approver_post_id, text, clock.now())
    leads = tuple(dict.fromkeys(p.lead_agency_id for p in parts))
    document = documents.create_draft(
        actor,
        documents.DraftContent(
            document_type="Công văn",
            subject=letter.title[0].upper() + letter.title[1:],
            urgency=max(p.urgency for p in parts),
            recipient_ids=leads,
            other_recipients=(),
            approver_post_id=approver_post_id,
        ),
        made_file(letter, "Công văn đôn đốc.pdf"),
    )
    for part in parts:
        _urge_one(actor, part, text, document)
    return document


def _chosen(actor: Actor, part_ids: Sequence[int]) -> list[DirectivePart]:
    wanted = sorted(set(part_ids))
    if not wanted:
        raise Violations([Violation(None, "Chưa chọn nhiệm vụ nào. Hãy chọn trong danh sách rồi đôn đốc.")])
    if len(wanted) > limits.RECIPIENTS:
        raise Violations([Violation(None, f"Đôn đốc nhiều nhất {limits.RECIPIENTS} nhiệm vụ một lần.")])
    parts = [part_for_change(actor, part_id, None) for part_id in wanted]
    _check_all(actor, parts)
    return parts


def _check_all(actor: Actor, parts: Sequence[DirectivePart]) -> None:
    refused = []
    for part in parts:
        try:
            DIRECTIVE.check(actor, part, "urge")
        except DomainError as refusal:
            if len(parts) == 1:
                raise
            refused.append(f"{part.code}: {refusal.sentence}")
    if refused:
        raise Violations(refused)


def _urge_one(actor: Actor, part: DirectivePart, text: str, document: Document | None = None) -> Urging:
    now = clock.now()
    told_as = policy.in_capacity(
        actor,
        post_principal(part.assigner_post_id),
        *policy.followers_of(part),
        *policy.desk_of(part.assigning_agency_id),
    )
    part.urging_count += 1
    part.last_urged_at = now
    entry = Urging(
        part=part,
        agency_id=part.assigning_agency_id,
        lead_agency_id=part.lead_agency_id,
        level=part.urging_count,
        at=now,
        post_id=told_as.post_id,
        person_id=told_as.person_id,
        text=text,
        document_id=document.id if document else None,
    )
    session.add(entry)
    session.flush()
    note = f"Lần {entry.level}{', bằng văn bản' if document else ''}. {text}".strip()
    DIRECTIVE.move(
        told_as, part, "urge", urging_id=entry.id, level=entry.level, document_id=entry.document_id, note=note
    )
    notices.tell(part, f"Đôn đốc lần {entry.level}", notices.lead_side(part))
    return entry
