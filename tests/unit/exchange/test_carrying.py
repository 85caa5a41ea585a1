"""Chuyển gói tin: each recipient alone, exactly once, tried again when it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, WrongState
from app.core.outbox import Outbox
from app.core.records import RecordKind, registry_principal
from app.documents import service as documents
from app.documents.models import Document
from app.exchange import queries, service
from app.exchange.models import Delivery, DeliveryStep, Package
from tests.unit.exchange.letters import arrived, delivery, dispatch, events_of, issue, notices_to


@pytest.fixture
def broken(monkeypatch):
    """Nơi nhận hỏng: thêm mã cơ quan vào tập này thì không nhận được gì."""
    down: set[int] = set()
    receive = documents.receive

    def refuse(actor, arrival, source):
        if arrival.agency_id in down:
            raise RuntimeError("the recipient's books are locked")
        return receive(actor, arrival, source)

    monkeypatch.setattr(documents, "receive", refuse)
    return down


def packages_of(document: Document) -> int:
    return session.scalars(select(Package.id).where(Package.document_id == document.id)).one()


def waiting_documents() -> int:
    return session.scalar(select(func.count()).select_from(Document).where(Document.state == "waiting")) or 0


def test_each_recipient_gets_its_own_waiting_document(world):
    """Đến nơi: trạng thái 01 và văn bản chờ vào sổ ở mỗi cơ quan."""
    to = [world.agencies["city"], world.agencies["ward"], world.agencies["dept2"]]
    document = issue(world, to)
    dispatch()

    for agency_id in to:
        found = delivery(document, agency_id)
        assert (found.state, found.attempts, found.next_attempt_at) == ("01", 1, None)
        assert found.recipient_document_id == arrived(document, agency_id).id
    assert waiting_documents() == 3
    package = packages_of(document)
    assert events_of(RecordKind.PACKAGE, package) == ["DeliveryArrived"] * 3
    assert "DeliveryArrived" not in events_of(RecordKind.OUTGOING, document.id)


def test_carrying_again_changes_nothing(world):
    """Chạy lại nhiều lần vẫn một văn bản mỗi nơi nhận."""
    document = issue(world, [world.agencies["city"], world.agencies["ward"]])
    dispatch()
    package = packages_of(document)

    for _ in range(3):
        assert service.carry(package) is None
        service.deliver(SYSTEM, delivery(document, world.agencies["ward"]).id)

    assert waiting_documents() == 2
    steps = session.scalar(select(func.count()).select_from(DeliveryStep))
    assert steps == 4


def test_one_bad_recipient_does_not_stop_the_others(world, broken):
    """Một nơi hỏng: nơi khác vẫn nhận, nơi ấy hẹn lần sau."""
    broken.add(world.agencies["city"])
    document = issue(world, [world.agencies["city"], world.agencies["ward"], world.agencies["dept2"]])
    dispatch()

    assert delivery(document, world.agencies["ward"]).state == "01"
    assert delivery(document, world.agencies["dept2"]).state == "01"
    bad = delivery(document, world.agencies["city"])
    assert (bad.state, bad.attempts) == ("queued", 1)
    assert clock.now() < bad.next_attempt_at <= clock.now() + timedelta(seconds=10)
    assert "RuntimeError" in bad.state_reason


def test_a_failed_recipient_is_tried_again_until_it_works(world, broken, frozen_monday):
    """Hết hỏng thì lần thử sau đến nơi, đúng một lần."""
    broken.add(world.agencies["city"])
    document = issue(world, [world.agencies["city"], world.agencies["ward"]])
    dispatch()
    frozen_monday.shift(timedelta(seconds=30))
    dispatch()
    assert delivery(document, world.agencies["city"]).attempts == 2

    broken.clear()
    frozen_monday.shift(timedelta(minutes=5))
    dispatch()

    assert delivery(document, world.agencies["city"]).state == "01"
    assert waiting_documents() == 2
    left = session.scalar(
        select(func.count())
        .select_from(Outbox)
        .where(Outbox.handler.like("exchange.%"), Outbox.done_at.is_(None))
    )
    assert left == 0


def test_waits_grow_but_stay_within_a_quarter_of_an_hour(world, broken, frozen_monday):
    """Lần sau chờ lâu hơn, dài nhất khoảng 15 phút; outbox không dừng hẳn việc này."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"]])
    waits = []
    for _ in range(9):
        dispatch()
        found = delivery(document, world.agencies["ward"])
        waits.append(found.next_attempt_at - clock.now())
        frozen_monday.move_to(found.next_attempt_at + timedelta(seconds=1))

    assert waits[0] < timedelta(seconds=10)
    assert timedelta(minutes=11) < waits[-1] <= timedelta(minutes=18)
    assert session.scalar(select(func.count()).select_from(Outbox).where(Outbox.parked_at.is_not(None))) == 0


