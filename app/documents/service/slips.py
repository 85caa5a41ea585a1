"""Phiếu chuyển, công văn chuyển dạng PDF: the form of Decree 30/2020, from the incoming document's own data."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.core import clock
from app.language.dates import dmy, long_date
from app.org.models import Agency, Post
from app.org.models.structure import AgencyKind

_COMMITTEES: Final = {
    AgencyKind.CITY,
    AgencyKind.DISTRICT,
    AgencyKind.WARD,
    AgencyKind.COMMUNE,
    AgencyKind.SPECIAL_ZONE,
}
_TEMPLATE: Final = Path(__file__).with_name("transfer.typ")
# Times New Roman and the free fonts of the same widths; Libertinus comes with the compiler and has every Vietnamese letter.
_FONTS: Final = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")
_one_at_a_time = threading.Lock()  # the compiler keeps its world between slips


@dataclass(frozen=True)
class Slip:
    """Một phiếu chuyển để dựng: plain values only."""

    title: str
    heading: str
    about: str
    upper: str
    agency: str
    reference: str
    date: str
    to: Sequence[str]
    paragraphs: Sequence[str]
    authority: Sequence[str]
    signer: str
    left: Sequence[str]


def slip_pdf(slip: Slip) -> bytes:
    """Dựng PDF của phiếu; the same values give the same bytes."""
    with _one_at_a_time:
        compiler, fonts = _compiler()
        data = json.dumps(asdict(slip) | {"fonts": fonts}, ensure_ascii=False)
        made = compiler.compile(
            format="pdf", sys_inputs={"slip": data}, timestamp=clock.instant(date(2025, 7, 1))
        )
    return bytes(made)


@cache
def _compiler() -> tuple[Any, list[str]]:
    import typst  # 30 MB, needed only where a slip is made

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
    present = set(fonts.families())
    return typst.Compiler(_TEMPLATE, font_paths=fonts), [name for name in _FONTS if name in present]


@dataclass(frozen=True)
class Moved:
    """Văn bản được chuyển: what the slip says of it."""

    document_type: str
    reference: str
    issued_on: date | None
    issuer_name: str
    subject: str
    number: str
    instruction: str
    leader: str

    def words(self) -> str:
        """Tên văn bản trong câu: loại, số, ngày, nơi ban hành, trích yếu."""
        parts = [self.document_type]
        if self.reference:
            parts.append(f"số {self.reference}")
        if self.issued_on:
            parts.append(f"ngày {dmy(self.issued_on)}")
        return f"{' '.join(parts)} của {self.issuer_name} về việc: {self.subject}"


def transfer_slip(
    agency: Agency, signer: Post, *, document_type: str, reference: str, to: Sequence[str], moved: Moved
) -> Slip:
    """Phiếu chuyển (hoặc công văn) chuyển một văn bản đến theo ý kiến chỉ đạo."""
    is_letter = document_type == "Công văn"
    names = ", ".join(to)
    opening = (
        f"Thực hiện ý kiến chỉ đạo của {moved.leader} (số đến {moved.number})"
        if moved.leader
        else f"Qua xem xét văn bản số đến {moved.number}"
    )
    paragraphs = [
        f"{opening}, {agency.name} chuyển đến {names} {moved.words()} (gửi kèm), để xem xét, giải quyết theo thẩm quyền.",
    ]
    if moved.instruction:
        paragraphs.append(f"Nội dung chỉ đạo: {moved.instruction.rstrip('.')}.")
    paragraphs.append("Trân trọng./." if is_letter else f"{agency.short_name} chuyển để biết, thực hiện./.")
    return Slip(
        title=f"Chuyển {moved.words()}",
        heading="" if is_letter else "PHIẾU CHUYỂN",
        about=f"V/v chuyển văn bản của {moved.issuer_name}" if is_letter else "",
        upper="" if agency.kind in _COMMITTEES or agency.parent is None else agency.parent.name,
        agency=agency.name,
        reference=f"Số: {reference}",
        date=f"{agency.place}, {long_date(clock.today())}",
        to=[f"Kính gửi: {names}."],
        paragraphs=paragraphs,
        authority=authority_by_order(agency, signer),
        signer=signer.person.full_name if signer.person else "",
        left=["- Như trên;", f"- {moved.issuer_name} (để biết);", "- Lưu: VT."],
    )


def authority_by_order(agency: Agency, signer: Post) -> list[str]:
    """Quyền hạn, chức vụ của người ký thừa lệnh (TL.); a leader signs in his own right or in the head's stead."""
    head = "CHỦ TỊCH" if agency.kind in _COMMITTEES else "GIÁM ĐỐC" if agency.kind == AgencyKind.DEPARTMENT else "THỦ TRƯỞNG CƠ QUAN"  # fmt: skip
    if "leader" not in signer.roles:
        return [f"TL. {head}", signer.title]
    lines = ["TM. ỦY BAN NHÂN DÂN"] if agency.kind in _COMMITTEES else []
    return [*lines, head] if signer.is_head else [*lines, f"KT. {head}", f"PHÓ {head}"]
