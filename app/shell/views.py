"""Bàn làm việc của mỗi vai trò; trợ giúp; thư viện thành phần cho quản trị."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.core import clock
from app.org.policy import Permission
from app.web.actor import actor
from app.web.guards import requires, signed_in
from app.web.home import blocks_for, glances_for

bp = Blueprint("shell", __name__, template_folder="templates")


@bp.route("/")
@signed_in
def home() -> ResponseReturnValue:
    """Bàn làm việc: what to do next, by role."""
    viewer = actor()
    return render_template(
        "shell/home.html",
        glances=glances_for(viewer),
        main=blocks_for(viewer, "main"),
        side=blocks_for(viewer, "side"),
        at=clock.local(clock.now()),
        stands_in=viewer.stands_in,
    )


@bp.route("/tro-giup")
@signed_in
def help_page() -> ResponseReturnValue:
    """Trợ giúp: công việc thường ngày và phím tắt."""
    return render_template("shell/help.html")


@bp.route("/thanh-phan")
@requires(Permission.SYSTEM_WATCH)
def gallery() -> ResponseReturnValue:
    """Thư viện thành phần giao diện."""
    return render_template("gallery.html")
