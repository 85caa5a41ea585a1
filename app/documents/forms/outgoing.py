"""Biểu mẫu văn bản đi: soạn theo mẫu, phát hành, giữ số."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from app.core import clock, limits
from app.core.actor import Actor
from app.documents import labels, queries
from app.documents.models import Direction, Document
from app.documents.service import Composition, DraftContent
from app.documents.service.capacity import signers_of
from app.documents.service.decree.forms import KINDS, FormKind, form_kind, plain_kind
from app.language.dates import dmy
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

_URGENCY = [(str(k), v) for k, v in labels.URGENCY.items()]
_OWN = "o_"  # fields of the form of the Decree that is filled in


def signer_choices(agency_id: int) -> list[Choice]:
    """Người có thẩm quyền ký hôm nay, kèm tư cách ký: whom the page offers, the use case accepts."""
    return [
        Choice(
            str(s.post.id),
            " ".join(
                p
                for p in (
                    labels.CAPACITIES[s.capacity.kind],
                    f"{s.post.person.full_name if s.post.person else ''}, {s.post.title}",
                )
                if p
            ),
        )
        for s in signers_of(org.agency(agency_id), clock.today())
    ]


class DraftForm(OfficeForm):
    """Soạn thảo văn bản đi: made for one form of the Decree by :func:`draft_form`."""

    KIND: ClassVar = KINDS[0].key

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
    approver = PickField("Người phê duyệt, ký", required="Hãy chọn người phê duyệt, ký.", combobox=False)
    reply_by = DayField("Đề nghị trả lời trước ngày")
    document_file = FilesField(
        "Hoặc tải văn bản đã soạn sẵn",
        accept=accept_list(MAIN_FILE),
        single=True,
        description="Tệp DOCX hoặc PDF, tối đa 100 MB; tệp tải lên thay cho nội dung điền theo mẫu.",
    )
    attachments = FilesField("Phụ lục, tệp kèm theo", accept=accept_list(ATTACHMENT))
    removed = PickManyField("Gỡ tệp kèm theo")

    def offer(self, actor: Actor, document: Document | None = None) -> None:
        """Đặt các danh sách của cơ quan và giá trị đang có của dự thảo."""
        agency_id = actor.agency_id or 0
        self.recipients.offer(org.agency_choices(exclude=agency_id))
        self.groups.offer([Choice(str(g.id), g.name, f"{n} cơ quan") for g, n in queries.groups(agency_id)])
        self.approver.offer(signer_choices(agency_id))
        held = [f for f in document.files if f.role == "attachment"] if document else []
        self.removed.offer([Choice(str(f.id), f.name) for f in held])
        if not self.is_submitted():
            self._show(document)

    def _show(self, document: Document | None) -> None:
        self.document_type.data = document.document_type if document else self.kind.type_name
        held = Composition.of(document) if document else None
        for own in self.own_fields if held else ():
            own.data = held.values.get(own.name.removeprefix(_OWN), "") if held else ""
        self.urgency.data = str(document.urgency) if document else "0"
        if document is None:
            if self.approver.options:
                self.approver.data = int(self.approver.options[0].value)
            return
        self.recipients.data = [r.agency_id for r in document.recipients if r.agency_id]
        self.others.data = "\n".join(r.name for r in document.recipients if r.agency_id is None)
        self.approver.data = document.approver_post_id

    @property
    def kind(self) -> FormKind:
        """Mẫu mà biểu mẫu này được dựng theo."""
        return form_kind(self.KIND) or plain_kind(self.document_type.data or "Công văn")

    @property
    def own_fields(self) -> list[Any]:
        """Các ô riêng của mẫu."""
        return [f for f in self if f.name.startswith(_OWN)]

    def composition(self) -> Composition | None:
        """Nội dung điền theo mẫu; ``None`` khi chưa điền ô nào."""
        values = {f.name.removeprefix(_OWN): f.data or "" for f in self.own_fields}
        if not any(values.values()):
            return None
        own_type = self.kind.type_name == self.document_type.data
        return Composition(self.KIND if own_type else plain_kind(self.document_type.data or "").key, values)

    def lacks_something(self) -> bool:
        """Đã điền mẫu mà thiếu ô bắt buộc: each is told at its field."""
        if self.composition() is None or self.document_file.uploads or self.document_file.held:
            return False
        needed = {f.key: f.label for f in self.kind.fields if f.required}
        empty = [f for f in self.own_fields if f.name.removeprefix(_OWN) in needed and not f.data]
        for field in empty:
            self.refuse(field.name, f"Hãy nhập “{field.label.text}”.")
        return bool(empty)

    def receivers(self, actor: Actor) -> list[str]:
        """Tên nơi nhận đang chọn, cho bản xem trước."""
        content = self.content(actor, None)
        names = {int(c.value): c.label for c in self.recipients.options}
        return [names[i] for i in content.recipient_ids if i in names] + list(content.other_recipients)

    def content(self, actor: Actor, in_reply_to_id: int | None) -> DraftContent:
        """Nội dung dự thảo đã nhập; groups are spread into their agencies."""
        members = queries.group_members(actor.agency_id or 0, self.groups.data or [])
        return DraftContent(
            composition=self.composition(),
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


@cache
def draft_form(key: str) -> type[DraftForm]:
    """Biểu mẫu soạn thảo theo một mẫu của Nghị định; an unknown key is a công văn."""
    kind = form_kind(key) or KINDS[0]
    fields: dict[str, Any] = {"KIND": kind.key}
    for own in kind.fields:
        many = own.rows > 1
        fields[f"{_OWN}{own.key}"] = (
            ParagraphField(own.label, rows=own.rows, most=limits.BODY_CHARS, description=own.hint)
            if many
            else LineField(own.label, most=500, description=own.hint)
        )
    return type(f"DraftForm{kind.key.title().replace('-', '')}", (DraftForm,), fields)


class IssueForm(OfficeForm):
    """Cấp số, phát hành."""

    register = PickField("Sổ văn bản đi", required="Hãy chọn sổ văn bản đi.", combobox=False)
    entry = PickField("Số", blank="Số kế tiếp", combobox=False)

    def offer(self, actor: Actor) -> None:
        """Đặt các sổ văn bản đi của cơ quan."""
        self.register.offer(queries.books(actor.agency_id or 0, Direction.OUTGOING))
        self.entry.offer(
            [
                Choice(str(e.id), f"{e.number:02d}, giữ ngày {dmy(e.day)}: {e.purpose}")
                for e in queries.held_numbers(actor.agency_id or 0)
            ]
        )
        if self.register.data is None and self.register.options:
            self.register.data = int(self.register.options[0].value)


class ReserveForm(OfficeForm):
    """Giữ số."""

    purpose = LineField(
        "Giữ cho văn bản, người nào", required="Hãy ghi giữ số cho văn bản hoặc người nào.", most=300
    )


class MoreRecipientsForm(OfficeForm):
    """Gửi bổ sung nơi nhận."""

    groups = PickManyField("Nhóm nơi nhận")
    recipients = PickManyField("Cơ quan nhận")
    others = ParagraphField(
        "Nơi nhận khác (gửi giấy)", most=2000, rows=2, description="Mỗi dòng một nơi nhận ngoài hệ thống."
    )
    reason = LineField("Lý do gửi bổ sung", required="Hãy ghi lý do gửi bổ sung.", most=500)

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách cơ quan và nhóm."""
        agency_id = actor.agency_id or 0
        self.recipients.offer(org.agency_choices(exclude=agency_id))
        self.groups.offer([Choice(str(g.id), g.name, f"{n} cơ quan") for g, n in queries.groups(agency_id)])

    def wanted(self, actor: Actor) -> tuple[list[int], list[str]]:
        """Cơ quan và nơi nhận giấy đã chọn; groups are spread into their agencies."""
        members = queries.group_members(actor.agency_id or 0, self.groups.data or [])
        lines = [line.strip()[: limits.NAME_CHARS] for line in (self.others.data or "").split("\n")]
        return list(dict.fromkeys([*(self.recipients.data or []), *members])), [
            line for line in lines if line
        ]
