"""Tên loại, trích yếu, kính gửi, căn cứ và nội dung."""

from __future__ import annotations

import itertools
import re

from app.documents.format import words
from app.documents.format.anatomy import Anatomy
from app.documents.format.finding import Component, Finding, Report
from app.documents.format.layout import Para, Piece
from app.documents.format.rules.common import (
    ALIGN_WORDS,
    chars,
    check_centred,
    check_size,
    check_slant,
    check_upper,
    check_weight,
    misplaced,
    missing,
    paragraphs,
    points,
    retext,
    shown,
)

_MM = 56.6929
_FIRST_LOW, _FIRST_HIGH = 9.0 * _MM, 13.7 * _MM
_PROSE = 95  # letters: certainly longer than one line
_BASE = re.compile(r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét tờ trình|Theo Tờ trình)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^Điều\s+\d+[a-z]?\s*[.:]", re.IGNORECASE)
_CHAPTER = re.compile(r"^(?:Phần|Chương)\s+(?:[IVXLC]+|\d+|thứ \w+)\b\.?$", re.IGNORECASE)


def check(found: Anatomy, report: Report) -> None:
    """Kiểm tra tên loại đến hết nội dung."""
    _check_type(found, report)
    _check_abstract(found, report)
    _check_addressee(found, report)
    bases = _bases(found)
    _check_bases(found, report, bases)
    _check_decision(found, report)
    _check_prose(found, report, [p for p in found.body if p not in bases])
    _check_prose_layout(found, report)


def _check_type(found: Anatomy, report: Report) -> None:
    piece = found.type_piece
    if piece is None:
        if not found.is_letter:
            missing(report, Component.TYPE, f"tên loại “{found.type_name.upper()}” in hoa, đậm, canh giữa")
        return
    check_upper(report, Component.TYPE, [piece])
    check_size(report, Component.TYPE, [piece], 13, 14)
    check_weight(report, Component.TYPE, [piece], bold=True)
    check_slant(report, Component.TYPE, [piece], italic=False)
    check_centred(report, Component.TYPE, [piece])


def _check_abstract(found: Anatomy, report: Report) -> None:
    lines = found.abstract
    if found.is_letter:
        _check_letter_abstract(found, report, lines)
        return
    if not lines:
        if found.type_piece is not None and found.type_name not in words.WITHOUT_ABSTRACT:
            missing(
                report, Component.ABSTRACT, "trích yếu nội dung dưới tên loại, chữ in thường, đậm, canh giữa"
            )
        return
    check_size(report, Component.ABSTRACT, lines, 13, 14)
    check_weight(report, Component.ABSTRACT, lines, bold=True)
    check_slant(report, Component.ABSTRACT, lines, italic=False)
    check_centred(report, Component.ABSTRACT, lines)
    _check_not_upper(report, lines)
    end = lines[-1].order
    if found.type_piece is not None and found.rules:
        title = found.type_piece
        under = [o for _, o in found.rules if title.order <= o <= end + 1]
        # Drawn lines may hang on any line of the head: three of them are one for each place.
        if not under and 0 < len(found.rules) < 3:
            report.add(
                Finding(Component.ABSTRACT, "rule", "đường kẻ nét liền dưới trích yếu, dài 1/3 đến 1/2 dòng chữ", "không có đường kẻ", shown(lines[-1].text)),
                sure=False,
            )  # fmt: skip


def _check_not_upper(report: Report, lines: list[Piece]) -> None:
    if all(p.is_upper for p in lines) and sum(len(p.text) for p in lines) > 12:
        report.add(Finding(Component.ABSTRACT, "case", "chữ in thường", "chữ in hoa", shown(lines[0].text)))


