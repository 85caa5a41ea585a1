"""Kết quả kiểm tra một tệp: what the parsers found, as plain values for the other side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_LINE_CHARS, _LINES = 400, 400


class RefusedError(Exception):
    """The file may not enter. ``code`` chooses the sentence (see ``app.storage.refusals``), ``detail`` fills it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail[:200]


@dataclass
class Findings:
    """Điều tìm thấy trong một tệp."""

    kind: str | None = None
    pages: int | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)  # lines near the head of the first page
    names: list[str] = field(default_factory=list)  # names of files inside
    facts: dict[str, Any] = field(default_factory=dict)

    def refuse(self, problem: RefusedError) -> None:
        """Ghi lý do từ chối."""
        self.problems.append((problem.code, problem.detail))

    def see(self, line: str) -> None:
        """Ghi một dòng ở đầu văn bản."""
        if line.strip() and len(self.head) < _LINES:
            self.head.append(line[:_LINE_CHARS])

    def as_value(self) -> dict[str, Any]:
        """Giá trị gửi đi."""
        return {
            "kind": self.kind,
            "pages": self.pages,
            "problems": self.problems[:20],
            "head": self.head,
            "names": self.names[:2_000],
            "facts": self.facts,
        }
