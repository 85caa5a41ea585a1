"""Quyền hạn, chức vụ, họ tên người ký và nơi nhận."""

from __future__ import annotations

import re

from app.documents.format import words
from app.documents.format.anatomy import Anatomy
from app.documents.format.finding import Component, Finding, Report
from app.documents.format.layout import Piece
from app.documents.format.rules.common import (
    check_size,
    check_slant,
    check_upper,
    check_weight,
    misplaced,
    missing,
    retext,
    shown,
)

_KEPT = re.compile(r"^[-–—+•]?\s*l[uư]u\b", re.IGNORECASE)


def check(found: Anatomy, report: Report) -> None:
    """Kiểm tra phần ký và nơi nhận."""
    _check_authority(found, report)
    _check_position(found, report)
    _check_signer(found, report)
    _check_side(found, report)
    _check_recipients(found, report)


def _check_authority(found: Anatomy, report: Report) -> None:
    lines = found.authority
    check_upper(report, Component.AUTHORITY, lines)
    check_size(report, Component.AUTHORITY, lines, 13, 14)
    check_weight(report, Component.AUTHORITY, lines, bold=True)
    check_slant(report, Component.AUTHORITY, lines, italic=False)
    for piece in lines:
        match = words.AUTHORITY.match(piece.text.upper())
        if match is None:
            continue
        sign, dot = match[1].replace("/", "").replace("TƯQ", "TUQ"), match[2].strip()
        if sign != match[1] or dot != ".":
            report.add(Finding(Component.AUTHORITY, "sign", f"“{sign}.” (có dấu chấm)", f"“{shown(piece.text)}”", shown(piece.text),
                               retext(piece, f"{sign}. {piece.text[match.end():]}")))  # fmt: skip
    deputy = [p for p in lines if re.match(r"^K/?T", p.text)]
    if (
        deputy
        and found.positions
        and not any(re.search(r"\bPHÓ\b|THỨ TRƯỞNG", p.text) for p in found.positions)
    ):
        report.add(
            Finding(
                Component.POSITION,
                "deputy",
                "chức vụ cấp phó dưới dòng “KT.”",
                f"“{shown(found.positions[-1].text)}”",
                shown(found.positions[-1].text),
            )
        )
    if (
        (
            not deputy
            and not lines
            and found.positions
            and re.match(
                r"^PHÓ (CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|HIỆU TRƯỞNG|TRƯỞNG PHÒNG)",
                found.positions[0].text,
            )
        )
        and found.type_name not in words.OF_TWO_SIDES
        and len(found.positions) == 1
    ):
        report.add(
            Finding(
                Component.AUTHORITY,
                "missing",
                "dòng “KT.” và chức vụ người đứng đầu khi cấp phó ký thay",
                "không có dòng “KT.”",
                shown(found.positions[0].text),
            )
        )


def _check_position(found: Anatomy, report: Report) -> None:
    lines = found.positions
    if not lines:
        if found.type_name not in words.OF_TWO_SIDES and not _authority_is_office(found):
            missing(report, Component.POSITION, "chức vụ của người ký, in hoa, đậm")
        return
    check_upper(report, Component.POSITION, lines)
    check_size(report, Component.POSITION, lines, 13, 14)
    check_weight(report, Component.POSITION, lines, bold=True)
    check_slant(report, Component.POSITION, lines, italic=False)


def _authority_is_office(found: Anatomy) -> bool:
    """ "Q. GIÁM ĐỐC" is authority and office in one line."""
    return any(p.text.startswith(("Q.", "Q ")) for p in found.authority)


def _check_signer(found: Anatomy, report: Report) -> None:
    piece = found.signer
    if piece is None:
        if (found.positions or found.authority) and found.type_name not in words.OF_TWO_SIDES:
            missing(report, Component.SIGNER, "họ tên người ký dưới chữ ký")
        return
    check_size(report, Component.SIGNER, [piece], 13, 14)
    check_weight(report, Component.SIGNER, [piece], bold=True)
    check_slant(report, Component.SIGNER, [piece], italic=False)
    if piece.is_upper:
        report.add(
            Finding(
                Component.SIGNER,
                "case",
                "họ tên viết in thường",
                f"“{piece.text}”",
                piece.text,
                retext(piece, piece.text.title()),
            )
        )
    match = words.ACADEMIC.match(piece.text)
    if match:
        agency = " ".join(p.text for p in found.agency)
        report.add(Finding(Component.SIGNER, "degree", "không ghi học hàm, học vị và danh hiệu trước họ tên", f"“{piece.text}”", piece.text,
                           retext(piece, piece.text[match.end() :])), sure=not words.allows_degrees(agency))  # fmt: skip


