"""Phòng họp."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core import limits
from app.web.forms import LineField, OfficeForm, ParagraphField, TickField

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
