"""Cấp số: liên tục, đúng năm, không hở khi nhiều văn thư làm cùng lúc."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.core import numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import InputRejected
from app.core.use_case import use_case
from app.documents import service
from app.documents.models import Direction, Document, LedgerEntry, Register
from app.documents.service import Registration
from tests.web.documents.test_incoming_pages import registered
from tests.world import World


def test_numbers_run_on_within_the_year_and_start_again(world: World) -> None:
    """Số đến tiếp nối trong năm; năm mới bắt đầu lại từ 1, mỗi số mang năm của ngày vào sổ."""
    assert [registered(world).number for _ in range(3)] == [1, 2, 3]
    with time_machine.travel("2026-12-31T16:59:59+00:00", tick=False):
        last = registered(world)
    with time_machine.travel("2026-12-31T17:00:00+00:00", tick=False):  # 00:00 ngày 01/01 giờ Việt Nam
        first = registered(world)
    assert (last.number, last.number_year) == (4, 2026)
    assert (first.number, first.number_year) == (1, 2027)


def test_clerks_at_once_leave_no_gap(committed: tuple[Flask, World]) -> None:
    """Tám văn thư cùng vào sổ, một phần năm bị hủy giữa chừng: không trùng, không hở."""
    app, world = committed
    failed: list[int] = []

    @use_case
    def register_or_fail(actor: Actor, fail: bool) -> Any:
        document = Document(
            agency_id=actor.agency_id, direction=Direction.INCOMING.value, state="waiting", document_type="Công văn",
            subject="Đồng thời", created_at=world_now(), state_since=world_now(), sort_at=world_now(),
        )  # fmt: skip
        session.add(document)
        session.flush()
        from app.core.records import RecordKind, grant_access, registry_principal

        grant_access(
            RecordKind.INCOMING,
            document.id,
            [registry_principal(actor.agency_id or 0)],
            reason="registry",
            sort_at=world_now(),
        )
        registration = Registration(
            world.registers["dept_incoming"], "1/CV", date(2026, 11, 20), "A", "Công văn", "Đồng thời"
        )
        service.register_incoming(actor, document.id, None, registration)
        if fail:
            raise RuntimeError("planned")

    def clerk(index: int) -> None:
        with app.app_context():
            actor = world.clerk.actor
            for turn in range(10):
                try:
                    register_or_fail(actor, (index + turn) % 5 == 0)
                except RuntimeError:
                    failed.append(index)
            session.remove()

    threads = [threading.Thread(target=clerk, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(
        session.scalars(
            select(Document.number)
            .where(Document.number.is_not(None))
            .order_by(Document.registered_at, Document.number)
        )
    )
    assert len(failed) == 8
    assert sorted(n for n in numbers if n) == list(range(1, 33))
    assert numbering.peek(f"register:{world.registers['dept_incoming']}", 2026) == 33


def world_now() -> Any:
    """Giờ của đồng hồ."""
    from app.core import clock

    return clock.now()


def _approved(world: World) -> int:
    """Văn bản đã duyệt, chờ phát hành: made bare, for numbers are what counts here."""
    from app.core.records import RecordKind, grant_access, registry_principal

    document = Document(
        agency_id=world.agencies["dept"], direction=Direction.OUTGOING.value, state="approved", document_type="Thông báo",
        subject="Đồng thời", created_at=world_now(), state_since=world_now(), sort_at=world_now(),
    )  # fmt: skip
    session.add(document)
    session.flush()
    from app.documents.models import DocumentFile, DocumentRecipient
    from app.storage.models import StoredFile

    stored = session.scalar(select(StoredFile).limit(1))
    if stored is None:
        stored = StoredFile(
            sha256="0" * 64,
            size=1,
            kind="pdf",
            media_type="application/pdf",
            text_state="none",
            facts={},
            created_at=world_now(),
        )
        session.add(stored)
        session.flush()
    document.files.append(DocumentFile(stored=stored, role="main", name="a.pdf", position=0))
    document.recipients.append(DocumentRecipient(name="Nơi nhận ngoài hệ thống", position=0))
    grant_access(
        RecordKind.OUTGOING,
        document.id,
        [registry_principal(document.agency_id)],
        reason="registry",
        sort_at=world_now(),
    )
    return document.id


def _issue_at_once(committed: tuple[Flask, World], clerks: int, numbers: int) -> None:
    """Văn thư cùng cấp số, một phần năm hỏng giữa chừng và một phần mười là số giữ chỗ: không trùng, không hở, ngày không lùi."""
    app, world = committed
    register, wanted = world.registers["dept_outgoing"], iter(range(numbers * 10))
    lock, failed, done = threading.Lock(), list[int](), list[int]()
    document_ids = [_approved(world) for _ in range(numbers)]
    session.commit()

    @use_case
    def act(actor: Actor, document_id: int, turn: int) -> None:
        if turn % 10 == 3:
            service.reserve_number(actor, register, "Giữ chỗ")
        else:
            service.issue(actor, document_id, None, register)
        if turn % 5 == 0:
            raise RuntimeError("planned")

    def clerk() -> None:
        with app.app_context():
            while True:
                with lock:
                    turn = next(wanted)
                    if len(done) >= numbers or not document_ids:
                        break
                    document_id = document_ids.pop()
                try:
                    act(world.clerk.actor, document_id, turn)
                except RuntimeError:
                    with lock:
                        failed.append(turn)
                        document_ids.append(document_id)
                else:
                    with lock:
                        done.append(turn)
            session.remove()

    threads = [threading.Thread(target=clerk) for _ in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    issued = list(
        session.execute(
            select(Document.number, Document.issued_on)
            .where(Document.number.is_not(None))
            .order_by(Document.number)
        )
    )
    held = list(session.scalars(select(LedgerEntry.number)))
    assert len(done) == numbers
    assert len(failed) > numbers // 8
    assert sorted([n for n, _ in issued] + held) == list(range(1, numbers + 1))
    assert [day for _, day in issued] == sorted(day for _, day in issued)


def test_clerks_issuing_at_once_leave_no_gap(committed: tuple[Flask, World]) -> None:
    """Mười văn thư, sáu mươi số."""
    with patch("app.documents.service.ledger._MOST_HELD", 10_000):
        _issue_at_once(committed, clerks=6, numbers=60)


@pytest.mark.long
def test_fifty_clerks_take_two_thousand_numbers(committed: tuple[Flask, World]) -> None:
    """Năm mươi văn thư, hai nghìn số, một phần năm hỏng giữa chừng."""
    with patch("app.documents.service.ledger._MOST_HELD", 10_000):
        _issue_at_once(committed, clerks=50, numbers=2_000)


def test_no_number_is_dated_before_the_one_before_it(world: World) -> None:
    """Đồng hồ lùi một ngày: sổ từ chối cấp số tiếp."""
    register = world.registers["dept_outgoing"]
    service.issue(world.clerk.actor, _approved(world), None, register)
    with (
        time_machine.travel(world_now() - timedelta(days=1), tick=False),
        pytest.raises(InputRejected, match="Văn bản trước trong sổ"),
    ):
        service.issue(world.clerk.actor, _approved(world), None, register)


def test_the_series_of_a_body_has_its_own_numbers_and_notation(world: World) -> None:
    """Ban chỉ đạo có dãy số và ký hiệu riêng."""
    register = Register(
        agency_id=world.agencies["dept"],
        direction="outgoing",
        name="Sổ Ban Chỉ đạo",
        body_name="Ban Chỉ đạo",
        body_abbreviation="BCĐ",
    )
    session.add(register)
    session.flush()
    service.issue(world.clerk.actor, _approved(world), None, world.registers["dept_outgoing"])
    issued = service.issue(world.clerk.actor, _approved(world), None, register.id)
    assert issued.reference == "01/TB-BCĐ"
