"""Đăng nhập, đăng xuất, đổi mật khẩu, chuyển vị trí: what a stranger, a thief and a tired official may try."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import limits
from app.core.db import session
from app.org import service
from app.org.models import LoginAttempt, Person, Post, UserSession
from app.org.service.sign_in import WRONG
from tests.client import Client
from tests.world import PASSWORD, open_session


def sign_in(client, username, password=PASSWORD, **kwargs):
    page = client.post("/dang-nhap", {"username": username, "password": password}, **kwargs)
    client.token = token_of(client)
    return page


def token_of(client):
    with client.raw.session_transaction() as cookie:
        return cookie.get("_user_id")


def sent_to(client, url="/"):
    """Địa chỉ mà trang chuyển hướng đến, hoặc ``None`` khi trang mở được."""
    answer = client._open("get", url)
    assert answer.status_code in (200, 302)
    return answer.headers.get("Location")


def events(name, person_id):
    return session.scalars(
        select(AuditEntry).where(AuditEntry.event == name, AuditEntry.person_id == person_id)
    ).all()


def test_signing_in_opens_the_home(world):
    client = world.visitor
    page = sign_in(client, "specialist")

    assert page.location == "/"
    assert client.get("/").status == 200
    opened = session.scalars(
        select(UserSession).where(UserSession.person_id == world.specialist.person_id)
    ).all()[-1]
    assert opened.token_hash != token_of(client)
    assert events("SignedIn", world.specialist.person_id)


@pytest.mark.parametrize("username", ["SPECIALIST", " specialist ", "Spècialist".replace("è", "e")])
def test_the_user_name_is_forgiving(world, username):
    assert sign_in(world.visitor, username).location == "/"


def test_the_form_is_ready_for_password_managers(world):
    page = world.visitor.get("/dang-nhap")

    assert page.tree.xpath("//input[@name='username']/@autocomplete") == ["username"]
    assert page.tree.xpath("//input[@name='password']/@autocomplete") == ["current-password"]
    assert page.tree.xpath("//input[@name='password']/@value") == []


def test_a_wrong_name_and_a_wrong_password_are_told_alike(world):
    unknown = sign_in(world.visitor, "khong.co.ai", expect=422)
    wrong = sign_in(world.visitor, "specialist", "sai mat khau roi", expect=422)
    session.get(Person, world.head.person_id).active = False
    session.commit()
    locked = sign_in(world.visitor, "head", expect=422)

    assert unknown.errors == wrong.errors == locked.errors == [WRONG]
    assert PASSWORD not in wrong.markup
    assert session.scalars(select(LoginAttempt.username_key)).all() == ["khong.co.ai", "specialist", "head"]
    assert not events("SignedIn", world.specialist.person_id)


def test_the_session_is_new_at_each_sign_in(world):
    client = world.visitor
    with client.raw.session_transaction() as cookie:
        cookie["_user_id"] = "ke-gian-dat-truoc"
    sign_in(client, "specialist")
    first = token_of(client)
    sign_in(client, "specialist", form_at="/mat-khau")

    assert first != "ke-gian-dat-truoc"
    assert token_of(client) != first


def test_ten_failures_make_the_account_wait_and_nobody_else(world, frozen_monday):
    for _ in range(limits.LOGIN_FAILURES):
        sign_in(world.visitor, "specialist", "sai", expect=422)

    blocked = sign_in(world.visitor, "specialist", expect=429)
    assert "sau 15 phút" in blocked.text
    assert sign_in(world.visitor, "head").location == "/"

    frozen_monday.shift(timedelta(minutes=limits.LOGIN_WINDOW_MINUTES, seconds=1))
    assert sign_in(world.visitor, "specialist").location == "/"


def test_an_unknown_account_waits_like_a_known_one(world):
    for _ in range(limits.LOGIN_FAILURES):
        sign_in(world.visitor, "khong.co.ai", "sai", expect=422)
    assert "sau 15 phút" in sign_in(world.visitor, "khong.co.ai", expect=429).text


def test_one_address_cannot_try_every_account(world, monkeypatch):
    monkeypatch.setattr(limits, "LOGIN_FAILURES_PER_ADDRESS", 5)
    for n in range(5):
        sign_in(world.visitor, f"ai.do{n}", "sai", expect=422)

    sign_in(world.visitor, "specialist", expect=429)
    other = sign_in(world.visitor, "specialist", environ_overrides={"REMOTE_ADDR": "10.0.0.9"})
    assert other.location == "/"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "javascript:alert(1)", "/%0d%0aSet-Cookie:x=1", "\\\\evil", "///evil.example", "/\t/evil.example"],
)  # fmt: skip
def test_after_sign_in_one_stays_in_the_house(world, target):
    client = world.visitor
    with client.raw.session_transaction() as cookie:
        cookie["after_sign_in"] = target
    client._open("get", f"/dang-nhap?next={target}")
    page = sign_in(client, "specialist")

    assert page.location is not None
    assert page.location.startswith("/")
    assert not page.location.startswith(("//", "/\\", "/\t"))
    assert "Set-Cookie:x" not in page.location or "%0d" in page.location.lower()


def test_one_returns_to_the_page_asked_for(world):
    client = world.visitor
    assert sent_to(client, "/mat-khau?q=ngoc") == "/dang-nhap"

    assert sign_in(client, "specialist").location == "/mat-khau?q=ngoc"


def test_a_post_without_token_changes_nothing(world):
    client = world.specialist.client
    before = session.get(Person, world.specialist.person_id).password_hash
    answer = client._open(
        "post",
        "/mat-khau",
        data={"current": PASSWORD, "fresh": "mot cau that moi", "again": "mot cau that moi"},
    )

    assert answer.status_code == 400
    assert "tải lại trang" in answer.get_data(as_text=True)
    assert session.get(Person, world.specialist.person_id).password_hash == before


def test_a_token_of_another_session_is_refused(world):
    stolen = world.head.client.csrf()
    answer = world.specialist.client._open("post", "/dang-xuat", data={"csrf_token": stolen})

    assert answer.status_code == 400
    assert world.specialist.client.get("/").status == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost.evil.example", "http://localhost:81"]
)
def test_a_foreign_origin_is_refused(world, origin):
    client = world.specialist.client
    answer = client._open(
        "post", "/dang-xuat", data={"csrf_token": client.csrf()}, headers={"Origin": origin}
    )

    assert answer.status_code == 400
    assert client.get("/").status == 200


def test_a_copied_cookie_is_dead_after_signing_out(world):
    client = world.specialist.client
    thief = Client(client.app, token_of(client))
    assert thief.get("/").status == 200

    assert client.post("/dang-xuat", form_at="/", form_action="/dang-xuat").location == "/dang-nhap"

    assert sent_to(thief) == "/dang-nhap"
    assert events("SignedOut", world.specialist.person_id)


def test_an_idle_session_ends(world, frozen_monday):
    client = world.visitor
    sign_in(client, "specialist")
    frozen_monday.shift(timedelta(hours=limits.SESSION_IDLE_HOURS - 1))
    client.get("/")
    frozen_monday.shift(timedelta(hours=limits.SESSION_IDLE_HOURS - 1))
    client.get("/")
    frozen_monday.shift(timedelta(hours=limits.SESSION_IDLE_HOURS, seconds=1))
    assert sent_to(client) == "/dang-nhap"


def test_what_the_page_asks_for_by_itself_keeps_no_session_alive(world, frozen_monday):
    client = world.visitor
    sign_in(client, "specialist")
    frozen_monday.shift(timedelta(hours=limits.SESSION_IDLE_HOURS - 1))
    client.get("/", headers={"X-Background": "1"})
    frozen_monday.shift(timedelta(hours=2))
    assert sent_to(client) == "/dang-nhap"


def test_a_session_in_use_ends_after_thirty_days(world, frozen_monday):
    client = world.visitor
    sign_in(client, "specialist")
    for _ in range(limits.SESSION_DAYS * 3 - 1):
        frozen_monday.shift(timedelta(hours=8))
        assert sent_to(client, "/mat-khau") is None
    assert client.get("/mat-khau").status == 200
    frozen_monday.shift(timedelta(hours=8))
    assert sent_to(client, "/mat-khau") == "/dang-nhap"


@pytest.mark.parametrize("how", ["locked", "left_post", "closed_post", "revoked", "reset"])
def test_a_right_that_ended_is_gone_at_the_next_request(world, how):
    client = world.specialist.client
    client.get("/")
    if how == "locked":
        service.deactivate_person(world.admin.actor, world.specialist.person_id)
    elif how == "left_post":
        service.change_holder(world.admin.actor, world.specialist.post_id, person_id=None)
    elif how == "closed_post":
        session.get(Post, world.specialist.post_id).active = False
        session.commit()
    elif how == "reset":
        service.reset_password(world.admin.actor, world.specialist.person_id)
    else:
        row = session.scalars(
            select(UserSession).where(UserSession.person_id == world.specialist.person_id)
        ).one()
        service.revoke_session(world.specialist.actor, row.id)

    assert sent_to(client) == "/dang-nhap"


def test_changing_the_password_ends_the_other_devices(world):
    other = Client(
        world.specialist.client.app, open_session(world.specialist.person_id, world.specialist.post_id)
    )
    fresh = "con cho nho nha ben"

    page = world.specialist.client.post("/mat-khau", {"current": PASSWORD, "fresh": fresh, "again": fresh})

    assert page.location == "/"
    assert world.specialist.client.get("/").status == 200
    assert sent_to(other) == "/dang-nhap"
    assert events("PasswordChanged", world.specialist.person_id)
    assert sign_in(world.visitor, "specialist", fresh).location == "/"


@pytest.mark.parametrize(
    ("current", "fresh", "again", "words"),
    [
        ("sai", "con cho nho nha ben", None, "Mật khẩu hiện tại không đúng"),
        (PASSWORD, "ngan", None, "ít nhất 12 ký tự"),
        (PASSWORD, "matkhau12345", None, "dễ đoán"),
        (PASSWORD, "aaaaaaaaaaaaaaaa", None, "dễ đoán"),
        (PASSWORD, PASSWORD, None, "phải khác mật khẩu hiện tại"),
        (PASSWORD, "con cho nho nha ben", "con cho nho", "chưa giống nhau"),
        (PASSWORD, "", "", "Hãy nhập mật khẩu mới"),
        (PASSWORD, "x" * 201, None, "200 ký tự"),
    ],
)
def test_poor_passwords_are_refused(world, current, fresh, again, words):
    page = world.specialist.client.post(
        "/mat-khau",
        {"current": current, "fresh": fresh, "again": fresh if again is None else again},
        expect=422,
    )

    assert any(words in e for e in page.errors), page.errors
    assert sign_in(world.visitor, "specialist").location == "/"


def test_a_one_time_password_opens_only_the_change_of_password(world):
    account = service.reset_password(world.admin.actor, world.specialist.person_id)
    client = world.visitor
    sign_in(client, "specialist", account.password)

    assert sent_to(client) == "/mat-khau"
    page = client.get("/mat-khau")
    assert "mật khẩu tạm" in page.text
    fresh = "con meo vang tren mai"
    form = page.form("/mat-khau") | {"current": account.password, "fresh": fresh, "again": fresh}
    assert client._open("post", "/mat-khau", data=form).status_code == 302
    assert client.get("/").status == 200
    sign_in(world.visitor, "specialist", account.password, expect=422)


def test_one_switches_between_ones_posts_with_a_new_session(world):
    second = service.add_post(
        world.admin.actor, title="Thư ký Giám đốc", unit_id=None, roles=["secretary"], is_head=False, sort=20,
        person_id=world.specialist.person_id,
    )  # fmt: skip
    client = world.specialist.client
    old = token_of(client)
    assert "Thư ký Giám đốc" in client.get("/").text

    client.post("/vi-tri", {"post": str(second.id)}, form_at="/", form_action="/vi-tri")

    assert client.get("/").tree.xpath("string(//summary//span/span)") == "Thư ký Giám đốc"
    assert sent_to(Client(client.app, old)) == "/dang-nhap"
    assert events("PostSwitched", world.specialist.person_id)


def test_nobody_switches_to_a_post_of_another(world):
    client = world.specialist.client
    client.submit("/vi-tri", {"post": str(world.director.post_id)})

    assert "không thuộc về anh/chị" in client.get("/").text
    assert not events("PostSwitched", world.specialist.person_id)
