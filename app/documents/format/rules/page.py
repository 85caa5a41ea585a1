"""Khổ giấy, lề, phông, màu chữ và số trang."""

from __future__ import annotations

import math

from app.documents.format.anatomy import Anatomy
from app.documents.format.finding import Component, Finding, Report
from app.documents.format.layout import Layout, Para, Run, Section
from app.documents.format.rules.common import chars, points, shown

_A4 = (210.0, 297.0)
_PAPER_SLACK, _MARGIN_SLACK = 1.6, 0.55
_MARGINS = {
    "top": ("lề trên", 20, 25),
    "bottom": ("lề dưới", 20, 25),
    "left": ("lề trái", 30, 35),
    "right": ("lề phải", 15, 20),
}
_TIMES = ("times new roman", "timesnewroman")
_SAME_WIDTHS = ("liberation serif", "tinos")
_BLACK = frozenset({"auto", "000000", "windowtext", "black"})
_TWIPS = 56.6929


def check(found: Anatomy, report: Report) -> None:
    """Kiểm tra trang giấy."""
    layout = found.layout
    for number, section in enumerate(layout.sections):
        _check_paper(report, section, number)
        _check_margins(report, section, number)
    _check_fonts(found, report)
    _check_color(found, report)
    _check_page_numbers(layout, report)


def _where(number: int, layout_sections: int = 2) -> str:
    return f"phần {number + 1} của tệp" if layout_sections > 1 else ""


def _check_paper(report: Report, section: Section, number: int) -> None:
    short, long = sorted((section.width, section.height))
    if abs(short - _A4[0]) > _PAPER_SLACK or abs(long - _A4[1]) > _PAPER_SLACK:
        wide = section.is_landscape and number > 0
        size = {
            "width": round(_A4[1 if wide else 0] * _TWIPS),
            "height": round(_A4[0 if wide else 1] * _TWIPS),
        }
        report.add(
            Finding(Component.PAPER, "size", "khổ A4 (210 mm x 297 mm)", f"{section.width:.0f} mm x {section.height:.0f} mm",
                    _where(number), ({"op": "section", "at": number, "set": size},))
        )  # fmt: skip
    elif section.is_landscape and number == 0:
        size = {"width": round(_A4[0] * _TWIPS), "height": round(_A4[1] * _TWIPS)}
        report.add(
            Finding(Component.PAPER, "direction", "trình bày theo chiều dài của khổ A4 (trang đứng)", "trang ngang", _where(number),
                    ({"op": "section", "at": number, "set": size},))
        )  # fmt: skip


def _check_margins(report: Report, section: Section, number: int) -> None:
    for side, (name, low, high) in _MARGINS.items():
        value = getattr(section, side)
        # On a landscape page the sides change places with the turn of the sheet, either way.
        bounds = (15, 35) if section.is_landscape else (low, high)
        if not bounds[0] - _MARGIN_SLACK <= value <= bounds[1] + _MARGIN_SLACK:
            nearest = low if value < low else high
            extra = {"gutter": 0} if side == "left" else {}
            report.add(
                Finding(Component.MARGINS, side, f"{name} {bounds[0]} đến {bounds[1]} mm", f"{name} {points(round(value, 1))} mm", _where(number),
                        ({"op": "section", "at": number, "set": {side: round(nearest * _TWIPS), **extra}},))
            )  # fmt: skip


def _checked_paras(found: Anatomy) -> list[Para]:
    """All of the document with the numbers in its headers; annexes too, for the font is one for all."""
    heads = [p for s in found.layout.sections for _part, paras in s.heads.values() for p in paras]
    seen: dict[tuple[str, int], Para] = {(p.part, p.index): p for p in [*found.layout.paras, *heads]}
    return list(seen.values())


def _font_of(run: Run) -> str:
    return run.wide_font if any(ord(c) > 127 for c in run.text) else run.font


def _is_times(font: str) -> bool:
    return not font or font.lower().lstrip("@").startswith(_TIMES)


def _check_fonts(found: Anatomy, report: Report) -> None:
    wrong: list[tuple[Para, Run, str]] = []
    doubtful: list[tuple[Para, Run, str]] = []
    for para in _checked_paras(found):
        for run in para.runs:
            fonts = {_font_of(run), run.font} if run.has_letters else set()
            bad = next((f for f in sorted(fonts) if not _is_times(f)), None)
            if bad is None and run.has_letters and not _is_times(run.unsure_font):
                doubtful.append((para, run, run.unsure_font))
            elif bad is not None:
                (doubtful if bad.lower() in _SAME_WIDTHS else wrong).append((para, run, bad))
    for held, sure in ((wrong, True), (doubtful, False)):
        if held:
            para, run, font = held[0]
            report.add(
                Finding(Component.FONT, "family", "phông Times New Roman, bộ mã Unicode", f"phông {font}", shown(run.text.strip() or para.text),
                        chars(((p, r.start, r.end) for p, r, _ in held), font="Times New Roman")),
                sure=sure,
            )  # fmt: skip


