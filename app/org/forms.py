"""Biểu mẫu của tổ chức."""

from __future__ import annotations

import re
from typing import Any

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional, ValidationError

from app.core.permissions import ROLE_LABELS, Role
from app.language.dates import Lean
from app.org.labels import ABSENCE_KINDS, SCOPES
from app.web.forms import (
    ChoiceField,
    DayField,
    FilesField,
    LineField,
    OfficeForm,
    ParagraphField,
    PickField,
    SecretField,
    TickField,
    WordField,
)
from app.web.forms import PickManyField as _PickMany

_PLAIN = {"autocomplete": "off"}


def _mail(_form: Any, field: Any) -> None:
    if field.data and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", field.data):
        raise ValidationError("Địa chỉ thư điện tử không đúng. Ví dụ đúng: ngoc.tran@tphcm.gov.vn.")


def _phone(_form: Any, field: Any) -> None:
    if field.data and not re.fullmatch(r"[0-9 +().\-/]{3,40}", field.data):
        raise ValidationError("Số điện thoại chỉ gồm chữ số, khoảng trắng và các dấu + ( ) . - /.")


def _order() -> IntegerField:
    return IntegerField(
        "Thứ tự",
        [Optional(), NumberRange(0, 9999, message="Thứ tự là số từ 0 đến 9999.")],
        default=50,
        description="Số nhỏ đứng trước trong danh sách.",
        render_kw={"inputmode": "numeric"},
    )