def _check_side(found: Anatomy, report: Report) -> None:
    if found.type_name in words.OF_TWO_SIDES:
        return
    for component, pieces in (
        (Component.AUTHORITY, found.authority),
        (Component.POSITION, found.positions),
        (Component.SIGNER, [found.signer] if found.signer else []),
    ):
        wrong = [p for p in pieces if p.x < 0.45]
        if wrong:
            misplaced(report, component, "ở nửa phải, dưới nội dung", "ở nửa trái", wrong[0].text)
            return


def _check_recipients(found: Anatomy, report: Report) -> None:
    head = found.recipients_head
    if head is None:
        missing(
            report,
            Component.RECIPIENTS,
            "“Nơi nhận:” ở nửa trái cuối văn bản",
            sure=found.type_name not in words.OF_TWO_SIDES,
        )
        return
    label = [head] if head.end - head.start < 14 else []
    check_size(report, Component.RECIPIENTS, label, 12, 12)
    check_weight(report, Component.RECIPIENTS, label, bold=True)
    check_slant(report, Component.RECIPIENTS, label, italic=True)
    if label and not head.text.rstrip().endswith(":"):
        report.add(
            Finding(
                Component.RECIPIENTS,
                "colon",
                "“Nơi nhận:” có dấu hai chấm",
                f"“{head.text}”",
                head.text,
                retext(head, "Nơi nhận:"),
            )
        )
    if head.x > 0.55:
        misplaced(report, Component.RECIPIENTS, "ở nửa trái cuối văn bản", "ở nửa phải", head.text)
    _check_list(found, report, found.recipients)


def _check_list(found: Anatomy, report: Report, lines: list[Piece]) -> None:
    if not lines:
        missing(report, Component.RECIPIENTS, "danh sách nơi nhận, có dòng “Lưu: VT, …”")
        return

    def add(rule: str, expected: str, piece: Piece, fixed: str = "") -> None:
        report.add(
            Finding(
                Component.RECIPIENTS,
                rule,
                expected,
                f"“{shown(piece.text)}”",
                shown(piece.text),
                retext(piece, fixed) if fixed else (),
            )
        )

    held = (
        Report()
    )  # the list has a size and weight of its own beside the heading, and is told under its own name
    check_size(held, Component.RECIPIENTS, lines, 11, 11)
    check_weight(held, Component.RECIPIENTS, lines, bold=False)
    check_slant(held, Component.RECIPIENTS, lines, italic=False)
    for f in held.findings:
        report.add(
            Finding(f.component, f"list_{f.rule}", f"danh sách {f.expected}", f.found, f.where, f.repair)
        )
    kept = [p for p in lines if _KEPT.match(p.text)]
    if not kept:
        missing_keep = Finding(
            Component.RECIPIENTS,
            "keep",
            "dòng cuối “Lưu: VT, <đơn vị soạn thảo>.”",
            "không có dòng “Lưu”",
            shown(lines[-1].text),
        )
        report.add(missing_keep, sure=found.type_name not in words.OF_TWO_SIDES)
        return
    last = kept[-1]
    if not re.match(r"^[-–—+•]?\s*Lưu\s*:", last.text):
        add(
            "keep_word",
            "“Lưu:” viết hoa chữ đầu, có dấu hai chấm",
            last,
            re.sub(r"^([-–—+•]?\s*)lưu\s*:?\s*", r"\1Lưu: ", last.text, flags=re.IGNORECASE),
        )
    elif not re.search(r"\bVT\b|văn thư", last.text, re.IGNORECASE):
        add("keep_office", "dòng “Lưu” có “VT” (văn thư)", last)
    elif not last.text.rstrip().endswith(".") and last is lines[-1]:
        add(
            "full_stop",
            "dòng “Lưu” kết thúc bằng dấu chấm (.)",
            last,
            re.sub(r"[;,:]?$", ".", last.text.rstrip(), count=1),
        )
    listed = [p for p in lines if re.match(r"^[-–—]", p.text) or p.para.label == "-"]
    if listed and len(listed) < len(lines):
        # Lines without a dash that follow one are its continuation; a list with none at the start of a paragraph is a fault.
        stray = [
            p
            for p in lines
            if p not in listed
            and p.start == p.para.pieces[0].start
            and len(p.para.pieces) == 1
            and lines[0] is p
        ]
        if stray:
            add("dash", "mỗi nơi nhận bắt đầu bằng dấu gạch đầu dòng (-)", stray[0], f"- {stray[0].text}")
    if not listed:
        add("dash", "mỗi nơi nhận bắt đầu bằng dấu gạch đầu dòng (-)", lines[0])
    for piece in lines[:-1]:
        following = lines[lines.index(piece) + 1]
        ends = piece.text.rstrip().endswith((";", ",", ":"))
        if following in listed and not ends and not piece.text.rstrip().endswith(("(b/c)", "(để b/c)")):
            add(
                "semicolon",
                "cuối mỗi nơi nhận có dấu chấm phẩy (;)",
                piece,
                re.sub(r"[.,]?$", ";", piece.text.rstrip(), count=1),
            )
            break