def _check_color(found: Anatomy, report: Report) -> None:
    urgency = found.urgency.para if found.urgency else None
    wrong = [
        (p, r)
        for p in found.layout.paras
        if p is not urgency and not p.in_box and (not p.pieces or p.pieces[0].order < found.annex_from)
        for r in p.runs
        if r.has_letters and r.color not in _BLACK
    ]
    links = [pair for pair in wrong if "@" in pair[1].text or "http" in pair[1].text or "www" in pair[1].text]
    plain = [pair for pair in wrong if pair not in links]
    for held, sure in ((plain, True), (links, False)):
        if held:
            para, run = held[0]
            report.add(
                Finding(Component.COLOR, "black", "chữ màu đen", f"màu {run.color}", shown(run.text or para.text),
                        chars(((p, r.start, r.end) for p, r in held), color="000000")),
                sure=sure,
            )  # fmt: skip


# ── page numbers ─────────────────────────────────────────────────────────────


def _numbered(section: Section, place: str) -> list[Para]:
    return [p for p in section.heads.get(place, ("", []))[1] if "PAGE" in p.fields]


def _check_page_numbers(layout: Layout, report: Report) -> None:
    first = layout.sections[0]
    above = _numbered(first, "header:default")
    below = [
        p
        for s in layout.sections
        for kind in ("default", "first", "even")
        for p in _numbered(s, f"footer:{kind}")
    ]
    later = [p for s in layout.sections[1:] for p in _numbered(s, "header:default")]
    install = ({"op": "page_numbers", "size": 26},)

    def add(rule: str, expected: str, now: str, repair: tuple[dict[str, object], ...] = install) -> None:
        report.add(Finding(Component.PAGE_NUMBER, rule, expected, now, "", repair))

    if below:
        add("place", "số trang canh giữa ở lề trên của trang", "số trang ở lề dưới")
        return
    if not above:
        if _looks_long(layout) and not later:
            add("missing", "số trang canh giữa ở lề trên, từ trang thứ hai", "không có số trang")
        return
    para = above[0]
    if para.align != "center" and not _centred_by_tab(para):
        add("alignment", "số trang canh giữa", {"right": "canh phải", "left": "canh trái"}.get(para.align, para.align),
            ({"op": "paragraph", "part": para.part, "at": [para.index], "set": {"align": "center", "first": 0}},))  # fmt: skip
    _check_number_look(para, add)
    hides_itself = {"IF"} & set(para.fields)
    if not first.title_page and not hides_itself:
        add("first_page", "không hiển thị số trang ở trang thứ nhất", "trang thứ nhất có số trang",
            ({"op": "section", "at": 0, "set": {"title_page": True}},))  # fmt: skip
    elif first.title_page and _numbered(first, "header:first"):
        add("first_page", "không hiển thị số trang ở trang thứ nhất", "trang thứ nhất có số trang")
    if first.start is not None and first.start > 1:
        add(
            "start",
            "số trang đánh từ 1",
            f"đánh từ {first.start}",
            ({"op": "section", "at": 0, "set": {"start": 1}},),
        )
    if first.shape and first.shape not in ("decimal", "numberInDash"):
        add(
            "numerals",
            "chữ số Ả Rập",
            f"kiểu {first.shape}",
            ({"op": "section", "at": 0, "set": {"start": 1}},),
        )
    if "\\*" in para.fields and {"ROMAN", "ALPHABETIC"} & set(para.fields):
        add("numerals", "chữ số Ả Rập", "chữ số khác")


def _check_number_look(para: Para, add: object) -> None:
    assert callable(add)
    runs = [r for r in para.runs if r.is_field]
    sizes = sorted({r.size for r in runs if not 13 <= r.size <= 14})
    place = ((para, min(r.start for r in runs), max(r.end for r in runs)),) if runs else ()
    if sizes:
        add("size", "cỡ chữ 13 đến 14", f"cỡ chữ {points(sizes[0])}")
    if any(r.bold or r.italic for r in runs):
        add("style", "kiểu chữ đứng, không đậm", "chữ đậm hoặc nghiêng", chars(place, b=False, i=False))
    words = "".join(c for r in para.runs if not r.is_field for c in r.text if c.isalnum())
    if words:
        add("decoration", "chỉ có chữ số", f"có thêm “{words[:20]}”")


def _centred_by_tab(para: Para) -> bool:
    return (
        "\t" in para.text.split("0")[0]
        and any(kind == "center" for kind, _ in para.tabs)
        and para.text.count("\t") == 1
    )


def _looks_long(layout: Layout) -> bool:
    """More than one page: by breaks, by what the program that wrote it counted, by the height of its text."""
    if any("\f" in p.text or p.page_break for p in layout.paras) or any(
        s.starts_page for s in layout.sections[1:]
    ):
        return True
    section = layout.sections[0]
    page = (section.height - section.top - section.bottom) * 72 / 25.4
    return _height(layout) > 1.35 * page


def _height(layout: Layout) -> float:
    """Height of the text in points; cells of one row stand beside each other."""
    total, rows = 0.0, dict[tuple[int, int], dict[int, float]]()
    for para in layout.paras:
        size = max((r.size for r in para.runs if r.has_letters), default=12.0)
        width = max(400, para.width - para.indent - para.right_indent)
        lines = max(1, math.ceil(para.letters * 1.2 * size * 9.2 / width))
        height = lines * size * 1.15 * min(2.0, para.line_height) + (para.before + para.after) / 20
        if para.cell:
            columns = rows.setdefault(para.cell[:2], {})
            columns[para.cell[2]] = columns.get(para.cell[2], 0.0) + height
        elif not para.in_box:
            total += height
    return total + sum(max(columns.values()) for columns in rows.values())
