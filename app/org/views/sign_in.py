"""Đăng nhập, đăng xuất, chuyển vị trí, mật khẩu."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import flash, g, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from app.core.actor import SYSTEM
from app.core.errors import DomainError
from app.org import queries, service
from app.org.forms import ChangePasswordForm, SignInForm, SwitchPostForm
from app.org.views import bp
from app.web.actor import SignedIn, actor, client_address, current_actor, is_signed_in, session_token
from app.web.guards import public, signed_in
from app.web.pages import form_page


@bp.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Đăng nhập."""
    if is_signed_in() and request.method == "GET":
        return redirect(url_for("shell.home"))
    form = SignInForm()
    if form.validate_on_submit():
        try:
            token = service.sign_in(
                form.username.data or "",
                form.password.data or "",
                ip=client_address(),
                user_agent=request.user_agent.string,
                request_id=g.request_id,
            )
        except DomainError as refusal:
            form.refuse(None, refusal.sentence)
            form.status = refusal.status
        else:
            target = _own_path(cookie.get("after_sign_in"))
            cookie.clear()
            login_user(SignedIn(token, SYSTEM))
            return redirect(target or url_for("shell.home"))
    return form_page("org/sign_in.html", form)


def _own_path(path: object) -> str | None:
    # Written by ourselves into the signed cookie; still only a plain path of this site is followed.
    if (
        not isinstance(path, str)
        or not path.startswith("/")
        or path.startswith(("//", "/\\"))
        or urlsplit(path).netloc
    ):
        return None
    return path


@bp.route("/dang-xuat", methods=["POST"])
@signed_in
def sign_out() -> ResponseReturnValue:
    """Đăng xuất."""
    service.sign_out(actor(), session_token())
    logout_user()
    cookie.clear()
    return redirect(url_for(".sign_in"))


@bp.route("/vi-tri", methods=["POST"])
@signed_in
def switch_post() -> ResponseReturnValue:
    """Chuyển vị trí làm việc."""
    form = SwitchPostForm()
    form.post.offer(
        [queries.Choice(str(p.id), p.title) for p in queries.posts_of_person(current_actor.person_id or 0)]
    )
    if not form.validate_on_submit() or form.post.data is None:
        flash("Vị trí này không thuộc về anh/chị. Hãy chọn lại.", "error")
        return redirect(url_for("shell.home"))
    token = service.switch_post(actor(), form.post.data, session_token())
    cookie.clear()
    login_user(SignedIn(token, SYSTEM))
    return redirect(url_for("shell.home"))


@bp.route("/mat-khau", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Đổi mật khẩu."""
    form = ChangePasswordForm()
    if form.validate_on_submit() and form.attempt(
        service.change_password, form.current.data, form.fresh.data, session_token()
    ):
        flash("Đã đổi mật khẩu. Các thiết bị khác đã bị đăng xuất.", "success")
        return redirect(url_for("shell.home"))
    return form_page("org/change_password.html", form, must=current_user.must_change_password)
