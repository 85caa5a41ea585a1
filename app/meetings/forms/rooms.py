"""Phòng họp."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core import limits
from app.web.forms import LineField, MomentField, OfficeForm, ParagraphField, PickField, TickField

_MOST_SEATS = 100_000


class RoomForm(OfficeForm):
    """Thêm, sửa phòng họp."""

    name = LineField("Tên phòng", required="Hãy nhập tên phòng.", most=limits.NAME_CHARS)
    capacity = IntegerField(
        "Số chỗ",
        [
            InputRequired("Hãy nhập số chỗ."),
            NumberRange(1, _MOST_SEATS, f"Số chỗ phải từ 1 đến {_MOST_SEATS}."),
        ],
    )
    location = LineField("Vị trí", most=limits.NAME_CHARS)
    equipment = ParagraphField("Trang thiết bị", most=1000, rows=2)
    active = TickField("Đang dùng", default=True)


class BlockingForm(OfficeForm):
    """Khóa phòng."""

    starts = MomentField("Từ", required="Hãy nhập lúc bắt đầu khóa.")
    ends = MomentField("Đến", required="Hãy nhập lúc kết thúc khóa.")
    reason = LineField("Lý do", required="Hãy nêu lý do khóa phòng.", most=limits.NAME_CHARS)


class TakeRoomForm(OfficeForm):
    """Lấy phòng đã có lịch cho cuộc họp của lãnh đạo."""

    room = PickField("Phòng họp", required="Hãy chọn phòng.", combobox=False)
