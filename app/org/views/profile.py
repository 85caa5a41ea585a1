"""Thông tin của tôi: own data, shortcuts, devices, absences and delegations at a glance."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.org import queries, service
from app.org.forms import ProfileForm
from app.org.labels import ABSENCE_KINDS, SCOPES
from app.org.models import Delegation
from app.org.policy import Permission
from app.org.views import bp
from app.web.actor import actor, session_token
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/ho-so-ca-nhan", methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT)
def profile() -> ResponseReturnValue:
    """Thông tin của tôi."""
    me = actor()
    person = queries.myself(me)
    form = ProfileForm(obj=person)
    if form.validate_on_submit() and form.attempt(
        service.save_profile,
        phone=form.phone.data or "",
        email=form.email.data or "",
        version=form.expected_version,
    ):
        flash("Đã lưu thông tin liên hệ.", "success")
        return redirect(url_for(".profile"))
    today = clock.today()
    return form_page(
        "org/profile.html",
        form,
        person=person,
        posts=queries.posts_by_person([person.id]).get(person.id, []),
        devices=queries.devices(person.id, session_token()),
        absences=[a for a in queries.own_absences(person.id) if a.ends_on >= today],
        given=[d for d in queries.delegations_given(me.post_id or 0) if _live(d)],
        received=[d for d in queries.delegations_received(me.post_id or 0) if _live(d)],
        stands_in=me.stands_in,
        hand_overs=queries.hand_overs_of_post(me.post_id or 0),
        kinds=ABSENCE_KINDS,
        scopes=SCOPES,
    )


def _live(delegation: Delegation) -> bool:
    return delegation.revoked_at is None and delegation.ends_on >= clock.today()


@bp.route("/ho-so-ca-nhan/phim-tat", methods=["POST"])
@requires(Permission.PROFILE_EDIT)
def toggle_shortcuts() -> ResponseReturnValue:
    """Bật, tắt phím tắt một chữ."""
    me = actor()
    turn_on = bool(me.settings.get("shortcuts_off"))
    service.set_shortcuts(me, on=turn_on)
    flash("Đã bật phím tắt." if turn_on else "Đã tắt phím tắt.", "success")
    return redirect(url_for(".profile"))


@bp.route("/ho-so-ca-nhan/phien/<int:session_id>/thu-hoi", methods=["POST"])
@requires(Permission.PROFILE_EDIT)
def revoke_session(session_id: int) -> ResponseReturnValue:
    """Đăng xuất một thiết bị."""
    service.revoke_session(actor(), session_id)
    flash("Đã đăng xuất thiết bị đó.", "success")
    return redirect(url_for(".profile"))


@bp.route("/ho-so-ca-nhan/phien/thu-hoi-khac", methods=["POST"])
@requires(Permission.PROFILE_EDIT)
def revoke_other_sessions() -> ResponseReturnValue:
    """Đăng xuất mọi thiết bị khác."""
    count = service.revoke_other_sessions(actor(), session_token())
    flash(f"Đã đăng xuất {count} thiết bị khác.", "success")
    return redirect(url_for(".profile"))
