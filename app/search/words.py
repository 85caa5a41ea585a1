"""Từ khóa: how Vietnamese text becomes lexemes. Pure functions; the same for what is stored and what is asked."""

from __future__ import annotations

import re
from itertools import chain

from app.core.text import fold, nfc

_WORD = re.compile(r"[^\W_]+")
_WORD_CHARS = 60
_BODY_CHARS = 100_000  # about forty pages; a tsvector holds one megabyte at most
_LAST_POSITION = 16_000
_TITLE, _BODY, _TITLE_FOLDED, _BODY_FOLDED = "A", "B", "C", "D"
# Two ways of placing the tone in open syllables are one word: hoà = hòa, khoẻ = khỏe, thuỷ = thủy.
_OPEN = re.compile(r"(o|u)([àáảãạèéẻẽẹỳýỷỹỵ])(?!\w)")
_TONES = ("aàáảãạ", "eèéẻẽẹ", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ")
_TONE_OF = {letter: (row[0], tone) for row in _TONES for tone, letter in enumerate(row)}
_ROW_OF = {row[0]: row for row in _TONES}


def words_of(text: str) -> list[str]:
    """Các từ của một đoạn chữ, có dấu, chữ thường, dấu thanh đặt theo một cách."""
    return [w[:_WORD_CHARS] for w in _WORD.findall(_OPEN.sub(_move_tone, nfc(text).lower()))]


def _move_tone(match: re.Match[str]) -> str:
    first, (base, tone) = match.group(1), _TONE_OF[match.group(2)]
    return _ROW_OF[first][tone] + base


def vector(title: str, body: str = "", reference: str = "") -> str:
    """Dạng chữ của ``tsvector``: words as typed (A title, B body) and folded (C, D) at the same positions."""
    parts: dict[str, list[str]] = {}
    head = words_of(f"{title} {reference}")
    for position, word in enumerate(head, 1):
        _put(parts, word, position, _TITLE, _TITLE_FOLDED)
    for position, word in enumerate(words_of(body[:_BODY_CHARS]), len(head) + 10):
        _put(parts, word, min(position, _LAST_POSITION), _BODY, _BODY_FOLDED)
    return " ".join(f"'{word}':{','.join(places)}" for word, places in parts.items())


def _put(parts: dict[str, list[str]], word: str, position: int, typed: str, folded: str) -> None:
    parts.setdefault(word, []).append(f"{position}{typed}")
    plain = fold(word)
    if plain != word:
        parts.setdefault(plain, []).append(f"{position}{folded}")


def scope(agency_id: int) -> str:
    """Từ tố giới hạn cơ quan: no text can hold it, for words have no @."""
    return f"@{agency_id}"


def question(words: list[str], agency_id: int, *, folded: bool) -> str:
    """Dạng chữ của ``tsquery``: all the words, within one agency."""
    wanted = dict.fromkeys(fold(w) if folded else w for w in words)
    return " & ".join(f"'{w}'" for w in chain([scope(agency_id)], wanted))
