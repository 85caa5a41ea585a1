"""Bàn giao công việc, ngày nghỉ, cơ quan."""

from datetime import date

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import events
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations
from app.core.working_days import Holiday, calendar
from app.org import open_work, queries, service
from app.org.events import HolidaysChanged, WorkHandedOver
from app.org.models import Agency, HandOver
from app.org.service.passwords import verify


@pytest.fixture
def papers(monkeypatch):
    """Một gói bên trên có ba văn bản ở một vị trí: moves them when it hears of the hand-over."""
    held: dict[int, list[open_work.WorkItem]] = {}
    monkeypatch.setattr(open_work, "_sources", {})
    open_work.add_source(
        open_work.Source(
            "test", "văn bản đang xử lý", 1, lambda p: len(held.get(p, [])), lambda p, n: held.get(p, [])[:n]
        )
    )

    def move(_actor, event):
        moved = held.pop(event.from_post_id, [])
        held.setdefault(event.to_post_id, []).extend(moved)
        service.report_moved(event.hand_over_id, "Văn bản đang xử lý", moved)

    monkeypatch.setitem(events._on, WorkHandedOver, [move])
    return held


def give(world, papers, count=3):
    papers[world.specialist.post_id] = [
        open_work.WorkItem(1, n, f"Về việc số {n}", f"{n}/SXD-VP") for n in range(count)
    ]


def test_work_moves_in_one_act_and_the_list_is_kept(world, papers):
    give(world, papers)

    record = service.hand_over(
        world.admin.actor, from_post_id=world.specialist.post_id, to_post_id=world.specialist2.post_id, reason="Nghỉ hưu"
    )  # fmt: skip

    assert [i.reference for i in papers[world.specialist2.post_id]] == ["0/SXD-VP", "1/SXD-VP", "2/SXD-VP"]
    stored = session.get(HandOver, record.id)
    session.refresh(stored)
    assert [(g["label"], len(g["items"])) for g in stored.items["groups"]] == [("Văn bản đang xử lý", 3)]
    assert (stored.from_holder, stored.to_holder) == (world.specialist.name, world.specialist2.name)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "WorkHandedOver")).one()
    assert entry.data["hand_over_id"] == record.id


def test_nothing_to_hand_over(world, papers):
    with pytest.raises(Violations, match="không còn việc nào"):
        service.hand_over(
            world.admin.actor, from_post_id=world.specialist.post_id, to_post_id=world.specialist2.post_id
        )
    give(world, papers)
    with pytest.raises(Violations, match="phải khác"):
        service.hand_over(
            world.admin.actor, from_post_id=world.specialist.post_id, to_post_id=world.specialist.post_id
        )


def test_only_within_the_agency_and_by_right(world, papers):
    give(world, papers)
    with pytest.raises(NotFound):
        service.hand_over(
            world.admin.actor, from_post_id=world.specialist.post_id, to_post_id=world.specialist_b.post_id
        )
    with pytest.raises(NotAllowed):
        service.hand_over(
            world.clerk.actor, from_post_id=world.specialist.post_id, to_post_id=world.specialist2.post_id
        )
    assert len(papers[world.specialist.post_id]) == 3


def test_the_stand_in_of_the_chief_hands_over_in_his_name(world, papers):
    service.give_delegation(
        world.office_chief.actor, to_post_id=world.city_head.post_id, scope="all",
        starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 23),
    )  # fmt: skip
    papers[world.city_specialist.post_id] = [open_work.WorkItem(1, 1, "Về việc")]

    service.hand_over(
        world.city_head.actor, from_post_id=world.city_specialist.post_id, to_post_id=world.secretary.post_id
    )

    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "WorkHandedOver")).one()
    assert entry.acting_for_post_id == world.office_chief.post_id


def test_the_preview_counts_and_lists(world, papers):
    give(world, papers, 60)

    group = open_work.preview(world.specialist.post_id, titles=True)[0]
    assert (group.label, group.count, len(group.items)) == ("văn bản đang xử lý", 60, 50)
    assert open_work.in_words(open_work.open_work([world.specialist.post_id])) == "60 văn bản đang xử lý"
    assert open_work.open_work([world.head.post_id]) == []


def test_the_city_edits_holidays_and_tells(world, monkeypatch):
    heard = []
    monkeypatch.setitem(events._on, HolidaysChanged, [lambda _a, e: heard.append(e)])
    friday, saturday = date(2026, 12, 25), date(2026, 12, 26)

    service.add_holiday(world.city_admin.actor, day=friday, is_working=False, name="Nghỉ bù")
    service.add_holiday(world.city_admin.actor, day=saturday, is_working=True, name="Làm bù")

    assert (calendar().is_working(friday), calendar().is_working(saturday)) == (False, True)
    service.edit_holiday(world.city_admin.actor, friday, is_working=False, name="Nghỉ hoán đổi")
    service.delete_holiday(world.city_admin.actor, saturday)
    assert not calendar().is_working(saturday)
    assert len(heard) == 4
    entries = session.scalars(select(AuditEntry).where(AuditEntry.event == "HolidaysChanged")).all()
    assert entries[-1].changes["holiday"] == ["26/12/2026, làm bù: Làm bù", None]


def test_holidays_bad_input(world):
    add, actor = service.add_holiday, world.city_admin.actor
    with pytest.raises(Violations, match="đã có trong danh sách"):
        add(actor, day=date(2026, 9, 2), is_working=False, name="Quốc khánh")
    with pytest.raises(Violations, match="thứ Bảy hoặc Chủ nhật"):
        add(actor, day=date(2026, 12, 25), is_working=True, name="Làm bù")
    with pytest.raises(NotFound):
        service.delete_holiday(actor, date(2026, 12, 25))
    with pytest.raises(NotAllowed):
        add(world.admin.actor, day=date(2026, 12, 25), is_working=False, name="Nghỉ")
    with pytest.raises(NotAllowed):
        add(world.chairman.actor, day=date(2026, 12, 25), is_working=False, name="Nghỉ")
    assert session.get(Holiday, date(2026, 12, 25)) is None


def test_the_first_agency_of_an_installation(world):
    founded = service.create_agency(
        SYSTEM, code="H99", name="Ủy ban nhân dân xã Tân Hòa", kind="commune", admin_username="quan.tri", admin_name="Lê Văn Tám"
    )  # fmt: skip

    assert founded.agency.short_name == "UBND xã Tân Hòa"
    assert verify(founded.admin.password_hash, founded.password)
    assert (
        "org:people:manage"
        in queries.actor_for_post(queries.posts_of_person(founded.admin.id)[0].id).permissions
    )
    assert queries.agency_by_code("H99") is founded.agency
    for code, kind in (("H99", "commune"), ("H98", "nonsense")):
        with pytest.raises(Violations):
            service.create_agency(
                SYSTEM, code=code, name="X", kind=kind, admin_username="khac", admin_name="Lê"
            )


def test_an_agency_keeps_its_particulars(world):
    agency = service.save_agency(
        world.admin.actor, place="Thành phố Hồ Chí Minh", address="1 Lê Lợi", phone="", email="", absence_needs_deputy=True, version=1
    )  # fmt: skip

    assert agency.settings["absence_needs_deputy"] is True
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "AgencySettingsSaved")).one()
    assert entry.changes == {"agency_address": ["", "1 Lê Lợi"], "absence_needs_deputy": [False, True]}
    with pytest.raises(NotAllowed):
        service.save_agency(
            world.clerk.actor, place="X", address="", phone="", email="", absence_needs_deputy=False
        )
    assert session.get(Agency, world.agencies["dept2"]).address == ""
