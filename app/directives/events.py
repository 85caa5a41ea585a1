"""Sự kiện của chỉ đạo: each happened to one part (đầu việc)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DirectiveAssigned(Event):
    """Giao nhiệm vụ."""

    directive_id: int
    lead_agency_id: int
    due_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectiveReceived(Event):
    """Tiếp nhận nhiệm vụ."""


@dataclass(frozen=True, kw_only=True)
class DirectivePassedOn(Event):
    """Phân công trong cơ quan chủ trì."""

    unit_id: int | None = None
    post_id: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectiveProgressReported(Event):
    """Báo cáo tiến độ."""

    report_id: int
    percent: int | None = None
    expected_on: date | None = None
    files: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectiveReportedDone(Event):
    """Báo cáo hoàn thành."""

    report_id: int
    files: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CompletionProposed(Event):
    """Chuyên viên theo dõi đề xuất xử lý báo cáo hoàn thành."""

    report_id: int
    accept: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectiveCompleted(Event):
    """Xác nhận hoàn thành."""

    report_id: int
    in_time: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerDismissed(Event):
    """Văn bản chưa kết thúc nhiệm vụ."""

    document_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectiveReturned(Event):
    """Yêu cầu bổ sung, thực hiện lại."""

    report_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionRequested(Event):
    """Đề nghị gia hạn."""

    request_id: int
    wanted_due_at: datetime
    was_overdue: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionAgreed(Event):
    """Đồng ý gia hạn."""

    request_id: int
    granted_due_at: datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(Event):
    """Không đồng ý gia hạn."""

    request_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionLapsed(Event):
    """Đề nghị gia hạn không còn cần."""

    request_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectiveUrged(Event):
    """Đôn đốc."""

    urging_id: int
    level: int
    document_id: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DirectiveWithdrawn(Event):
    """Thu hồi nhiệm vụ."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class DirectiveCancelled(Event):
    """Hủy nhiệm vụ."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class DirectivePaused(Event):
    """Tạm dừng nhiệm vụ."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class DirectiveResumed(Event):
    """Tiếp tục thực hiện nhiệm vụ."""

    due_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtensionAskedAbove(Event):
    """Dự thảo văn bản đề nghị cấp trên gia hạn."""

    document_id: int
    wanted_due_at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionGrantedAbove(Event):
    """Ghi nhận cấp trên gia hạn."""

    due_at: datetime
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LeadChangeRequested(Event):
    """Đề nghị điều chỉnh cơ quan chủ trì."""

    request_id: int
    proposed_agency_id: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class LeadChangeAgreed(Event):
    """Đồng ý điều chỉnh cơ quan chủ trì."""

    request_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LeadChangeRefused(Event):
    """Không điều chỉnh cơ quan chủ trì."""

    request_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class LeadChangeLapsed(Event):
    """Đề nghị điều chỉnh cơ quan chủ trì không còn cần."""

    request_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LeadChanged(Event):
    """Đổi cơ quan chủ trì."""

    from_agency_id: int
    to_agency_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DirectiveDueSoon(Event):
    """Sắp đến hạn, hệ thống nhắc."""

    due_at: datetime
    lead_agency_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveDueToday(Event):
    """Đến hạn hôm nay, hệ thống nhắc."""

    due_at: datetime
    lead_agency_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveStillOverdue(Event):
    """Vẫn quá hạn, hệ thống báo người chỉ đạo."""

    due_at: datetime
    lead_agency_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveTakenSilently(Event):
    """Coi như đã nhận."""


@dataclass(frozen=True, kw_only=True)
class DirectiveOverdue(Event):
    """Quá hạn, hệ thống nhắc."""

    due_at: datetime
    lead_agency_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveHandedOver(Event):
    """Bàn giao nhiệm vụ sang vị trí khác."""

    from_post_id: int
    to_post_id: int
    role: str
