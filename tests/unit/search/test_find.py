"""Tra cứu: with the reader's own rights, newest first, by words and by every spelling of a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from app.core.actor import StandIn
from app.core.db import session
from app.core.errors import Violations
from app.core.records import (
    RecordAccess,
    RecordKind,
    grant_access,
    post_principal,
    registry_principal,
    revoke_access,
)
from app.search import queries, service
from app.search.models import SearchEntry
from tests.world import Who, World

START = datetime(2026, 11, 1, tzinfo=UTC)
D = RecordKind.INCOMING


def put(
    world: World,
    record_id: int,
    title: str,
    *,
    to: Who | None = None,
    kind: RecordKind = D,
    agency: str = "dept",
    **more,
) -> None:
    at = START + timedelta(hours=record_id)
    service.index(kind, record_id, agency_ids=[world.agencies[agency]], title=title, sort_at=at, **more)
    if to is not None:
        grant_access(kind, record_id, [post_principal(to.post_id)], reason="party", sort_at=at)


def titles(who: Who, words: str) -> list[str]:
    results = queries.find(who.actor, words)
    return [f.title for f in (*results.by_number, *results.by_words)]


def test_newest_first_and_only_what_the_reader_may_see(world: World) -> None:
    put(world, 1, "Kế hoạch chống ngập", to=world.specialist)
    put(world, 2, "Kế hoạch trồng cây", to=world.specialist)
    put(world, 3, "Kế hoạch của phòng khác", to=world.specialist2)
    assert titles(world.specialist, "kế hoạch") == ["Kế hoạch trồng cây", "Kế hoạch chống ngập"]
    assert titles(world.head, "kế hoạch") == []

    revoke_access(D, 2, reason="party")
    assert titles(world.specialist, "kế hoạch") == ["Kế hoạch chống ngập"], "rights are those of now"


def test_marks_matter_when_typed_and_not_when_left_out(world: World) -> None:
    put(world, 1, "Đường Lê Lợi", to=world.clerk)
    put(world, 2, "Dương Lê Lợi", to=world.clerk)
    assert titles(world.clerk, "đường") == ["Đường Lê Lợi"]
    assert titles(world.clerk, "duong le loi") == ["Dương Lê Lợi", "Đường Lê Lợi"]
    loose = queries.find(world.clerk.actor, "dướng")
    assert len(loose.by_words) == 2
    assert loose.is_loose
    assert not queries.find(world.clerk.actor, "đường").is_loose


def test_all_words_must_be_there_in_title_body_or_number(world: World) -> None:
    put(world, 1, "Chống ngập", to=world.clerk, body="Trạm bơm Nguyễn Hữu Cảnh", reference="15/KH-UBND")
    assert titles(world.clerk, "trạm bơm ngập") == ["Chống ngập"]
    assert titles(world.clerk, "kh 15 bơm") == ["Chống ngập"]
    assert titles(world.clerk, "trạm bơm hạn") == []


@pytest.mark.parametrize("typed", ["5/QĐ-UBND", "05/qđ-ubnd", "Số 05 / QĐ - UBND", "5/q", "5"])
def test_a_number_is_found_in_any_spelling_by_its_beginning(world: World, typed: str) -> None:
    put(world, 1, "Quyết định", to=world.clerk, reference="05/QĐ-UBND")
    put(world, 2, "Một văn bản khác có số 15 và QĐ", to=world.clerk, reference="15/QĐ-UBND")
    results = queries.find(world.clerk.actor, typed)
    assert [f.record_id for f in results.by_number] == [1]
    assert not {f.record_id for f in results.by_number} & {f.record_id for f in results.by_words}


def test_a_number_obeys_rights_too(world: World) -> None:
    put(world, 1, "Quyết định", to=world.clerk, reference="05/QĐ-UBND")
    assert titles(world.specialist, "5/QĐ-UBND") == []
    assert titles(world.clerk2, "5/QĐ-UBND") == []


def test_other_agencies_find_nothing_even_with_access_rows(world: World) -> None:
    put(world, 1, "Kế hoạch", agency="dept2", to=world.clerk)
    assert titles(world.clerk, "kế hoạch") == []


def test_a_shared_record_is_found_in_each_of_its_agencies(world: World) -> None:
    both = [world.agencies["dept"], world.agencies["city"]]
    for agencies in (both, both[:1]):
        service.index(RecordKind.MEETING, 4, agency_ids=agencies, title="Họp giao ban", sort_at=START)
        grant_access(
            RecordKind.MEETING,
            4,
            [post_principal(world.clerk.post_id), post_principal(world.chairman.post_id)],
            reason="party",
            sort_at=START,
        )
        assert titles(world.clerk, "giao ban") == ["Họp giao ban"]
        assert titles(world.chairman, "giao ban") == (["Họp giao ban"] if agencies == both else [])


def test_indexing_again_replaces_and_removing_removes(world: World) -> None:
    put(world, 1, "Tên cũ", to=world.clerk, reference="1/A")
    put(world, 1, "Tên mới", to=world.clerk, reference="2/B")
    assert titles(world.clerk, "cũ") == []
    assert titles(world.clerk, "1/A") == []
    assert titles(world.clerk, "mới") == ["Tên mới"]
    service.remove(D, 1)
    assert titles(world.clerk, "mới") == []
    assert session.scalars(select(func.count()).select_from(SearchEntry)).one() == 0


def test_records_of_all_kinds_stand_in_one_list(world: World) -> None:
    for kind in (D, RecordKind.DIRECTIVE, RecordKind.MEETING):
        put(world, 7, f"Ngập {int(kind)}", to=world.clerk, kind=kind)
    results = queries.find(world.clerk.actor, "ngập", limit=2)
    more = queries.find(world.clerk.actor, "ngập", limit=2, after=results.next_key)
    assert [f.kind for f in (*results.by_words, *more.by_words)] == [4, 3, 1]
    assert more.next_key is None


def test_one_who_stands_in_finds_what_the_delegation_covers(world: World) -> None:
    put(world, 1, "Ngập văn bản", to=world.director)
    put(world, 2, "Ngập cuộc họp", to=world.director, kind=RecordKind.MEETING)
    principals = (post_principal(world.director.post_id),)

    def found(scope: str) -> list[str]:
        stands = StandIn(world.director.post_id, world.director.person_id, "", "", scope, principals)
        actor = replace(world.deputy_director.actor, stands_in=(stands,))
        return [f.title for f in queries.find(actor, "ngập").by_words]

    assert found("all") == ["Ngập cuộc họp", "Ngập văn bản"]
    assert found("documents") == ["Ngập văn bản"]
    assert found("meetings") == ["Ngập cuộc họp"]
    assert found("directives") == []


@pytest.mark.parametrize("typed", ["(((", "%", "_", "   ", "\x00", "\u200b", "–", "'\\", "*:"])
def test_words_without_a_letter_are_told(world: World, typed: str) -> None:
    with pytest.raises(Violations, match="chưa có chữ hoặc số"):
        queries.find(world.clerk.actor, typed)


def test_a_flood_of_words_is_told(world: World) -> None:
    with pytest.raises(Violations, match="dài quá 200"):
        queries.find(world.clerk.actor, "ngập " * 2_000)


@pytest.mark.parametrize(
    "typed",
    ["ngập & !", "ngập | cây", "'ngập", "ngập'--", "ngập:*", "<script>ngập", "ngập %", "NEAR/2 ngập", "a" * 200, "5' OR '1", "\ud800ngập", "5\U0010ffff"],
)  # fmt: skip
def test_signs_of_query_languages_are_only_signs(world: World, typed: str) -> None:
    put(world, 1, "Chống ngập", to=world.clerk)
    queries.find(world.clerk.actor, typed)


entry = st.tuples(
    st.integers(1, 12), st.sampled_from(["ngập úng", "kế hoạch", "ngập kế hoạch"]), st.sampled_from([0, 1, 2])
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(entry, max_size=20, unique_by=lambda e: e[0]), st.integers(1, 4))
def test_pages_together_are_exactly_what_matches_and_may_be_seen(world: World, entries, limit: int) -> None:
    session.execute(delete(SearchEntry))
    session.execute(delete(RecordAccess))
    own = (post_principal(world.clerk.post_id), registry_principal(world.agencies["dept"]))
    at = {r: START + timedelta(days=r // 3) for r, _, _ in entries}
    for record_id, title, rights in entries:
        service.index(D, record_id, agency_ids=[world.agencies["dept"]], title=title, sort_at=at[record_id])
        grant_access(D, record_id, own[:rights], reason="party", sort_at=at[record_id])
    expected = sorted(
        (r for r, t, rights in entries if "ngập" in t and rights), key=lambda r: (at[r], r), reverse=True
    )

    found: list[int] = []
    after = None
    while True:
        results = queries.find(world.clerk.actor, "ngập", after=after, limit=limit)
        found += [f.record_id for f in results.by_words]
        after = results.next_key
        if after is None:
            break
    assert found == expected
