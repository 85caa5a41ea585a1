"""Hạn trả lời: the day by which a letter asks its readers to answer, report or send something."""

from __future__ import annotations

import re
from datetime import date

from app.language.heading.reader import Heading
from app.language.heading.zones import Zones, read_zones
from app.language.layout.lines import folded
from app.language.tasks.deadlines import DeadlineContext, find_deadlines
from app.language.tasks.sentences import sentences, without_quotations

_ASKS = re.compile(
    r"(?<!\w)(?:de\s+nghi|yeu\s+cau|gui|bao\s+cao|tra\s+loi|co\s+y\s+kien|tham\s+gia\s+y\s+kien|gop\s+y|phan\s+hoi|nop|dang\s+ky|cung\s+cap|tong\s+hop|thoi\s+han|hoan\s+thanh)(?!\w)"
)
_ANSWERS = re.compile(r"(?<!\w)(?:gui|tra\s+loi|y\s+kien|phan\s+hoi|bao\s+cao|nop|dang\s+ky)(?!\w)")


def find_reply_by(text: str, heading: Heading) -> date | None:
    """Ngày đề nghị trả lời; of several the first at an answer or report, else the first at any request."""
    return reply_by_of(read_zones(text), heading)


def reply_by_of(zones: Zones, heading: Heading) -> date | None:
    """Như trên, khi văn bản đã chia phần."""
    context = DeadlineContext(heading.issued_on, heading.year)
    first: date | None = None
    for paragraph in zones.body:
        for _, piece in sentences(without_quotations(paragraph.text)):
            plain = folded(piece)
            if not _ASKS.search(plain):
                continue
            day = next((d.day for _, d in find_deadlines(piece, context) if d.day), None)
            if day is None:
                continue
            if _ANSWERS.search(plain):
                return day
            first = first or day
    return first
