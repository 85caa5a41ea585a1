"""Trang quản trị cơ quan: người dùng, vị trí, đơn vị, ngày nghỉ, thông tin cơ quan."""

from datetime import date

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import session
from app.core.text import fold, name_sort_key
from app.core.working_days import Holiday
from app.org import open_work, service
from app.org.models import Agency, Person, Post, Unit
from app.org.service.passwords import verify
from tests.world import open_session

PEOPLE, POSTS, UNITS = "/quan-tri/nguoi-dung", "/quan-tri/vi-tri", "/quan-tri/don-vi"


def events(name):
    return session.scalars(select(AuditEntry).where(AuditEntry.event == name)).all()


def person_of(who):
    return session.get(Person, who.person_id)


@pytest.fixture
def held(monkeypatch):
    """Việc giả định của các vị trí: post id → titles."""
    work: dict[int, list[str]] = {}
    monkeypatch.setattr(open_work, "_sources", {})
    open_work.add_source(
        open_work.Source(
            "test", "văn bản đang xử lý", 1, lambda p: len(work.get(p, [])),
            lambda p, n: [open_work.WorkItem(1, i, t, f"{i}/SXD") for i, t in enumerate(work.get(p, []))][:n],
        )
    )  # fmt: skip
    return work


# ── người dùng ───────────────────────────────────────────────────────────────


def test_people_are_listed_by_given_name_and_only_ones_own(world):
    page = world.admin.client.get(PEOPLE)
    names = page.texts("//tbody//a[@class='t']")

    assert names == sorted(names, key=name_sort_key)
    assert "Trần Bảo Ngọc" in names
    assert "Tô Vĩnh An" not in page.text


@pytest.mark.parametrize(("q", "found"), [("bao ngoc", True), ("NGỌC", True), ("quy hoach", False), ("%", False), ("_", False), ("ngoc' OR 1=1", False)])  # fmt: skip
def test_people_are_found_without_accents(world, q, found):
    page = world.admin.client.get(PEOPLE, query_string={"q": q})
    assert ("Trần Bảo Ngọc" in page.texts("//tbody//a[@class='t']")) is found


def test_a_long_list_pages_by_name(world):
    for n in range(120):
        name = f"Lê Văn {chr(0x41 + n % 26)}{n:03d}"
        session.add(
            Person(
                agency_id=world.admin.agency_id, full_name=name, sort_key=name_sort_key(name), search_key=fold(name),
                username=f"nguoi{n}", password_hash=None, settings={},
            )
        )  # fmt: skip
    session.commit()
    seen, url = [], PEOPLE
    while url:
        page = world.admin.client.get(url)
        seen += page.texts("//tbody//a[@class='t']")
        following = page.tree.xpath("//a[@rel='next']/@href")
        url = following[0] if following else None
    assert len(seen) == len(set(seen)) == 120 + 8
    assert seen == sorted(seen, key=name_sort_key)


@pytest.mark.parametrize(
    "key", ["x", "bm90LWpzb24", "WzEsMl0", "W10", "9" * 900, "WyJhIiwxMDAwMDAwMDAwMDAwMDAwMDAwMDAwXQ"]
)
def test_a_broken_page_key_is_the_first_page(world, key):
    assert "Trần Bảo Ngọc" in world.admin.client.get(f"{PEOPLE}?sau={key}&tinh-trang=xyz").text


def test_adding_a_person_shows_the_password_once(world):
    page = world.admin.client.post(
        f"{PEOPLE}/them", {"full_name": "Trần Bích Thảo", "phone": "028 1"}, expect=200
    )

    person = session.scalars(select(Person).where(Person.username == "thao.tran")).one()
    shown = page.texts("//dl[@class='sum']//strong")[0]
    assert verify(person.password_hash, shown)
    assert shown not in world.admin.client.get(f"{PEOPLE}/{person.id}").text
    assert "Chưa đặt mật khẩu" in world.admin.client.get(f"{PEOPLE}/{person.id}").text
    assert len(events("PersonCreated")) == 1


