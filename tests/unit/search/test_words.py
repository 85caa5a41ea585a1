"""Từ khóa: what is typed and what is stored become the same lexemes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.core.db import session
from app.search.words import question, vector, words_of
from tests.world import World


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("Hoà bình", "Hòa bình"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("THUỶ LỢI", "thủy lợi"),
        ("quý", "qúy"),
        (unicodedata.normalize("NFD", "Đường Nguyễn Huệ"), "đường nguyễn huệ"),
        ("kế-hoạch, số: 12/KH_UBND", "kế hoạch số 12 kh ubnd"),
    ],
)
def test_two_spellings_are_one_word(one: str, another: str) -> None:
    assert words_of(one) == words_of(another)


@pytest.mark.parametrize(("one", "another"), [("hoàn", "hòan"), ("đường", "dương"), ("toán", "tóan")])
def test_other_words_stay_apart(one: str, another: str) -> None:
    assert words_of(one) != words_of(another)


def test_words_are_kept_as_typed_and_folded_at_one_place() -> None:
    assert vector("Đường sá") == "'đường':1A 'duong':1C 'sá':2A 'sa':2C"
    assert vector("KH", "Kế hoạch", "12/KH") == (
        "'kh':1A,3A '12':2A 'kế':13B 'ke':13D 'hoạch':14B 'hoach':14D"
    )


def test_nothing_is_an_empty_vector() -> None:
    assert vector("((( % _ –") == ""
    assert words_of("((( % _ \u202e –") == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_word_can_break_out_of_its_quotes(title: str, body: str) -> None:
    # no parser of the database stands between: what Python calls a word is a lexeme
    for word in words_of(title + " " + body):
        assert "'" not in word
        assert "\\" not in word
        assert not word.isspace()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=80))
def test_a_text_is_found_by_its_own_words(database: None, title: str) -> None:
    words = words_of(title)[:15]
    found = session.execute(
        text("SELECT (CAST(:v AS tsvector) || array_to_tsvector(ARRAY['@7'])) @@ CAST(:q AS tsquery)"),
        {"v": vector(title), "q": question(words, 7, folded=False)},
    ).scalar_one()
    assert found
    assert not session.execute(
        text("SELECT CAST(:v AS tsvector) @@ CAST(:q AS tsquery)"),
        {"v": vector(title), "q": question(words, 7, folded=False)},
    ).scalar_one(), "without the agency's lexeme nothing is found"


@pytest.fixture(scope="module")
def database(process_app):
    """Một kết nối cho cả bộ ví dụ."""
    with process_app.app_context():
        yield
        session.remove()


def test_a_huge_body_of_different_words_still_fits(world: World) -> None:
    body = " ".join(f"từ{n}ừ" for n in range(200_000))
    size = session.execute(text("SELECT length(CAST(:v AS tsvector))"), {"v": vector("x", body)}).scalar_one()
    assert size > 10_000
    session.execute(text("SELECT CAST(:v AS tsvector)"), {"v": vector("a" * 5_000, "b" * 1_000_000)})
