"""Số và ký hiệu văn bản: reads every spelling people use, writes the one of Nghị định 30/2020/NĐ-CP."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.core.text import clean_line, fold, reference_key
from app.language.errors import NotUnderstood

# Lengths of CodeNumber and CodeNotation, Nghị định 30/2020/NĐ-CP, Phụ lục VI.
MAX_NUMBER_LENGTH: Final = 11
MAX_NOTATION_LENGTH: Final = 30
MAX_LENGTH: Final = 60

_HOW: Final = "Ghi số, dấu gạch chéo rồi ký hiệu, ví dụ 05/QĐ-UBND hoặc 123-CV/TU."

# What a hurried typist means. Not here: HD (Hướng dẫn or Hợp đồng) and DA (Dự án or Đề án), which only their author knows.
_TYPES: Final = {
    "QD": "QĐ", "ND": "NĐ", "CD": "CĐ", "TTR": "TTr", "CTR": "CTr", "QYD": "QyĐ", "TRS": "TrS",
}  # fmt: skip
_AGENCIES: Final = {
    "HDND": "HĐND", "TTG": "TTg", "BGDDT": "BGDĐT", "SGDDT": "SGDĐT", "GDDT": "GDĐT", "BLDTBXH": "BLĐTBXH",
    "LDTBXH": "LĐTBXH", "TLD": "TLĐ", "LDLD": "LĐLĐ", "HDQT": "HĐQT", "BCD": "BCĐ", "TTDT": "TTĐT",
}  # fmt: skip

_DASHES = re.compile("\\s*[-\u2010-\u2015\u2212]\\s*")
_SLASHES = re.compile("\\s*[/\u2044\u2215]\\s*")
_PREFIX = re.compile(r"^số(?: (?:và )?ký hiệu)?\s*[:.]?\s*(?=[0-9])", re.IGNORECASE)
_FORM = re.compile(r"0*([0-9]+)([a-zđ]?|bis)(?:([/-])(.+))?", re.IGNORECASE)
_YEAR = re.compile(r"((?:19|20)[0-9]{2})/(.+)")
_NOTATION = re.compile(r"[^\W_]+(?:[/&.-][^\W_]+)*(?:\([^\W_]+\))?")
_IN_TEXT = re.compile(
    r"(?<![\w/-])(?P<whole>[0-9]{1,6}[a-z]?(?P<sep>[/-])(?:(?:19|20)[0-9]{2}/)?"
    r"(?P<first>[A-ZĐ][A-Za-zĐđƯư0-9&]{0,14})(?:[-/][A-ZĐ0-9][A-Za-zĐđƯư0-9&]{0,14}){0,3})(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Số và ký hiệu đã đọc được."""

    number: int
    suffix: str = ""
    """Letter of an inserted number: 12a."""
    year: int | None = None
    """Only in legal documents: 41/2023/NĐ-CP."""
    notation: str = ""
    separator: str = "/"
    """A hyphen in documents of the Party: 123-CV/TU."""

    @property
    def code_number(self) -> str:
        """Số: "05", với số 0 phía trước khi nhỏ hơn 10."""
        return f"{self.number:02d}{self.suffix}"

    @property
    def code_notation(self) -> str:
        """Ký hiệu, kể cả năm của văn bản quy phạm pháp luật: "2023/NĐ-CP"."""
        return f"{self.year}/{self.notation}" if self.year else self.notation

    @property
    def text(self) -> str:
        """Số và ký hiệu viết liền: "05/QĐ-UBND"."""
        return (
            f"{self.code_number}{self.separator}{self.code_notation}" if self.notation else self.code_number
        )

    @property
    def key(self) -> str:
        """Khóa so sánh: the same for every spelling of the same reference."""
        return reference_key(self.text)

    def __str__(self) -> str:
        return self.text


