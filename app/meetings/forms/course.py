"""Dời, hủy, họp xong, kết luận, tài liệu."""

from __future__ import annotations

from datetime import datetime

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core import clock, limits
from app.core.actor import Actor
from app.core.text import clean_line
from app.meetings import labels, queries
from app.meetings.forms.fields import HourField, MeetingDayField
from app.meetings.models import Meeting
from app.meetings.service import PaperPlace, Schedule
from app.org.queries import Choice
from app.storage.kinds import ATTACHMENT, accept_list
from app.web.forms import (
    ChoiceField,
    FilesField,
    LineField,
    MomentField,
    OfficeForm,
    ParagraphField,
    PickField,
    PickManyField,
    ReasonForm,
    TickField,
    WordField,
)


class MoveForm(ReasonForm):
    """Dời họp, đổi phòng."""

    day = MeetingDayField("Ngày họp", needed="Hãy nhập ngày họp.")
    starts = HourField("Từ", needed="Hãy nhập giờ bắt đầu.")
    ends = HourField("Đến", needed="Hãy nhập giờ kết thúc.")
    room = PickField("Phòng họp", blank="Nơi khác", combobox=False)
    place = LineField("Địa điểm khác", most=limits.NAME_CHARS)
    answer_by = MomentField("Hạn phản hồi")

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách phòng."""
        self.rooms = list(queries.rooms(actor.agency_id or 0))
        self.room.offer([Choice(str(r.id), r.name, f"{r.capacity} chỗ") for r in self.rooms])

    def fill(self, meeting: Meeting) -> None:
        """Điền lịch hiện tại."""
        self.day.data = clock.local(meeting.starts_at).date()
        self.starts.data, self.ends.data = (
            clock.local(m).time() for m in (meeting.starts_at, meeting.ends_at)
        )
        self.room.data, self.place.data = meeting.room_id, meeting.place

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """Giờ họp mới, nếu đã nhập đủ."""
        if not (self.day.data and self.starts.data and self.ends.data):
            return None
        return clock.instant(self.day.data, self.starts.data), clock.instant(self.day.data, self.ends.data)

    @property
    def schedule(self) -> Schedule | None:
        """Giờ và chỗ mới."""
        hours = self.hours
        return Schedule(*hours, room_id=self.room.data, place=self.place.data or "") if hours else None


class CancelForm(ReasonForm):
    """Hủy cuộc họp."""


class HoldForm(OfficeForm):
    """Xác nhận đã họp."""

    needs_conclusion = TickField("Phải ban hành thông báo kết luận", default=True)


class ConclusionForm(OfficeForm):
    """Ghi nhận thông báo kết luận đã ban hành."""

    reference = LineField(
        "Số, ký hiệu thông báo kết luận",
        required="Hãy nhập số, ký hiệu văn bản đã phát hành.",
        most=limits.REFERENCE_CHARS,
    )


class WaiveForm(OfficeForm):
    """Không ban hành thông báo kết luận."""

    reason = ParagraphField("Lý do", required="Hãy nêu lý do không ban hành kết luận.", most=1000, rows=3)


class PapersForm(OfficeForm):
    """Thêm tài liệu họp."""

    papers = FilesField("Tài liệu họp", required="Hãy chọn tệp tài liệu.", accept=accept_list(ATTACHMENT))
    agenda_item = PickField("Thuộc nội dung", blank="Chung cho cuộc họp", combobox=False)
    rights = WordField("Ai được đọc", list(labels.PAPER_RIGHTS.items()), required=False, default="all")
    readers = PickManyField("Các thành phần được đọc")

    def offer(self, meeting: Meeting) -> None:
        """Đặt danh sách nội dung chương trình và thành phần mời."""
        self.agenda_item.offer([Choice(str(a.id), a.title, "") for a in meeting.agenda])
        self.readers.offer([Choice(str(i.id), i.shown_name, i.shown_body) for i in meeting.invitees])

    @property
    def place(self) -> PaperPlace:
        """Chỗ và quyền đọc đã chọn."""
        return PaperPlace(self.agenda_item.data, self.rights.data or "all", tuple(self.readers.data or []))


class NewPaperForm(OfficeForm):
    """Bản mới của một tài liệu."""

    papers = FilesField("Bản mới", required="Hãy chọn tệp.", accept=accept_list(ATTACHMENT), single=True)


class CommentForm(OfficeForm):
    """Góp ý tài liệu."""

    text = ParagraphField("Góp ý", required="Hãy ghi góp ý.", most=limits.NOTE_CHARS, rows=3)


class BallotForm(OfficeForm):
    """Mở biểu quyết, lấy ý kiến."""

    title = ParagraphField(
        "Nội dung lấy ý kiến", required="Hãy ghi nội dung.", most=limits.SUBJECT_CHARS, rows=2, one_line=True
    )
    options = ParagraphField(
        "Các phương án (mỗi dòng một phương án)", required="Hãy ghi các phương án.", most=2_000, rows=3
    )
    quorum_percent = IntegerField(
        "Đủ hiệu lực khi có (% thành viên)",
        [InputRequired("Hãy nhập tỷ lệ."), NumberRange(1, 100, "Tỷ lệ phải từ 1 đến 100.")],
        default=50,
    )
    closes_at = MomentField("Đóng lúc")

    @property
    def listed(self) -> list[str]:
        """Các phương án đã ghi."""
        return [
            o
            for line in (self.options.data or "").splitlines()
            if (o := clean_line(line)[: limits.NAME_CHARS])
        ]


class VoteForm(OfficeForm):
    """Cho ý kiến."""

    option = ChoiceField("Ý kiến", [], required="Hãy chọn một phương án.")
    note = ParagraphField("Ghi chú", most=1000, rows=2)
