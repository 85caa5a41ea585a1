"""Văn bản cần dựng: its parts, in the words that will stand on paper."""

from dataclasses import dataclass
from datetime import date

from app.language.dates import place_and_date


@dataclass(frozen=True, slots=True)
class Letter:
    """Một văn bản hành chính theo Phụ lục I, Nghị định 30/2020/NĐ-CP. Capitals are the builders' business."""

    issuer: tuple[str, ...]
    """Lines of the issuer: ("Ủy ban nhân dân", "phường An Khánh")."""
    notation: str
    place: str
    type_name: str
    subject: str
    paragraphs: tuple[str, ...]
    signer_title: str
    signer_name: str
    recipients: tuple[str, ...]
    """Nơi nhận, the last line "Lưu: VT, …"."""
    parent: tuple[str, ...] = ()
    """Lines of the agency directly above."""
    number: str = ""
    """Empty in a draft."""
    day: date | None = None
    """None in a draft: the day is left blank, the month stands."""
    authority: tuple[str, ...] = ()
    """Lines above the title: ("TM. Ủy ban nhân dân", "KT. Chủ tịch")."""
    addressees: tuple[str, ...] = ()
    """Kính gửi."""
    bases: tuple[str, ...] = ()
    """Căn cứ of a decision."""
    decider: str = ""
    """Thẩm quyền ban hành of a decision: "Chủ tịch Ủy ban nhân dân phường An Khánh"."""
    urgency: str = ""

    @property
    def reference_line(self) -> str:
        """Dòng số, ký hiệu: "Số: 05/QĐ-UBND"; a draft leaves room for the number."""
        return f"Số: {self.number or '       '}/{self.notation}"

    @property
    def date_line(self) -> str:
        """Dòng địa danh, ngày tháng; a draft leaves room for the day."""
        return place_and_date(self.place, self.day) if self.day else f"{self.place}, ngày      tháng      năm"

    @property
    def is_plain_letter(self) -> bool:
        """Công văn: no title, the abstract stands under the number."""
        return self.type_name == "Công văn"

    @property
    def is_decision(self) -> bool:
        """Quyết định: căn cứ, "QUYẾT ĐỊNH:", then articles."""
        return self.type_name == "Quyết định"

    @property
    def subject_lead(self) -> str:
        """Trích yếu dưới tên loại: "Về việc …" for a decision, capitalised otherwise."""
        return f"Về việc {self.subject[0].lower()}{self.subject[1:]}" if self.is_decision else self.subject

    @property
    def short_subject(self) -> str:
        """Trích yếu của công văn: "V/v …"."""
        return f"V/v {self.subject[0].lower()}{self.subject[1:]}"


def split_lead(paragraph: str) -> tuple[str, str]:
    """Tách phần in đậm ở đầu đoạn: "Điều 1." of an article, the whole of a heading "I. KẾT QUẢ", nothing otherwise."""
    if paragraph == paragraph.upper():
        return paragraph, ""
    if paragraph.startswith("Điều "):
        head, _, rest = paragraph.partition(". ")
        return f"{head}.", f" {rest}"
    return "", paragraph
