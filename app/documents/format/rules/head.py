"""Quốc hiệu, tiêu ngữ, tên cơ quan, số ký hiệu, địa danh và thời gian, mức độ khẩn."""

from __future__ import annotations

import re

from app.documents.format import words
from app.documents.format.anatomy import Anatomy
from app.documents.format.finding import Component, Finding, Report
from app.documents.format.layout import Piece
from app.documents.format.rules.common import (
    check_centred,
    check_size,
    check_slant,
    check_upper,
    check_weight,
    misplaced,
    missing,
    retext,
    shown,
)

_LEFT, _RIGHT = 0.46, 0.5


def check(found: Anatomy, report: Report) -> None:
    """Kiểm tra phần đầu."""
    _check_state(found, report)
    _check_motto(found, report)
    _check_agency(found, report)
    _check_urgency(found, report)
    _check_rules(found, report)


def _check_state(found: Anatomy, report: Report) -> None:
    piece = found.state
    if piece is None:
        missing(report, Component.MOTTO_STATE, f"“{words.STATE}”")
        return
    if not piece.is_upper:
        check_upper(report, Component.MOTTO_STATE, [piece])
    elif _tone(piece.text) != _tone(words.STATE):
        report.add(
            Finding(
                Component.MOTTO_STATE,
                "text",
                f"“{words.STATE}”",
                f"“{shown(piece.text)}”",
                shown(piece.text),
                retext(piece, words.STATE),
            )
        )
    check_size(report, Component.MOTTO_STATE, [piece], 12, 13)
    check_weight(report, Component.MOTTO_STATE, [piece], bold=True)
    check_slant(report, Component.MOTTO_STATE, [piece], italic=False)
    if piece.x < _RIGHT:
        misplaced(report, Component.MOTTO_STATE, "ở nửa phải, trên cùng trang đầu", "ở nửa trái", piece.text)
    elif piece.order > 8:
        misplaced(
            report,
            Component.MOTTO_STATE,
            "ở nửa phải, trên cùng trang đầu",
            "không ở đầu trang",
            piece.text,
            sure=piece.order > 12,
        )
    check_centred(report, Component.MOTTO_STATE, [piece])


def _tone(text: str) -> str:
    """Old and new places of the tone mark are one spelling: HOÀ, HÒA."""
    return re.sub(r"\s+", " ", text.upper().replace("HOÀ", "HÒA")).strip()


def _check_motto(found: Anatomy, report: Report) -> None:
    piece = found.motto
    if piece is None:
        missing(report, Component.MOTTO, f"“{words.MOTTO}”")
        return
    if re.sub(r"\s+", " ", piece.text) != words.MOTTO:
        report.add(
            Finding(
                Component.MOTTO,
                "text",
                f"“{words.MOTTO}” (gạch nối, có cách chữ)",
                f"“{shown(piece.text)}”",
                shown(piece.text),
                retext(piece, words.MOTTO),
            )
        )
    check_size(report, Component.MOTTO, [piece], 13, 14)
    check_weight(report, Component.MOTTO, [piece], bold=True)
    check_slant(report, Component.MOTTO, [piece], italic=False)
    if piece.x < _RIGHT:
        misplaced(report, Component.MOTTO, "canh giữa dưới Quốc hiệu", "ở nửa trái", piece.text)
    elif found.state is not None and piece.order < found.state.order:
        misplaced(report, Component.MOTTO, "ngay dưới Quốc hiệu", "ở trên Quốc hiệu", piece.text)
    check_centred(report, Component.MOTTO, [piece])


def _issuers(lines: list[Piece]) -> list[list[Piece]]:
    """The lines grouped by agency: a name may run over two or three lines."""
    groups: list[list[Piece]] = []
    for line in lines:
        opens = words.starts_agency(line.text.upper()) and not (
            groups and groups[-1][-1].text.upper() in ("VĂN PHÒNG", "ĐOÀN ĐẠI BIỂU", "HỘI ĐỒNG")
        )
        if not groups or opens:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _check_agency(found: Anatomy, report: Report) -> None:
    lines = found.agency
    if not lines:
        right = [
            p
            for p in found.layout.pieces[:8]
            if p.is_upper
            and p.x >= 0.55
            and p not in (found.state, found.urgency)
            and words.starts_agency(p.text)
        ]
        if right:
            misplaced(
                report, Component.AGENCY, "ở nửa trái, trên cùng trang đầu", "ở nửa phải", right[0].text
            )
        else:
            missing(report, Component.AGENCY, "tên cơ quan ban hành, in hoa, đậm, ở nửa trái trên cùng")
        return
    groups = _issuers(lines)
    joint = any(p.text.rstrip().endswith(("-", "–")) or " - " in p.text for p in lines) or len(groups) > 3
    issuer = groups[-1]
    parents = [p for g in groups[:-1] for p in g]
    if (
        parents
        and len(parents) == len(lines) - len(issuer)
        and not _bold(issuer)
        and all(_bold([p]) for p in parents)
    ):
        # Weight the wrong way round is one fault, told where it is seen first.
        check_weight(report, Component.AGENCY, issuer, bold=True)
    bold_tail = [p for p in lines if _bold([p])]
    if (
        len(groups) == 1
        and bold_tail
        and bold_tail != lines
        and lines[: len(lines) - len(bold_tail)]
        and bold_tail == lines[-len(bold_tail) :]
    ):
        parents, issuer = lines[: len(lines) - len(bold_tail)], bold_tail
    check_upper(report, Component.AGENCY, issuer)
    check_size(report, Component.AGENCY, issuer, 12, 13)
    check_weight(report, Component.AGENCY, issuer, bold=True)
    check_slant(report, Component.AGENCY, lines, italic=False)
    if parents and not joint:
        check_upper(report, Component.PARENT, parents)
        check_size(report, Component.PARENT, parents, 12, 13)
        check_weight(report, Component.PARENT, parents, bold=False)
    check_centred(report, Component.AGENCY, lines)


def _bold(pieces: list[Piece]) -> bool:
    return all(r.bold for p in pieces for r in p.runs)


def _check_urgency(found: Anatomy, report: Report) -> None:
    piece = found.urgency
    if piece is None:
        return
    check_upper(report, Component.URGENCY, [piece])
    check_weight(report, Component.URGENCY, [piece], bold=True)
    check_size(report, Component.URGENCY, [piece], 13, 14)
    check_slant(report, Component.URGENCY, [piece], italic=False)
    if piece.x > 0.56:
        misplaced(report, Component.URGENCY, "ở nửa trái, dưới số, ký hiệu", "ở nửa phải", piece.text)


def _check_rules(found: Anatomy, report: Report) -> None:
    """Lines under the agency's name and the motto. A file without any is probably drawn in a way we do not see."""
    start = found.type_piece.order if found.type_piece else found.body_from
    head = [(x, order) for x, order in found.rules if order <= start]
    left = any(x < 0.5 for x, _ in head)
    right = any(x >= 0.5 for x, _ in head)
    for present, other, component, expected, piece in (
        (
            left,
            right,
            Component.AGENCY,
            "đường kẻ nét liền dưới tên cơ quan, dài 1/3 đến 1/2 dòng chữ",
            found.agency[-1] if found.agency else None,
        ),
        (right, left, Component.MOTTO, "đường kẻ nét liền dưới Tiêu ngữ, dài bằng dòng chữ", found.motto),
    ):
        if piece is not None and not present:
            report.add(
                Finding(component, "rule", expected, "không có đường kẻ", shown(piece.text)), sure=other
            )
