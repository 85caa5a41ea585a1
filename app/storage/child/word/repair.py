"""Sửa đúng một chỗ của tệp Word: changes the properties asked for and nothing else; every other part stays byte for byte."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import Any

from lxml import etree

from app.storage.child.archive import Archive
from app.storage.child.docx import main_part
from app.storage.child.findings import RefusedError
from app.storage.child.word import ooxml, pagehead
from app.storage.child.word.ooxml import Element, W, local
from app.storage.child.word.runs import text_nodes

_PART_BYTES = 20_000_000
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The order the schema wants children in; Word refuses a file that does not keep it.
_RPR = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
        "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
        "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign")  # fmt: skip
_PPR = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
        "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
        "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
        "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
        "rPr", "sectPr", "pPrChange")  # fmt: skip
_SECT = ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
         "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
         "docGrid", "printerSettings", "sectPrChange")  # fmt: skip


class Repairer:
    """Một lượt sửa: parts are read when first touched and written when touched."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.main = archive, main_part(archive)
        self.touched: dict[str, Element] = {}
        self.added: dict[str, bytes] = {}

    def root(self, name: str) -> Element:
        """Cây của một phần."""
        if name not in self.touched:
            root = ooxml.part(self.archive, name)
            if root is None:
                raise RefusedError("broken")
            self.touched[name] = root
        return self.touched[name]

    def apply(self, edit: dict[str, Any]) -> None:
        """Làm một việc sửa."""
        what, given = edit["op"], edit.get("set", {})
        if what == "chars":
            for index, start, end in edit["spans"]:
                self._chars(self._paragraph(edit["part"], index), start, end, given)
        elif what == "paragraph":
            for index in edit["at"]:
                _set_paragraph(self._paragraph(edit["part"], index), given)
        elif what == "text":
            _set_text(self._paragraph(edit["part"], edit["at"]), edit["from"], edit["to"], edit["text"])
        elif what == "section":
            for number, mark in enumerate(self.sections()):
                if edit["at"] in (number, None):
                    _set_section(mark, given)
        elif what == "page_numbers":
            pagehead.install(self, edit["size"])
        else:
            raise RefusedError("broken")

    def sections(self) -> list[Element]:
        """Các mục của thân văn bản, in order."""
        body = self.root(self.main).find(f"{W}body")
        found = [e for e in body.iter(f"{W}sectPr") if local(e.getparent()) in ("pPr", "body")]
        return found or [_child(body, "sectPr", ())]

    def _paragraph(self, part: str, index: int) -> Element:
        for i, element in enumerate(self.root(part).iter(f"{W}p")):
            if i == index:
                return element
        raise RefusedError("broken")

    def _chars(self, paragraph: Element, start: int, end: int, given: dict[str, Any]) -> None:
        _cut(paragraph, start)
        _cut(paragraph, end)
        at, done = 0, set[Element]()
        for run, _node, piece in text_nodes(paragraph):
            if start <= at and at + len(piece) <= end and piece and run not in done:
                done.add(run)
                _set_run(run, given)
            at += len(piece)

    def save(self) -> bytes:
        """Tệp mới."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for entry in self.archive.entries:
                if entry.is_dir():
                    continue
                name = entry.filename
                if name in self.touched:
                    data = etree.tostring(
                        self.touched[name], xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                else:
                    data = self.archive.read(name, _PART_BYTES * 5)
                made.writestr(zipfile.ZipInfo(name, entry.date_time), data, zipfile.ZIP_DEFLATED)
            for name, data in self.added.items():
                made.writestr(zipfile.ZipInfo(name, (2020, 3, 5, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _child(holder: Element, name: str, order: tuple[str, ...]) -> Element:
    """The child of that name, made in its place when it is missing."""
    found = holder.find(f"{W}{name}")
    if found is not None:
        return found
    made = etree.Element(f"{W}{name}")
    after = order[order.index(name) + 1 :] if name in order else ()
    for place, element in enumerate(holder):
        if local(element) in after:
            holder.insert(place, made)
            return made
    holder.append(made)
    return made


def _put(holder: Element, name: str, order: tuple[str, ...], **attributes: Any) -> Element:
    element = _child(holder, name, order)
    for key, value in attributes.items():
        if value is None:
            element.attrib.pop(f"{W}{key}", None)
        else:
            element.set(f"{W}{key}", str(value))
    return element


def _cut(paragraph: Element, place: int) -> None:
    """Split the run that holds this place, so that a property can begin or end there."""
    at = 0
    for run, node, piece in text_nodes(paragraph):
        if at < place < at + len(piece):
            _split_text(node, place - at)
            _cut(paragraph, place)  # the text is in two nodes now; part the run between them
            return
        if at == place and piece and _content_before(run, node):
            _split_run(run, node)
            return
        at += len(piece)


def _content_before(run: Element, node: Element) -> bool:
    return any(local(e) != "rPr" for e in node.itersiblings(preceding=True))


def _split_text(node: Element, at: int) -> None:
    rest = copy.deepcopy(node)
    node.text, rest.text = node.text[:at], node.text[at:]
    for element in (node, rest):
        element.set(_SPACE, "preserve")
    node.addnext(rest)


def _split_run(run: Element, node: Element) -> None:
    rest = etree.Element(run.tag, run.attrib)
    props = run.find(f"{W}rPr")
    if props is not None:
        rest.append(copy.deepcopy(props))
    for element in [node, *node.itersiblings()]:
        rest.append(element)
    run.addnext(rest)


def _set_run(run: Element, given: dict[str, Any]) -> None:
    props = run.find(f"{W}rPr")
    if props is None:
        props = etree.Element(f"{W}rPr")
        run.insert(0, props)
    if "size" in given:
        _put(props, "sz", _RPR, val=given["size"])
        _put(props, "szCs", _RPR, val=given["size"])
    for key in ("b", "i", "caps"):
        if key in given:
            _put(props, key, _RPR, val="1" if given[key] else "0")
    if "u" in given:
        _put(props, "u", _RPR, val="single" if given["u"] else "none")
    if "color" in given:
        _put(props, "color", _RPR, val=given["color"], themeColor=None, themeShade=None, themeTint=None)
    if "font" in given:
        fonts = dict.fromkeys(("ascii", "hAnsi", "cs"), given["font"])
        _put(props, "rFonts", _RPR, **fonts, asciiTheme=None, hAnsiTheme=None, cstheme=None)


def _set_paragraph(paragraph: Element, given: dict[str, Any]) -> None:
    props = paragraph.find(f"{W}pPr")
    if props is None:
        props = etree.Element(f"{W}pPr")
        paragraph.insert(0, props)
    if "align" in given:
        _put(props, "jc", _PPR, val=given["align"])
    if "first" in given:
        first = given["first"]
        _put(props, "ind", _PPR, firstLine=first if first >= 0 else None, hanging=-first if first < 0 else None,
             firstLineChars=None, hangingChars=None)  # fmt: skip
    for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        if key in given:
            _put(props, "ind", _PPR, **{names[0]: given[key], names[1]: None})
    for key in ("before", "after"):
        if key in given:
            _put(props, "spacing", _PPR, **{key: given[key], f"{key}Autospacing": None, f"{key}Lines": None})
    if "line" in given:
        _put(props, "spacing", _PPR, line=given["line"], lineRule="auto")
    if "contextual" in given:
        _put(props, "contextualSpacing", _PPR, val="1" if given["contextual"] else "0")
    if "rule" in given:
        borders = _child(props, "pBdr", _PPR)
        _put(
            borders,
            "bottom",
            ("top", "left", "bottom", "right"),
            val="single",
            sz="6",
            space="1",
            color="000000",
        )


def _set_text(paragraph: Element, start: int, end: int, text: str) -> None:
    """Replace the characters from ``start`` to ``end``; the new ones look like the first of the old."""
    at, written = 0, False
    for _run, node, piece in text_nodes(paragraph):
        first, last = max(start, at), min(end, at + len(piece))
        if local(node) == "t" and first <= last and at <= start <= at + len(piece) and not written:
            node.text = piece[: first - at] + text + piece[last - at :]
            node.set(_SPACE, "preserve")
            written = True
        elif first < last and local(node) == "t":
            node.text = piece[: first - at] + piece[last - at :]
            node.set(_SPACE, "preserve")
        elif first < last and local(node) in ("noBreakHyphen", "softHyphen", "sym", "tab"):
            node.getparent().remove(node)
        at += len(piece)


def _set_section(mark: Element, given: dict[str, Any]) -> None:
    if "width" in given:
        _put(mark, "pgSz", _SECT, w=given["width"], h=given["height"], code=None,
             orient="landscape" if given["width"] > given["height"] else None)  # fmt: skip
    for side in ("top", "bottom", "left", "right", "gutter"):
        if side in given:
            _put(mark, "pgMar", _SECT, **{side: given[side]})
    if "title_page" in given:
        _put(mark, "titlePg", _SECT, val="1" if given["title_page"] else "0")
    if "start" in given:
        _put(mark, "pgNumType", _SECT, start=given["start"], fmt=None)


def repair(archive: Archive, edits: list[dict[str, Any]]) -> bytes:
    """Sửa một tệp Word theo danh sách việc."""
    repairer = Repairer(archive)
    # Places in the text are those of the file as it was read: what comes last in it is changed first.
    for edit in sorted(edits, key=lambda e: (e["op"] == "text", -int(e.get("from", 0)))):
        repairer.apply(edit)
    return repairer.save()
