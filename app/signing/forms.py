"""Biểu mẫu ký số."""

from __future__ import annotations

from flask import request
from wtforms import HiddenField

from app.core import limits
from app.web.forms import FilesField, LineField, OfficeForm, PickField, SecretField


class PinForm(OfficeForm):
    """Ký số: the hash that was shown, and the PIN, which is never echoed or stored."""

    sha256 = HiddenField()
    pin = SecretField("Mã PIN của khóa ký", required="Hãy nhập mã PIN của khóa ký.", autocomplete="off")

    def chosen(self) -> list[tuple[int, int, str]]:
        """Các văn bản đã chọn ở danh sách: id, version and hash of what was shown."""
        found = []
        for value in request.form.getlist("chon")[: limits.BATCH_SIGNATURES + 1]:
            parts = value.split(":")
            if len(parts) == 3 and all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts[:2]):
                found.append((int(parts[0]), int(parts[1]), parts[2]))
        return found


class SealForm(OfficeForm):
    """Đóng dấu: the book the number comes from, and the PIN of the agency's seal."""

    register = PickField("Sổ văn bản đi", required="Hãy chọn sổ văn bản đi.", combobox=False)
    pin = SecretField("Mã PIN của con dấu", required="Hãy nhập mã PIN của con dấu.", autocomplete="off")


class LookUpForm(OfficeForm):
    """Tra cứu một bản sao: by its code or by the file itself."""

    code = LineField("Mã tra cứu", most=20)
    copy = FilesField("Tệp PDF cần kiểm tra", single=True)
