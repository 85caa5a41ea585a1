"""Phần cuối văn bản: quyền hạn, chức vụ, họ tên người ký và nơi nhận."""

from __future__ import annotations

import re

from app.documents.format import words
from app.documents.format.anatomy import Anatomy, is_annex_start
from app.documents.format.layout import Para, Piece

_LOOK_BACK = 14
_LISTED = re.compile(r"^[-–—+•*]|^(?:như|lưu)\b", re.IGNORECASE)


def find_closing(found: Anatomy, pieces: list[Piece]) -> None:
    """Nhận ra phần ký và nơi nhận."""
    start = max(
        [p.order for p in (found.number, found.place_date, found.type_piece, found.motto) if p] + [-1]
    )
    after = [p for p in pieces if p.order > start]
    head = next(
        (p for p in after if re.match(r"^n[oơ]i nh[aậ]n\s*[:.]?(?:\s*$|\s*[-–])", p.text, re.IGNORECASE)),
        None,
    )
    found.recipients_head = head
    signs = [p for p in after if words.AUTHORITY.match(p.text) and p.is_upper and len(p.text) < 90]
    if head is not None:
        # Only those that stand near: a letter may speak of authorities in its text or in an annex.
        signs = [p for p in signs if abs(p.order - head.order) < 40]
    first = [p.order for p in ([head] if head else []) + signs[:1]]
    found.signing_from = min(first) if first else _first_position(after, pieces)
    found.annex_from = _annex_from(found)
    right = _right_side(found, after)
    if right:
        found.signing_from = min(found.signing_from, right[0].order)
    _sort_right(found, right)
    _find_recipients(found, after)


def _first_position(after: list[Piece], pieces: list[Piece]) -> int:
    """No list of recipients and no authority: the last office in capitals on the right."""
    titles = [p for p in after if p.x > 0.5 and p.is_upper and words.is_position(p.text) and len(p.text) < 80]
    return titles[-1].order if titles else (pieces[-1].order + 1 if pieces else 0)


def _annex_from(found: Anatomy) -> int:
    paras = found.layout.paras
    last = found.layout.pieces[-1].order + 1 if found.layout.pieces else 0
    section, order, broken = -1, 0, False
    for para in paras:
        order = para.pieces[0].order if para.pieces else order
        passed = bool(para.pieces) and order > found.signing_from
        new_page = (
            para.page_break
            or broken
            or (
                section not in (-1, para.section)
                and found.layout.sections[min(para.section, len(found.layout.sections) - 1)].starts_page
            )
        )
        if para.pieces:
            if passed and (
                is_annex_start(para.pieces[0].text) or (new_page and not _is_closing(para, found))
            ):
                return order
            section, broken = para.section, False
        broken = broken or "\f" in para.text
    return last


def _is_closing(para: Para, found: Anatomy) -> bool:
    """A page that begins with the signatures themselves is no annex."""
    text = para.pieces[0].text
    head = found.recipients_head
    return bool(words.AUTHORITY.match(text)) or (head is not None and para is head.para)


def _right_side(found: Anatomy, after: list[Piece]) -> list[Piece]:
    near = [p for p in after if p.order < found.annex_from]
    right = [
        p for p in near if p.order >= found.signing_from and p is not found.recipients_head and _may_sign(p)
    ]
    before = [p for p in near if p.order < found.signing_from][-_LOOK_BACK:]
    ahead: list[Piece] = []
    for piece in reversed(before):
        if piece.x <= 0.52 or len(piece.text) > 70 or not _may_sign(piece) or piece.para.lined:
            break
        ahead.insert(0, piece)
    return [*ahead, *right]


def _may_sign(piece: Piece) -> bool:
    bold_caps = (
        piece.is_upper
        and bool(piece.runs)
        and (words.is_position(piece.text) or bool(words.AUTHORITY.match(piece.text)))
    )
    if _LISTED.match(piece.text) or piece.para.label in ("-", "•"):
        return False
    return (piece.x > 0.52 or bold_caps) and len(piece.text) < 100


def _sort_right(found: Anatomy, right: list[Piece]) -> None:
    lines = [p for p in right if not words.PLACEHOLDER.match(p.text) and re.search(r"[^\W\d_]{2}", p.text)]
    for piece in lines:
        if words.AUTHORITY.match(piece.text.upper()) and (
            piece.is_upper or re.match(r"^(?:TM|KT|TL|TUQ)\.", piece.text.upper())
        ):
            found.authority.append(piece)
        elif (
            (
                piece.is_upper
                and (words.is_position(piece.text) or (found.positions == [] and piece is not lines[-1]))
            )
            or _is_position_mixed(piece, found)
            or (
                piece.is_upper
                and found.positions
                and piece is not lines[-1]
                and found.signer is None
                and piece.order - found.positions[-1].order == 1
            )
        ):
            found.positions.append(piece)
        elif found.signer is None and (found.positions or found.authority):
            found.signer = piece


def _is_position_mixed(piece: Piece, found: Anatomy) -> bool:
    return (
        words.is_position(piece.text.upper())
        and found.signer is None
        and len(piece.text.split()) < 9
        and not found.positions
    )


def _find_recipients(found: Anatomy, after: list[Piece]) -> None:
    head = found.recipients_head
    if head is None:
        return
    taken = {p.order for p in (*found.authority, *found.positions)} | (
        {found.signer.order} if found.signer else set()
    )
    cell = head.para.cell
    for piece in after:
        if piece.order <= head.order or piece.order >= found.annex_from or piece.order in taken:
            continue
        if (
            cell is not None
            and piece.para.cell is not None
            and piece.para.cell[0] == cell[0]
            and piece.para.cell[2] != cell[2]
        ):
            continue
        if cell is not None and piece.para.cell is None:
            break
        if piece.x > 0.55 and not _LISTED.match(piece.text):
            continue
        if (
            cell is None
            and found.recipients
            and found.recipients[-1].text.endswith(".")
            and not _LISTED.match(piece.text)
        ):
            break
        found.recipients.append(piece)
