"""Đọc phần thể thức: the whole of a document's metadata, each field with how sure the reading is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.text import clean_line
from app.language.errors import NotUnderstood
from app.language.heading import vocabulary as words
from app.language.heading.cells import Cell, Is, read_cells, urgency_of
from app.language.heading.signature import Signature, read_signature
from app.language.heading.title import UNTITLED, joined, title_of, type_and_subject
from app.language.heading.zones import Zones, read_zones
from app.language.layout.lines import folded
from app.language.references import read_notation

_NUMBER = re.compile(
    r"^\W{0,4}(?:[^\W\d]{2,6} [^\W\d]{2,6} )?(?:\$|s)\s?[oóòôốồổộơởờớợõọ6053]?\s*\W{0,3}?\s*[:;.,]?\s*(?P<number>[^/\-]{0,24}?)\s*(?P<sep>[/\-])\s*(?P<symbol>\S.*)$",
    re.IGNORECASE,
)
# The slash is lost: "4#?LĐTBXH-BHXH".
_STUCK = re.compile(r"(?<=[\d#?%*])([A-ZĐ]{2,}[\w&]*(?:-[A-ZĐ&]{2,}[\w&]*)+)")
_DATE = re.compile(
    r"ng.y\s*(\d{1,2})\s*[,.]?\s*th.{1,2}ng\s*(\d{1,2})\s*[,.]?\s*n.m\s*((?:19|20)\d{2})(?!\d)|ngay\s*(\d{1,2})\s*[/.]\s*(\d{1,2})\s*[/.]\s*((?:19|20)\d{2})"
)
_YEAR = re.compile(r"(?:n.m|.m)\s*((?:19|20)\d{2})(?!\d)")
_PLACE = re.compile(r"^(.{2,50}?)\s*[,.]\s*ng.{0,3}[ay]")
_ATTACHED = re.compile(
    r"(?:kem\s+theo|dinh\s+kem)\s+(?P<type>[a-z ]{4,22}?)\s+so\s*:?\s*(?P<number>\d{1,6})\s*/\s*(?P<symbol>[^\s,]+)(?:\s+ngay\s*(?P<day>\d{1,2}\s*(?:/|thang)\s*\d{1,2}\s*(?:/|nam)\s*\d{4}))?(?:\s+cua\s+(?P<issuer>[^,)]{3,80}?))?\s*(?:ve\s+(?:viec\s+)?(?P<subject>[^()]{10,300}))?\s*[).]"
)
_SPEAKER = re.compile(
    r"(?:^|[.,;]\s+)(?P<who>[A-ZĐ][^,.;:“”()]{3,70}?)\s+(?:đề nghị|yêu cầu|thông báo|trả lời|có ý kiến|hướng dẫn|nhận được|kính đề nghị|trân trọng)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Thông tin thể thức đọc được; none where the text does not say."""

    issuer: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    issued_on: date | None = None
    year: int | None = None
    type: str | None = None
    subject: str | None = None
    signature: Signature = field(default_factory=Signature)
    urgency: str | None = None
    recipients: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()
    """Fields the person should look at: read from noise, from another place, or by guess."""

    @property
    def reference(self) -> str:
        """Số và ký hiệu viết liền."""
        if not self.symbol:
            return self.number or ""
        separator = "-" if self.is_party else "/"
        return f"{self.number or ''}{separator}{self.symbol}"

    @property
    def is_party(self) -> bool:
        """Ký hiệu của Đảng: "KL/TW", "CV/TU" — the hyphen stands before the type."""
        return bool(self.symbol and re.fullmatch(r"[A-ZĐa-zđ]{2,5}/[A-ZĐ][\w-]*", self.symbol))

    def as_value(self) -> dict[str, Any]:
        """Dạng trao đổi."""
        return {
            "issuer": self.issuer,
            "number": self.number,
            "symbol": self.symbol,
            "place": self.place,
            "date": self.issued_on.isoformat() if self.issued_on else None,
            "type": self.type,
            "subject": self.subject,
            "signer_position": self.signature.position,
            "signer_name": self.signature.name,
            "urgency": self.urgency,
            "recipients": list(self.recipients),
        }


