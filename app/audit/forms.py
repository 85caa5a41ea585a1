"""Bộ lọc nhật ký."""

from __future__ import annotations

from app.language.dates import Lean
from app.web.forms import DayField, OfficeForm, PickField


class LogFilter(OfficeForm):
    """Lọc theo người và ngày; a GET form, so without a token."""

    person = PickField("Người thực hiện", blank="Mọi người", name="nguoi")
    since = DayField("Từ ngày", lean=Lean.BACK, name="tu")
    until = DayField("Đến hết ngày", lean=Lean.BACK, name="den")

    class Meta(OfficeForm.Meta):
        """WTForms settings."""

        csrf = False
