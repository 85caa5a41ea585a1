"""Biểu mẫu chỉ đạo: shape only; rules are checked by the use cases."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, IntegerField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import NumberRange, Optional

from app.core import clock, limits
from app.core.actor import Actor
from app.directives import labels, queries
from app.directives.models import DirectivePart, Judgement, Origin
from app.directives.queries import PartFilter, Status, View
from app.directives.service import Assigner, FromAbove
from app.documents import queries as documents
from app.documents.models import Document
from app.language.dates import Lean
from app.org import queries as org
from app.org.queries import Choice
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
    PickManyField,
    TickField,
    WordField,
)

_PRODUCT_CHARS = 500
_ADDRESS_CHARS = 100


class AssignForm(OfficeForm):
    """Giao nhiệm vụ."""

    content = ParagraphField("Nội dung chỉ đạo", required="Hãy nhập nội dung chỉ đạo.", rows=4)
    product = LineField("Sản phẩm cần có", most=_PRODUCT_CHARS)
    leads = PickManyField("Cơ quan chủ trì")
    groups = PickManyField("Nhóm cơ quan chủ trì")
    supports = PickManyField("Cơ quan phối hợp")
    due = DeadlineField(
        "Thời hạn", description="Để trống nếu không đặt thời hạn; có thể ghi giờ, ví dụ 30/11 10:30."
    )
    urgency = WordField("Mức độ", [(str(k), v) for k, v in labels.URGENCY.items()])
    is_key = TickField("Nhiệm vụ trọng tâm")
    follower = PickField("Chuyên viên theo dõi", blank="Không cử người theo dõi")
    assigner = PickField("Người chỉ đạo", required="Hãy chọn người chỉ đạo.", combobox=False)
    nature = WordField(
        "Hình thức", [("", "Giao nhiệm vụ"), ("cooperation", "Đề nghị phối hợp")], required=False
    )
    authority = LineField("Văn bản ủy quyền giao việc", most=_PRODUCT_CHARS)
    programme = PickField("Chương trình, kế hoạch", blank="Không thuộc chương trình")
    source_point = LineField("Mục, điểm trong văn bản", most=_ADDRESS_CHARS)
    above_body = LineField("Cơ quan, người giao", most=limits.NAME_CHARS)
    above_code = LineField("Mã nhiệm vụ của cấp trên", most=_ADDRESS_CHARS)
    above_reference = LineField("Số, ký hiệu văn bản giao", most=limits.REFERENCE_CHARS)
    above_issued_on = DayField("Ngày văn bản giao")
    above_due = DeadlineField("Hạn cấp trên giao")
    above_report = TickField("Phải báo cáo kết quả lên cấp trên")

    def offer(self, actor: Actor, assigners: list[Assigner]) -> None:
        """Đặt các danh sách được chọn."""
        agency_id = actor.agency_id or 0
        agencies = queries.lead_choices()
        self.leads.offer(agencies)
        self.supports.offer(agencies)
        self.groups.offer([Choice(str(g.id), g.name, f"{n} cơ quan") for g, n in documents.groups(agency_id)])
        self.programme.offer(queries.programme_choices(agency_id))
        self.follower.offer(queries.follower_choices(agency_id))
        self.assigner.offer([Choice(str(a.post_id), f"{a.name}, {a.title}") for a in assigners])
        if not self.is_submitted():
            self.urgency.data = "0"
            self.assigner.data = assigners[0].post_id if assigners else None

    def fill_from(self, document: Document) -> None:
        """Điền sẵn từ văn bản: its abstract and urgency; what came from outside is from above."""
        self.content.data = document.subject
        self.urgency.data = str(document.urgency)

    def fill_under(self, parent: DirectivePart) -> None:
        """Điền sẵn từ nhiệm vụ cha: its content, and its deadline, which none may pass."""
        self.content.data = parent.content
        self.product.data = parent.directive.product
        self.due.data = parent.due_at
        self.urgency.data = str(parent.urgency)

    @property
    def is_above(self) -> bool:
        """Có ghi gì ở phần cấp trên giao."""
        return any(
            f.data
            for f in (self.above_body, self.above_code, self.above_reference, self.above_issued_on, self.above_due)
        )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """Cấp trên phải có tên khi đã ghi mã, văn bản hay hạn của họ."""
        valid = super().validate(extra_validators)
        if self.is_above and not self.above_body.data:
            self.refuse("above_body", "Hãy ghi cơ quan hoặc người cấp trên đã giao nhiệm vụ.")
            return False
        return valid

    def from_above(self) -> FromAbove | None:
        """Nhiệm vụ cấp trên giao đã nhập, nếu có."""
        if not self.is_above:
            return None
        return FromAbove(
            body=self.above_body.data or "",
            code=self.above_code.data or "",
            reference=self.above_reference.data or "",
            issued_on=self.above_issued_on.data,
            due_at=self.above_due.data,
            must_report=bool(self.above_report.data),
        )

    def lead_ids(self, actor: Actor) -> list[int]:
        """Các cơ quan chủ trì đã chọn; groups are spread into their agencies."""
        members = documents.group_members(actor.agency_id or 0, self.groups.data or [])
        return list(dict.fromkeys([*(self.leads.data or []), *members]))

    def values(self, actor: Actor) -> dict[str, Any]:
        """Giá trị cho việc giao."""
        return {
            "content": self.content.data or "",
            "product": self.product.data or "",
            "leads": self.lead_ids(actor),
            "supports": self.supports.data or [],
            "due_at": self.due.data,
            "source_point": self.source_point.data or "",
            "above": self.from_above(),
            "urgency": int(self.urgency.data or 0),
            "is_key": bool(self.is_key.data),
            "follower_post_id": self.follower.data,
            "assigner_post_id": self.assigner.data,
            "as_cooperation": self.nature.data == "cooperation",
            "authority": self.authority.data or "",
            "programme_id": self.programme.data,
        }


class PassOnForm(OfficeForm):
    """Phân công trong cơ quan chủ trì."""

    unit = PickField("Đơn vị thực hiện", blank="Theo đơn vị của người được chọn")
    post = PickField("Người thực hiện", blank="Để trưởng đơn vị phân công")
    note = ParagraphField("Yêu cầu", most=1000, rows=2)

    def offer(self, part: DirectivePart, *, unit_id: int | None) -> None:
        """Đặt đơn vị và người của cơ quan chủ trì; a head of unit sees only his own."""
        units = org.unit_choices(part.lead_agency_id)
        self.unit.offer([u for u in units if unit_id is None or u.value == str(unit_id)])
        self.post.offer(org.post_choices(part.lead_agency_id, unit_id=unit_id))
        if not self.is_submitted():
            self.unit.data, self.post.data = unit_id, part.assignee_post_id


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


class QuickForm(OfficeForm):
    """Giao nhanh: content, one tap for who, one tap for when."""

    content = ParagraphField("Việc cần làm", required="Hãy nhập việc cần làm.", rows=3)
    lead = ChoiceField("Giao cho", [], required=False, validate_choice=False)
    other = PickField("Cơ quan khác", blank="Chọn ở trên")
    post = PickField("Người trong cơ quan", blank="Chọn ở trên")
    when = ChoiceField("Hạn", [], required="Hãy chọn hạn.")

    def offer(self, actor: Actor, days: list[tuple[str, str]]) -> None:
        """Đặt các cơ quan, người và ngày được chọn; those given work lately first."""
        agency_id = actor.agency_id or 0
        recent = queries.recent_leads(agency_id)
        self._recent = {str(a.id) for a in recent}
        self.lead.choices = [SelectChoice(str(a.id), a.short_name) for a in recent]
        self.other.offer(queries.lead_choices(but=agency_id))
        self.post.offer(org.post_choices(agency_id))
        self.when.choices = [SelectChoice(key, words) for key, words in days]

    @property
    def lead_agency_id(self) -> int | None:
        """Cơ quan đã chọn, nếu không giao cho người trong cơ quan."""
        if self.other.data:
            return int(self.other.data)
        return int(self.lead.data) if self.lead.data in self._recent and not self.post.data else None


class LetterForm(OfficeForm):
    """Đôn đốc bằng văn bản: who approves the letter, and what it adds to the table of late work."""

    approver = PickField("Người ký", required="Hãy chọn người ký.", combobox=False)
    text = ParagraphField("Nội dung thêm vào công văn", most=1000, rows=3)

    def offer(self, agency_id: int, assigner_post_id: int | None) -> None:
        """Lãnh đạo cơ quan, người chỉ đạo đứng trước."""
        self.approver.offer(queries.assigner_choices(agency_id))
        if not self.is_submitted() or not self.approver.data:
            self.approver.data = assigner_post_id


class AboveForm(OfficeForm):
    """Đề nghị cấp trên gia hạn."""

    due = DeadlineField("Gia hạn đến", required="Hãy nhập thời hạn đề nghị.")
    reason = ParagraphField("Lý do", required="Hãy nêu lý do đề nghị gia hạn.", most=1000, rows=4)
    approver = PickField("Người ký", required="Hãy chọn người ký.", combobox=False)


class UrgeManyForm(OfficeForm):
    """Đôn đốc cả một danh sách đã chọn."""

    text = LineField("Nội dung đôn đốc", most=1000, name="noi-dung")


class FilterForm(OfficeForm):
    """Bộ lọc của danh sách: everything is a GET parameter, so that every view has an address to send."""

    tab = HiddenField(name="tinh-trang")
    lead = PickField("Cơ quan chủ trì", blank="Tất cả cơ quan", name="co-quan")
    assigner = PickField("Người chỉ đạo", blank="Tất cả lãnh đạo", combobox=False, name="nguoi-giao")
    origin = WordField(
        "Nguồn giao", [("", "Mọi nguồn"), *labels.ORIGINS.items()], required=False, name="nguon"
    )
    due_from = DayField("Hạn từ ngày", lean=Lean.AHEAD, name="tu")
    due_to = DayField("đến ngày", lean=Lean.AHEAD, name="den")
    text = LineField("Tìm", most=limits.SEARCH_CHARS, name="q", id="loc-q")
    as_at = DayField("Tại ngày", name="tai-ngay")
    completed_from = DayField("Hoàn thành từ ngày", name="xong-tu")
    document = HiddenField(name="van-ban")
    programme = HiddenField(name="chuong-trinh")

    def offer(self, actor: Actor, view: View) -> None:
        """Đặt các danh sách được lọc."""
        if view in (View.GIVEN, View.ABOVE, View.ASKED):
            self.lead.offer(queries.lead_choices())
            self.assigner.offer(queries.assigner_choices(actor.agency_id or 0))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ngày đã qua hoặc hôm nay: of days to come nothing is recorded."""
        valid = super().validate(extra_validators)
        if valid and self.as_at.data and self.as_at.data > clock.today():
            self.refuse("as_at", "Ngày này chưa tới. Hãy chọn hôm nay hoặc một ngày đã qua.")
            return False
        return valid

    def wanted(self, view: View, default: Status) -> PartFilter:
        """Bộ lọc đã chọn; an unknown status falls back to the first tab."""
        known = {s.value for s in Status}
        status = Status(self.tab.data) if self.tab.data in known else default
        document, programme = self.document.data or "", self.programme.data or ""
        return PartFilter(
            view=view,
            status=status,
            lead_agency_id=self.lead.data,
            assigner_post_id=self.assigner.data,
            origin=Origin(self.origin.data) if self.origin.data else None,
            document_id=_number(document),
            programme_id=_number(programme),
            due_from=self.due_from.data,
            due_to=self.due_to.data,
            completed_from=self.completed_from.data,
            text=self.text.data or "",
            as_at=self.as_at.data,
        )  # fmt: skip


