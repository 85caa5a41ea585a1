"""Điểm cầu, họp định kỳ, khoảng ngày của số liệu."""

from __future__ import annotations

from datetime import date, timedelta

from app.core import clock, limits
from app.core.text import clean_line
from app.core.working_days import calendar
from app.language.dates import Lean, read_date
from app.language.errors import NotUnderstood
from app.meetings.models import Meeting
from app.org.queries import Choice
from app.web.forms import LineField, MomentField, OfficeForm, ParagraphField, PickField


class SiteForm(OfficeForm):
    """Lập điểm cầu."""

    agency = PickField("Cơ quan", required="Hãy chọn cơ quan.")
    room = LineField("Phòng, địa điểm", required="Hãy ghi nơi đặt điểm cầu.", most=limits.NAME_CHARS)
    technician = LineField("Đầu mối kỹ thuật", most=limits.NAME_CHARS)
    phone = LineField("Điện thoại", most=50)
    tested_at = MomentField("Giờ thử đường truyền")
    access_code = LineField("Mã vào họp", most=50)

    def offer(self, meeting: Meeting) -> None:
        """Đặt danh sách cơ quan dự họp."""
        named = {meeting.agency_id: meeting.agency.short_name}
        named |= {i.agency_id: i.agency.short_name for i in meeting.invitees}
        self.agency.offer([Choice(str(k), words, "") for k, words in named.items()])


class RepeatForm(OfficeForm):
    """Lập họp định kỳ."""

    days = ParagraphField(
        "Các ngày họp (mỗi dòng một ngày)", required="Hãy ghi các ngày họp.", most=2_000, rows=6
    )

    def fill(self, meeting: Meeting) -> None:
        """Điền bốn tuần kế tiếp, cùng thứ."""
        day = clock.local(meeting.starts_at).date()
        self.days.data = "\n".join(f"{day + timedelta(weeks=n):%d/%m/%Y}" for n in range(1, 5))

    def listed(self) -> list[date] | None:
        """Các ngày đã ghi; what cannot be read is told at the field."""
        found = []
        for line in filter(None, map(clean_line, (self.days.data or "").splitlines())):
            try:
                found.append(read_date(line[:60], today=clock.today(), calendar=calendar(), lean=Lean.AHEAD))
            except NotUnderstood as problem:
                self.refuse("days", f"“{line[:60]}”: {problem}")
                return None
        return found
