"""Dựng văn bản dạng PDF theo thể thức Nghị định 30/2020, from the record's own data. One door, :func:`letter_pdf`."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.core import clock
from app.language.dates import long_date
from app.org.models import Agency, Post
from app.org.models.structure import AgencyKind
from app.storage.kinds import Kind
from app.storage.service import Upload, store_made

COMMITTEES = {
    AgencyKind.CITY,
    AgencyKind.DISTRICT,
    AgencyKind.WARD,
    AgencyKind.COMMUNE,
    AgencyKind.SPECIAL_ZONE,
}
_TEMPLATE: Final = Path(__file__).with_name("letter.typ")
# Times New Roman and the free fonts of the same widths; Libertinus comes with the compiler and has every Vietnamese letter.
_FONTS: Final = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")
_one_at_a_time = threading.Lock()  # the compiler keeps its world between letters


@dataclass(frozen=True)
class Letter:
    """Một văn bản để dựng: plain values only; each paragraph is (words in bold, words). Without a heading it is a công văn."""

    title: str
    heading: str
    upper: str
    agency: str
    reference: str
    date: str
    paragraphs: Sequence[tuple[str, str]]
    authority: Sequence[str]
    signer: str
    left_title: str = "Nơi nhận:"
    left: Sequence[str] = ()
    columns: Sequence[str] = ()
    widths: Sequence[int] = ()
    rows: Sequence[Sequence[str]] = ()
    closing: Sequence[tuple[str, str]] = field(default=())


def letter_pdf(letter: Letter) -> bytes:
    """Dựng PDF của một văn bản; the same values give the same bytes."""
    with _one_at_a_time:
        compiler, fonts = _compiler()
        made = compiler.compile(
            format="pdf",
            sys_inputs={"letter": json.dumps(asdict(letter) | {"fonts": fonts}, ensure_ascii=False)},
            timestamp=clock.instant(date(2025, 7, 1)),
        )
    return bytes(made)


@cache
def _compiler() -> tuple[Any, list[str]]:
    import typst  # 30 MB, needed only where a letter is made

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
    present = set(fonts.families())
    return typst.Compiler(_TEMPLATE, font_paths=fonts), [name for name in _FONTS if name in present]


def made_file(letter: Letter, name: str) -> Upload:
    """Tệp PDF của văn bản, đã vào kho."""
    return store_made(letter_pdf(letter), name, Kind.PDF)


# ── thể thức ──


def upper_of(agency: Agency) -> str:
    """Cơ quan chủ quản trực tiếp ghi trên văn bản; a People's Committee stands under none."""
    return "" if agency.kind in COMMITTEES or agency.parent is None else agency.parent.name


def authority_of(agency: Agency, signer: Post) -> list[str]:
    """Quyền hạn, chức vụ của người ký: the head in his own right, a deputy in his stead (KT.)."""
    head = "CHỦ TỊCH" if agency.kind in COMMITTEES else "GIÁM ĐỐC" if agency.kind == AgencyKind.DEPARTMENT else "THỦ TRƯỞNG CƠ QUAN"  # fmt: skip
    lines = ["TM. ỦY BAN NHÂN DÂN"] if agency.kind in COMMITTEES else []
    return [*lines, head] if signer.is_head else [*lines, f"KT. {head}", f"PHÓ {head}"]


def place_and_day(agency: Agency, day: date | None = None) -> str:
    """Địa danh, ngày tháng; the day is left open until the document is issued."""
    if day is not None:
        return f"{agency.place}, {long_date(day)}"
    today = clock.today()
    return f"{agency.place}, ngày      tháng      năm {today.year}"
