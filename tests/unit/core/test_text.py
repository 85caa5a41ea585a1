"""Chữ Việt: one normal form, nothing invisible, sorted as a Vietnamese dictionary sorts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import clean_line, clean_text, fold, name_sort_key, nfc, reference_key, sort_key

any_text = st.text(st.characters(exclude_categories=[]), max_size=200)  # lone surrogates too


def test_folding_drops_every_vietnamese_mark() -> None:
    assert fold("ĐƯỜNG Nguyễn Huệ, Thừa Thiên – Huế") == "duong nguyen hue, thua thien – hue"
    assert fold(unicodedata.normalize("NFD", "Hoà bình, đặc khu Lý Sơn")) == "hoa binh, dac khu ly son"
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    assert set(fold(letters + letters.upper())) <= set("aeiouyd")


@given(any_text)
def test_every_text_becomes_storable(text: str) -> None:
    for made in (clean_line(text), clean_text(text), nfc(text), fold(text)):
        made.encode("utf-8")
        assert unicodedata.is_normalized("NFC", nfc(text))
    line = clean_line(text)
    assert clean_line(line) == line
    assert not any(unicodedata.category(c) == "Cc" for c in line)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert "\r" not in clean_text(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Văn   bản\tsố\n12 ", "Văn bản số 12"),
        ("a\x00b", "a b"),
        ("\u202egpj.exe", "gpj.exe"),
        ("Mậ\u200bt", "Mật"),
        ("x\u2028y", "x y"),
        ("\u200b\u200b", ""),
        ("\ud800", "?"),
    ],
)
def test_what_cannot_be_seen_does_not_stay(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_paragraphs_keep_their_lines() -> None:
    assert clean_text("Một \r\nHai\rBa\u202e\n\n") == "Một\nHai\nBa"


def test_words_sort_as_in_a_vietnamese_dictionary() -> None:
    words = ["đa", "da", "ẵm", "ăm", "âm", "am", "Áo", "ao", "zê", "ơ", "ô", "o", "ưu", "u", "y", "y tế"]
    assert sorted(words, key=sort_key) == [
        "am", "ao", "Áo", "ăm", "ẵm", "âm", "da", "đa", "o", "ô", "ơ", "u", "ưu", "y", "y tế", "zê",
    ]  # fmt: skip


def test_people_sort_by_given_name_then_family_name() -> None:
    names = ["Trần Văn Ân", "Nguyễn Thị An", "Lê Bình", "Đỗ Anh", "An", "Bùi An"]
    assert sorted(names, key=name_sort_key) == [
        "An",
        "Bùi An",
        "Nguyễn Thị An",
        "Đỗ Anh",
        "Trần Văn Ân",
        "Lê Bình",
    ]


@pytest.mark.parametrize(
    "spelling",
    ["5/QĐ-UBND", "05/qđ-ubnd", "Số 05 / QĐ - UBND", "số: 5/QD-UBND", "005/QĐ-UBND", " 5/QĐ-UBND "],
)
def test_every_spelling_of_a_number_has_one_key(spelling: str) -> None:
    assert reference_key(spelling) == "5/qd-ubnd"


def test_other_numbers_have_other_keys() -> None:
    assert reference_key("50/QĐ-UBND") != reference_key("5/QĐ-UBND")
    assert reference_key("Sở Xây dựng") == "soxaydung"
    assert reference_key("0") == "0"
