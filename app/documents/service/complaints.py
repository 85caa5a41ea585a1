"""Đơn thư: a book of its own, readers who have a part in it, the denouncer's name kept from all but the registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import Violation, Violations
from app.core.records import RecordKind, grant_access, post_principal
from app.core.use_case import use_case
from app.documents.models import (
    Complaint,
    ComplaintKind,
    Direction,
    Document,
    IncomingState,
    Register,
    Source,
)
from app.documents.service.arrival import enter
from app.documents.service.course import Assignment, route
from app.documents.service.files import attach
from app.documents.workflow import INCOMING
from app.storage.service import Upload

BOOK = "Sổ đơn thư"
_HIDDEN = "Người gửi đơn (giữ kín)"


@dataclass(frozen=True)
class Petition:
    """Nội dung một đơn thư vào sổ."""

    kind: ComplaintKind
    sender_name: str
    sender_address: str
    sender_phone: str
    subject: str
    source: Source = Source.PAPER


@use_case
def register_complaint(
    actor: Actor,
    petition: Petition,
    main: Upload | None,
    attachments: Sequence[Upload],
    target: int | None,
    assignment: Assignment,
) -> Document:
    """Vào sổ đơn thư, và chuyển luôn nếu chọn nơi chuyển.

    Neither its search entry nor a notice tells what it is about; who sent it is kept in a row that lists do not read.
    """
    if main is None:
        raise Violations([Violation("document_file", "Chưa có bản quét. Hãy chọn tệp PDF hoặc ảnh của đơn.")])
    document = _row(actor, petition)
    INCOMING.check(actor, document, "register")
    attach(actor, document, main, attachments)
    grant_access(
        RecordKind.INCOMING,
        document.id,
        [post_principal(actor.post_id or 0)],
        reason="registry",
        sort_at=document.sort_at,
        is_open=True,
    )
    enter(actor, document, complaint_book(document.agency_id).id)
    return route(actor, document.id, None, target, assignment) if target is not None else document


def _row(actor: Actor, petition: Petition) -> Document:
    now = clock.now()
    denounced = petition.kind == ComplaintKind.DENUNCIATION
    document = Document(
        agency_id=actor.agency_id or 0,
        direction=Direction.INCOMING.value,
        state=IncomingState.WAITING.value,
        source=petition.source.value,
        document_type="Đơn",
        subject=petition.subject,
        issuer_name=_HIDDEN if denounced else petition.sender_name,
        is_restricted=True,
        arrived_at=now,
        created_at=now,
        state_since=now,
        sort_at=now,
    )
    session.add(document)
    session.flush()
    session.add(
        Complaint(
            document_id=document.id,
            kind=petition.kind.value,
            sender_name=petition.sender_name,
            sender_address=petition.sender_address,
            sender_phone=petition.sender_phone,
        )
    )
    return document


def complaint_book(agency_id: int) -> Register:
    """Sổ đơn thư của cơ quan; made when the first one comes."""
    found = session.scalars(
        select(Register)
        .where(Register.agency_id == agency_id, Register.is_restricted, Register.active)
        .order_by(Register.id)
        .limit(1)
    ).first()
    if found is None:
        found = Register(
            agency_id=agency_id, direction=Direction.INCOMING.value, name=BOOK, sort=9, is_restricted=True
        )
        session.add(found)
        session.flush()
    return found
