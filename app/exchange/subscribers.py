"""Nghe văn bản: issuing sends, the receivers' acts report back, the worker carries."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.events import after, on
from app.core.outbox import Later
from app.documents.events import (
    ArrivalDiscarded,
    ArrivalMerged,
    ArrivalReturned,
    DocumentClosed,
    DocumentForwarded,
    DocumentInstructed,
    DocumentIssued,
    DocumentRegistered,
    HandlingPassedOn,
    HandlingProgressed,
    PaperNoteEntered,
    RecipientsAdded,
)
from app.exchange import service
from app.exchange.events import DeliveryResent, InboundQueued, PackageSent, PartnerQueued, RecallSent


@on(DocumentIssued)
def send_issued(actor: Actor, event: DocumentIssued) -> None:
    """Phát hành là gửi: package and deliveries stand or fall with the number."""
    service.send(actor, event.record_id)


@on(RecipientsAdded)
def send_to_more(actor: Actor, event: RecipientsAdded) -> None:
    """Gửi bổ sung nơi nhận."""
    service.send_more(actor, event.record_id, event.recipient_ids)


@after(PackageSent)
def carry_sent(event: PackageSent, outbox_id: int) -> None:
    """Chuyển gói tin vừa gửi."""
    _carry(event.package_id)


@after(DeliveryResent)
def carry_resent(event: DeliveryResent, outbox_id: int) -> None:
    """Chuyển lại gói tin."""
    _carry(event.record_id)


@after(RecallSent)
def carry_recall(event: RecallSent, outbox_id: int) -> None:
    """Chuyển yêu cầu thu hồi, cập nhật, thay thế."""
    _carry(event.package_id)


@after(PartnerQueued)
def post_letters(event: PartnerQueued, outbox_id: int) -> None:
    """Gửi các thư đang chờ của một đối tác."""
    again = service.post_all(event.record_id)
    if again is not None:
        raise Later(again)


@after(InboundQueued)
def take_letter_in(event: InboundQueued, outbox_id: int) -> None:
    """Lấy văn bản hoặc trạng thái ra khỏi một thư."""
    again = service.take_in(event.record_id)
    if again is not None:
        raise Later(again)


def _carry(package_id: int) -> None:
    again = service.carry(package_id)
    if again is not None:
        raise Later(again)


@on(DocumentRegistered)
def report_registered(actor: Actor, event: DocumentRegistered) -> None:
    """Vào sổ: 03."""
    _report(actor, event.package_token, event.agency_id, "register")


@on(ArrivalMerged)
def report_merged(actor: Actor, event: ArrivalMerged) -> None:
    """Nhập vào số đến đã có: 03."""
    _report(actor, event.package_token, event.agency_id, "register")


@on(ArrivalDiscarded)
def report_discarded(actor: Actor, event: ArrivalDiscarded) -> None:
    """Bỏ vì trùng: 02 with the number that holds it."""
    _report(actor, event.package_token, event.agency_id, "return", event.reason)


@on(DocumentInstructed)
def report_instructed(actor: Actor, event: DocumentInstructed) -> None:
    """Bút phê, phân công: 04."""
    _report(actor, event.package_token, event.agency_id, "assign")


@on(PaperNoteEntered)
def report_paper_note(actor: Actor, event: PaperNoteEntered) -> None:
    """Nhập bút phê giấy: 04."""
    _report(actor, event.package_token, event.agency_id, "assign")


@on(DocumentForwarded)
def report_forwarded(actor: Actor, event: DocumentForwarded) -> None:
    """Chuyển xử lý: 04."""
    _report(actor, event.package_token, event.agency_id, "assign")


@on(HandlingPassedOn)
def report_passed_on(actor: Actor, event: HandlingPassedOn) -> None:
    """Chuyển tiếp trong đơn vị: 05."""
    _report(actor, event.package_token, event.agency_id, "progress")


@on(HandlingProgressed)
def report_progressed(actor: Actor, event: HandlingProgressed) -> None:
    """Cập nhật tình hình: 05."""
    _report(actor, event.package_token, event.agency_id, "progress")


@on(DocumentClosed)
def report_closed(actor: Actor, event: DocumentClosed) -> None:
    """Kết thúc xử lý: 06."""
    _report(actor, event.package_token, event.agency_id, "finish")


@on(ArrivalReturned)
def report_returned(actor: Actor, event: ArrivalReturned) -> None:
    """Trả lại nơi gửi: 02 with the reason."""
    _report(actor, event.package_token, event.agency_id, "return", event.reason)


def _report(actor: Actor, token: str | None, agency_id: int | None, action: str, reason: str = "") -> None:
    # Paper documents came without a package: nobody to tell.
    if token is not None and agency_id is not None:
        service.report(actor, token, agency_id, action, reason=reason)
