"""Dấu độ mật: finds the statutory marks of state secrets, also when disguised.

Only a mark in its statutory form counts: MẬT, TỐI MẬT or TUYỆT MẬT on a line (or stamp, or table cell) of its own
near the head of the first page, or a label such as "Độ mật: Tối mật". "bảo mật", "mật độ", "Bảo vệ bí mật nhà nước"
and "GIẢI MẬT" inside titles and sentences are ordinary words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEAD_LINES = (
    40  # the mark stands under the reference number (Decree 30/2020 annex I, box 10a): never far down
)

_LEVELS = {
    "MẬT": "Mật",
    "TỐI MẬT": "Tối mật",
    "TUYỆT MẬT": "Tuyệt mật",
}
_COMPACT = {level.replace(" ", ""): label for level, label in _LEVELS.items()}
# Capitals without marks: only the two words that read as nothing else.
_UNMARKED = {"TOIMAT": "Tối mật", "TUYETMAT": "Tuyệt mật"}
# The same words as the old fonts store them (TCVN3 .VnTimeH, VNI, VIQR), where the font alone makes them capitals.
_LEGACY = {
    "mët": "Mật", "tèimët": "Tối mật", "tuyötmët": "Tuyệt mật",
    "maät": "Mật", "toáimaät": "Tối mật", "tuyeätmaät": "Tuyệt mật",
    "ma^.t": "Mật", "to^'ima^.t": "Tối mật", "tuye^.tma^.t": "Tuyệt mật",
}  # fmt: skip

# Cyrillic and Greek letters that look like ours.
_LOOKALIKE = str.maketrans("МАТОІЕУҮЬΜΑΤΟΙΕΥ", "MATOIEYYbMATOIEY")
# The marks Vietnamese is written with; every other combining character is decoration (underline, strike, enclosing box).
_VIETNAMESE_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")

_REPEATED = re.compile(r"(?:(?:TUYỆT|TỐI)?MẬT){2,6}")
_COPY_NUMBER = re.compile(r"[\s,;.–—-]*\(?\s*BẢN\s*(?:SỐ)?\s*[:.]?\s*\d{1,3}\s*\)?\s*$", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:CẤP |DẤU (?:CHỈ )?)?(?:MỨC )?ĐỘ MẬT\s*(?:[:=\-–—.]|LÀ)?\s*[\[(“\"]?\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\W*$"
)
_BRACKETED_HEAD = re.compile(r"^\s*[\[({«【“\"*]+\s*((?:TUYỆT |TỐI )?MẬT)\s*[\])}»】”\"*]+")
_CELLS = re.compile(r"\t+|\s{3,}|[|│┃║]")
_SPACES = re.compile(r"\s+")

_ENDING = re.compile(r"\.\w{1,5}$")
_NAME_PARTS = re.compile(r"[\[\](){}_,;.!–—-]|\s{2,}")
_JOINED_NAME = re.compile(r"(?<![^\W_])(TUYỆT|TUYET|TỐI|TOI)[_.-](?:MẬT|MAT)(?![^\W_])")
_CAPITALS_IN_NAME = re.compile(r"(?<!\w)((?:TUYỆT |TỐI )?MẬT)(?!\w)")

# Words that make MẬT the second half of an ordinary one when a title is broken before it, and those it opens.
_OPENS = frozenset({"BẢO", "BÍ", "GIẢI", "CƠ", "THÂN", "CẨN", "ONG"})
_CONTINUES = frozenset({"ĐỘ", "MÃ", "KHẨU", "ONG", "THƯ", "VỤ", "DANH", "THIẾT", "NHÀ", "NGỮ"})


@dataclass(frozen=True)
class SecrecyMark:
    """Dấu độ mật tìm thấy: its level ("Mật", "Tối mật", "Tuyệt mật") and the line it stands on."""

    level: str
    line: str


def find_secrecy_mark(text: str | Sequence[str], *, head_lines: int = HEAD_LINES) -> SecrecyMark | None:
    """Tìm dấu độ mật ở đầu văn bản.

    :param text: the text of the first page (or of a form field), or its lines.
    """
    raw = (
        text.splitlines() if isinstance(text, str) else [line for item in text for line in item.splitlines()]
    )
    lines = [line[:400] for line in raw if line.strip()][:head_lines]
    plain = [_plain(line) for line in lines]
    for index, line in enumerate(lines):
        level = _mark_of_line(line, plain[index])
        if level and not _is_broken_word(plain, index):
            return SecrecyMark(_joined_level(plain, index, level), line.strip())
    return _vertical_mark(plain)


def find_secrecy_mark_in_name(file_name: str) -> SecrecyMark | None:
    """Tìm dấu độ mật trong tên tệp: "[MẬT] Kế hoạch.pdf", "12_TOI MAT.docx"; not "Quy chế bảo mật.pdf"."""
    stem = file_name.rsplit(".", 1)[0] if _ENDING.search(file_name) else file_name
    plain = _plain(stem.replace("+", " "))
    for part in _NAME_PARTS.split(plain):
        level = _level_of(part) or _UNMARKED.get(part.replace(" ", "").upper())
        if level:
            return SecrecyMark(level, file_name)
    joined = _JOINED_NAME.search(plain)
    if joined:
        return SecrecyMark("Tuyệt mật" if joined.group(1).startswith("TUY") else "Tối mật", file_name)
    # "Công văn MẬT số 5.pdf": the word in capitals in a name that is not in capitals as a whole
    found = None if plain.isupper() else _CAPITALS_IN_NAME.search(plain)
    if found:
        before, after = plain[: found.start()].split(), plain[found.end() :].split()
        if not (before and before[-1].upper() in _OPENS) and not (after and after[0].upper() in _CONTINUES):
            return SecrecyMark(_LEVELS[found.group(1)], file_name)
    return None


def is_secret_level(value: str) -> bool:
    """Giá trị của ô "độ mật" có phải là mức mật không (any case, any spelling)."""
    compact = _plain(value).replace(" ", "").upper()
    return compact in _COMPACT or compact in _UNMARKED or compact == "MAT"


def refusal(mark: SecrecyMark, where: str = "ở trang đầu") -> str:
    """Câu từ chối: what was found, why it may not enter, and the lawful channel."""
    return (
        f"Phát hiện dấu độ mật “{mark.level.upper()}” {where}. Hệ thống này nối mạng nên chỉ xử lý văn bản mức Thường; "
        "nội dung không được lưu. Hãy chuyển văn bản bằng đường giấy hoặc qua mạng cơ yếu theo Luật Bảo vệ bí mật nhà nước. "
        "Nếu đây là văn bản mức Thường bị nhận nhầm, hãy viết lại chỗ có chữ này rồi gửi lại."
    )


def _mark_of_line(line: str, plain: str) -> str | None:
    label = _LABEL.match(plain.upper())
    if label:
        return _LEVELS[label.group(1)]
    head = _BRACKETED_HEAD.match(plain)
    if head:
        return _LEVELS[head.group(1)]
    for candidate, cell in _cells(line, plain):
        level = _level_of(cell) or _LEGACY.get("".join(candidate.lower().split()).strip("*[]()|"))
        if level:
            return level
    return None


def _cells(line: str, plain: str) -> Iterator[tuple[str, str]]:
    """The whole line, then each cell of it where columns stand side by side."""
    yield line, plain
    cells = [cell for cell in _CELLS.split(line) if cell.strip()]
    if len(cells) > 1:
        for cell in cells:
            yield cell, _plain(cell)


def _level_of(plain: str) -> str | None:
    text = _COPY_NUMBER.sub("", plain)
    if any(c.isdigit() for c in text):
        return None
    letters = "".join(c for c in text if c.isalpha())
    if letters in _COMPACT:
        return _COMPACT[letters]
    if letters in _UNMARKED:
        return _UNMARKED[letters]
    if _REPEATED.fullmatch(letters):
        return next(label for level, label in reversed(_COMPACT.items()) if level in letters)
    return None


def _is_broken_word(plain: Sequence[str], index: int) -> bool:
    """A title broken inside "BẢO / MẬT" or "MẬT / ĐỘ" leaves the syllable alone on its line."""
    if plain[index].strip() != "MẬT":
        return False
    before = plain[index - 1].upper().split() if index else []
    after = plain[index + 1].split() if index + 1 < len(plain) else []
    return bool((before and before[-1].strip('“"(') in _OPENS) or (after and after[0] in _CONTINUES))


def _joined_level(plain: Sequence[str], index: int, level: str) -> str:
    """A narrow stamp breaks "TUYỆT / MẬT" over two lines."""
    above = plain[index - 1].strip() if index else ""
    return {"TUYỆT": "Tuyệt mật", "TỐI": "Tối mật"}.get(above, level)


def _vertical_mark(plain: Sequence[str]) -> SecrecyMark | None:
    """One letter a line: a stamp set upright."""
    run = ""
    for line in [*plain, "—end—"]:
        letters = "".join(c for c in line if c.isalpha())
        if len(letters) == 1:
            run += letters
            continue
        if run in _COMPACT:
            return SecrecyMark(_COMPACT[run], " ".join(run))
        run = ""
    return None


def _plain(line: str) -> str:
    """Composed letters without look-alikes, decoration and invisible characters; spaces folded; case kept."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", line)).translate(_LOOKALIKE)
    kept = [
        c
        for c in decomposed
        if c in _VIETNAMESE_MARKS
        or unicodedata.category(c) not in ("Mn", "Me", "Mc", "Cf", "Cc", "Co", "Cs", "Cn")
        or c in "\t "
    ]
    return _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip()
