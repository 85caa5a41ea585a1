"""Soạn thảo và duyệt văn bản đi: dự thảo, trình, đồng ý, phê duyệt, trả lại."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import (
    RecordKind,
    close_access,
    grant_access,
    office_principal,
    post_principal,
    registry_principal,
    revoke_access,
)
from app.core.use_case import use_case
from app.documents import events
from app.documents.models import (
    Direction,
    Document,
    DocumentRecipient,
    Note,
    NoteKind,
    OutgoingState,
    Urgency,
)
from app.documents.service.capacity import capacity_of
from app.documents.service.composing import Composition, draft_file, signing_file
from app.documents.service.files import attach, detach
from app.documents.service.indexing import index
from app.documents.service.loading import for_change
from app.documents.service.versions import keep_version
from app.documents.workflow import OUTGOING
from app.notifications.service import notice
from app.org import queries as org
from app.org.models import Post
from app.storage.service import Upload


@dataclass(frozen=True)
class DraftContent:
    """Nội dung dự thảo: what the drafter fills in."""

    document_type: str
    subject: str
    urgency: int
    recipient_ids: tuple[int, ...]
    other_recipients: tuple[str, ...]
    approver_post_id: int
    reply_by: date | None = None
    in_reply_to_id: int | None = None
    composition: Composition | None = None
    """What was filled into a form: the file is made of it, unless one is uploaded."""
    changes_id: int | None = None
    change_kind: str = ""


@use_case
def create_draft(
    actor: Actor, content: DraftContent, main: Upload | None, attachments: Sequence[Upload] = ()
) -> Document:
    """Soạn thảo văn bản đi."""
    now = clock.now()
    agency = org.agency(actor.agency_id or 0)
    document = Document(
        agency_id=agency.id,
        direction=Direction.OUTGOING.value,
        state=OutgoingState.DRAFT.value,
        document_type=content.document_type,
        subject=content.subject,
        issuer_name=agency.name,
        issuer_agency_id=agency.id,
        unit_id=actor.unit_id,
        drafter_post_id=actor.post_id,
        created_at=now,
        state_since=now,
        sort_at=now,
    )
    session.add(document)
    session.flush()
    _fill(actor, document, content)
    attach(actor, document, main or _composed(document, content), attachments)
    keep_version(actor, document)
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [post_principal(actor.post_id or 0)],
        reason="drafter",
        sort_at=now,
        is_open=True,
    )
    index(document)
    emit(
        actor,
        events.DraftCreated(kind=RecordKind.OUTGOING, record_id=document.id, agency_id=document.agency_id),
    )
    return document


@use_case
def edit_draft(
    actor: Actor,
    document_id: int,
    version: int | None,
    content: DraftContent,
    main: Upload | None,
    attachments: Sequence[Upload] = (),
    removed_file_ids: Sequence[int] = (),
) -> Document:
    """Sửa dự thảo."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "edit")
    before = (document.subject, document.document_type, document.urgency, document.recipients_text)
    files_before = ", ".join(f.name for f in document.files)
    _fill(actor, document, content)
    detach(document, removed_file_ids)
    if main is not None:
        document.composition = None  # the uploaded file is the text from now on
    attach(actor, document, main or _composed(document, content), attachments)
    session.flush()
    keep_version(actor, document)
    after = (document.subject, document.document_type, document.urgency, document.recipients_text)
    names = ("subject", "document_type", "urgency", "recipients")
    changes = {n: (b, a) for n, b, a in zip(names, before, after, strict=True) if b != a}
    files_after = ", ".join(f.name for f in document.files)
    if files_before != files_after:
        changes["files"] = (files_before, files_after)
    index(document)
    return OUTGOING.move(actor, document, "edit", changes=changes)


def _composed(document: Document, content: DraftContent) -> Upload | None:
    """The file made of what was filled in; ``None`` where nothing was."""
    if content.composition is None:
        return None
    document.composition = content.composition.to_json()
    return draft_file(document, content.composition)


def _fill(actor: Actor, document: Document, content: DraftContent) -> None:
    approver = org.post(content.approver_post_id, document.agency_id)
    document.capacity = _capacity(document, approver)
    document.changes_id, document.change_kind = _changed(document, content)
    document.document_type = content.document_type
    document.subject = content.subject
    document.urgency = content.urgency
    document.reply_by = content.reply_by
    document.approver_post_id = approver.id
    document.in_reply_to_id = _answered(actor, content.in_reply_to_id)
    _set_recipients(document, content)


