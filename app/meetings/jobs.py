"""Việc định kỳ của cuộc họp."""

from __future__ import annotations

from datetime import datetime

from app.core import clock
from app.core.actor import SYSTEM
from app.core.jobs import job
from app.core.working_days import calendar
from app.meetings import queries, service


@job("meetings.chase", cron="*/15 * * * *", title="Nhắc nơi chưa phản hồi giấy mời")
def chase(now: datetime) -> dict[str, int]:
    """Nhắc các nơi chưa phản hồi từ sáng ngày làm việc trước hạn phản hồi."""
    counts = {"meetings": 0, "reminded": 0}
    for meeting_id, deadline in queries.to_chase(now):
        reminded = service.chase_by_clock(SYSTEM, meeting_id, deadline)
        counts["meetings"] += bool(reminded)
        counts["reminded"] += reminded
    return counts


@job("meetings.conclusions", cron="5 8 * * *", title="Báo thông báo kết luận đến hạn")
def flag_conclusions(now: datetime) -> dict[str, int]:
    """Báo văn phòng trước hạn một ngày làm việc, và khi đã quá hạn."""
    today, counts = clock.local(now).date(), {"soon": 0, "late": 0}
    for meeting_id, due_on in queries.conclusions_to_flag(today):
        if today > due_on:
            service.flag_conclusion(SYSTEM, meeting_id, "Quá hạn ban hành thông báo kết luận", "late")
            counts["late"] += 1
        elif today >= calendar().add(due_on, -1):
            service.flag_conclusion(
                SYSTEM, meeting_id, f"Hạn ban hành thông báo kết luận {due_on:%d/%m/%Y}", "soon"
            )
            counts["soon"] += 1
    return counts


@job("meetings.mail_replies", cron="* * * * *", title="Đọc thư trả lời giấy mời")
def read_replies(now: datetime) -> dict[str, int]:
    """Đọc hộp thư nhận trả lời, nếu thiết lập có."""
    box = service.mailbox()
    return service.read_mailbox(box) if box is not None else {}


@job("meetings.ballots", cron="* * * * *", title="Đóng biểu quyết đến giờ")
def close_ballots(now: datetime) -> dict[str, int]:
    """Đóng các phiếu lấy ý kiến đã đến giờ."""
    found = queries.due_ballots(now)
    for meeting_id, ballot_id in found:
        service.close_ballot_by_clock(SYSTEM, meeting_id, ballot_id)
    return {"closed": len(found)}
