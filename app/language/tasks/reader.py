"""Đọc nhiệm vụ: walks the paragraphs of a document with what the paragraphs above them have said.

A heading that names a body leads every point under it; a lead-in that ends with a colon leads the list; a deadline said
once for a list holds for each of its points. A text that only explains, answers or gives an opinion has no lead-in that
orders, and nothing is made of its verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.language.heading.reader import heading_of
from app.language.heading.zones import read_zones
from app.language.layout.labels import Level
from app.language.layout.paragraphs import Paragraph
from app.language.tasks.assigning import read_paragraph
from app.language.tasks.deadlines import DeadlineContext
from app.language.tasks.gates import ORDERING_TYPES, addressees_of, has_no_tasks, year_in
from app.language.tasks.model import Reading, ReadTask, Scope, Walk
from app.language.tasks.periods import deadline_of_list, remember_day
from app.language.tasks.scopes import are_acts, below_of, sets_scope
from app.language.tasks.sentences import without_quotations

__all__ = ["ReadTask", "Reading", "read_tasks"]

MOST_TASKS = 500


def read_tasks(
    text: str, *, is_working: Callable[[date], bool] | None = None, today: date | None = None
) -> Reading:
    """Đọc các nhiệm vụ mà văn bản giao.

    :param is_working: the office's calendar, for deadlines counted in working days; Monday to Friday without it.
    :param today: stands in where the text has no date (a pasted passage), so that "15/6" has a year.
    """
    zones = read_zones(text)
    heading = heading_of(zones)
    if has_no_tasks(heading, zones):
        return Reading(heading, ())
    context = DeadlineContext(
        heading.issued_on, heading.year or (today.year if today else year_in(zones)), {}, None
    )
    if is_working:
        context = replace(context, is_working=is_working)
    walk = Walk(zones, heading, addressees_of(zones), context, zones.body)
    walk.scopes.append(_root(walk))
    _visit_all(walk)
    return Reading(heading, tuple(walk.tasks[:MOST_TASKS]))


def _root(walk: Walk) -> Scope:
    return Scope(-1, is_ordering=walk.heading.type in ORDERING_TYPES)


def _visit_all(walk: Walk) -> None:
    skip = -1
    for index, paragraph in enumerate(walk.paragraphs):
        if index <= skip or len(walk.tasks) >= MOST_TASKS:
            continue
        skip = _visit(walk, index, paragraph)


def _visit(walk: Walk, index: int, paragraph: Paragraph) -> int:
    """Read one paragraph; answers the index of the last one read with it (details below an assignment)."""
    _leave(walk, paragraph)
    text = without_quotations(paragraph.text)
    below = below_of(walk, index)
    remember_day(walk, paragraph, text)
    if sets_scope(walk, index, paragraph, text, below):
        walk.below_title = True
        return index
    walk.below_title &= paragraph.level is Level.TEXT
    if deadline_of_list(walk, text):
        return index
    made = read_paragraph(walk, paragraph, text, has_list=bool(below))
    if made and below and not are_acts(walk, below):
        return below[-1]
    return index


def _leave(walk: Walk, paragraph: Paragraph) -> None:
    """Scopes at the paragraph's depth or deeper are over; a plain paragraph is below every mark but a list's end."""
    if paragraph.level is Level.TEXT:
        return
    while len(walk.scopes) > 1 and walk.scopes[-1].depth >= paragraph.level:
        walk.scopes.pop()