def read_heading(text: str) -> Heading:
    """Đọc phần thể thức của một văn bản."""
    return heading_of(read_zones(text))


def heading_of(zones: Zones) -> Heading:
    """Đọc phần thể thức khi văn bản đã chia phần."""
    cells = read_cells(zones.head)
    doubtful: set[str] = set()
    number, symbol = _reference(cells, doubtful)
    place, issued_on, year = _place_and_date(cells)
    title = title_of(cells)
    kind, subject, of = type_and_subject(cells, title, symbol, doubtful)
    issuer = of or _issuer(cells, title, doubtful)
    attached = _attached(zones)
    if attached and not (number or issued_on or symbol):
        number, symbol, issued_on = attached["number"], attached["symbol"], attached["day"]
        subject = subject or attached["subject"]
        kind = kind or attached["type"]
        year = issued_on.year if issued_on else None
        doubtful |= {"number", "symbol", "date", "subject"}
    if issuer is None:
        issuer = _speaker(zones)
        doubtful.add("issuer")
    if kind is None and (zones.addressees or symbol):
        kind = UNTITLED
    year = year or _stamped_year(cells)
    if issued_on is None and not any(c.kind is Is.DATE for c in cells):
        issued_on = _passed_on(zones)
        year = year or (issued_on.year if issued_on else None)
        doubtful |= {"date"} if issued_on else set()
    signature, recipients = read_signature(zones.closing)
    return Heading(
        issuer, number, symbol, place, issued_on, year, kind, subject, signature,
        urgency_of(cells), recipients, frozenset(doubtful | signature.doubtful),
    )  # fmt: skip


def _reference(cells: list[Cell], doubtful: set[str]) -> tuple[str | None, str | None]:
    for cell in cells:
        if cell.kind is not Is.NUMBER:
            continue
        match = _NUMBER.match(cell.text)
        if match is None:
            continue
        number = clean_line(match["number"]).strip(" .:_…")
        symbol = _symbol(match["symbol"], party=match["sep"] == "-")
        digits = re.fullmatch(r"0*(\d{1,6}[a-zđ]?)", number.replace(" ", ""), re.IGNORECASE)
        if number and not digits:
            doubtful.add("number")
            if symbol is None or match["sep"] == "-":
                late = re.search(r"/\s*(\S+)", cell.text) or _STUCK.search(cell.text)
                symbol = _symbol(late[1], party=False) if late else None
        return (number.replace(" ", "") if digits else None), symbol
    unslashed = next((c for c in cells if c.kind is Is.NUMBER), None)
    if unslashed:
        joined = _STUCK.search(unslashed.text)
        bare = re.fullmatch(r"\W*\w{1,3}\s*[:.]?\s*(\d{1,6})\W*", unslashed.text)
        doubtful |= {"number", "symbol"}
        if joined or bare:
            return (bare[1] if bare else None), (joined[1] if joined else None)
    return None, None


def _symbol(text: str, *, party: bool) -> str | None:
    """The notation up to the first blank that no hyphen or slash bridges; stamps and marks behind it fall away."""
    line = re.sub(r"\s*[-–—]\s*(?=[A-ZĐ&\d]{2,}(?![a-zà-ỹ]))|(?<=\w)[-–—](?=\w)", "-", text)
    line = re.sub(r"\s*/\s*", "/", line).split("  ")[0]
    match = re.match(r"[^\s,;]+", line)
    word = (match[0] if match else "").strip(".…_:*'\"“”()<>")
    word = re.sub(r"[^\w/&.()-].*$", "", word)
    if not word or not any(c.isalpha() for c in word):
        return None
    if party and "/" not in word:
        return None
    try:
        year = re.match(r"(?:19|20)\d{2}/", word)
        return (year[0] if year else "") + read_notation(word[year.end() if year else 0 :])
    except NotUnderstood:
        return word[:60]


