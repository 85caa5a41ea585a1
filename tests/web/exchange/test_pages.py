"""Trang liên thông: nơi nhận trên văn bản đi, và văn bản chưa gửi được."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from app.core.db import db, session
from app.core.records import RecordKind
from app.documents import service as documents
from app.exchange.models import Delivery, Package
from app.exchange.queries import recipients_of
from tests.unit.exchange.letters import (
    add_agency,
    arrived,
    delivery,
    dispatch,
    draft,
    events_of,
    issue,
    register,
)

PAGE = "/van-ban/di/chua-gui-duoc"


@pytest.fixture
def broken(monkeypatch):
    """Nơi nhận hỏng."""
    down: set[int] = set()
    receive = documents.receive

    def refuse(actor, arrival, source):
        if arrival.agency_id in down:
            raise RuntimeError("the recipient's books are locked")
        return receive(actor, arrival, source)

    monkeypatch.setattr(documents, "receive", refuse)
    return down


def panel(page) -> list[str]:
    """Các dòng của khối nơi nhận."""
    return page.texts("//section[@id='noi-nhan']//tbody/tr")


def figures(page) -> dict[str, str]:
    """Các con số của khối nơi nhận."""
    words = page.texts("//section[@id='noi-nhan']//div[@class='figures']//span")
    counts = page.texts("//section[@id='noi-nhan']//div[@class='figures']//b")
    return dict(zip(words, counts, strict=True))


# ── khối nơi nhận ──


def test_a_draft_shows_no_states(world):
    """Chưa phát hành thì chưa có tình trạng nơi nhận."""
    document = draft(world, [world.agencies["ward"]])

    page = world.clerk.client.get(f"/van-ban/di/{document.id}")
    assert figures(page) == {}


def test_the_document_shows_each_recipients_state_time_and_person(world):
    """Nơi nhận: trạng thái bằng chữ, lúc, người thực hiện, con số, và nơi gửi giấy."""
    document = issue(
        world,
        [world.agencies["city"], world.agencies["ward"], world.agencies["dept2"]],
        paper=["Bưu điện Thành phố"],
    )
    dispatch()
    register(world, arrived(document, world.agencies["city"]), by=world.city_clerk, book="city_incoming")
    documents.return_to_sender(
        world.ward_clerk.actor, arrived(document, world.agencies["ward"]).id, None, "Không thuộc địa bàn"
    )

    page = world.specialist.client.get(f"/van-ban/di/{document.id}")

    assert panel(page) == [
        "Ủy ban nhân dân phường Bến Thành Từ chối tiếp nhận Không thuộc địa bàn 23/11 08:00 Dương Mỹ Lệ, Văn thư",
        "Sở Tài chính Đã đến 23/11 08:00",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh Đã tiếp nhận 23/11 08:00 Đặng Thu Ngân, Văn thư",
        "Bưu điện Thành phố Gửi giấy",
    ]
    assert figures(page) == {
        "Đã tiếp nhận": "1",
        "Đang xử lý": "0",
        "Đã hoàn thành": "0",
        "Trả lại": "1",
        "Chưa gửi được": "0",
    }
    timeline = page.texts("//section[@id='qua-trinh']//li")
    assert any("gửi liên thông" in line and "Đến 3 cơ quan, 1 nơi nhận gửi giấy" in line for line in timeline)
    assert any("không tiếp nhận" in line and "Không thuộc địa bàn" in line for line in timeline)


def test_paper_recipients_alone_are_shown_too(world):
    """Chỉ gửi giấy."""
    document = issue(world, [], paper=["Công an Thành phố"])

    assert panel(world.clerk.client.get(f"/van-ban/di/{document.id}")) == ["Công an Thành phố Gửi giấy"]


def test_what_lies_unregistered_past_the_next_working_day_stands_out(world, frozen_monday):
    """Đã đến thứ Sáu: thứ Hai chưa muộn, thứ Ba là chậm vào sổ (NĐ 30/2020 Đ22)."""
    frozen_monday.shift(timedelta(days=4))
    document = issue(world, [world.agencies["ward"]])
    dispatch()
    frozen_monday.shift(timedelta(days=3))
    assert "Chậm vào sổ" not in panel(world.clerk.client.get(f"/van-ban/di/{document.id}"))[0]

    frozen_monday.shift(timedelta(days=1))
    page = world.clerk.client.get(f"/van-ban/di/{document.id}")
    assert "Đã đến Chậm vào sổ" in panel(page)[0]
    assert page.tree.xpath("//section[@id='noi-nhan']//tr[@class='late']")


def test_two_hundred_recipients_stay_readable(world):
    """200 nơi nhận: nơi cần để ý ở trên, phần còn lại gấp trong một mục, trang không nặng thêm câu lệnh."""
    to = [add_agency(f"UBND phường số {n}").id for n in range(200)]
    document = issue(world, to)
    dispatch()
    refused = session.scalars(select(Delivery).where(Delivery.recipient_agency_id == to[150])).one()
    refused.state, refused.state_reason = "02", "Sai địa chỉ"
    session.commit()

    page = world.clerk.client.get(f"/van-ban/di/{document.id}")

    shown = page.texts("//section[@id='noi-nhan']/div[contains(@class,'tblwrap')]//tbody/tr")
    folded = page.texts("//section[@id='noi-nhan']/details//tbody/tr")
    assert (len(shown), len(folded)) == (8, 192)
    assert shown[0].startswith("UBND phường số 150 Từ chối tiếp nhận Sai địa chỉ")
    assert page.texts("//section[@id='noi-nhan']//summary") == ["Xem 192 nơi nhận còn lại"]
    assert page.texts("//section[@id='qua-trinh']//li")[-1].count("gửi liên thông") == 1


def test_the_panel_costs_two_statements_at_most(world, frozen_monday):
    """Khối nơi nhận đọc nhiều nhất hai câu lệnh, dù bao nhiêu nơi nhận."""
    to = [add_agency(f"UBND phường số {n}").id for n in range(30)]
    document = issue(world, to)
    dispatch()
    frozen_monday.shift(timedelta(days=3))
    session.refresh(document, ["recipients"])
    assert document.registered_at
    statements: list[str] = []
    listen = lambda *args: statements.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        found = recipients_of(document)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)

    assert len(found.rows) == 30
    assert 1 <= len(statements) <= 2


def test_who_may_not_see_the_document_sees_no_recipients(world):
    """Người ngoài cuộc, cơ quan nhận: 404 như không có."""
    document = issue(world, [world.agencies["ward"]])
    dispatch()

    for stranger in (world.specialist2, world.ward_clerk, world.clerk2):
        stranger.client.get(f"/van-ban/di/{document.id}", expect=404)


def test_the_panel_leads_the_clerk_to_what_did_not_go(world, broken):
    """Có nơi chưa gửi được: văn thư thấy đường dẫn gửi lại, người khác thì không."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"], world.agencies["city"]])
    dispatch()

    page = world.clerk.client.get(f"/van-ban/di/{document.id}")
    assert panel(page)[0].startswith("Ủy ban nhân dân phường Bến Thành Chưa gửi được")
    assert figures(page)["Chưa gửi được"] == "1"
    assert page.texts("//section[@id='noi-nhan']//a[@href='/van-ban/di/chua-gui-duoc']")
    page = world.specialist.client.get(f"/van-ban/di/{document.id}")
    assert not page.texts("//section[@id='noi-nhan']//a")


