"""Từ ngữ của tổ chức."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.core.permissions import ROLE_LABELS

KINDS = {
    "city": "UBND thành phố",
    "office": "Văn phòng",
    "department": "Sở, ban, ngành",
    "district": "Cấp huyện (đã kết thúc)",
    "ward": "Phường",
    "commune": "Xã",
    "special_zone": "Đặc khu",
    "subordinate": "Đơn vị trực thuộc",
}
IDENTIFIER_SCHEMES = {
    "qd20": "Theo QĐ 20/2020",
    "qcvn102": "Mã cũ, QCVN 102",
}
SCOPES = {
    "all": "Mọi công việc",
    "documents": "Văn bản",
    "directives": "Chỉ đạo, nhiệm vụ",
    "meetings": "Cuộc họp",
}
ABSENCE_KINDS = {
    "leave": "Nghỉ phép",
    "business": "Đi công tác",
    "training": "Đi học, tập huấn",
    "sick": "Nghỉ ốm",
}
# What colleagues read: that somebody is ill is nobody's business.
ABSENCE_SHOWN = {**ABSENCE_KINDS, "sick": "Nghỉ"}
EVENTS = {
    "AbsenceCancelled": "hủy báo vắng mặt",
    "AbsenceEntered": "báo vắng mặt",
    "AgencyCreated": "lập cơ quan",
    "AgencySettingsSaved": "sửa thông tin cơ quan",
    "DelegationGiven": "ủy quyền xử lý",
    "DelegationRevoked": "chấm dứt ủy quyền",
    "HolderChanged": "thay người giữ vị trí",
    "HolidaysChanged": "sửa ngày nghỉ, ngày làm bù",
    "PasswordChanged": "đổi mật khẩu",
    "PasswordReset": "đặt lại mật khẩu",
    "PeopleImported": "nhập danh sách người và đơn vị",
    "PersonActivated": "mở khóa người dùng",
    "PersonChanged": "sửa thông tin người dùng",
    "PersonCreated": "thêm người dùng",
    "PersonDeactivated": "khóa người dùng",
    "PostClosed": "đóng vị trí việc làm",
    "PostReopened": "mở lại vị trí việc làm",
    "PostSaved": "lưu vị trí việc làm",
    "PostSwitched": "chuyển vị trí làm việc",
    "ProfileSaved": "sửa thông tin cá nhân",
    "SessionsRevoked": "thu hồi phiên đăng nhập",
    "SignedIn": "đăng nhập",
    "SignedOut": "đăng xuất",
    "UnitClosed": "ngừng đơn vị",
    "UnitReopened": "mở lại đơn vị",
    "UnitSaved": "lưu đơn vị",
    "WorkHandedOver": "bàn giao công việc",
}
# Names carry their thing: the labels of all packages stand in one table.
FIELDS = {
    "absence_deputy": "Người thay",
    "absence_from": "Từ ngày",
    "absence_needs_deputy": "Bắt buộc chọn người thay khi báo vắng",
    "absence_to": "Đến hết ngày",
    "agency_address": "Địa chỉ",
    "agency_place": "Địa danh",
    "contact_email": "Thư điện tử",
    "contact_phone": "Điện thoại",
    "delegation_scope": "Phạm vi ủy quyền",
    "full_name": "Họ và tên",
    "holiday": "Ngày nghỉ, làm bù",
    "post": "Vị trí",
    "post_head": "Đứng đầu đơn vị",
    "post_holder": "Người giữ",
    "post_roles": "Vai trò",
    "post_sort": "Thứ tự",
    "post_title": "Chức danh",
    "post_unit": "Đơn vị",
    "shortcuts": "Phím tắt một chữ",
    "unit_abbreviation": "Viết tắt",
    "unit_name": "Tên đơn vị",
    "unit_parent": "Thuộc đơn vị",
    "unit_sort": "Thứ tự",
    "username": "Tên đăng nhập",
}


def yes_no(value: object) -> str:
    """Có hay không."""
    return "có" if value else "không"


def role_words(roles: Iterable[str]) -> str:
    """Các vai trò bằng lời."""
    known = {str(r): words for r, words in ROLE_LABELS.items()}
    return ", ".join(known.get(str(r), str(r)) for r in roles) or "(không có)"


VALUES: dict[str, Callable[[Any], str]] = {
    "absence_needs_deputy": yes_no,
    "delegation_scope": lambda value: SCOPES.get(str(value), str(value)),
    "post_head": yes_no,
    "post_roles": role_words,
    "shortcuts": lambda value: "bật" if value else "tắt",
}
