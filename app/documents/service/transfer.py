"""Chuyển cơ quan khác theo bút phê: the slip is made, numbered and sent in one act, the papers attached."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import clock, limits, numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.permissions import Role
from app.core.records import RecordKind, grant_access, office_principal, registry_principal
from app.core.use_case import use_case
from app.documents import policy
from app.documents.models import (
    Direction,
    Document,
    DocumentFile,
    DocumentRecipient,
    FileRole,
    Note,
    NoteKind,
    OutgoingState,
    Register,
)
from app.documents.service.issuing import issue, notation
from app.documents.service.loading import for_change
from app.documents.service.slips import Moved, slip_pdf, transfer_slip
from app.documents.workflow import INCOMING
from app.language.references import format_reference
from app.org import queries as org
from app.org.models import Agency, Post
from app.storage import service as storage
from app.storage.kinds import Kind
from app.storage.service import store_made

TRANSFER_TYPES = ("Phiếu chuyển", "Công văn")


@use_case
def transfer(
    actor: Actor,
    document_id: int,
    version: int | None,
    agency_ids: Sequence[int],
    register_id: int,
    document_type: str = TRANSFER_TYPES[0],
) -> Document:
    """Chuyển cơ quan khác giải quyết: a phiếu chuyển or a letter signed by order, numbered and issued at once.

    What the office prepares without the registry's hand waits to be issued.

    :returns: the outgoing document.
    """
    document = for_change(actor, document_id, version, Direction.INCOMING)
    INCOMING.check(actor, document, "transfer")
    if not agency_ids:
        raise Violations([Violation("agencies", "Chưa chọn cơ quan nhận. Hãy chọn ít nhất một cơ quan.")])
    if document_type not in TRANSFER_TYPES:
        raise NotFound
    agency = org.agency(document.agency_id)
    receivers = [org.agency(i) for i in dict.fromkeys(agency_ids) if i != agency.id]
    outgoing = _prepare(actor, document, agency, receivers, document_type)
    _draw(actor, document, outgoing, agency, receivers, register_id)
    names = ", ".join(a.short_name for a in receivers)
    INCOMING.move(actor, document, "transfer", outgoing_id=outgoing.id, note=f"{document_type} đến {names}")
    if policy.is_outgoing_clerk(actor, outgoing):
        issue(actor, outgoing.id, None, register_id)
    return outgoing


def _prepare(
    actor: Actor, document: Document, agency: Agency, receivers: Sequence[Agency], document_type: str
) -> Document:
    now, signer = clock.now(), signer_of(document)
    outgoing = Document(
        agency_id=agency.id,
        direction=Direction.OUTGOING.value,
        state=OutgoingState.APPROVED.value,
        document_type=document_type,
        subject=f"chuyển {document.document_type} của {document.issuer_name}: {document.subject}"[
            : limits.SUBJECT_CHARS
        ],
        urgency=document.urgency,
        issuer_name=agency.name,
        issuer_agency_id=agency.id,
        unit_id=signer.unit_id or actor.unit_id,
        drafter_post_id=actor.post_id,
        approver_post_id=signer.id,
        signer_name=signer.person.full_name if signer.person else "",
        signer_position=signer.title,
        recipients_text="; ".join(a.name for a in receivers),
        created_at=now,
        state_since=now,
        sort_at=now,
    )
    session.add(outgoing)
    session.flush()
    for position, receiver in enumerate(receivers):
        outgoing.recipients.append(
            DocumentRecipient(agency_id=receiver.id, name=receiver.name, position=position)
        )
    for reason, principal, is_open in (
        ("registry", registry_principal(agency.id), True),
        ("office", office_principal(agency.id), False),
    ):
        grant_access(
            RecordKind.OUTGOING, outgoing.id, [principal], reason=reason, sort_at=now, is_open=is_open
        )
    return outgoing


def _draw(
    actor: Actor,
    document: Document,
    outgoing: Document,
    agency: Agency,
    receivers: Sequence[Agency],
    register_id: int,
) -> None:
    number = _coming_number(agency.id, register_id)
    slip = transfer_slip(
        agency,
        signer_of(document),
        document_type=outgoing.document_type,
        reference=format_reference(number, notation(outgoing)),
        to=[a.name for a in receivers],
        moved=_moved(document),
    )
    made = store_made(slip_pdf(slip), f"{outgoing.document_type}.pdf", Kind.PDF, page_count=1)
    outgoing.files.append(
        DocumentFile(stored=storage.keep(actor, made), role=FileRole.MAIN.value, name=made.name, position=0)
    )
    # The papers go along; the leader's handwriting stays in the house.
    papers = [f for f in document.files if f.role != FileRole.NOTE]
    for position, item in enumerate(papers, start=1):
        outgoing.files.append(
            DocumentFile(
                stored_file_id=item.stored_file_id,
                role=FileRole.ATTACHMENT.value,
                name=item.name,
                position=position,
            )
        )
    session.flush()


def _coming_number(agency_id: int, register_id: int) -> int:
    """The number that issuing takes in this same transaction: the counter stays locked until then."""
    register = session.get(Register, register_id)
    if register is None or register.agency_id != agency_id or register.direction != Direction.OUTGOING:
        raise NotFound
    year = clock.today().year
    numbering.set_at_least(register.series, year, 0)
    return numbering.peek(register.series, year)


def signer_of(document: Document) -> Post:
    """Người ký thừa lệnh: the Chánh Văn phòng; where there is none, the leader whose note it is."""
    chief = next(iter(org.posts_with_role(document.agency_id, Role.OFFICE_CHIEF)), None)
    if chief is not None:
        return chief
    note = _instruction(document)
    leader = note.post if note is not None else next(iter(org.leaders_of(document.agency_id)), None)
    if leader is None:
        raise Violations(["Cơ quan chưa có lãnh đạo hoặc Chánh Văn phòng để ký. Hãy báo quản trị cơ quan."])
    return leader


def _instruction(document: Document) -> Note | None:
    return next((n for n in reversed(document.notes) if n.kind == NoteKind.INSTRUCTION), None)


def _moved(document: Document) -> Moved:
    note = _instruction(document)
    leader = f"{note.post.title} {note.person.full_name}" if note is not None else ""
    number = f"{document.number}/{document.number_year}" if document.number else ""
    return Moved(
        document.document_type,
        document.reference,
        document.issued_on,
        document.issuer_name,
        document.subject,
        number,
        note.text if note is not None else "",
        leader,
    )
