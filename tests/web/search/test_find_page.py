"""Trang tra cứu và ô tìm trên đầu mọi trang."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event as sa_event

from app.core.db import db
from app.core.records import RecordKind, grant_access, post_principal
from app.search import service
from tests.world import World

START = datetime(2026, 11, 1, tzinfo=UTC)


def put(world: World, record_id: int, title: str, reference: str = "") -> None:
    at = START + timedelta(hours=record_id)
    service.index(
        RecordKind.INCOMING,
        record_id,
        agency_ids=[world.agencies["dept"]],
        title=title,
        reference=reference,
        sort_at=at,
    )
    grant_access(
        RecordKind.INCOMING, record_id, [post_principal(world.clerk.post_id)], reason="party", sort_at=at
    )


def test_the_box_on_every_page_leads_here(world: World) -> None:
    page = world.clerk.client.get("/")
    assert page.tree.xpath("//form[@role='search' and @action='/tra-cuu']//input[@name='q']")


def test_results_link_to_their_records(world: World) -> None:
    put(world, 7, "Kế hoạch chống ngập", "15/KH-UBND")
    page = world.clerk.client.get("/tra-cuu?q=kế hoạch")
    assert page.h1 == "Tra cứu"
    link = page.tree.xpath("//section[@id='theo-tu']//a")[0]
    assert link.get("href").endswith("/7")
    assert "15/KH-UBND" in page.texts("//section[@id='theo-tu']//li")[0]
    assert page.tree.xpath("string(//input[@id='tra-cuu']/@value)") == "kế hoạch"


def test_a_number_has_its_own_part(world: World) -> None:
    put(world, 7, "Kế hoạch chống ngập", "15/KH-UBND")
    page = world.clerk.client.get("/tra-cuu?q=15/kh-ubnd")
    assert len(page.tree.xpath("//section[@id='theo-so']//li")) == 1
    assert not page.tree.xpath("//section[@id='theo-tu']")


def test_nothing_asked_and_nothing_found(world: World) -> None:
    assert "Gõ số, ký hiệu" in world.clerk.client.get("/tra-cuu").text
    assert "Gõ số, ký hiệu" in world.clerk.client.get("/tra-cuu?q=%20").text
    assert "Không tìm thấy “vũ trụ”." in world.clerk.client.get("/tra-cuu?q=vũ trụ").text


def test_wrong_marks_are_forgiven_and_told(world: World) -> None:
    put(world, 7, "Kế hoạch chống ngập")
    assert "không phân biệt dấu" in world.clerk.client.get("/tra-cuu?q=kề hoạch").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("(((", "chưa có chữ hoặc số"), ("%25", "chưa có chữ"), ("_", "chưa có chữ"), ("%00", "chưa có chữ"), ("a" * 10_000, "dài quá 200")],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(world: World, typed: str, said: str) -> None:
    assert said in world.clerk.client.get(f"/tra-cuu?q={typed}", expect=422).text


@pytest.mark.parametrize(
    "query",
    [
        "q=<script>alert(1)</script>a",
        "q=%7B%7B7*7%7D%7Da",
        "q=a&sau=xyz",
        "q=a&q=b",
        "q[]=a",
        "q=a&sau=" + "A" * 200,
        "q=%ff%fea",
    ],
)
def test_hostile_questions_are_plain_text(world: World, query: str) -> None:
    page = world.clerk.client.get(f"/tra-cuu?{query}")
    assert "49a" not in page.text
    assert not page.tree.xpath("//script[not(@src)]")


def test_pages_are_walked_by_key(world: World) -> None:
    for number in range(1, 121):
        put(world, number, f"Kế hoạch {number:03}")
    seen: list[str] = []
    url = "/tra-cuu?q=kế hoạch"
    while url:
        page = world.clerk.client.get(url)
        seen += page.texts("//section[@id='theo-tu']//li//a")
        url = page.tree.xpath("string(//a[@rel='next']/@href)")
    assert seen == [f"Kế hoạch {n:03}" for n in range(120, 0, -1)]


def test_strangers_see_the_sign_in_page(world: World) -> None:
    assert world.visitor.raw.get("/tra-cuu?q=a").headers["Location"].startswith("/dang-nhap")


def test_a_search_costs_few_statements(world: World) -> None:
    put(world, 7, "Kế hoạch chống ngập", "15/KH-UBND")
    client = world.clerk.client
    client.get("/tra-cuu")
    statements: list[str] = []

    def count(_conn, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET LOCAL")):
            statements.append(statement)

    sa_event.listen(db.engine, "before_cursor_execute", count)
    try:
        client.get("/tra-cuu?q=15 kề hoạch")
    finally:
        sa_event.remove(db.engine, "before_cursor_execute", count)
    assert len(statements) <= 9, statements
