"""Chữ cho hàng triệu dòng: subjects drawn once a month, with their search words half made."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.core.text import fold
from app.demo.data.documents.subjects import subject
from app.search.words import words_of

_GAP = 10  # positions between the title and the body, as the search service leaves them


@dataclass(frozen=True)
class Topic:
    """Trích yếu và phần từ khóa của nó."""

    type_name: str
    text: str
    lexemes: str
    words: int


def topics(rng: random.Random, field: str, when: date, place: str, count: int) -> list[Topic]:
    """Các trích yếu của một lĩnh vực trong một tháng."""
    found: list[Topic] = []
    while len(found) < count:
        about = subject(rng, field, when, place=place)
        if about.type_name != "Giấy mời":  # invitations belong to meetings
            found.append(make_topic(about.type_name, about.text))
    return found


def make_topic(type_name: str, text: str) -> Topic:
    """Một trích yếu với phần từ khóa của nó."""
    words = words_of(text)
    return Topic(type_name, text, _lexemes(words, 1, "A", "C"), len(words))


def vector(topic: Topic, reference: str, body: str, agency_id: int) -> str:
    """Cột ``tsv`` của một mục tra cứu: the same lexemes as ``app.search`` writes (a test holds that)."""
    marks = _reference_words(reference)
    head = topic.words + len(marks)
    middle = _lexemes(marks, topic.words + 1, "A", "C")
    return f"'@{agency_id}' {topic.lexemes} {middle} {_body(body, head + _GAP)}"


@lru_cache(maxsize=65_536)
def _body(body: str, first: int) -> str:
    return _lexemes(words_of(body), first, "B", "D")


def _reference_words(reference: str) -> list[str]:
    number, _, notation = reference.partition("/")
    return [number, *_notation_words(notation)] if number else []


@lru_cache(maxsize=4096)
def _notation_words(notation: str) -> list[str]:
    return words_of(notation)


def _lexemes(words: list[str], first: int, typed: str, folded: str) -> str:
    parts = []
    for position, word in enumerate(words, first):
        parts.append(f"'{word}':{position}{typed}")
        plain = _plain(word)
        if plain != word:
            parts.append(f"'{plain}':{position}{folded}")
    return " ".join(parts)


@lru_cache(maxsize=16_384)
def _plain(word: str) -> str:
    return fold(word)
