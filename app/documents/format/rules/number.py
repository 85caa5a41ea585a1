"""Số, ký hiệu; địa danh và thời gian ban hành."""

from __future__ import annotations

import re
from datetime import date

from app.documents.format import words
from app.documents.format.anatomy import Anatomy
from app.documents.format.finding import Component, Finding, Report
from app.documents.format.layout import Piece
from app.documents.format.rules.common import (
    check_centred,
    check_size,
    check_slant,
    check_weight,
    misplaced,
    missing,
    retext,
    shown,
)
from app.language.document_types import type_abbreviated, type_named

_BLANK = r"[\d\s…._]*"


def check(found: Anatomy, report: Report) -> None:
    """Kiểm tra số, ký hiệu, địa danh và thời gian."""
    _check_number(found, report)
    _check_place_date(found, report)


def _check_number(found: Anatomy, report: Report) -> None:
    piece = found.number
    if piece is None:
        if found.type_name not in ("Thư công", "Biên bản", "Hợp đồng"):
            missing(report, Component.NUMBER, "“Số: …/…” canh giữa dưới tên cơ quan")
        return
    check_size(report, Component.NUMBER, [piece], 13, 13)
    check_weight(report, Component.NUMBER, [piece], bold=False)
    check_slant(report, Component.NUMBER, [piece], italic=False)
    if piece.x > 0.54:
        misplaced(report, Component.NUMBER, "canh giữa dưới tên cơ quan (nửa trái)", "ở nửa phải", piece.text)
    elif found.type_piece is not None and piece.order > found.type_piece.order:
        misplaced(report, Component.NUMBER, "canh giữa dưới tên cơ quan", "ở dưới tên loại", piece.text)
    elif found.agency and piece.order < found.agency[0].order:
        misplaced(report, Component.NUMBER, "canh giữa dưới tên cơ quan", "ở trên tên cơ quan", piece.text)
    check_centred(report, Component.NUMBER, [piece], sure=False)
    _check_notation(found, report, piece)


def _check_notation(found: Anatomy, report: Report, piece: Piece) -> None:
    text = piece.text.strip()

    def add(rule: str, expected: str, fixed: str = "") -> None:
        report.add(
            Finding(
                Component.NUMBER,
                rule,
                expected,
                f"“{shown(text)}”",
                shown(text),
                retext(piece, fixed) if fixed else (),
            )
        )

    match = re.match(rf"^(số)(\s*)(:?)({_BLANK})(.*)$", text, re.IGNORECASE)
    if match is None:
        return None
    word, gap, colon, number, rest = match.groups()
    if word != "Số" or not colon or gap:
        number = number.lstrip(". ") if not colon else number
        add(
            "word",
            "“Số:” viết thường chữ “ố”, có dấu hai chấm",
            f"Số: {number.strip()}{rest}" if number.strip() else f"Số:{number or ' '}{rest}",
        )
    digits = re.sub(r"\D", "", number)
    notation = rest.lstrip()
    if not notation.startswith("/"):
        if digits and re.match(r"^\s*[-–]", rest):
            return add("slash", "dấu gạch chéo (/) giữa số và ký hiệu")
        return add("notation", "ký hiệu sau dấu gạch chéo (/)") if not notation or digits else None
    spaced = re.search(r"\s", notation.strip()) or (digits and number != number.rstrip())
    if spaced:
        add("spaces", "không cách chữ giữa các thành phần của ký hiệu", _tight(text))
    if re.search("[\u2010-\u2015]", notation):
        add(
            "dash",
            "dấu gạch nối (-) giữa các nhóm chữ viết tắt",
            re.sub("\\s*[\u2010-\u2015]\\s*", "-", text),
        )
    if digits and len(digits) == 1:
        add("zero", "số nhỏ hơn 10 có số 0 phía trước", re.sub(r"(\d)", r"0\1", text, count=1))
    elif digits and len(digits) > 2 and digits.startswith("0"):
        add("zero", "số không thừa số 0 phía trước", re.sub(r"0+(\d{2,})", r"\1", text, count=1))
    groups = [g for g in re.split(r"[/\-\u2010-\u2015]", re.sub(r"\s+", "", notation)) if g]
    if groups:
        _check_groups(found, report, piece, groups)
    return None


def _tight(text: str) -> str:
    head, _, tail = text.partition(":")
    number, _, notation = tail.partition("/")
    closed = re.sub(r"\s+", "", notation)
    return f"{head}: {number.strip()}/{closed}" if re.search(r"\d", number) else f"{head}:{number}/{closed}"


