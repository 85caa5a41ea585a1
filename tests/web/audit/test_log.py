"""Nhật ký của cơ quan: who did what kind of thing; never what a document says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import clock
from app.core.actor import SYSTEM, StandIn
from app.core.db import session
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.org.events import PersonChanged, PostSaved
from tests.world import World

LOG = "/quan-tri/nhat-ky"
CANARY = "Trích yếu không ai được thấy"


@use_case
def act(actor, record_agency: int | None, event=PersonChanged, **more) -> None:
    emit(
        actor,
        event(kind=RecordKind.INCOMING, record_id=7, agency_id=record_agency, **more),
        {"subject": (CANARY, CANARY)},
    )


def acts_of(page) -> list[list[str]]:
    return [page.texts(f"(//tbody/tr)[{n + 1}]/td") for n in range(len(page.tree.xpath("//tbody/tr")))]


def test_the_log_tells_who_when_what_and_nothing_of_the_content(world: World) -> None:
    act(world.clerk.actor, world.agencies["dept"])

    page = world.admin.client.get(LOG)

    assert acts_of(page) == [
        ["23/11/2026 08:00", "Ngô Thị Hạnh Văn thư", "Sửa thông tin người dùng", "Văn bản đến", "127.0.0.1"]
    ]
    assert CANARY not in page.markup


def test_an_act_for_another_names_both(world: World) -> None:
    director = world.director
    stands = StandIn(director.post_id, director.person_id, director.name, director.title, "all")
    act(replace(world.deputy_director.actor, acting_for=stands), world.agencies["dept"])
    assert "Bùi Thanh Hà Phó Giám đốc Sở, thay mặt Nguyễn Hữu Thắng" in world.admin.client.get(LOG).text


def test_each_agency_sees_its_own_people_and_what_the_system_did_to_its_records(world: World) -> None:
    act(world.clerk.actor, world.agencies["city"])  # one of ours, on a record of another
    act(world.city_clerk.actor, world.agencies["dept"])  # another's, on a record of ours
    act(SYSTEM, world.agencies["dept"])

    assert [a[1] for a in acts_of(world.admin.client.get(LOG))] == ["Hệ thống", "Ngô Thị Hạnh Văn thư"]
    assert [a[1] for a in acts_of(world.city_admin.client.get(LOG))] == ["Đặng Thu Ngân Văn thư"]
    assert acts_of(world.admin2.client.get(LOG)) == []


def test_only_administrators_read_it(world: World) -> None:
    for who in (world.director, world.clerk, world.specialist, world.secretary):
        who.client.get(LOG, expect=403)
    assert world.visitor.raw.get(LOG).headers["Location"].startswith("/dang-nhap")


def test_filters_by_person_and_days(world: World, frozen_monday: time_machine.Traveller) -> None:
    act(world.clerk.actor, None)
    frozen_monday.shift(timedelta(days=1))
    act(world.head.actor, None)
    frozen_monday.shift(timedelta(days=1))
    act(world.clerk.actor, None, PostSaved, post_id=1)
    client = world.admin.client

    def rows(query: str) -> list[str]:
        return [a[2] for a in acts_of(client.get(f"{LOG}?{query}"))]

    assert len(rows("")) == 3
    assert rows(f"nguoi={world.clerk.person_id}") == ["Lưu vị trí việc làm", "Sửa thông tin người dùng"]
    assert rows("tu=24/11/2026") == ["Lưu vị trí việc làm", "Sửa thông tin người dùng"]
    assert rows("den=24/11/2026") == ["Sửa thông tin người dùng"] * 2
    assert rows("tu=24/11/2026&den=24/11/2026") == ["Sửa thông tin người dùng"]
    assert rows(f"nguoi={world.head.person_id}&den=23/11/2026") == []
    assert "Không có hoạt động nào khớp bộ lọc." in client.get(f"{LOG}?den=01/01/2026").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tu=30/02/2026", "30/2"),
        ("tu=abc", "Từ ngày"),
        ("nguoi=999999", ""),
        ("nguoi=abc", ""),
        ("nguoi=" + "9" * 40, ""),
    ],
)
def test_a_mistyped_filter_is_told_and_kept(world: World, query: str, said: str) -> None:
    page = world.admin.client.get(f"{LOG}?{query}", expect=422)
    assert page.errors


def test_a_person_of_another_agency_cannot_be_asked_for(world: World) -> None:
    act(world.clerk2.actor, None)
    world.admin.client.get(f"{LOG}?nguoi={world.clerk2.person_id}", expect=422)


def test_a_long_log_is_walked_by_key(world: World, frozen_monday: time_machine.Traveller) -> None:
    for number in range(120):
        act(world.clerk.actor, None)
        if number % 7 == 0:
            frozen_monday.shift(timedelta(seconds=1))
    seen, url = 0, f"{LOG}?nguoi={world.clerk.person_id}"
    while url:
        page = world.admin.client.get(url)
        seen += len(acts_of(page))
        url = page.tree.xpath("string(//a[@rel='next']/@href)")
    assert seen == 120
    assert len(session.scalars(select(AuditEntry.id)).all()) == 120
    world.admin.client.get(f"{LOG}?sau=!!!")


def test_the_clock_of_the_log_is_the_offices(world: World) -> None:
    act(world.clerk.actor, None)
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.at == clock.now()
