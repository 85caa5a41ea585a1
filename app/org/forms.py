"""Biểu mẫu của tổ chức."""

from __future__ import annotations

from app.web.forms import LineField, OfficeForm, PickField, SecretField


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
