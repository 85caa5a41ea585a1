"""Hình vẽ trong một đoạn: the lines that stand for rules, and text boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.storage.child.word.ooxml import Element, W, local, val

_EMU_PER_TWIP = 635
_LINE_SHAPES = frozenset({"line", "straightConnector1"})
_FLAT_TWIPS = 60  # a rectangle thinner than 3 pt is a rule


@dataclass
class Drawn:
    """Hình của một đoạn."""

    boxes: list[tuple[Element, int | str | None, int | None]] = field(default_factory=list)
    lines: list[tuple[int | None, int]] = field(default_factory=list)  # (offset, width)
    picture: bool = False


def of_paragraph(paragraph: Element) -> Drawn:
    """Hình vẽ gắn vào đoạn này; a shape's fallback copy is not looked at."""
    drawn = Drawn()
    _look(paragraph, drawn)
    return drawn


def _look(holder: Element, drawn: Drawn) -> None:
    for element in holder:
        name = local(element)
        if name == "AlternateContent":
            choice = next((c for c in element if local(c) == "Choice"), None)
            if choice is not None:
                _look(choice, drawn)
        elif name in ("anchor", "inline"):
            _drawing(element, drawn)
        elif name == "pict":
            _vml(element, drawn)
        elif name not in ("Fallback", "txbxContent", "del"):
            _look(element, drawn)


def _drawing(anchor: Element, drawn: Drawn) -> None:
    offset: int | str | None = None
    width = height = 0
    for element in anchor:
        if local(element) == "positionH":
            for where in element:
                text = (where.text or "").strip()
                offset = int(text) // _EMU_PER_TWIP if re.fullmatch(r"-?\d+", text) else text or None
        elif local(element) == "extent":
            width, height = (int(float(element.get(k, "0"))) // _EMU_PER_TWIP for k in ("cx", "cy"))
    box = next((e for e in anchor.iter(f"{W}txbxContent")), None)
    shape = next((e.get("prst", "") for e in anchor.iter() if local(e) == "prstGeom"), "")
    if box is not None and (shape not in _LINE_SHAPES):
        drawn.boxes.append((box, offset, width))
    elif shape in _LINE_SHAPES or (shape and height <= _FLAT_TWIPS < width):
        drawn.lines.append((offset if isinstance(offset, int) else None, width))
    elif not shape or shape == "rect":
        drawn.picture |= any(local(e) == "blip" for e in anchor.iter())


def _vml(pict: Element, drawn: Drawn) -> None:
    for element in pict.iter():
        name = local(element)
        style = element.get("style", "")
        if name == "txbxContent":
            shape = next((a for a in element.iterancestors() if "style" in a.attrib), None)
            look = shape.get("style", "") if shape is not None else ""
            drawn.boxes.append((element, _measure(look, "margin-left"), _measure(look, "width")))
            return
        if name == "line":
            start, end = (_first_number(element.get(k, "0")) for k in ("from", "to"))
            drawn.lines.append((start if element.get("from") else None, max(0, end - start)))
        elif (name == "shape" and element.get("type", "").endswith("_t32")) or (
            name == "rect" and (_measure(style, "height") or 999) <= _FLAT_TWIPS
        ):
            drawn.lines.append((_measure(style, "margin-left"), _measure(style, "width") or 0))
        elif name == "imagedata":
            drawn.picture = True


def _first_number(text: str) -> int:
    match = re.match(r"(-?[\d.]+)(pt|in|mm|cm|px)?", text)
    return _twips(match[1], match[2]) if match else 0


def _measure(style: str, name: str) -> int | None:
    match = re.search(rf"(?:^|;)\s*{name}\s*:\s*(-?[\d.]+)(pt|in|mm|cm|px)?", style)
    return _twips(match[1], match[2]) if match else None


def _twips(digits: str, unit: str | None) -> int:
    per = {"pt": 20.0, "in": 1440.0, "mm": 56.6929, "cm": 566.929, "px": 15.0, None: 15.0}[unit]
    try:
        return round(float(digits) * per)
    except ValueError:
        return 0


def table_is_lined(props: Element | None) -> bool:
    """Bảng có kẻ khung: a table of data, not one that only arranges."""
    borders = props.find(f"{W}tblBorders") if props is not None else None
    style = (val(props.find(f"{W}tblStyle")) or "") if props is not None else ""
    if borders is not None:
        return any(
            val(side) not in (None, "nil", "none") for side in borders if local(side).startswith("inside")
        )
    return "Grid" in style or "List" in style


def cell_has_rule(props: Element | None) -> bool:
    """Ô có kẻ riêng một cạnh trên hoặc dưới: some draw the rule under a name so."""
    borders = props.find(f"{W}tcBorders") if props is not None else None
    if borders is None:
        return False
    drawn = {local(side) for side in borders if val(side) not in (None, "nil", "none")}
    return bool(drawn & {"top", "bottom"}) and not drawn & {"left", "right", "start", "end"}
