"""Trang đối tác, gói để riêng, yêu cầu thu hồi: page, row and event; who may not."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app.core.db import session
from app.core.records import RecordKind
from app.documents.models import Document
from app.exchange.models import Delivery, Inbound, Message, Package, Partner, Request
from app.exchange.service.identity import Identity
from tests.unit.exchange.letters import arrived, dispatch, events_of, issue, register
from tests.unit.exchange.partner import CODE, letter_of, other_installation, pin, post, sealed


@pytest.fixture
def other(tmp_path) -> Identity:
    return other_installation(tmp_path)


def _card(other: Identity, code: str = CODE) -> str:
    return json.dumps(other.card([{"code": code, "name": "Sở Ví dụ tỉnh Mẫu"}]), ensure_ascii=False)


def test_a_partner_is_pinned_from_its_card(world, other):
    """Thêm đối tác từ thẻ: khóa được ghim, cơ quan gửi đến được."""
    client = world.city_admin.client
    client.post(
        "/quan-tri/doi-tac/them",
        {"card": _card(other), "url": "http://127.0.0.1:9999", "networks": "127.0.0.0/8", "name": ""},
    )
    partner = session.scalars(select(Partner)).one()
    assert partner.installation == other.installation
    assert [k.purpose for k in partner.keys] == ["package", "receipt"]
    assert [a.agency.code for a in partner.agencies] == [CODE]
    assert "PartnerSaved" in events_of(RecordKind.AGENCY, world.agencies["city"])
    text = client.get(f"/quan-tri/doi-tac/{partner.id}").text
    assert other.installation in text
    assert "Sở Ví dụ tỉnh Mẫu" in text
    assert other.installation not in world.admin.client.get("/quan-tri/doi-tac").text


@pytest.mark.parametrize(
    ("scheme", "host", "networks"),
    [
        ("http", "127.0.0.1:9999", ""), ("https", "127.0.0.1", ""), ("https", "10.0.0.1", ""), ("https", "[::ffff:10.0.0.1]", ""),
        ("https", "2130706433", ""), ("https", "0x7f.1", ""), ("https", "a.example@127.0.0.1", ""), ("https", "a.example/x", ""),
        ("ftp", "a.example", ""), ("https", "a.example", "0.0.0.0/0"), ("https", "169.254.169.254", ""), ("https", "127.1", ""),
        ("https", "[64:ff9b::7f00:1]", ""), ("https", "a.example:99999", ""), ("https", "a.example\\@b", ""), ("https", "localhost.", ""),
        ("http", "a.example", ""),
    ],
)  # fmt: skip
def test_addresses_that_may_not_be_called(world, other, scheme, host, networks):
    """Địa chỉ lạ: không nhận, không gói nào đi ra."""
    client = world.city_admin.client
    client.post(
        "/quan-tri/doi-tac/them",
        {"card": _card(other), "url": f"{scheme}://{host}", "networks": networks, "name": ""},
        expect=422,
    )
    assert session.scalar(select(Partner.id)) is None


def test_cards_that_are_none(world, other):
    """Thẻ sai, thẻ của chính mình, cơ quan đang làm việc ở đây."""
    client = world.city_admin.client
    forged = json.loads(_card(other)) | {"installation": "0" * 32}
    for card in ("xin chào", "{}", json.dumps(forged), _card(other, "H29.15")):
        client.post(
            "/quan-tri/doi-tac/them",
            {"card": card, "url": other.url, "networks": "127.0.0.0/8", "name": ""},
            expect=422,
        )


def test_suspend_and_resume(world, other):
    """Tạm dừng một lần bấm: không nhận nữa; mở lại thì nhận."""
    partner = pin(world, other)
    world.city_admin.client.post(f"/quan-tri/doi-tac/{partner.id}/tam-dung", {})
    assert post(sealed(other, letter_of())).status == 423
    world.city_admin.client.post(f"/quan-tri/doi-tac/{partner.id}/mo-lai", {})
    assert post(sealed(other, letter_of())).status == 200
    assert {"PartnerSuspended", "PartnerResumed"} <= set(events_of(RecordKind.AGENCY, partner.agency_id))


def test_a_letter_set_apart_is_declined_with_an_answer(world, other):
    """Văn thư từ chối gói để riêng: nơi gửi nhận 02 kèm lý do."""
    pin(world, other)
    post(sealed(other, b"<edXML>"))
    dispatch()
    inbound = session.scalars(select(Inbound)).one()
    assert "bị cắt" in world.clerk.client.get("/van-ban/den/de-rieng").text
    world.clerk.client.post(f"/van-ban/den/de-rieng/{inbound.id}/thu-lai", {})
    dispatch()
    session.expire_all()
    assert inbound.state == "quarantined"
    world.clerk2.client.get(f"/van-ban/den/de-rieng/{inbound.id}/tu-choi", expect=404)
    world.clerk.client.post(f"/van-ban/den/de-rieng/{inbound.id}/tu-choi", {"reason": "Gói hỏng"})
    session.expire_all()
    assert inbound.state == "refused"
    message = session.scalars(select(Message)).one()
    assert (message.status["code"], message.status["reason"]) == ("02", "Gói hỏng")


def _recall(world, document: Document, kind: str = "1") -> None:
    world.clerk.client.post(
        f"/van-ban/di/{document.id}/thu-hoi", {"kind": kind, "reason": "Sai số liệu", "replacement": ""}
    )
    dispatch()


def _asked(document: Document) -> Delivery:
    session.expire_all()
    return session.scalars(
        select(Delivery).join(Package).where(Package.document_id == document.id, Package.business_type != 0)
    ).one()


def test_a_recall_of_what_nobody_registered_is_done_at_once(world):
    """Thu hồi khi nơi nhận chưa vào sổ: rút ngay, báo 15."""
    ward = world.agencies["ward"]
    document = issue(world, [ward])
    dispatch()
    _recall(world, document)
    assert arrived(document, ward).state == "withdrawn"
    assert _asked(document).state == "15"
    assert "RecallSent" in events_of(RecordKind.OUTGOING, document.id)


@pytest.mark.parametrize(("answer", "state", "code"), [("15", "withdrawn", "15"), ("16", "registered", "16")])
def test_the_recipients_clerk_answers_a_recall(world, answer, state, code):
    """Đã vào sổ: văn thư nơi nhận đồng ý hoặc từ chối, nơi gửi thấy ai và vì sao."""
    ward = world.agencies["ward"]
    document = issue(world, [ward])
    dispatch()
    received = arrived(document, ward)
    register(world, received, by=world.ward_clerk, book="ward_incoming")
    _recall(world, document)
    assert _asked(document).state == "13"
    request = session.scalars(select(Request)).one()
    page = world.ward_clerk.client.get(f"/van-ban/den/{received.id}")
    assert "Yêu cầu của nơi gửi" in page.text
    world.clerk.client.get(f"/van-ban/den/yeu-cau/{request.id}", expect=404)
    world.ward_clerk.client.post(
        f"/van-ban/den/yeu-cau/{request.id}",
        {"answer": answer, "words": "Đã xem", "version": str(request.version)},
    )
    found = _asked(document)
    assert (found.state, found.state_reason) == (code, "Đã xem")
    assert world.ward_clerk.name in found.state_by
    assert session.get(Document, received.id).state == state
    assert "Yêu cầu thu hồi" in world.clerk.client.get(f"/van-ban/di/{document.id}").text


def test_who_may_not(world, other):
    """Người không có quyền không mở được trang nào."""
    partner = pin(world, other)
    for who in (world.specialist, world.clerk, world.director):
        who.client.get("/quan-tri/doi-tac", expect=403)
        who.client.get(f"/quan-tri/doi-tac/{partner.id}", expect=403)
    world.admin.client.get(f"/quan-tri/doi-tac/{partner.id}", expect=404)
    world.specialist.client.get("/van-ban/den/de-rieng", expect=403)
