"""Dựng PDF (PDF/A-2b) và ảnh xem trước bằng typst; the text comes only as data, never as markup."""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.core import clock
from app.documents.service.decree.letter import Letter, pieces_of

_TEMPLATE: Final = Path(__file__).with_name("letter.typ")
# Times New Roman and the free fonts of the same widths; Libertinus comes with the compiler and has every Vietnamese letter.
_FONTS: Final = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")
_PREVIEW_PPI: Final = 80
_one_at_a_time = threading.Lock()  # the compiler keeps its world between letters


def pdf(letter: Letter) -> bytes:
    """Văn bản dạng PDF/A-2b; the same values give the same bytes."""
    made = _compile(
        letter, format="pdf", pdf_standards="a-2b", timestamp=clock.instant(letter.day or clock.today())
    )
    return bytes(made)


def preview(letter: Letter, page: int = 1) -> tuple[bytes, int]:
    """Ảnh PNG của một trang để xem trước, and how many pages there are."""
    made = _compile(letter, format="png", ppi=_PREVIEW_PPI)
    pages = made if isinstance(made, list) else [made]
    return bytes(pages[min(max(page, 1), len(pages)) - 1]), len(pages)


def _compile(letter: Letter, **how: Any) -> Any:
    with _one_at_a_time:
        compiler, fonts = _compiler()
        data = json.dumps(_data(letter) | {"fonts": fonts}, ensure_ascii=False)
        return compiler.compile(sys_inputs={"letter": data}, **how)


@cache
def _compiler() -> tuple[Any, list[str]]:
    import typst  # 30 MB, needed only where a letter is made

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
    present = set(fonts.families())
    return typst.Compiler(_TEMPLATE, font_paths=fonts), [name for name in _FONTS if name in present]


def _data(letter: Letter) -> dict[str, Any]:
    return {
        "title": letter.subject or letter.type_name,
        "author": " ".join(letter.issuer),
        "parent": [line.upper() for line in letter.parent],
        "issuer": [line.upper() for line in letter.issuer],
        "reference": letter.reference_line,
        "date": letter.date_line,
        "heading": letter.heading,
        "abstract": letter.abstract,
        "urgency": letter.urgency.upper(),
        "addressees": list(letter.addressee_lines),
        "decider": letter.decider.upper(),
        "wire": letter.wire_to.upper(),
        "bases": list(letter.base_lines),
        "order": letter.order_line,
        "paragraphs": [list(pieces_of(p)) for p in letter.paragraphs],
        "recipients": list(letter.recipient_lines),
        "authority": [line.upper() for line in letter.authority],
        "signer": letter.signer,
        "second": [letter.second_signer[0].upper(), letter.second_signer[1]],
        "annex": [list(pieces_of(p)) for p in letter.annex],
        "annex_note": annex_note(letter),
    }


def annex_note(letter: Letter) -> str:
    """Dòng chỉ dẫn dưới tên phụ lục, văn bản kèm theo."""
    day = (
        f"ngày {letter.day:%d} tháng {letter.day:%m} năm {letter.day:%Y}"
        if letter.day
        else "ngày     tháng     năm      "
    )
    number = f"{letter.number or '     '}/{letter.notation}"
    return f"(Kèm theo {letter.type_name} số {number} {day} của {' '.join(letter.issuer)})"


def page_count(letter: Letter) -> int:
    """Số trang."""
    made = _compile(letter, format="png", ppi=8)
    return len(made) if isinstance(made, list) else 1
