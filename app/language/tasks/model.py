"""Nhiệm vụ đọc được, và những gì nhớ trong khi đọc một văn bản."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.language.heading.reader import Heading
from app.language.heading.zones import Zones
from app.language.layout.paragraphs import Paragraph
from app.language.tasks.deadlines import Deadline, DeadlineContext


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Một nhiệm vụ đọc được."""

    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    content: str
    deadline: Deadline | None
    report: bool
    rule: str
    first_line: int
    last_line: int
    point: str = ""
    """The mark of its paragraph with those above it: "2.a"."""

    def as_value(self) -> dict[str, Any]:
        """Dạng trao đổi."""
        return {
            "lead": list(self.lead),
            "coordinate": list(self.coordinate),
            "content": self.content,
            "deadline_text": self.deadline.text if self.deadline else None,
            "deadline": self.deadline.day.isoformat() if self.deadline and self.deadline.day else None,
            "report": self.report,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """Kết quả đọc một văn bản: its heading and the work it gives."""

    heading: Heading
    tasks: tuple[ReadTask, ...]


@dataclass(slots=True)
class Scope:
    """Phạm vi của đề mục: what a heading or lead-in says to the paragraphs below it."""

    depth: float
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: Deadline | None = None
    is_ordering: bool = True
    is_body: bool = False
    """Led by a heading that names a body: orders in its points are that body's own acts."""
    mark: str = ""
    shares_out: bool = False
    """ "Tổ chức thực hiện": every title below names a body, known or not."""


@dataclass(slots=True)
class Walk:
    """Một lượt đọc: one walk through the body of one document."""

    zones: Zones
    heading: Heading
    addressees: tuple[str, ...]
    context: DeadlineContext
    paragraphs: tuple[Paragraph, ...]
    scopes: list[Scope] = field(default_factory=list)
    tasks: list[ReadTask] = field(default_factory=list)
    pending: tuple[str, ...] = ()
    """Whom the last order before a list named."""
    list_start: int = 0
    below_title: bool = False
    """Nothing numbered has come since the last title: a plain paragraph is what the title's body has to do."""
