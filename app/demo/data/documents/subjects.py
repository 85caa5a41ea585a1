"""Trích yếu: about three hundred patterns by field and type, filled with places, projects and periods."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.demo.data.documents.slots import fill
from app.demo.data.documents.tables import (
    city,
    commune,
    construction,
    education,
    environment,
    finance,
    health,
    home_affairs,
    outside,
)
from app.demo.data.documents.types import document_type

LETTER: Final = "Công văn"

PATTERNS: Final[dict[str, dict[str, list[str]]]] = {
    "city": city.SUBJECTS,
    "commune": commune.SUBJECTS,
    "construction": construction.SUBJECTS,
    "education": education.SUBJECTS,
    "environment": environment.SUBJECTS,
    "finance": finance.SUBJECTS,
    "health": health.SUBJECTS,
    "home_affairs": home_affairs.SUBJECTS,
    "national": outside.NATIONAL,
    "private": outside.PRIVATE,
}
"""Field, then type, then patterns."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Loại và trích yếu của một văn bản."""

    type_name: str
    text: str
    """Trích yếu without the name of the type, as stored: "Tiến độ thực hiện dự án …"."""
    field: str

    @property
    def headline(self) -> str:
        """Tên loại và trích yếu viết liền, như trong sổ: "Báo cáo tiến độ thực hiện dự án …"."""
        return headline(self.type_name, self.text)


def subject(rng: random.Random, field: str, when: date, *, type_name: str = "", place: str = "") -> Subject:
    """Một trích yếu: of the given type, or of a type drawn in the shares of an office.

    ``place`` is the sender's own ward or commune ("phường An Khánh"), used where the pattern names one.
    """
    patterns = PATTERNS[field]
    chosen = type_name or document_type(rng, list(patterns))
    text = fill(rng, rng.choice(patterns[chosen]), when, place=place)
    return Subject(chosen, text[0].upper() + text[1:], field)


def headline(type_name: str, text: str) -> str:
    """Ghép tên loại với trích yếu; a letter shows its abstract alone."""
    if type_name == LETTER:
        return text
    first = text.split(" ", 1)[0]
    return f"{type_name} {text if _keeps_capital(first) else text[0].lower() + text[1:]}"


def _keeps_capital(word: str) -> bool:
    return word in {"Chính", "Quốc", "Hội"} or word.isupper()
