"""Bố cục một tệp Word: every paragraph with what Word would show of it, as plain values for the rules on the other side.

Lengths are twips (1/20 pt), sizes half points, as the format itself counts. A paragraph is addressed by its part and its
place among the ``w:p`` of that part; characters by their place in its text, so that a repair finds them again.
"""

from __future__ import annotations

from typing import Any

from app.storage.child.archive import Archive
from app.storage.child.docx import main_part
from app.storage.child.findings import RefusedError
from app.storage.child.word import ooxml, shapes
from app.storage.child.word.numbering import Numbering
from app.storage.child.word.ooxml import Element, W, is_on, local, number, val
from app.storage.child.word.runs import read_runs
from app.storage.child.word.styles import Props, Styles, paragraph

_MOST_PARAGRAPHS = 20_000
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "sectPrChange", "pPrChange", "rPrChange"})


class Layout:
    """Một lượt đọc."""

    def __init__(self, archive: Archive) -> None:
        main = main_part(archive)
        self.archive, self.main = archive, main
        self.styles = Styles(
            ooxml.named(archive, main, "styles", "word/styles.xml"),
            ooxml.named(archive, main, "theme", "word/theme/theme1.xml"),
        )
        settings = ooxml.named(archive, main, "settings", "word/settings.xml")
        self.settings = settings if settings is not None else ()
        self.numbering_root = ooxml.named(archive, main, "numbering", "word/numbering.xml")
        self.paragraphs: list[dict[str, Any]] = []
        self.sections: list[dict[str, Any]] = []
        self._tables = 0

    def read(self) -> dict[str, Any]:
        """Toàn bộ: sections, paragraphs, headers and footers, and what the file says of itself."""
        root = ooxml.part(self.archive, self.main)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise RefusedError("broken")
        marks = [e for e in body.iter(f"{W}sectPr") if local(e.getparent()) in ("pPr", "body")]
        relations = ooxml.relations(self.archive, self.main)
        self.sections = [self._section(mark, relations) for mark in marks] or [self._section(None, {})]
        self._inherit()
        self._walk_part(root, self.main, body)
        flags = {local(e): is_on(e) for e in self.settings}
        return {
            "sections": self.sections,
            "paragraphs": self.paragraphs,
            "even_odd": bool(flags.get("evenAndOddHeaders")),
            "tab": next((number(val(e)) for e in self.settings if local(e) == "defaultTabStop"), None) or 720,
            "pages": self._pages(),
        }

    def _pages(self) -> int:
        app = ooxml.part(self.archive, "docProps/app.xml")
        text = next((e.text for e in app if local(e) == "Pages"), None) if app is not None else None
        return int(text) if text and text.isdigit() and len(text) < 6 else 0

    # ── sections ─────────────────────────────────────────────────────────────

    def _section(self, mark: Element | None, relations: dict[str, tuple[str, str]]) -> dict[str, Any]:
        found: dict[str, Any] = {"width": 12240, "height": 15840, "top": 1440, "bottom": 1440, "left": 1440, "right": 1440,
                                 "gutter": 0, "title_page": False, "start": None, "shape": "", "heads": {}, "type": "nextPage"}  # fmt: skip
        for element in mark if mark is not None else ():
            name = local(element)
            if name == "pgSz":
                found["width"] = number(val(element, "w")) or found["width"]
                found["height"] = number(val(element, "h")) or found["height"]
            elif name == "pgMar":
                for side in ("top", "bottom", "left", "right", "gutter"):
                    given = number(val(element, side))
                    found[side] = abs(given) if given is not None else found[side]
            elif name == "titlePg":
                found["title_page"] = bool(is_on(element))
            elif name == "type":
                found["type"] = val(element) or "nextPage"
            elif name == "pgNumType":
                found["start"], found["shape"] = number(val(element, "start")), val(element, "fmt") or ""
            elif name in ("headerReference", "footerReference"):
                target = relations.get(ooxml.relation_id(element), ("", ""))[1]
                found["heads"][f"{name[:6]}:{val(element, 'type') or 'default'}"] = target
        return found

    def _inherit(self) -> None:
        """A section without a header of its own shows that of the one before; then each part is read once."""
        before: dict[str, str] = {}
        read: dict[str, list[dict[str, Any]]] = {}
        for section in self.sections:
            before = section["heads"] = {**before, **section["heads"]}
        for section in self.sections:
            for place, name in section["heads"].items():
                if name and name not in read:
                    read[name] = self._head(name)
                section["heads"][place] = {"part": name, "paragraphs": read.get(name, [])}

    def _head(self, name: str) -> list[dict[str, Any]]:
        root = ooxml.part(self.archive, name)
        if root is None:
            return []
        held, self.paragraphs = self.paragraphs, []
        self._walk_part(root, name, root)
        read, self.paragraphs = self.paragraphs, held
        return read

    # ── the text ─────────────────────────────────────────────────────────────

    def _walk_part(self, root: Element, name: str, body: Element) -> None:
        self._order = {p: i for i, p in enumerate(root.iter(f"{W}p"))}
        self._part, self._number, self._at_section = name, Numbering(self.numbering_root, self.styles), 0
        self._blocks(body, _Place(0, self._text_width()))

    def _text_width(self) -> int:
        section = self.sections[min(self._at_section, len(self.sections) - 1)] if self.sections else None
        return section["width"] - section["left"] - section["right"] - section["gutter"] if section else 9000

    def _blocks(self, holder: Element, place: _Place) -> None:
        for element in holder:
            name = local(element)
            if name == "p":
                self._paragraph(element, place)
            elif name == "tbl":
                self._table(element, place)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                self._blocks(element, place)

    def _table(self, table: Element, place: _Place) -> None:
        ident = self._tables = self._tables + 1
        grid = [number(val(c, "w")) or 0 for c in table.findall(f"{W}tblGrid/{W}gridCol")]
        props = table.find(f"{W}tblPr")
        style = val(props.find(f"{W}tblStyle")) if props is not None else None
        left = place.left + _table_offset(props, sum(grid), place.width)
        lined = shapes.table_is_lined(props)
        for r, row in enumerate(_rows(table)):
            at = 0
            for c, cell in enumerate(_cells(row)):
                tcpr = cell.find(f"{W}tcPr")
                span = (number(val(tcpr.find(f"{W}gridSpan"))) if tcpr is not None else None) or 1
                own = number(val(tcpr.find(f"{W}tcW"), "w")) if tcpr is not None else None
                width = sum(grid[at : at + span]) or own or place.width // 2
                inner = _Place(
                    left + sum(grid[:at]), width, [ident, r, c, len(_cells(row))], style, lined, place.box
                )
                inner.cell_rule = shapes.cell_has_rule(tcpr)
                at += span
                self._blocks(cell, inner)

    def _paragraph(self, element: Element, place: _Place) -> None:
        if len(self.paragraphs) >= _MOST_PARAGRAPHS:
            raise RefusedError("too_complex")
        ppr = element.find(f"{W}pPr")
        direct = paragraph(ppr)
        style = val(ppr.find(f"{W}pStyle")) if ppr is not None else None
        of_style = self.styles.of("paragraph", style)[0]
        num = direct.get("num") or of_style.get("num")
        label, num_par, num_run = self._number.step(num)
        layers = [self.styles.of("table", place.table_style)[0] if place.table_style else {}]
        layers += [of_style, num_par] if direct.get("num") else [num_par, of_style]
        props: Props = {**self.styles.paragraph_defaults}
        for layer in (*layers, direct):
            props.update(layer)
        drawn = shapes.of_paragraph(element)
        for box, offset, width in drawn.boxes:
            self._blocks(
                box,
                _Place(
                    _box_left(offset, place),
                    width or place.width // 2,
                    place.cell,
                    None,
                    lined=False,
                    box=True,
                ),
            )
        text, runs, fields = read_runs(element, self.styles, place.table_style, style)
        mark = self.styles.effective(
            place.table_style, style, self.styles.run(ppr.find(f"{W}rPr")) if ppr is not None else {}
        )
        self.paragraphs.append(
            {
                "part": self._part, "index": self._order.get(element, -1), "section": self._at_section,
                "style": self.styles.name(style), "cell": place.cell, "lined": place.lined, "box": place.box,
                "left": place.left, "width": place.width, "props": props, "text": text, "runs": runs, "fields": fields,
                "label": label, "label_run": {**mark, **num_run} if label else None,
                "rules": list(props.get("rules", [])) + (["cell"] if place.cell_rule else []), "lines": drawn.lines,
                "picture": drawn.picture,
            }
        )  # fmt: skip
        if ppr is not None and ppr.find(f"{W}sectPr") is not None and self._part == self.main:
            self._at_section += 1


