"""Nhận ra các thành phần ở đầu và thân văn bản."""

from __future__ import annotations

import re

from app.documents.format import words
from app.documents.format.anatomy import Anatomy
from app.documents.format.closing import find_closing
from app.documents.format.layout import Layout, Piece
from app.language.document_types import type_abbreviated

_HEAD_PIECES = 45
_NUMBER = re.compile(r"^\s*s[ốô]\s*(?:[:.]|(?=[\d….]|\s{2,}|/))", re.IGNORECASE)
_DATE = re.compile(
    r"ng[àa]y\b.*\bth[áa]ng\b|,\s*ng[àa]y\s*[\d….]|^[^,\d]{2,40},?\s+(?:ng[àa]y\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\.?$",
    re.IGNORECASE,
)
_URGENT = frozenset({"khan", "thuong khan", "hoa toc"})
_RULE_ONLY = re.compile(r"^[\s_\-–—=*.─━‾¯⎯]{2,}$")
_BULLET = re.compile(r"^[-–—+•*]")


def dissect(layout: Layout) -> Anatomy:
    """Nhận ra các thành phần của một văn bản."""
    found = Anatomy(layout)
    pieces = [p for p in layout.pieces if not _RULE_ONLY.match(p.text)]
    _find_head(found, pieces[:_HEAD_PIECES])
    _find_title(found, pieces)
    _find_addressee(found, pieces)
    find_closing(found, pieces)
    _find_body(found)
    _find_rules(found)
    return found


def _find_head(found: Anatomy, head: list[Piece]) -> None:
    for piece in head:
        if found.state is None and (
            words.similar(piece.text, words.STATE) > 0.86 or "cong hoa xa hoi chu nghia" in piece.folded
        ):
            found.state = piece
        elif found.motto is None and (
            words.similar(piece.text, words.MOTTO) > 0.8
            or ("doc lap" in piece.folded and "hanh phuc" in piece.folded)
        ):
            if len(piece.text) < 60:
                found.motto = piece
        elif (
            found.number is None
            and _NUMBER.match(piece.text)
            and len(piece.text) < 70
            and words.type_of(piece) is None
        ):
            found.number = piece
        elif (
            found.place_date is None
            and _DATE.search(piece.text)
            and len(piece.text) < 80
            and not piece.folded.startswith(("can cu", "thuc hien"))
        ):
            found.place_date = piece
        elif found.urgency is None and re.sub(r"[^a-z ]", "", piece.folded).strip() in _URGENT:
            found.urgency = piece
    known = [p for p in (found.state, found.motto, found.number, found.place_date) if p]
    if not known:
        return
    stop = found.number.order if found.number else max(p.order for p in known)
    taken = {p.order for p in known} | ({found.urgency.order} if found.urgency else set())
    found.agency = [
        p
        for p in head
        if p.order < stop
        and p.order not in taken
        and p.x < 0.55
        and words.type_of(p) is None
        and len(p.text) < 120
    ]
    # A second column that was written first: what stands beside the names must not pass for one.
    found.agency = [
        p
        for p in found.agency
        if not _DATE.search(p.text) and not p.folded.startswith(("v/v", "kinh gui", "can cu"))
    ]


def _head_end(found: Anatomy) -> int:
    known = [found.state, found.motto, found.number, found.place_date, found.urgency, *found.agency]
    return max((p.order for p in known if p), default=-1)


def _find_title(found: Anatomy, pieces: list[Piece]) -> None:
    for piece in pieces[:_HEAD_PIECES]:
        name = words.type_of(piece)
        if (
            name
            and piece not in found.agency
            and (piece.is_upper or piece.is_centred)
            and len(piece.para.pieces) == 1
        ):
            found.type_piece, found.type_name = piece, name
            break
    if found.type_piece is not None and found.type_name != "Công văn":
        title = found.type_piece
        found.abstract = _abstract_under(found, [p for p in pieces if p.order > title.order])
        return
    found.type_piece = None
    abbreviation = (
        re.search(r"/\s*(?:\d{4}\s*/\s*)?([^\W\d_]+)\s*-", found.number.text) if found.number else None
    )
    kind = type_abbreviated(abbreviation[1]) if abbreviation else None
    found.type_name = kind.name if kind else "Công văn"
    if kind is None:
        found.abstract = _letter_abstract(found, pieces)


