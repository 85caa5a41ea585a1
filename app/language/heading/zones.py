"""Các phần của một văn bản: head, addressees, body, closing and annexes, told apart by the components the decree prescribes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.language.heading.people import post_of
from app.language.heading.vocabulary import type_of_title
from app.language.layout.labels import read_label
from app.language.layout.lines import Line, folded, read_lines
from app.language.layout.paragraphs import Paragraph, read_paragraphs

_HEAD_LINES: Final = 60
_ADDRESS = re.compile(r"^\W*(?:kinh\s*(?:gui|g.i|trinh)\b|g.i\s*:|.{0,40}\bdien\s*:\s*$)")
_CLOSING = re.compile(r"^\W*n.i\s+nh.n\b\s*[:;.}\-]?")
_ANNEX = re.compile(
    r"^\W*(?:phu\s*luc|danh\s+muc|danh\s+sach|bieu\s+mau|mau\s+so|bang\s+tong\s+hop|de\s+cuong|bieu)\b(?:\s+(?:so\s+)?[\divx]{1,4})?[^a-z]*"
)
_ATTACHED = re.compile(
    r"^\W*\(?\s*(?:ban\s+hanh\s+)?(?:kem\s+theo|dinh\s+kem)\s+(?:cong\s+van|quyet\s+dinh|ke\s+hoach|van\s+ban|thong\s+bao|cong\s+dien|to\s+trinh|bao\s+cao|nghi\s+quyet|chi\s+thi)"
)
_BEGINS = re.compile(
    r"^\W*(?:can\s+cu|thuc\s+hien|trien\s+khai|de\s+|ngay\s+\d|xet|tren\s+co\s+so|thoi\s+gian\s+qua|sau\s+khi|tiep\s+theo|ngay\s+\d|theo|tai|trong\s|nham|phuc\s+dap|tra\s+loi|nhan\s+duoc)"
)
_CLOSES = re.compile(r"\./\.?|\.⁄|/\.\s*$")


@dataclass(frozen=True, slots=True)
class Zones:
    """Văn bản chia phần."""

    head: tuple[Line, ...]
    """Everything above the body, addressees included; blank lines kept."""
    addressees: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    closing: tuple[Line, ...]
    annexes: tuple[Paragraph, ...]
    annex_lines: tuple[Line, ...]

    @property
    def has_header(self) -> bool:
        """Có phần thể thức ở đầu (some texts reach us from the web without it)."""
        return any(line.text for line in self.head)


def read_zones(text: str) -> Zones:
    """Chia văn bản thành các phần."""
    lines = read_lines(text)
    plain = [folded(line.text) for line in lines]
    closing = _closing_start(lines, plain)
    annex = _annex_start(lines, plain, closing)
    stop = min(closing, annex)
    address = next((i for i in range(min(stop, _HEAD_LINES)) if _ADDRESS.match(plain[i])), None)
    if address is None:
        start = _body_start(lines, plain, stop)
        addressees: list[Paragraph] = []
        head_end = start
    else:
        head_end, start = address, _addressees_end(lines, plain, address, stop)
        addressees = read_paragraphs(lines[address:start])
    closing_end = annex if annex > closing else len(lines)
    return Zones(
        tuple(lines[:head_end]),
        tuple(addressees),
        tuple(read_paragraphs(lines[start:stop])),
        tuple(lines[closing:closing_end]),
        tuple(read_paragraphs(lines[annex:])),
        tuple(lines[annex:]),
    )


def _closing_start(lines: list[Line], plain: list[str]) -> int:
    """The recipients' box, or the signature where it stands first."""
    first = next(
        (i for i in range(3, len(lines)) if _CLOSING.match(plain[i]) or _in_column(lines[i], plain[i])), None
    )
    limit = first if first is not None else len(lines)
    for i in range(max(3, limit - 12), limit):
        if _is_capacity(lines[i].text, plain[i]):
            return i
    return limit


def _in_column(line: Line, plain: str) -> bool:
    return bool(re.search(r"\s{3,}n.i\s+nh.n\s*:", plain))


