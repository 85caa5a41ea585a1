"""Đơn thư, đánh dấu, liên kết, chuyển nhiều văn bản."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.db import session
from app.core.records import post_principal
from app.documents.models import Complaint, Document, Register
from app.notifications.models import Notice
from app.search.models import SearchEntry
from tests.paper import pdf, upload
from tests.web.documents.test_incoming_pages import events, presented, registered
from tests.world import World

DENOUNCER = "Người Tố Cáo Thật"


def complaint(world: World, kind: str = "denunciation", **more: Any) -> Document:
    """Một đơn thư đã vào sổ qua trang của văn thư, trình giám đốc."""
    world.clerk.client.post(
        "/van-ban/don-thu/moi",
        {
            "document_file": upload(pdf("Đơn"), "don.pdf"),
            "kind": kind,
            "sender_name": DENOUNCER,
            "sender_address": "12 đường Thử",
            "subject": "Phản ánh việc cấp phép xây dựng",
            "target": str(post_principal(world.director.post_id)),
            **more,
        },
    )
    return session.scalars(
        select(Document).where(Document.is_restricted).order_by(Document.id.desc())
    ).first()  # type: ignore[return-value]


def test_a_denunciation_is_read_by_those_who_have_a_part_and_its_sender_by_the_registry(world: World) -> None:
    """Đơn tố cáo: sổ riêng, người đọc hạn chế, tên người tố cáo chỉ văn thư thấy."""
    document = complaint(world)
    url = f"/van-ban/den/{document.id}"
    book = session.get(Register, document.register_id)
    assert book is not None
    assert (book.is_restricted, document.number, document.state) == (True, 1, "presented")
    assert DENOUNCER in world.clerk.client.get(url).text
    shown = world.director.client.get(url).text
    assert (document.subject in shown, DENOUNCER in shown, "giữ kín" in shown) == (True, False, True)
    world.head.client.get(url, expect=404)
    assert session.scalars(select(SearchEntry).where(SearchEntry.record_id == document.id)).all() == []
    told = " ".join(session.scalars(select(Notice.words)))
    assert (document.subject in told, "đơn thư số đến 1" in told) == (False, True)
    rows = world.director.client.get(f"/van-ban/so/{book.id}")
    assert (document.subject in rows.text, DENOUNCER in rows.text) == (True, False)
    world.clerk2.client.get(url, expect=404)


def test_a_petition_shows_its_sender_to_its_readers_only(world: World) -> None:
    """Đơn kiến nghị: người có phần việc thấy tên; sổ đơn thư không hiện dòng mình không được xem."""
    document = complaint(world, "petition")
    assert DENOUNCER in world.director.client.get(f"/van-ban/den/{document.id}").text
    listed = world.deputy_director.client.get(f"/van-ban/so/{document.register_id}")
    assert document.subject not in listed.text
    assert document.subject not in world.deputy_director.client.get("/van-ban/den?muc=tat-ca").text
    assert session.scalars(select(Complaint)).one().sender_address == "12 đường Thử"


def test_a_complaint_needs_its_scan_and_its_sender(world: World) -> None:
    """Thiếu bản quét, người gửi: báo tại ô; người không phải văn thư không vào được."""
    page = world.clerk.client.post(
        "/van-ban/don-thu/moi", {"kind": "petition", "subject": "Nội dung"}, expect=422
    )
    assert any("bản quét" in e for e in page.errors), page.errors
    assert any("Người gửi đơn" in e for e in page.errors), page.errors
    world.specialist.client.get("/van-ban/don-thu/moi", expect=403)
    assert session.scalars(select(Document)).all() == []


def test_a_star_is_ones_own(world: World) -> None:
    """Đánh dấu, bỏ dấu; người khác không thấy dấu của mình."""
    document = presented(world)
    url, client = f"/van-ban/{document.id}/danh-dau", world.director.client
    client.post(url, form_at=f"/van-ban/den/{document.id}", form_action=url)
    assert document.subject in client.get("/van-ban/danh-dau").text
    assert "Chưa đánh dấu" in world.clerk.client.get("/van-ban/danh-dau").text
    client.post(url, form_at=f"/van-ban/den/{document.id}", form_action=url)
    assert "Chưa đánh dấu" in client.get("/van-ban/danh-dau").text
    world.specialist.client.submit(url, {}, expect=404)


def test_related_documents_are_shown_to_those_who_may_see_them(world: World) -> None:
    """Liên kết hai văn bản theo số, ký hiệu; người không được xem văn bản kia không thấy nó."""
    one, other = presented(world), registered(world)
    url, client = f"/van-ban/{one.id}/lien-ket", world.clerk.client
    assert other.subject in client.get(url, query_string={"so": "1204"}).text
    page = client.post(f"{url}?so=1204", {"other": str(other.id)})
    assert "Văn bản liên quan" in client.follow(page).text
    assert events(one.id)[-1] == events(other.id)[-1] == "DocumentsLinked"
    assert "Văn bản liên quan" not in world.director.client.get(f"/van-ban/den/{one.id}").text
    away = f"/van-ban/{one.id}/bo-lien-ket"
    client.post(away, {"other": str(other.id)}, form_at=f"/van-ban/den/{one.id}", form_action=away)
    assert "Văn bản liên quan" not in client.get(f"/van-ban/den/{one.id}").text
    world.specialist.client.get(url, expect=404)


def test_many_are_presented_in_one_act(world: World) -> None:
    """Chuyển nhiều văn bản: tất cả hoặc không văn bản nào."""
    documents = [registered(world), registered(world)]
    target = str(post_principal(world.director.post_id))
    url, at = "/van-ban/den/chuyen-nhieu", "/van-ban/den/cho-trinh"
    world.clerk.client.post(url, {"ids": [str(d.id) for d in documents], "target": target}, form_at=at)
    session.expire_all()
    assert {d.state for d in documents} == {"presented"}
    third = registered(world)
    ids = [str(third.id), str(documents[0].id)]
    page = world.clerk.client.follow(world.clerk.client.post(url, {"ids": ids, "target": target}, form_at=at))
    session.expire_all()
    assert third.state == "registered", page.text[:300]
    for wrong in ({"ids": [], "target": target}, {"ids": ids, "target": "999999"}):
        world.clerk.client.post(url, wrong, form_at=at)
    world.specialist.client.submit(url, {"ids": ids, "target": target}, expect=403)
