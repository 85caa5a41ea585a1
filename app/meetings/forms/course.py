"""Dời, hủy, họp xong, kết luận, tài liệu."""

from __future__ import annotations

from datetime import datetime

from app.core import clock, limits
from app.core.actor import Actor
from app.meetings import queries
from app.meetings.forms.fields import HourField, MeetingDayField
from app.meetings.models import Meeting
from app.meetings.service import Schedule
from app.org.queries import Choice
from app.storage.kinds import ATTACHMENT, accept_list
from app.web.forms import (
    FilesField,
    LineField,
    MomentField,
    OfficeForm,
    ParagraphField,
    PickField,
    ReasonForm,
    TickField,
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
