"""Trạng thái từ nơi nhận về nơi gửi."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core import limits
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.records import RecordKind, post_principal, registry_principal
from app.documents import service as documents
from app.documents.models import Document, Handling
from app.documents.service import Assignment
from app.exchange import service
from app.exchange.models import DeliveryStep, Package
from app.exchange.workflow import DELIVERY, is_open_to
from tests.unit.exchange.letters import (
    arrived,
    delivery,
    dispatch,
    events_of,
    forward,
    issue,
    notices_to,
    register,
)


@pytest.fixture
def sent(world):
    """Công văn của Sở Xây dựng đã đến UBND Thành phố và phường."""
    document = issue(world, [world.agencies["city"], world.agencies["ward"]])
    dispatch()
    return document


def state_of(document: Document, agency_id: int) -> tuple[str, str]:
    found = delivery(document, agency_id)
    return found.state, found.state_by


def token_of(document: Document) -> str:
    return session.scalars(select(Package.token).where(Package.document_id == document.id)).one()


def test_registering_instructing_progress_and_closing_flow_back(world, sent):
    """03, 04, 05, 06 theo việc làm của nơi nhận, kèm người và chức vụ."""
    city = world.agencies["city"]
    received = arrived(sent, city)

    register(world, received, by=world.city_clerk, book="city_incoming")
    assert state_of(sent, city) == ("03", "Đặng Thu Ngân, Văn thư")

    chairman = post_principal(world.chairman.post_id)
    documents.route(world.city_clerk.actor, received.id, None, chairman, Assignment("Kính trình", None))
    assert state_of(sent, city)[0] == "03"  # presenting is the receiver's own affair

    lead = post_principal(world.city_specialist.post_id)
    documents.instruct(world.chairman.actor, received.id, None, Assignment("Giao Phòng Đô thị", lead))
    assert state_of(sent, city) == ("04", "Lê Minh Quang, Chủ tịch UBND Thành phố")

    part = session.scalars(select(Handling.id).where(Handling.document_id == received.id)).one()
    documents.report_progress(world.city_specialist.actor, part, None, "Đang rà soát")
    assert state_of(sent, city) == ("05", "Hồ Nhật Vy, Chuyên viên")

    documents.complete(world.city_specialist.actor, part, None, "Đã kiểm tra, báo cáo riêng")
    assert state_of(sent, city)[0] == "06"

    found = delivery(sent, city)
    steps = session.scalars(
        select(DeliveryStep.state).where(DeliveryStep.delivery_id == found.id).order_by(DeliveryStep.id)
    ).all()
    assert steps == ["queued", "01", "03", "04", "05", "06"]
    assert state_of(sent, world.agencies["ward"])[0] == "01"  # the other recipient is not moved
    package = found.package_id
    assert events_of(RecordKind.PACKAGE, package)[-4:] == ["DeliveryStateChanged"] * 4


def test_forwarding_without_a_leader_assigns_too(world, sent):
    """Chuyển thẳng cũng là phân công."""
    received = arrived(sent, world.agencies["ward"])
    register(world, received, by=world.ward_clerk, book="ward_incoming")
    forward(received, by=world.ward_clerk, to=world.ward_specialist)

    assert state_of(sent, world.agencies["ward"])[0] == "04"


def test_a_returned_document_tells_the_senders_clerk_and_drafter_why(world, sent):
    """Trả lại: 02 kèm lý do, báo văn thư và người soạn thảo, hiện trên quá trình của văn bản đi."""
    received = arrived(sent, world.agencies["ward"])
    documents.return_to_sender(world.ward_clerk.actor, received.id, None, "Không thuộc thẩm quyền")

    found = delivery(sent, world.agencies["ward"])
    assert (found.state, found.state_reason) == ("02", "Không thuộc thẩm quyền")
    assert found.state_by == "Dương Mỹ Lệ, Văn thư"
    told = f"Ủy ban nhân dân phường Bến Thành không tiếp nhận {sent.reference} (Không thuộc thẩm quyền): {sent.subject}"
    assert notices_to(registry_principal(world.agencies["dept"]))[-1] == told
    assert notices_to(post_principal(world.specialist.post_id))[-1] == told
    assert events_of(RecordKind.OUTGOING, sent.id)[-1] == "DeliveryRefused"


def test_an_older_state_after_a_newer_is_ignored(world, sent):
    """Trạng thái cũ đến sau thì bỏ qua, không ghi diễn biến."""
    ward = world.agencies["ward"]
    token = token_of(sent)
    for action in ("finish", "register", "assign", "progress", "return", "finish"):
        service.report(SYSTEM, token, ward, action)

    found = delivery(sent, ward)
    assert found.state == "06"
    steps = session.scalars(select(DeliveryStep.state).where(DeliveryStep.delivery_id == found.id)).all()
    assert sorted(steps) == ["01", "06", "queued"]


def test_only_a_receiver_of_the_package_moves_it(world, sent):
    """Gói tin lạ, hoặc cơ quan không phải nơi nhận: không thay đổi gì."""
    service.report(SYSTEM, token_of(sent), world.agencies["dept2"], "register")
    service.report(SYSTEM, "khong-co-goi-nay", world.agencies["ward"], "register")

    assert state_of(sent, world.agencies["ward"])[0] == "01"
    assert state_of(sent, world.agencies["city"])[0] == "01"


def test_a_long_reason_fits_the_notice(world, sent):
    """Lý do dài vẫn lưu đủ, thông báo rút gọn."""
    reason = "Không đúng thẩm quyền. " * 40
    service.report(SYSTEM, token_of(sent), world.agencies["ward"], "return", reason=reason)

    assert delivery(sent, world.agencies["ward"]).state_reason == reason
    told = notices_to(registry_principal(world.agencies["dept"]))[-1]
    assert len(told) <= 2 * limits.SUBJECT_CHARS


# state × action: where each action leads from each state; "." is refused
_GRID = """
            arrive refuse resend return register assign progress finish
    queued  01     02     queued .      .        .      .        .
    01      .      .      .      02     03       04     05       06
    02      .      .      .      .      .        .      .        .
    03      .      .      .      .      .        04     05       06
    04      .      .      .      .      .        .      05       06
    05      .      .      .      .      .        .      .        06
    06      .      .      .      .      .        .      .        .
"""


def _cells() -> list[tuple[str, str, str]]:
    head, *lines = (line.split() for line in _GRID.strip().splitlines())
    return [(line[0], action, to) for line in lines for action, to in zip(head, line[1:], strict=True)]


@pytest.mark.parametrize(("state", "action", "to"), _cells())
def test_states_only_go_forward(state, action, to):
    """Bảng trạng thái của một nơi nhận."""
    rows = [r for r in DELIVERY.rows if r.action == action and state in r.from_]
    assert is_open_to(state, action) is (to != ".")
    assert [(r.to or state) for r in rows] == ([] if to == "." else [to])
