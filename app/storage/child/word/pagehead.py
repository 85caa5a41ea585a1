"""Số trang: one centred number in the header of every page but the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from app.storage.child.word import ooxml
from app.storage.child.word.ooxml import W, local

if TYPE_CHECKING:
    from app.storage.child.word.repair import Repairer

_MAIN = W[1:-1]
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RUN = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def install(repairer: Repairer, size: int) -> None:
    """Đặt số trang: a new header for all sections; page numbers elsewhere are taken out."""
    for name in [
        n
        for n in repairer.archive.names
        if n.startswith(("word/header", "word/footer")) and n.endswith(".xml")
    ]:
        _clear(repairer, name)
    full, empty = "word/headerSoTrang.xml", "word/headerTrangDau.xml"
    look = _RUN.format(size=size)
    field = (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{look}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{look}<w:t>2</w:t></w:r><w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )
    repairer.added[full] = _header(field)
    repairer.added[empty] = _header("")
    _name(repairer, full, "rIdSoTrang")
    _name(repairer, empty, "rIdTrangDau")
    for number, mark in enumerate(repairer.sections()):
        for old in [e for e in mark if local(e) == "headerReference"]:
            mark.remove(old)
        references = [("default", "rIdSoTrang")] + ([("first", "rIdTrangDau")] if number == 0 else [])
        for kind, ident in reversed(references):
            reference = etree.Element(f"{W}headerReference")
            reference.set(f"{W}type", kind)
            reference.set(f"{{{_REL}}}id", ident)
            mark.insert(0, reference)
    repairer.apply({"op": "section", "at": 0, "set": {"title_page": True}})


def _header(content: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr xmlns:w="{_MAIN}">'
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>{content}</w:p></w:hdr>'
    ).encode()


def _name(repairer: Repairer, part: str, ident: str) -> None:
    types = repairer.root("[Content_Types].xml")
    etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{part}", ContentType=_TYPE)
    folder, _, leaf = repairer.main.rpartition("/")
    rows = repairer.root(f"{folder}/_rels/{leaf}.rels")
    etree.SubElement(
        rows,
        f"{{{_PACKAGE}/relationships}}Relationship",
        Id=ident,
        Type=f"{_REL}/header",
        Target=part.rpartition("/")[2],
    )


def _clear(repairer: Repairer, name: str) -> None:
    """Take the page number out of a header or footer, and leave what else stands there."""
    root = ooxml.part(repairer.archive, name)
    if root is None:
        return
    holders = [p for p in root.iter(f"{W}p") if _shows_page(p)]
    if not holders:
        return
    for paragraph in [p for p in repairer.root(name).iter(f"{W}p") if _shows_page(p)]:
        for child in [c for c in paragraph if local(c) != "pPr"]:
            paragraph.remove(child)


def _shows_page(paragraph: ooxml.Element) -> bool:
    written = "".join(e.text or "" for e in paragraph.iter(f"{W}instrText"))
    written += " ".join(e.get(f"{W}instr", "") for e in paragraph.iter(f"{W}fldSimple"))
    return "PAGE" in written.upper().split()
