"""Văn bản của cuộc họp: what an invitation says, from the meeting's own data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.core import clock
from app.documents.service.letters import Letter, authority_of, place_and_day, upper_of
from app.language.dates import long_date
from app.meetings.models import ConclusionItem, Invitee, Meeting
from app.org.models import Post

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


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


def invitation_values(meeting: Meeting) -> dict[str, str]:
    """Nội dung điền vào mẫu giấy mời; the issued document is made from these, with its number and day."""
    agenda = "; ".join(f"{a.title} ({a.presenter})" if a.presenter else a.title for a in meeting.agenda)
    more = (
        ("Chương trình", agenda),
        ("Họp trực tuyến", meeting.online_link),
        ("Yêu cầu", meeting.requirements),
        ("Đề nghị trả lời trước", moment_in_words(meeting.answer_by) if meeting.answer_by else ""),
    )
    return {
        "host": meeting.agency.name,
        "guests": "; ".join(invitee_in_words(i) for i in meeting.invitees),
        "about": meeting.title,
        "chair": person_in_words(meeting.chair),
        "time": moment_in_words(meeting.starts_at),
        "venue": meeting.location,
        "contact": ", ".join(w for w in (person_in_words(meeting.contact), meeting.contact_phone) if w),
        "body": "\n".join(f"{name}: {words.rstrip('.')}." for name, words in more if words),
    }


def conclusion_values(meeting: Meeting, items: Sequence[ConclusionItem]) -> dict[str, str]:
    """Nội dung điền vào mẫu thông báo kết luận: the opening, then each conclusion with its lead agency and its day."""
    agency, chair = meeting.agency, meeting.chair
    at = clock.local(meeting.starts_at)
    opening = (
        f"{long_date(at.date()).capitalize()}, tại {meeting.location}, {person_in_words(chair)}, đã chủ trì cuộc họp "
        f"{meeting.title[:1].lower()}{meeting.title[1:]}. Sau khi nghe báo cáo và ý kiến của các đại biểu dự họp, "
        f"{chair.title} kết luận như sau:"
    )
    lines = [opening, *(f"{n}. {conclusion_in_words(item)}" for n, item in enumerate(items, start=1))]
    lines.append(f"{agency.name} thông báo để các cơ quan, đơn vị biết, thực hiện.")
    return {"body": "\n".join(lines)}


def conclusion_in_words(item: ConclusionItem) -> str:
    """Một kết luận bằng lời, cơ quan chủ trì và thời hạn."""
    words = item.content.rstrip(". ") + "."
    if item.agency is not None:
        words += f" Giao {item.agency.name} chủ trì thực hiện"
        words += f", hoàn thành trước {long_date(item.due_on)}." if item.due_on else "."
    elif item.due_on:
        words += f" Hoàn thành trước {long_date(item.due_on)}."
    return words
