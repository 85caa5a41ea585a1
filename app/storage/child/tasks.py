"""Việc làm được trong buồng cách ly: inspect a file, read its text, draw its pages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from app.core import limits
from app.storage.child import docx, office, pdf, picture, plain, tables, xlsx
from app.storage.child.archive import Archive, Budget
from app.storage.child.edxml import reading as edxml
from app.storage.child.findings import Findings, RefusedError
from app.storage.child.sniff import sniff
from app.storage.child.source import Source
from app.storage.child.word import layout as word_layout
from app.storage.child.word import repair as word_repair

_DEPTH = 2  # an archive in an archive, not further
_OFFICE_DEPTH = 4  # a sheet in a letter in an archive …
_OFFICE = ("docx", "xlsx", "pptx")
# what may lie in an archive though it may not be uploaded by itself: nobody but its reader opens it
_HARMLESS_INSIDE = frozenset(
    {"unknown_type", "old_office", "other_image", "other_archive", "markup", "encoding", "empty", "broken"}
)
_PROGRAMS = (
    ".exe", ".dll", ".scr", ".com", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh",
    ".hta", ".msi", ".msp", ".lnk", ".jar", ".reg", ".cpl", ".pif", ".sh", ".apk", ".iso", ".img", ".chm", ".docm",
    ".xlsm", ".pptm", ".dotm", ".xltm", ".xlsb",
)  # fmt: skip


def inspect(file: int, *, is_csv: bool = False) -> tuple[Any, list[bytes]]:
    """Kiểm tra một tệp tải lên: what it is, and everything that speaks against it."""
    found = Findings()
    try:
        _inspect(Source.of_file(file), found, Budget(), depth=0)
    except RefusedError as problem:
        found.refuse(problem)
    if found.kind == "text" and is_csv:
        found.kind = "csv"
    return found.as_value(), []


def _inspect(source: Source, found: Findings, budget: Budget, depth: int) -> None:
    if source.size == 0:
        raise RefusedError("empty")
    kind = sniff(source)
    if kind == "zip":
        _inspect_archive(source, found, budget, depth)
        return
    found.kind = kind
    if kind == "pdf":
        pdf.inspect(source, found)
    elif kind == "text":
        plain.inspect(source, found)
    else:
        picture.inspect(source, found, kind)


def _inspect_archive(source: Source, found: Findings, budget: Budget, depth: int) -> None:
    if depth > _OFFICE_DEPTH:
        raise RefusedError("nested")
    archive = Archive(source, budget)
    kind = office.kind_of(archive)
    found.kind = kind or "zip"
    if kind:
        office.inspect(archive, kind, found)
        inside = office.embedded(archive)
    else:
        if not archive.names:
            raise RefusedError("empty")
        if depth >= _DEPTH:
            raise RefusedError("nested")
        inside = archive.names
    for name in inside:
        found.names.append(name)
        budget.check_time()
        _inspect_member(archive, name, found, budget, depth)


def _inspect_member(archive: Archive, name: str, found: Findings, budget: Budget, depth: int) -> None:
    """A member is looked at like a file of its own; unknown kinds of data may lie in an archive, programs may not."""
    if name.lower().endswith(_PROGRAMS):
        raise RefusedError("program_inside", name[-80:])
    head, member = archive.first(name, 4_096), Findings()
    try:
        if head and sniff(Source.of_bytes(head)) in ("pdf", "zip", "text"):
            if archive.size(name) > limits.FILE_BYTES:
                raise RefusedError("member_too_large", name[-80:])
            _inspect(Source.of_bytes(archive.read(name, limits.FILE_BYTES)), member, budget, depth + 1)
    except RefusedError as problem:
        if problem.code in ("program", "program_inside"):
            raise RefusedError("program_inside", name[-80:]) from problem
        if problem.code not in _HARMLESS_INSIDE:
            raise
    if found.kind != "zip" and member.kind not in _OFFICE:
        raise RefusedError("ole")  # embedded, and only by name a sheet or a letter
    for line in member.head[:80]:
        found.see(line)
    found.names.extend(member.names)


def text(file: int, *, kind: str, chars: int, first: int = 1) -> tuple[Any, list[bytes]]:
    """Đọc chữ: value ``{"cut": …, "next": page or null}`` and the text as bytes."""
    source = Source.of_file(file)
    following: int | None = None
    if kind == "pdf":
        content, is_cut, following = pdf.text(source, chars, first)
    elif kind in ("text", "csv"):
        content, is_cut = plain.text(source, chars)
    else:
        archive = Archive(source, Budget())
        if kind == "docx":
            content, is_cut = docx.text(archive, chars)
        elif kind == "xlsx":
            content, is_cut = xlsx.text(archive, chars)
        else:
            content = "\n".join(xlsx.slide_lines(archive))
            content, is_cut = content[:chars], len(content) > chars
    return {"cut": is_cut, "next": following}, [content.encode("utf-8", "replace")]


def pages(file: int, *, kind: str, first: int, last: int, dpi: int) -> tuple[Any, list[bytes]]:
    """Vẽ trang ``first`` … ``last``, WebP; fewer when time runs out, none past the last page."""
    source = Source.of_file(file)
    drawn: list[bytes] = []
    for number in range(first, last + 1):
        if drawn and time.process_time() > 0.4 * limits.JAIL_CPU_SECONDS:
            break
        image = pdf.page(source, number, dpi) if kind == "pdf" else picture.page(source, kind, number)
        if image is None:
            break
        drawn.append(image)
    return {"count": len(drawn)}, drawn


def layout(file: int) -> tuple[Any, list[bytes]]:
    """Bố cục một tệp Word: as a payload, for it may be long."""
    found = word_layout.read(Archive(Source.of_file(file), Budget()))
    return {}, [json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")]


def repair(file: int, *, edits: list[dict[str, Any]]) -> tuple[Any, list[bytes]]:
    """Sửa định dạng một tệp Word: the new file as a payload."""
    return {}, [word_repair.repair(Archive(Source.of_file(file), Budget()), edits)]


def read_tables(file: int, *, kind: str) -> tuple[Any, list[bytes]]:
    """Đọc bảng của tệp Word hoặc bảng tính."""
    return tables.read(Archive(Source.of_file(file), Budget()), kind), []


Task = Callable[..., tuple[Any, list[bytes]]]
TASKS: dict[str, Task] = {
    "inspect": inspect,
    "text": text,
    "pages": pages,
    "edxml": edxml.read,
    "edxml_part": edxml.part,
    "layout": layout,
    "repair": repair,
    "tables": read_tables,
}
