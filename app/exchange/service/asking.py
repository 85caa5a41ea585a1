"""Yêu cầu của nơi gửi tại nơi nhận: taken at once while nobody has registered the document, else the clerk decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.events import emit
from app.core.records import RecordKind, registry_principal
from app.core.text import clean_line
from app.core.use_case import use_case
from app.documents import service as documents
from app.documents.models import Document, IncomingState
from app.exchange import labels
from app.exchange.events import RecallAnswered, RecallAsked
from app.exchange.models import BusinessType, Delivery, Inbound, Request, RequestState
from app.exchange.policy import check_answer
from app.exchange.service.steps import Told, advance, person_words
from app.exchange.workflow import is_open_to
from app.notifications.service import notice
from app.storage import service as storage
from app.storage.service import Upload


def ask(
    actor: Actor,
    document: Document,
    *,
    business_type: int,
    reason: str,
    by: str,
    delivery: Delivery | None = None,
    inbound: Inbound | None = None,
    replacement: Document | None = None,
    uploads: Sequence[Upload] = (),
    package: dict[str, Any] | None = None,
    source: Document | None = None,
) -> Request:
    """Ghi yêu cầu vào văn bản đến; joins the caller's transaction."""
    words = labels.REQUESTS[business_type]
    request = Request(
        agency_id=document.agency_id,
        document_id=document.id,
        business_type=business_type,
        reason=clean_line(reason)[:500],
        asked_at=clock.now(),
        asked_by=clean_line(by)[:300],
        delivery_id=delivery.id if delivery else None,
        inbound_id=inbound.id if inbound else None,
        new_document_id=replacement.id if replacement else None,
        content=_content(actor, uploads, package, source) if business_type == BusinessType.UPDATE else None,
    )
    session.add(request)
    session.flush()
    emit(
        actor,
        RecallAsked(
            kind=RecordKind.INCOMING,
            record_id=document.id,
            agency_id=document.agency_id,
            note=f"Nơi gửi yêu cầu {words}: {request.reason or 'không nêu lý do'}",
        ),
    )
    if document.state == IncomingState.WAITING:
        _settle(SYSTEM, request, document, agrees=True, words="Văn bản chưa vào sổ nên thực hiện ngay.")
    else:
        notice(
            kind=RecordKind.INCOMING,
            record_id=document.id,
            words=f"Nơi gửi yêu cầu {words} văn bản {document.reference}: {document.subject}",
            principals=[registry_principal(document.agency_id)],
            key=f"request:{request.id}",
        )
    return request


@use_case
def decide(actor: Actor, request_id: int, version: int | None, *, agrees: bool, words: str) -> Document:
    """Đồng ý hoặc từ chối yêu cầu của nơi gửi.

    :raises NotFound: no such request of the actor's agency.
    """
    request = session.get(Request, request_id, with_for_update=True, populate_existing=True)
    if request is None or request.agency_id != actor.agency_id:
        raise NotFound
    check_answer(actor, request, version)
    document = session.get_one(Document, request.document_id, with_for_update=True, populate_existing=True)
    _settle(actor, request, document, agrees=agrees, words=clean_line(words)[:500])
    return document


def _settle(actor: Actor, request: Request, document: Document, *, agrees: bool, words: str) -> None:
    """Thực hiện và trả lời nơi gửi."""
    state = RequestState.AGREED if agrees else RequestState.DECLINED
    request.state, request.decided_at, request.version = state.value, clock.now(), request.version + 1
    request.decided_by, request.decision = person_words(actor), words
    name = labels.REQUESTS[request.business_type]
    if agrees and request.business_type in (BusinessType.REVOKE, BusinessType.REPLACE):
        documents.withdraw(actor, document, _result(request, name))
    if agrees and request.business_type == BusinessType.UPDATE and request.content:
        documents.amend(actor, document, **request.content)
    emit(
        actor,
        RecallAnswered(
            kind=RecordKind.INCOMING,
            record_id=document.id,
            agency_id=document.agency_id,
            note=f"{'Đồng ý' if agrees else 'Từ chối'} {name}. {words}".strip(),
        ),
    )
    _answer(actor, request, "agree" if agrees else "decline", words)


def _content(
    actor: Actor, uploads: Sequence[Upload], package: dict[str, Any] | None, source: Document | None
) -> dict[str, Any]:
    """What the update says: from the package that came, or from the sender's own row in this installation."""
    if source is not None:
        return {
            "subject": source.subject,
            "urgency": source.urgency,
            "reply_by": source.reply_by.isoformat() if source.reply_by else None,
            "files": [[f.stored_file_id, f.name] for f in source.files],
        }
    found = package or {}
    return {
        "subject": clean_line(str(found.get("subject", "")))[:500],
        "urgency": min(max(int(found.get("other", {}).get("priority") or 0), 0), 3),
        "reply_by": found.get("due_date"),
        "files": [[storage.keep(actor, upload).id, upload.name] for upload in uploads],
    }


def _result(request: Request, name: str) -> str:
    if request.new_document is not None:
        return f"Được thay thế bằng văn bản {request.new_document.reference}."
    return f"Nơi gửi {name}: {request.reason}" if request.reason else f"Nơi gửi {name}."


def _answer(actor: Actor, request: Request, action: str, words: str) -> None:
    if request.delivery_id is not None:
        delivery = session.get_one(Delivery, request.delivery_id)
        if is_open_to(delivery.state, action):
            told = Told(person_words(actor), clock.now())
            advance(SYSTEM, delivery, action, reason=words, told=told)
    elif request.inbound_id is not None:
        from app.exchange.service.statuses import CODES, answer

        answer(actor, session.get_one(Inbound, request.inbound_id), request.agency_id, CODES[action], words)
