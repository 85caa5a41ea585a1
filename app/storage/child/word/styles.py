"""Định dạng thật của chữ và đoạn: document defaults, theme, table, paragraph and character styles, then what stands on the spot."""

from __future__ import annotations

from typing import Any

from app.storage.child.word.ooxml import Element, W, is_on, local, number, val

Props = dict[str, Any]
_TOGGLES = {"b": "b", "i": "i", "caps": "caps", "vanish": "vanish", "smallCaps": "small"}
_DEPTH = 20
_AUTO_SPACING = 280


class Styles:
    """Bảng kiểu của một tệp."""

    def __init__(self, styles: Element | None, theme: Element | None) -> None:
        self._fonts = _theme_fonts(theme)
        self._by_id: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self.run_defaults: Props = {}
        self.paragraph_defaults: Props = {}
        for element in styles if styles is not None else ():
            if local(element) == "docDefaults":
                self.run_defaults = self.run(element.find(f".//{W}rPr"))
                self.paragraph_defaults = paragraph(element.find(f".//{W}pPr"))
            elif local(element) == "style":
                self._note(element)
        self._cache: dict[str, tuple[Props, Props]] = {}

    def _note(self, element: Element) -> None:
        name = val(element, "styleId") or ""
        self._by_id[name] = element
        if (val(element, "default") or "") in ("1", "true", "on"):
            self._default[val(element, "type") or ""] = name

    def name(self, style_id: str | None) -> str:
        """Tên kiểu như người dùng thấy."""
        element = self._by_id.get(style_id or "")
        return (val(element.find(f"{W}name")) or "") if element is not None else ""

    def of(self, kind: str, style_id: str | None) -> tuple[Props, Props]:
        """(thuộc tính đoạn, thuộc tính chữ) của một kiểu, through all it is based on."""
        name = style_id if style_id in self._by_id else self._default.get(kind, "")
        if name not in self._cache:
            self._cache[name] = self._resolve(name)
        return self._cache[name]

    def _resolve(self, name: str) -> tuple[Props, Props]:
        chain: list[Element] = []
        while name in self._by_id and len(chain) < _DEPTH:
            element = self._by_id[name]
            if element in chain:
                break
            chain.append(element)
            name = val(element.find(f"{W}basedOn")) or ""
        par: Props = {}
        run: Props = {}
        for element in reversed(chain):
            par.update(paragraph(element.find(f"{W}pPr")))
            run.update(self.run(element.find(f"{W}rPr")))
        return par, run

    def run(self, rpr: Element | None) -> Props:
        """Thuộc tính chữ ghi tại một chỗ."""
        found: Props = {}
        for element in rpr if rpr is not None else ():
            name = local(element)
            if name in _TOGGLES:
                found[_TOGGLES[name]] = is_on(element)
            elif name == "sz":
                found["size"] = number(val(element))
            elif name == "rFonts":
                self._font(element, found)
            elif name == "u":
                found["u"] = (val(element) or "single") != "none"
            elif name == "color":
                found["color"] = (val(element) or "auto").lower()
            elif name == "vertAlign":
                found["raised"] = val(element) in ("superscript", "subscript")
            elif name == "rStyle":
                found["style"] = val(element)
            elif name == "position":
                found["position"] = number(val(element)) or 0
        return found

    def _font(self, element: Element, found: Props) -> None:
        for key, theme in (("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme")):
            themed = val(element, theme)
            plain = val(element, key)
            if plain or themed:
                # Where both stand, Word shows the theme's: kept beside, so that the rules can say they are unsure.
                resolved = self._fonts.get((themed or "")[:5], "") if themed else ""
                found[key] = plain or resolved
                found[f"{key}_theme"] = resolved if plain and themed else ""

    def effective(self, table: str | None, par_style: str | None, direct: Props) -> Props:
        """Thuộc tính chữ sau cùng của một đoạn chữ."""
        layers = [
            self.of("table", table)[1] if table else {},
            self.of("paragraph", par_style)[1],
            self.of("character", direct["style"])[1] if direct.get("style") else {},
        ]
        found: Props = {**self.run_defaults}
        for layer in layers:
            found.update(layer)
        for toggle in _TOGGLES.values():
            spoken = [layer[toggle] for layer in layers if layer.get(toggle) is not None]
            # Bold in the paragraph's style and bold in the character's style take each other away again.
            found[toggle] = bool(self.run_defaults.get(toggle)) or sum(map(bool, spoken)) % 2 == 1
        found.update({k: v for k, v in direct.items() if v is not None})
        return found


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    fonts = {}
    for element in theme.iter() if theme is not None else ():
        if local(element) in ("majorFont", "minorFont"):
            latin = next((c for c in element if local(c) == "latin"), None)
            fonts[local(element)[:5]] = latin.get("typeface", "") if latin is not None else ""
    return fonts


def paragraph(ppr: Element | None) -> Props:
    """Thuộc tính đoạn ghi tại một chỗ."""
    found: Props = {}
    for element in ppr if ppr is not None else ():
        name = local(element)
        if name == "jc":
            found["align"] = {"start": "left", "end": "right", "distribute": "both"}.get(
                val(element) or "", val(element)
            )
        elif name == "ind":
            _indent(element, found)
        elif name == "spacing":
            _spacing(element, found)
        elif name == "contextualSpacing":
            found["contextual"] = is_on(element)
        elif name == "pageBreakBefore":
            found["break"] = is_on(element)
        elif name == "tabs":
            found["tabs"] = [
                (val(t) or "left", number(val(t, "pos")) or 0) for t in element if local(t) == "tab"
            ]
        elif name == "pBdr":
            found["rules"] = [
                local(side)
                for side in element
                if local(side) in ("top", "bottom", "between") and val(side) not in (None, "nil", "none")
            ]
        elif name == "numPr":
            found["num"] = [
                number(val(element.find(f"{W}numId"))) or 0,
                number(val(element.find(f"{W}ilvl"))) or 0,
            ]
        elif name == "framePr":
            found["frame"] = [
                val(element, "hAnchor"),
                number(val(element, "x")),
                number(val(element, "w")),
                val(element, "xAlign"),
            ]
    return found


def _indent(element: Element, found: Props) -> None:
    for key, names in (("left", ("start", "left")), ("right", ("end", "right"))):
        for name in names:
            if val(element, name) is not None:
                found[key] = number(val(element, name)) or 0
                break
    if val(element, "hanging") is not None:
        found["first"] = -(number(val(element, "hanging")) or 0)
    elif val(element, "firstLine") is not None:
        found["first"] = number(val(element, "firstLine")) or 0
    chars = number(val(element, "firstLineChars"))
    if chars:
        found["first_chars"] = chars


def _spacing(element: Element, found: Props) -> None:
    for key in ("before", "after"):
        if val(element, f"{key}Autospacing") in ("1", "true", "on"):
            found[key] = _AUTO_SPACING
        elif val(element, key) is not None:
            found[key] = number(val(element, key)) or 0
        lines = number(val(element, f"{key}Lines"))
        if lines:
            found[key] = round(lines / 100 * 240)
    if val(element, "line") is not None:
        found["line"] = number(val(element, "line")) or 240
        found["line_rule"] = val(element, "lineRule") or "auto"