def _capacity(document: Document, approver: Post) -> str:
    """By what authority this post signs today: a delegation may have ended since the draft was written."""
    capacity = capacity_of(approver, org.agency(document.agency_id), clock.today())
    if capacity is None:
        raise Violations(
            [
                Violation(
                    "approver",
                    "Người này không có thẩm quyền ký văn bản: không phải lãnh đạo, trưởng đơn vị ký thừa lệnh, "
                    "và không có văn bản ủy quyền đang có hiệu lực. Hãy chọn người khác.",
                )
            ]
        )
    return capacity.kind


def _changed(document: Document, content: DraftContent) -> tuple[int | None, str]:
    """The issued document this one amends, replaces or corrects (NĐ 30/2020 Đ18 k3)."""
    if content.changes_id is None:
        return document.changes_id, document.change_kind
    old = session.get(Document, content.changes_id)
    if old is None or old.agency_id != document.agency_id or old.state != OutgoingState.ISSUED:
        raise NotFound
    return old.id, content.change_kind


def _answered(actor: Actor, document_id: int | None) -> int | None:
    if document_id is None:
        return None
    return for_change(actor, document_id, None, Direction.INCOMING).id


def _set_recipients(document: Document, content: DraftContent) -> None:
    wanted_ids = [i for i in dict.fromkeys(content.recipient_ids) if i != document.agency_id]
    keep = {r.agency_id: r for r in document.recipients if r.agency_id in wanted_ids}
    for recipient in list(document.recipients):
        if recipient.agency_id not in keep:
            document.recipients.remove(recipient)
            session.delete(recipient)
    for position, agency_id in enumerate(wanted_ids):
        if agency_id in keep:
            keep[agency_id].position = position
        else:
            document.recipients.append(
                DocumentRecipient(agency_id=agency_id, name=org.agency(agency_id).name, position=position)
            )
    for position, name in enumerate(content.other_recipients, start=len(wanted_ids)):
        document.recipients.append(DocumentRecipient(name=name, position=position))
    session.flush()
    ordered = sorted(document.recipients, key=lambda r: r.position)
    document.recipients_text = "; ".join(r.name for r in ordered)


@use_case
def submit(actor: Actor, document_id: int, version: int | None) -> Document:
    """Trình duyệt: to the head of the drafter's unit; a head's own draft, or one without a head, goes straight to the leader."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "submit")
    document.return_reason = ""
    head = next(iter(org.heads_of_unit(document.unit_id)), None) if document.unit_id else None
    own_head = head is None or head.id == document.drafter_post_id
    document.endorser_post_id = document.drafter_post_id if own_head or head is None else head.id
    document.state_since = clock.now()
    close_access(RecordKind.OUTGOING, document.id, reason="drafter")
    OUTGOING.move(actor, document, "submit", to_post_id=document.endorser_post_id)
    if own_head:
        return endorse(actor, document_id, None, "")
    assert document.endorser_post_id is not None
    _open_for(document, document.endorser_post_id, "endorser", "Dự thảo chờ duyệt")
    return document


@use_case
def endorse(actor: Actor, document_id: int, version: int | None, note: str) -> Document:
    """Trưởng đơn vị đồng ý nội dung, trình lãnh đạo phê duyệt (NĐ 30/2020 Đ12)."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "endorse")
    acting = actor.acting_as(document.endorser_post_id)
    _note(acting, document, note)
    document.state_since = clock.now()
    close_access(RecordKind.OUTGOING, document.id, reason="endorser")
    _open_for(document, document.approver_post_id or 0, "approver", "Dự thảo chờ phê duyệt")
    return OUTGOING.move(acting, document, "endorse", note=note)