def _check_groups(found: Anatomy, report: Report, piece: Piece, groups: list[str]) -> None:
    def add(rule: str, expected: str, *, sure: bool = True) -> None:
        report.add(
            Finding(Component.NUMBER, rule, expected, f"“{shown(piece.text)}”", shown(piece.text)), sure=sure
        )

    has_year = re.fullmatch(r"(?:19|20)\d\d", groups[0]) is not None
    rest = groups[1:] if has_year else groups
    if not rest:
        return
    first, kind = rest[0], type_abbreviated(rest[0])
    lower = [g for g in rest if g == g.lower() and re.search(r"[^\W\d_]", g)]
    if lower:
        add("case", "ký hiệu viết bằng chữ in hoa")
        return
    if found.is_letter:
        if first in ("CV", "CVĐ"):
            add("letter_type", "công văn không ghi chữ viết tắt tên loại: số/cơ quan-đơn vị soạn thảo")
        elif len(rest) == 1:
            add(
                "unit",
                "ký hiệu công văn gồm chữ viết tắt tên cơ quan và đơn vị soạn thảo hoặc lĩnh vực",
                sure=False,
            )
        return
    if len(rest) == 1:
        add("agency", "ký hiệu gồm chữ viết tắt tên loại và tên cơ quan ban hành")
        return
    try:
        wanted = type_named(found.type_name).abbreviation
    except KeyError:
        return
    if (
        wanted
        and kind is None
        and found.type_piece is not None
        and len(rest) <= 3
        and first.upper() != wanted.upper()
    ):
        if first not in ("SY", "SL", "TrS"):
            add("abbreviation", f"ký hiệu bắt đầu bằng “{wanted}-” theo tên loại {found.type_name}")
    elif wanted and kind is not None and kind.abbreviation != wanted:
        add("abbreviation", f"ký hiệu bắt đầu bằng “{wanted}-” theo tên loại {found.type_name}")
    elif has_year and found.type_name not in words.LEGAL_YEAR:
        add("year", "số/ký hiệu không ghi năm (chỉ văn bản quy phạm pháp luật có năm)")
    elif first.upper() == wanted.upper() and first != wanted:
        add("abbreviation", f"chữ viết tắt tên loại “{wanted}” theo Phụ lục III")


def _check_place_date(found: Anatomy, report: Report) -> None:
    piece = found.place_date
    if piece is None:
        missing(
            report,
            Component.PLACE_DATE,
            "“<Địa danh>, ngày … tháng … năm …” ở nửa phải, cùng dòng với số, ký hiệu",
        )
        return
    check_size(report, Component.PLACE_DATE, [piece], 13, 14)
    check_slant(report, Component.PLACE_DATE, [piece], italic=True)
    check_weight(report, Component.PLACE_DATE, [piece], bold=False)
    if piece.x < 0.46:
        misplaced(
            report,
            Component.PLACE_DATE,
            "ở nửa phải, dưới Tiêu ngữ, cùng dòng với số, ký hiệu",
            "ở nửa trái",
            piece.text,
        )
    elif found.type_piece is not None and piece.order > found.type_piece.order:
        misplaced(
            report,
            Component.PLACE_DATE,
            "dưới Tiêu ngữ, cùng dòng với số, ký hiệu",
            "ở dưới tên loại",
            piece.text,
        )
    elif (
        found.motto is not None
        and piece.order < found.motto.order
        and piece.para.cell is not None
        and piece.para.cell == found.motto.para.cell
    ):
        misplaced(report, Component.PLACE_DATE, "dưới Tiêu ngữ", "ở trên Tiêu ngữ", piece.text)
    check_centred(report, Component.PLACE_DATE, [piece], sure=False)
    _check_date_text(report, piece)


_WRITTEN = re.compile(
    r"^(?P<place>.*?)(?P<comma>\s*,?)\s*(?P<ngay>ngày)\s*(?P<day>[\d…._\s]*?)\s*tháng\s*(?P<month>[\d…._\s]*?)\s*năm\s*(?P<year>[\d…._\s]*)\.?$",
    re.IGNORECASE,
)


def _check_date_text(report: Report, piece: Piece) -> None:
    text = piece.text.strip()

    def add(rule: str, expected: str, fixed: str = "") -> None:
        report.add(
            Finding(
                Component.PLACE_DATE,
                rule,
                expected,
                f"“{shown(text)}”",
                shown(text),
                retext(piece, fixed) if fixed else (),
            )
        )

    match = _WRITTEN.match(text)
    if match is None:
        add("form", "dạng “<Địa danh>, ngày … tháng … năm …”, ghi đủ ngày, tháng, năm")
        return
    if not match["place"].strip():
        add("place", "có địa danh trước ngày ban hành")
    elif "," not in match["comma"] and not match["place"].rstrip().endswith(","):
        add("comma", "dấu phẩy sau địa danh", f"{match['place'].rstrip()}, {text[match.start('ngay') :]}")
    elif match["place"].strip()[0].islower():
        add("capital", "viết hoa chữ cái đầu của địa danh")
    day, month, year = (match[k].strip() for k in ("day", "month", "year"))
    if day.isdigit() and len(day) == 1:
        add(
            "day_zero",
            "ngày nhỏ hơn 10 có số 0 phía trước",
            text[: match.start("day")] + f"0{day}" + text[match.end("day") :],
        )
    if month in ("1", "2"):
        add(
            "month_zero",
            "tháng 1, tháng 2 có số 0 phía trước",
            text[: match.start("month")] + f"0{month}" + text[match.end("month") :],
        )
    if match["ngay"] != "ngày":
        add(
            "word", "chữ “ngày” viết thường", text[: match.start("ngay")] + "ngày" + text[match.end("ngay") :]
        )
    if day.isdigit() and month.isdigit() and year.isdigit():
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            add("real", "ngày có thật")
    elif year and year.isdigit() and len(year) != 4:
        add("year", "năm ghi đủ bốn chữ số")
