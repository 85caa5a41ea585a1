"""Bàn làm việc: packages contribute blocks and glance figures for each role; the shell only arranges them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from app.core.actor import Actor


@dataclass(frozen=True)
class Glance:
    """Ô tổng quan: a figure that is a link to exactly its rows."""

    figure: int | str
    words: str
    detail: str
    url: str
    late: bool = False


@dataclass(frozen=True)
class Block:
    """Một khối của bàn làm việc."""

    key: str
    roles: frozenset[str]
    column: str  # "main" or "side"
    order: int
    render: Callable[[Actor], str | None]  # markup of a panel, or nothing to show for this actor


@dataclass(frozen=True)
class GlanceSource:
    """Nguồn của một ô tổng quan."""

    key: str
    roles: frozenset[str]
    order: int
    build: Callable[[Actor], Glance | None]


_blocks: dict[str, Block] = {}
_glances: dict[str, GlanceSource] = {}


def add_block(block: Block) -> None:
    """Góp một khối; called only from ``<package>/wiring.py``."""
    _blocks[block.key] = block


def add_glance(source: GlanceSource) -> None:
    """Góp một ô tổng quan."""
    _glances[source.key] = source


def glances_for(actor: Actor) -> list[Glance]:
    """Các ô tổng quan của người này, nhiều nhất bốn."""
    sources = sorted((s for s in _glances.values() if s.roles & actor.roles), key=lambda s: s.order)
    return [g for s in sources if (g := s.build(actor))][:4]


def blocks_for(actor: Actor, column: str) -> list[Markup]:
    """Các khối của một cột."""
    blocks = sorted(
        (b for b in _blocks.values() if b.column == column and b.roles & actor.roles), key=lambda b: b.order
    )
    # Each block is a template's own output, escaped there.
    return [Markup(html) for b in blocks if (html := b.render(actor))]  # noqa: S704
