"""Trang vắng mặt, ủy quyền và thông tin của tôi: with access, without, in the wrong state."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import session
from app.org import service
from app.org.models import Absence, Delegation, Person, UserSession
from tests.world import open_session

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def events(name):
    return session.scalars(select(AuditEntry).where(AuditEntry.event == name)).all()


def absences():
    return session.scalars(select(Absence).order_by(Absence.id)).all()


def absence_of(who, **kwargs):
    return service.enter_absence(
        who.actor, person_id=who.person_id, reason="leave", starts_on=MONDAY, ends_on=FRIDAY, **kwargs
    )


# ── vắng mặt ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("quick", "start", "end"),
    [("today", MONDAY, MONDAY), ("next", date(2026, 11, 24), date(2026, 11, 24)), ("week", MONDAY, FRIDAY)],
)
def test_an_absence_is_two_clicks(world, quick, start, end):
    page = world.specialist.client.post("/vang-mat", {"quick": quick})

    assert page.location == "/vang-mat"
    stored = absences()[0]
    assert (stored.starts_on, stored.ends_on, stored.reason) == (start, end, "leave")
    assert events("AbsenceEntered")[0].person_id == world.specialist.person_id
    shown = world.specialist.client.get("/vang-mat")
    assert "Đã báo vắng mặt." in shown.text
    assert "Trần Bảo Ngọc" in shown.texts("//section[@id='tuan-nay']")[0]


def test_the_last_deputy_is_offered_again(world):
    absence_of(world.specialist, deputy_post_id=world.head.post_id)

    form = world.specialist.client.get("/vang-mat").form("/vang-mat")
    assert form["deputy"] == str(world.head.post_id)


def test_days_may_be_typed(world):
    world.specialist.client.post(
        "/vang-mat",
        {"starts_on": "t5", "ends_on": "+4", "deputy": str(world.head.post_id), "reason": "business"},
    )

    stored = absences()[0]
    assert (stored.starts_on, stored.ends_on) == (date(2026, 11, 26), FRIDAY)
    assert stored.deputy_post_id == world.head.post_id


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Hãy nhập ngày bắt đầu vắng"),
        ({"starts_on": "30/02"}, "30/02"),
        ({"starts_on": "25/11", "ends_on": "24/11"}, "từ ngày đầu trở đi"),
        ({"quick": "nonsense"}, "Hãy nhập ngày bắt đầu vắng"),
        ({"quick": "today", "deputy": "1"}, "Lựa chọn không có trong danh sách"),
        ({"quick": "today", "reason": "party"}, "Lựa chọn không có trong danh sách"),
        ({"quick": "today", "note": "TUYỆT MẬT"}, "Tuyệt mật"),
    ],
)
def test_odd_input_is_told_and_kept(world, data, words):
    page = world.specialist.client.post("/vang-mat", data, expect=422)

    assert words.lower() in " ".join(page.errors).lower()
    assert absences() == []
    if "starts_on" in data:
        assert page.form("/vang-mat")["starts_on"] == data["starts_on"]


def test_the_clerk_reports_for_the_director(world):
    world.clerk.client.post("/vang-mat", {"person": str(world.director.person_id), "quick": "today"})

    assert absences()[0].person_id == world.director.person_id


def test_a_specialist_cannot_report_for_the_director(world):
    """Trường "person" gửi thêm không có tác dụng: it becomes the specialist's own absence, as his form says."""
    page = world.specialist.client.get("/vang-mat")
    assert not page.tree.xpath("//*[@name='person']")
    world.specialist.client.post("/vang-mat", {"person": str(world.director.person_id), "quick": "today"})

    assert absences()[0].person_id == world.specialist.person_id


def test_nobody_of_another_agency_can_be_reported(world):
    world.clerk.client.post(
        "/vang-mat", {"person": str(world.specialist_b.person_id), "quick": "today"}, expect=422
    )
    assert absences() == []


def test_an_absence_is_cancelled_with_a_button(world):
    absence = absence_of(world.specialist)

    world.specialist.client.post(f"/vang-mat/{absence.id}/huy", form_at="/vang-mat")

    assert absences()[0].cancelled_at is not None
    assert len(events("AbsenceCancelled")) == 1


def test_back_earlier_than_planned(world, frozen_monday):
    absence = absence_of(world.specialist)
    frozen_monday.shift(timedelta(days=2))
    page = world.specialist.client.get("/vang-mat")
    assert "Đã về" in page.text

    world.specialist.client.post(f"/vang-mat/{absence.id}/huy", form_at="/vang-mat")

    assert absences()[0].ends_on == date(2026, 11, 24)