def test_a_double_click_adds_one_person(world):
    form = world.admin.client.get(f"{PEOPLE}/them").form(f"{PEOPLE}/them") | {"full_name": "Trần Bích Thảo"}
    world.admin.client.submit(f"{PEOPLE}/them", form, expect=200)
    again = world.admin.client.submit(f"{PEOPLE}/them", form)

    person = session.scalars(select(Person).where(Person.full_name == "Trần Bích Thảo")).one()
    assert again.location == f"/danh-ba/nguoi/{person.id}"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"full_name": "\u200b "}, "Hãy nhập họ và tên"),
        ({"full_name": "x" * 101}, "100 ký tự"),
        ({"full_name": "Lê Tám", "username": "clerk2"}, "đã có người dùng"),
        ({"full_name": "Lê Tám", "username": "Lê"}, "chữ thường không dấu"),
        ({"full_name": "Lê Tám", "email": "x"}, "thư điện tử"),
        ({"full_name": "Lê Tám", "post": "17"}, "Lựa chọn"),
    ],
)
def test_adding_a_person_with_odd_input(world, data, words):
    before = len(session.scalars(select(Person)).all())
    page = world.admin.client.post(f"{PEOPLE}/them", data, expect=422)
    assert words in " ".join(page.errors)
    assert len(session.scalars(select(Person)).all()) == before


def test_names_are_hostile_and_shown_as_text(world):
    service.edit_person(
        world.admin.actor, world.specialist.person_id, full_name="<script>alert(1)</script> {{7*7}}", username="specialist", email="", phone=""
    )  # fmt: skip
    for url in (PEOPLE, f"{PEOPLE}/{world.specialist.person_id}", "/danh-ba", POSTS):
        page = world.admin.client.get(url)
        assert "<script>alert" not in page.markup
        assert "<script>alert(1)</script> {{7*7}}" in page.text


def test_editing_a_person(world):
    url = f"{PEOPLE}/{world.specialist.person_id}/sua"
    world.admin.client.post(url, {"full_name": "Trần Bảo Ngân"})

    assert person_of(world.specialist).sort_key == name_sort_key("Trần Bảo Ngân")
    assert events("PersonChanged")[0].changes == {"full_name": ["Trần Bảo Ngọc", "Trần Bảo Ngân"]}
    stale = world.admin.client.post(url, {"full_name": "Khác", "version": "1"}, expect=409)
    assert stale.form(url)["full_name"] == "Khác"
    world.admin2.client.submit(url, {"full_name": "Khác"}, expect=404)
    world.clerk.client.submit(url, {"full_name": "Khác"}, expect=403)


def test_locking_shows_the_work_and_waits(world, held):
    held[world.specialist.post_id] = ["Về việc cấp nước", "Về việc thoát nước"]
    url = f"{PEOPLE}/{world.specialist.person_id}/khoa"
    page = world.admin.client.get(url)
    assert "2 văn bản đang xử lý" in page.text
    assert "1/SXD" in page.text
    assert "Về việc cấp nước" not in page.text
    assert not page.has_form(url)

    refused = world.admin.client.submit(url, {}, expect=422)
    assert any("còn 2 văn bản đang xử lý" in e for e in refused.errors)
    assert person_of(world.specialist).active

    held.clear()
    world.admin.client.post(url)
    assert not person_of(world.specialist).active
    assert len(events("PersonDeactivated")) == 1
    world.admin.client.post(url, expect=409)


def test_a_locked_person_is_unlocked(world):
    service.deactivate_person(world.admin.actor, world.specialist.person_id)
    url = f"{PEOPLE}/{world.specialist.person_id}"
    assert "Trần Bảo Ngọc" in world.admin.client.get(f"{PEOPLE}?tinh-trang=locked").text
    world.admin.client.post(f"{url}/mo-khoa", form_at=url)

    assert person_of(world.specialist).active
    assert "Trần Bảo Ngọc" in world.admin.client.get(f"{PEOPLE}?tinh-trang=no_post").text
    world.admin.client.submit(f"{url}/mo-khoa", {}, expect=409)


def test_the_password_is_reset_and_shown_once(world):
    url = f"{PEOPLE}/{world.specialist.person_id}"
    page = world.admin.client.post(f"{url}/dat-lai-mat-khau", form_at=url, expect=200)

    assert verify(person_of(world.specialist).password_hash, page.texts("//dl[@class='sum']//strong")[0])
    assert len(events("PasswordReset")) == 1
    world.admin.client.submit(f"{PEOPLE}/{world.admin.person_id}/dat-lai-mat-khau", {}, expect=403)
    world.admin.client.submit(f"{PEOPLE}/{world.specialist_b.person_id}/dat-lai-mat-khau", {}, expect=404)
    world.director.client.submit(f"{url}/dat-lai-mat-khau", {}, expect=403)


