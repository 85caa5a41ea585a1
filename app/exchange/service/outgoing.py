"""Thư gửi đi: queued with the act, sealed once, tried until the receipt is here; one queue per partner."""

from __future__ import annotations

import logging
import random
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.events import queue
from app.core.records import RecordKind, registry_principal
from app.core.use_case import use_case
from app.exchange.events import PartnerQueued
from app.exchange.models import (
    Delivery,
    DeliveryState,
    Message,
    MessageKind,
    MessageState,
    Partner,
    Purpose,
    Transport,
)
from app.exchange.service import axis, client, sealing
from app.exchange.service.codes import codes_of
from app.exchange.service.identity import identity
from app.exchange.service.preparing import prepare
from app.exchange.service.steps import arrive, note_attempt, refuse
from app.exchange.workflow import is_open_to
from app.notifications.service import notice

log = logging.getLogger("office.exchange")

LETTER_PATH = "/lien-thong/goi-tin"
LATE_AFTER = timedelta(hours=24)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
_LEASE = timedelta(minutes=2)
_PER_RUN = 100
_CHUNK = 1024 * 1024
# The other side will never take it: no use in trying again.
_FINAL = {404, 409, 410, 413, 415, 422}


def queue_documents(deliveries: Iterable[Delivery], partners: dict[int, Partner]) -> None:
    """Xếp hàng các văn bản gửi ra ngoài, in the transaction that issues them."""
    now, touched = clock.now(), set()
    for delivery in deliveries:
        partner = partners[delivery.recipient_agency_id]
        session.add(
            Message(
                token=secrets.token_urlsafe(24),
                partner_id=partner.id,
                agency_id=delivery.sender_agency_id,
                kind=MessageKind.DOCUMENT.value,
                delivery_id=delivery.id,
                created_at=now,
                next_attempt_at=now,
            )
        )
        touched.add(partner.id)
    for partner_id in sorted(touched):
        wake(partner_id)


def queue_status(message: Message) -> None:
    """Xếp hàng một trạng thái cần báo."""
    session.add(message)
    wake(message.partner_id)


def wake(partner_id: int) -> None:
    """Gọi tiến trình nền gửi cho một đối tác."""
    queue(PartnerQueued(kind=int(RecordKind.PACKAGE), record_id=partner_id))


@dataclass(frozen=True)
class Task:
    """Một thư đang đến lượt, as plain values: nothing of the database is held while the network is slow."""

    message_id: int
    transport: str
    url: str
    networks: str
    token: str
    kind: str
    manifest: str
    payload_sha256: str
    payload_size: int
    receipt_keys: tuple[str, ...]
    sender_code: str
    partner_code: str


def post_all(partner_id: int) -> datetime | None:
    """Gửi mọi thư đến lượt của một đối tác.

    :returns: when something is due again; ``None`` when nothing waits.
    """
    for _ in range(_PER_RUN):
        try:
            task = _claim(SYSTEM, partner_id)
        except Exception as problem:
            log.exception("message to partner %s cannot be prepared", partner_id)
            _prepare_failed(SYSTEM, partner_id, problem)
            continue
        if task is None:
            return _next_due(SYSTEM, partner_id)
        try:
            answer = axis.send(task) if task.transport == Transport.AXIS else _send(task)
        except (client.Unreachable, client.AddressRefused) as problem:
            _unreachable(SYSTEM, partner_id, task.message_id, _sentence(problem))
            return _next_due(SYSTEM, partner_id)
        _settle(SYSTEM, task, answer)
    return clock.now()