# ── chưa gửi được ──


def test_the_clerk_sees_what_did_not_go_and_resends_it(world, broken):
    """Danh sách, nguyên nhân, gửi lại một nơi."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"]])
    dispatch()

    page = world.clerk.client.get(PAGE)
    assert page.h1 == "Văn bản chưa gửi được"
    row = page.texts("//section[@id='chua-gui-duoc']//tbody/tr")[0]
    assert row.startswith(f"{document.reference} Về việc phòng, chống ngập")
    assert "Ủy ban nhân dân phường Bến Thành" in row
    assert "RuntimeError" in row
    assert f"/van-ban/di/{document.id}" in page.links()

    stuck = delivery(document, world.agencies["ward"]).id
    broken.clear()
    answer = world.clerk.client.post(f"{PAGE}/{stuck}/gui-lai", form_at=PAGE)
    assert answer.location == PAGE
    assert f"Đang gửi lại văn bản {document.reference}" in world.clerk.client.get(PAGE).text
    dispatch()

    assert delivery(document, world.agencies["ward"]).state == "01"
    package = session.scalars(select(Package.id)).one()
    assert events_of(RecordKind.PACKAGE, package) == ["DeliveryResent", "DeliveryArrived"]
    assert "Mọi văn bản đã đến nơi nhận" in world.clerk.client.get(PAGE).text


def test_resending_what_has_gone_says_so(world, broken):
    """Đã đến trước khi bấm: nói rõ, không gửi lần nữa."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"], world.agencies["city"]])
    dispatch()
    gone = delivery(document, world.agencies["city"]).id

    world.clerk.client.post(f"{PAGE}/{gone}/gui-lai", form_at=PAGE)

    assert "Văn bản đã đến nơi nhận này" in world.clerk.client.get(PAGE).text
    package = session.scalars(select(Package.id)).one()
    assert "DeliveryResent" not in events_of(RecordKind.PACKAGE, package)


