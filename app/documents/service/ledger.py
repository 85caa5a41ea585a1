"""Sổ số: numbers held for a document, numbers given up; all of them stay visible with what they were for (NĐ 30/2020 Đ15)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.core import clock, numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import InputRejected, NotFound, Violation, Violations, WrongState
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import load_for_change, use_case
from app.documents import events
from app.documents.models import Direction, Document, LedgerEntry, LedgerState, Register
from app.documents.service.arrival import book

_MOST_HELD = 20


def take_number(
    register: Register, document: Document, entry_id: int | None, today: date
) -> tuple[int, date]:
    """Số và ngày của văn bản: the next number and today, or one held in the ledger and the day it was taken.

    :raises InputRejected: a number of this series bears a later day than today.
    """
    if entry_id is not None:
        entry = load_for_change(LedgerEntry, entry_id, None)
        if entry.register_id != register.id or entry.state != LedgerState.RESERVED:
            raise Violations(
                [Violation("entry", "Số này không còn được giữ. Hãy chọn số khác hoặc lấy số kế tiếp.")]
            )
        entry.state, entry.document_id = LedgerState.USED.value, document.id
        return entry.number, entry.day
    number = numbering.take(register.series, today.year)
    _check_order(register, today)
    return number, today


def _check_order(register: Register, today: date) -> None:
    """The counter is locked by now: nothing of this series is later than what we see."""
    latest = session.scalar(
        select(Document.issued_on)
        .where(
            Document.register_id == register.id,
            Document.number_year == today.year,
            Document.number.is_not(None),
        )
        .order_by(Document.number.desc())
        .limit(1)
    )
    if latest is not None and latest > today:
        raise InputRejected(
            f"Văn bản trước trong sổ đã ghi ngày {latest:%d/%m/%Y}, sau ngày hôm nay ({today:%d/%m/%Y}), nên không cấp số tiếp được. "
            "Hãy báo quản trị kiểm tra đồng hồ của máy chủ."
        )


@use_case
def reserve_number(actor: Actor, register_id: int, purpose: str) -> LedgerEntry:
    """Giữ số kế tiếp cho một văn bản hoặc người nêu tên; it is given up at the end of the day unless renewed."""
    register = book(actor, register_id, Direction.OUTGOING)
    today = clock.today()
    held = session.scalar(
        select(func.count())
        .select_from(LedgerEntry)
        .where(LedgerEntry.register_id == register.id, LedgerEntry.state == LedgerState.RESERVED.value)
    )
    if int(held or 0) >= _MOST_HELD:
        raise InputRejected(
            f"Sổ đang giữ {_MOST_HELD} số chưa dùng. Hãy dùng hoặc hủy bớt trước khi giữ thêm."
        )
    number = numbering.take(register.series, today.year)
    _check_order(register, today)
    entry = LedgerEntry(
        register_id=register.id,
        year=today.year,
        number=number,
        state=LedgerState.RESERVED.value,
        purpose=purpose,
        day=today,
        expires_on=today,
        person_id=actor.person_id,
        at=clock.now(),
    )
    session.add(entry)
    session.flush()
    _tell(actor, register, events.NumberReserved, entry, note=f"số {number}: {purpose}")
    return entry


@use_case
def renew_number(actor: Actor, entry_id: int, version: int | None, reason: str) -> LedgerEntry:
    """Gia hạn giữ số đến hết hôm nay, with a reason; the document keeps the day the number was taken."""
    entry, register = _held(actor, entry_id, version)
    entry.expires_on, entry.reason = clock.today(), reason
    entry.version += 1
    _tell(actor, register, events.NumberRenewed, entry, reason=reason)
    return entry


@use_case
def void_number(actor: Actor, entry_id: int, version: int | None, reason: str) -> LedgerEntry:
    """Hủy số đã giữ: the number is never given again, and stays in the ledger with the reason."""
    entry, register = _held(actor, entry_id, version)
    entry.state, entry.reason = LedgerState.VOID.value, reason
    entry.version += 1
    _tell(actor, register, events.NumberVoided, entry, reason=reason)
    return entry


@use_case
def expire_numbers(actor: Actor, today: date) -> int:
    """Hủy các số giữ đã quá ngày mà không gia hạn."""
    entries = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.state == LedgerState.RESERVED.value, LedgerEntry.expires_on < today)
        .order_by(LedgerEntry.id)
        .limit(500)
        .with_for_update(skip_locked=True)
    ).all()
    for entry in entries:
        entry.state, entry.reason = LedgerState.VOID.value, "Hết ngày giữ số mà không dùng và không gia hạn"
        entry.version += 1
        register = session.get_one(Register, entry.register_id)
        _tell(actor, register, events.NumberVoided, entry, reason=entry.reason)
    return len(entries)


def _held(actor: Actor, entry_id: int, version: int | None) -> tuple[LedgerEntry, Register]:
    entry = session.get(LedgerEntry, entry_id)
    if entry is None:
        raise NotFound
    register = book(actor, entry.register_id, Direction.OUTGOING)
    entry = load_for_change(LedgerEntry, entry_id, version)
    if entry.state != LedgerState.RESERVED:
        raise WrongState("Số này không còn được giữ: đã dùng hoặc đã hủy. Hãy tải lại trang.")
    return entry, register


def _tell(
    actor: Actor,
    register: Register,
    kind: type[events.NumberReserved | events.NumberRenewed | events.NumberVoided],
    entry: LedgerEntry,
    **more: str,
) -> None:
    where = {"kind": RecordKind.AGENCY, "record_id": register.agency_id, "agency_id": register.agency_id}
    about: dict[str, Any] = {**where, "entry_id": entry.id, "number": entry.number, **more}
    emit(actor, kind(**about))
