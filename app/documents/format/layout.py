"""Bố cục để kiểm tra: the jail's answer taken apart with doubt, paragraphs cut into the pieces a reader sees as units.

A header of two columns may be a table, tabs, rows of blanks or text boxes; all of them end as pieces with a place across
the page (``x``: 0 is the left edge of the text, 1 the right), so that the rules need not know which it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.text import fold, nfc

TWIPS_PER_MM = 56.6929
_LETTER = re.compile(r"[^\W_]")
_CUT = re.compile(r"[\n\f]|[ \xa0]*\t[\t \xa0]*|(?<=[^\s:])[ \xa0]{4,}(?=[^\W\d_])")
_DEFAULT_HALF_POINTS = 20


@dataclass(frozen=True)
class Run:
    """Đoạn chữ cùng một dáng."""

    start: int
    end: int
    text: str
    font: str
    wide_font: str  # what letters beyond ASCII are set in
    unsure_font: str  # the theme's, standing beside a plain one
    size: float
    bold: bool
    italic: bool
    underline: bool
    caps: bool
    color: str
    raised: bool
    is_field: bool

    @property
    def has_letters(self) -> bool:
        """Có chữ hay số để mắt thấy."""
        return _LETTER.search(self.text) is not None


@dataclass
class Piece:
    """Một dòng chữ liền: part of a paragraph between tabs, line breaks or wide gaps."""

    para: Para
    start: int
    end: int
    text: str
    x: float
    order: int = -1

    @property
    def runs(self) -> list[Run]:
        """Các đoạn chữ có chữ trong mảnh này."""
        return [
            r
            for r in self.para.runs
            if r.end > self.start and r.start < self.end and r.has_letters and not r.raised
        ]

    @property
    def folded(self) -> str:
        """Chữ thường không dấu."""
        return fold(self.text)

    @property
    def is_upper(self) -> bool:
        """Viết hoa toàn bộ."""
        return self.text == self.text.upper() and _LETTER.search(self.text) is not None

    @property
    def is_centred(self) -> bool:
        """Căn giữa."""
        return self.para.align == "center"


@dataclass
class Para:
    """Một đoạn văn bản."""

    part: str
    index: int
    section: int
    style: str
    cell: tuple[int, int, int, int] | None
    lined: bool
    in_box: bool
    left: int
    width: int
    room: int  # width of the text area of the page
    align: str
    indent: int
    right_indent: int
    first: int
    before: int
    after: int
    line: int
    line_rule: str
    contextual: bool
    page_break: bool
    text: str
    runs: list[Run]
    fields: list[str]
    label: str
    label_run: dict[str, Any]
    rules: list[str]
    lines: list[tuple[int | None, int]]
    tabs: list[tuple[str, int]]
    has_picture: bool
    pieces: list[Piece] = field(default_factory=list)

    @property
    def letters(self) -> int:
        """Số chữ."""
        return sum(1 for c in self.text if not c.isspace())

    @property
    def full_text(self) -> str:
        """Chữ kèm nhãn đánh số tự động."""
        return f"{self.label} {self.text.strip()}".strip() if self.label else self.text.strip()

    @property
    def in_table(self) -> bool:
        """Nằm trong bảng."""
        return self.cell is not None

    @property
    def line_height(self) -> float:
        """Khoảng cách dòng theo số dòng."""
        if self.line_rule == "auto":
            return self.line / 240
        size = max((r.size for r in self.runs if r.has_letters), default=14.0)
        exact = self.line / 20 / (size * 1.15)
        return exact if self.line_rule == "exact" else max(1.0, exact)


@dataclass
class Section:
    """Một mục của tệp: paper, margins, header."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    title_page: bool
    start: int | None
    shape: str
    starts_page: bool
    heads: dict[str, tuple[str, list[Para]]]

    @property
    def is_landscape(self) -> bool:
        """Khổ ngang."""
        return self.width > self.height


@dataclass
class Layout:
    """Bố cục một văn bản."""

    sections: list[Section]
    paras: list[Para]
    has_even_odd: bool
    page_count: int
    pieces: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pieces = [piece for para in self.paras for piece in para.pieces]
        for order, piece in enumerate(self.pieces):
            piece.order = order


class LayoutError(ValueError):
    """The jail's answer is not a layout."""


def read(value: Any) -> Layout:
    """Dựng bố cục từ câu trả lời của buồng cách ly.

    :raises LayoutError: not of the expected shape.
    """
    try:
        tab = int(value["tab"])
        sections = [_section(s, tab) for s in value["sections"]]
        room = [round((s.width - s.left - s.right) * TWIPS_PER_MM) for s in sections]
        paras = [_para(p, tab, room[min(int(p["section"]), len(room) - 1)]) for p in value["paragraphs"]]
        return Layout(sections, paras, bool(value["even_odd"]), int(value["pages"]))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as problem:
        raise LayoutError from problem


def _section(value: dict[str, Any], tab: int) -> Section:
    def mm(key: str) -> float:
        return int(value[key]) / TWIPS_PER_MM

    room = int(value["width"]) - int(value["left"]) - int(value["right"])
    heads = {
        str(place): (str(head["part"]), [_para(p, tab, room) for p in head["paragraphs"]])
        for place, head in value["heads"].items()
    }
    return Section(
        mm("width"), mm("height"), mm("top"), mm("bottom"), mm("left") + mm("gutter"), mm("right"),
        bool(value["title_page"]), value["start"], str(value["shape"]), value["type"] != "continuous", heads,
    )  # fmt: skip


