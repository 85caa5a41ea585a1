"""Cổng vào: every view declares who may open it; what is not declared does not answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, flash, g, redirect, request, url_for
from flask import session as cookie
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core import limits
from app.core.db import current_agency, finish_reading, only_read
from app.core.errors import NotAllowed
from app.core.use_case import request_key
from app.web.actor import current_actor, is_signed_in

F = TypeVar("F", bound=Callable[..., Any])
PUBLIC, SIGNED_IN = "public", "signed_in"
REQUEST_KEY_FIELD = "request_key"
_SAFE = ("GET", "HEAD", "OPTIONS")


def requires(permission: str) -> Callable[[F], F]:
    """Cần quyền: the view opens only for those whose post (or whom they stand in for) has the permission."""

    def decorate(view: F) -> F:
        view.permission = str(permission)  # type: ignore[attr-defined]
        return view

    return decorate


def public(view: F) -> F:
    """Không cần đăng nhập."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: F) -> F:
    """Chỉ cần đăng nhập: the record itself decides the rest."""
    view.permission = SIGNED_IN  # type: ignore[attr-defined]
    return view


def accepts_files(view: F) -> F:
    """Nhận tệp: raises the size limit of the request for this route alone."""
    view.accepts_files = True  # type: ignore[attr-defined]
    return view


def permission_of(app: Flask, endpoint: str) -> str | None:
    """Quyền đã khai báo của một đường dẫn."""
    return getattr(app.view_functions.get(endpoint), "permission", None)


def _gate() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return None
    view = current_app.view_functions[endpoint]
    needed = getattr(view, "permission", None)
    if needed is None:
        current_app.logger.error("view %s declares no permission", endpoint)
        abort(500)
    request.max_content_length = (
        limits.UPLOAD_REQUEST_BYTES if getattr(view, "accepts_files", False) else limits.REQUEST_BYTES
    )
    request.max_form_parts = limits.FORM_PARTS
    if needed == PUBLIC:
        return None
    if not is_signed_in():
        return _to_sign_in()
    current_agency.set(current_actor.agency_id)
    if current_user.must_change_password and endpoint not in ("org.change_password", "org.sign_out"):
        flash("Hãy đặt mật khẩu mới trước khi làm việc.", "info")
        return redirect(url_for("org.change_password"))
    if needed != SIGNED_IN and not current_actor.can(needed):
        raise NotAllowed(
            "Vị trí việc làm của anh/chị không có quyền mở trang này. Nếu cần, hãy liên hệ quản trị cơ quan."
        )
    return None


def _to_sign_in() -> Response:
    # Only our own GET pages are worth returning to; the path is kept on the server side of the cookie.
    if request.method == "GET" and not request.headers.get("X-Fragment"):
        cookie["after_sign_in"] = request.full_path.rstrip("?")[:500]
    return redirect(url_for("org.sign_in"))


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:12]
    current_agency.set(None)
    request_key.set(None)
    if request.method in _SAFE:
        only_read()


def _end(failure: BaseException | None) -> None:
    finish_reading(failed=failure is not None)


def _take_request_key() -> None:
    if request.method == "POST" and request.mimetype in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        key = request.form.get(REQUEST_KEY_FIELD, "")
        request_key.set(f"{request.endpoint}:{key}" if 16 <= len(key) <= 64 and key.isalnum() else None)


def new_request_key() -> str:
    """Khóa mới cho một biểu mẫu."""
    return uuid.uuid4().hex


def _check_origin() -> None:
    # CSRF tokens guard forms; the Origin header guards against a stolen token used from elsewhere.
    if request.method in _SAFE:
        return
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin.split("://", 1)[-1] != request.host:
        abort(400)


def init_app(app: Flask) -> None:
    """Gắn cổng vào ứng dụng, trước mọi việc khác."""
    app.before_request(_begin)
    app.before_request(_check_origin)
    app.before_request(_gate)
    app.before_request(_take_request_key)
    app.teardown_request(_end)