class _Place:
    """Chỗ của một đoạn trên trang, in twips from the left edge of the text."""

    def __init__(
        self, left: int, width: int, cell: list[int] | None = None, table_style: str | None = None,
        lined: bool = False, box: bool = False,
    ) -> None:  # fmt: skip
        self.left, self.width, self.cell, self.table_style, self.lined, self.box = (
            left, width, cell, table_style, lined, box,
        )  # fmt: skip
        self.cell_rule = False


def _box_left(offset: int | str | None, place: _Place) -> int:
    if isinstance(offset, str):
        return {"center": place.left + place.width // 4, "right": place.left + place.width // 2}.get(
            offset, place.left
        )
    return place.left + (offset or 0)


def _rows(table: Element) -> list[Element]:
    return [e for e in _flat(table) if local(e) == "tr"]


def _cells(row: Element) -> list[Element]:
    return [e for e in _flat(row) if local(e) == "tc"]


def _flat(holder: Element) -> list[Element]:
    """Children, with those inside content controls in their place."""
    found: list[Element] = []
    for element in holder:
        if local(element) in ("sdt", "sdtContent", "customXml", "ins"):
            found += _flat(element)
        elif local(element) not in _SKIPPED:
            found.append(element)
    return found


def _table_offset(props: Element | None, width: int, room: int) -> int:
    if props is None:
        return 0
    align = val(props.find(f"{W}jc"))
    floating = props.find(f"{W}tblpPr")
    if floating is not None and val(floating, "tblpX"):
        return number(val(floating, "tblpX")) or 0
    if align == "center":
        return (room - width) // 2
    if align in ("right", "end"):
        return room - width
    return number(val(props.find(f"{W}tblInd"), "w")) or 0


def read(archive: Archive) -> dict[str, Any]:
    """Đọc bố cục của một tệp Word."""
    return Layout(archive).read()
