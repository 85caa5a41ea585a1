"""Chuỗi công việc: from any link one click shows all that the reader may see, and nothing else."""

from __future__ import annotations

import pytest

from app.core import clock
from app.core.db import session
from app.core.records import RecordKind, grant_access, leadership_principal, registry_principal
from app.core.text import reference_key
from app.directives import service
from app.documents import service as documents
from app.documents.models import Document
from tests.unit.directives import given
from tests.unit.meetings import making
from tests.web.directives.test_lists import statements


def issued(world, drafter, leader, subject: str, reference: str, to: str) -> Document:
    """Văn bản đã phát hành, lãnh đạo và văn thư cơ quan được xem."""
    document = documents.create_draft(
        drafter.actor,
        documents.DraftContent("Thông báo", subject, 0, (world.agencies[to],), (), leader.post_id),
        None,
    )
    document.state, document.reference, document.registered_at = "issued", reference, clock.now()
    document.reference_key, document.issued_on = reference_key(reference), clock.today()
    agency_id = document.agency_id
    grant_access(
        RecordKind.OUTGOING, document.id, [leadership_principal(agency_id), registry_principal(agency_id)],
        reason="registry", sort_at=clock.now(),
    )  # fmt: skip
    session.flush()
    return document


@pytest.fixture
def chain(world):
    """Cuộc họp, thông báo kết luận, hai nhiệm vụ, một báo cáo, một văn bản trả lời."""
    meeting = making.called(world)
    notice = issued(
        world, world.city_specialist, world.chairman, "Kết luận họp giao ban đô thị", "12/TB-VP", "dept"
    )
    meeting.conclusion_document_id = notice.id
    session.flush()
    parts = [
        given.in_progress(
            world, source_document_id=notice.id, content=f"Việc thứ {n} của kết luận", supports=[]
        )
        for n in (1, 2)
    ]
    answer = issued(world, world.specialist, world.director, "Kết quả việc thứ nhất", "77/SXD-HTKT", "city")
    service.report_done(
        world.director.actor, parts[0].id, result="Đã xong việc thứ nhất.", answer_document_id=answer.id
    )
    service.confirm(world.chairman.actor, parts[0].id)
    return meeting, notice, parts, answer


def test_every_link_shows_the_whole(world, chain):
    meeting, notice, parts, _answer = chain
    for url in (
        f"/chuoi/nhiem-vu/{parts[0].id}",
        f"/chuoi/van-ban/{notice.id}",
        f"/chuoi/cuoc-hop/{meeting.id}",
    ):
        page = world.chairman.client.get(url)
        for words in (
            meeting.title,
            "12/TB-VP",
            "Việc thứ 1",
            "Việc thứ 2",
            "Đã xong việc thứ nhất.",
            "77/SXD-HTKT",
        ):
            assert words in page.text, (url, words)
        assert len(statements(world.chairman.client, url)) <= 12, url


def test_the_answering_agency_sees_its_own_side(world, chain):
    _meeting, notice, parts, answer = chain
    page = world.director.client.get(f"/chuoi/van-ban/{answer.id}")
    assert "Kết quả việc thứ nhất" in page.text
    assert "Việc thứ 1" in page.text
    assert notice.subject not in page.text  # the other agency's row is not this reader's
    world.director.client.get(f"/chuoi/van-ban/{notice.id}", expect=404)
    assert f"/chuoi/nhiem-vu/{parts[0].id}" in world.director.client.get(f"/chi-dao/{parts[0].id}").links()


def test_who_sees_nothing_of_it_learns_nothing(world, chain):
    meeting, notice, parts, _answer = chain
    for url in (
        f"nhiem-vu/{parts[0].id}",
        f"van-ban/{notice.id}",
        f"cuoc-hop/{meeting.id}",
        "nhiem-vu/999999",
    ):
        world.specialist_b.client.get(f"/chuoi/{url}", expect=404)
