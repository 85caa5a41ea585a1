"""Sự kiện của tổ chức."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """Đăng nhập."""


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """Đăng xuất."""


@dataclass(frozen=True, kw_only=True)
class PostSwitched(Event):
    """Chuyển vị trí làm việc."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """Đổi mật khẩu."""


@dataclass(frozen=True, kw_only=True)
class SessionsRevoked(Event):
    """Thu hồi phiên đăng nhập."""

    count: int


@dataclass(frozen=True, kw_only=True)
class PersonCreated(Event):
    """Thêm người dùng."""


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Sửa người dùng."""


@dataclass(frozen=True, kw_only=True)
class PersonDeactivated(Event):
    """Khóa người dùng."""


@dataclass(frozen=True, kw_only=True)
class PersonActivated(Event):
    """Mở khóa người dùng."""


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Event):
    """Nhập danh sách người và đơn vị."""

    people: int
    units: int


@dataclass(frozen=True, kw_only=True)
class UnitSaved(Event):
    """Lưu đơn vị."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class PostSaved(Event):
    """Lưu vị trí việc làm."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class DelegationGiven(Event):
    """Ủy quyền xử lý."""

    delegation_id: int
    from_post_id: int
    to_post_id: int


@dataclass(frozen=True, kw_only=True)
class DelegationRevoked(Event):
    """Chấm dứt ủy quyền."""

    delegation_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceEntered(Event):
    """Báo vắng mặt."""

    absence_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceCancelled(Event):
    """Hủy báo vắng mặt."""

    absence_id: int


@dataclass(frozen=True, kw_only=True)
class HolidaysChanged(Event):
    """Sửa ngày nghỉ, ngày làm bù."""


@dataclass(frozen=True, kw_only=True)
class WorkHandedOver(Event):
    """Bàn giao công việc: subscribers of upper packages move their own open records in the same transaction."""

    from_post_id: int
    to_post_id: int
    hand_over_id: int


@dataclass(frozen=True, kw_only=True)
class AgencyCreated(Event):
    """Lập cơ quan."""


@dataclass(frozen=True, kw_only=True)
class AgencySettingsSaved(Event):
    """Sửa thông tin cơ quan."""


@dataclass(frozen=True, kw_only=True)
class HolderChanged(Event):
    """Thay người giữ vị trí; an empty post has no person."""

    post_id: int
    before_person_id: int | None
    after_person_id: int | None


@dataclass(frozen=True, kw_only=True)
class PasswordReset(Event):
    """Đặt lại mật khẩu."""


@dataclass(frozen=True, kw_only=True)
class PostClosed(Event):
    """Đóng vị trí việc làm."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostReopened(Event):
    """Mở lại vị trí việc làm."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileSaved(Event):
    """Sửa thông tin cá nhân."""


@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """Ngừng đơn vị."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitReopened(Event):
    """Mở lại đơn vị."""

    unit_id: int
