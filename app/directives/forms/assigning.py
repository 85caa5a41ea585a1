"""Biểu mẫu giao việc: assign, pass on, the quick task, what came from above, programmes."""

from __future__ import annotations

from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.core import limits
from app.core.actor import Actor
from app.directives import labels, queries
from app.directives.models import DirectivePart
from app.directives.service import Assigner, FromAbove
from app.documents import queries as documents
from app.documents.models import Document
from app.language.dates import Lean
from app.org import queries as org
from app.org.queries import Choice
from app.web.forms import (
    ChoiceField,
    DayField,
    DeadlineField,
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


class AboveForm(OfficeForm):
    """Đề nghị cấp trên gia hạn."""

    due = DeadlineField("Gia hạn đến", required="Hãy nhập thời hạn đề nghị.")
    reason = ParagraphField("Lý do", required="Hãy nêu lý do đề nghị gia hạn.", most=1000, rows=4)
    approver = PickField("Người ký", required="Hãy chọn người ký.", combobox=False)


class ProgrammeForm(OfficeForm):
    """Chương trình, kế hoạch."""

    title = LineField("Tên chương trình, kế hoạch", required="Hãy nhập tên.", most=limits.SUBJECT_CHARS)
    reference = LineField("Văn bản ban hành", most=limits.LINE_CHARS)
    starts_on = DayField("Bắt đầu", required="Hãy nhập ngày bắt đầu.")
    ends_on = DayField("Kết thúc", required="Hãy nhập ngày kết thúc.", lean=Lean.AHEAD)