@use_case
def _claim(actor: Actor, partner_id: int) -> Task | None:
    partner = session.get(Partner, partner_id)
    now = clock.now()
    if partner is None or not partner.is_active or (partner.quiet_until and partner.quiet_until > now):
        return None
    message = session.scalar(
        select(Message)
        .where(
            Message.partner_id == partner_id,
            Message.state == MessageState.WAITING.value,
            Message.next_attempt_at <= now,
        )
        .order_by(Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if message is None:
        return None
    message.next_attempt_at = now + _LEASE
    message.attempts += 1
    prepare(message)
    return Task(
        message.id,
        partner.transport,
        partner.url,
        partner.networks,
        message.token,
        message.kind,
        message.manifest or "",
        message.payload_sha256 or "",
        message.payload_size or 0,
        tuple(partner.public_keys(Purpose.RECEIPT)),
        codes_of([message.agency_id])[message.agency_id],
        partner.installation,
    )


@use_case
def _prepare_failed(actor: Actor, partner_id: int, problem: Exception) -> None:
    """The one that stood first: it waits, the others go."""
    message = session.scalar(
        select(Message)
        .where(
            Message.partner_id == partner_id,
            Message.state == MessageState.WAITING.value,
            Message.next_attempt_at <= clock.now(),
        )
        .order_by(Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if message is not None:
        message.attempts += 1
        _try_later(message, _sentence(problem))


def _send(task: Task) -> client.Answer:
    who = identity()
    target = client.target_of(task.url, task.networks, plain_http=who.plain_http)
    head = sealing.seal(who, task.manifest.encode())
    headers = {"Content-Type": "application/octet-stream", "User-Agent": "van-phong-dien-tu"}
    return client.post(target, LETTER_PATH, _pieces(head, task), len(head) + task.payload_size, headers)


def _pieces(head: bytes, task: Task) -> Iterator[bytes]:
    yield head
    with identity().packages.open(task.payload_sha256, task.payload_size) as stream:
        while piece := stream.read(_CHUNK):
            yield piece


@use_case
def _settle(actor: Actor, task: Task, answer: client.Answer) -> None:
    """Ghi kết quả một lần gửi: sent only with a receipt that verifies against the pinned key."""
    message = session.get(Message, task.message_id, with_for_update=True, populate_existing=True)
    if message is None or message.state != MessageState.WAITING:
        return
    partner = message.partner
    partner.failures, partner.quiet_until = 0, None
    if answer.status == 200:
        try:
            content = (
                axis.acknowledged(answer) if task.transport == Transport.AXIS else _receipt(task, answer)
            )
        except sealing.SealBroken:
            _try_later(message, "Biên nhận của đối tác không đúng với khóa đã ghim nên không được công nhận.")
            return
        _sent(actor, message, content, answer.value)
    elif answer.status in _FINAL:
        message.state, message.error = MessageState.REFUSED.value, _told(answer)
        message.next_attempt_at = None
        delivery = message.delivery
        if delivery is not None and is_open_to(delivery.state, "refuse"):
            refuse(actor, delivery, "refuse", _told(answer))
    else:
        _try_later(message, _told(answer), answer.retry_after)


def _receipt(task: Task, answer: client.Answer) -> dict[str, Any]:
    content = sealing.receipt_text(answer.value, task.receipt_keys)
    expected = {
        "id": task.token,
        "payload_sha256": task.payload_sha256,
        "manifest_sha256": sealing.sha256(task.manifest.encode()),
        "sender": identity().installation,
    }
    if any(content.get(key) != value for key, value in expected.items()):
        raise sealing.SealBroken("another letter's receipt")
    return content


def _sent(actor: Actor, message: Message, content: dict[str, Any], receipt: dict[str, Any]) -> None:
    message.state, message.sent_at, message.receipt = MessageState.SENT.value, clock.now(), receipt
    message.next_attempt_at, message.error = None, ""
    delivery = message.delivery
    if delivery is None or delivery.state != DeliveryState.QUEUED:
        return
    delivery.attempts, delivery.next_attempt_at = message.attempts, None
    if content.get("status") == "02":
        refuse(actor, delivery, "refuse", str(content.get("reason") or "Không nêu lý do.")[:500])
        return
    arrive(actor, delivery)


def _told(answer: client.Answer) -> str:
    sentence = str(answer.value.get("sentence") or "")[:500]
    return sentence or f"Đối tác trả lời mã {answer.status}."


@use_case
def _unreachable(actor: Actor, partner_id: int, message_id: int, sentence: str) -> None:
    """Nobody answers: this letter waits, and so does the partner's whole queue."""
    message = session.get(Message, message_id, with_for_update=True, populate_existing=True)
    partner = session.get_one(Partner, partner_id, with_for_update=True, populate_existing=True)
    partner.failures += 1
    partner.quiet_until = clock.now() + wait(partner.failures)
    if message is not None and message.state == MessageState.WAITING:
        _try_later(message, sentence)


def _try_later(message: Message, sentence: str, after: int | None = None) -> None:
    now = clock.now()
    pause = min(timedelta(seconds=after), _LONGEST_WAIT) if after else wait(message.attempts)
    message.next_attempt_at, message.error = now + pause, sentence[:500]
    delivery = message.delivery
    if delivery is None or delivery.state != DeliveryState.QUEUED:
        return
    note_attempt(delivery, message.attempts, message.next_attempt_at, sentence[:500])
    if now - message.created_at >= LATE_AFTER:
        document = delivery.package.document
        notice(
            kind=RecordKind.OUTGOING,
            record_id=document.id,
            words=f"Sau 24 giờ vẫn chưa gửi được {document.reference} đến {delivery.recipient.name} ({sentence[:200]})",
            principals=[registry_principal(delivery.sender_agency_id)],
            key=f"message:{message.id}:late",
        )


def wait(attempts: int) -> timedelta:
    """Chờ bao lâu trước lần thử sau: 5 giây, gấp ba mỗi lần, không quá 15 phút, có xê dịch."""
    planned = min(_FIRST_WAIT * 3.0 ** min(max(attempts - 1, 0), 6), _LONGEST_WAIT)
    return planned * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret


@use_case
def _next_due(actor: Actor, partner_id: int) -> datetime | None:
    partner = session.get(Partner, partner_id)
    if partner is None or not partner.is_active:
        return None  # set going again when it is resumed
    due = session.scalar(
        select(Message.next_attempt_at)
        .where(Message.partner_id == partner_id, Message.state == MessageState.WAITING.value)
        .order_by(Message.next_attempt_at)
        .limit(1)
    )
    if due is None:
        return None
    moments = [due, clock.now() + timedelta(milliseconds=50)]
    return max([*moments, partner.quiet_until] if partner.quiet_until else moments)


def again(message: Message) -> None:
    """Gửi lại ngay theo yêu cầu của người dùng."""
    if message.state == MessageState.REFUSED:
        message.state = MessageState.WAITING.value
    message.attempts, message.next_attempt_at = 0, clock.now()
    message.partner.quiet_until = None
    wake(message.partner_id)


def _sentence(problem: Exception) -> str:
    if isinstance(problem, client.Unreachable):
        return problem.sentence
    if isinstance(problem, client.AddressRefused):
        return "Địa chỉ đã ghi của đối tác không được phép gọi. Hãy báo quản trị hệ thống kiểm tra trang Đối tác."
    return f"Không lập được gói tin ({type(problem).__name__}). Nếu kéo dài, hãy báo quản trị hệ thống."
