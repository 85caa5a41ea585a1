"""Thay đổi giữa các lần ký: what each revision after a signature did to the form, and whether anything follows the last one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from app.signing.child.structure import plain

# A field for a number or a date is a line of text: larger ones could cover what was signed.
_WIDEST, _HIGHEST = 300.0, 48.0
_DEEPEST = 20

_LTA = ModificationLevel.LTA_UPDATES
# After the last signature only evidence for keeping it may follow: certificates, revocation data, document time-stamps.
_EVIDENCE_ONLY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        XrefStreamRule().as_qualified(_LTA),
        ObjectStreamRule().as_qualified(_LTA),
        DSSCompareRule().as_qualified(_LTA),
        DocInfoRule().as_qualified(_LTA),
        MetadataUpdateRule().as_qualified(_LTA),
    ],
    form_rule=None,
    ignore_orphaned_objects=False,
)


@dataclass(frozen=True)
class Field:
    """Một ô biểu mẫu ở một phiên bản."""

    kind: str
    value: str
    look: str
    size: tuple[float, float]


def fields_at(reader: PdfFileReader, revision: int) -> dict[str, Field]:
    """Các ô biểu mẫu của tài liệu ở một phiên bản, by full name."""
    found: dict[str, Field] = {}
    root = reader.get_historical_resolver(revision).root
    form = plain(root.get("/AcroForm"))
    if isinstance(form, generic.DictionaryObject):
        _walk(plain(form.get("/Fields")), "", "", found, 0)
    return found


def _walk(items: Any, parent: str, inherited: str, found: dict[str, Field], depth: int) -> None:
    if depth > _DEEPEST or not isinstance(items, generic.ArrayObject):
        return
    for raw in items:
        item = plain(raw)
        if not isinstance(item, generic.DictionaryObject):
            continue
        name = ".".join(p for p in (parent, str(plain(item.get("/T", "")))) if p)
        kind = str(plain(item.get("/FT", inherited)))
        found[name if name not in found else f"{name}#{len(found)}"] = Field(
            kind, _text(item, "/V"), _text(item, "/AP") + _text(item, "/AS"), _size(item)
        )
        _walk(plain(item.get("/Kids")), name, kind, found, depth + 1)


def _text(item: generic.DictionaryObject, key: str) -> str:
    try:
        raw = item.raw_get(key)
    except KeyError:
        return ""
    if key != "/AP":
        return repr(plain(raw))
    normal = plain(raw)
    if isinstance(normal, generic.DictionaryObject):
        normal = plain(normal.get("/N"))
    if isinstance(normal, generic.StreamObject):
        return hashlib.sha256(normal.encoded_data).hexdigest() + repr(dict(normal))
    return repr(normal)


def _size(item: generic.DictionaryObject) -> tuple[float, float]:
    try:
        x1, y1, x2, y2 = (float(plain(n)) for n in item["/Rect"])
    except (KeyError, TypeError, ValueError):
        return (0.0, 0.0)
    return abs(x2 - x1), abs(y2 - y1)


def form_faults(reader: PdfFileReader, older: int, newer: int, signed: set[str]) -> list[str]:
    """Ô biểu mẫu bị đổi giữa hai lần ký: only lines of text, filled once, and the signature fields themselves.

    :param signed: names of fields that hold a signature.
    """
    faults: set[str] = set()
    before = fields_at(reader, older)
    for revision in range(older + 1, newer + 1):
        after = fields_at(reader, revision)
        for name, now in after.items():
            was = before.get(name)
            if was is None:
                if now.kind != "/Sig":
                    faults.add("field_added")
            elif (was.value, was.look) != (now.value, now.look):
                faults.update(_field_fault(was, now, is_signature=name in signed))
        if before.keys() - after.keys():
            faults.add("field_removed")
        before = after
    return sorted(faults)


def _field_fault(was: Field, now: Field, *, is_signature: bool) -> set[str]:
    if now.kind == "/Sig":
        return set() if is_signature and not was.value and now.value else {"signature_field_changed"}
    if now.kind != "/Tx":
        return {"form_changed"}
    if was.value not in ("", "''") or not now.value:
        return {"field_refilled"}
    if was.size != now.size:
        return {"form_changed"}
    return {"field_too_large"} if now.size[0] > _WIDEST or now.size[1] > _HIGHEST else set()


def tail_faults(reader: PdfFileReader, last: EmbeddedPdfSignature, covered: int, size: int) -> list[str]:
    """Điều xảy ra sau chữ ký cuối cùng: nothing, or evidence only."""
    if covered == size:
        return []
    revisions = reader.xrefs.total_revisions
    later = range(last.signed_revision + 1, revisions)
    if not later or reader.xrefs.get_xref_container_info(revisions - 1).end_location <= covered:
        return ["appended"]
    if not _ends_with_marker(reader):
        return ["appended"]
    try:
        if any(_evidence(reader, r) == _evidence(reader, r - 1) for r in later):
            return ["appended"]
        found = _EVIDENCE_ONLY.review_file(reader, last.signed_revision, doc_mdp=None)
    except (PdfError, ValueError, KeyError, TypeError):
        return ["appended"]
    if isinstance(found, DiffResult) and found.modification_level <= _LTA:
        return []
    return ["appended"]


def _evidence(reader: PdfFileReader, revision: int) -> str:
    """The store of certificates and revocation data at a revision; dates of the file may change along with it, not alone."""
    store = plain(reader.get_historical_resolver(revision).root.get("/DSS"))
    if not isinstance(store, generic.DictionaryObject):
        return ""
    return repr({key: repr(plain(store.raw_get(key))) for key in sorted(store)})


def _ends_with_marker(reader: PdfFileReader) -> bool:
    stream = reader.stream
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - 32))
    return bool(stream.read().rstrip(b"\r\n").endswith(b"%%EOF"))