def _check_letter_abstract(found: Anatomy, report: Report, lines: list[Piece]) -> None:
    if not lines:
        if found.number is not None:
            missing(report, Component.ABSTRACT, "“V/v …” dưới số, ký hiệu của công văn")
        return
    first = lines[0]
    if not re.match(r"^V/v\s", first.text):
        fixed = re.sub(r"^(?:v\s*/\s*v|về việc)\s*:?\s*", "V/v ", first.text, flags=re.IGNORECASE)
        report.add(
            Finding(
                Component.ABSTRACT,
                "lead",
                "bắt đầu bằng “V/v ”",
                f"“{shown(first.text)}”",
                shown(first.text),
                retext(first, fixed),
            )
        )
    check_size(report, Component.ABSTRACT, lines, 12, 13)
    check_weight(report, Component.ABSTRACT, lines, bold=False)
    check_slant(report, Component.ABSTRACT, lines, italic=False)
    if first.x > 0.54:
        misplaced(
            report,
            Component.ABSTRACT,
            "canh giữa dưới số, ký hiệu (nửa trái)",
            "không ở nửa trái dưới số",
            first.text,
        )
    elif found.number is not None and first.order < found.number.order:
        misplaced(report, Component.ABSTRACT, "ngay dưới số, ký hiệu", "ở trên số, ký hiệu", first.text)
    check_centred(report, Component.ABSTRACT, lines, sure=first.para.in_table)
    rest = re.sub(r"^V/v\s+", "", " ".join(p.text for p in lines), flags=re.IGNORECASE)
    if rest == rest.upper() and len(rest) > 12:
        report.add(Finding(Component.ABSTRACT, "case", "chữ in thường", "chữ in hoa", shown(first.text)))


def _check_addressee(found: Anatomy, report: Report) -> None:
    lines = found.addressee
    if not lines:
        if found.is_letter and found.number is not None and found.type_piece is None:
            missing(report, Component.ADDRESSEE, "“Kính gửi:” và nơi nhận để giải quyết")
        elif found.type_name == "Tờ trình":
            missing(report, Component.ADDRESSEE, "“Kính gửi:” và cơ quan được trình")
        return
    first = lines[0]
    if not re.match(r"^Kính gửi\s*:", first.text):
        fixed = (
            re.sub(r"^kính g[ửu]i\s*:?\s*", "Kính gửi: ", first.text, flags=re.IGNORECASE).rstrip(" ")
            if re.match(r"^kính gửi", first.text, re.IGNORECASE)
            else ""
        )
        report.add(
            Finding(
                Component.ADDRESSEE,
                "word",
                "“Kính gửi:” có dấu hai chấm",
                f"“{shown(first.text)}”",
                shown(first.text),
                retext(first, fixed) if fixed else (),
            )
        )
    check_size(report, Component.ADDRESSEE, lines, 13, 14)
    check_slant(report, Component.ADDRESSEE, lines, italic=False)
    check_weight(report, Component.ADDRESSEE, lines, bold=False)


# ── căn cứ ───────────────────────────────────────────────────────────────────


def _bases(found: Anatomy) -> list[Para]:
    """The block of grounds at the head of the text: each a paragraph of its own."""
    taken: list[Para] = []
    for para in found.body:
        text = para.full_text
        if _BASE.match(text) or (
            taken and not para.pieces[0].is_upper and text.endswith(";") and not _ARTICLE.match(text)
        ):
            taken.append(para)
        elif taken or not (para.pieces[0].is_upper or para.align == "center"):
            break
    if found.type_name in words.WITH_BASES:
        return taken
    # Elsewhere one sentence may begin with "Căn cứ": a block is several of them, closed by semicolons.
    listed = [p for p in taken if p.text.strip().endswith(";")]
    return taken if len(taken) >= 2 and listed else []


