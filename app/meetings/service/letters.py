"""Văn bản của cuộc họp dạng PDF: the form of Decree 30/2020, from the meeting's own data. One door, :func:`letter_pdf`."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.core import clock
from app.language.dates import long_date
from app.meetings.models import ConclusionItem, Invitee, Meeting
from app.org.models import Agency, Post
from app.org.models.structure import AgencyKind
from app.storage.kinds import Kind
from app.storage.service import Upload, store_made

COMMITTEES = {
    AgencyKind.CITY,
    AgencyKind.DISTRICT,
    AgencyKind.WARD,
    AgencyKind.COMMUNE,
    AgencyKind.SPECIAL_ZONE,
}
_TEMPLATE: Final = Path(__file__).with_name("letter.typ")
# Times New Roman and the free fonts of the same widths; Libertinus comes with the compiler and has every Vietnamese letter.
_FONTS: Final = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_one_at_a_time = threading.Lock()  # the compiler keeps its world between letters


@dataclass(frozen=True)
class Letter:
    """Một văn bản để dựng: plain values only; each paragraph is (words in bold, words)."""

    title: str
    heading: str
    upper: str
    agency: str
    reference: str
    date: str
    paragraphs: Sequence[tuple[str, str]]
    authority: Sequence[str]
    signer: str
    left_title: str = "Nơi nhận:"
    left: Sequence[str] = ()
    columns: Sequence[str] = ()
    widths: Sequence[int] = ()
    rows: Sequence[Sequence[str]] = ()
    closing: Sequence[tuple[str, str]] = field(default=())


def letter_pdf(letter: Letter) -> bytes:
    """Dựng PDF của một văn bản; the same values give the same bytes."""
    with _one_at_a_time:
        compiler, fonts = _compiler()
        made = compiler.compile(
            format="pdf",
            sys_inputs={"letter": json.dumps(asdict(letter) | {"fonts": fonts}, ensure_ascii=False)},
            timestamp=clock.instant(date(2025, 7, 1)),
        )
    return bytes(made)


@cache
def _compiler() -> tuple[Any, list[str]]:
    import typst  # 30 MB, needed only where a letter is made

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
    present = set(fonts.families())
    return typst.Compiler(_TEMPLATE, font_paths=fonts), [name for name in _FONTS if name in present]


def made_file(letter: Letter, name: str) -> Upload:
    """Tệp PDF của văn bản, đã vào kho."""
    return store_made(letter_pdf(letter), name, Kind.PDF)


# ── thể thức ──


def upper_of(agency: Agency) -> str:
    """Cơ quan chủ quản trực tiếp ghi trên văn bản; a People's Committee stands under none."""
    return "" if agency.kind in COMMITTEES or agency.parent is None else agency.parent.name


def authority_of(agency: Agency, signer: Post) -> list[str]:
    """Quyền hạn, chức vụ của người ký: the head in his own right, a deputy in his stead (KT.)."""
    head = "CHỦ TỊCH" if agency.kind in COMMITTEES else "GIÁM ĐỐC" if agency.kind == AgencyKind.DEPARTMENT else "THỦ TRƯỞNG CƠ QUAN"  # fmt: skip
    lines = ["TM. ỦY BAN NHÂN DÂN"] if agency.kind in COMMITTEES else []
    return [*lines, head] if signer.is_head else [*lines, f"KT. {head}", f"PHÓ {head}"]


def place_and_day(agency: Agency, day: date | None = None) -> str:
    """Địa danh, ngày tháng; the day is left open until the document is issued."""
    if day is not None:
        return f"{agency.place}, {long_date(day)}"
    today = clock.today()
    return f"{agency.place}, ngày      tháng      năm {today.year}"


def moment_in_words(moment: datetime) -> str:
    """Giờ họp trong văn bản: "14 giờ 00 phút, Thứ Năm, ngày 26 tháng 11 năm 2026"."""
    at = clock.local(moment)
    return f"{at:%H} giờ {at:%M} phút, {_WEEKDAYS[at.weekday()]}, {long_date(at.date())}"


def person_in_words(post: Post) -> str:
    """Họ tên và chức vụ, nối bằng dấu phẩy."""
    return f"{post.person.full_name}, {post.title}" if post.person else post.title