class FiguresForm(OfficeForm):
    """Số liệu theo cơ quan: tại ngày nào, hoàn thành tính từ ngày nào."""

    as_at = DayField("Tại ngày", name="tai-ngay")
    completed_from = DayField("Hoàn thành từ ngày", name="xong-tu")

    def validate(self, extra_validators: Any = None) -> bool:
        """Ngày đã qua hoặc hôm nay."""
        valid = super().validate(extra_validators)
        if valid and self.as_at.data and self.as_at.data > clock.today():
            self.refuse("as_at", "Ngày này chưa tới. Hãy chọn hôm nay hoặc một ngày đã qua.")
            return False
        return valid


class PeriodForm(OfficeForm):
    """Kỳ của báo cáo."""

    starts_on = DayField("Từ ngày", name="tu")
    ends_on = DayField("Đến hết ngày", name="den")

    def validate(self, extra_validators: Any = None) -> bool:
        """Kỳ đã qua hoặc đến hôm nay, ngày đầu trước ngày cuối."""
        valid = super().validate(extra_validators)
        if valid and self.ends_on.data and self.ends_on.data > clock.today():
            self.refuse("ends_on", "Ngày này chưa tới. Hãy chọn hôm nay hoặc một ngày đã qua.")
            return False
        last = self.ends_on.data or clock.today()
        if valid and self.starts_on.data and self.starts_on.data > last:
            self.refuse("starts_on", "Ngày đầu kỳ phải trước ngày cuối kỳ.")
            return False
        return valid


class FreezeForm(OfficeForm):
    """Chốt số liệu."""

    title = LineField("Tên kỳ số liệu", required="Hãy đặt tên cho kỳ số liệu.", most=limits.NAME_CHARS)
    starts_on = DayField("Từ ngày", required="Hãy nhập ngày đầu kỳ.")
    ends_on = DayField("Đến hết ngày", required="Hãy nhập ngày cuối kỳ.")


class SaveFilterForm(OfficeForm):
    """Lưu bộ lọc."""

    name = LineField("Tên bộ lọc", required="Hãy đặt tên cho bộ lọc.", most=60, name="ten", id="ten-bo-loc")


class ProgrammeForm(OfficeForm):
    """Chương trình, kế hoạch."""

    title = LineField("Tên chương trình, kế hoạch", required="Hãy nhập tên.", most=limits.SUBJECT_CHARS)
    reference = LineField("Văn bản ban hành", most=limits.LINE_CHARS)
    starts_on = DayField("Bắt đầu", required="Hãy nhập ngày bắt đầu.")
    ends_on = DayField("Kết thúc", required="Hãy nhập ngày kết thúc.", lean=Lean.AHEAD)


def _number(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None