def test_a_double_click_resends_once(world, broken):
    """Bấm hai lần cùng một nút: một lần gửi lại."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"]])
    dispatch()
    stuck = delivery(document, world.agencies["ward"]).id
    values = world.clerk.client.get(PAGE).form(f"{stuck}/gui-lai")

    world.clerk.client.post(f"{PAGE}/{stuck}/gui-lai", values, form_at=PAGE)
    answer = world.clerk.client.post(f"{PAGE}/{stuck}/gui-lai", values, form_at=PAGE)

    assert answer.location == f"/van-ban/di/{document.id}"
    package = session.scalars(select(Package.id)).one()
    assert events_of(RecordKind.PACKAGE, package) == ["DeliveryResent"]


def test_the_clerk_resends_all(world, broken):
    """Gửi lại tất cả."""
    broken |= {world.agencies["ward"], world.agencies["city"]}
    issue(world, sorted(broken))
    dispatch()
    broken.clear()

    world.clerk.client.post(f"{PAGE}/gui-lai", form_at=PAGE, form_action=f"{PAGE}/gui-lai")
    assert "Đang gửi lại đến 2 nơi nhận" in world.clerk.client.get(PAGE).text
    dispatch()
    assert session.scalars(select(Delivery.state)).all() == ["01", "01"]
    world.clerk.client.post(f"{PAGE}/gui-lai")
    assert "Không còn nơi nhận nào chưa gửi được" in world.clerk.client.get(PAGE).text


def test_others_may_not_open_or_resend(world, broken):
    """Không phải văn thư: 403; văn thư cơ quan khác: danh sách của mình, gửi lại thì 404; chưa đăng nhập: về trang đăng nhập."""
    broken.add(world.agencies["ward"])
    document = issue(world, [world.agencies["ward"]])
    dispatch()
    stuck = delivery(document, world.agencies["ward"]).id

    for who in (world.specialist, world.director, world.head, world.admin):
        who.client.get(PAGE, expect=403)
        who.client.post(f"{PAGE}/{stuck}/gui-lai", form_at="/", expect=403)
        who.client.post(f"{PAGE}/gui-lai", form_at="/", expect=403)
    assert document.reference not in world.clerk2.client.get(PAGE).text
    for wrong in (stuck, 999_999):
        world.clerk2.client.post(f"{PAGE}/{wrong}/gui-lai", form_at="/", expect=404)
    assert "/dang-nhap" in world.visitor.raw.get(PAGE).location
    assert delivery(document, world.agencies["ward"]).attempts == 1


def test_the_clerks_desk_counts_what_did_not_go(world, broken):
    """Ô tổng quan và mục menu của văn thư."""
    broken |= {world.agencies["ward"], world.agencies["city"]}
    issue(world, sorted(broken))
    dispatch()

    page = world.clerk.client.get("/")
    tile = page.texts("//ul[contains(@class,'glance')]//a[@href='/van-ban/di/chua-gui-duoc']")
    assert len(tile) == 1
    assert tile[0].startswith("2")
    assert not world.specialist.client.get("/").texts("//a[@href='/van-ban/di/chua-gui-duoc']")
    assert not world.city_clerk.client.get("/").tree.xpath(
        "//a[@href='/van-ban/di/chua-gui-duoc'][@class='late']"
    )