def test_after_about_a_day_it_waits_for_the_clerk(world, broken):
    """Thử mãi không được thì thôi tự thử, chờ văn thư."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"]])
    delivery(document, world.agencies["ward"]).attempts = 99
    session.commit()
    dispatch()

    assert delivery(document, world.agencies["ward"]).next_attempt_at is None
    assert service.carry(packages_of(document)) is None


def test_the_clerk_is_told_once_when_it_stays_stuck(world, broken, frozen_monday):
    """Quá 10 phút chưa gửi được thì báo văn thư, một lần."""
    broken |= {world.agencies["ward"], world.agencies["city"]}
    document = issue(world, [world.agencies["ward"], world.agencies["city"]])
    dispatch()
    registry = registry_principal(world.agencies["dept"])
    before = len(notices_to(registry))

    for _ in range(3):
        frozen_monday.shift(timedelta(minutes=20))
        dispatch()

    told = notices_to(registry)[before:]
    assert told == [f"Chưa gửi được {document.reference} đến mọi nơi nhận: {document.subject}"]


def test_what_waits_is_listed_to_its_own_clerk_only(world, broken, frozen_monday):
    """Danh sách chưa gửi được: thấy ngay khi hỏng, hoặc sau 10 phút nếu chưa ai gửi; chỉ của cơ quan mình."""
    document = issue(world, [world.agencies["ward"]])
    mine, others = world.clerk.actor, world.clerk2.actor
    assert queries.undelivered_page(mine, after=None)[0] == []

    frozen_monday.shift(timedelta(minutes=10))
    rows, _ = queries.undelivered_page(mine, after=None)
    assert [(r.document_id, r.recipient, r.attempts) for r in rows] == [
        (document.id, "Ủy ban nhân dân phường Bến Thành", 0)
    ]
    assert session.scalar(queries.undelivered_count(mine)) == 1
    assert queries.undelivered_page(others, after=None)[0] == []
    assert session.scalar(queries.undelivered_count(others)) == 0


def test_the_list_pages_by_key(world, broken, frozen_monday):
    """Phân trang theo khóa, chờ lâu trước."""
    broken |= {world.agencies["ward"], world.agencies["city"], world.agencies["dept2"]}
    for _ in range(2):
        issue(world, sorted(broken))
        frozen_monday.shift(timedelta(minutes=1))
    dispatch()

    seen, after = [], None
    for _ in range(10):
        rows, after = queries.undelivered_page(world.clerk.actor, after=after, limit=2)
        seen += [r.id for r in rows]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 6
    assert seen == sorted(seen)


def test_the_clerk_resends_at_once(world, broken):
    """Gửi lại: không chờ lần thử sau."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"]])
    dispatch()
    stuck = delivery(document, world.agencies["ward"])
    broken.clear()

    answered = service.resend(world.clerk.actor, stuck.id)
    dispatch()

    assert answered.id == document.id
    assert delivery(document, world.agencies["ward"]).state == "01"
    assert events_of(RecordKind.PACKAGE, packages_of(document)) == ["DeliveryResent", "DeliveryArrived"]


def test_resending_is_for_the_senders_clerk_and_for_what_waits(world, broken):
    """Gửi lại: không phải văn thư thì 403, cơ quan khác thì 404, đã đến thì 409."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"]])
    dispatch()
    stuck = delivery(document, world.agencies["ward"]).id

    with pytest.raises(NotAllowed, match="văn thư cơ quan gửi"):
        service.resend(world.specialist.actor, stuck)
    for stranger in (world.clerk2.actor, world.ward_clerk.actor):
        with pytest.raises(NotFound):
            service.resend(stranger, stuck)
    with pytest.raises(NotFound):
        service.resend(world.clerk.actor, 2**62)
    broken.clear()
    service.resend(world.clerk.actor, stuck)
    dispatch()
    with pytest.raises(WrongState, match="Đã đến"):
        service.resend(world.clerk.actor, stuck)


def test_all_that_waits_is_resent_together(world, broken):
    """Gửi lại tất cả: chỉ của cơ quan mình."""
    broken |= {world.agencies["ward"], world.agencies["city"]}
    first = issue(world, sorted(broken))
    second = issue(world, [world.agencies["ward"]])
    dispatch()
    broken.clear()

    assert service.resend_all(world.clerk2.actor) == 0
    assert service.resend_all(world.clerk.actor) == 3
    dispatch()

    states = session.scalars(select(Delivery.state)).all()
    assert states == ["01", "01", "01"]
    assert {packages_of(first), packages_of(second)} == set(session.scalars(select(Package.id)))