@use_case
def approve(actor: Actor, document_id: int, version: int | None, note: str = "") -> Document:
    """Lãnh đạo phê duyệt dự thảo (NĐ 30/2020 Đ11); the registry then issues it."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "approve")
    acting = actor.acting_as(document.approver_post_id)
    _note(acting, document, note)
    approver = org.post(document.approver_post_id or 0, document.agency_id)
    document.capacity = _capacity(document, approver)
    document.signer_name = approver.person.full_name if approver.person else ""
    document.signer_position = approver.title
    composition = Composition.of(document)
    if composition is not None:
        attach(actor, document, signing_file(document, composition))
        keep_version(actor, document, "Bản đã phê duyệt")
    document.state_since = clock.now()
    close_access(RecordKind.OUTGOING, document.id, reason="approver")
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [registry_principal(document.agency_id)],
        reason="registry",
        sort_at=document.sort_at,
        is_open=True,
    )
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [office_principal(document.agency_id)],
        reason="office",
        sort_at=document.sort_at,
    )
    _tell(document, [registry_principal(document.agency_id)], "Văn bản đã duyệt, chờ phát hành")
    return OUTGOING.move(acting, document, "approve", note=note)


@use_case
def return_draft(actor: Actor, document_id: int, version: int | None, reason: str) -> Document:
    """Trả lại dự thảo: to the drafter, through the unit's head who is told as well (NĐ 30/2020 Đ10)."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "return")
    reviewer = (
        document.endorser_post_id if document.state == OutgoingState.IN_REVIEW else document.approver_post_id
    )
    acting = actor.acting_as(reviewer)
    told = {document.drafter_post_id, document.endorser_post_id} - {reviewer, None}
    document.return_reason, document.state_since = reason, clock.now()
    close_access(RecordKind.OUTGOING, document.id)
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [post_principal(document.drafter_post_id or 0)],
        reason="drafter",
        sort_at=document.sort_at,
        is_open=True,
    )
    _tell(document, [post_principal(p) for p in told if p], f"Dự thảo bị trả lại ({reason[:120]})")
    return OUTGOING.move(acting, document, "return", reason=reason)


@use_case
def reopen_draft(actor: Actor, document_id: int, version: int | None, reason: str) -> Document:
    """Rút lại để sửa: a draft changed after it was endorsed or approved goes the whole way again (NĐ 30/2020 Đ11)."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "take_back")
    told = {document.endorser_post_id, document.approver_post_id} - {document.drafter_post_id, None}
    document.return_reason, document.state_since = reason, clock.now()
    document.signer_name = document.signer_position = ""
    composition = Composition.of(document)
    if composition is not None:
        attach(actor, document, draft_file(document, composition))
        keep_version(actor, document, "Rút lại để sửa")
    close_access(RecordKind.OUTGOING, document.id)
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [post_principal(document.drafter_post_id or 0)],
        reason="drafter",
        sort_at=document.sort_at,
        is_open=True,
    )
    _tell(document, [post_principal(p) for p in told if p], f"Dự thảo được rút lại để sửa ({reason[:120]})")
    return OUTGOING.move(actor.acting_as(document.drafter_post_id), document, "take_back", reason=reason)


@use_case
def discard(actor: Actor, document_id: int, version: int | None, reason: str) -> Document:
    """Hủy dự thảo không dùng nữa; it stays readable for those who had a part in it."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "discard")
    document.return_reason, document.closed_at, document.state_since = reason, clock.now(), clock.now()
    close_access(RecordKind.OUTGOING, document.id)
    return OUTGOING.move(actor.acting_as(document.drafter_post_id), document, "discard", reason=reason)


def _open_for(document: Document, post_id: int, reason: str, words: str) -> None:
    # A later reviewer replaces an earlier one of the same step, whose sight ends with it.
    revoke_access(RecordKind.OUTGOING, document.id, reason=reason)
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [post_principal(post_id)],
        reason=reason,
        sort_at=document.sort_at,
        is_open=True,
    )
    _tell(document, [post_principal(post_id)], words)


def _note(actor: Actor, document: Document, text: str) -> None:
    if text:
        session.add(
            Note(
                document_id=document.id,
                kind=NoteKind.OPINION.value,
                text=text,
                post_id=(actor.acting_for.post_id if actor.acting_for else actor.post_id) or 0,
                person_id=actor.person_id or 0,
                acting_for_person_id=actor.acting_for.person_id if actor.acting_for else None,
                at=clock.now(),
            )
        )


def _tell(document: Document, principals: Sequence[int], words: str) -> None:
    notice(
        kind=RecordKind.OUTGOING,
        record_id=document.id,
        words=f"{words}: {document.subject}",
        principals=principals,
        urgent=document.urgency == Urgency.MOST_URGENT,
    )
