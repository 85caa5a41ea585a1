"""Sự kiện của văn bản."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentArrived(Event):
    """Văn bản đến hệ thống, chờ vào sổ. ``source_document_id`` is the sender's own document."""

    package_token: str
    source_document_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentRegistered(Event):
    """Vào sổ văn bản đến."""

    number: int
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class ArrivalReturned(Event):
    """Trả lại nơi gửi."""

    reason: str
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class ArrivalMerged(Event):
    """Nhập văn bản chờ vào số đến đã có."""

    into_id: int
    number: int
    note: str = ""
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class ArrivalDiscarded(Event):
    """Bỏ văn bản chờ vì trùng."""

    reason: str
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class CopyTaken(Event):
    """Đính kèm bản cùng nội dung."""

    note: str


@dataclass(frozen=True, kw_only=True)
class PaperKept(Event):
    """Ghi nơi giữ bản giấy."""


@dataclass(frozen=True, kw_only=True)
class ScansQueued(Event):
    """Đưa bản quét vào hàng chờ vào sổ."""

    source: str


@dataclass(frozen=True, kw_only=True)
class ProposalSought(Event):
    """Chuyển Văn phòng tham mưu."""

    to_post_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentPresented(Event):
    """Trình lãnh đạo."""

    to_post_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentInstructed(Event):
    """Bút phê, phân công."""

    note: str
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class PaperNoteEntered(Event):
    """Nhập bút phê ghi trên giấy."""

    to_post_id: int
    note: str
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoteObjected(Event):
    """Không đồng ý với bút phê nhập thay."""

    note_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DocumentTransferred(Event):
    """Chuyển cơ quan khác giải quyết theo bút phê."""

    outgoing_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class InformedCleared(Event):
    """Đã biết, không cần mở."""

    handling_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentForwarded(Event):
    """Chuyển xử lý."""

    note: str = ""
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class HandlersAdded(Event):
    """Thêm người, đơn vị xử lý."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HandlingLeadChanged(Event):
    """Đổi đơn vị, người chủ trì."""

    note: str


@dataclass(frozen=True, kw_only=True)
class OpinionsAsked(Event):
    """Lấy ý kiến đơn vị, người khác."""

    note: str


@dataclass(frozen=True, kw_only=True)
class DocumentPulledBack(Event):
    """Rút lại văn bản đã trình, chuyển."""


@dataclass(frozen=True, kw_only=True)
class InstructionTakenBack(Event):
    """Rút lại bút phê, phân công."""


@dataclass(frozen=True, kw_only=True)
class DocumentsLinked(Event):
    """Liên kết với văn bản khác."""

    other_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class DutyReportedLate(Event):
    """Nhắc việc chậm, sắp đến hạn."""

    note: str


@dataclass(frozen=True, kw_only=True)
class HandlingWithdrawn(Event):
    """Rút lại phần việc đã giao."""

    handling_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class HandlingDueSet(Event):
    """Đổi hạn phần việc."""

    handling_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Event):
    """Cho ý kiến."""

    note: str


@dataclass(frozen=True, kw_only=True)
class ArrivalAmended(Event):
    """Cập nhật văn bản đến theo yêu cầu của nơi gửi."""

    note: str


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(Event):
    """Nơi gửi thu hồi hoặc thay thế văn bản."""

    note: str


@dataclass(frozen=True, kw_only=True)
class DocumentClosed(Event):
    """Kết thúc xử lý."""

    note: str
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class HandlingSeen(Event):
    """Đã xem phần việc được giao."""

    handling_id: int


@dataclass(frozen=True, kw_only=True)
class HandlingPassedOn(Event):
    """Chuyển tiếp cho người trong đơn vị."""

    handling_id: int
    note: str = ""
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class HandlingProgressed(Event):
    """Cập nhật tình hình xử lý."""

    handling_id: int
    note: str
    package_token: str | None = None


@dataclass(frozen=True, kw_only=True)
class HandlingCompleted(Event):
    """Hoàn thành phần việc được giao."""

    handling_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class HandlingReturned(Event):
    """Trả lại phần việc được giao."""

    handling_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DraftCreated(Event):
    """Soạn thảo văn bản đi."""


@dataclass(frozen=True, kw_only=True)
class DraftChanged(Event):
    """Sửa dự thảo."""


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(Event):
    """Hủy dự thảo."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class DraftSubmitted(Event):
    """Trình duyệt dự thảo."""

    to_post_id: int


@dataclass(frozen=True, kw_only=True)
class DraftEndorsed(Event):
    """Trưởng đơn vị đồng ý, trình lãnh đạo."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DraftReturned(Event):
    """Trả lại dự thảo."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class DraftTakenBack(Event):
    """Rút lại dự thảo để sửa."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NumberReserved(Event):
    """Giữ số cho một văn bản."""

    entry_id: int
    number: int
    note: str


@dataclass(frozen=True, kw_only=True)
class NumberRenewed(Event):
    """Gia hạn giữ số."""

    entry_id: int
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class NumberVoided(Event):
    """Hủy số đã giữ."""

    entry_id: int
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DraftApproved(Event):
    """Phê duyệt dự thảo."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentSigned(Event):
    """Người có thẩm quyền ký số; ``note`` begins the hash of what was signed."""

    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Event):
    """Cấp số, phát hành văn bản đi."""

    reference: str
    in_reply_to_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RecipientsAdded(Event):
    """Gửi bổ sung nơi nhận sau khi phát hành."""

    recipient_ids: tuple[int, ...]
    reason: str
    note: str


@dataclass(frozen=True, kw_only=True)
class RecipientGroupSaved(Event):
    """Lưu nhóm nơi nhận."""

    group_id: int
    note: str


@dataclass(frozen=True, kw_only=True)
class RecipientGroupRemoved(Event):
    """Bỏ nhóm nơi nhận."""

    group_id: int
    note: str
