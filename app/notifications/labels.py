"""Từ ngữ của thông báo và thư."""

from __future__ import annotations

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
