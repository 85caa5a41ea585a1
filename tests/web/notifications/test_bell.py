"""Chuông: the list, opening one, reading all, the figures a page asks for."""

from __future__ import annotations

import pytest
from sqlalchemy import event as sa_event
from sqlalchemy import select

from app.core.actor import SYSTEM
from app.core.db import db, session
from app.core.records import RecordKind, post_principal
from app.core.use_case import use_case
from app.notifications import service
from app.notifications.models import Notice, NoticePerson
from tests.unit.notifications.conftest import deliver_all
from tests.world import Who, World


@use_case
def _tell(_actor, who: Who, words: str, kind: int, record_id: int, urgent: bool) -> None:
    service.notice(
        kind=kind,
        record_id=record_id,
        words=words,
        principals=[post_principal(who.post_id)],
        urgent=urgent,
        mail=False,
    )


def tell(
    who: Who, words: str, *, kind: int = RecordKind.PACKAGE, record_id: int = 1, urgent: bool = False
) -> int:
    """Một thông báo đã đến tay; returns its id."""
    _tell(SYSTEM, who, words, kind, record_id, urgent)
    deliver_all()
    return session.scalars(select(Notice.id).order_by(Notice.id.desc())).first() or 0


def unread_of(who: Who) -> int:
    session.expire_all()
    return len(
        session.scalars(
            select(NoticePerson.notice_id).where(
                NoticePerson.person_id == who.person_id, NoticePerson.read_at.is_(None)
            )
        ).all()
    )


def test_unread_notices_stand_before_those_read(world: World) -> None:
    first = tell(world.specialist, "Văn bản 12/SNV chuyển đến anh/chị")
    tell(world.specialist, "Nhiệm vụ sắp đến hạn", urgent=True)
    service.mark_read(world.specialist.actor, first)

    page = world.specialist.client.get("/thong-bao")

    assert page.h1 == "Thông báo"
    assert page.texts("//section/div/h2") == ["Chưa đọc", "Đã đọc"]
    assert page.texts("//section[@id='chua-doc']//a") == ["Hỏa tốc Nhiệm vụ sắp đến hạn"]
    assert page.texts("//section[@id='da-doc']//a") == ["Văn bản 12/SNV chuyển đến anh/chị"]
    assert "1 chưa đọc" in page.tree.xpath("string(//a[@href='/thong-bao']/@aria-label)")


def test_an_empty_bell_says_so(world: World) -> None:
    page = world.specialist.client.get("/thong-bao")
    assert "Chưa có thông báo nào." in page.text
    assert not page.has_form("/thong-bao/da-doc")


def test_opening_one_marks_it_read_and_leads_to_the_record(world: World) -> None:
    from app.documents.models import Document

    document_id = session.scalars(select(Document.id)).first()
    notice_id = tell(world.clerk, "Văn bản đến", kind=RecordKind.INCOMING, record_id=document_id or 77)

    answer = world.clerk.client.raw.get(f"/thong-bao/{notice_id}")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/{document_id or 77}")
    assert unread_of(world.clerk) == 0


def test_a_notice_without_a_page_leads_back_to_the_list(world: World) -> None:
    notice_id = tell(world.clerk, "Gói tin")
    answer = world.clerk.client.raw.get(f"/thong-bao/{notice_id}")
    assert answer.headers["Location"] == "/thong-bao"
    assert "không kèm hồ sơ" in world.clerk.client.get("/thong-bao").text


@pytest.mark.parametrize(
    "path",
    [
        "/thong-bao/{other}",
        "/thong-bao/999999",
        "/thong-bao/9223372036854775807",
        "/thong-bao/99999999999999999999",
    ],
)
def test_the_notice_of_another_answers_like_none(world: World, path: str) -> None:
    other = tell(world.clerk, "Của văn thư")
    world.specialist.client.get(path.format(other=other), expect=404)
    assert unread_of(world.clerk) == 1


def test_reading_all_takes_those_shown(world: World) -> None:
    for number in range(3):
        tell(world.clerk, f"Thông báo {number}")
    page = world.clerk.client.get("/thong-bao")
    values = page.form("/thong-bao/da-doc")
    tell(world.clerk, "Đến sau khi trang đã mở")

    answer = world.clerk.client.submit("/thong-bao/da-doc", values)

    assert "Đã đánh dấu đọc 3 thông báo." in world.clerk.client.follow(answer).text
    assert unread_of(world.clerk) == 1


@pytest.mark.parametrize("newest", ["", "x", "-1", "1e9", "9" * 30, "١"])
def test_a_mistyped_mark_changes_nothing(world: World, newest: str) -> None:
    tell(world.clerk, "Một")
    answer = world.clerk.client.submit("/thong-bao/da-doc", {"newest": newest})
    assert "tải lại trang" in world.clerk.client.follow(answer).text
    assert unread_of(world.clerk) == 1


def test_a_long_list_is_walked_by_key_unread_first(world: World) -> None:
    ids = []
    for number in range(130):
        _tell(SYSTEM, world.clerk, f"Thông báo {number:03}", RecordKind.PACKAGE, number, False)
    deliver_all()
    ids = session.scalars(select(Notice.id).order_by(Notice.id)).all()
    service.mark_all_read(world.clerk.actor, ids[69])  # 70 read, 60 unread

    seen: list[str] = []
    url: str | None = "/thong-bao"
    while url:
        page = world.clerk.client.get(url)
        seen += page.texts("//li[contains(@class,'task')]//a")
        url = page.tree.xpath("string(//a[@rel='next']/@href)") or None

    assert len(seen) == 130
    assert seen == [f"Thông báo {n:03}" for n in range(129, -1, -1)]


@pytest.mark.parametrize(
    "query", ["chua-doc=x", "da-doc=-5", "da-doc=99999999999999999999", "chua-doc[]=1", "da-doc=0"]
)
def test_a_mistyped_page_is_still_a_page(world: World, query: str) -> None:
    tell(world.clerk, "Một")
    world.clerk.client.get(f"/thong-bao?{query}")


def test_the_words_of_a_notice_are_text_and_nothing_else(world: World) -> None:
    tell(world.clerk, '<script>alert(1)</script> {{7*7}} "><img src=x onerror=y>')
    page = world.clerk.client.get("/thong-bao")
    assert "<script>alert(1)</script> {{7*7}}" in page.text
    assert not page.tree.xpath("//img[@onerror]")


def test_the_figures_of_an_open_page(world: World) -> None:
    tell(world.clerk, "Một")
    answer = world.clerk.client.raw.get("/thong-bao/con-so")
    assert answer.get_json()["/thong-bao"] == 1


def test_strangers_see_the_sign_in_page(world: World) -> None:
    for path in ("/thong-bao", "/thong-bao/1", "/thong-bao/con-so"):
        assert world.visitor.raw.get(path).headers["Location"].startswith("/dang-nhap")


def test_the_list_costs_few_statements(world: World) -> None:
    for number in range(5):
        tell(world.clerk, f"Thông báo {number}")
    client = world.clerk.client
    client.get("/thong-bao")
    statements: list[str] = []

    def count(_conn, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET LOCAL")):
            statements.append(statement)

    sa_event.listen(db.engine, "before_cursor_execute", count)
    try:
        client.get("/thong-bao")
    finally:
        sa_event.remove(db.engine, "before_cursor_execute", count)
    assert len(statements) <= 8, statements
