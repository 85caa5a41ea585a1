"""Chữ Việt: normal form, folding without marks, sorting and keys. Pure functions on ``str``."""

from __future__ import annotations

import re
import unicodedata

# Bidi controls and other invisible characters can make a text read otherwise than it is stored.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_FOLD = {
    ord(c): unicodedata.normalize("NFD", c)[0]
    for c in "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
} | {ord("đ"): "d"}
_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
_ORDER = {ord(c): chr(0x100 + i) for i, c in enumerate(_LETTERS)}


def nfc(text: str) -> str:
    """Chuẩn hóa Unicode dựng sẵn; lone surrogates become U+FFFD so that they can be stored."""
    return unicodedata.normalize(
        "NFC", text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
    )


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def clean_line(text: str) -> str:
    """Một dòng chữ: NFC, no control or invisible characters, inner white space folded to one blank."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", _CONTROL.sub(" ", nfc(text)))).strip()


def clean_text(text: str) -> str:
    """Nhiều dòng chữ: as :func:`clean_line`, line breaks kept."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_INVISIBLE.sub("", _CONTROL.sub(" ", line)).rstrip() for line in lines).strip()


def fold(text: str) -> str:
    """Bỏ dấu: lower case without Vietnamese marks ("Đường" → "duong"), for search and matching."""
    return nfc(text).lower().translate(_FOLD)


def sort_key(text: str) -> str:
    """Khóa sắp xếp tiếng Việt: compares right byte by byte under ``COLLATE "C"``."""
    return nfc(text).lower().translate(_ORDER)


def name_sort_key(full_name: str) -> str:
    """Khóa sắp xếp họ tên: given name first, then family and middle names."""
    words = full_name.split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))


def reference_key(reference: str) -> str:
    """Khóa số, ký hiệu: "Số 05 / qđ-ubnd" → "5/qd-ubnd", so that every spelling finds the document."""
    key = re.sub(r"^so[:.]?(?=\d)", "", re.sub(r"\s+", "", fold(reference)))
    return re.sub(r"^0+(?=\d)", "", key)
