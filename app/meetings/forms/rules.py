"""Quy định về họp."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core import limits
from app.web.forms import LineField, OfficeForm, TickField


def _days(label: str, least: int) -> IntegerField:
    return IntegerField(
        label,
        [
            InputRequired("Hãy nhập số ngày."),
            NumberRange(least, 60, f"Số ngày làm việc phải từ {least} đến 60."),
        ],
    )


class RuleForm(OfficeForm):
    """Sửa quy định về họp của một loại cơ quan."""

    invitation_days = _days("Gửi giấy mời trước (ngày làm việc)", 0)
    papers_days = _days("Gửi tài liệu trước (ngày làm việc)", 0)
    conclusion_days = _days("Ban hành thông báo kết luận sau họp (ngày làm việc)", 1)
    needs_consent = TickField("Người được mời đích danh phải được chủ trì đồng ý mới cử người dự thay")
    source = LineField("Căn cứ", required="Hãy ghi văn bản quy định.", most=limits.NAME_CHARS)
