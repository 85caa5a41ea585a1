"""Từ ngữ của thông báo và thư."""

from __future__ import annotations

import re
from collections.abc import Mapping

EVENTS = {
    "EffectResent": "cho chạy lại việc gửi đã dừng",
    "MailResent": "cho gửi lại thư",
}
MAIL_STATES = {
    "queued": "Chờ gửi",
    "sent": "Đã gửi",
    "failed": "Sẽ gửi lại",
    "parked": "Đã dừng",
}
MAIL_TONES = {"queued": "blue", "sent": "green", "failed": "amber", "parked": "red"}
RUN_STATES = {
    "good": "Đúng lịch",
    "running": "Đang chạy",
    "waiting": "Chưa đến lượt",
    "late": "Chậm lịch",
    "failed": "Lượt gần nhất lỗi",
}
RUN_TONES = {"good": "green", "running": "blue", "waiting": "grey", "late": "red", "failed": "red"}
# What went wrong, by the name of the error; the first that fits. The full text stands in the log.
_ERRORS = (
    ("SMTPRecipientsRefused", "máy chủ thư không nhận thư cho địa chỉ này"),
    ("SMTPSenderRefused", "máy chủ thư không nhận địa chỉ người gửi"),
    ("SMTPAuthenticationError", "máy chủ thư không nhận tài khoản gửi thư trong thiết lập"),
    ("SMTPNotSupportedError", "máy chủ thư không hỗ trợ mã hóa đường truyền như thiết lập"),
    ("SMTP", "máy chủ thư báo lỗi"),
    ("ConnectionRefusedError", "máy chủ không nhận kết nối"),
    ("gaierror", "không tìm thấy máy chủ theo tên trong thiết lập"),
    ("SSL", "không lập được đường truyền mã hóa"),
    ("Timeout", "máy chủ không trả lời trong thời gian chờ"),
    ("No space left", "hết dung lượng đĩa"),
    ("PermissionError", "không có quyền ghi"),
    ("OSError", "lỗi đọc, ghi hoặc đường truyền"),
    ("OperationalError", "cơ sở dữ liệu không trả lời kịp"),
    ("IntegrityError", "dữ liệu đã thay đổi trong lúc thực hiện"),
    ("LookupError", "phiên bản đang chạy không còn việc này"),
)
_SMTP_CODE = re.compile(r"(?<!\d)[45]\d\d(?!\d)")


def error_words(error: str | None) -> str:
    """Lỗi bằng lời, kèm tên lỗi để tra trong nhật ký máy chủ; sentences of our own stay as they are."""
    if not error:
        return ""
    name, colon, _ = error.partition(":")
    if not colon or not name.isidentifier():
        return error
    words = next((w for part, w in _ERRORS if part in error), "lỗi ngoài dự kiến")
    code = _SMTP_CODE.search(error) if name.startswith("SMTP") else None
    return f"{words[0].upper()}{words[1:]} ({name}{' ' + code.group() if code else ''})"


_COUNTS = {
    "dropped": "đã dọn",
    "effects": "việc gửi đã dọn",
    "failed": "lỗi",
    "flagged": "đã đánh dấu",
    "mails": "thư đã dọn",
    "notices": "thông báo",
    "people": "người",
    "removed": "đã xóa",
    "request_keys": "khóa đã dọn",
    "runs": "lượt chạy đã dọn",
    "seen": "đã xem",
    "sent": "đã gửi",
}
_DAYS = {
    "mon": "thứ Hai",
    "tue": "thứ Ba",
    "wed": "thứ Tư",
    "thu": "thứ Năm",
    "fri": "thứ Sáu",
    "sat": "thứ Bảy",
    "sun": "Chủ nhật",
}


def count_words(counts: Mapping[str, int]) -> str:
    """Kết quả một lượt chạy bằng lời: what was counted, zeros left out."""
    told = [f"{value} {_COUNTS.get(name, name)}" for name, value in counts.items() if value]
    return ", ".join(told) or "không có việc"


def cron_words(cron: str) -> str:
    """Lịch chạy bằng lời."""
    minute, hour, day, month, days = cron.split()
    on = "hằng ngày" if days == "*" else " đến ".join(_DAYS.get(d, d) for d in days.split("-"))
    if day == month == "*" and minute.isdigit() and hour.isdigit():
        return f"{int(hour):02}:{int(minute):02} {on}"
    if day == month == hour == "*":
        if minute == "*":
            return "mỗi phút"
        if minute.startswith("*/"):
            return f"mỗi {minute[2:]} phút"
        if minute.isdigit():
            return f"phút {int(minute):02} mỗi giờ"
    return f"theo lịch {cron}"