def _run(value: dict[str, Any], text: str) -> Run:
    start, end = int(value["start"]), int(value["end"])
    ascii_font = str(value.get("ascii", ""))
    return Run(
        start, end, nfc(text[start:end]), ascii_font, str(value.get("hAnsi", "") or ascii_font),
        str(value.get("hAnsi_theme", "") or value.get("ascii_theme", "") or ""),
        int(value.get("size") or _DEFAULT_HALF_POINTS) / 2, bool(value.get("b")), bool(value.get("i")), bool(value.get("u")),
        bool(value.get("caps")), str(value.get("color", "auto")), bool(value.get("raised")), bool(value.get("field")),
    )  # fmt: skip


def _para(value: dict[str, Any], tab: int, room: int) -> Para:
    props, text = value["props"], str(value["text"])
    runs = [_run(r, text) for r in value["runs"]]
    size = next((r.size for r in runs if r.has_letters), 14.0)
    chars = props.get("first_chars")
    cell = value["cell"]
    para = Para(
        part=str(value["part"]), index=int(value["index"]), section=int(value["section"]), style=str(value["style"]),
        cell=(int(cell[0]), int(cell[1]), int(cell[2]), int(cell[3])) if cell else None, lined=bool(value["lined"]),
        in_box=bool(value["box"]), left=int(value["left"]), width=max(1, int(value["width"])), room=max(1, room),
        align=str(props.get("align") or "left"), indent=int(props.get("left") or 0), right_indent=int(props.get("right") or 0),
        first=round(int(chars) / 100 * size * 20) if chars else int(props.get("first") or 0),
        before=int(props.get("before") or 0), after=int(props.get("after") or 0), line=int(props.get("line") or 240),
        line_rule=str(props.get("line_rule") or "auto"), contextual=bool(props.get("contextual")),
        page_break=bool(props.get("break")), text=_shown(text, runs), runs=runs, fields=[str(f) for f in value["fields"]],
        label=str(value["label"]), label_run=dict(value["label_run"] or {}), rules=[str(r) for r in value["rules"]],
        lines=[(None if o is None else int(o), int(w)) for o, w in value["lines"]],
        tabs=sorted(((str(k), int(p)) for k, p in props.get("tabs") or []), key=lambda t: t[1]),
        has_picture=bool(value["picture"]),
    )  # fmt: skip
    frame = props.get("frame")
    if frame and frame[2]:
        para.width = int(frame[2])
        para.left = (
            int(frame[1] or 0)
            if not frame[3]
            else {"center": (room - para.width) // 2, "right": room - para.width}.get(frame[3], 0)
        )
    para.pieces = list(_pieces(para, tab, size))
    return para


def _shown(text: str, runs: Sequence[Run]) -> str:
    """The text as Word shows it: capitals where the font says so; the places stay."""
    shown = list(text.replace("\xa0", " "))
    for run in runs:
        if run.caps:
            for at in range(run.start, min(run.end, len(shown))):
                upper = shown[at].upper()
                shown[at] = upper if len(upper) == 1 else shown[at]
    return "".join(shown)


def _pieces(para: Para, tab: int, size: float) -> Iterator[Piece]:
    """Cut a paragraph at tabs, breaks and wide gaps, and say where across the page each piece lies."""
    cuts: list[tuple[int, int, str]] = []
    at, sign = 0, ""
    for match in _CUT.finditer(para.text):
        # A wide gap inside "Số:      /QĐ-UBND" or "ngày      tháng" is left for the pen, not a second column.
        if not match[0].strip(" \xa0") and not para.text[match.end()].isupper():
            continue
        cuts.append((at, match.start(), sign))
        at, sign = match.end(), match[0]
    cuts.append((at, len(para.text), sign))
    per_char = size * 10.2  # twips; capitals and bold are wider, white space narrower
    pen = float(para.indent + max(0, para.first))
    for start, end, sign in cuts:
        raw = para.text[start:end]
        if "\n" in sign or "\f" in sign:
            pen = float(para.indent)
        width = len(raw.replace("\u200b", "")) * per_char
        kind = ""
        for _ in range(sign.count("\t")):
            kind, pen = _next_stop(para, pen, tab)
        if sign and not sign.strip(" \xa0"):
            pen += len(sign) * per_char * 0.5
        text = nfc(raw.replace("\u200b", "")).strip()
        lead = len(raw) - len(raw.lstrip())
        if text:
            x = _centre(
                para,
                pen + lead * per_char * 0.5,
                width,
                kind,
                alone=len(cuts) == 1 or ("\t" not in para.text and sign in ("", "\n", "\f")),
            )
            stripped_end = end - (len(raw) - len(raw.rstrip()))
            yield Piece(para, start + lead, stripped_end, text, x)
        pen += width


def _next_stop(para: Para, pen: float, tab: int) -> tuple[str, float]:
    for kind, place in para.tabs:
        if place > pen and kind not in ("clear", "bar"):
            return kind, float(place)
    return "left", (pen // tab + 1) * tab


def _centre(para: Para, pen: float, width: float, kind: str, *, alone: bool) -> float:
    inner_left, inner_right = para.left + para.indent, para.left + para.width - para.right_indent
    if alone and para.align == "center":
        middle = (inner_left + inner_right + para.first) / 2
    elif alone and para.align == "right":
        middle = inner_right - min(width, inner_right - inner_left) / 2
    elif kind == "center":
        middle = para.left + pen
    elif kind == "right":
        middle = para.left + pen - width / 2
    elif alone and para.in_table:
        middle = (inner_left + inner_right) / 2
    else:
        middle = para.left + pen + width / 2
    return middle / para.room