def _abstract_under(found: Anatomy, after: list[Piece]) -> list[Piece]:
    taken: list[Piece] = []
    for piece in after[:8]:
        text = piece.text
        starts = piece.folded.startswith(("kinh gui", "can cu", "theo ", "xet ", "noi nhan"))
        if (
            starts
            or (piece.is_upper and words.is_decider(text))
            or AGENCY_LEADS.match(text)
            or len(text) > 400
        ):
            break
        bold = bool(piece.runs) and all(r.bold for r in piece.runs)
        if taken and not (piece.is_centred and (bold or not any(r.bold for r in taken[0].runs))):
            break
        if taken and taken[-1].para is not piece.para and _gap_between(taken[-1], piece, found.layout):
            break
        if not taken and not (piece.is_centred or bold):
            break
        taken.append(piece)
    return taken


AGENCY_LEADS = re.compile(r"^(?:Điều|Chương|Phần|Mục|I+|\d+)\.?\s")


def _gap_between(one: Piece, other: Piece, layout: Layout) -> bool:
    """An empty or ruled paragraph between two lines ends the abstract."""
    first, last = layout.paras.index(one.para), layout.paras.index(other.para)
    return last - first > 1 or bool(one.para.rules)


def _letter_abstract(found: Anatomy, pieces: list[Piece]) -> list[Piece]:
    start = next(
        (p for p in pieces[:_HEAD_PIECES] if re.match(r"^v\s*/\s*v\b|^ve viec\b|^trich yeu", p.folded)), None
    )
    if start is None:
        return []
    taken = [start]
    for piece in pieces:
        if (
            piece.order <= start.order
            or piece is found.urgency
            or piece is found.place_date
            or piece is found.number
        ):
            continue
        same_cell = start.para.cell is not None and piece.para.cell == start.para.cell
        same_para = piece.para is start.para and piece.x < 0.5
        if not (same_cell or same_para) or piece.folded.startswith("kinh gui"):
            break
        taken.append(piece)
    found.agency = [p for p in found.agency if p not in taken]
    return taken


def _find_addressee(found: Anatomy, pieces: list[Piece]) -> None:
    begin = _head_end(found)
    start = next((p for p in pieces if p.order > begin - 4 and re.match(r"^kinh g[uư]i", p.folded)), None)
    if start is None or start.order > begin + 30:
        return
    taken = [start]
    for piece in pieces:
        if piece.order <= start.order:
            continue
        same = piece.para is start.para or (
            start.para.cell and piece.para.cell and piece.para.cell[0] == start.para.cell[0]
        )
        listed = _BULLET.match(piece.text) or piece.para.label in ("-", "•", "+")
        if not same and not (listed and len(piece.text) < 160 and not taken[-1].text.endswith(".")):
            break
        taken.append(piece)
    found.addressee = taken


def _find_body(found: Anatomy) -> None:
    known = [_head_end(found)] + [p.order for p in (*found.abstract, *found.addressee)]
    if found.type_piece:
        known.append(found.type_piece.order)
    found.body_from = max(known) + 1
    end = found.signing_from
    for para in found.layout.paras:
        if not para.pieces or not found.body_from <= para.pieces[0].order < end:
            continue
        if (
            found.type_name in words.WITH_BASES
            and para.pieces[0].is_upper
            and para.align == "center"
            and words.is_decider(para.text.strip())
        ):
            found.deciders.append(para.pieces[0])
        found.body.append(para)


def _find_rules(found: Anatomy) -> None:
    order = 0
    for para in found.layout.paras:
        middle = (para.left + para.width / 2) / para.room
        if para.rules and not para.lined:
            at = para.pieces[-1].order if para.pieces and "top" not in para.rules else order
            found.rules.append((middle, at))
        for offset, width in para.lines:
            x = (
                middle
                if offset is None
                else (para.left + max(0, para.indent) + offset + width / 2) / para.room
            )
            found.rules.append((x, para.pieces[-1].order if para.pieces else order))
        for piece in para.pieces:
            order = piece.order
            if _RULE_ONLY.match(piece.text) or (piece.runs and all(r.underline for r in piece.runs)):
                found.rules.append((piece.x, piece.order))
