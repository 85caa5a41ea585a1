"""Người dùng, vị trí, đơn vị: what an agency's administrator may do, and what is kept of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, StaleVersion, Violations, WrongState
from app.org import open_work, queries, service
from app.org.models import Person, Post, PostHolding, UserSession
from app.org.service import passwords, people
from app.org.service.passwords import draw_one_time, hash_password, verify
from tests.world import open_session


@pytest.fixture
def work(monkeypatch):
    """Việc giả định: post id → how many pieces of work it holds."""
    held: dict[int, int] = {}
    monkeypatch.setattr(open_work, "_sources", {})
    open_work.add_source(
        open_work.Source(
            "test", "văn bản đang xử lý", 1, lambda post: held.get(post, 0),
            lambda post, limit: [open_work.WorkItem(1, n, f"Văn bản {n}") for n in range(held.get(post, 0))][:limit],
        )
    )  # fmt: skip
    return held


def add(world, name="Trần Bích Ngọc", **kwargs):
    return service.add_person(world.admin.actor, full_name=name, **kwargs)


def events(name):
    return session.scalars(select(AuditEntry).where(AuditEntry.event == name)).all()


def test_a_person_is_added_with_a_one_time_password(world):
    account = add(world, "TRẦN BÍCH NGỌC")

    person = account.person
    assert (person.full_name, person.username, person.agency_id) == (
        "Trần Bích Ngọc",
        "ngoc.tran",
        world.admin.agency_id,
    )
    assert person.must_change_password
    assert account.password not in (person.password_hash or "")
    assert verify(person.password_hash, account.password.lower().replace("-", " "))
    assert events("PersonCreated")[0].changes["username"] == [None, "ngoc.tran"]


def test_the_second_of_a_name_gets_a_number(world):
    add(world)

    assert add(world).person.username == "ngoc.tran2"


def test_one_time_passwords_expire(world, frozen_monday):
    shown, stored = draw_one_time()
    assert verify(stored, shown)
    frozen_monday.shift(timedelta(days=7, seconds=1))
    assert not verify(stored, shown)
    assert not verify(None, shown)
    assert verify(hash_password("mot cau dai du"), "mot cau dai du")


@pytest.mark.parametrize("username", ["Ngoc", "ngọc", "a b", ".x", "x." * 40, "x/../y"])
def test_odd_user_names_are_refused(world, username):
    with pytest.raises(Violations, match="Tên đăng nhập chỉ gồm"):
        add(world, username=username)


def test_a_user_name_is_one_persons(world):
    with pytest.raises(Violations, match="đã có người dùng"):
        add(world, username=world.clerk2.username)


def test_every_answer_costs_one_slow_hash(monkeypatch):
    """Tên không có, mật khẩu tạm, mật khẩu riêng: the clock tells nothing about the account."""
    runs = []
    monkeypatch.setattr(passwords, "_matches", lambda hashed, _typed: runs.append(hashed[:8]) or False)
    for stored in (None, draw_one_time()[1], hash_password("mot cau dai du")):
        verify(stored, "sai")
    assert runs == ["$argon2i"] * 3


def test_two_administrators_take_one_name_at_once(world, monkeypatch):
    monkeypatch.setattr(people, "username_problems", lambda *_a, **_k: [])
    with pytest.raises(Violations, match="vừa có người dùng"):
        add(world, username="specialist")


def test_a_person_is_added_to_a_vacant_post(world):
    service.change_holder(world.admin.actor, world.specialist.post_id, person_id=None)

    account = add(world, post_id=world.specialist.post_id)

    assert session.get(Post, world.specialist.post_id).person_id == account.person.id
    with pytest.raises(Violations, match="vừa có người giữ"):
        add(world, "Lê Văn Tám", post_id=world.specialist.post_id)


def test_only_administrators_and_only_their_own_people(world):
    with pytest.raises(NotAllowed):
        service.add_person(world.clerk.actor, full_name="Lê Văn Tám")
    for act in (service.deactivate_person, service.activate_person, service.reset_password):
        with pytest.raises(NotFound):
            act(world.admin.actor, world.specialist_b.person_id)
    with pytest.raises(NotFound):
        service.edit_person(
            world.admin.actor, world.specialist_b.person_id, full_name="X", username="x", email="", phone=""
        )


def test_a_stale_form_is_refused(world):
    fields = {"full_name": "Trần Bảo Ngọc", "username": "specialist", "email": "", "phone": "028 1"}
    person = service.edit_person(world.admin.actor, world.specialist.person_id, version=1, **fields)
    assert (person.version, events("PersonChanged")[0].changes["contact_phone"]) == (2, ["", "028 1"])
    with pytest.raises(StaleVersion):
        service.edit_person(world.admin.actor, world.specialist.person_id, version=1, **fields)


def test_locking_ends_sessions_and_empties_posts(world):
    open_session(world.specialist.person_id, world.specialist.post_id)

    service.deactivate_person(world.admin.actor, world.specialist.person_id)

    person = session.get(Person, world.specialist.person_id)
    assert not person.active
    assert session.get(Post, world.specialist.post_id).person_id is None
    assert session.scalars(select(PostHolding.until).where(PostHolding.person_id == person.id)).one() == date(
        2026, 11, 23
    )
    live = select(UserSession).where(UserSession.person_id == person.id, UserSession.revoked_at.is_(None))
    assert session.scalars(live).all() == []
    with pytest.raises(WrongState):
        service.deactivate_person(world.admin.actor, person.id)
    with pytest.raises(WrongState):
        service.reset_password(world.admin.actor, person.id)


def test_locking_waits_for_the_hand_over(world, work):
    work[world.specialist.post_id] = 3

    with pytest.raises(Violations, match="còn 3 văn bản đang xử lý"):
        service.deactivate_person(world.admin.actor, world.specialist.person_id)
    assert session.get(Person, world.specialist.person_id).active


def test_nobody_locks_himself_and_the_last_administrator_stays(world):
    with pytest.raises(NotAllowed):
        service.deactivate_person(world.admin.actor, world.admin.person_id)
    second = add(world, "Lê Văn Tám").person
    service.add_post(
        world.admin.actor, title="Quản trị 2", unit_id=None, roles=["admin"], is_head=False, sort=9, person_id=second.id
    )  # fmt: skip
    acting = queries.actor_for_post(queries.posts_of_person(second.id)[0].id)
    service.change_holder(acting, world.admin.post_id, person_id=None)

    with pytest.raises(Violations, match="ít nhất một quản trị"):
        service.change_holder(acting, acting.post_id, person_id=None)


def test_unlocking(world):
    service.deactivate_person(world.admin.actor, world.specialist.person_id)
    person = service.activate_person(world.admin.actor, world.specialist.person_id)

    assert person.active
    with pytest.raises(WrongState):
        service.activate_person(world.admin.actor, person.id)


def test_a_reset_password_ends_sessions(world):
    token = open_session(world.specialist.person_id, world.specialist.post_id)

    account = service.reset_password(world.admin.actor, world.specialist.person_id)

    assert account.person.must_change_password
    assert queries.actor_for_session(token, ip=None, request_id=None) is None
    assert events("PasswordReset")
    with pytest.raises(NotAllowed):
        service.reset_password(world.admin.actor, world.admin.person_id)


def test_a_change_of_holder_keeps_the_history(world):
    fresh = add(world).person
    token = open_session(world.specialist.person_id, world.specialist.post_id)

    service.change_holder(world.admin.actor, world.specialist.post_id, person_id=fresh.id, version=1)

    rows = queries.holdings_of_post(world.specialist.post_id)
    assert [(p.full_name, h.since, h.until) for h, p in rows] == [
        ("Trần Bích Ngọc", date(2026, 11, 23), None),
        ("Trần Bảo Ngọc", date(2025, 7, 1), date(2026, 11, 23)),
    ]
    assert queries.actor_for_session(token, ip=None, request_id=None) is None
    entry = events("HolderChanged")[0]
    assert entry.changes["post_holder"] == ["Trần Bảo Ngọc", "Trần Bích Ngọc"]
    with pytest.raises(Violations, match="đang do Trần Bích Ngọc giữ"):
        service.change_holder(world.admin.actor, world.specialist.post_id, person_id=fresh.id)


def test_nobody_raises_his_own_rights(world):
    post = session.get(Post, world.admin.post_id)
    fields = {"title": post.title, "unit_id": post.unit_id, "is_head": False, "sort": 9}
    with pytest.raises(NotAllowed):
        service.edit_post(world.admin.actor, post.id, roles=["admin", "leader"], **fields)
    with pytest.raises(NotAllowed):
        service.add_post(world.admin.actor, roles=["leader"], person_id=world.admin.person_id, **fields)
    service.change_holder(world.admin.actor, world.director.post_id, person_id=None)
    with pytest.raises(NotAllowed):
        service.change_holder(world.admin.actor, world.director.post_id, person_id=world.admin.person_id)
    service.edit_post(world.admin.actor, post.id, roles=["admin"], **{**fields, "sort": 10})


def test_roles_change_with_before_and_after(world):
    post = session.get(Post, world.specialist.post_id)

    service.edit_post(
        world.admin.actor, post.id, title="Chuyên viên chính", unit_id=post.unit_id,
        roles=["specialist", "clerk", "nonsense"], is_head=False, sort=4,
    )  # fmt: skip

    changes = events("PostSaved")[0].changes
    assert changes["post_roles"] == [["specialist"], ["clerk", "specialist"]]
    assert changes["post_title"] == ["Chuyên viên", "Chuyên viên chính"]
    assert "post_sort" not in changes


def test_a_unit_has_one_head(world):
    with pytest.raises(Violations, match="đang đứng đầu Phòng Hạ tầng kỹ thuật"):
        service.add_post(
            world.admin.actor, title="Trưởng phòng", unit_id=world.units["dept_infra"], roles=["unit_head"], is_head=True, sort=3
        )  # fmt: skip


def test_a_post_closes_only_when_empty(world, work):
    with pytest.raises(Violations, match="đang do Trần Bảo Ngọc giữ"):
        service.close_post(world.admin.actor, world.specialist.post_id)
    service.change_holder(world.admin.actor, world.specialist.post_id, person_id=None)
    work[world.specialist.post_id] = 1
    with pytest.raises(Violations, match="còn 1 văn bản"):
        service.close_post(world.admin.actor, world.specialist.post_id)
    work.clear()

    post = service.close_post(world.admin.actor, world.specialist.post_id)

    assert not post.active
    with pytest.raises(WrongState):
        service.close_post(world.admin.actor, post.id)
    assert service.reopen_post(world.admin.actor, post.id).active
    with pytest.raises(WrongState):
        service.reopen_post(world.admin.actor, post.id)


def test_units_are_added_moved_and_closed(world):
    unit = service.add_unit(
        world.admin.actor, name="Tổ Đấu thầu", abbreviation="ĐT", parent_id=world.units["dept_infra"], sort=9
    )
    with pytest.raises(Violations, match="đã có đơn vị"):
        service.add_unit(world.admin.actor, name="tổ đấu thầu", abbreviation="X")
    with pytest.raises(Violations, match="dưới chính nó"):
        service.edit_unit(
            world.admin.actor, world.units["dept_infra"], name="Phòng Hạ tầng", abbreviation="HT", parent_id=unit.id, sort=1
        )  # fmt: skip
    with pytest.raises(Violations, match="còn 2 vị trí việc làm"):
        service.close_unit(world.admin.actor, world.units["dept_infra"])
    with pytest.raises(NotFound):
        service.close_unit(world.admin.actor, world.units["dept2_office"])

    service.close_unit(world.admin.actor, unit.id)

    assert not unit.active
    with pytest.raises(WrongState):
        service.close_unit(world.admin.actor, unit.id)
    assert service.reopen_unit(world.admin.actor, unit.id).active
