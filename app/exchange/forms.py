"""Biểu mẫu của liên thông."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core import limits
from app.web.forms import ChoiceField, LineField, OfficeForm, ParagraphField, PickField


def _number(label: str, least: int, most: int, default: int, description: str) -> IntegerField:
    return IntegerField(
        label,
        [
            InputRequired(f"Hãy nhập “{label}”."),
            NumberRange(least, most, message=f"{label} là số từ {least} đến {most}."),
        ],
        default=default,
        description=description,
        render_kw={"inputmode": "numeric"},
    )


_URL = "Để trống thì lấy địa chỉ ghi trên thẻ. Dạng https://tên-máy[:cổng]."
_NETWORKS = "Chỉ cần khi máy của đối tác nằm trong mạng riêng, ví dụ 10.20.0.0/16."


class PartnerCardForm(OfficeForm):
    """Thêm đối tác."""

    card = ParagraphField("Thẻ liên thông của đối tác", required=True, most=400_000, rows=8)
    name = LineField("Tên gọi", most=limits.NAME_CHARS, description="Để trống thì lấy tên trên thẻ.")
    url = LineField("Địa chỉ", most=300, description=_URL)
    networks = LineField("Dải mạng được phép", most=300, description=_NETWORKS)


class PartnerForm(OfficeForm):
    """Sửa đối tác."""

    name = LineField("Tên gọi", required=True, most=limits.NAME_CHARS)
    url = LineField("Địa chỉ", required=True, most=300)
    networks = LineField("Dải mạng được phép", most=300, description=_NETWORKS)
    megabytes = _number(
        "Dung lượng một gói (MB)", 1, 80, 40, "Phụ lục vượt quá được gửi bằng liên kết riêng."
    )
    per_hour = _number("Số gói nhận mỗi giờ", 1, 100_000, 2_000, "Quá số này đối tác phải đợi.")


class AxisForm(OfficeForm):
    """Thêm trục liên thông."""

    name = LineField("Tên gọi", required=True, most=limits.NAME_CHARS)
    url = LineField("Địa chỉ dịch vụ", required=True, most=300)
    networks = LineField("Dải mạng được phép", most=300, description=_NETWORKS)
    system_id = LineField(
        "Mã hệ thống trên trục", required=True, most=100, description="Do đơn vị vận hành trục cấp."
    )


class KeysForm(OfficeForm):
    """Ghim khóa mới."""

    card = ParagraphField("Thẻ liên thông mới của đối tác", required=True, most=400_000, rows=8)


class DeclineForm(OfficeForm):
    """Từ chối một gói đã để riêng."""

    reason = ParagraphField("Lý do từ chối", required=True, most=500, rows=3, one_line=True)


class RecallForm(OfficeForm):
    """Thu hồi, cập nhật, thay thế."""

    kind = ChoiceField(
        "Yêu cầu",
        choices=[
            ("1", "Thu hồi văn bản"),
            ("2", "Cập nhật: gửi lại bản đầy đủ hiện nay"),
            ("3", "Thay thế bằng văn bản khác"),
        ],
        required="Hãy chọn yêu cầu.",
    )
    replacement = PickField("Văn bản thay thế")
    reason = ParagraphField("Lý do", required=True, most=500, rows=3, one_line=True)


class AnswerForm(OfficeForm):
    """Trả lời yêu cầu của nơi gửi."""

    answer = ChoiceField(
        "Trả lời", choices=[("15", "Đồng ý"), ("16", "Từ chối")], required="Hãy chọn đồng ý hoặc từ chối."
    )
    words = ParagraphField("Ý kiến", most=500, rows=3, one_line=True)
