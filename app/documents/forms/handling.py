"""Biểu mẫu xử lý văn bản đến: bút phê, phân công, chuyển, báo kết quả."""

from __future__ import annotations

from app.core.actor import Actor
from app.documents import queries
from app.documents.forms.choices import handler_choices, leader_choices
from app.documents.models import Direction
from app.documents.service import TRANSFER_TYPES, Assignment
from app.org import queries as org
from app.storage.kinds import SCAN, accept_list
from app.web.forms import (
    DeadlineField,
    FilesField,
    OfficeForm,
    ParagraphField,
    PickField,
    PickManyField,
    TickField,
    WordField,
)


class AssignForm(OfficeForm):
    """Bút phê và phân công; also adds handlers later."""

    text = ParagraphField("Ý kiến chỉ đạo", required="Hãy ghi ý kiến chỉ đạo.", rows=3)
    lead = PickField("Chủ trì", blank="Chọn đơn vị hoặc người chủ trì")
    support = PickManyField("Phối hợp")
    inform = PickManyField("Để biết")
    due_at = DeadlineField("Hạn xử lý")

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách người và đơn vị."""
        handlers = handler_choices(actor.agency_id or 0)
        for field in (self.lead, self.support, self.inform):
            field.offer(handlers)

    def assignment(self) -> Assignment:
        """Phân công đã nhập."""
        return Assignment(
            self.text.data or "",
            self.lead.data,
            tuple(self.support.data or ()),
            tuple(self.inform.data or ()),
            self.due_at.data,
        )


class PaperNoteForm(AssignForm):
    """Nhập bút phê ghi trên giấy."""

    leader = PickField("Lãnh đạo bút phê", required="Hãy chọn lãnh đạo bút phê.", combobox=False)
    photo = FilesField(
        "Ảnh bút phê",
        required="Hãy chọn ảnh chụp hoặc bản quét bút phê.",
        accept=accept_list(SCAN),
        single=True,
    )

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách người, đơn vị và lãnh đạo."""
        super().offer(actor)
        self.leader.offer(leader_choices(actor.agency_id or 0))


class TransferForm(OfficeForm):
    """Chuyển cơ quan khác giải quyết."""

    agencies = PickManyField("Cơ quan nhận", required="Hãy chọn ít nhất một cơ quan.")
    document_type = WordField("Hình thức", [(t, t) for t in TRANSFER_TYPES])
    register = PickField("Sổ văn bản đi", required="Hãy chọn sổ văn bản đi.", combobox=False)

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách cơ quan và sổ."""
        agency_id = actor.agency_id or 0
        self.agencies.offer(org.agency_choices(exclude=agency_id))
        self.register.offer(queries.books(agency_id, Direction.OUTGOING))
        if self.register.data is None and self.register.options:
            self.register.data = int(self.register.options[0].value)


class ChangeLeadForm(OfficeForm):
    """Đổi chủ trì."""

    lead = PickField("Chủ trì mới", required="Hãy chọn đơn vị hoặc người chủ trì mới.")
    keep_as_support = TickField("Nơi chủ trì cũ tiếp tục phối hợp")
    text = ParagraphField("Lý do, yêu cầu", required="Hãy ghi lý do đổi chủ trì.", rows=3)
    due_at = DeadlineField("Hạn xử lý mới")

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách người và đơn vị."""
        self.lead.offer(handler_choices(actor.agency_id or 0))


class AskOpinionsForm(OfficeForm):
    """Lấy ý kiến trong cơ quan."""

    others = PickManyField("Đơn vị, người cho ý kiến", required="Hãy chọn đơn vị hoặc người cần lấy ý kiến.")
    text = ParagraphField("Nội dung cần cho ý kiến", required="Hãy ghi nội dung cần cho ý kiến.", rows=3)
    due_at = DeadlineField("Hạn cho ý kiến")

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách người và đơn vị."""
        self.others.offer(handler_choices(actor.agency_id or 0))


class DueForm(OfficeForm):
    """Hạn của một phần việc."""

    due_at = DeadlineField("Hạn", required="Hãy ghi hạn mới.")


class RouteForm(OfficeForm):
    """Trình, chuyển văn bản đã vào sổ; tham mưu của Văn phòng."""

    target = PickField(
        "Trình, chuyển đến", required="Hãy chọn lãnh đạo để trình, hoặc đơn vị, người để chuyển."
    )
    text = ParagraphField("Nội dung tham mưu, yêu cầu xử lý", rows=3)
    lead = PickField("Đề xuất chủ trì", blank="Không đề xuất")
    support = PickManyField("Đề xuất phối hợp")
    inform = PickManyField("Đề xuất để biết")
    due_at = DeadlineField("Hạn xử lý")

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách người và đơn vị."""
        handlers = handler_choices(actor.agency_id or 0)
        for field in (self.target, self.lead, self.support, self.inform):
            field.offer(handlers)

    def assignment(self) -> Assignment:
        """Đề xuất đã nhập."""
        return Assignment(
            self.text.data or "",
            self.lead.data,
            tuple(self.support.data or ()),
            tuple(self.inform.data or ()),
            self.due_at.data,
        )


class PassOnForm(OfficeForm):
    """Chuyển tiếp trong đơn vị."""

    lead = PickField("Người chủ trì", required="Hãy chọn người chủ trì.")
    support = PickManyField("Người phối hợp")
    text = ParagraphField("Yêu cầu", rows=3)
    due_at = DeadlineField("Hạn trong đơn vị")


class ProgressForm(OfficeForm):
    """Cập nhật tình hình."""

    text = ParagraphField("Tình hình xử lý", required="Hãy ghi tình hình xử lý.", rows=3)


class ResultForm(OfficeForm):
    """Báo kết quả, kết thúc xử lý."""

    result = ParagraphField("Kết quả xử lý", required="Hãy ghi kết quả xử lý.", rows=3)


class OpinionForm(OfficeForm):
    """Cho ý kiến."""

    text = ParagraphField("Ý kiến", required="Hãy ghi ý kiến.", rows=3)
