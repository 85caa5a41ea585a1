"""Sự kiện của cuộc họp."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingDrafted(Event):
    """Soạn cuộc họp."""


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    """Sửa cuộc họp. ``sequence`` tells mail and calendars which revision this made."""

    sequence: int


@dataclass(frozen=True, kw_only=True)
class MeetingCalled(Event):
    """Mời họp."""

    note: str
    sequence: int


@dataclass(frozen=True, kw_only=True)
class InvitationDrafted(Event):
    """Trình giấy mời: the outgoing document that carries the invitation."""

    document_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Event):
    """Dời cuộc họp, hoặc đổi phòng."""

    reason: str
    starts_at: datetime
    ends_at: datetime
    asks_again: bool
    sequence: int


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """Hủy cuộc họp."""

    reason: str
    sequence: int


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(Event):
    """Cuộc họp đã họp xong."""


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Event):
    """Trả lời giấy mời."""

    invitee_id: int
    invited_agency_id: int
    answer: str
    note: str
    others_sent: bool  # other people go than before: calendars must be told


@dataclass(frozen=True, kw_only=True)
class SubstituteDecided(Event):
    """Chủ trì cho ý kiến về người dự thay."""

    invitee_id: int
    agrees: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class LinkRenewed(Event):
    """Cấp đường dẫn trả lời mới."""

    invitee_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class LinkRevoked(Event):
    """Thu hồi đường dẫn trả lời."""

    invitee_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class MeetingMarkedUnplanned(Event):
    """Ghi nhận họp đột xuất."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class MeetingRuleSaved(Event):
    """Lưu quy định về họp của một loại cơ quan."""

    rule_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class InviteesReminded(Event):
    """Nhắc những nơi chưa phản hồi."""

    invitee_ids: tuple[int, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class PapersAdded(Event):
    """Thêm tài liệu họp."""

    note: str


@dataclass(frozen=True, kw_only=True)
class PaperReplaced(Event):
    """Thay tài liệu họp bằng bản mới."""

    paper_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class PaperCommented(Event):
    """Góp ý tài liệu họp."""

    paper_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class BallotOpened(Event):
    """Mở biểu quyết, lấy ý kiến."""

    ballot_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class BallotClosed(Event):
    """Đóng biểu quyết, chốt kết quả."""

    ballot_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class VoteCast(Event):
    """Biểu quyết, cho ý kiến."""

    ballot_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class PaperRemoved(Event):
    """Bỏ tài liệu họp."""

    note: str


@dataclass(frozen=True, kw_only=True)
class MeetingOfficerChanged(Event):
    """Đổi thư ký, đầu mối của cuộc họp do bàn giao công việc."""

    from_post_id: int
    to_post_id: int


@dataclass(frozen=True, kw_only=True)
class AttendanceTaken(Event):
    """Điểm danh."""

    note: str


@dataclass(frozen=True, kw_only=True)
class AgendaItemBegun(Event):
    """Bắt đầu một nội dung chương trình."""

    item_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class MinutesWritten(Event):
    """Ghi biên bản, kết luận của cuộc họp."""

    note: str


@dataclass(frozen=True, kw_only=True)
class ConclusionDrafted(Event):
    """Trình thông báo kết luận."""

    document_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class ConclusionsAssigned(Event):
    """Giao nhiệm vụ theo kết luận cuộc họp."""

    part_ids: tuple[int, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class ConclusionRecorded(Event):
    """Ghi nhận thông báo kết luận đã ban hành."""

    document_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class ConclusionWaived(Event):
    """Không ban hành thông báo kết luận."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CalendarFeedChanged(Event):
    """Mở, đóng lịch theo dõi từ ngoài."""

    note: str


@dataclass(frozen=True, kw_only=True)
class RoomBlocked(Event):
    """Khóa phòng, bỏ khóa phòng."""

    room_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class RoomTakenOver(Event):
    """Lấy phòng cho cuộc họp của lãnh đạo."""

    sequence: int
    note: str


@dataclass(frozen=True, kw_only=True)
class WeekPublished(Event):
    """Công bố lịch công tác tuần."""

    week_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class SiteSaved(Event):
    """Lập, sửa, bỏ điểm cầu."""

    note: str


@dataclass(frozen=True, kw_only=True)
class MeetingRepeated(Event):
    """Lập họp định kỳ theo một cuộc họp."""

    note: str


@dataclass(frozen=True, kw_only=True)
class RoomSaved(Event):
    """Lưu phòng họp."""

    room_id: int
    note: str