def invitee_in_words(invitee: Invitee) -> str:
    """Một thành phần mời trên giấy mời."""
    if invitee.is_outside:
        return ", ".join(w for w in (invitee.outside_name, invitee.outside_title, invitee.outside_body) if w)
    if invitee.post is not None:
        return person_in_words(invitee.post)
    return f"{invitee.agency.name} ({invitee.seats:02d} người)"


def invitation_letter(meeting: Meeting, signer: Post) -> Letter:
    """Giấy mời theo mẫu 1.7 phụ lục III Nghị định 30/2020; number and day are filled in when it is issued."""
    agency = meeting.agency
    guests = [invitee_in_words(i) for i in meeting.invitees]
    paragraphs = [("", f"{agency.name} trân trọng kính mời:")]
    paragraphs += [("", f"- {words};") for words in guests[:-1]] + [
        ("", f"- {words}.") for words in guests[-1:]
    ]
    contact = ", ".join(w for w in (person_in_words(meeting.contact), meeting.contact_phone) if w)
    points = [
        ("Tới dự", meeting.title),
        ("Chủ trì", person_in_words(meeting.chair)),
        ("Thời gian", moment_in_words(meeting.starts_at)),
        ("Địa điểm", meeting.location),
        (
            "Chương trình",
            "; ".join(f"{a.title} ({a.presenter})" if a.presenter else a.title for a in meeting.agenda),
        ),
        ("Yêu cầu", meeting.requirements),
        ("Đầu mối liên hệ", contact),
        ("Đề nghị trả lời trước", moment_in_words(meeting.answer_by) if meeting.answer_by else ""),
    ]
    shown = [(name, words.rstrip(".")) for name, words in points if words]
    paragraphs += [
        (f"{n}. {name}: ", words + ("./." if n == len(shown) else "."))
        for n, (name, words) in enumerate(shown, 1)
    ]
    return Letter(
        title=meeting.title,
        heading="GIẤY MỜI",
        upper=upper_of(agency),
        agency=agency.name,
        reference=f"Số:          /GM-{agency.abbreviation}",
        date=place_and_day(agency),
        paragraphs=paragraphs,
        authority=authority_of(agency, signer),
        signer=signer.person.full_name if signer.person else "",
        left=("- Như trên;", "- Lưu: VT."),
    )


def conclusion_letter(meeting: Meeting, items: Sequence[ConclusionItem], signer: Post) -> Letter:
    """Thông báo kết luận cuộc họp: the opening, then each conclusion with its lead agency and its day."""
    agency, chair = meeting.agency, meeting.chair
    at = clock.local(meeting.starts_at)
    opening = (
        f"{long_date(at.date()).capitalize()}, tại {meeting.location}, {person_in_words(chair)}, đã chủ trì cuộc họp "
        f"{meeting.title[:1].lower()}{meeting.title[1:]}. Sau khi nghe báo cáo và ý kiến của các đại biểu dự họp, "
        f"{chair.title} kết luận như sau:"
    )
    return Letter(
        title=f"Kết luận của {person_in_words(chair)}, tại cuộc họp {meeting.title[:1].lower()}{meeting.title[1:]}",
        heading="THÔNG BÁO",
        upper=upper_of(agency),
        agency=agency.name,
        reference=f"Số:          /TB-{agency.abbreviation}",
        date=place_and_day(agency),
        paragraphs=[
            ("", opening),
            *((f"{n}. ", conclusion_in_words(item)) for n, item in enumerate(items, start=1)),
            ("", f"{agency.name} thông báo để các cơ quan, đơn vị biết, thực hiện./."),
        ],
        authority=authority_of(agency, signer),
        signer=signer.person.full_name if signer.person else "",
        left=("- Các thành phần dự họp;", "- Lưu: VT."),
    )


def conclusion_in_words(item: ConclusionItem) -> str:
    """Một kết luận bằng lời, cơ quan chủ trì và thời hạn."""
    words = item.content.rstrip(". ") + "."
    if item.agency is not None:
        words += f" Giao {item.agency.name} chủ trì thực hiện"
        words += f", hoàn thành trước {long_date(item.due_on)}." if item.due_on else "."
    elif item.due_on:
        words += f" Hoàn thành trước {long_date(item.due_on)}."
    return words