def read_reference(typed: str) -> Reference:
    """Đọc số, ký hiệu: "Số: 5/qd - ubnd" is 05/QĐ-UBND. A number alone is read too, its notation stays empty.

    :raise NotUnderstood: with a sentence that says what is wrong and how to write it.
    """
    line = clean_line(typed)
    if not line:
        raise NotUnderstood(f"Chưa ghi số, ký hiệu. {_HOW}")
    if len(line) > MAX_LENGTH:
        raise NotUnderstood(f"Số, ký hiệu quá dài. {_HOW}")
    line = _SLASHES.sub("/", _DASHES.sub("-", _PREFIX.sub("", line))).rstrip(".,;")
    match = _FORM.fullmatch(line)
    if not match:
        raise NotUnderstood(f"Không đọc được số, ký hiệu “{line}”. {_HOW}")
    digits, suffix, separator, rest = match.groups()
    if len(digits) + len(suffix) > MAX_NUMBER_LENGTH:
        raise NotUnderstood(f"Số văn bản có nhiều nhất {MAX_NUMBER_LENGTH} chữ số. Kiểm tra lại số.")
    if int(digits) == 0:
        raise NotUnderstood(f"Số văn bản bắt đầu từ 01. {_HOW}")
    year, notation = _split_year(rest or "", separator)
    return Reference(
        int(digits), suffix.lower(), year, read_notation(notation) if notation else "", separator or "/"
    )


def read_notation(typed: str) -> str:
    """Đọc ký hiệu (phần sau số): "qd - ubnd" is "QĐ-UBND".

    :raise NotUnderstood: when it holds what a notation cannot hold, or is too long.
    """
    line = _SLASHES.sub("/", _DASHES.sub("-", clean_line(typed)))
    line = re.sub(r"\s*&\s*", "&", line).replace(" (", "(").replace(" ", "-")
    if not _NOTATION.fullmatch(line):
        raise NotUnderstood(
            f"Ký hiệu “{line[:MAX_LENGTH]}” có ký tự không dùng trong ký hiệu văn bản. {_HOW}"
        )
    if len(line) > MAX_NOTATION_LENGTH:
        raise NotUnderstood(f"Ký hiệu có nhiều nhất {MAX_NOTATION_LENGTH} ký tự. Kiểm tra lại ký hiệu.")
    groups = re.split(r"([-/&.()])", line)
    return "".join(_canonical(group, first=not i) for i, group in enumerate(groups))


def format_reference(number: int, notation: str, *, suffix: str = "") -> str:
    """Viết số và ký hiệu: (5, "QĐ-UBND") is "05/QĐ-UBND"."""
    return Reference(number, suffix, notation=notation).text


def build_notation(type_abbreviation: str, agency_abbreviation: str, unit_abbreviation: str = "") -> str:
    """Lập ký hiệu: a typed document "QĐ-UBND", a letter (no type abbreviation) "UBND-VP".

    In a letter the second group is the drafting unit or the field; a typed document has none (Phụ lục I).
    """
    if type_abbreviation:
        return f"{type_abbreviation}-{agency_abbreviation}"
    return f"{agency_abbreviation}-{unit_abbreviation}" if unit_abbreviation else agency_abbreviation


def find_references(text: str) -> Iterator[tuple[int, Reference]]:
    """Tìm số, ký hiệu trong văn bản: position and reference, in order; dates and fractions are passed over."""
    for match in _IN_TEXT.finditer(text):
        # A hyphen between number and notation is the Party's, whose notation always has a slash after the type.
        if match["sep"] == "-" and "/" not in match["whole"]:
            continue
        try:
            yield match.start(), read_reference(match["whole"])
        except NotUnderstood:
            continue


def _split_year(rest: str, separator: str | None) -> tuple[int | None, str]:
    match = _YEAR.fullmatch(rest) if separator == "/" else None
    return (int(match[1]), match[2]) if match else (None, rest)


def _canonical(group: str, *, first: bool) -> str:
    """Capitals and đ as the office writes them. Mixed case is the author's own and stays: QLĐTh, HTKTh."""
    folded = fold(group).upper()
    written_plain = fold(group) == group.lower()
    known = (_TYPES if first else {}) | _AGENCIES
    if written_plain and folded in known:
        return known[folded]
    if group.upper() in _MIXED_CASE:
        return _MIXED_CASE[group.upper()]
    return group if group != group.lower() else group.upper()


_MIXED_CASE: Final = {"QYĐ": "QyĐ", "TTR": "TTr", "CTR": "CTr", "TTG": "TTg", "TRS": "TrS"}
