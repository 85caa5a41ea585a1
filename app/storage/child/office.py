"""Tệp Office (DOCX, XLSX, PPTX): what could run or fetch something when the file is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.storage.child import docx, xlsx
from app.storage.child.archive import Archive
from app.storage.child.findings import Findings, RefusedError
from app.storage.child.xml import Walker, walk

_MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
_MACRO_TYPES = (
    "macroenabled",
    "vnd.ms-office.vbaproject",
    "vnd.ms-excel.macrosheet",
    "vnd.ms-excel.intlmacrosheet",
)
_MACRO_NAMES = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/|dialogsheets/)", re.IGNORECASE
)
_OLE_NAMES = re.compile(
    r"(?:^|/)(?:embeddings/[^/]*\.(?!docx$|xlsx$|pptx$)[^./]*|oleObject[^/]*\.bin)$", re.IGNORECASE
)
_ACTIVE_NAMES = re.compile(r"(?:^|/)activeX/|\.(?:exe|dll|scr|bat|cmd|js|vbs|ps1|hta|lnk)$", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]*\.(?:docx|xlsx|pptx)$", re.IGNORECASE)
_REMOTE = re.compile(
    r"^(?:https?|ftp|smb|webdavs?|mhtml|ms-[a-z]+):|^(?:\\\\|//)|^file:(?:/{4,}|//[^/]|///\\|\\\\)",
    re.IGNORECASE,
)
_DDE_FIELD = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_SPELLED_FIELD = re.compile(
    r"\bQUOTE\s+(?:\d{2,3}\s+){3}", re.IGNORECASE
)  # a field name spelled in character numbers

# kinds of relationship that make a program fetch or run the other end when the file is opened
_FETCHED = {"attachedTemplate": "external_template", "oleObject": "ole", "frame": "external_template",
            "subDocument": "external_template", "control": "active_content", "package": "ole"}  # fmt: skip
_NEVER = {"aFChunk": "alt_chunk", "vbaProject": "macro", "attachedToolbars": "macro"}


def kind_of(archive: Archive) -> str | None:
    """Loại Office theo bảng kiểu nội dung; ``None`` for a plain archive."""
    if "[Content_Types].xml" not in archive:
        return None
    types = _ContentTypes()
    walk(archive.chunks("[Content_Types].xml", 4_000_000), types)
    if any(mark in value for value in types.values for mark in _MACRO_TYPES):
        raise RefusedError("macro")
    kinds = {kind for end, kind in _MAIN_PARTS.items() for value in types.values if value.endswith(end)}
    return next(iter(kinds)) if len(kinds) == 1 else None


def inspect(archive: Archive, kind: str, found: Findings) -> None:
    """Kiểm tra một tệp Office."""
    _check_names(archive)
    for name in archive.names:
        if name.lower().endswith(".rels"):
            _check_relations(archive, name, found)
        elif kind == "xlsx" and name.startswith("xl/externalLinks/") and name.endswith(".xml"):
            walk(archive.chunks(name), _ExternalLink())
    if kind == "docx":
        _check_docx(archive, found)
    elif kind == "xlsx":
        xlsx.look_at_head(archive, found)
    else:
        for line in xlsx.slide_lines(archive, first_only=True):
            found.see(line)


def embedded(archive: Archive) -> list[str]:
    """Tệp Office nhúng bên trong (charts keep their sheet so); to be inspected like any other."""
    return [name for name in archive.names if _EMBEDDED.search(name)]


def _check_names(archive: Archive) -> None:
    for name in archive.names:
        if _MACRO_NAMES.search(name):
            raise RefusedError("macro")
        if _OLE_NAMES.search(name):
            raise RefusedError("ole")
        if _ACTIVE_NAMES.search(name):
            raise RefusedError("active_content")


def _check_relations(archive: Archive, name: str, found: Findings) -> None:
    relations = _Relations()
    walk(archive.chunks(name, 20_000_000), relations)
    for kind, target, is_external in relations.rows:
        if kind in _NEVER:
            raise RefusedError(_NEVER[kind])
        if not is_external:
            continue
        # A template on the writer's own disk ("file:///C:\…\Normal.dotm") is left by Word itself and fetches nothing here.
        if kind in _FETCHED and (_REMOTE.match(target.strip()) or kind != "attachedTemplate"):
            raise RefusedError(_FETCHED[kind], target[:80])
        if kind != "hyperlink" and _REMOTE.match(target.strip()):
            found.facts["remote_parts"] = True


def _check_docx(archive: Archive, found: Findings) -> None:
    main = docx.main_part(archive)
    body = docx.Reader()
    walk(archive.chunks(main), body)
    _check_fields(body.fields)
    for line in body.head:
        found.see(line)
    for name in docx.other_parts(archive):
        part = docx.Reader()
        walk(archive.chunks(name), part)
        _check_fields(part.fields)
        if "header" in name:
            for line in part.head[:20]:
                found.see(line)


def _check_fields(pieces: list[str]) -> None:
    """A field may be spread over runs so that no single one shows its name; quoted text is an address, not a name."""
    text = re.sub(r'"[^"]*"', '""', "".join(pieces))
    if _DDE_FIELD.search(text) or _SPELLED_FIELD.search(text):
        raise RefusedError("dde")


@dataclass
class _ContentTypes(Walker):
    values: list[str] = field(default_factory=list)

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self.values.append(attributes.get("ContentType", "").lower())


@dataclass
class _Relations(Walker):
    rows: list[tuple[str, str, bool]] = field(default_factory=list)

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.rows.append(
                (kind, attributes.get("Target", ""), attributes.get("TargetMode", "").lower() == "external")
            )


class _ExternalLink(Walker):
    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "ddeLink":
            raise RefusedError("dde")
        if name == "oleLink":
            raise RefusedError("ole")
