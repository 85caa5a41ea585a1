"""Từ ngữ của tổ chức."""

from __future__ import annotations

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
EVENTS = {
    "AbsenceCancelled": "hủy báo vắng mặt",
    "AbsenceEntered": "báo vắng mặt",
    "DelegationGiven": "ủy quyền xử lý",
    "DelegationRevoked": "chấm dứt ủy quyền",
    "HolidaysChanged": "sửa ngày nghỉ, ngày làm bù",
    "PasswordChanged": "đổi mật khẩu",
    "PeopleImported": "nhập danh sách người và đơn vị",
    "PersonActivated": "mở khóa người dùng",
    "PersonChanged": "sửa thông tin người dùng",
    "PersonCreated": "thêm người dùng",
    "PersonDeactivated": "khóa người dùng",
    "PostSaved": "lưu vị trí việc làm",
    "PostSwitched": "chuyển vị trí làm việc",
    "SessionsRevoked": "thu hồi phiên đăng nhập",
    "SignedIn": "đăng nhập",
    "SignedOut": "đăng xuất",
    "UnitSaved": "lưu đơn vị",
    "WorkHandedOver": "bàn giao công việc",
}