def _is_capacity(text: str, plain: str) -> bool:
    """ "TM. …", "KT. …", "TL. …", or a post alone in capitals: only a signature begins so."""
    if sum(c.isupper() for c in text) <= 0.5 * sum(c.isalpha() for c in text):
        return False
    return bool(re.match(r"^\W*(?:(?:kt|tm|tl|tuq|q)\s?[.,]\s?|t/m\s*[.,]?\s*)[a-z]", plain)) or (
        text.isupper() and post_of(text) is not None
    )


def _annex_start(lines: list[Line], plain: list[str], closing: int) -> int:
    for i in range(6, len(lines)):
        if _ATTACHED.match(plain[i]):
            return next(
                (
                    j
                    for j in range(i - 1, max(0, i - 6), -1)
                    if _ANNEX.match(plain[j]) and _is_title(lines[j].text)
                ),
                i,
            )
        if i > closing and _ANNEX.match(plain[i]) and _is_title(lines[i].text):
            return i
        if _ANNEX.match(plain[i]) and lines[i].text.isupper() and plain[i].startswith("phu luc") and i > 12:
            return i
    return len(lines)


def _is_title(text: str) -> bool:
    return text[:1].isupper() and not text.rstrip().endswith((";", ","))


def _addressees_end(lines: list[Line], plain: list[str], start: int, stop: int) -> int:
    """Addressees: on the line itself, or a list of dashes below it."""
    i = start + 1
    own = plain[start].split("gui", 1)[-1].strip(" :;.-")
    listed = not own or lines[start].text.rstrip().endswith(";")
    while i < stop:
        text = lines[i].text
        if not text:
            i += 1
            continue
        if re.match(r"[-–—~•+*_]", text):
            listed = True
        elif text[0].islower() or re.match(r"\([^)]{0,80}\)", text):
            pass
        elif not (listed and _goes_on(lines, i, start)) or _BEGINS.match(plain[i]) or len(text) > 120:
            break
        i += 1
    return i


def _goes_on(lines: list[Line], i: int, start: int) -> bool:
    """In a list without dashes an addressee ends with a semicolon; the last one with a full stop."""
    before = next((lines[j].text for j in range(i - 1, start - 1, -1) if lines[j].text), "")
    return before.rstrip().endswith((";", ":", ",")) or (
        i > 0 and not lines[i - 1].is_blank and before[-1:].isalnum() and lines[i].text[0].islower()
    )


def _is_abstract(lines: list[Line], plain: list[str], titled: int, i: int) -> bool:
    """The line belongs to the block below the title: its first line, what goes on small, and who decides."""
    if i == titled or i > titled + 8:
        return i == titled
    if any(lines[j].is_blank for j in range(titled + 2, i)):
        return False
    text = lines[i].text
    first = next(j for j in range(titled + 1, i + 1) if not lines[j].is_blank)
    if read_label(text) or text.endswith(":"):
        return False
    if plain[i].startswith("can cu") or (i != first and text.endswith((".", ":", ";")) and len(text) > 40):
        return False
    return (
        i == first or text[0].islower() or text[0] == "(" or (len(text) < 100 and not _BEGINS.match(plain[i]))
    )


def _body_start(lines: list[Line], plain: list[str], stop: int) -> int:
    """Without addressees the body begins with its grounds, its first number, or its first full sentence."""
    seen = 0
    titled: int | None = None
    for i in range(min(stop, _HEAD_LINES)):
        text = lines[i].text
        if not text:
            continue
        seen += 1
        if not lines[i].is_blank and i and (type_of_title(text) and text.isupper()):
            titled = i
        if titled is not None and _is_abstract(lines, plain, titled, i):
            continue
        if (
            titled is not None
            and not text.isupper()
            and ((text[0].isalnum() and len(text) > 25) or text.endswith(":") or read_label(text))
        ):
            return i
        if (
            seen > 2
            and not text.isupper()
            and not text[0].islower()
            and (
                (_BEGINS.match(plain[i]) and len(text) > 45)
                or len(text) > 160
                or re.match(r"(?:I|1|Điều 1)\s?[.\-]\s", text)
            )
            and not re.search(r"^\W*(?:v\s*/\s*v|ve\s+viec|so\b)", plain[i])
        ):
            return i
    if any(re.search(r"d.c\s*l.p|^\W*s.\s*[:.]|h.nh\s*ph.c", plain[i]) for i in range(min(stop, 15))):
        return next((i for i in range(6, min(stop, _HEAD_LINES)) if len(lines[i].text) > 60), min(stop, 12))
    return 0
