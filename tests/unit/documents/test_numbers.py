"""Cấp số: liên tục, đúng năm, không hở khi nhiều văn thư làm cùng lúc."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import select

from app.core import numbering
from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.documents import service
from app.documents.models import Direction, Document
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
