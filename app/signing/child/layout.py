"""Vị trí chữ ký, con dấu, số và ngày trên trang (Phụ lục I Nghị định 30/2020/NĐ-CP), found from the words on the page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as c

MM = 72 / 25.4
_NUMBER = re.compile(r"S(?:ố|ô\u0301)\s*:")
_DATE = re.compile(r"ngày(?P<day>[\s\d.…_]*)tháng(?P<month>[\s\d.…_]*)năm(?P<year>[\s\d.…_]*)", re.IGNORECASE)
_LINE_HEIGHT = 17.0
_TOP_SHARE = 0.55  # number and date stand in the upper part of page one
_SIGNATURE = (46 * MM, 26 * MM)  # the largest the image of a handwritten signature may be
_PAGES_SEARCHED = 40

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """Một dòng chữ trên trang."""

    text: str
    boxes: list[Box | None]

    @property
    def box(self) -> Box:
        """Khung của cả dòng."""
        found = [b for b in self.boxes if b]
        return (
            min(b[0] for b in found),
            min(b[1] for b in found),
            max(b[2] for b in found),
            max(b[3] for b in found),
        )

    def right_before(self, place: int) -> float | None:
        """Mép phải của chữ cuối cùng trước vị trí này."""
        return next((b[2] for b in reversed(self.boxes[:place]) if b), None)

    def left_after(self, place: int) -> float | None:
        """Mép trái của chữ đầu tiên từ vị trí này."""
        return next((b[0] for b in self.boxes[place:] if b), None)


@dataclass(frozen=True)
class Layout:
    """Bố trí trên tài liệu: boxes of the fields by name, with their pages; what is already printed."""

    fields: dict[str, tuple[int, Box]]
    printed: dict[str, str]
    guessed: list[str]


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Các dòng chữ của trang, from top to bottom as PDFium reads them."""
    text = page.get_textpage()
    found: list[Line] = []
    letters: list[str] = []
    boxes: list[Box | None] = []
    for place in range(min(text.count_chars(), 20_000)):
        letter = chr(c.FPDFText_GetUnicode(text.raw, place))
        if letter in "\r\n":
            _close(found, letters, boxes)
            letters, boxes = [], []
            continue
        left, bottom, right, top = text.get_charbox(place)
        letters.append(letter)
        boxes.append((left, bottom, right, top) if right > left and not letter.isspace() else None)
    _close(found, letters, boxes)
    text.close()
    return found


def _close(found: list[Line], letters: list[str], boxes: list[Box | None]) -> None:
    if any(boxes):
        found.append(Line("".join(letters), boxes))


def find(document: pypdfium2.PdfDocument, wanted: dict[str, Any]) -> Layout:
    """Tìm bố trí.

    :param wanted: ``signer`` (name on the page) and ``seal_mm`` (diameter of the seal).
    """
    fields: dict[str, tuple[int, Box]] = {}
    printed: dict[str, str] = {}
    guessed: list[str] = []
    first = document[0]
    _number_and_date(first, fields, printed, guessed)
    page, signature = _signature(document, str(wanted["signer"]), guessed)
    fields["ChuKy"] = (page, signature)
    fields["ConDau"] = (page, _seal(signature, float(wanted["seal_mm"]), document[page].get_size()))
    return Layout(fields, printed, guessed)


# ── number and date ──────────────────────────────────────────────────────────


def _number_and_date(
    page: pypdfium2.PdfPage, fields: dict[str, tuple[int, Box]], printed: dict[str, str], guessed: list[str]
) -> None:
    width, height = page.get_size()
    top = [line for line in lines_of(page) if line.box[3] > height * (1 - _TOP_SHARE)]
    for line in top:
        if "SoVanBan" not in fields and "number" not in printed and (match := _NUMBER.search(line.text)):
            _number(line, match.end(), width, fields, printed)
        if not {"Ngay", "day"} & (fields.keys() | printed.keys()) and (match := _DATE.search(line.text)):
            _date(line, match, fields, printed)
    if "SoVanBan" not in fields and "number" not in printed:
        guessed.append("number")
        fields["SoVanBanDayDu"] = (0, (30 * MM, height - 17 * MM, 95 * MM, height - 10 * MM))
    if not {"Ngay", "day"} & (fields.keys() | printed.keys()):
        guessed.append("date")
        fields["NgayDayDu"] = (0, (width - 85 * MM, height - 17 * MM, width - 15 * MM, height - 10 * MM))


