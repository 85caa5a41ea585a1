"""Văn bản cần dựng: its parts as plain values, in the words that will stand on paper. Capitals are the builders' business."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.language.dates import place_and_date

_ARTICLE = re.compile(r"^(Điều \d+[a-z]?\.)\s*(.*)$", re.DOTALL)
_HEADING = re.compile(r"^(?:[IVX]+|\d+|[a-zđ])[.)]\s")


@dataclass(frozen=True)
class Letter:
    """Một văn bản hành chính."""

    type_name: str
    subject: str
    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    notation: str
    place: str
    paragraphs: tuple[str, ...]
    recipients: tuple[str, ...]
    authority: tuple[str, ...] = ()
    """Lines above the name: authority and office ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")."""
    signer: str = ""
    number: str = ""
    day: date | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    decider: str = ""
    urgency: str = ""
    wire_to: str = ""
    """Công điện: who sends the wire, before the word "điện:"."""
    second_signer: tuple[str, str] = ("", "")
    """Biên bản: (office, name) of the one who signs on the left."""
    annex: tuple[str, ...] = ()
    """Văn bản ban hành kèm theo: title first, then its paragraphs."""

    @property
    def is_plain(self) -> bool:
        """Công văn: no title, the abstract stands under the number."""
        return self.type_name == "Công văn"

    @property
    def reference_line(self) -> str:
        """Dòng số, ký hiệu; a draft leaves room for the number."""
        return f"Số: {self.number or '       '}/{self.notation}"

    @property
    def date_line(self) -> str:
        """Dòng địa danh, thời gian; a draft leaves room for the day."""
        return (
            place_and_date(self.place, self.day)
            if self.day
            else f"{self.place}, ngày      tháng      năm        "
        )

    @property
    def heading(self) -> str:
        """Tên loại, in hoa; rỗng với công văn."""
        return "" if self.is_plain else self.type_name.upper()

    @property
    def abstract(self) -> str:
        """Trích yếu như viết trên văn bản: "V/v …", "Về việc …"."""
        text = re.sub(r"^(?:v/v|về việc)\s+", "", self.subject.strip(), flags=re.IGNORECASE).rstrip(".")
        if not text:
            return ""
        if self.is_plain:
            return f"V/v {_lower_first(text)}"
        if self.type_name in (
            "Quyết định",
            "Nghị quyết",
            "Tờ trình",
            "Công điện",
        ) or text != self.subject.strip().rstrip("."):
            return f"Về việc {_lower_first(text)}"
        return text[0].upper() + text[1:]

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        """Kính gửi: one in its own line, several as a list."""
        if len(self.addressees) == 1:
            return (f"Kính gửi: {self.addressees[0].rstrip('.;')}.",)
        last = len(self.addressees) - 1
        return (
            (
                "Kính gửi:",
                *(f"- {a.rstrip('.;')}{'.' if i == last else ';'}" for i, a in enumerate(self.addressees)),
            )
            if self.addressees
            else ()
        )

    @property
    def base_lines(self) -> tuple[str, ...]:
        """Căn cứ: each ends with a semicolon, the last with a full stop."""
        last = len(self.bases) - 1
        return tuple(f"{b.rstrip('.;, ')}{'.' if i == last else ';'}" for i, b in enumerate(self.bases))

    @property
    def order_line(self) -> str:
        """Dòng "QUYẾT ĐỊNH:" của quyết định."""
        return (
            {"Quyết định": "QUYẾT ĐỊNH:", "Nghị quyết": "QUYẾT NGHỊ:"}.get(self.type_name, "")
            if self.bases or self.decider
            else ""
        )

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Nơi nhận: a dash before each, a semicolon after, the last line ("Lưu: VT, …") with a full stop."""
        last = len(self.recipients) - 1
        return tuple(
            f"- {r.lstrip('- ').rstrip('.;')}{'.' if i == last else ';'}"
            for i, r in enumerate(self.recipients)
        )


def _lower_first(text: str) -> str:
    """A name in capitals (UBND, Ủy ban of a place) keeps them; an ordinary first word does not."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[0].lower() + text[1:]


def pieces_of(paragraph: str) -> tuple[str, str]:
    """Phần đậm và phần thường của một đoạn: "Điều 1." of an article; the whole of a short heading."""
    article = _ARTICLE.match(paragraph)
    if article:
        return article[1], f" {article[2]}"
    if (
        len(paragraph) < 90
        and _HEADING.match(paragraph)
        and not paragraph.rstrip().endswith((".", ";", ",", ":"))
    ):
        return paragraph, ""
    if paragraph == paragraph.upper() and len(paragraph) < 120:
        return paragraph, ""
    return "", paragraph


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Các đoạn của phần đã gõ: one a line."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())
