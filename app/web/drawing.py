"""Vẽ sẵn bằng Python: what a page has by the hundred and a template would draw slowly, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, g
from markupsafe import Markup, escape

from app.core import clock

_WIDTH, _LABEL = 170, 66  # of a plan bar, and of one of the dates below it, in pixels
_OPTIONS_KEPT = 8192
_DRAWN_KEPT = 8192


def option_list(offered: Iterable[Any], selected: Container[str]) -> Markup:
    """Các mục của một ô chọn: offered have ``value``, ``label``, ``detail`` and ``warning``."""
    return Markup("").join(
        _option(str(o.value), o.label, o.detail, o.warning, is_selected=str(o.value) in selected)
        for o in offered
    )


@lru_cache(_OPTIONS_KEPT)
def _option(value: str, label: str, detail: str, warning: str, *, is_selected: bool) -> Markup:
    about = Markup("").join(
        Markup(' data-{}="{}"').format(name, words)
        for name, words in (("detail", detail), ("warning", warning))
        if words
    )
    return Markup('<option value="{}"{}{}>{}</option>').format(
        value, " selected" if is_selected else "", about, escape(label)
    )


def drawn(macro: Callable[..., Markup], *values: Hashable) -> Markup:
    """Một mảnh của bảng, vẽ một lần cho mỗi bộ giá trị: what a macro makes of plain values is the same tomorrow.

    For the cells of long lists, whose rows are shown again and again. The macro is imported without context.
    """
    markup, icons = _drawn(macro, values, clock.today())
    g.setdefault("icons", set()).update(icons)
    return markup


@lru_cache(_DRAWN_KEPT)
def _drawn(
    macro: Callable[..., Markup], values: tuple[Hashable, ...], _today: date
) -> tuple[Markup, frozenset[str]]:
    page, g.icons = g.get("icons", set()), set()
    try:
        return macro(*values), frozenset(g.icons)
    finally:
        g.icons = page


@dataclass(frozen=True, slots=True)
class PlanBar:
    """Thanh kế hoạch: whole pixels from the left."""

    start: int
    width: int
    is_late: bool
    late_start: int
    late_width: int
    mark: int
    start_label: int
    due_label: int


def plan_bar(start: date, due: date, today: date, first: date, last: date, done: date | None) -> PlanBar:
    """Kế hoạch từ ngày giao đến hạn, và phần trễ đến ngày xong hay hôm nay; the bar spans ``first`` to ``last``."""
    span = max((last - first).days, 1)
    scale = _WIDTH / span
    until = done or today
    begin = round(max((start - first).days, 0) * scale)
    end = round(min((due - first).days + 1, span) * scale)
    reached = round(min((until - first).days, span) * scale)
    left = min(begin, _WIDTH - _LABEL)
    return PlanBar(
        start=begin,
        width=max(end - begin, 3),
        is_late=until > due,
        late_start=end,
        late_width=max(reached - end, 2),
        mark=round(min((today - first).days, span) * scale),
        start_label=left,
        due_label=min(max(end, left + _LABEL), _WIDTH),
    )


def init_app(app: Flask) -> None:
    """Đưa vào mẫu trang."""
    app.jinja_env.globals.update(drawn=drawn, option_list=option_list, plan_bar=plan_bar)
