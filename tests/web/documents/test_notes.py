"""Bút phê giấy, chuyển cơ quan khác theo bút phê, văn bản để biết."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.core.db import session
from app.core.records import post_principal, unit_principal
from app.documents import queries, service
from app.documents.models import Document, Handling, Note
from app.documents.service import Assignment
from app.exchange.models import Delivery
from app.web.navigation import counts
from tests.paper import pdf, upload
from tests.web.documents.test_incoming_pages import events, presented, registered
from tests.world import World


def written(world: World, document: Document, **more: Any) -> dict[str, Any]:
    """Một bút phê giấy để nhập."""
    return {
        "leader": str(world.director.post_id),
        "photo": upload(pdf("Bút phê"), "but-phe.pdf"),
        "text": "Giao Phòng Hạ tầng kỹ thuật xử lý trong tuần.",
        "lead": str(unit_principal(world.units["dept_infra"])),
        **more,
    }


def test_a_handwritten_note_is_entered_with_its_photo_and_may_be_objected(world: World) -> None:
    """Nhập thay, đánh dấu, lãnh đạo được báo và phản hồi một lần."""
    document = registered(world)
    url = f"/van-ban/den/{document.id}/but-phe-giay"
    page = world.clerk.client.follow(world.clerk.client.post(url, written(world, document)))
    assert "Nhập theo bút phê giấy" in page.text
    assert "Ảnh bút phê" in page.text
    note = session.scalars(select(Note).where(Note.kind == "instruction")).one()
    assert (note.person_id, note.entered_by_id) == (world.director.person_id, world.clerk.person_id)
    assert (document.state, events(document.id)[-1]) == ("assigned", "PaperNoteEntered")

    objecting = f"{url}/khong-dung"
    world.clerk.client.get(objecting, expect=403)
    shown = world.director.client.follow(
        world.director.client.post(objecting, {"reason": "Tôi giao Phòng Quy hoạch"})
    )
    assert "Lãnh đạo báo chưa đúng" in shown.text
    assert events(document.id)[-1] == "NoteObjected"
    world.director.client.get(objecting, expect=403)  # said once


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("photo", "", "Hãy chọn ảnh chụp hoặc bản quét bút phê."),
        ("text", "", "Hãy ghi ý kiến chỉ đạo."),
        ("lead", "", "Chưa chọn đơn vị hoặc người chủ trì."),
        ("leader", "999999", "không có trong danh sách"),
    ],
)
def test_an_incomplete_paper_note_changes_nothing(
    world: World, field: str, value: str, sentence: str
) -> None:
    """Thiếu ảnh, lời, chủ trì hoặc lãnh đạo: nói rõ, không đổi gì."""
    document = registered(world)
    values = written(world, document) | {field: value}
    page = world.clerk.client.post(f"/van-ban/den/{document.id}/but-phe-giay", values, expect=422)
    assert any(sentence in e for e in page.errors), page.errors
    assert document.state == "registered"


def instructed(world: World, words: str) -> Document:
    """Văn bản đã bút phê với lời này."""
    document = presented(world)
    lead = unit_principal(world.units["dept_infra"])
    return service.instruct(world.director.actor, document.id, None, Assignment(words, lead))


def test_a_note_that_names_other_agencies_makes_the_slip_in_one_click(world: World) -> None:
    """Bút phê nêu cơ quan khác: một lần bấm ra phiếu chuyển có số, gửi kèm văn bản."""
    document = instructed(world, "Chuyển Sở Tài chính và UBND P. Bến Thành giải quyết theo thẩm quyền.")
    client = world.clerk.client
    page = client.get(f"/van-ban/den/{document.id}")
    form = page.form("/chuyen-co-quan")
    made = client.follow(client.post(f"/van-ban/den/{document.id}/chuyen-co-quan", {
        "agencies": [str(world.agencies["dept2"]), str(world.agencies["ward"])],
    }, form_at=f"/van-ban/den/{document.id}", form_action="/chuyen-co-quan"))  # fmt: skip
    assert form["document_type"] == "Phiếu chuyển"
    assert "01/PC-SXD" in made.text
    outgoing = session.scalars(select(Document).where(Document.direction == "outgoing")).one()
    assert (outgoing.state, outgoing.number, len(outgoing.files)) == ("issued", 1, 2)
    sent = session.scalars(select(Delivery.recipient_agency_id)).all()
    assert set(sent) == {world.agencies["dept2"], world.agencies["ward"]}
    assert events(document.id)[-1] == "DocumentTransferred"
    assert document.state == "assigned"  # the file in the house goes on


def test_names_are_recognised_in_their_usual_spellings(world: World) -> None:
    """UBND P. Bến Thành, phường Bến Thành, Sở Tài chính; our own name and common words are none."""
    own = world.agencies["dept"]
    for words, expected in (
        ("Giao Sở Tài chính chủ trì", {"dept2"}),
        ("UBND phường Bến Thành báo cáo; sở tài chính phối hợp", {"dept2", "ward"}),
        ("Phường Bến Thành", {"ward"}),
        ("Sở Xây dựng tự xử lý, tài chính do văn phòng lo", set()),
        ("", set()),
    ):
        found = {n.agency_id for n in queries.agencies_named_in([words], besides=own)}
        assert found == {world.agencies[key] for key in expected}, words


def test_the_office_prepares_what_the_registry_then_issues(world: World) -> None:
    """Chánh Văn phòng lập: chờ văn thư phát hành; người khác không lập được."""
    document = service.register_paper(world.city_clerk.actor, *_city_paper(world))
    service.route(
        world.city_clerk.actor,
        document.id,
        None,
        post_principal(world.chairman.post_id),
        Assignment("", None),
    )
    lead = unit_principal(world.units["city_urban"])
    service.instruct(world.chairman.actor, document.id, None, Assignment("Sở Xây dựng xử lý", lead))
    url = f"/van-ban/den/{document.id}/chuyen-co-quan"
    values = {"agencies": [str(world.agencies["dept"])], "document_type": "Công văn"}
    world.city_specialist.client.submit(url, values, expect=403)
    page = world.office_chief.client.follow(world.office_chief.client.post(url, values))
    assert "Chờ phát hành" in page.text
    outgoing = session.scalars(select(Document).where(Document.direction == "outgoing")).one()
    assert (outgoing.state, outgoing.number) == ("approved", None)
    assert outgoing.subject in world.city_clerk.client.get("/van-ban/di/cho-phat-hanh").text


def _city_paper(world: World) -> tuple[Any, Any]:
    import io
    from dataclasses import replace

    from app.storage.service import store_upload
    from tests.web.documents.test_incoming_pages import registration

    return replace(registration(world, "city"), reference="7/BC-X"), store_upload(
        io.BytesIO(pdf("b")), "b.pdf"
    )


def test_what_is_only_to_be_known_is_no_work_and_is_cleared_in_bulk(world: World) -> None:
    """Để biết: không tính là việc, đóng khi mở, dọn hàng loạt."""
    document = presented(world)
    inform = (post_principal(world.deputy_director.post_id), post_principal(world.specialist2.post_id))
    lead = unit_principal(world.units["dept_infra"])
    service.instruct(world.director.actor, document.id, None, Assignment("Giao", lead, (), inform))
    reader = world.deputy_director
    with world.app.test_request_context():  # type: ignore[union-attr]
        figures = counts(reader.actor)
    assert (figures["documents_open"], figures["documents_inform"]) == (0, 1)
    listed = reader.client.get("/van-ban/den?muc=de-biet")
    assert document.subject in listed.text

    part = session.scalars(
        select(Handling).where(Handling.post_id == reader.post_id, Handling.role == "inform")
    ).one()
    reader.client.post("/van-ban/de-biet", {"ids": [str(part.id)]}, form_at="/van-ban/den?muc=de-biet")
    session.expire_all()
    assert (part.state, part.opened_at) == ("done", None)
    assert "Không còn văn bản để biết." in reader.client.get("/van-ban/den?muc=de-biet").text

    other = session.scalars(select(Handling).where(Handling.post_id == world.specialist2.post_id)).one()
    reader.client.submit("/van-ban/de-biet", {"ids": [str(other.id)]}, expect=403)
    world.specialist2.client.post(
        f"/van-ban/phan-viec/{other.id}/da-xem", form_at=f"/van-ban/den/{document.id}"
    )
    session.expire_all()
    assert other.state == "done"
    assert other.opened_at is not None
