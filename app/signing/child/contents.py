"""Nội dung có thể đổi hình: whatever lets one signed file show different things. The signing desk refuses it, the verifier doubts it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "form_action",
    "/ImportData": "form_action",
    "/ResetForm": "form_action",
    "/Hide": "form_action",
    "/SetOCGState": "layers",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/GoTo3DView": "media",
    "/RichMediaExecute": "media",
    "/GoToE": "embedded",
}
_SUBTYPES = {"/RichMedia": "media", "/Screen": "media", "/Movie": "media", "/3D": "media", "/Sound": "media"}
_KEYS = {
    "/JS": "javascript",
    "/XFA": "xfa",
    "/OCProperties": "layers",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
    "/Ref": "outside",
    "/OPI": "outside",
}
_MOST_OBJECTS = 400_000


class TooComplexError(Exception):
    """More objects than anyone can look through in the time there is."""


def active(reader: PdfFileReader, *, seconds: float) -> list[str]:
    """Mã các thành phần động có trong tệp, in the order of the alphabet.

    :raises TooComplexError: not everything could be looked at in ``seconds`` of processor time.
    """
    found: set[str] = set()
    until = time.process_time() + seconds
    for count, ref in enumerate(_references(reader)):
        if count > _MOST_OBJECTS or (count % 64 == 0 and time.process_time() > until):
            raise TooComplexError
        try:
            _look(ref.get_object(), found, 0)
        except (PdfError, RecursionError):
            continue
    _look(reader.trailer.flatten(), found, 0)
    return sorted(found)


def _references(reader: PdfFileReader) -> Iterator[generic.Reference]:
    seen = set()
    for revision in range(reader.xrefs.total_revisions):
        for ref in reader.xrefs.explicit_refs_in_revision(revision):
            key = (ref.idnum, ref.generation)
            if key not in seen:
                seen.add(key)
                yield generic.Reference(ref.idnum, ref.generation, reader)


def _look(value: Any, found: set[str], depth: int) -> None:
    if depth > 60:
        found.add("too_deep")
        return
    if isinstance(value, generic.DictionaryObject):
        _look_at_dictionary(value, found)
        for key in value:
            _look(value.raw_get(key), found, depth + 1)
    elif isinstance(value, generic.ArrayObject):
        for place in range(len(value)):
            _look(value.raw_get(place), found, depth + 1)


def _look_at_dictionary(value: generic.DictionaryObject, found: set[str]) -> None:
    for key, code in _KEYS.items():
        if key in value and not (
            key == "/Ref" and _named(value, "/Type", {"/XObject": "x"}) is None and "/BBox" not in value
        ):
            found.add(code)
    for key, names in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        named = _named(value, key, names)
        if named:
            found.add(named)
    if isinstance(value, generic.StreamObject):
        if "/F" in value or "/FFilter" in value:
            found.add("outside")
        if _named(value, "/Type", {"/EmbeddedFile": "embedded"}):
            found.add("embedded")


def _named(value: generic.DictionaryObject, key: str, names: dict[str, str]) -> str | None:
    if key not in value:
        return None
    name = value[key]
    return names.get(str(name)) if isinstance(name, generic.NameObject) else None
