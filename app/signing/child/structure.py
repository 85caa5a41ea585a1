"""Cấu trúc thô của chữ ký: /ByteRange and the hole of /Contents, judged byte by byte, and objects that hide in the file."""

from __future__ import annotations

import re
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

_HEX_UPPER, _HEX_LOWER = re.compile(rb"[0-9A-F]*"), re.compile(rb"[0-9a-f]*")
_OBJECT = re.compile(rb"(?:^|[\s\x00>\]])(\d{1,9})[\s\x00]+\d{1,5}[\s\x00]+$")
_OBJECT_REACH = 32
# Letters of a name may be written as their codes.
_BYTE_RANGE = re.compile(
    b"/" + b"".join(b"(?:%c|#(?i:%02x))" % (n, n) for n in b"ByteRange") + rb"(?![A-Za-z0-9])"
)
_DETACHED = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"}
_DOC_TIMESTAMP = "/ETSI.RFC3161"


def byte_range_marks(data: bytes) -> int:
    """Số lần /ByteRange xuất hiện trong tệp, also with letters written as #xx."""
    return sum(1 for _ in _BYTE_RANGE.finditer(data))


def plain(value: Any) -> Any:
    """Giá trị PDF thật, chỉ theo một bước tham chiếu."""
    return value.get_object() if isinstance(value, generic.IndirectObject) else value


def signature_faults(data: bytes, signature: Any) -> list[str]:
    """Lỗi cấu trúc của một chữ ký (USF, SWA and whatever hides in the hole).

    :param signature: the signature dictionary.
    """
    faults: list[str] = []
    is_timestamp = plain(signature.get("/Type", generic.NameObject("/Sig"))) == "/DocTimeStamp"
    if plain(signature.get("/Type", generic.NameObject("/Sig"))) not in ("/Sig", "/DocTimeStamp"):
        faults.append("wrong_type")
    subfilter = plain(signature.get("/SubFilter"))
    if subfilter not in ({_DOC_TIMESTAMP} if is_timestamp else _DETACHED):
        faults.append("wrong_subfilter")
    if not isinstance(plain(signature.get("/Filter")), generic.NameObject):
        faults.append("wrong_filter")
    bounds = _bounds(signature, len(data))
    if bounds is None:
        return [*faults, "bad_byte_range"]
    return [*faults, *_hole_faults(data, *bounds, signature)]


def _bounds(signature: Any, size: int) -> tuple[int, int, int] | None:
    """Start and end of the hole and end of what is covered, when the four numbers can be what they should be."""
    try:
        raw = signature.raw_get("/ByteRange")
    except KeyError:
        return None
    if not isinstance(raw, generic.ArrayObject) or len(raw) != 4:
        return None
    numbers = list(raw)
    if not all(isinstance(n, generic.NumberObject) for n in numbers):
        return None
    start, length, second, rest = (int(n) for n in numbers)
    if start != 0 or length <= 0 or rest <= 0 or second <= length + 2 or second + rest > size:
        return None
    return length, second, second + rest


def _hole_faults(data: bytes, start: int, end: int, covered: int, signature: Any) -> list[str]:
    hole = data[start:end]
    if hole[:1] != b"<" or hole[-1:] != b">":
        return ["hole_mismatch"]
    inside = hole[1:-1]
    if len(inside) % 2 or not (_HEX_UPPER.fullmatch(inside) or _HEX_LOWER.fullmatch(inside)):
        return ["hole_not_hex"]
    content = bytes.fromhex(inside.decode())
    raw = _contents(signature)
    if raw is None or raw != content:
        return ["hole_mismatch"]
    length = der_length(content)
    if length is None or length > len(content):
        return ["not_der"]
    faults = []
    if content[length:].strip(b"\x00"):
        faults.append("hole_padding")
    # The dictionary's own key stands right before the hole: no other object's string is passed off as /Contents.
    if not re.search(rb"/Contents[\s\x00]*$", data[max(0, start - 64) : start]):
        faults.append("hole_mismatch")
    return faults


def _contents(signature: Any) -> bytes | None:
    try:
        raw = signature.raw_get("/Contents")
    except KeyError:
        return None
    if not isinstance(raw, (generic.TextStringObject, generic.ByteStringObject)):
        return None
    return bytes(raw.original_bytes)


def der_length(content: bytes) -> int | None:
    """Độ dài của phần tử DER đầu tiên, cả phần đầu; ``None`` unless definite and in the shortest form."""
    if len(content) < 2 or content[0] != 0x30:
        return None
    first = content[1]
    if first < 0x80:
        return 2 + first
    count = first & 0x7F
    if not 1 <= count <= 4 or len(content) < 2 + count:
        return None
    length = int.from_bytes(content[2 : 2 + count], "big")
    if length < 0x80 or (count > 1 and length < 1 << 8 * (count - 1)):
        return None
    return 2 + count + length


def hidden_objects(data: bytes, reader: PdfFileReader) -> int:
    """Đối tượng bị che: objects defined twice within one revision, of which a viewer may be made to show either."""
    ends = sorted(
        reader.xrefs.get_xref_container_info(r).end_location for r in range(reader.xrefs.total_revisions)
    )
    seen: set[tuple[int, int]] = set()
    hidden, revision = 0, 0
    place = data.find(b"obj")
    while place >= 0:
        match = _OBJECT.search(data[max(0, place - _OBJECT_REACH) : place])
        if match:
            while revision < len(ends) and place >= ends[revision]:
                revision += 1
            key = (revision, int(match[1]))
            hidden += key in seen
            seen.add(key)
        place = data.find(b"obj", place + 3)
    return hidden
