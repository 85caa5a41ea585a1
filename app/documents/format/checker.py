"""Kiểm tra thể thức một tệp Word hoặc một dự thảo."""

from __future__ import annotations

from app.documents.format import layout
from app.documents.format.finding import Finding, Report
from app.documents.format.locate import dissect
from app.documents.format.rules import body, closing, head, number, page
from app.storage import word
from app.storage.refusals import because

_RULES = (page.check, head.check, number.check, body.check, closing.check)
_MOST_REPAIRS = 60


def check_layout(found: layout.Layout) -> Report:
    """Kiểm tra một bố cục đã đọc."""
    report, anatomy = Report(), dissect(found)
    for rule in _RULES:
        rule(anatomy, report)
    return report


def check_open_file(file: int) -> Report:
    """Kiểm tra một tệp đang mở.

    :raises FileRefused: broken, or too complex.
    """
    return check_layout(_read(word.read_layout(file)))


def check_bytes(data: bytes) -> Report:
    """Kiểm tra một tệp trong bộ nhớ.

    :raises FileRefused: broken, or too complex.
    """
    return check_layout(_read(word.layout_of(data)))


def _read(value: object) -> layout.Layout:
    try:
        return layout.read(value)
    except layout.LayoutError as problem:
        raise because("crash") from problem


def repair(data: bytes, key: str) -> tuple[bytes, Finding | None]:
    """Sửa một điểm (theo ``Finding.key``), and nothing else.

    :returns: the new file and the finding repaired; the same bytes and ``None`` when there is no such point any more.
    """
    report = check_bytes(data)
    found = next((f for f in [*report.findings, *report.notes] if f.key == key and f.can_repair), None)
    return (word.repaired(data, found.repair), found) if found else (data, None)


def repair_all(data: bytes) -> tuple[bytes, list[Finding]]:
    """Sửa mọi điểm máy sửa được, one after the other: a repaired text moves the places of those after it."""
    done: list[Finding] = []
    for _ in range(_MOST_REPAIRS):
        tried = {f.key for f in done}
        found = next((f for f in check_bytes(data).findings if f.can_repair and f.key not in tried), None)
        if found is None:
            break
        data = word.repaired(data, found.repair)
        done.append(found)
    return data, done