def _check_bases(found: Anatomy, report: Report, bases: list[Para]) -> None:
    if not bases:
        if found.type_name == "Quyết định" and found.type_piece is not None:
            missing(report, Component.BASIS, "căn cứ ban hành quyết định")
        return
    pieces = [p for para in bases for p in para.pieces]
    wrong = [(p, r) for p in pieces for r in p.runs if not r.italic]
    whole = [para for para in bases if not any(r.italic for p in para.pieces for r in p.runs)]
    if wrong:
        sure = found.type_name in words.WITH_BASES or len(whole) < len(bases)
        report.add(Finding(Component.BASIS, "slant", "kiểu chữ nghiêng", "chữ đứng", shown(wrong[0][0].text),
                           chars(((p.para, r.start, r.end) for p, r in wrong), i=True)), sure=sure)  # fmt: skip
    check_size(report, Component.BASIS, pieces, 13, 14)
    check_weight(report, Component.BASIS, pieces, bold=False)
    for para in bases[:-1]:
        if not para.text.rstrip().endswith(";"):
            last = para.pieces[-1]
            report.add(Finding(Component.BASIS, "semicolon", "cuối mỗi căn cứ có dấu chấm phẩy (;)", f"“…{last.text[-25:]}”", shown(last.text),
                               retext(last, re.sub(r"[.,:]?$", ";", last.text, count=1))))  # fmt: skip
            break
    last = bases[-1].pieces[-1]
    if not last.text.rstrip().endswith(".") and found.type_name in words.WITH_BASES:
        report.add(Finding(Component.BASIS, "full_stop", "căn cứ cuối cùng kết thúc bằng dấu chấm (.)", f"“…{last.text[-25:]}”", shown(last.text),
                           retext(last, re.sub(r"[;,:]?$", ".", last.text, count=1))))  # fmt: skip


def _check_decision(found: Anatomy, report: Report) -> None:
    if found.deciders:
        check_size(report, Component.BODY, found.deciders, 13, 14)
    _check_articles(found, report)
    for para in found.body:
        text = para.full_text
        if text in ("QUYẾT ĐỊNH:", "QUYẾT ĐỊNH", "QUYẾT NGHỊ:", "QUYẾT NGHỊ"):
            check_weight(report, Component.BODY, para.pieces, bold=True)
            check_centred(report, Component.BODY, para.pieces)
            if not text.endswith(":"):
                report.add(
                    Finding(
                        Component.BODY,
                        "colon",
                        f"“{text}:” có dấu hai chấm",
                        f"“{text}”",
                        text,
                        retext(para.pieces[0], f"{text}:"),
                    )
                )
        elif _CHAPTER.match(text):
            check_weight(report, Component.BODY, para.pieces, bold=True)
            check_centred(report, Component.BODY, para.pieces)


def _check_articles(found: Anatomy, report: Report) -> None:
    """ "Điều 1." in bold. Where none is, the writer has a form of his own: told, not counted."""
    articles = (
        [p for p in found.body if _ARTICLE.match(p.full_text)] if found.type_name in words.WITH_BASES else []
    )
    plain = [p for p in articles if not _lead_is_bold(p)]
    if plain:
        repair = chars(((p, *_lead(p)) for p in plain if _ARTICLE.match(p.text.lstrip())), b=True)
        report.add(
            Finding(
                Component.BODY,
                "article",
                "“Điều” kèm số thứ tự in đậm",
                "không đậm",
                shown(plain[0].full_text),
                repair,
            ),
            sure=len(plain) < len(articles),
        )


def _lead(para: Para) -> tuple[int, int]:
    match = _ARTICLE.match(para.text.lstrip())
    start = len(para.text) - len(para.text.lstrip())
    return start, start + (match.end() if match else 0)


def _lead_is_bold(para: Para) -> bool:
    start, end = _lead(para)
    if start == end:
        return bool(para.label_run.get("b"))  # numbered by the list, whose label has a look of its own
    return all(r.bold for r in para.runs if r.has_letters and r.start < end and r.end > start)


# ── nội dung ─────────────────────────────────────────────────────────────────


