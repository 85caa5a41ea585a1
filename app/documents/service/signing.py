"""Ký số văn bản đi: the leader's signature, then number, date and the agency's seal, then issue (NĐ 30/2020 Đ5, Đ15, Đ32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import StaleVersion, Violation, Violations, WrongState
from app.core.records import RecordKind, registry_principal
from app.core.use_case import touch, use_case
from app.documents.models import Direction, Document, DocumentFile, FileRole
from app.documents.service.files import replace_content
from app.documents.service.issuing import give_number, send_out
from app.documents.service.loading import for_change
from app.documents.workflow import OUTGOING
from app.notifications.service import notice
from app.signing import queries as signing_queries
from app.signing import service as signing
from app.signing.models import Purpose, RequestState, SigningBatch, SigningRequest
from app.signing.service import Plan, Wish
from app.storage import service as storage
from app.storage.kinds import Kind
from app.storage.service import Upload

_SEAL_MM = 36  # real size of a provincial agency's seal; others say so in their agency's settings


@dataclass(frozen=True)
class Shown:
    """Văn bản như đang hiện trên màn hình người ký."""

    document_id: int
    version: int | None
    sha256: str


def main_file(document: Document) -> DocumentFile:
    """Tệp văn bản chính."""
    return next(f for f in document.files if f.role == FileRole.MAIN)


def signing_plan(document: Document) -> Plan:
    """Soi tệp chính và tìm chỗ ký, trước khi hỏi mã PIN.

    :raises UnfitForSigning: the file cannot be signed, with every reason.
    """
    stored = main_file(document).stored
    with storage.storage().blobs.open(stored.sha256, stored.size) as stream:
        return signing.plan(stream.read(), signer=document.signer_name, seal_mm=seal_size(document))


def seal_size(document: Document) -> float:
    """Đường kính con dấu, mm."""
    return float(document.agency.settings.get("seal_mm", _SEAL_MM))


@use_case
def ask_signatures(actor: Actor, shown: Sequence[Shown], pin: str) -> SigningBatch:
    """Yêu cầu ký các văn bản đang hiện: the hash that was shown is the hash that is signed."""
    if not 0 < len(shown) <= limits.BATCH_SIGNATURES:
        raise Violations([f"Hãy chọn từ một đến {limits.BATCH_SIGNATURES} văn bản để ký một lượt."])
    wishes = []
    for item in shown:
        document = for_change(actor, item.document_id, item.version, Direction.OUTGOING)
        OUTGOING.check(actor, document, "sign")
        if main_file(document).stored.sha256 != item.sha256:
            raise StaleVersion
        wishes.append(_wish(document, {"signer": document.signer_name, "seal_mm": seal_size(document)}))
    key = signing_queries.key_of_person(actor)
    if key is None:
        raise Violations([Violation("pin", signing.unusable(None, clock.now()) or "")])
    return signing.reserve(actor, key.id, pin, Purpose.PERSON, wishes)


@use_case
def ask_seal(actor: Actor, document_id: int, version: int | None, register_id: int, pin: str) -> SigningBatch:
    """Cấp số, ngày và yêu cầu đóng dấu; the number stays with the document whatever becomes of the request."""
    document = for_change(actor, document_id, version, Direction.OUTGOING)
    OUTGOING.check(actor, document, "seal")
    key = signing_queries.seal_of_agency(document.agency_id)
    if key is None:
        raise Violations([Violation("pin", signing.unusable(None, clock.now()) or "")])
    plan = _plan_of(document)
    give_number(actor, document, register_id)
    values = field_values(document, plan)
    touch(document)
    session.flush()
    attachments = [
        {"id": f.id, "sha256": f.stored.sha256, "size": f.stored.size, "name": f.name}
        for f in document.files
        if f.role == FileRole.ATTACHMENT and f.stored.kind == Kind.PDF
    ]
    more = {
        "fields": plan["fields"],
        "values": values,
        "attachments": attachments,
        "reference": document.reference,
    }
    return signing.reserve(actor, key.id, pin, Purpose.SEAL, [_wish(document, more)])


def _wish(document: Document, values: dict[str, Any]) -> Wish:
    main = main_file(document)
    return Wish(
        kind=int(RecordKind.OUTGOING),
        record_id=document.id,
        record_version=document.version,
        title=document.subject,
        source_file_id=main.stored_file_id,
        source_sha256=main.stored.sha256,
        values={"file": main.name, "pages": main.stored.page_count} | values,
    )


def _plan_of(document: Document) -> Mapping[str, Any]:
    """The places prepared when the leader signed."""
    found = session.scalar(
        select(SigningRequest.values)
        .where(
            SigningRequest.kind == int(RecordKind.OUTGOING),
            SigningRequest.record_id == document.id,
            SigningRequest.purpose == Purpose.PERSON.value,
            SigningRequest.state == RequestState.ATTACHED.value,
        )
        .order_by(SigningRequest.id.desc())
        .limit(1)
    )
    if found is None:
        raise WrongState("Văn bản chưa được người có thẩm quyền ký số trong hệ thống nên chưa đóng dấu được.")
    return dict(found)


def field_values(document: Document, plan: Mapping[str, Any]) -> dict[str, str]:
    """What goes into the fields prepared for number and date; what was printed beforehand must agree."""
    assert document.issued_on is not None
    number = document.reference.partition("/")[0]
    day, month, year = (
        f"{document.issued_on:%d}",
        _month(document.issued_on.month),
        str(document.issued_on.year),
    )
    printed, fields = plan.get("printed", {}), plan["fields"]
    wrong = [
        f"{words} in sẵn trên văn bản là {printed[key]}, khác {value} được cấp. Hãy trả lại để thay tệp."
        for key, words, value in (("number", "Số", number), ("day", "Ngày", day), ("month", "Tháng", month), ("year", "Năm", year))
        if key in printed and int(printed[key]) != int(value)
    ]  # fmt: skip
    if wrong:
        raise Violations(wrong)
    whole = printed.get("whole_number")
    every = {
        "SoVanBan": document.reference if whole else number,
        "SoVanBanDayDu": f"Số: {document.reference}",
        "Ngay": day,
        "Thang": month,
        "Nam": year,
        "NgayDayDu": f"ngày {day} tháng {month} năm {year}",
    }
    return {name: text for name, text in every.items() if name in fields}


def _month(month: int) -> str:
    # The Decree writes a leading zero for January and February only.
    return f"{month:02d}" if month < 3 else str(month)


@use_case
def attach_signed(
    actor: Actor, request: SigningRequest, upload: Upload, marked: Mapping[int, Upload]
) -> None:
    """Gắn tệp đã ký: only to the document that was shown; the sealed one goes out at once."""
    document = for_change(actor, request.record_id, None, Direction.OUTGOING)
    main = main_file(document)
    if document.version != request.record_version or main.stored.sha256 != request.source_sha256:
        raise WrongState(
            "Văn bản đã thay đổi sau khi anh/chị bấm ký nên chữ ký không được gắn. Hãy xem bản mới rồi ký lại."
        )
    action = "sign" if request.purpose == Purpose.PERSON else "seal"
    OUTGOING.check(actor, document, action)
    replace_content(actor, main, upload)
    for file in document.files:
        if file.id in marked:
            replace_content(actor, file, marked[file.id])
    if action == "sign":
        _signed(actor, document, request)
    else:
        _sealed(actor, document, main)


def _signed(actor: Actor, document: Document, request: SigningRequest) -> None:
    document.state_since = clock.now()
    OUTGOING.move(
        actor.acting_as(document.approver_post_id),
        document,
        "sign",
        note=f"SHA-256 {request.source_sha256[:16]}…",
    )
    notice(
        kind=RecordKind.OUTGOING,
        record_id=document.id,
        words=f"Văn bản đã ký số, chờ cấp số và đóng dấu: {document.subject}",
        principals=[registry_principal(document.agency_id)],
    )


def _sealed(actor: Actor, document: Document, main: DocumentFile) -> None:
    register(actor, document, main)
    send_out(actor, document, "seal")


def register(actor: Actor, document: Document, main: DocumentFile) -> None:
    """Ghi nhận bản đã ký đủ hai chữ ký, để ai có bản sao cũng tra cứu được."""
    session.flush()
    assert document.issued_on is not None
    signing.register_signed(
        actor,
        main.stored,
        kind=int(RecordKind.OUTGOING),
        record_id=document.id,
        agency_id=document.agency_id,
        reference=document.reference,
        issued_on=document.issued_on,
        issuer_name=document.agency.name,
    )