def test_the_administrator_reads_no_documents(world):
    for url in ("/van-ban/den", "/van-ban/di"):
        world.admin.client.get(url, expect=403)


# ── vị trí việc làm ──────────────────────────────────────────────────────────


def test_a_post_is_added_with_its_holder(world):
    fresh = service.add_person(world.admin.actor, full_name="Lê Văn Tám").person
    page = world.admin.client.get(f"{POSTS}/them?nguoi={fresh.id}&don-vi={world.units['dept_plan']}")
    assert page.form(f"{POSTS}/them")["person"] == str(fresh.id)
    world.admin.client.post(
        f"{POSTS}/them",
        {"title": "Chuyên viên Quy hoạch", "unit": str(world.units["dept_plan"]), "roles": ["specialist", "secretary"], "person": str(fresh.id), "sort": ""},
    )  # fmt: skip

    post = session.scalars(select(Post).where(Post.title == "Chuyên viên Quy hoạch")).one()
    assert (post.person_id, post.roles, post.sort) == (fresh.id, ["secretary", "specialist"], 50)
    assert len(events("HolderChanged")) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"title": ""}, "Hãy nhập chức danh"),
        ({"title": "X", "roles": ["emperor"]}, "Vai trò không có trong danh sách"),
        ({"title": "X", "unit": "6"}, "Lựa chọn"),
        ({"title": "X", "person": "17"}, "Lựa chọn"),
        ({"title": "X", "sort": "một"}, "số nguyên"),
        ({"title": "X", "sort": "99999"}, "0 đến 9999"),
        ({"title": "X", "is_head": "y", "unit": "4"}, "đang đứng đầu"),
    ],
)
def test_adding_a_post_with_odd_input(world, data, words):
    page = world.admin.client.post(f"{POSTS}/them", data, expect=422)
    assert words in " ".join(page.errors)
    assert not events("PostSaved")


def test_nobody_gives_himself_rights(world):
    url = f"{POSTS}/{world.admin.post_id}/sua"
    refused = world.admin.client.post(url, {"roles": ["admin", "leader"]}, expect=403)
    assert "Không ai tự đổi vai trò" in refused.text
    assert session.get(Post, world.admin.post_id).roles == ["admin"]
    offered = world.admin.client.get(f"{POSTS}/{world.specialist.post_id}/nguoi-giu")
    assert not offered.tree.xpath(f"//option[@value='{world.admin.person_id}']")


def test_editing_a_post(world):
    url = f"{POSTS}/{world.specialist.post_id}/sua"
    page = world.admin.client.get(url)
    assert page.tree.xpath("//input[@name='roles'][@checked]/@value") == ["specialist"]
    world.admin.client.post(url, {"title": "Chuyên viên chính", "roles": ["specialist"]})

    assert session.get(Post, world.specialist.post_id).title == "Chuyên viên chính"
    world.admin.client.post(url, {"version": "1", "roles": ["specialist"]}, expect=409)
    world.admin2.client.get(url, expect=404)
    world.clerk.client.get(url, expect=403)


def test_a_new_holder_takes_over_at_once(world, held):
    held[world.specialist.post_id] = ["Về việc"]
    token = open_session(world.specialist.person_id, world.specialist.post_id)
    url = f"{POSTS}/{world.specialist.post_id}/nguoi-giu"
    assert "Việc ở lại với vị trí" in world.admin.client.get(url).text
    world.admin.client.post(url, {"person": str(world.specialist2.person_id)})

    assert session.get(Post, world.specialist.post_id).person_id == world.specialist2.person_id
    from app.org import queries

    assert queries.actor_for_session(token, ip=None, request_id=None) is None
    page = world.admin.client.get(f"{POSTS}/{world.specialist.post_id}/sua")
    assert "đến 23/11/2026" in page.texts("//section[@id='qua-trinh']")[0]
    same = world.admin.client.post(url, {"person": str(world.specialist2.person_id)}, expect=422)
    assert "đang do Cao Tuấn Kiệt giữ" in " ".join(same.errors)


