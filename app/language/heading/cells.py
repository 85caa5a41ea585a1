"""Ô của phần đầu: lines of the head taken apart into what stood side by side, each known by what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from app.language.layout.lines import Line, folded

_GAP = re.compile(r"\s{3,}|\t+")
# Quốc hiệu, tiêu ngữ and the Party's line, also as scanners spell them.
_NATION = re.compile(
    r"c[oq0]ng\s*h[o0]\w{0,3}\s*x\w{0,2}|x[ah]\s*h[o0][il1]\s+ch\w\s+ng\w+|nghia\s+vi\W?\w*t\s+nam|\bc[oq0]ng\s*h[o0]\w{0,2}\s*\w{0,4}\s*h[o0]i"
)
_MOTTO = re.compile(
    r"d[o0]c\s*[l1]\w{0,2}p|t[uy]\W{0,2}\s*d[o0]\s*[-–—]|(?<!\w)h[aq1]nh\s*ph(?:uc|ic|tic|\wc)(?!\w)"
)
_PARTY = re.compile(r"dang\s+cong\s+san\s+viet\s+nam")
_NUMBER = re.compile(
    r"^\W{0,3}(?:(?:nghi quyet|quyet dinh|nghi dinh|thong tu|luat|chi thi|cong dien|thong bao|phap lenh)\s+(?=so\s*:))?(?:s\s?:|s[o6053]|\$[6o]|s[oô])\s?\W{0,4}(?=.*[/\-])|^\W{0,3}so\s*[:.]"
)
_DATE = re.compile(
    r"(?:^|[,.]\s*)\W*ng.?a?y?\s*.{0,14}?th.{1,2}n?g?.{0,14}?n.m\s*\d{2,4}|,\s*ngay\s*\d{1,2}\s*[/.]\s*\d{1,2}\s*[/.]\s*\d{4}|,\s*ngay\s.{0,12}thang"
)
_ABOUT = re.compile(
    r"^[\W_]{0,5}(?:v\s?/\s?v|viv|vw|v\s?/\s?y|vlv|vv|v\.v|v\s?/\s?u|ve\s+viec)(?![a-z])\s*[:.]?\s*"
)
_NOISE = re.compile(
    r"^\W*(?:k[yi]\s+(?:boi|b.i)|nguoi\s+ky|dia\s+chi\s*:|thoi\s+gian\s+k|co\s+quan\s*:|email|e-mail|chuc\s+vu\s*:|den\b.{0,20}(?:so|ngay|gio)|cong\s+van\s+den|so\s+den|chuyen\s*:|luu\s+ho\s+so|gio\s*:|dau\s+den|dien\s+thoai|website|fax|signature|digitally|signed)"
)
_RULE = re.compile(r"^[\W_]*$")
_URGENT = {"hoa toc": "Hỏa tốc", "hoa toc hen gio": "Hỏa tốc", "thuong khan": "Thượng khẩn", "khan": "Khẩn"}


class Is(Enum):
    """Ô nói gì."""

    NATION = "quốc hiệu"
    MOTTO = "tiêu ngữ"
    NUMBER = "số, ký hiệu"
    DATE = "địa danh, thời gian"
    ABOUT = "trích yếu công văn"
    URGENT = "độ khẩn"
    NOISE = "dấu, ô chữ ký"
    RULE = "đường kẻ"
    BLANK = "dòng trống"
    WORDS = "chữ"


@dataclass(frozen=True, slots=True)
class Cell:
    """Một ô: what it is, its words, and the row and column it stood in."""

    kind: Is
    text: str
    row: int
    column: int

    @property
    def plain(self) -> str:
        """Không dấu."""
        return folded(self.text)


def read_cells(lines: Iterable[Line]) -> list[Cell]:
    """Các ô của phần đầu, theo dòng rồi theo cột; a blank row is a cell too."""
    cells: list[Cell] = []
    for row, line in enumerate(lines):
        if not line.text:
            cells.append(Cell(Is.BLANK, "", row, 0))
            continue
        left = line.indent > 30
        for column, part in enumerate(_parts(line.text)):
            for shift, (kind, text) in enumerate(_classified(part)):
                cells.append(Cell(kind, text, row, column + shift + (1 if left else 0)))
    return cells


def urgency_of(cells: Iterable[Cell]) -> str | None:
    """Độ khẩn in ở đầu văn bản."""
    return next((_URGENT[_letters(cell.plain)] for cell in cells if cell.kind is Is.URGENT), None)


def without_about(text: str) -> str:
    """Bỏ "V/v" ở đầu trích yếu."""
    match = _ABOUT.match(folded(text))
    return text[match.end() :] if match else text


def _parts(text: str) -> list[str]:
    """Columns are told by wide gaps; the gap in "Số:      /SCT-CN" is a blank number."""
    if _NUMBER.match(folded(text)):
        cut = re.search(r"(/\S+|\d\S*-\S+)\s{3,}(?=\S)", text)
        return [text[: cut.end()].strip(), text[cut.end() :].strip()] if cut else [text]
    if _DATE.search(folded(text)) and not re.search(r"\s{6,}\S+.*,\s*ng", text):
        return [text]
    return [part.strip() for part in _GAP.split(text) if part.strip()] or [text]


def _classified(text: str) -> Iterator[tuple[Is, str]]:
    plain = folded(text)
    nation, motto = _NATION.search(plain), _MOTTO.search(plain)
    party = _PARTY.search(plain)
    if nation or motto or (party and len(plain) < 120):
        kind, match = (Is.NATION, nation) if nation else (Is.MOTTO, motto) if motto else (Is.NATION, party)
        before = text[: match.start()].strip(" -–—|_=.*") if match else ""
        if before and any(c.isalpha() for c in before):
            yield from _classified(before)
        yield kind, text[match.start() :] if match else text
        return
    if (_letters(plain) in _URGENT and text.isupper()) or _letters(plain).startswith("hoa toc hen gio"):
        yield Is.URGENT, text
    elif _NUMBER.match(plain) and not _ABOUT.match(plain):
        yield from _number_and_date(text, plain)
    elif _ABOUT.match(plain):
        yield Is.ABOUT, text
    elif _DATE.search(plain) and len(text) < 90:
        yield Is.DATE, text
    elif _NOISE.match(plain):
        yield Is.NOISE, text
    elif _RULE.match(text):
        yield Is.RULE, text
    else:
        yield Is.WORDS, text


def _number_and_date(text: str, plain: str) -> Iterator[tuple[Is, str]]:
    """A scan joins the number with the place and date that stood beside it."""
    match = re.search(r"(?<=[\w)])\s+(?=[A-ZĐ][^\d/]{1,45}[,.]\s*ng)", text) or re.search(
        r"\s(?=ng.y\s*\S{0,4}\s*th.ng)", plain
    )
    if match:
        yield Is.NUMBER, text[: match.start()].strip()
        yield Is.DATE, text[match.end() :].strip()
    else:
        yield Is.NUMBER, text


def _letters(plain: str) -> str:
    return " ".join(re.findall(r"[a-z]+", plain))