def _place_and_date(cells: list[Cell]) -> tuple[str | None, date | None, int | None]:
    for cell in cells:
        if cell.kind is not Is.DATE:
            continue
        place = _PLACE.match(folded(cell.text))
        where = clean_line(cell.text[: place.end(1)]).strip(" .,;:-–_|") if place else None
        year = _YEAR.search(cell.plain)
        day = _day(cell.plain)
        return where or None, day, (day.year if day else int(year[1]) if year else None)
    return None, None, None


def _stamped_year(cells: list[Cell]) -> int | None:
    """The year a signature's own box names, where the date line is unreadable."""
    for cell in cells:
        if cell.kind in (Is.NOISE, Is.DATE):
            match = re.search(r"(?:[./]|\s)(20\d{2})(?!\d)", cell.plain)
            if match:
                return int(match[1])
    return None


def _passed_on(zones: Zones) -> date | None:
    """A law without a date line was passed on a day its end names."""
    lines = [p.plain for p in zones.body[-3:]] + [folded(line.text) for line in zones.closing]
    for plain in reversed(lines):
        if re.search(r"thong\s+qua\s+ngay|^[^,]{2,40},\s*ngay", plain):
            day = _day(plain)
            if day:
                return day
    return None


def _day(plain: str) -> date | None:
    match = _DATE.search(plain)
    if match is None:
        return None
    day, month, year = (int(v) for v in match.groups() if v)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _issuer(cells: list[Cell], title: int | None, doubtful: set[str]) -> str | None:
    """The last agency of the left column; the line above it is its parent."""
    stop = next((i for i, c in enumerate(cells) if c.kind in (Is.NUMBER, Is.ABOUT) or i == title), len(cells))
    names: list[str] = []
    for cell in cells[: min(stop, 40)]:
        if cell.kind is not Is.WORDS or not _is_capital(cell.text):
            continue
        line = cell.text.strip(" -–—*_|")
        if names and (_goes_on(names[-1], line) or not words.HEADS.match(folded(words.spelled(line)))):
            names[-1] += " " + line
        else:
            names.append(line)
    names = [n for n in (words.spelled(n) for n in names) if words.HEADS.match(folded(n))]
    if not names:
        return None
    issuer = names[-1]
    if len(names) > 1 and words.NAMELESS.match(folded(issuer)):
        issuer = f"{issuer} {names[-2]}"
    return issuer


def _goes_on(name: str, line: str) -> bool:
    """A name broken over two lines, though the second could begin one: "… MÔI / TRƯỜNG", "VĂN PHÒNG / CHÍNH PHỦ"."""
    if len(line.split()) < 2 or re.search(r"(?:[,&-]|(?<!\w)(?:VÀ|VA|CỦA|THUỘC))\s*$", name.upper()):
        return True
    return words.is_known(f"{name} {line}")


def _is_capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _attached(zones: Zones) -> dict[str, Any] | None:
    """A text without its head names itself in its annex: "(Kèm theo Công văn số … ngày … về …)"."""
    for paragraph in zones.annexes[:40]:
        plain = paragraph.plain
        match = _ATTACHED.search(plain)
        if match:
            text = paragraph.text
            day = _day("ngay " + match["day"]) if match["day"] else None
            return {
                "type": words.TYPES.get(match["type"].strip()),
                "number": match["number"],
                "symbol": _symbol(text[match.start("symbol") : match.end("symbol")], party=False),
                "day": day,
                "subject": joined([text[match.start("subject") : match.end("subject")]])
                if match["subject"]
                else None,
            }
    return None


def _speaker(zones: Zones) -> str | None:
    """The agency that asks, answers or informs in the body."""
    votes: dict[str, int] = {}
    for paragraph in zones.body:
        for match in _SPEAKER.finditer(paragraph.text[:4000]):
            who = clean_line(match["who"])
            if words.HEADS.match(folded(who)) and len(who.split()) < 12:
                votes[who] = votes.get(who, 0) + 1
    return max(votes, key=lambda w: votes[w]) if votes else None
