"""Lượt ký: reserve in the web's transaction, sign in the worker outside of any, attach if still current, release what expires."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.actor import SYSTEM, Actor
from app.core.db import session
from app.core.errors import Busy, DomainError, Violation, Violations, WrongState
from app.core.events import emit, queue
from app.core.outbox import Later
from app.core.use_case import load_for_change, use_case
from app.org.queries import actor_for_post
from app.signing.events import BatchQueued, SignatureFailed, SignatureReserved
from app.signing.models import Purpose, RequestState, SigningAgent, SigningBatch, SigningKey, SigningRequest
from app.signing.policy import may_use
from app.signing.service import keyring, sealing
from app.signing.service.keys import KeyTrouble, OpenKey, WrongPin
from app.signing.service.subjects import subject_of
from app.signing.service.work import Work, mark_attachments, sign
from app.storage import service as storage
from app.storage.kinds import Kind

log = logging.getLogger("office.signing")

_LIFE = timedelta(minutes=10)
_ALIVE = timedelta(seconds=100)
_RESTARTED = "Tiến trình ký đã khởi động lại trước khi ký xong. Hãy nhập lại mã PIN để ký tiếp."
_EXPIRED = "Hết thời gian chờ ký. Hãy ký lại."


@dataclass(frozen=True)
class Wish:
    """Một văn bản cần ký, như đang hiện trên màn hình."""

    kind: int
    record_id: int
    record_version: int
    title: str
    source_file_id: int
    source_sha256: str
    values: dict[str, Any]


# ── reserve ──────────────────────────────────────────────────────────────────


@use_case
def present(actor: Actor) -> None:
    """Tiến trình ký báo có mặt: its name and public key, renewed each minute."""
    row = {"public_key": sealing.own_public_key(), "seen_at": clock.now()}
    session.execute(
        insert(SigningAgent)
        .values(name=sealing.own_name(), **row)
        .on_conflict_do_update(index_elements=["name"], set_=row)
    )


@use_case
def reserve(actor: Actor, key_id: int, pin: str, purpose: Purpose, wishes: Sequence[Wish]) -> SigningBatch:
    """Giữ chỗ ký cho các văn bản: each for its version and hash; the PIN goes on sealed to one worker.

    :raises Violations: the key cannot be used, or a document is being signed already.
    :raises Busy: no worker is there to sign.
    """
    key = session.get_one(SigningKey, key_id)
    now = clock.now()
    if not may_use(actor, key):
        raise Violations(["Khóa ký này không phải của anh/chị."])
    reason = keyring.unusable(key, now)
    if reason:
        raise Violations([Violation("pin", reason)])
    agent = _agent(now)
    batch = SigningBatch(
        agency_id=actor.agency_id,
        person_id=actor.person_id,
        post_id=actor.post_id,
        key_id=key.id,
        agent=agent.name,
        sealed_pin=sealing.seal(pin, agent.public_key, _about(actor.person_id, key.id)),
        created_at=now,
        expires_at=now + _LIFE,
    )
    session.add(batch)
    session.flush()
    for position, wish in enumerate(wishes):
        _add(actor, batch, wish, purpose, position, now)
    queue(
        BatchQueued(
            kind=wishes[0].kind, record_id=wishes[0].record_id, agency_id=actor.agency_id, batch_id=batch.id
        )
    )
    return batch


def _add(
    actor: Actor, batch: SigningBatch, wish: Wish, purpose: Purpose, position: int, now: datetime
) -> None:
    request = SigningRequest(
        agency_id=actor.agency_id,
        batch_id=batch.id,
        position=position,
        purpose=purpose.value,
        reserved_at=now,
        expires_at=now + _LIFE,
        **wish.__dict__,
    )
    try:
        with session.begin_nested():
            session.add(request)
            session.flush()
    except IntegrityError as problem:
        raise WrongState(
            f"Văn bản “{wish.title}” đang được ký. Hãy đợi ít giây rồi tải lại trang."
        ) from problem
    emit(
        actor,
        SignatureReserved(
            kind=wish.kind, record_id=wish.record_id, agency_id=actor.agency_id, note=wish.source_sha256[:16]
        ),
    )


def _agent(now: datetime) -> SigningAgent:
    found = session.scalar(
        select(SigningAgent)
        .where(SigningAgent.seen_at > now - _ALIVE)
        .order_by(SigningAgent.seen_at.desc())
        .limit(1)
    )
    if found is None:
        raise Busy(
            "Chưa có tiến trình nào sẵn sàng ký. Hãy thử lại sau một phút; nếu vẫn vậy, báo quản trị hệ thống."
        )
    return found


def _about(person_id: int | None, key_id: int) -> str:
    return f"{person_id}:{key_id}"


# ── sign, in the worker ──────────────────────────────────────────────────────


def carry_out(batch_id: int) -> None:
    """Ký một lượt (tiến trình nền); may run again after a crash: what is attached stays, what is not is tried or released.

    :raises Later: the batch is another worker's, who may still be there.
    """
    opening = _open(SYSTEM, batch_id)
    if opening is None:
        return
    actor, key_id, provider, config, certificate, sealed = opening
    try:
        pin = sealing.unseal(sealed, _about(actor.person_id, key_id))
    except sealing.NotMine:
        _leave_to_owner(batch_id)
        return
    try:
        key = keyring.open_key(provider, config, certificate, pin)
    except WrongPin:
        _close(actor, batch_id, keyring.count_wrong_pin(actor, key_id))
        return
    except KeyTrouble as trouble:
        _close(actor, batch_id, trouble.sentence)
        return
    finally:
        del pin
    try:
        keyring.forgive(actor, key_id)
        for request_id in _waiting(SYSTEM, batch_id):
            _sign_one(actor, request_id, key)
    finally:
        key.close()
    _close(actor, batch_id, _EXPIRED)


def _leave_to_owner(batch_id: int) -> None:
    agent = _agent_of(SYSTEM, batch_id)
    if agent is not None and agent != sealing.own_name():
        raise Later(clock.now() + timedelta(seconds=2))
    _close(SYSTEM, batch_id, _RESTARTED)


@use_case
def _agent_of(actor: Actor, batch_id: int) -> str | None:
    """The worker the PIN was sealed for, as long as it may be alive."""
    batch = session.get_one(SigningBatch, batch_id)
    agent = session.get(SigningAgent, batch.agent)
    return batch.agent if agent is not None and agent.seen_at > clock.now() - _ALIVE else None


@use_case
def _open(actor: Actor, batch_id: int) -> tuple[Actor, int, str, dict[str, Any], bytes, bytes] | None:
    batch = session.get(SigningBatch, batch_id)
    if batch is None or batch.closed_at is not None or batch.sealed_pin is None:
        return None
    key = batch.key
    return _actor(batch), key.id, key.provider, dict(key.config), key.certificate, batch.sealed_pin


def _actor(batch: SigningBatch) -> Actor:
    return replace(actor_for_post(batch.post_id), request_id=f"ky-so-{batch.id}")


@use_case
def _waiting(actor: Actor, batch_id: int) -> list[int]:
    return list(
        session.scalars(
            select(SigningRequest.id)
            .where(SigningRequest.batch_id == batch_id, SigningRequest.state == RequestState.RESERVED)
            .order_by(SigningRequest.position)
        )
    )


def _sign_one(actor: Actor, request_id: int, key: OpenKey) -> None:
    try:
        work = _begin(actor, request_id)
        if work is None:
            return
        signed, plan = sign(work, key)
        upload = storage.store_made(
            signed, str(work.values["file"]), Kind.PDF, page_count=work.values.get("pages")
        )
        marked = mark_attachments(work, key)
        attach(actor, request_id, upload, marked, plan)
    except DomainError as refusal:
        session.rollback()
        fail(actor, request_id, refusal.sentence)
    except (KeyTrouble, WrongPin) as trouble:
        session.rollback()
        fail(actor, request_id, getattr(trouble, "sentence", "Mã PIN không được chấp nhận."))
    except Exception:
        session.rollback()
        log.exception("request %s could not be signed", request_id)
        fail(actor, request_id, "Không ký được vì lỗi hệ thống. Hãy thử lại; nếu vẫn lỗi, báo quản trị.")


@use_case
def _begin(actor: Actor, request_id: int) -> Work | None:
    request = load_for_change(SigningRequest, request_id, None)
    if request.state != RequestState.RESERVED:
        return None
    if request.expires_at <= clock.now():
        raise WrongState(_EXPIRED)
    reason = keyring.unusable(request.batch.key, clock.now())
    if reason:
        raise WrongState(reason)
    return Work(
        request.id,
        request.purpose,
        request.source_sha256,
        request.source.size,
        request.batch.key.name,
        dict(request.values),
        request.batch.key.image,
    )


# ── attach, fail, release ────────────────────────────────────────────────────


@use_case
def attach(
    actor: Actor,
    request_id: int,
    upload: storage.Upload,
    marked: Mapping[int, storage.Upload],
    plan: Mapping[str, Any],
) -> SigningRequest:
    """Gắn tệp đã ký, if the request still stands and the record is still the one that was shown."""
    request = load_for_change(SigningRequest, request_id, None)
    if request.state != RequestState.RESERVED:
        raise WrongState("Yêu cầu ký này đã kết thúc.")
    if request.expires_at <= clock.now():
        raise WrongState(_EXPIRED)
    subject_of(request.kind).attach(actor, request, upload, marked)
    request.values = {**request.values, **plan}
    stored = storage.keep(actor, upload)
    request.state, request.done_at, request.signed_file_id = (
        RequestState.ATTACHED.value,
        clock.now(),
        stored.id,
    )
    return request


@use_case
def fail(actor: Actor, request_id: int, sentence: str) -> None:
    """Ghi yêu cầu ký không thành, với lý do."""
    request = load_for_change(SigningRequest, request_id, None)
    if request.state == RequestState.RESERVED:
        request.state, request.failure, request.done_at = RequestState.FAILED.value, sentence, clock.now()
        emit(
            actor,
            SignatureFailed(
                kind=request.kind,
                record_id=request.record_id,
                agency_id=request.agency_id,
                note=sentence[:300],
            ),
        )


@use_case
def _close(actor: Actor, batch_id: int, sentence: str) -> None:
    """End the batch: the sealed PIN is erased, whatever is still reserved is released with the reason."""
    batch = session.get(SigningBatch, batch_id, with_for_update=True)
    if batch is None or batch.closed_at is not None:
        return
    for request_id in _waiting(actor, batch_id):
        fail(actor, request_id, sentence)
    batch.sealed_pin, batch.closed_at = None, clock.now()


def sweep(now: datetime) -> dict[str, int]:
    """Nhả các yêu cầu ký quá hạn và xóa mã PIN niêm phong còn sót."""
    overdue = _overdue(SYSTEM, now)
    for batch_id in overdue:
        _close(SYSTEM, batch_id, _EXPIRED)
    return {"released": len(overdue), "agents": _forget_agents(SYSTEM, now)}


@use_case
def _overdue(actor: Actor, now: datetime) -> list[int]:
    return list(
        session.scalars(
            select(SigningBatch.id)
            .where(SigningBatch.closed_at.is_(None), SigningBatch.expires_at <= now)
            .limit(500)
        )
    )


@use_case
def _forget_agents(actor: Actor, now: datetime) -> int:
    gone = session.scalars(select(SigningAgent).where(SigningAgent.seen_at < now - timedelta(days=1))).all()
    for agent in gone:
        session.delete(agent)
    return len(gone)