def _number(
    line: Line, place: int, width: float, fields: dict[str, tuple[int, Box]], printed: dict[str, str]
) -> None:
    rest = line.text[place:]
    if match := re.match(r"\s*(\d+)\s*/?", rest):
        printed["number"] = match[1]
        return
    left = (line.right_before(place) or 30 * MM) + 2
    slash = rest.find("/")
    if slash >= 0 and not re.search(r"[^\s.…_]", rest[:slash]):
        right = line.left_after(place + slash) or left + 30
        fields["SoVanBan"] = (0, _flat(line, left, max(right - 0.5, left + 8)))
    else:
        stop = next((line.left_after(place + n) for n, ch in enumerate(rest) if ch.strip(" .…_")), None)
        fields["SoVanBanDayDu"] = (0, _flat(line, left, min((stop or width) - 4, left + 45 * MM)))
        fields["SoVanBan"] = fields.pop("SoVanBanDayDu")
        printed["whole_number"] = "1"


def _date(
    line: Line, match: re.Match[str], fields: dict[str, tuple[int, Box]], printed: dict[str, str]
) -> None:
    for name, key in (("Ngay", "day"), ("Thang", "month"), ("Nam", "year")):
        digits = re.sub(r"\D", "", match[key])
        if digits:
            printed[key] = digits
            continue
        left = (line.right_before(match.start(key)) or 0) + 1.5
        after = line.left_after(match.end(key)) if key != "year" else None
        right = (after - 1.5) if after else left + 30
        fields[name] = (0, _flat(line, left, max(right, left + 7)))


def _flat(line: Line, left: float, right: float) -> Box:
    _x1, bottom, _x2, top = line.box
    middle = (bottom + top) / 2
    return (left, middle - _LINE_HEIGHT / 2, right, middle + _LINE_HEIGHT / 2)


# ── signature and seal ───────────────────────────────────────────────────────


def _signature(document: pypdfium2.PdfDocument, signer: str, guessed: list[str]) -> tuple[int, Box]:
    wanted = _plain(signer)
    count = len(document)
    for number in range(count - 1, max(-1, count - 1 - _PAGES_SEARCHED), -1):
        page = document[number]
        lines = lines_of(page)
        for line in reversed(lines):
            if wanted and (place := _plain(line.text).rfind(wanted)) >= 0:
                return number, _above(lines, _part(line, place, len(wanted)), page.get_size())
    guessed.append("signature")
    page = document[count - 1]
    width, height = page.get_size()
    lowest = min((line.box[1] for line in lines_of(page)), default=height)
    top = max(lowest - 10, 25 * MM + _SIGNATURE[1])
    middle = width - 60 * MM
    return count - 1, (middle - _SIGNATURE[0] / 2, top - _SIGNATURE[1], middle + _SIGNATURE[0] / 2, top)


def _part(line: Line, place: int, length: int) -> Box:
    # The letters of the name alone: the left column may stand on the same line.
    found = [b for b in line.boxes[place : place + length] if b] or [line.box]
    return (
        min(b[0] for b in found),
        min(b[1] for b in found),
        max(b[2] for b in found),
        max(b[3] for b in found),
    )


def _above(lines: list[Line], name: Box, size: tuple[float, float]) -> Box:
    """Centred between the title and the name."""
    middle = (name[0] + name[2]) / 2
    tops = [
        b[1] for line in lines for b in line.boxes
        if b and b[1] > name[3] + 4 and abs((b[0] + b[2]) / 2 - middle) < 35 * MM
    ]  # fmt: skip
    ceiling = min(tops, default=name[3] + 30 * MM)
    room = ceiling - name[3] - 4
    height = min(_SIGNATURE[1], room) if room > 10 * MM else _SIGNATURE[1] * 0.7
    centre = (ceiling + name[3]) / 2 if room > 10 * MM else name[3] + 2 + height / 2
    # As wide as a handwritten signature of this height, so that the seal covers a third of it and not of empty room.
    half = min(_SIGNATURE[0] / 2, height * 0.9, middle - 5, size[0] - middle - 5)
    return (middle - half, centre - height / 2, middle + half, centre + height / 2)


SEAL_TEXT_HEIGHT = 36.0
SEAL_TEXT_WIDTH = 132.0


def _seal(signature: Box, seal_mm: float, size: tuple[float, float]) -> Box:
    """Real size, over the left third of the signature; below it room for the agency's name and the time."""
    diameter = seal_mm * MM
    right = signature[0] + (signature[2] - signature[0]) / 3
    middle = (signature[1] + signature[3]) / 2
    left = right - max(diameter, SEAL_TEXT_WIDTH)
    bottom = max(middle - diameter / 2 - SEAL_TEXT_HEIGHT, 5)
    return (max(left, 5), bottom, right, bottom + diameter + SEAL_TEXT_HEIGHT)


def _plain(text: str) -> str:
    return re.sub(r"\s", " ", unicodedata.normalize("NFC", text)).casefold()
