"""Cửa nhận: a letter from a pinned partner is stored as it came and answered with a signed receipt, once and for ever."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock, limits
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.events import emit, queue
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.exchange.events import InboundQueued, LetterConflicted, SecretLetterRefused
from app.exchange.models import Inbound, InboundState, Message, MessageKind, Partner, PartnerAgency, Purpose
from app.exchange.service import sealing
from app.exchange.service.codes import agency_by_code
from app.exchange.service.identity import identity
from app.exchange.service.inspecting import PackageRefused, read_package
from app.language.secrecy import find_secrecy_mark, find_secrecy_mark_in_name, is_secret_level
from app.storage.backends import StorageFull
from app.storage.refusals import TooLarge

log = logging.getLogger("office.exchange")

_AHEAD = timedelta(days=1)
_CHUNK = 256 * 1024
SECRET = "Gói tin mang dấu độ mật. Hệ thống này nối mạng nên không nhận và không lưu; hãy gửi bằng đường văn bản mật."  # noqa: S105 - a sentence


@dataclass(frozen=True)
class Reply:
    """Câu trả lời cho nơi gửi."""

    status: int
    value: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


class _Refused(Exception):
    def __init__(self, status: int, code: str, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.reply = Reply(status, {"error": code, "sentence": sentence}, headers)


@dataclass(frozen=True)
class _Sender:
    partner_id: int
    keys: tuple[str, ...]
    is_active: bool
    most_bytes: int
    per_hour: int


def accept(stream: sealing.Stream) -> Reply:
    """Nhận một thư.

    :returns: 200 with the receipt, which is the same for every repetition; or why it is not taken.
    """
    try:
        return _accept(stream)
    except _Refused as refused:
        log.info("letter refused", extra=refused.reply.value)
        return refused.reply
    except sealing.SealBroken:
        return Reply(400, {"error": "letter", "sentence": "Thư không đúng dạng hoặc bị cắt giữa chừng."})
    except StorageFull as full:
        return Reply(507, {"error": "full", "sentence": full.sentence})


def _accept(stream: sealing.Stream) -> Reply:
    raw, signature = sealing.read_head(stream)
    manifest = sealing.manifest_of(raw)
    sender = _sender_of(manifest.installation)
    if sender is None or not sealing.is_signed(raw, signature, sender.keys):
        raise _Refused(
            403, "unknown", "Hệ thống gửi chưa được đăng ký ở đây, hoặc chữ ký không đúng với khóa đã ghim."
        )
    digest = sealing.sha256(raw)
    known = _known(sender.partner_id, manifest.id)
    if known is not None:
        _drain(stream, manifest.payload_size)
        return _repeated(sender.partner_id, known, digest, manifest.id)
    _check(sender, manifest)
    return _take(stream, sender, manifest, digest)


def _sender_of(installation: str) -> _Sender | None:
    partner = session.scalar(select(Partner).where(Partner.installation == installation))
    if partner is None:
        return None
    return _Sender(
        partner.id,
        tuple(partner.public_keys(Purpose.PACKAGE)),
        partner.is_active,
        partner.most_package_bytes,
        partner.packages_per_hour,
    )


def _known(partner_id: int, token: str) -> tuple[str, dict[str, Any]] | None:
    found = session.execute(
        select(Inbound.manifest_sha256, Inbound.receipt).where(
            Inbound.partner_id == partner_id, Inbound.token == token
        )
    ).first()
    return (found.manifest_sha256, found.receipt) if found else None


def _repeated(partner_id: int, known: tuple[str, dict[str, Any]], digest: str, token: str) -> Reply:
    if known[0] == digest:
        return Reply(200, known[1])
    _alarm(SYSTEM, partner_id, token)
    raise _Refused(
        409, "conflict", "Mã thư này đã dùng cho nội dung khác. Thư bị từ chối và đã báo quản trị."
    )


@use_case
def _alarm(actor: Actor, partner_id: int, token: str) -> None:
    inbound = session.scalars(
        select(Inbound).where(Inbound.partner_id == partner_id, Inbound.token == token).with_for_update()
    ).one()
    inbound.conflicts += 1
    log.error("letter conflict", extra={"partner_id": partner_id, "inbound_id": inbound.id})
    emit(
        actor,
        LetterConflicted(
            kind=int(RecordKind.AGENCY),
            record_id=inbound.partner.agency_id,
            agency_id=inbound.partner.agency_id,
            inbound_id=inbound.id,
        ),
    )


def _check(sender: _Sender, manifest: sealing.Manifest) -> None:
    """Whatever can be said before the content is read."""
    if not sender.is_active:
        raise _Refused(
            423, "suspended", "Liên thông với hệ thống gửi đang tạm dừng. Hãy liên hệ quản trị nơi nhận."
        )
    if manifest.payload_size > min(limits.PACKAGE_BYTES, sender.most_bytes * 2):
        raise _Refused(
            413, "size", "Thư lớn hơn dung lượng đã thỏa thuận. Hãy gửi các phụ lục lớn bằng liên kết."
        )
    now = clock.now()
    sent_at = datetime.fromisoformat(manifest.sent_at)
    if sent_at.tzinfo is None or sent_at > now + _AHEAD:
        raise _Refused(422, "time", "Thời điểm gửi ghi trên thư không hợp lý. Hãy chỉnh lại đồng hồ nơi gửi.")
    recent = session.scalar(
        select(func.count())
        .select_from(Inbound)
        .where(Inbound.partner_id == sender.partner_id, Inbound.received_at > now - timedelta(hours=1))
    )
    if (recent or 0) >= sender.per_hour:
        raise _Refused(
            429,
            "quota",
            "Đã vượt số thư nhận trong một giờ của đối tác này. Hãy gửi lại sau.",
            **{"Retry-After": "300"},
        )
    speaker = agency_by_code(manifest.sender)
    if (
        speaker is None
        or session.get(PartnerAgency, speaker.id) is None
        or _partner_of(speaker.id) != sender.partner_id
    ):
        raise _Refused(403, "sender", f"Hệ thống gửi không được phép gửi thay cơ quan mã {manifest.sender}.")
    if manifest.kind == MessageKind.STATUS and not _is_party(sender.partner_id, manifest.about):
        raise _Refused(404, "about", "Không có văn bản này giữa hai hệ thống.")


def _partner_of(agency_id: int) -> int | None:
    found = session.get(PartnerAgency, agency_id)
    return found.partner_id if found else None


def _is_party(partner_id: int, about: str) -> bool:
    """A state may only speak of what was sent to this very partner."""
    return (
        session.scalar(select(Message.id).where(Message.token == about, Message.partner_id == partner_id))
        is not None
    )


def _take(stream: sealing.Stream, sender: _Sender, manifest: sealing.Manifest, digest: str) -> Reply:
    session.rollback()  # nothing of the database is held while the content comes in
    try:
        incoming = identity().packages.receive(
            _Bounded(stream, manifest.payload_size), limit=limits.PACKAGE_BYTES
        )
    except TooLarge as problem:
        raise _Refused(413, "size", problem.sentence) from problem
    with incoming:
        if (incoming.size, incoming.sha256) != (manifest.payload_size, manifest.payload_sha256):
            raise sealing.SealBroken("payload")
        now = clock.now()
        if manifest.kind == MessageKind.DOCUMENT and _is_secret(incoming.fileno()):
            incoming.discard(wipe=True)
            receipt = sealing.receipt_for(identity(), manifest, digest, now, refusal=SECRET)
            kept = _store(SYSTEM, sender.partner_id, manifest, digest, receipt, is_secret=True)
        else:
            if incoming.size:
                incoming.keep()
            receipt = sealing.receipt_for(identity(), manifest, digest, now)
            kept = _store(SYSTEM, sender.partner_id, manifest, digest, receipt, is_secret=False)
    if kept[0] != digest:
        return _repeated(sender.partner_id, kept, digest, manifest.id)
    return Reply(200, kept[1])


def _is_secret(file: int) -> bool:
    """Dấu độ mật trong thông tin gói tin; what lies in the files is searched when they are taken out."""
    try:
        found = read_package(file)
    except PackageRefused:
        return False  # the worker will say why
    return marks_secret(found)


def marks_secret(package: dict[str, Any]) -> bool:
    """Gói tin có mang dấu độ mật không."""
    level = str(package.get("secrecy", ""))
    names = [str(a["name"]) for a in package["attachments"]]
    return (
        is_secret_level(level)
        or find_secrecy_mark([str(package.get("subject", "")), str(package.get("content", ""))[:2_000]])
        is not None
        or any(find_secrecy_mark_in_name(name) is not None for name in names)
    )


@use_case
def _store(
    actor: Actor,
    partner_id: int,
    manifest: sealing.Manifest,
    digest: str,
    receipt: dict[str, Any],
    *,
    is_secret: bool,
) -> tuple[str, dict[str, Any]]:
    """Ghi thư và biên nhận trong một giao dịch; whoever comes second gets the first one's receipt."""
    now = clock.now()
    values: dict[str, Any] = {
        "partner_id": partner_id,
        "token": manifest.id,
        "kind": manifest.kind,
        "about": manifest.about,
        "sequence": manifest.sequence,
        "sender_code": manifest.sender,
        "recipient_code": manifest.recipient,
        "business_type": manifest.business_type,
        "manifest_sha256": digest,
        "payload_sha256": manifest.payload_sha256,
        "payload_size": manifest.payload_size,
        "links": [] if is_secret else manifest.links,
        "receipt": receipt,
        "received_at": now,
        "state": (InboundState.REFUSED if is_secret else InboundState.RECEIVED).value,
        "state_at": now,
        "attempts": 0,
        "error": "Mang dấu độ mật; không lưu nội dung." if is_secret else "",
        "conflicts": 0,
        "version": 1,
    }
    made = session.scalar(
        insert(Inbound)
        .values(values)
        .on_conflict_do_nothing(index_elements=["partner_id", "token"])
        .returning(Inbound.id)
    )
    if made is None:
        found = session.execute(
            select(Inbound.manifest_sha256, Inbound.receipt).where(
                Inbound.partner_id == partner_id, Inbound.token == manifest.id
            )
        ).one()
        return found.manifest_sha256, found.receipt
    if is_secret:
        log.warning("secret letter refused", extra={"inbound_id": made, "partner_id": partner_id})
        keeper = session.get_one(Partner, partner_id).agency_id
        emit(
            actor,
            SecretLetterRefused(
                kind=int(RecordKind.AGENCY), record_id=keeper, agency_id=keeper, inbound_id=made
            ),
        )
    else:
        queue(InboundQueued(kind=int(RecordKind.PACKAGE), record_id=made))
    return digest, receipt


class _Bounded(io.RawIOBase):
    """The payload and not a byte beyond it."""

    def __init__(self, stream: sealing.Stream, size: int) -> None:
        super().__init__()
        self._stream, self._left = stream, size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        wanted = min(self._left, size if size > 0 else self._left)
        found = self._stream.read(wanted) if wanted else b""
        self._left -= len(found)
        return found


def _drain(stream: sealing.Stream, size: int) -> None:
    """Read what the sender is still sending, so that it hears the answer."""
    bounded = _Bounded(stream, min(size, limits.PACKAGE_BYTES))
    while bounded.read(_CHUNK):
        pass
