"""Biểu mẫu trong quá trình thực hiện: reports, requests, decisions, urging."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from app.directives import queries
from app.directives.models import Judgement
from app.language.dates import Lean
from app.storage.kinds import ATTACHMENT, accept_list
from app.web.forms import (
    ChoiceField,
    DayField,
    DeadlineField,
    FilesField,
    LineField,
    OfficeForm,
    ParagraphField,
    PickField,
)


class ReportForm(OfficeForm):
    """Báo cáo tiến độ."""

    situation = ParagraphField("Tình hình thực hiện", required="Hãy nêu tình hình thực hiện.", rows=4)
    percent = IntegerField(
        "Tiến độ (%)",
        [Optional(), NumberRange(0, 100, "Tiến độ là một số từ 0 đến 100.")],
        render_kw={"min": "0", "max": "100", "inputmode": "numeric"},
    )
    difficulty = ParagraphField("Khó khăn, vướng mắc", most=2000, rows=2)
    expected_on = DayField("Dự kiến hoàn thành", lean=Lean.AHEAD)
    files = FilesField("Tài liệu minh chứng", accept=accept_list(ATTACHMENT))


class DoneForm(OfficeForm):
    """Báo cáo hoàn thành."""

    situation = ParagraphField("Kết quả thực hiện", required="Hãy nêu kết quả thực hiện.", rows=4)
    answer = PickField(
        "Văn bản trả lời",
        blank="Không có văn bản",
        description="Văn bản đi cơ quan đã phát hành từ ngày được giao.",
    )
    files = FilesField("Tài liệu minh chứng", accept=accept_list(ATTACHMENT))

    def answer_with(self, asked: str) -> None:
        """Điền sẵn văn bản trả lời, where it is among those one may choose."""
        chosen = next((o for o in self.answer.options if o.value == asked), None)
        if chosen is not None:
            self.answer.data = int(chosen.value)
            self.situation.data = f"Trả lời bằng văn bản {chosen.label}: {chosen.detail}"


class ProposeForm(OfficeForm):
    """Chuyên viên theo dõi đề xuất xử lý báo cáo hoàn thành."""

    verdict = ChoiceField(
        "Đề xuất",
        [
            (Judgement.ACCEPTED.value, "Xác nhận hoàn thành"),
            (Judgement.RETURNED.value, "Yêu cầu bổ sung, thực hiện lại"),
        ],
        required="Hãy chọn đề xuất.",
    )
    note = ParagraphField("Nhận xét", most=1000, rows=3)


class ExtensionForm(OfficeForm):
    """Đề nghị gia hạn."""

    due = DeadlineField("Thời hạn mới", required="Hãy nhập thời hạn mới.")
    reason = ParagraphField("Lý do", required="Hãy nêu lý do đề nghị gia hạn.", most=1000, rows=3)


class LeadChangeForm(OfficeForm):
    """Đề nghị điều chỉnh cơ quan chủ trì."""

    reason = ParagraphField("Lý do", required="Hãy nêu lý do đề nghị điều chỉnh.", most=1000, rows=3)
    lead = PickField("Cơ quan nên chủ trì", blank="Để người chỉ đạo chọn")


class ChangeLeadForm(OfficeForm):
    """Đổi cơ quan chủ trì."""

    lead = PickField("Cơ quan chủ trì mới", required="Hãy chọn cơ quan chủ trì mới.")
    reason = ParagraphField("Lý do", required="Hãy nêu lý do đổi cơ quan chủ trì.", most=1000, rows=2)


class ResumeForm(OfficeForm):
    """Cho tiếp tục thực hiện."""

    due = DeadlineField("Thời hạn")
    note = ParagraphField("Ý kiến kèm theo", most=1000, rows=2)


class GrantForm(OfficeForm):
    """Đồng ý gia hạn, có thể đến ngày khác."""

    due = DeadlineField("Gia hạn đến", required="Hãy nhập thời hạn mới.")
    note = ParagraphField("Ý kiến kèm theo", most=1000, rows=2)


class UrgeForm(OfficeForm):
    """Đôn đốc."""

    text = ParagraphField("Nội dung đôn đốc", most=1000, rows=3)


class DecideForm(OfficeForm):
    """Quyết định các việc đã chọn."""

    reason = LineField("Lý do nếu không đồng ý", most=1000)


class LetterForm(OfficeForm):
    """Đôn đốc bằng văn bản: who approves the letter, and what it adds to the table of late work."""

    approver = PickField("Người ký", required="Hãy chọn người ký.", combobox=False)
    text = ParagraphField("Nội dung thêm vào công văn", most=1000, rows=3)

    def offer(self, agency_id: int, assigner_post_id: int | None) -> None:
        """Lãnh đạo cơ quan, người chỉ đạo đứng trước."""
        self.approver.offer(queries.assigner_choices(agency_id))
        if not self.is_submitted() or not self.approver.data:
            self.approver.data = assigner_post_id


class UrgeManyForm(OfficeForm):
    """Đôn đốc cả một danh sách đã chọn."""

    text = LineField("Nội dung đôn đốc", most=1000, name="noi-dung")
