"""Trang theo dõi của quản trị: thư, việc gửi đã dừng, việc định kỳ."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from app.audit.models import AuditEntry
from app.core import clock, jobs, limits
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.outbox import Outbox
from app.core.use_case import use_case
from app.notifications import service
from app.notifications.models import Mail, MailState
from tests.unit.notifications.conftest import CatchingCarrier, deliver_all
from tests.world import World

PAGES = (
    "/quan-tri/thu",
    "/quan-tri/viec-gui",
    "/quan-tri/viec-dinh-ky",
    "/quan-tri/viec-dinh-ky/notifications.digest",
)


@use_case
def send(_actor, key: str, to: str = "clerk@example.gov.vn", **more) -> None:
    service.mail(to=to, subject=f"Giấy mời {key}", body="Lời thư kín", key=key, **more)


@pytest.mark.parametrize("path", PAGES)
def test_only_administrators_watch(world: World, path: str) -> None:
    world.admin.client.get(path)
    for who in (world.director, world.clerk, world.specialist):
        who.client.get(path, expect=403)
    assert world.visitor.raw.get(path).headers["Location"].startswith("/dang-nhap")


def test_mails_by_state_without_their_text(world: World, carrier: CatchingCarrier) -> None:
    send(SYSTEM, "một")
    deliver_all()
    carrier.down = "Connection refused"
    send(SYSTEM, "hai", calendar=b"BEGIN:VCALENDAR", method="REQUEST")
    deliver_all()

    waiting = world.admin.client.get("/quan-tri/thu")
    assert waiting.texts("//tbody//td[1]/span") == ["Giấy mời hai"]
    assert "Sẽ gửi lại" in waiting.text
    assert "Lần thử 1: Máy chủ không nhận kết nối (ConnectionRefusedError)" in waiting.text
    assert "Kèm giấy mời vào lịch" in waiting.text
    sent = world.admin.client.get("/quan-tri/thu?tinh-trang=da-gui")
    assert sent.texts("//tbody//td[1]/span") == ["Giấy mời một"]
    assert "Lời thư kín" not in waiting.markup + sent.markup


def test_mails_of_other_agencies_are_not_there(world: World, carrier: CatchingCarrier) -> None:
    carrier.down = "x"
    send(SYSTEM, "một")
    deliver_all()
    mail_id = session.scalars(select(Mail.id)).one()

    assert "Giấy mời" not in world.admin2.client.get("/quan-tri/thu").text
    world.admin2.client.submit(f"/quan-tri/thu/{mail_id}/gui-lai", {}, expect=404)
    world.admin2.client.submit("/quan-tri/thu/999999/gui-lai", {}, expect=404)
    world.clerk.client.submit(f"/quan-tri/thu/{mail_id}/gui-lai", {}, expect=403)


def test_a_mail_is_sent_again_by_its_button(world: World, carrier: CatchingCarrier) -> None:
    carrier.down = "x"
    send(SYSTEM, "một")
    deliver_all()
    mail_id = session.scalars(select(Mail.id)).one()
    carrier.down = ""

    answer = world.admin.client.post(
        f"/quan-tri/thu/{mail_id}/gui-lai", form_at="/quan-tri/thu", form_action="gui-lai"
    )

    assert "Đã đưa thư vào hàng chờ gửi." in world.admin.client.follow(answer).text
    deliver_all()
    session.expire_all()
    assert session.scalars(select(Mail.state)).one() == MailState.SENT
    again = world.admin.client.submit(f"/quan-tri/thu/{mail_id}/gui-lai", {})
    assert "đã gửi xong" in world.admin.client.follow(again).text


def parked(world: World, frozen: time_machine.Traveller, catching: CatchingCarrier) -> int:
    catching.down = "Connection refused"
    send(SYSTEM, "một")
    for _ in range(limits.OUTBOX_ATTEMPTS):
        deliver_all()
        frozen.shift(timedelta(minutes=30))
    return session.scalars(select(Outbox.id)).one()


def test_what_stopped_belongs_to_its_agency_and_runs_again(
    world: World,
    carrier: CatchingCarrier,
    frozen_monday: time_machine.Traveller,
) -> None:
    outbox_id = parked(world, frozen_monday, carrier)
    session.execute(
        update(Outbox).values(payload=Outbox.payload.op("||")({"agency_id": world.agencies["dept"]}))
    )
    session.commit()
    assert "Không có việc nào bị dừng." in world.admin2.client.get("/quan-tri/viec-gui").text
    assert "Không có việc nào bị dừng." in world.city_admin.client.get("/quan-tri/viec-gui").text
    world.admin2.client.submit(f"/quan-tri/viec-gui/{outbox_id}/chay-lai", {}, expect=404)

    page = world.admin.client.get("/quan-tri/viec-gui")
    assert page.texts("//tbody//td[1]/span") == ["Gửi thư điện tử"]
    assert "Máy chủ không nhận kết nối (ConnectionRefusedError)" in page.text
    carrier.down = ""
    answer = world.admin.client.post(
        f"/quan-tri/viec-gui/{outbox_id}/chay-lai", form_at="/quan-tri/viec-gui", form_action="chay-lai"
    )
    assert "Đã cho chạy lại." in world.admin.client.follow(answer).text
    deliver_all()
    assert len(carrier.caught) == 1
    assert session.scalars(select(AuditEntry).where(AuditEntry.event == "EffectResent")).one().data == {
        "outbox_id": outbox_id
    }
    world.admin.client.submit(f"/quan-tri/viec-gui/{outbox_id}/chay-lai", {}, expect=404)


def test_what_belongs_to_no_agency_is_watched_from_the_root(
    world: World,
    carrier: CatchingCarrier,
    frozen_monday: time_machine.Traveller,
) -> None:
    parked(world, frozen_monday, carrier)
    assert "Gửi thư điện tử" in world.city_admin.client.get("/quan-tri/viec-gui").text
    assert "Không có việc nào bị dừng." in world.admin.client.get("/quan-tri/viec-gui").text


def test_a_job_that_missed_its_hour_stands_out(world: World, frozen_monday: time_machine.Traveller) -> None:
    page = world.admin.client.get("/quan-tri/viec-dinh-ky")
    assert "không có dấu hiệu hoạt động" in page.text
    row = "//tr[.//a[contains(@href, 'notifications.digest')]]"
    assert "Chưa đến lượt" in page.texts(row)[0]
    assert "07:30 hằng ngày" in page.texts(row)[0]

    jobs.run("notifications.digest", clock.now() - timedelta(minutes=30))
    jobs.run("notifications.heartbeat", clock.now())
    page = world.admin.client.get("/quan-tri/viec-dinh-ky")
    assert "Đúng lịch" in page.texts(row)[0]
    assert "không có dấu hiệu hoạt động" not in page.text

    frozen_monday.shift(timedelta(days=1))
    page = world.admin.client.get("/quan-tri/viec-dinh-ky")
    assert "Chậm lịch" in page.texts(row)[0]
    assert "Lẽ ra chạy lúc 24/11 07:30" in page.texts(row)[0]
    pulse = "//tr[.//a[contains(@href, 'notifications.heartbeat')]]"
    assert "Chậm lịch" in page.texts(pulse)[0], "a job of every minute is late too"


def test_the_history_of_a_job(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.run("notifications.digest", clock.now() - timedelta(days=1))

    def broken(_actor, _now):
        raise OSError("đĩa đầy")

    monkeypatch.setattr(service, "send_digests", broken)
    jobs.run("notifications.digest", clock.now())

    page = world.admin.client.get("/quan-tri/viec-dinh-ky/notifications.digest")

    assert page.h1 == "Gửi thư gộp thông báo buổi sáng"
    assert page.texts("//tbody//td[3]") == ["Lỗi Lỗi đọc, ghi hoặc đường truyền (OSError)", "không có việc"]
    world.admin.client.get("/quan-tri/viec-dinh-ky/khong-co", expect=404)
