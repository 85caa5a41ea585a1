"""Biểu mẫu đọc nhiệm vụ: the text to read, and one small form for each task found."""

from __future__ import annotations

from wtforms import HiddenField

from app.core import limits
from app.directives.reading.matching import Matcher, split_names
from app.directives.reading.rows import MOST_ROWS, MOST_SHOWN_CHARS, Row
from app.directives.service import Assigner, ReadOrder
from app.org.queries import Choice
from app.storage.kinds import Kind, accept_list
from app.web.forms import (
    DeadlineField,
    FilesField,
    LineField,
    OfficeForm,
    ParagraphField,
    PickField,
    TickField,
)

READABLE = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.TEXT})
_NAMES_CHARS = 2_000


class ReadForm(OfficeForm):
    """Văn bản cần đọc."""

    text = ParagraphField("Dán nội dung", most=MOST_SHOWN_CHARS, rows=12)
    source_file = FilesField("Hoặc chọn tệp", accept=accept_list(READABLE), single=True)


class GiveForm(OfficeForm):
    """Giao các nhiệm vụ đã chọn."""

    text = HiddenField()
    count = HiddenField()
    assigner = PickField("Người chỉ đạo", required="Hãy chọn người chỉ đạo.", combobox=False)

    def offer(self, assigners: list[Assigner]) -> None:
        """Đặt danh sách người chỉ đạo."""
        self.assigner.offer([Choice(str(a.post_id), f"{a.name}, {a.title}") for a in assigners])
        if not self.is_submitted() and assigners:
            self.assigner.data = assigners[0].post_id

    @property
    def rows(self) -> int:
        """Số dòng của trang đã gửi."""
        typed = str(self.count.data or "")
        return min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0


class RowForm(OfficeForm):
    """Một nhiệm vụ đề nghị giao."""

    class Meta(OfficeForm.Meta):
        """The page's own form carries the token."""

        csrf = False

    wanted = TickField("Giao")
    content = ParagraphField("Nội dung", most=limits.NOTE_CHARS, rows=4)
    leads = LineField("Chủ trì", most=_NAMES_CHARS)
    supports = LineField("Phối hợp", most=_NAMES_CHARS)
    due = DeadlineField("Thời hạn")
    product = LineField("Sản phẩm", most=500)
    point = HiddenField()

    def fill(self, row: Row) -> None:
        """Điền theo những gì đọc được; only what is sure is chosen beforehand."""
        self.wanted.data = row.is_sure
        self.content.data, self.product.data, self.point.data = row.content, row.product, row.point
        self.leads.data, self.supports.data = "; ".join(row.leads), "; ".join(row.supports)
        self.due.data = row.due_at

    def order(self, matcher: Matcher) -> ReadOrder:
        """Nhiệm vụ đã xác nhận; a name the tree does not know is an error at its field."""
        leads, unknown = matcher.resolve(split_names(self.leads.data or ""))
        supports, stray = matcher.resolve(split_names(self.supports.data or ""))
        for field, names in (("leads", unknown), ("supports", stray)):
            if names:
                self.refuse(
                    field,
                    f"Không có cơ quan “{'”, “'.join(names)}” trong cây tổ chức. Hãy chọn tên gợi ý khi gõ.",
                )
        return ReadOrder(
            content=self.content.data or "",
            leads=leads,
            supports=tuple(s for s in supports if s not in leads),
            due_at=self.due.data,
            product=self.product.data or "",
            point=(self.point.data or "")[:100],
        )
