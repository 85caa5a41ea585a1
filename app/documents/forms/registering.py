"""Biểu mẫu vào sổ văn bản đến: what the clerk confirms from the document, and what may be its twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import ValidationError

from app.core import limits
from app.core.actor import Actor
from app.documents import labels, queries
from app.documents.forms.choices import handler_choices
from app.documents.models import ComplaintKind, Direction, Source
from app.documents.service import (
    Answer,
    Assignment,
    Petition,
    ReadFields,
    Registration,
    Settlement,
)
from app.language.errors import NotUnderstood
from app.language.references import read_reference
from app.org.queries import Choice
from app.storage.kinds import ATTACHMENT, MAIN_FILE, SCAN, accept_list
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
    WordField,
)

_URGENCY = [(str(k), v) for k, v in labels.URGENCY.items()]


def _is_reference(_form: Any, field: Any) -> None:
    if field.data:
        try:
            field.data = read_reference(field.data).text
        except NotUnderstood as problem:
            raise ValidationError(problem.sentence) from None


class RegisterForm(OfficeForm):
    """Vào sổ văn bản đến, và chuyển luôn nếu chọn nơi chuyển."""

    register = PickField("Sổ văn bản", required="Hãy chọn sổ văn bản đến.", combobox=False)
    reference = LineField("Số, ký hiệu", most=limits.REFERENCE_CHARS, validators=[_is_reference])
    issued_on = DayField("Ngày văn bản")
    issuer_name = LineField("Cơ quan ban hành", required=True, most=limits.NAME_CHARS)
    document_type = WordField("Loại văn bản", [(t, t) for t in labels.INCOMING_TYPES])
    urgency = WordField("Độ khẩn", _URGENCY)
    subject = ParagraphField("Trích yếu", required=True, most=limits.SUBJECT_CHARS, rows=3, one_line=True)
    signer_name = LineField("Người ký", most=limits.NAME_CHARS)
    signer_position = LineField("Chức vụ người ký", most=limits.NAME_CHARS)
    reply_by = DayField("Hạn trả lời ghi trong văn bản")
    target = PickField("Trình, chuyển đến", blank="Chưa chuyển")
    text = ParagraphField("Nội dung tham mưu, yêu cầu xử lý", most=limits.NOTE_CHARS, rows=2)
    lead = PickField("Đề xuất chủ trì", blank="Không đề xuất")
    support = PickManyField("Đề xuất phối hợp")
    due_at = DeadlineField("Hạn xử lý")
    duplicate = ChoiceField(
        "Xử lý văn bản có thể trùng",
        labels.DUPLICATE_ANSWERS.items(),
        required=False,
        validate_choice=False,
    )
    duplicate_of = PickField("Số đến đã có", blank="Số đến mới nhất", combobox=False)
    duplicate_reason = LineField("Lý do là văn bản khác")

    def offer(self, actor: Actor) -> None:
        """Đặt các danh sách của cơ quan."""
        agency_id = actor.agency_id or 0
        self.register.offer(queries.books(agency_id, Direction.INCOMING))
        handlers = handler_choices(agency_id)
        for field in (self.target, self.lead, self.support):
            field.offer(handlers)
        if self.register.data is None and self.register.options and not self.is_submitted():
            self.register.data = int(self.register.options[0].value)

    def compare(
        self, actor: Actor, hashes: Sequence[str], *, besides: int | None = None
    ) -> list[queries.Twin]:
        """Các văn bản có thể trùng với những gì đang nhập; those with a number are offered to be joined."""
        like = queries.Likeness(
            self.reference.data or "", self.issued_on.data, self.issuer_name.data or "", tuple(hashes)
        )
        found = queries.twins(actor.agency_id or 0, like, besides=besides)
        self.duplicate_of.offer(
            [Choice(str(t.document_id), f"{t.number}/{t.year}", t.subject) for t in found if t.is_registered]
        )
        return found

    def settlement(self) -> Settlement:
        """Trả lời của văn thư về văn bản có thể trùng."""
        typed = self.duplicate.data
        answer = Answer(typed) if typed in labels.DUPLICATE_ANSWERS else None
        return Settlement(answer, self.duplicate_of.data, self.duplicate_reason.data or "")

    unsure: frozenset[str] = frozenset()
    """Các ô điền theo chữ đọc được mà văn thư nên xem lại."""

    def fill_read(self, found: ReadFields | None) -> None:
        """Điền các ô theo thông tin đọc được; what somebody has typed stays."""
        if found is None:
            return
        self.unsure = found.unsure
        for name in (
            "reference", "issued_on", "issuer_name", "document_type", "subject", "signer_name", "signer_position", "reply_by",
        ):  # fmt: skip
            field, value = self[name], getattr(found, name)
            if value and (not field.raw_data or not any(field.raw_data) or name == "document_type"):
                field.data, field.raw_data = value, None
        if found.urgency:
            self.urgency.data = str(found.urgency)

    def registration(self) -> Registration:
        """Thông tin vào sổ đã nhập."""
        return Registration(
            register_id=self.register.data or 0,
            reference=self.reference.data or "",
            issued_on=self.issued_on.data,
            issuer_name=self.issuer_name.data or "",
            document_type=self.document_type.data or "",
            subject=self.subject.data or "",
            urgency=int(self.urgency.data or 0),
            reply_by=self.reply_by.data,
            signer_name=self.signer_name.data or "",
            signer_position=self.signer_position.data or "",
        )

    def assignment(self) -> Assignment:
        """Tham mưu hoặc yêu cầu xử lý đã nhập."""
        return Assignment(
            self.text.data or "", self.lead.data, tuple(self.support.data or ()), (), self.due_at.data
        )


class PaperForm(RegisterForm):
    """Vào sổ văn bản giấy kèm bản quét."""

    document_file = FilesField(
        "Bản quét văn bản",
        required="Hãy chọn bản quét (PDF hoặc ảnh) của văn bản giấy.",
        accept=accept_list(SCAN),
        single=True,
    )
    attachments = FilesField("Tệp kèm theo", accept=accept_list(ATTACHMENT))
    source = WordField("Đến bằng", labels.BY_HAND.items(), required=False, default="paper")
    paper_place = LineField("Nơi giữ bản giấy", most=limits.NAME_CHARS)

    def registration(self) -> Registration:
        """Thông tin vào sổ, kèm cách đến và nơi giữ bản giấy."""
        return replace(
            super().registration(),
            source=Source(self.source.data or Source.PAPER),
            paper_place=self.paper_place.data or "",
        )


class ComplaintForm(OfficeForm):
    """Vào sổ đơn thư."""

    document_file = FilesField(
        "Bản quét đơn",
        required="Hãy chọn bản quét (PDF hoặc ảnh) của đơn.",
        accept=accept_list(SCAN),
        single=True,
    )
    attachments = FilesField("Tài liệu kèm theo", accept=accept_list(ATTACHMENT))
    kind = WordField("Loại đơn", labels.COMPLAINTS.items())
    sender_name = LineField("Người gửi đơn", required=True, most=limits.NAME_CHARS)
    sender_address = LineField("Địa chỉ", most=limits.LINE_CHARS)
    sender_phone = LineField("Điện thoại", most=30)
    subject = ParagraphField(
        "Nội dung đơn, không ghi tên người gửi",
        required=True,
        most=limits.SUBJECT_CHARS,
        rows=3,
        one_line=True,
    )
    target = PickField("Trình, chuyển đến", blank="Chưa chuyển")
    text = ParagraphField("Nội dung tham mưu, yêu cầu xử lý", most=limits.NOTE_CHARS, rows=2)
    due_at = DeadlineField("Hạn xử lý")

    def offer(self, actor: Actor) -> None:
        """Đặt danh sách người và đơn vị."""
        self.target.offer(handler_choices(actor.agency_id or 0))

    def petition(self) -> Petition:
        """Nội dung đơn đã nhập."""
        return Petition(
            ComplaintKind(self.kind.data or ComplaintKind.PETITION),
            self.sender_name.data or "",
            self.sender_address.data or "",
            self.sender_phone.data or "",
            self.subject.data or "",
        )


class LinkForm(OfficeForm):
    """Liên kết văn bản: tìm theo số, ký hiệu rồi chọn."""

    other = PickField("Văn bản", required="Hãy chọn văn bản cần liên kết.", combobox=False)


class ScansForm(OfficeForm):
    """Đưa nhiều bản quét vào hàng chờ."""

    scans = FilesField(
        "Bản quét", required="Hãy chọn bản quét của từng văn bản.", accept=accept_list(MAIN_FILE | SCAN)
    )
    source = WordField("Đến bằng", labels.BY_HAND.items(), required=False, default="paper")


class PaperPlaceForm(OfficeForm):
    """Nơi giữ bản giấy."""

    paper_place = LineField("Nơi giữ bản giấy", required=True, most=limits.NAME_CHARS)
