"""Trang được đo tốc độ: packages name theirs in their wiring, ``manage.py bench`` opens them as their users would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.actor import Actor


@dataclass(frozen=True)
class BenchPage:
    """Một trang được đo.

    ``role`` and ``agency_kind`` say whose eyes see it ("clerk" of a "department"); ``url`` gives the address for that
    person, and may look into the database for it.
    """

    name: str
    title: str
    role: str
    agency_kind: str
    url: Callable[[Actor], str]


_pages: dict[str, BenchPage] = {}


def add_bench_page(page: BenchPage) -> None:
    """Góp một trang; called only from ``<package>/wiring.py``."""
    _pages[page.name] = page


def bench_pages() -> list[BenchPage]:
    """Các trang đã góp."""
    return list(_pages.values())
