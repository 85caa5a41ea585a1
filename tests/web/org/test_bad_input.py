"""Đầu vào xấu ở các trang tổ chức: never an error of the server, never a change."""

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.core.db import session
from tests.client import Page

HUGE = [2**63 - 1, 2**63, 10**30]
HOSTILE = [
    "\x00",
    "a\x00b",
    "\u202eTHẬT",
    "a\u2028b",
    "😀",
    "'--",
    "{{7*7}}${7*7}",
    "<svg onload=alert(1)>",
    "\u200b",
    "x" * 300_000,
]


def entries():
    return session.scalar(select(func.count()).select_from(AuditEntry))


@pytest.mark.parametrize("number", HUGE)
def test_ids_beyond_the_database_are_not_found(world, number):
    admin, city = world.admin.client, world.city_admin.client
    for url in ("/danh-ba/nguoi/{}", "/danh-ba/co-quan/{}", "/quan-tri/nguoi-dung/{}", "/quan-tri/vi-tri/{}/sua", "/quan-tri/don-vi/{}/sua", "/quan-tri/ban-giao/{}", "/quan-tri/nhap-danh-sach/{}"):  # fmt: skip
        assert admin._open("get", url.format(number)).status_code == 404, url
    assert city._open("get", f"/quan-tri/ngay-nghi/{number}/sua").status_code == 404
    for url in ("/vang-mat/{}/huy", "/uy-quyen/{}/cham-dut", "/ho-so-ca-nhan/phien/{}/thu-hoi", "/quan-tri/vi-tri/{}/dong", "/quan-tri/don-vi/{}/ngung", "/quan-tri/nguoi-dung/{}/mo-khoa"):  # fmt: skip
        admin.submit(url.format(number), {}, expect=404)
    for query in ("don-vi", "nguoi", "tu", "den"):
        assert admin._open("get", f"/quan-tri/vi-tri?{query}={number}").status_code == 200
    assert admin._open("get", f"/quan-tri/ban-giao/moi?tu={number}").status_code in (200, 404)
    assert admin._open("get", f"/quan-tri/ban-giao?truoc={number}").status_code == 200
    assert admin._open("get", f"/ngay-nghi?nam={number}").status_code == 200


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("/ho-so-ca-nhan", ("phone", "email")),
        ("/vang-mat", ("note", "starts_on", "ends_on", "reason", "deputy", "quick")),
        ("/uy-quyen/moi", ("reason", "starts_on", "ends_on", "scope", "to_post")),
        ("/quan-tri/nguoi-dung/them", ("username", "phone", "email", "post")),
        ("/quan-tri/vi-tri/them", ("sort", "unit", "roles", "person")),
        ("/quan-tri/don-vi/them", ("sort", "parent")),
        ("/quan-tri/co-quan", ("phone", "email")),
        ("/quan-tri/ban-giao/moi", ("from_post", "to_post", "reason")),
    ],
)
def test_hostile_words_in_every_field(world, url, fields, words):
    before = entries()
    client = world.admin.client
    form = (
        Page(client._open("get", url)).form(url)
        if url != "/quan-tri/ban-giao/moi"
        else {"csrf_token": client.csrf()}
    )
    page = Page(client._open("post", url, data={**form, **dict.fromkeys(fields, words)}))
    assert page.status in (302, 422), (url, page.status)
    if page.status == 422:
        assert entries() == before
    assert "<svg onload" not in page.markup


@pytest.mark.parametrize("q", [*HOSTILE[:-1], "((((", "%", "_", "\\", "x" * 5_000, "NEAR/"])
def test_searches_always_answer(world, q):
    for url in ("/danh-ba", "/danh-ba/co-quan", "/quan-tri/nguoi-dung", "/quan-tri/vi-tri"):
        page = world.admin.client.get(url, query_string={"q": q})
        assert "<svg onload" not in page.markup


def test_a_lone_surrogate_is_stored_safely_or_refused(world):
    client = world.admin.client
    body = f"csrf_token={client.csrf()}&name=%ED%A0%80To&abbreviation=T&request_key={'0' * 32}"
    answer = client._open(
        "post", "/quan-tri/don-vi/them", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (302, 422)