def _check_prose(found: Anatomy, report: Report, paras: list[Para]) -> None:
    text = [p for p in paras if not p.in_table and not p.in_box]
    if not text and found.number is not None and not any(p.in_table for p in paras):
        missing(report, Component.BODY, "nội dung văn bản")
        return
    wrong = [
        (p, r)
        for p in text
        for r in p.runs
        if r.has_letters and not r.raised and not 13 <= r.size <= 14 and len(r.text.strip()) > 1
    ]
    if wrong:
        para, run = wrong[0]
        report.add(Finding(Component.BODY, "size", "cỡ chữ 13 đến 14", f"cỡ chữ {points(run.size)}", shown(para.full_text),
                           chars(((p, r.start, r.end) for p, r in wrong), size=26 if run.size < 13 else 28)))  # fmt: skip
    prose = [p for p in text if p.letters >= _PROSE and p not in found.deciders]
    slanted = [p for p in prose if all(r.italic for r in p.runs if r.has_letters)]
    if slanted and len(slanted) == len(prose) and len(prose) > 1:
        report.add(Finding(Component.BODY, "slant", "kiểu chữ đứng", "toàn bộ nội dung chữ nghiêng", shown(slanted[0].full_text),
                           chars(((p, r.start, r.end) for p in slanted for r in p.runs), i=False)))  # fmt: skip
    heavy = [p for p in prose if all(r.bold for r in p.runs if r.has_letters)]
    if heavy and len(heavy) == len(prose) and len(prose) > 1:
        report.add(Finding(Component.BODY, "weight", "kiểu chữ không đậm", "toàn bộ nội dung chữ đậm", shown(heavy[0].full_text),
                           chars(((p, r.start, r.end) for p in heavy for r in p.runs), b=False)))  # fmt: skip


def _check_prose_layout(found: Anatomy, report: Report) -> None:
    prose = [
        p
        for p in found.body
        if p.letters >= _PROSE and not p.in_table and not p.in_box and p not in found.deciders
    ]
    uneven = [p for p in prose if p.align != "both"]
    if uneven:
        report.add(Finding(Component.BODY, "alignment", "dàn đều cả hai lề", ALIGN_WORDS.get(uneven[0].align, uneven[0].align), shown(uneven[0].full_text),
                           paragraphs(uneven, align="both")))  # fmt: skip
    flat = [p for p in prose if not _is_indented(p)]
    if flat:
        report.add(Finding(Component.BODY, "indent", "lùi đầu dòng 1 cm hoặc 1,27 cm", f"lùi {points(round((flat[0].indent + flat[0].first) / _MM / 10, 2))} cm",
                           shown(flat[0].full_text), paragraphs(flat, first=720, left=0)))  # fmt: skip
    _check_gaps(found, report)
    tight = [p for p in prose if not 0.93 <= p.line_height <= 1.56]
    if tight:
        report.add(Finding(Component.BODY, "line_spacing", "khoảng cách dòng từ dòng đơn đến 1,5 dòng", f"{points(round(tight[0].line_height, 2))} dòng",
                           shown(tight[0].full_text), paragraphs(tight, line=240 if tight[0].line_height < 1 else 360)))  # fmt: skip


def _is_indented(para: Para) -> bool:
    if para.text.startswith("\t") or re.match(r"^[ \xa0]{4,}\S", para.text):
        return True
    place = para.indent + para.first
    if para.label:
        return True  # a list has steps of its own
    return (
        _FIRST_LOW <= place <= _FIRST_HIGH
        or (para.indent > 0 and _FIRST_LOW <= place <= 3 * _FIRST_HIGH and not para.first)
        or (para.indent > 0 and _FIRST_LOW <= para.first <= _FIRST_HIGH)
    )


def _check_gaps(found: Anatomy, report: Report) -> None:
    """Between two paragraphs of text that follow each other directly: at least 6 pt, an empty line counts as a gap."""
    paras = found.layout.paras
    places = {id(p): i for i, p in enumerate(paras)}
    inside = [p for p in found.body if not p.in_table and not p.in_box and p.letters >= _PROSE]
    close: list[Para] = []
    for one, other in itertools.pairwise(inside):
        if places[id(other)] - places[id(one)] != 1:
            continue
        same_style = one.contextual and other.contextual and one.style == other.style
        gap = 0 if same_style else one.after + other.before
        if gap < 118:
            close.append(other)
    if close:
        report.add(Finding(Component.BODY, "gap", "cách đoạn tối thiểu 6 pt", f"{points(round((close[0].before) / 20, 1))} pt", shown(close[0].full_text),
                           paragraphs(close, before=120, contextual=False)))  # fmt: skip
