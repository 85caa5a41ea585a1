"""Thời hạn trong bước đọc: of a task, of a whole list, and the days remembered for "thời gian tại khoản 1"."""

from __future__ import annotations

import re
from dataclasses import replace

from app.language.layout.labels import Level
from app.language.layout.lines import folded
from app.language.layout.paragraphs import Paragraph
from app.language.tasks import frames
from app.language.tasks.agencies import Sentence
from app.language.tasks.deadlines import Deadline, choose, find_deadlines
from app.language.tasks.model import Walk
from app.language.tasks.sentences import sentences

_FOR_ALL = re.compile(
    r"^\W*(?:(?:van\s+ban|y\s+kien|bao\s+cao|ket\s+qua|ho\s+so|danh\s+sach)\s.{0,80}?(?:gui|de\s+nghi\s+gui)(?!\w)|(?:cac|nhung)\s+(?:noi\s+dung|nhiem\s+vu|cong\s+viec)(?:\s+(?:neu\s+)?tren)?.{0,60}?(?:hoan\s+thanh|xong|thuc\s+hien)|(?:thoi\s+(?:gian|han)|han)\s+(?:hoan\s+thanh|thuc\s+hien|bao\s+cao)|hoan\s+thanh|yeu\s+cau\s+hoan\s+thanh|tat\s+ca\s+.{0,50}hoan\s+thanh)"
)


def deadline_in(walk: Walk, text: str) -> Deadline | None:
    """Thời hạn của một đoạn chữ."""
    return choose(find_deadlines(text, walk.context))


def deadline_of_list(walk: Walk, text: str) -> bool:
    """Thời hạn chung của danh sách: "Các nội dung trên hoàn thành trước ngày 30/6" holds for every point that has none."""
    if not _FOR_ALL.match(folded(text)) or len(text) > 300:
        return False
    deadline = deadline_in(walk, text)
    if deadline is None or not walk.tasks:
        return False
    for index in range(walk.list_start, len(walk.tasks)):
        if walk.tasks[index].deadline is None:
            walk.tasks[index] = replace(walk.tasks[index], deadline=deadline)
    walk.list_start = len(walk.tasks)
    return True


def remember_day(walk: Walk, paragraph: Paragraph, text: str) -> None:
    """Nhớ ngày nêu ở mỗi khoản, for "thời gian tại khoản 1"; and whom an order before a list names."""
    found = deadline_in(walk, text)
    day = found.day if found else None
    if paragraph.label and day:
        walk.context = replace(walk.context, points={**walk.context.points, paragraph.label.mark: day})
    if paragraph.level is Level.TEXT:
        for _, piece in sentences(text):
            frame = frames.order(Sentence(piece))
            if frame and frame.is_official and frame.lead:
                walk.pending = frame.lead
