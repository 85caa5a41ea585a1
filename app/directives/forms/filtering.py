"""Biểu mẫu lọc, số liệu, báo cáo theo kỳ."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from app.core import clock, limits
from app.core.actor import Actor
from app.directives import labels, queries
from app.directives.models import Origin
from app.directives.queries import PartFilter, Status, View
from app.language.dates import Lean
from app.web.forms import (
    DayField,
    LineField,
    OfficeForm,
    PickField,
    WordField,
)


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


def _number(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None
