"""Phát hành là gửi: package and deliveries in one transaction with the number."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import func, select

from app.core.db import session
from app.core.records import RecordKind
from app.documents import service as documents
from app.documents.models import Document
from app.exchange import service
from app.exchange.models import Delivery, DeliveryStep, Package
from tests.unit.exchange.letters import (
    answer_from_ward,
    arrived,
    delivery,
    dispatch,
    draft,
    events_of,
    forward,
    issue,
    register,
)


def test_issuing_makes_one_package_and_a_delivery_for_each_agency(world):
    """Một gói tin, mỗi cơ quan một việc gửi, chờ tiến trình nền."""
    document = issue(world, [world.agencies["city"], world.agencies["ward"]], paper=["Tổng công ty Cấp nước"])

    package = session.scalars(select(Package).where(Package.document_id == document.id)).one()
    deliveries = session.scalars(select(Delivery).where(Delivery.package_id == package.id)).all()
    assert package.sender_agency_id == world.agencies["dept"]
    assert package.business_type == 0
    assert len(package.token) >= 32
    assert [d.recipient_agency_id for d in deliveries] == [world.agencies["city"], world.agencies["ward"]]
    assert {(d.state, d.transport, d.attempts) for d in deliveries} == {("queued", "local", 0)}
    assert events_of(RecordKind.OUTGOING, document.id)[-1] == "PackageSent"


def test_the_manifest_names_every_file_with_its_hash(world):
    """Bảng kê tệp của gói tin."""
    document = issue(world, [world.agencies["ward"]])

    manifest = session.scalars(select(Package.manifest).where(Package.document_id == document.id)).one()
    assert [(m["name"], m["role"]) for m in manifest] == [
        ("cong-van.pdf", "main"),
        ("phu-luc.pdf", "attachment"),
    ]
    assert manifest[0]["sha256"] == hashlib.sha256(b"cong-van.pdf").hexdigest()
    assert manifest[0]["size"] == 1024 + len("cong-van.pdf")


def test_a_document_for_paper_recipients_only_makes_no_package(world):
    """Chỉ có nơi nhận ngoài hệ thống thì gửi giấy, không có gói tin."""
    document = issue(world, [], paper=["Công an Thành phố"])

    assert session.scalar(select(Package.id).where(Package.document_id == document.id)) is None


def test_nothing_is_sent_when_issuing_is_undone(world, monkeypatch):
    """Phát hành không thành thì không có gói tin nào."""
    document = draft(world, [world.agencies["ward"]])
    monkeypatch.setattr(documents.issuing, "_close_answered", _fails)

    with pytest.raises(RuntimeError):
        documents.issue(world.clerk.actor, document.id, None, world.registers["dept_outgoing"])

    assert session.scalar(select(func.count()).select_from(Package)) == 0
    assert session.scalar(select(Document.state).where(Document.id == document.id)) == "approved"


def _fails(*_args: object) -> None:
    raise RuntimeError("stopped")


def test_a_document_is_sent_as_new_only_once(world):
    """Cơ sở dữ liệu giữ: một văn bản chỉ có một gói tin mới."""
    document = issue(world, [world.agencies["ward"]])

    with pytest.raises(Exception, match="uq_exchange_package_new"):
        service.send(world.clerk.actor, document.id)


def test_the_waiting_document_carries_what_stands_on_the_sent_one(world):
    """Văn bản chờ vào sổ có sẵn thông tin và tệp, chưa có số đến."""
    document = issue(world, [world.agencies["ward"]], urgency=1)
    dispatch()

    received = arrived(document, world.agencies["ward"])
    assert (received.state, received.source, received.number) == ("waiting", "exchange", None)
    assert received.reference == document.reference
    assert (received.subject, received.document_type, received.urgency) == (document.subject, "Công văn", 1)
    assert received.issuer_name == "Sở Xây dựng"
    assert received.signer_name == world.director.name
    assert [f.name for f in received.files] == ["cong-van.pdf", "phu-luc.pdf"]
    assert delivery(document, world.agencies["ward"]).recipient_document_id == received.id


def test_an_answer_arrives_linked_to_the_question_it_answers(world):
    """Văn bản trả lời đến nơi hỏi thì nối với chính văn bản đã hỏi, và văn bản hỏi được báo đã xong."""
    question = issue(world, [world.agencies["ward"]])
    dispatch()
    copy = arrived(question, world.agencies["ward"])
    register(world, copy, by=world.ward_clerk, book="ward_incoming")
    forward(copy, by=world.ward_clerk, to=world.ward_specialist)
    answer = answer_from_ward(world, copy)
    dispatch()

    assert arrived(answer, world.agencies["dept"]).in_reply_to_id == question.id
    assert delivery(question, world.agencies["ward"]).state == "06"


def test_every_step_of_a_delivery_is_kept(world):
    """Diễn biến: chờ gửi do văn thư, đã đến do hệ thống."""
    document = issue(world, [world.agencies["ward"]])
    dispatch()

    found = delivery(document, world.agencies["ward"])
    steps = session.scalars(
        select(DeliveryStep).where(DeliveryStep.delivery_id == found.id).order_by(DeliveryStep.id)
    ).all()
    assert [(s.state, s.state_by) for s in steps] == [("queued", "Ngô Thị Hạnh, Văn thư"), ("01", "")]
    assert steps[0].person_id == world.clerk.person_id