def test_cancelling_twice_or_late_or_of_strangers(world, frozen_monday):
    absence = absence_of(world.specialist)
    world.specialist2.client.submit(f"/vang-mat/{absence.id}/huy", {}, expect=404)
    world.clerk2.client.submit(f"/vang-mat/{absence.id}/huy", {}, expect=404)
    stale = world.specialist.client.submit(f"/vang-mat/{absence.id}/huy", {"version": "7"}, expect=409)
    assert "vừa được người khác thay đổi" in stale.text
    frozen_monday.shift(timedelta(days=10))
    late = world.specialist.client.submit(f"/vang-mat/{absence.id}/huy", {}, expect=409)
    assert "đã kết thúc" in late.text
    assert not events("AbsenceCancelled")


def test_illness_is_not_told_to_colleagues(world):
    service.enter_absence(
        world.specialist.actor, person_id=world.specialist.person_id, reason="sick", starts_on=MONDAY, ends_on=MONDAY
    )  # fmt: skip

    assert "ốm" not in world.head.client.get("/vang-mat").texts("//section[@id='tuan-nay']")[0]
    assert "Nghỉ ốm" in world.specialist.client.get("/vang-mat").texts("//section[@id='cua-toi']")[0]


def test_other_agencies_absences_do_not_show(world):
    absence_of(world.specialist_b)
    assert "Tô Vĩnh An" not in world.clerk.client.get("/vang-mat").text


# ── ủy quyền ─────────────────────────────────────────────────────────────────


def delegate(world, **changes):
    data = {
        "to_post": str(world.deputy_director.post_id),
        "scope": "documents",
        "ends_on": "27/11",
        "reason": "Đi công tác",
    }
    return {**data, **changes}


def test_the_director_delegates(world):
    page = world.director.client.post("/uy-quyen/moi", delegate(world))

    assert page.location == "/uy-quyen"
    stored = session.scalars(select(Delegation)).one()
    assert (stored.from_post_id, stored.starts_on, stored.ends_on) == (world.director.post_id, MONDAY, FRIDAY)
    given = world.director.client.get("/uy-quyen").texts("//section[@id='da-giao']")[0]
    assert "Bùi Thanh Hà" in given
    assert "Đang hiệu lực" in given
    received = world.deputy_director.client.get("/uy-quyen").texts("//section[@id='duoc-nhan']")[0]
    assert "Nguyễn Hữu Thắng" in received
    assert "Chấm dứt" not in received


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to_post": ""}, "Hãy chọn người được ủy quyền"),
        ({"reason": " "}, "Hãy nêu lý do"),
        ({"scope": "everything"}, "Lựa chọn"),
        ({"ends_on": ""}, "Hãy nhập ngày kết thúc"),
        ({"starts_on": "20/11"}, "sớm nhất từ hôm nay"),
    ],
)
def test_a_delegation_needs_its_particulars(world, changes, words):
    page = world.director.client.post("/uy-quyen/moi", delegate(world, **changes), expect=422)

    assert words in " ".join(page.errors)
    assert session.scalars(select(Delegation)).all() == []


def test_a_delegation_does_not_leave_the_agency(world):
    page = world.director.client.post(
        "/uy-quyen/moi", delegate(world, to_post=str(world.director2.post_id)), expect=422
    )
    assert "Lựa chọn không có trong danh sách" in " ".join(page.errors)


def test_a_delegation_is_ended_once(world):
    world.director.client.post("/uy-quyen/moi", delegate(world))
    delegation = session.scalars(select(Delegation)).one()
    address = f"/uy-quyen/{delegation.id}/cham-dut"

    refused = world.deputy_director.client.submit(address, {}, expect=403)
    assert "Chỉ người đã ủy quyền" in refused.text
    world.specialist.client.submit(address, {}, expect=404)
    world.director.client.post(address, form_at="/uy-quyen")
    world.director.client.submit(address, {}, expect=409)

    assert len(events("DelegationRevoked")) == 1
    assert "Đã chấm dứt" in world.director.client.get("/uy-quyen").text


