"""Những phép so chung: size, weight, slant, capitals, alignment of a line, each with its repair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.documents.format.finding import Component, Finding, Report
from app.documents.format.layout import Para, Piece, Run

ALIGN_WORDS = {"left": "canh trái", "right": "canh phải", "center": "canh giữa", "both": "canh đều hai lề"}


def shown(text: str) -> str:
    """Trích một dòng để người đọc tìm thấy."""
    return text if len(text) <= 80 else f"{text[:77]}…"


def points(size: float) -> str:
    """Cỡ chữ viết kiểu Việt: 13,5."""
    return f"{size:g}".replace(".", ",")


def chars(places: Iterable[tuple[Para, int, int]], **given: Any) -> tuple[dict[str, Any], ...]:
    """Việc sửa trên các khoảng chữ, by part."""
    by_part: dict[str, list[list[int]]] = {}
    for para, start, end in places:
        by_part.setdefault(para.part, []).append([para.index, start, end])
    return tuple(
        {"op": "chars", "part": part, "spans": spans, "set": given} for part, spans in by_part.items()
    )


def paragraphs(paras: Iterable[Para], **given: Any) -> tuple[dict[str, Any], ...]:
    """Việc sửa trên các đoạn, by part."""
    by_part: dict[str, list[int]] = {}
    for para in paras:
        by_part.setdefault(para.part, []).append(para.index)
    return tuple({"op": "paragraph", "part": part, "at": at, "set": given} for part, at in by_part.items())


def retext(piece: Piece, text: str) -> tuple[dict[str, Any], ...]:
    """Việc thay chữ của một dòng."""
    return (
        {
            "op": "text",
            "part": piece.para.part,
            "at": piece.para.index,
            "from": piece.start,
            "to": piece.end,
            "text": text,
        },
    )


def check_size(
    report: Report, component: Component, pieces: Sequence[Piece], low: float, high: float
) -> None:
    """Cỡ chữ trong khoảng."""
    wrong = [(p, r) for p in pieces for r in p.runs if not low <= r.size <= high]
    if wrong:
        piece, run = wrong[0]
        expected = f"cỡ chữ {points(low)}" if low == high else f"cỡ chữ {points(low)} đến {points(high)}"
        nearest = round((low if run.size < low else high) * 2)
        report.add(
            Finding(component, "size", expected, f"cỡ chữ {points(run.size)}", shown(piece.text),
                    chars(((p.para, *_inside(p, r)) for p, r in wrong), size=nearest))
        )  # fmt: skip


def check_weight(report: Report, component: Component, pieces: Sequence[Piece], *, bold: bool) -> None:
    """Đậm hay không đậm."""
    wrong = [(p, r) for p in pieces for r in p.runs if r.bold != bold]
    if wrong:
        report.add(
            Finding(component, "weight", "kiểu chữ đậm" if bold else "kiểu chữ không đậm", "không đậm" if bold else "đậm",
                    shown(wrong[0][0].text), chars(((p.para, *_inside(p, r)) for p, r in wrong), b=bold))
        )  # fmt: skip


def check_slant(report: Report, component: Component, pieces: Sequence[Piece], *, italic: bool) -> None:
    """Nghiêng hay đứng."""
    wrong = [(p, r) for p in pieces for r in p.runs if r.italic != italic]
    if wrong:
        report.add(
            Finding(component, "slant", "kiểu chữ nghiêng" if italic else "kiểu chữ đứng", "chữ đứng" if italic else "chữ nghiêng",
                    shown(wrong[0][0].text), chars(((p.para, *_inside(p, r)) for p, r in wrong), i=italic))
        )  # fmt: skip


def check_upper(report: Report, component: Component, pieces: Sequence[Piece]) -> None:
    """In hoa toàn bộ."""
    wrong = [p for p in pieces if not p.is_upper]
    if wrong:
        repair = tuple(e for p in wrong for e in retext(p, p.text.upper()))
        report.add(
            Finding(
                component, "case", "chữ in hoa", f"“{shown(wrong[0].text)}”", shown(wrong[0].text), repair
            )
        )


def check_centred(
    report: Report, component: Component, pieces: Sequence[Piece], *, sure: bool = True
) -> None:
    """Canh giữa; a line laid out with tabs or blanks has no alignment of its own to judge."""
    wrong = [p for p in pieces if not p.is_centred and len(p.para.pieces) == 1 and "\t" not in p.para.text and not p.para.in_box
             and not (p.para.indent > 1500 and p.para.align == "left")]  # fmt: skip
    if wrong:
        report.add(
            Finding(component, "alignment", "canh giữa", ALIGN_WORDS.get(wrong[0].para.align, wrong[0].para.align),
                    shown(wrong[0].text), paragraphs((p.para for p in wrong), align="center")),
            sure=sure,
        )  # fmt: skip


def missing(report: Report, component: Component, expected: str, *, sure: bool = True) -> None:
    """Thiếu hẳn thành phần."""
    report.add(Finding(component, "missing", expected, "không tìm thấy trong văn bản"), sure=sure)


def misplaced(
    report: Report, component: Component, expected: str, found: str, where: str = "", *, sure: bool = True
) -> None:
    """Sai vị trí."""
    report.add(Finding(component, "position", expected, found, shown(where)), sure=sure)


def _inside(piece: Piece, run: Run) -> tuple[int, int]:
    return max(piece.start, run.start), min(piece.end, run.end)
