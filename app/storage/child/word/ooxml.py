"""Các phần XML của một tệp Word: read whole into a tree, one hardened way."""

from __future__ import annotations

import posixpath
import re
from typing import Any, cast

from lxml import etree

from app.storage.child.archive import Archive
from app.storage.child.findings import RefusedError

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_MAIN}}}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PART_BYTES = 20_000_000
# The strict dialect of the same standard has other names for the same things.
_STRICT = re.compile(
    rb"http:/{2}[a-z.]+/ooxml/(wordprocessingml/main|drawingml/main|officeDocument/relationships)"
)
_USUAL = {
    b"wordprocessingml/main": _MAIN.encode(),
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

Element = Any
"""An lxml element; the stubs know no more of it than we ask."""


def parse(data: bytes) -> Element:
    """Đọc một phần XML thành cây.

    :raises RefusedError: not well-formed, or with a document type.
    """
    data = _STRICT.sub(lambda found: _USUAL[found[1]], data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise RefusedError("broken") from problem
    if cast(Any, root.getroottree().docinfo).doctype:
        raise RefusedError("broken")
    return root


def part(archive: Archive, name: str) -> Element | None:
    """Một phần của tệp; ``None`` when the file has none of that name."""
    return parse(archive.read(name, _PART_BYTES)) if name in archive else None


def relations(archive: Archive, name: str) -> dict[str, tuple[str, str]]:
    """Quan hệ của một phần: id → (kind, name of the part it points to)."""
    folder, _, leaf = name.rpartition("/")
    root = part(archive, f"{folder}/_rels/{leaf}.rels")
    found: dict[str, tuple[str, str]] = {}
    for row in root if root is not None else ():
        if row.get("TargetMode", "").lower() == "external":
            continue
        target = row.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[row.get("Id", "")] = (row.get("Type", "").rpartition("/")[2], path)
    return found


def named(archive: Archive, name: str, kind: str, default: str) -> Element | None:
    """Phần được trỏ tới theo loại quan hệ (styles, theme, numbering, settings)."""
    target = next((path for what, path in relations(archive, name).values() if what == kind), default)
    return part(archive, target)


def relation_id(element: Element) -> str:
    """Mã quan hệ ghi trên một phần tử."""
    return str(element.get(_RELATION, ""))


def val(element: Element | None, name: str = "val") -> str | None:
    """Giá trị một thuộc tính ``w:``."""
    if element is None:
        return None
    found = element.get(f"{W}{name}")
    return None if found is None else str(found)


def number(text: str | None) -> int | None:
    """Số nguyên (twip, nửa điểm …); a unit written out ("12pt", "2.5cm") is turned into twips."""
    if not text:
        return None
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)?", text.strip())
    if match is None:
        return None
    per = {None: 1.0, "mm": 56.6929, "cm": 566.929, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0}
    return round(float(match[1]) * per[match[2]])


def is_on(element: Element | None) -> bool | None:
    """Thuộc tính bật tắt; ``None`` when it is not spoken of."""
    if element is None:
        return None
    return (val(element) or "true").lower() not in ("0", "false", "off", "none")


def local(element: Element) -> str:
    """Tên không kèm không gian tên; empty for comments."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