class RolesField(_PickMany):
    """Chọn nhiều vai trò, bày sẵn thành ô đánh dấu; ``data`` is a list of role names."""

    component = "roles"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.coerce = str
        self.choices = [(r.value, ROLE_LABELS[r]) for r in Role]

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no role."""
        if any(v not in {r.value for r in Role} for v in self.data or []):
            raise ValidationError("Vai trò không có trong danh sách. Hãy chọn lại.")
        self.data = list(dict.fromkeys(self.data or []))


class SignInForm(OfficeForm):
    """Đăng nhập."""

    username = LineField(
        "Tên đăng nhập",
        required="Hãy nhập tên đăng nhập.",
        most=100,
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = SecretField("Mật khẩu", required="Hãy nhập mật khẩu.")


class SwitchPostForm(OfficeForm):
    """Chuyển vị trí làm việc."""

    post = PickField("Vị trí", required=True)


class ChangePasswordForm(OfficeForm):
    """Đổi mật khẩu."""

    current = SecretField("Mật khẩu hiện tại", required="Hãy nhập mật khẩu hiện tại.")
    fresh = SecretField(
        "Mật khẩu mới",
        required="Hãy nhập mật khẩu mới.",
        autocomplete="new-password",
        description="Ít nhất 12 ký tự; một câu ngắn dễ nhớ là đủ.",
    )
    again = SecretField(
        "Nhập lại mật khẩu mới", required="Hãy nhập lại mật khẩu mới.", autocomplete="new-password"
    )

    def validate_again(self, field: Any) -> None:
        """Both must be typed alike."""
        if field.data != self.fresh.data:
            raise ValidationError("Hai lần nhập mật khẩu mới chưa giống nhau. Hãy nhập lại.")


class ProfileForm(OfficeForm):
    """Thông tin liên hệ của mình."""

    phone = LineField("Điện thoại", most=40, validators=[_phone], render_kw={"autocomplete": "tel"})
    email = LineField("Thư điện tử", most=200, validators=[_mail], render_kw={"autocomplete": "email"})


class AbsenceForm(OfficeForm):
    """Báo vắng mặt; the quick buttons give the days, otherwise the two dates do."""

    person = PickField("Người vắng mặt", blank="Chọn người…")
    reason = WordField("Lý do", ABSENCE_KINDS.items(), default="leave")
    deputy = PickField("Người thay", blank="Không có người thay")
    starts_on = DayField("Từ ngày", lean=Lean.AHEAD)
    ends_on = DayField("Đến hết ngày", lean=Lean.AHEAD)
    note = LineField("Ghi chú", render_kw=_PLAIN)


class DelegationForm(OfficeForm):
    """Ủy quyền xử lý."""

    to_post = PickField("Ủy quyền cho", required="Hãy chọn người được ủy quyền.", blank="Chọn người…")
    scope = ChoiceField("Phạm vi", SCOPES.items(), default="all")
    starts_on = DayField("Từ ngày", required="Hãy nhập ngày bắt đầu.", lean=Lean.AHEAD)
    ends_on = DayField("Đến hết ngày", required="Hãy nhập ngày kết thúc.", lean=Lean.AHEAD)
    reason = ParagraphField("Lý do", required="Hãy nêu lý do ủy quyền.", most=500, rows=2)


class PersonForm(OfficeForm):
    """Thêm, sửa người dùng."""

    full_name = LineField("Họ và tên", required="Hãy nhập họ và tên.", most=100, render_kw=_PLAIN)
    username = LineField(
        "Tên đăng nhập",
        most=60,
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    phone = LineField("Điện thoại", most=40, validators=[_phone], render_kw=_PLAIN)
    email = LineField("Thư điện tử", most=200, validators=[_mail], render_kw=_PLAIN)
    post = PickField("Vị trí đang trống", blank="Giao vị trí sau")


class PostForm(OfficeForm):
    """Thêm, sửa vị trí việc làm."""

    title = LineField("Chức danh", required="Hãy nhập chức danh.", most=150, render_kw=_PLAIN)
    unit = PickField("Đơn vị", blank="Trực thuộc lãnh đạo cơ quan", combobox=False)
    roles = RolesField("Vai trò")
    is_head = TickField("Đứng đầu đơn vị (hoặc cơ quan, nếu không thuộc đơn vị nào)")
    sort = _order()
    person = PickField("Người giữ", blank="Để trống")


class HolderForm(OfficeForm):
    """Thay người giữ vị trí."""

    person = PickField("Người giữ mới", blank="Để trống vị trí")


class UnitForm(OfficeForm):
    """Thêm, sửa đơn vị."""

    name = LineField("Tên đơn vị", required="Hãy nhập tên đơn vị.", most=150, render_kw=_PLAIN)
    abbreviation = LineField("Viết tắt", required="Hãy nhập chữ viết tắt.", most=20, render_kw=_PLAIN)
    parent = PickField("Thuộc đơn vị", blank="Trực thuộc cơ quan", combobox=False)
    sort = _order()


class HolidayForm(OfficeForm):
    """Thêm, sửa ngày nghỉ hoặc ngày làm bù."""

    day = DayField("Ngày", required="Hãy nhập ngày.", lean=Lean.AHEAD)
    is_working = ChoiceField("Loại", [("off", "Ngày nghỉ"), ("worked", "Ngày làm bù")], default="off")
    name = LineField("Tên gọi", required="Hãy nhập tên gọi, ví dụ “Quốc khánh”.", most=150, render_kw=_PLAIN)


class AgencyForm(OfficeForm):
    """Thông tin cơ quan mình."""

    place = LineField("Địa danh ghi trên văn bản", required="Hãy nhập địa danh.", most=100, render_kw=_PLAIN)
    address = LineField("Địa chỉ", most=200, render_kw=_PLAIN)
    phone = LineField("Điện thoại", most=40, validators=[_phone], render_kw=_PLAIN)
    email = LineField("Thư điện tử", most=200, validators=[_mail], render_kw=_PLAIN)
    absence_needs_deputy = TickField("Bắt buộc chọn người thay khi báo vắng")


class HandOverForm(OfficeForm):
    """Bàn giao công việc."""

    from_post = PickField("Vị trí bàn giao", required="Hãy chọn vị trí bàn giao.", blank="Chọn vị trí…")
    to_post = PickField("Vị trí nhận", required="Hãy chọn vị trí nhận.", blank="Chọn vị trí…")
    reason = ParagraphField(
        "Lý do",
        required="Hãy nêu lý do bàn giao, ví dụ số quyết định nghỉ hưu, chuyển công tác.",
        most=500,
        rows=2,
    )


class ImportForm(OfficeForm):
    """Nhập danh sách từ bảng tính."""

    file = FilesField("Tệp danh sách (XLSX)", required="Hãy chọn tệp danh sách.", accept=".xlsx", single=True)


class ConfirmImportForm(OfficeForm):
    """Xác nhận nhập danh sách."""

    reviewed = TickField("Tôi đã xem các dòng cần xem lại và vẫn muốn nhập")
