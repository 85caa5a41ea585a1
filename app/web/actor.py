"""Người đang đăng nhập: Flask-Login over the server's own sessions; ``org`` fills the loader port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, g, request
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.local import LocalProxy

from app.core.actor import Actor


@dataclass
class SignedIn(UserMixin):
    """Phiên đang mở: the cookie holds only the random token, everything else is read anew at each request."""

    token: str
    actor: Actor
    must_change_password: bool = False

    def get_id(self) -> str:
        """The session token."""
        return self.token


Loader = Callable[[str, str, str], SignedIn | None]
_loader: list[Loader] = []
login_manager = LoginManager()
login_manager.session_protection = None  # the server's own session record decides


def set_loader(loader: Loader) -> None:
    """Cổng nạp người dùng: ``(token, ip, request id)`` → :class:`SignedIn` or ``None``."""
    _loader[:] = [loader]


@login_manager.user_loader
def _load(token: str) -> SignedIn | None:
    return _loader[0](token, client_address(), g.get("request_id", ""))


def client_address() -> str:
    """Địa chỉ của người dùng, sau proxy đã khai báo."""
    return request.remote_addr or ""


def _current() -> Actor:
    return cast(SignedIn, current_user).actor


current_actor: Actor = cast(Actor, LocalProxy(_current))


def actor() -> Actor:
    """Người đang đăng nhập, as a plain value to hand to use cases."""
    return _current()


def is_signed_in() -> bool:
    """Đã đăng nhập chưa."""
    return bool(current_user.is_authenticated)


def session_token() -> str:
    """Mã phiên hiện tại."""
    return cast(SignedIn, current_user).token


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng."""
    login_manager.init_app(app)


def templates_actor() -> dict[str, Any]:
    """Biến mẫu: the person shown in the top bar, or nothing."""
    return {"actor": _current() if is_signed_in() else None}
