"""Lấy văn bản ra khỏi thư: in the worker, one letter at a time; what cannot be read is set apart with its reason."""

from __future__ import annotations

import io
import logging
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.errors import Busy, DomainError
from app.core.events import emit, queue
from app.core.records import RecordKind, registry_principal
from app.core.text import clean_line
from app.core.use_case import use_case
from app.documents import service as documents
from app.documents.models import Document
from app.documents.service import Arrival
from app.exchange.events import InboundQueued, LetterQuarantined
from app.exchange.models import BusinessType, Inbound, InboundState, MessageKind, Partner, PartnerAgency
from app.exchange.service import asking, client, statuses
from app.exchange.service.codes import agency_by_code
from app.exchange.service.fetching import fetch_link
from app.exchange.service.identity import identity
from app.exchange.service.incoming import SECRET, marks_secret
from app.exchange.service.inspecting import PackageRefused, read_package, read_part
from app.exchange.service.outgoing import wait
from app.exchange.service.routing import route_to
from app.language.document_types import type_named
from app.notifications.service import notice
from app.storage.inspection import SecretRefused
from app.storage.refusals import FileRefused
from app.storage.service import Upload, store_upload

log = logging.getLogger("office.exchange")

TRIES = 5


class Declined(Exception):
    """Không nhận, và nơi gửi phải biết vì sao (02)."""

    def __init__(self, sentence: str, agency_id: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.agency_id = sentence, agency_id


class _NotYet(Exception):
    """It speaks of a document that has not come."""


@dataclass(frozen=True)
class _Letter:
    """The row as plain values: the jail and the network work outside every transaction."""

    id: int
    partner_id: int
    token: str
    kind: str
    about: str
    sender_code: str
    recipient_code: str
    business_type: int
    sha256: str
    size: int
    links: list[dict[str, Any]]
    attempts: int


def take_in(inbound_id: int) -> datetime | None:
    """Xử lý một thư vừa nhận.

    :returns: when to try again, if it has to be.
    """
    letter = _begin(SYSTEM, inbound_id)
    if letter is None:
        return None
    try:
        _process(letter)
    except _NotYet:
        _hold(SYSTEM, inbound_id)
    except SecretRefused:
        _wipe(letter)
        _decline(SYSTEM, inbound_id, SECRET, None)
    except Declined as declined:
        _decline(SYSTEM, inbound_id, declined.sentence, declined.agency_id)
    except (PackageRefused, FileRefused) as refused:
        _quarantine(SYSTEM, inbound_id, refused.sentence)
    except Exception as problem:
        if not isinstance(problem, client.Unreachable | Busy):
            log.exception("letter %s cannot be taken in", inbound_id)
        if letter.attempts >= TRIES:
            _quarantine(SYSTEM, inbound_id, _sentence(problem))
            return None
        return clock.now() + wait(letter.attempts)
    return None


@use_case
def _begin(actor: Actor, inbound_id: int) -> _Letter | None:
    inbound = session.get(Inbound, inbound_id, with_for_update=True, populate_existing=True)
    if inbound is None or inbound.state not in (InboundState.RECEIVED, InboundState.HELD):
        return None
    inbound.attempts += 1
    return _Letter(
        inbound.id,
        inbound.partner_id,
        inbound.token,
        inbound.kind,
        inbound.about,
        inbound.sender_code,
        inbound.recipient_code,
        inbound.business_type,
        inbound.payload_sha256,
        inbound.payload_size,
        inbound.links,
        inbound.attempts,
    )


def _process(letter: _Letter) -> None:
    if letter.size == 0:
        raise PackageRefused("empty")
    with identity().packages.open(letter.sha256, letter.size) as stream:
        package = read_package(stream.fileno())
        if package["kind"] != letter.kind:
            raise PackageRefused("not_package")
        if letter.kind == MessageKind.STATUS:
            _apply_state(SYSTEM, letter.id, package)
            return
        if marks_secret(package):
            raise SecretRefused(SECRET)
        agency_id = _receiver(letter)
        if package["business"]["type"] != letter.business_type:
            raise PackageRefused("not_package")
        uploads = _files(letter, package, stream.fileno())
    _arrive(SYSTEM, letter, package, agency_id, uploads)


def _receiver(letter: _Letter) -> int:
    """Who gets it: the agency addressed, or its successor; else the sender hears why not."""
    addressed = agency_by_code(letter.recipient_code)
    if addressed is None:
        session.rollback()
        raise Declined(
            f"Không có cơ quan mã {letter.recipient_code} ở hệ thống này. Hãy kiểm tra mã định danh nơi nhận."
        )
    route = route_to(addressed, clock.today())
    is_ours = session.get(PartnerAgency, route.agency_id) is None
    session.rollback()
    if route.refusal or not is_ours:
        raise Declined(route.refusal or f"Cơ quan mã {letter.recipient_code} không thuộc hệ thống này.", None)
    return route.agency_id


def _files(letter: _Letter, package: dict[str, Any], file: int) -> list[Upload]:
    found = []
    for index, about in enumerate(package["attachments"]):
        content = read_part(file, index)
        found.append(store_upload(io.BytesIO(content), str(about["name"])))
    for link in letter.links:
        with tempfile.TemporaryFile() as into:
            fetch_link(letter.partner_id, link, into)
            into.seek(0)
            upload = store_upload(into, str(link["name"]))
            if upload.sha256 != link["sha256"]:
                raise PackageRefused("broken")
            found.append(upload)
    return found


@use_case
def _arrive(
    actor: Actor, letter: _Letter, package: dict[str, Any], agency_id: int, uploads: list[Upload]
) -> None:
    """Ghi văn bản đến và xong thư, in one transaction."""
    inbound = session.get_one(Inbound, letter.id, with_for_update=True, populate_existing=True)
    if inbound.state not in (InboundState.RECEIVED, InboundState.HELD):
        return
    earlier = _earlier(letter)
    if letter.about and earlier is None:
        raise _NotYet
    inbound.agency_id = agency_id
    if letter.business_type == BusinessType.NEW:
        document = documents.receive(actor, _arrival(letter, package, agency_id), files=uploads)
    elif earlier is None:
        raise Declined("Nơi nhận chưa từng nhận văn bản mà gói tin nói đến.", agency_id)
    else:
        document = earlier
        replacement = None
        if letter.business_type == BusinessType.REPLACE:
            replacement = documents.receive(
                actor, _arrival(letter, package, earlier.agency_id), files=uploads
            )
        asking.ask(
            actor,
            earlier,
            business_type=letter.business_type,
            reason=str(package["business"].get("reason", "")),
            by=str(package["business"].get("staff", {}).get("staff", "")),
            inbound=inbound,
            replacement=replacement,
            uploads=uploads,
            package=package,
        )
    inbound.document_id = document.id
    _done(inbound)
    for held in session.scalars(
        select(Inbound.id).where(
            Inbound.partner_id == letter.partner_id,
            Inbound.about == letter.token,
            Inbound.state == InboundState.HELD.value,
        )
    ):
        queue(InboundQueued(kind=int(RecordKind.PACKAGE), record_id=held))


def _earlier(letter: _Letter) -> Document | None:
    """The document an earlier letter of the same partner brought."""
    if not letter.about:
        return None
    return session.scalar(
        select(Document)
        .join(Inbound, Inbound.document_id == Document.id)
        .where(Inbound.partner_id == letter.partner_id, Inbound.token == letter.about)
        .with_for_update(of=Document)
    )


def _arrival(letter: _Letter, package: dict[str, Any], agency_id: int) -> Arrival:
    issuer = agency_by_code(letter.sender_code)
    signer = package["signer"]
    issued = package["promulgation"]["date"]
    return Arrival(
        agency_id=agency_id,
        package_token=letter.token,
        reference=_line(package["code"]["reference"]),
        issued_on=date.fromisoformat(issued) if issued else clock.today(),
        issuer_name=issuer.name if issuer else _line(package["from"].get("name", "")),
        issuer_agency_id=issuer.id if issuer else None,
        document_type=_type_name(package["document_type"]["name"]),
        subject=clean_line(str(package["subject"]))[:500] or "(không có trích yếu)",
        urgency=min(max(int(package["other"].get("priority") or 0), 0), 3),
        signer_name=_line(signer.get("name", "")),
        signer_position=_line(signer.get("position", "")),
        reply_by=date.fromisoformat(package["due_date"]) if package["due_date"] else None,
        in_reply_to_id=_question(package),
    )


def _question(package: dict[str, Any]) -> int | None:
    """Our own document that this one answers."""
    for about in package["response_for"]:
        asker = agency_by_code(str(about["organ_id"]))
        if asker is None or not about["code"]:
            continue
        found = session.scalar(
            select(Document.id)
            .where(
                Document.agency_id == asker.id,
                Document.direction == "outgoing",
                Document.reference == str(about["code"]),
                Document.issued_on == (date.fromisoformat(about["date"]) if about["date"] else None),
            )
            .limit(1)
        )
        if found:
            return found
    return None


def _line(value: Any) -> str:
    return clean_line(str(value))[:200]


def _type_name(raw: Any) -> str:
    try:
        return type_named(_line(raw)).name
    except (LookupError, ValueError):
        return "Công văn"


@use_case
def _apply_state(actor: Actor, inbound_id: int, package: dict[str, Any]) -> None:
    inbound = session.get_one(Inbound, inbound_id, with_for_update=True, populate_existing=True)
    if inbound.state not in (InboundState.RECEIVED, InboundState.HELD):
        return
    statuses.apply(actor, inbound, package)
    _done(inbound)


def _done(inbound: Inbound) -> None:
    inbound.state, inbound.state_at, inbound.error = InboundState.DONE.value, clock.now(), ""


@use_case
def _hold(actor: Actor, inbound_id: int) -> None:
    """Chờ văn bản mà thư này nói đến."""
    inbound = session.get_one(Inbound, inbound_id, with_for_update=True, populate_existing=True)
    inbound.state, inbound.state_at = InboundState.HELD.value, clock.now()
    inbound.error = "Chờ văn bản mà thư này nói đến."


def _wipe(letter: _Letter) -> None:
    """Xóa hẳn nội dung mật đã nhận."""
    path = identity().packages.path(letter.sha256, letter.size)
    if path is not None:
        with path.open("r+b") as file:
            file.write(b"\x00" * letter.size)
        path.unlink()


@use_case
def _decline(actor: Actor, inbound_id: int, sentence: str, agency_id: int | None) -> None:
    """Không nhận: the sender hears 02 and the reason."""
    inbound = session.get_one(Inbound, inbound_id, with_for_update=True, populate_existing=True)
    inbound.state, inbound.state_at, inbound.error = InboundState.REFUSED.value, clock.now(), sentence
    if inbound.kind == MessageKind.DOCUMENT:
        statuses.tell_refusal(actor, inbound, sentence)


@use_case
def _quarantine(actor: Actor, inbound_id: int, sentence: str) -> None:
    """Để riêng chờ văn thư quyết định."""
    inbound = session.get_one(Inbound, inbound_id, with_for_update=True, populate_existing=True)
    agency = agency_by_code(inbound.recipient_code)
    inbound.agency_id = inbound.agency_id or (
        agency.id if agency else session.get_one(Partner, inbound.partner_id).agency_id
    )
    inbound.state, inbound.state_at, inbound.error = (
        InboundState.QUARANTINED.value,
        clock.now(),
        sentence[:500],
    )
    emit(
        actor,
        LetterQuarantined(
            kind=int(RecordKind.AGENCY),
            record_id=inbound.agency_id,
            agency_id=inbound.agency_id,
            inbound_id=inbound.id,
            note=sentence[:500],
        ),
    )
    notice(
        kind=RecordKind.AGENCY,
        record_id=inbound.agency_id,
        words=f"Một gói tin từ {inbound.partner.name} không đọc được, đang để riêng: {sentence[:200]}",
        principals=[registry_principal(inbound.agency_id)],
        key=f"inbound:{inbound.id}:quarantined:{inbound.attempts}",
    )


def _sentence(problem: Exception) -> str:
    if isinstance(problem, DomainError | client.Unreachable):
        return problem.sentence
    return f"Hệ thống gặp lỗi khi đọc gói tin ({type(problem).__name__}). Hãy thử lại; nếu vẫn vậy, hãy báo quản trị hệ thống."
