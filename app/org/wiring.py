"""Lắp gói tổ chức: roles and rights, sign-in port, menu."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, request

from app.core import clock, permissions
from app.core.permissions import Role
from app.core.records import RecordKind
from app.org import home, jobs  # noqa: F401 - the second declares its job
from app.org.policy import Permission
from app.org.queries.actors import actor_for_session
from app.org.service.sign_in import keep_alive
from app.org.views import bp
from app.web.actor import SignedIn, set_loader
from app.web.navigation import Item, add_item
from app.web.pages import add_shell_link
from app.web.records import add_record_page

_EVERYONE = (
    Permission.ABSENCE_ENTER,
    Permission.DELEGATION_GIVE,
    Permission.DIRECTORY_READ,
    Permission.PROFILE_EDIT,
)
_KEEP_ALIVE_EVERY = timedelta(minutes=5)


def _load(token: str, ip: str, request_id: str) -> SignedIn | None:
    live = actor_for_session(token, ip=ip, request_id=request_id)
    if live is None:
        return None
    now = clock.now()
    # what a page asks for by itself does not show that somebody is there
    if now - live.last_seen_at > _KEEP_ALIVE_EVERY and "X-Background" not in request.headers:
        keep_alive(live.id, now)
    return SignedIn(token, live.actor, live.must_change_password)


def register(app: Flask) -> None:
    """Đăng ký gói."""
    for role in Role:
        permissions.grant(role, *_EVERYONE)
    permissions.grant(
        Role.ADMIN,
        Permission.HOLIDAYS_EDIT,
        Permission.PEOPLE_MANAGE,
        Permission.SYSTEM_WATCH,
        Permission.WORK_HAND_OVER,
    )
    permissions.grant(Role.OFFICE_CHIEF, Permission.WORK_HAND_OVER)
    for role in (Role.CLERK, Role.OFFICE_CHIEF, Role.SECRETARY):
        permissions.grant(role, Permission.ABSENCE_ENTER_FOR_OTHERS)
    set_loader(_load)
    _navigation()
    home.register()
    add_record_page(RecordKind.PERSON, "org.contact", "person_id")
    add_record_page(RecordKind.AGENCY, "org.agency", "agency_id")
    add_shell_link("profile_url", "org.profile")
    app.register_blueprint(bp)


def _navigation() -> None:
    for item in (
        Item("Danh bạ", "Danh bạ", "org.directory", "address-book", 10, tab="Danh bạ"),
        Item("Danh bạ", "Cơ quan", "org.agency_tree", "sitemap", 20),
        Item("Danh bạ", "Vắng mặt", "org.absences", "beach", 30, tab="Vắng mặt"),
        Item("Danh bạ", "Ủy quyền xử lý", "org.delegations", "users-group", 40),
        Item("Danh bạ", "Lịch nghỉ", "org.holidays", "calendar-off", 50),
        Item("Quản trị", "Người dùng", "org.people", "users", 10, tab="Người dùng"),
        Item("Quản trị", "Vị trí việc làm", "org.posts", "briefcase", 20),
        Item("Quản trị", "Đơn vị", "org.units", "building-community", 30),
        Item("Quản trị", "Bàn giao công việc", "org.hand_overs", "transfer", 40),
        Item("Quản trị", "Nhập danh sách", "org.import_list", "table-import", 50),
        Item("Quản trị", "Thông tin cơ quan", "org.agency_settings", "building", 60),
    ):
        add_item(item)
