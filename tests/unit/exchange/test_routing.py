"""Nơi nhận đã kết thúc hoạt động: to its only successor, or refused with the reason."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from app.core.db import session
from app.core.records import RecordKind, post_principal, registry_principal
from app.documents.models import Document
from tests.unit.exchange.letters import (
    add_agency,
    add_successor,
    arrived,
    delivery,
    dispatch,
    events_of,
    issue,
    notices_to,
    register,
)

CLOSED_ON = date(2026, 6, 30)


def test_a_closed_agency_is_redirected_to_its_only_successor(world):
    """Văn bản gửi cơ quan đã sáp nhập đến cơ quan kế thừa; trạng thái của cơ quan kế thừa quay về."""
    old = add_agency("UBND phường Cầu Kho", closed_on=CLOSED_ON)
    ward = world.agencies["ward"]
    session.execute(select(1))
    add_successor(old, _agency(ward))
    document = issue(world, [old.id])
    dispatch()

    found = delivery(document, old.id)
    assert (found.state, found.receiver_agency_id) == ("01", ward)
    assert found.state_reason == "Chuyển đến Ủy ban nhân dân phường Bến Thành, cơ quan kế thừa."
    received = arrived(document, ward)
    register(world, received, by=world.ward_clerk, book="ward_incoming")
    assert delivery(document, old.id).state == "03"


def test_redirecting_follows_a_chain(world):
    """Cơ quan kế thừa cũng đã sáp nhập thì đi tiếp."""
    first, second = add_agency("Phường 1", closed_on=CLOSED_ON), add_agency("Phường 2", closed_on=CLOSED_ON)
    add_successor(first, second)
    add_successor(second, _agency(world.agencies["ward"]))
    document = issue(world, [first.id])
    dispatch()

    assert delivery(document, first.id).receiver_agency_id == world.agencies["ward"]


def test_a_successor_addressed_as_well_gets_one_copy(world):
    """Cơ quan kế thừa đã có trong nơi nhận: một văn bản, hai dòng nơi nhận cùng trạng thái."""
    ward = world.agencies["ward"]
    old = add_agency("UBND phường Cầu Kho", closed_on=CLOSED_ON)
    add_successor(old, _agency(ward))
    document = issue(world, [old.id, ward])
    dispatch()

    count = session.scalar(select(func.count()).select_from(Document).where(Document.agency_id == ward))
    assert count == 1
    register(world, arrived(document, ward), by=world.ward_clerk, book="ward_incoming")
    assert delivery(document, old.id).state == delivery(document, ward).state == "03"


def test_without_a_successor_it_is_refused_with_the_reason(world):
    """Không có cơ quan kế thừa: 02, báo văn thư và người soạn thảo."""
    old = add_agency("UBND huyện Cũ", closed_on=CLOSED_ON)
    document = issue(world, [old.id, world.agencies["ward"]])
    dispatch()

    found = delivery(document, old.id)
    assert (found.state, found.next_attempt_at, found.recipient_document_id) == ("02", None, None)
    assert found.state_reason == (
        "UBND huyện Cũ đã kết thúc hoạt động từ ngày 01/07/2026 và chưa có cơ quan kế thừa. "
        "Hãy phát hành đến cơ quan đang phụ trách."
    )
    assert delivery(document, world.agencies["ward"]).state == "01"
    assert "UBND huyện Cũ không tiếp nhận" in notices_to(registry_principal(world.agencies["dept"]))[-1]
    assert "UBND huyện Cũ không tiếp nhận" in notices_to(post_principal(world.specialist.post_id))[-1]
    assert events_of(RecordKind.OUTGOING, document.id)[-1] == "DeliveryRefused"


def test_with_several_successors_a_person_must_choose(world):
    """Nhiều cơ quan kế thừa: từ chối và nêu tên từng cơ quan."""
    old = add_agency("UBND huyện Cũ", closed_on=CLOSED_ON)
    add_successor(old, _agency(world.agencies["ward"]))
    add_successor(old, _agency(world.agencies["dept2"]))
    document = issue(world, [old.id])
    dispatch()

    found = delivery(document, old.id)
    assert found.state == "02"
    assert "có 2 cơ quan kế thừa (Sở Tài chính; Ủy ban nhân dân phường Bến Thành)" in found.state_reason


def test_successors_in_a_circle_are_refused(world):
    """Dữ liệu kế thừa vòng tròn không làm treo việc gửi."""
    first, second = add_agency("Phường 1", closed_on=CLOSED_ON), add_agency("Phường 2", closed_on=CLOSED_ON)
    add_successor(first, second)
    add_successor(second, first)
    document = issue(world, [first.id])
    dispatch()

    assert delivery(document, first.id).state == "02"


def test_an_agency_is_open_on_its_last_day(world):
    """Ngày cuối còn hoạt động vẫn nhận."""
    last_day = add_agency("Phường sắp sáp nhập", closed_on=date(2026, 11, 23))
    document = issue(world, [last_day.id])
    dispatch()

    assert delivery(document, last_day.id).receiver_agency_id == last_day.id
    assert delivery(document, last_day.id).state == "01"


def test_an_agency_not_yet_open_is_refused(world):
    """Cơ quan chưa đến ngày hoạt động."""
    early = add_agency("Phường mới", opens_on=date(2027, 1, 1))
    document = issue(world, [early.id])
    dispatch()

    assert delivery(document, early.id).state_reason.startswith(
        "Phường mới chưa hoạt động (từ ngày 01/01/2027)"
    )


def _agency(agency_id: int):
    from app.org.models import Agency

    return session.get_one(Agency, agency_id)
