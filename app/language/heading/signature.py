"""Phần ký: post and name of the signer, and the recipients' box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core.text import clean_line
from app.language.heading import people
from app.language.heading import vocabulary as words
from app.language.layout.lines import Line, folded

_RECIPIENTS = re.compile(r"n.i\s+nh.n\b\s*[:;.}\-]*")
_GAP = re.compile(r"\s{3,}|\t+")
_BULLET = re.compile(r"^[-–—~•*·+_ˆ.;]+\s*")
_SIGNED = re.compile(r"\((?:đã ký|da ky|đã kí|signed)[^)]*\)?|\[đã ký\]", re.IGNORECASE)
_CAPACITY = re.compile(r"(?<![a-z])(?:kt|tm|t/m|tl|tuq|q)\s?[.,]\s?(?=[a-z])")
_COPY = re.compile(r"^\W*.*\b(?:sao\s+(?:y|luc)|trich\s+sao)\b")
_AFTER_LAST = re.compile(r"luu\s*:?")


@dataclass(frozen=True, slots=True)
class Signature:
    """Chức vụ và họ tên người ký."""

    position: str | None = None
    name: str | None = None
    doubtful: frozenset[str] = field(default_factory=frozenset)


def read_signature(closing: Sequence[Line]) -> tuple[Signature, tuple[str, ...]]:
    """Đọc phần ký và nơi nhận."""
    left: list[str] = []
    right: list[str] = []
    in_box = False
    for line in closing:
        if not line.text:
            continue
        if right and _COPY.match(folded(line.text)) and line.text[:20].isupper():
            break
        in_box = _sort_line(line, left, right, in_box=in_box)
    position, name = _position(right), _name(right)
    doubtful = {f for f, v in (("signer_position", position), ("signer_name", name)) if v is None}
    if name and folded(name).split()[0] not in people.SURNAMES:
        doubtful.add("signer_name")
    return Signature(position, name, frozenset(doubtful)), _items(left)


def _sort_line(line: Line, left: list[str], right: list[str], *, in_box: bool) -> bool:
    """Put each part of a line into the recipients' column or the signer's."""
    text = line.text
    opening = _RECIPIENTS.search(folded(text))
    if opening and opening.start() < 6:
        rest = text[opening.end() :].strip(" -–—}/.,'`|")
        if rest and _looks_signed(rest):
            right.append(rest)
        elif rest:
            left.append(rest)
        return True
    parts = [p for p in _GAP.split(text) if p.strip()]
    if line.indent >= 18 and len(parts) == 1 and not _BULLET.match(text):
        right.append(parts[0])
        return in_box
    if _closed(left) and _name([_BULLET.sub("", text)]):
        right.append(_BULLET.sub("", text))
        return in_box
    if (
        right
        and len(parts) == 1
        and not _BULLET.match(text)
        and _name([text])
        and not text.endswith((";", ","))
    ):
        right.append(text)
        return in_box
    if _BULLET.match(parts[0]) and in_box:
        item, signed = _split_item(parts[0]) if len(parts) == 1 else (parts[0], " ".join(parts[1:]))
        left.append(item)
        if signed:
            right.append(signed)
        return True
    if len(parts) > 1 and in_box:
        left.append(parts[0])
        right.append(" ".join(parts[1:]))
        return True
    target = right if _looks_signed(text) or not in_box or _closed(left) else left
    target.append(text)
    return in_box


def _closed(left: list[str]) -> bool:
    """The box ends with "Lưu: …"."""
    return bool(left and _AFTER_LAST.match(folded(_BULLET.sub("", left[-1]))))


def _looks_signed(text: str) -> bool:
    plain = folded(text)
    letters = [c for c in text if c.isalpha()]
    capital = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.6 * len(letters)
    return capital and bool(
        _CAPACITY.search(plain)
        or people.post_of(text)
        or re.search(r"truong|chu\s+tich|giam\s+doc|bi\s+thu|chanh|chu\s+nhiem", plain)
    )


def _split_item(text: str) -> tuple[str, str]:
    """A scan runs the signer's column into the recipients': "- Như trên; PHÓ TỔNG CỤC TRƯỞNG"."""
    for match in re.finditer(r"[;,.:=`)]?\s+", text):
        rest = text[match.end() :]
        letters = [c for c in rest if c.isalpha()]
        if letters and sum(c.isupper() for c in letters) > 0.85 * len(letters) and _looks_signed(rest):
            return text[: match.start() + 1].strip(), rest
    return text, ""


def _position(lines: list[str]) -> str | None:
    """The last post written in capitals; "TL. BỘ TRƯỞNG / CỤC TRƯỞNG" is Cục trưởng."""
    found: str | None = None
    likely: str | None = None
    for text in lines:
        letters = [c for c in text if c.isalpha()]
        if not letters or sum(c.isupper() for c in letters) < 0.6 * len(letters):
            if (found or likely) and _name([text]):
                break
            continue
        post = people.post_of(text)
        if post is None:
            post = next(
                (
                    p
                    for p in (
                        people.post_of(part) for part in re.split(r"[,;]|\s-\s|(?:KT|TL|TM|TUQ|Q)\s?\.", text)
                    )
                    if p
                ),
                None,
            )
        bare = re.sub(r"^\W*(?:KT|TM|TL|TUQ|Q|T/M)\s?[.,]\s*", "", text)
        if (
            post is None
            and len(text) < 70
            and re.match(r"(?:pho|truong|chanh|chu|giam|tong|bi thu|quyen)\s", folded(bare))
        ):
            likely = words.spelled(bare.upper())
        if post:
            found = f"Q. {post}" if re.match(r"^\W*Q\s?\.\s", text) else post
    return found or likely


def _name(lines: list[str]) -> str | None:
    """Two to five words with capitals; the last such line that begins with a family name, else the last of three."""
    best: str | None = None
    for text in lines:
        line = clean_line(re.sub(r"[!.,:;“”'`~|*_=ˆ^<>\\/]+", " ", _SIGNED.sub(" ", text)))
        if any(c.isdigit() for c in line) or (line.isupper() and people.post_of(line)):
            continue
        line = re.sub(
            r"^(?:(?:ThS|TS|PGS|GS|BS|Thiếu tướng|Trung tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Luật sư|Ông|Bà)\s+)+",
            "",
            line,
        )
        if not _is_name(line.split()):
            continue
        if folded(line).split()[0] in people.SURNAMES or (best is None and len(line.split()) == 3):
            best = line
    return best


def _is_name(parts: list[str]) -> bool:
    """Two to five words, each a capital and small letters."""
    return (
        2 <= len(parts) <= 5
        and all(
            p[0].isupper() and p.isalpha() and (len(p) == 1 or p[1:].islower() or len(p) < 4) for p in parts
        )
        and any(p[1:].islower() for p in parts)
    )


def _items(left: list[str]) -> tuple[str, ...]:
    items: list[str] = []
    for text in left:
        bulleted = _BULLET.match(text)
        words_ = _BULLET.sub("", text).strip()
        if not words_:
            continue
        if bulleted or not items:
            items.append(words_)
        else:
            items[-1] += " " + words_
    return tuple(t for t in (i.strip(" .;:,=`'") for i in items) if t)
