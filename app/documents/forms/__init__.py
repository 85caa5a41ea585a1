"""Biểu mẫu văn bản: shape only; rules are checked by the use cases."""

from __future__ import annotations

from app.core import limits
from app.core.actor import Actor
from app.documents import labels, queries
from app.documents.forms.choices import handler_choices, leader_choices
from app.documents.forms.handling import (
    AskOpinionsForm,
    AssignForm,
    ChangeLeadForm,
    DueForm,
    OpinionForm,
    PaperNoteForm,
    PassOnForm,
    ProgressForm,
    ResultForm,
    RouteForm,
    TransferForm,
)
from app.documents.forms.registering import (
    PaperForm,
    PaperPlaceForm,
    RegisterForm,
    ScansForm,
)
from app.documents.models import Direction, Document
from app.documents.service import (
    DraftContent,
)
from app.org import queries as org
from app.org.queries import Choice
from app.storage.kinds import ATTACHMENT, MAIN_FILE, accept_list
from app.web.forms import (
    DayField,
    FilesField,
    LineField,
    OfficeForm,
    ParagraphField,
    PickField,
    PickManyField,
    WordField,
)

__all__ = [
    "AskOpinionsForm",
    "AssignForm",
    "ChangeLeadForm",
    "DraftForm",
    "DueForm",
    "EndorseForm",
    "GroupForm",
    "IssueForm",
    "OpinionForm",
    "PaperForm",
    "PaperNoteForm",
    "PaperPlaceForm",
    "PassOnForm",
    "ProgressForm",
    "RegisterForm",
    "ResultForm",
    "RouteForm",
    "ScansForm",
    "TransferForm",
    "handler_choices",
    "leader_choices",
]

_URGENCY = [(str(k), v) for k, v in labels.URGENCY.items()]


class EndorseForm(OfficeForm):
    """Đồng ý, có thể kèm ý kiến."""

    note = ParagraphField("Ý kiến kèm theo", most=1000, rows=2)


class DraftForm(OfficeForm):
    """Soạn thảo văn bản đi."""

    document_type = WordField("Loại văn bản", [(t, t) for t in labels.DOCUMENT_TYPES])
    urgency = WordField("Độ khẩn", _URGENCY)
    subject = ParagraphField("Trích yếu", required=True, most=limits.SUBJECT_CHARS, rows=2, one_line=True)
    groups = PickManyField("Nhóm nơi nhận")
    recipients = PickManyField("Cơ quan nhận")
    others = ParagraphField(
        "Nơi nhận khác (gửi giấy)",
        most=2000,
        rows=2,
        description="Mỗi dòng một nơi nhận ngoài hệ thống; những nơi này nhận bản giấy.",
    )
    approver = PickField("Lãnh đạo phê duyệt", required="Hãy chọn lãnh đạo phê duyệt.", combobox=False)
    reply_by = DayField("Đề nghị trả lời trước ngày")
    document_file = FilesField(
        "Văn bản chính",
        accept=accept_list(MAIN_FILE),
        single=True,
        description="Tệp DOCX hoặc PDF, tối đa 100 MB.",
    )
    attachments = FilesField("Phụ lục, tệp kèm theo", accept=accept_list(ATTACHMENT))
    removed = PickManyField("Gỡ tệp kèm theo")

    def offer(self, actor: Actor, document: Document | None = None) -> None:
        """Đặt các danh sách của cơ quan và giá trị đang có của dự thảo."""
        agency_id = actor.agency_id or 0
        self.recipients.offer(org.agency_choices(exclude=agency_id))
        self.groups.offer([Choice(str(g.id), g.name, f"{n} cơ quan") for g, n in queries.groups(agency_id)])
        self.approver.offer(leader_choices(agency_id))
        held = [f for f in document.files if f.role == "attachment"] if document else []
        self.removed.offer([Choice(str(f.id), f.name) for f in held])
        if not self.is_submitted():
            self._show(document)

    def _show(self, document: Document | None) -> None:
        self.document_type.data = document.document_type if document else "Công văn"
        self.urgency.data = str(document.urgency) if document else "0"
        if document is None:
            if self.approver.options:
                self.approver.data = int(self.approver.options[0].value)
            return
        self.recipients.data = [r.agency_id for r in document.recipients if r.agency_id]
        self.others.data = "\n".join(r.name for r in document.recipients if r.agency_id is None)
        self.approver.data = document.approver_post_id

    def content(self, actor: Actor, in_reply_to_id: int | None) -> DraftContent:
        """Nội dung dự thảo đã nhập; groups are spread into their agencies."""
        members = queries.group_members(actor.agency_id or 0, self.groups.data or [])
        return DraftContent(
            document_type=self.document_type.data or "",
            subject=self.subject.data or "",
            urgency=int(self.urgency.data or 0),
            recipient_ids=tuple(dict.fromkeys([*(self.recipients.data or []), *members])),
            other_recipients=tuple(
                line.strip()[: limits.NAME_CHARS]
                for line in (self.others.data or "").split("\n")
                if line.strip()
            ),
            approver_post_id=self.approver.data or 0,
            reply_by=self.reply_by.data,
            in_reply_to_id=in_reply_to_id,
        )


class IssueForm(OfficeForm):
    """Cấp số, phát hành."""

    register = PickField("Sổ văn bản đi", required="Hãy chọn sổ văn bản đi.", combobox=False)

    def offer(self, actor: Actor) -> None:
        """Đặt các sổ văn bản đi của cơ quan."""
        self.register.offer(queries.books(actor.agency_id or 0, Direction.OUTGOING))
        if self.register.data is None and self.register.options:
            self.register.data = int(self.register.options[0].value)


class GroupForm(OfficeForm):
    """Nhóm nơi nhận."""

    name = LineField("Tên nhóm", required=True, most=100)
    members = PickManyField("Cơ quan trong nhóm", required="Hãy chọn ít nhất một cơ quan.")
