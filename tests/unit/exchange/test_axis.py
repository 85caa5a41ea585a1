"""Trục liên thông: packages and states through its services, each once, told back to the axis and to the sender."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.db import session
from app.documents.models import Document
from app.exchange import service
from app.exchange.models import Inbound, Message, Partner, PartnerAgency
from app.exchange.service.inspecting import read_package
from app.org.models import Agency
from tests.paper import pdf
from tests.unit.exchange.axis_stand_in import AxisStandIn
from tests.unit.exchange.edxml import BUSINESS, HEADER, attachment, package, status
from tests.unit.exchange.letters import delivery, dispatch, issue_real, register
from tests.world import World

OURS = HEADER | {
    "From": "<e:From><e:OrganId>H17.05</e:OrganId><e:OrganName>Sở Ví dụ tỉnh Mẫu</e:OrganName></e:From>",
    "To": "<e:To><e:OrganId>H29.15</e:OrganId></e:To><e:To><e:OrganId>H88</e:OrganId></e:To>",
    "DocumentId": "<e:DocumentId>H17.05,2026/11/20,45/SVD-VP</e:DocumentId>",
}


@pytest.fixture
def axis() -> Iterator[AxisStandIn]:
    stand_in = AxisStandIn()
    yield stand_in
    stand_in.close()


@pytest.fixture
def partner(world: World, axis: AxisStandIn) -> Partner:
    made = service.add_axis(
        world.city_admin.actor,
        name="Trục quốc gia",
        url=axis.url,
        networks="127.0.0.0/8",
        system_id=axis.system_id,
    )
    assert service.sync_agencies(world.city_admin.actor, made.id) == 2
    return made


def _their_agency() -> int:
    return session.scalars(select(Agency.id).where(Agency.code == "H17.05")).one()


def _read(data: bytes) -> dict[str, Any]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return read_package(file.fileno())


def _package(business: int = 0) -> bytes:
    files = attachment(pdf("Nội dung"), "cong-van.pdf", "1", "application/pdf") if business == 0 else ""
    return package(OURS, business=BUSINESS.format(business), files=files).encode()


def test_agencies_of_the_axis_are_addressable_and_ours_stay_ours(world, partner):
    """Danh sách cơ quan của trục: thêm nơi khác, không nhận cơ quan của ta."""
    assert [a.agency_id for a in session.scalars(select(PartnerAgency))] == [_their_agency()]


def test_a_package_of_the_axis_arrives_once_and_its_state_goes_back(world, axis, partner):
    """Lấy gói tin: một văn bản chờ vào sổ; vào sổ thì báo 03 với đúng mã văn bản của nơi gửi."""
    axis.put("doc-1", _package())
    assert service.poll(partner.id) == {"taken": 1, "failed": 0}
    axis.put("doc-1", _package())  # listed again, because the axis forgot
    service.poll(partner.id)
    dispatch()

    document = session.scalars(select(Document).where(Document.package_token == "doc-1:H29.15")).one()
    assert (document.agency_id, document.issuer_agency_id) == (world.agencies["dept"], _their_agency())
    assert axis.told == {"doc-1": "done"}
    register(world, document, by=world.clerk, book="dept_incoming")
    dispatch()
    kind, sender, data = axis.sent[0]
    told = _read(data)
    assert (kind, sender) == ("status", "H29.15")
    assert (told["status"]["code"], told["response_for"][0]["document_id"]) == (
        "03",
        "H17.05,2026/11/20,45/SVD-VP",
    )


def test_a_document_goes_to_the_axis_and_its_states_come_back(world, axis, partner):
    """Gửi lên trục: gói edXML đọc lại được; trạng thái 03, 06 lấy về."""
    document = issue_real(world, [_their_agency()])
    dispatch()
    kind, sender, data = axis.sent[0]
    sent = _read(data)
    assert (kind, sender, sent["kind"]) == ("edoc", "H29.15", "document")
    assert sent["to"][0]["organ_id"] == "H17.05"
    assert sent["notes"] == []
    assert delivery(document, _their_agency()).state == "01"
    for number, code in enumerate(("03", "06", "05")):
        report = (
            status(code)
            .replace("000.00.17.H29", "H17.05")
            .replace("<e:OrganId>H29.01</e:OrganId>", "<e:OrganId>H29.15</e:OrganId>")
        )
        axis.put(f"st-{number}", report.replace("45/SVD-VP", document.reference).encode(), "status")
    service.poll(partner.id)
    dispatch()
    found = delivery(document, _their_agency())
    assert (found.state, found.state_by) == ("06", "Trần Thị Thử, Văn phòng")


def test_a_revocation_of_the_axis_withdraws_the_document(world, axis, partner):
    """Thu hồi từ trục: cùng mã văn bản; chưa vào sổ thì rút ngay, báo 15."""
    axis.put("doc-1", _package())
    service.poll(partner.id)
    dispatch()
    axis.put("doc-2", _package(1))
    service.poll(partner.id)
    dispatch()
    document = session.scalars(select(Document).where(Document.package_token == "doc-1:H29.15")).one()
    assert document.state == "withdrawn"
    assert [_read(data)["status"]["code"] for _k, _s, data in axis.sent] == ["15"]


def test_errors_of_the_axis_wait_and_wrong_bytes_are_not_taken(world, axis, partner):
    """Trục báo lỗi thì chờ gửi lại; gói khác giá trị băm thì không nhận."""
    axis.wrong_hash = True
    axis.put("doc-1", _package())
    assert service.poll(partner.id) == {"taken": 0, "failed": 1}
    axis.wrong_hash = False
    service.poll(partner.id)
    dispatch()
    axis.error = "18"
    document = session.scalars(select(Document).where(Document.package_token == "doc-1:H29.15")).one()
    register(world, document, by=world.clerk, book="dept_incoming")
    dispatch()
    message = session.scalars(select(Message)).one()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert session.scalar(select(func.count()).select_from(Inbound)) == 1