def test_a_post_is_vacated_closed_and_reopened(world):
    post = f"{POSTS}/{world.specialist.post_id}"
    busy = world.admin.client.submit(f"{post}/dong", {}, expect=422)
    assert "đang do Trần Bảo Ngọc giữ" in busy.text
    world.admin.client.post(f"{post}/nguoi-giu", {"person": ""})
    assert "Trần Bảo Ngọc" not in world.admin.client.get(f"{POSTS}?tinh-trang=vacant").text
    world.admin.client.post(f"{post}/dong", form_at=f"{POSTS}?tinh-trang=vacant")
    assert not session.get(Post, world.specialist.post_id).active
    world.admin.client.submit(f"{post}/dong", {}, expect=409)
    world.admin.client.post(f"{post}/mo-lai", form_at=f"{POSTS}?tinh-trang=closed")
    world.admin.client.submit(f"{post}/mo-lai", {}, expect=409)
    assert [len(events(n)) for n in ("PostClosed", "PostReopened")] == [1, 1]


@pytest.mark.parametrize(("q", "count"), [("truong phong", 2), ("bao ngoc", 1), ("hạ tầng", 2), ("%", 0)])
def test_posts_are_found(world, q, count):
    page = world.admin.client.get(POSTS, query_string={"q": q})
    assert len(page.texts("//tbody//a[@class='t']")) == count


def test_posts_of_one_unit(world):
    page = world.admin.client.get(f"{POSTS}?don-vi={world.units['dept_plan']}")
    assert page.texts("//tbody//a[@class='t']") == ["Trưởng phòng Quy hoạch", "Chuyên viên"]
    assert world.admin.client.get(f"{POSTS}?don-vi={world.units['dept2_office']}").texts("//tbody//a") == []


# ── đơn vị ───────────────────────────────────────────────────────────────────


def test_units_are_kept(world):
    world.admin.client.post(
        f"{UNITS}/them",
        {"name": "Tổ Đấu thầu", "abbreviation": "TĐT", "parent": str(world.units["dept_plan"])},
    )
    unit = session.scalars(select(Unit).where(Unit.name == "Tổ Đấu thầu")).one()
    assert unit.parent_id == world.units["dept_plan"]
    world.admin.client.post(f"{UNITS}/{unit.id}/sua", {"name": "Tổ Mua sắm"})
    page = world.admin.client.get(UNITS)
    names = page.texts("//tbody//a[@class='t']")
    assert names.index("Tổ Mua sắm") == names.index("Phòng Quy hoạch") + 1
    world.admin.client.post(f"{UNITS}/{unit.id}/ngung", form_at=UNITS)
    world.admin.client.submit(f"{UNITS}/{unit.id}/ngung", {}, expect=409)
    world.admin.client.post(f"{UNITS}/{unit.id}/mo-lai", form_at=UNITS)
    world.admin.client.submit(f"{UNITS}/{unit.id}/mo-lai", {}, expect=409)
    assert [len(events(n)) for n in ("UnitSaved", "UnitClosed", "UnitReopened")] == [2, 1, 1]


def test_units_with_people_stay(world):
    url = f"{UNITS}/{world.units['dept_infra']}/ngung"
    assert "còn 2 vị trí" in world.admin.client.submit(url, {}, expect=422).text
    world.admin2.client.submit(url, {}, expect=404)
    world.head.client.submit(url, {}, expect=403)
    assert session.get(Unit, world.units["dept_infra"]).active


@pytest.mark.parametrize(
    ("data", "words"),
    [({"name": ""}, "Hãy nhập tên đơn vị"), ({"name": "phòng quy hoạch", "abbreviation": "X"}, "đã có đơn vị"), ({"name": "X", "abbreviation": "X", "parent": "6"}, "Lựa chọn")],
)  # fmt: skip
def test_units_with_odd_input(world, data, words):
    page = world.admin.client.post(f"{UNITS}/them", data, expect=422)
    assert words in " ".join(page.errors)
    assert not events("UnitSaved")


# ── lịch nghỉ, cơ quan ───────────────────────────────────────────────────────


