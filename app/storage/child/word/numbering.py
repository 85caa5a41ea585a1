"""Đánh số tự động: the label Word writes before a paragraph ("Điều 1.", "-", "a)")."""

from __future__ import annotations

import re
from collections import defaultdict

from app.storage.child.word.ooxml import Element, W, local, number, val
from app.storage.child.word.styles import Props, Styles, paragraph

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


class Numbering:
    """Các danh sách của tệp và số đã đếm."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[int, dict[int, Element]] = {}
        self._of_list: dict[int, int] = {}
        self._counts: dict[int, dict[int, int]] = defaultdict(dict)
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                ident = number(val(element, "abstractNumId")) or 0
                self._levels[ident] = {
                    number(val(level, "ilvl")) or 0: level for level in element if local(level) == "lvl"
                }
            elif local(element) == "num":
                target = number(val(element.find(f"{W}abstractNumId"))) or 0
                self._of_list[number(val(element, "numId")) or 0] = target

    def step(self, num: list[int] | None) -> tuple[str, Props, Props]:
        """Nhãn của đoạn kế tiếp: (nhãn, thuộc tính đoạn, thuộc tính chữ của nhãn)."""
        if not num or not num[0] or num[0] not in self._of_list:
            return "", {}, {}
        which, depth = self._of_list[num[0]], num[1]
        levels = self._levels.get(which, {})
        level = levels.get(depth)
        if level is None:
            return "", {}, {}
        counts = self._counts[which]
        start = number(val(level.find(f"{W}start")))
        counts[depth] = counts.get(depth, (1 if start is None else start) - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return (
            self._label(levels, counts, level),
            paragraph(level.find(f"{W}pPr")),
            self._styles.run(level.find(f"{W}rPr")),
        )

    @staticmethod
    def _label(levels: dict[int, Element], counts: dict[int, int], level: Element) -> str:
        shape = val(level.find(f"{W}numFmt")) or "decimal"
        text = val(level.find(f"{W}lvlText")) or ""
        if shape == "bullet":
            return "-" if text.strip() in ("-", "–", "—", "\uf02d") else "•"
        if shape == "none":
            return ""

        def written(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            of = levels.get(depth)
            return _written(
                counts.get(depth, 1), (val(of.find(f"{W}numFmt")) if of is not None else "") or "decimal"
            )

        return re.sub(r"%(\d)", written, text)


def _written(count: int, shape: str) -> str:
    if shape in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in _ROMAN:
            while count >= value:
                roman, count = roman + sign, count - value
        return roman if shape == "upperRoman" else roman.lower()
    return f"{count:02d}" if shape == "decimalZero" else str(count)
