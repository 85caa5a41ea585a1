"""Hai tiến trình nền cùng lúc, trên giao dịch thật: each recipient still gets its document once."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from app.core import outbox
from app.core.actor import SYSTEM
from app.core.db import session
from app.documents.models import Document
from app.exchange import service
from app.exchange.models import Delivery, DeliveryStep, Package
from tests.unit.exchange.letters import add_agency, issue

pytestmark = pytest.mark.commits


def _together(app, work) -> None:
    """Chạy ``work`` ở hai luồng, cùng xuất phát; an exception in either fails the test."""
    start, problems = threading.Barrier(2), []

    def run() -> None:
        with app.app_context():
            try:
                start.wait(10)
                work()
            except Exception as problem:  # noqa: BLE001 - asserted below
                problems.append(problem)
            finally:
                session.remove()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []


def _received(agency_ids: list[int]) -> list[tuple[int, int]]:
    """Số văn bản đến của mỗi cơ quan."""
    return [
        (a, session.scalar(select(func.count()).select_from(Document).where(Document.agency_id == a)) or 0)
        for a in agency_ids
    ]


def test_two_dispatchers_deliver_each_recipient_once(committed):
    """Hai bộ gửi hàng đợi cùng chạy: một văn bản mỗi nơi nhận."""
    app, world = committed
    to = [add_agency(f"UBND phường {n}").id for n in range(12)]
    issue(world, to)

    _together(app, lambda: [outbox.dispatch() for _ in range(3)])

    session.rollback()
    assert _received(to) == [(a, 1) for a in to]
    assert session.scalars(select(Delivery.state)).all() == ["01"] * 12


def test_two_workers_on_the_same_package_deliver_each_recipient_once(committed):
    """Hai tiến trình cùng cầm một gói tin (hết hạn giữ việc, gửi lại): vẫn một văn bản mỗi nơi nhận."""
    app, world = committed
    to = [add_agency(f"UBND phường {n}").id for n in range(12)]
    issue(world, to)
    package = session.scalars(select(Package.id)).one()
    session.commit()

    _together(app, lambda: service.carry(package))

    session.rollback()
    service.carry(package)
    assert _received(to) == [(a, 1) for a in to]
    deliveries = session.execute(select(Delivery.state, Delivery.attempts)).all()
    assert {tuple(d) for d in deliveries} == {("01", 1)}
    arrivals = select(func.count()).select_from(DeliveryStep).where(DeliveryStep.state == "01")
    assert session.scalar(arrivals) == 12


def test_a_recipient_held_by_another_worker_is_left_to_it(committed):
    """Nơi nhận đang có tiến trình khác chuyển: không chờ, không làm lại."""
    app, world = committed
    issue(world, [world.agencies["ward"]])
    delivery_id, package = session.execute(select(Delivery.id, Delivery.package_id)).one()
    session.commit()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context():
            session.get(Delivery, delivery_id, with_for_update=True)
            held.set()
            done.wait(20)
            session.remove()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(10)
    service.deliver(SYSTEM, delivery_id)
    again = service.carry(package)
    done.set()
    holder.join(20)

    assert again is not None  # looked at again a little later
    assert session.scalar(select(Delivery.state)) == "queued"
    service.deliver(SYSTEM, delivery_id)
    assert session.scalar(select(Delivery.state)) == "01"