def test_the_citys_administrator_keeps_the_calendar(world):
    client = world.city_admin.client
    client.post("/quan-tri/ngay-nghi/them", {"day": "25/12/2026", "name": "Nghỉ bù"})
    assert "Thứ Sáu, 25/12/2026" in client.get("/ngay-nghi").text
    client.post("/quan-tri/ngay-nghi/20261225/sua", {"name": "Nghỉ hoán đổi"})
    assert session.get(Holiday, date(2026, 12, 25)).name == "Nghỉ hoán đổi"
    client.post("/quan-tri/ngay-nghi/20261225/xoa", form_at="/ngay-nghi")
    assert session.get(Holiday, date(2026, 12, 25)) is None
    assert len(events("HolidaysChanged")) == 3
    client.submit("/quan-tri/ngay-nghi/20261225/xoa", {}, expect=404)
    client.get("/quan-tri/ngay-nghi/20261231/sua", expect=404)
    client.get("/quan-tri/ngay-nghi/20261399/sua", expect=404)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"day": "30/02/2027", "name": "X"}, "30/02"),
        ({"day": "02/09/2026", "name": "X"}, "đã có trong danh sách"),
        ({"day": "25/12/2026", "name": ""}, "Hãy nhập tên gọi"),
        ({"day": "25/12/2026", "is_working": "worked", "name": "Làm bù"}, "thứ Bảy hoặc Chủ nhật"),
    ],
)
def test_days_that_cannot_be(world, data, words):
    page = world.city_admin.client.post("/quan-tri/ngay-nghi/them", data, expect=422)
    assert words in " ".join(page.errors)
    assert not events("HolidaysChanged")


def test_the_official_calendar_of_a_year_is_loaded(world):
    client = world.city_admin.client
    client.post("/quan-tri/ngay-nghi/2026/nap", form_at="/ngay-nghi?nam=2026")
    rows = dict(
        session.execute(select(Holiday.day, Holiday.name).where(Holiday.day >= date(2026, 1, 1))).all()
    )
    assert date(2026, 4, 30) in rows
    assert rows[date(2026, 9, 2)] == "Quốc khánh"
    assert session.get(Holiday, date(2026, 8, 22)).is_working
    assert len(events("HolidaysChanged")) == 1
    client.post("/quan-tri/ngay-nghi/2026/nap", form_at="/ngay-nghi?nam=2026")
    assert len(events("HolidaysChanged")) == 1
    client.submit("/quan-tri/ngay-nghi/1999/nap", {}, expect=422)
    world.admin.client.submit("/quan-tri/ngay-nghi/2026/nap", {}, expect=403)


def test_others_read_the_calendar_only(world):
    page = world.specialist.client.get("/ngay-nghi?nam=2027")
    assert "Tết Dương lịch" in page.text
    assert "Thêm ngày" not in page.text
    assert "Thêm ngày" not in world.admin.client.get("/ngay-nghi").text
    for who, status in ((world.admin, 403), (world.specialist, 403)):
        who.client.get("/quan-tri/ngay-nghi/them", expect=status)
        who.client.submit("/quan-tri/ngay-nghi/20270101/xoa", {}, expect=status)
    assert session.get(Holiday, date(2027, 1, 1)) is not None


def test_the_agencys_particulars(world):
    page = world.admin.client.get("/quan-tri/co-quan")
    assert "H29.15" in page.text
    world.admin.client.post("/quan-tri/co-quan", {"phone": "028 3932 6214", "absence_needs_deputy": "y"})
    agency = session.get(Agency, world.agencies["dept"])
    assert (agency.phone, agency.settings["absence_needs_deputy"]) == ("028 3932 6214", True)
    world.admin.client.post("/quan-tri/co-quan", {"version": "1"}, expect=409)
    missing = world.specialist.client.post("/vang-mat", {"quick": "today"}, expect=422)
    assert "chọn người thay" in " ".join(missing.errors)
    world.clerk.client.get("/quan-tri/co-quan", expect=403)


# ── bàn làm việc ─────────────────────────────────────────────────────────────


def test_the_administrators_home_counts_posts_and_people(world):
    service.change_holder(world.admin.actor, world.specialist.post_id, person_id=None)
    page = world.admin.client.get("/")
    figures = page.texts("//ul[contains(@class,'glance')]//a")
    assert any("Chưa có vị trí" in f and f.startswith("1") for f in figures), figures
    assert f"{POSTS}?tinh-trang=vacant" in page.links()


def test_the_secretary_sees_who_is_away_today(world):
    assert "Vắng mặt hôm nay" not in world.clerk.client.get("/").text
    service.enter_absence(
        world.director.actor, person_id=world.director.person_id, reason="business", starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 24),
        deputy_post_id=world.deputy_director.post_id,
    )  # fmt: skip
    shown = world.clerk.client.get("/").texts("//section[@id='vang-hom-nay']")[0]
    assert "Nguyễn Hữu Thắng" in shown
    assert "thay: Bùi Thanh Hà" in shown