def test_the_administrator_sees_and_ends_the_agencys_delegations(world):
    world.director.client.post("/uy-quyen/moi", delegate(world))
    delegation = session.scalars(select(Delegation)).one()

    assert "Bùi Thanh Hà" in world.admin.client.get("/uy-quyen").texts("//section[@id='co-quan']")[0]
    assert "Ủy quyền trong cơ quan" not in world.clerk.client.get("/uy-quyen").text
    world.admin.client.post(f"/uy-quyen/{delegation.id}/cham-dut", form_at="/uy-quyen")
    assert session.scalars(select(Delegation)).one().revoked_at is not None


# ── thông tin của tôi ────────────────────────────────────────────────────────


def test_one_keeps_up_ones_own_contact(world):
    client = world.specialist.client
    client.post("/ho-so-ca-nhan", {"phone": "028 3822 1111", "email": "ngoc@tphcm.gov.vn"})

    person = session.get(Person, world.specialist.person_id)
    assert (person.phone, person.email, person.version) == ("028 3822 1111", "ngoc@tphcm.gov.vn", 2)
    assert events("ProfileSaved")[0].changes["contact_phone"] == ["", "028 3822 1111"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"phone": "gọi tôi"}, "Số điện thoại chỉ gồm"),
        ({"email": "khong-phai-thu"}, "thư điện tử không đúng"),
        ({"email": "a@b.vn\r\nBcc: x@y.vn"}, "thư điện tử không đúng"),
        ({"email": "a@b.vn,c@d.vn"}, "thư điện tử không đúng"),
    ],
)
def test_contacts_that_are_none(world, data, words):
    page = world.specialist.client.post("/ho-so-ca-nhan", data, expect=422)
    assert words in " ".join(page.errors)
    assert not events("ProfileSaved")


def test_a_stale_profile_keeps_what_was_typed(world):
    page = world.specialist.client.post("/ho-so-ca-nhan", {"phone": "028 1", "version": "0"}, expect=409)
    assert page.form("/ho-so-ca-nhan")["phone"] == "028 1"


def test_extra_fields_do_nothing(world):
    world.specialist.client.post(
        "/ho-so-ca-nhan",
        {"phone": "028 1", "username": "khac", "active": "", "agency_id": "1", "password_hash": "x"},
    )
    person = session.get(Person, world.specialist.person_id)
    assert (person.username, person.active, person.agency_id) == (
        "specialist",
        True,
        world.specialist.agency_id,
    )


def test_shortcuts_are_switched_off_and_on(world):
    client = world.specialist.client
    client.post("/ho-so-ca-nhan/phim-tat", form_at="/ho-so-ca-nhan", form_action="/phim-tat")
    assert client.get("/ho-so-ca-nhan").tree.xpath("string(//body/@data-shortcuts)") == "off"
    client.post("/ho-so-ca-nhan/phim-tat", form_at="/ho-so-ca-nhan", form_action="/phim-tat")
    assert client.get("/ho-so-ca-nhan").tree.xpath("string(//body/@data-shortcuts)") == "on"


def test_devices_are_listed_and_ended(world):
    client = world.specialist.client
    client.get("/ho-so-ca-nhan")
    open_session(world.specialist.person_id, world.specialist.post_id)
    open_session(world.specialist.person_id, world.specialist.post_id)
    other = session.scalars(
        select(UserSession.id).where(UserSession.person_id == world.specialist.person_id).order_by(UserSession.id.desc())
    ).first()  # fmt: skip
    assert "Thiết bị này" in client.get("/ho-so-ca-nhan").text

    client.post(f"/ho-so-ca-nhan/phien/{other}/thu-hoi", form_at="/ho-so-ca-nhan")
    client.submit(f"/ho-so-ca-nhan/phien/{other}/thu-hoi", {}, expect=409)
    world.head.client.submit(f"/ho-so-ca-nhan/phien/{other}/thu-hoi", {}, expect=404)
    client.post("/ho-so-ca-nhan/phien/thu-hoi-khac", form_at="/ho-so-ca-nhan")

    live = session.scalars(
        select(UserSession).where(
            UserSession.person_id == world.specialist.person_id, UserSession.revoked_at.is_(None)
        )
    ).all()
    assert len(live) == 1
    assert [e.data["count"] for e in events("SessionsRevoked")] == [1, 1]


def test_the_profile_shows_absence_and_stand_ins(world):
    absence_of(world.director, deputy_post_id=world.deputy_director.post_id)
    text = world.deputy_director.client.get("/ho-so-ca-nhan").text
    assert "Đang làm thay Nguyễn Hữu Thắng" in text
    assert "Nghỉ phép" in world.director.client.get("/ho-so-ca-nhan").texts("//section[@id='vang-mat']")[0]
