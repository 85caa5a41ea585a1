"""Trả lời giấy mời."""

from __future__ import annotations

from app.core import limits
from app.core.text import clean_line
from app.meetings import labels
from app.meetings.models import Answer, Invitee
from app.meetings.service import Named
from app.org import queries as org
from app.web.forms import ChoiceField, OfficeForm, ParagraphField, PickManyField


def named_in(lines: str | None) -> list[Named]:
    """Mỗi dòng một người: họ tên, chức vụ."""
    found = []
    for line in (lines or "").splitlines():
        name, _comma, title = clean_line(line).partition(",")
        if name.strip():
            found.append(Named(None, name.strip()[: limits.NAME_CHARS], title.strip()[: limits.NAME_CHARS]))
    return found


def lines_of(invitee: Invitee) -> str:
    """Những người đã cử bằng lời, mỗi dòng một người."""
    return "\n".join(
        ", ".join(w for w in (a.name, a.title) if w) for a in invitee.attendees if a.post_id is None
    )


class GuestAnswerForm(OfficeForm):
    """Trả lời qua đường dẫn cá nhân: people only in words."""

    answer = ChoiceField("Trả lời", list(labels.ANSWERS.items()), required="Hãy chọn một trả lời.")
    others = ParagraphField("Người dự (mỗi dòng một người: họ tên, chức vụ)", most=limits.NOTE_CHARS, rows=2)
    reason = ParagraphField("Lý do, ghi chú", most=1000, rows=2)

    def fill(self, invitee: Invitee) -> None:
        """Điền trả lời đang có."""
        self.answer.data = invitee.answer or invitee.previous_answer
        self.reason.data, self.others.data = (
            invitee.reason,
            "\n".join(", ".join(w for w in (a.name, a.title) if w) for a in invitee.attendees),
        )

    @property
    def chosen(self) -> Answer:
        """Trả lời đã chọn."""
        return Answer(self.answer.data)

    @property
    def named(self) -> list[Named]:
        """Những người được cử."""
        return [] if self.chosen == Answer.ABSENT else named_in(self.others.data)


class AnswerForm(OfficeForm):
    """Tham dự, cử người dự thay, hoặc báo vắng."""

    answer = ChoiceField("Trả lời", list(labels.ANSWERS.items()), required="Hãy chọn một trả lời.")
    people = PickManyField("Người của cơ quan")
    others = ParagraphField(
        "Người khác (mỗi dòng một người: họ tên, chức vụ)", most=limits.NOTE_CHARS, rows=2
    )
    reason = ParagraphField("Lý do, ghi chú", most=1000, rows=2)

    def offer(self, invitee: Invitee) -> None:
        """Đặt danh sách người của cơ quan được mời."""
        self.people.offer(org.post_choices(invitee.agency_id, exclude=invitee.post_id))

    def fill(self, invitee: Invitee, answer: str | None) -> None:
        """Điền trả lời đang có, hoặc trả lời vừa chọn ở trang trước."""
        self.answer.data = answer if answer in labels.ANSWERS else invitee.answer or invitee.previous_answer
        self.reason.data = invitee.reason
        self.people.data = [a.post_id for a in invitee.attendees if a.post_id is not None]
        self.others.data = lines_of(invitee)

    @property
    def chosen(self) -> Answer:
        """Trả lời đã chọn."""
        return Answer(self.answer.data)

    @property
    def named(self) -> list[Named]:
        """Những người được cử: of the agency, then those named in words."""
        if self.chosen == Answer.ABSENT:
            return []  # who says nobody comes need not untick whom he had named
        return [Named(post_id) for post_id in self.people.data or []] + named_in(self.others.data)
