"""Phòng họp của cơ quan: danh sách với dải giờ trong ngày, thêm, sửa."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.meetings import queries, service
from app.meetings.forms import RoomForm
from app.meetings.models import Room
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.calendar import asked_day, tabs_for
from app.meetings.views.shared import render, show_form, strips
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/phong")
@requires(Permission.MEETING_READ)
def room_list() -> ResponseReturnValue:
    """Phòng họp và lịch phòng trong ngày."""
    viewer, day = actor(), asked_day()
    rooms = queries.rooms(viewer.agency_id or 0, every=viewer.can(Permission.ROOM_MANAGE))
    return render(
        "rooms",
        day=day,
        strips=strips(rooms, day, None),
        earlier=url_for(".room_list", ngay=(day - timedelta(days=1)).isoformat()),
        later=url_for(".room_list", ngay=(day + timedelta(days=1)).isoformat()),
        tabs=tabs_for(viewer, "phong", None, None),
        may_manage=viewer.can(Permission.ROOM_MANAGE),
    )


@bp.route("/phong/moi", methods=["GET", "POST"])
@requires(Permission.ROOM_MANAGE)
def add_room() -> ResponseReturnValue:
    """Thêm phòng họp."""
    return _edit(RoomForm(), None)


@bp.route("/phong/<int:room_id>", methods=["GET", "POST"])
@requires(Permission.ROOM_MANAGE)
def edit_room(room_id: int) -> ResponseReturnValue:
    """Sửa phòng họp."""
    room = queries.room(room_id, actor())
    return _edit(RoomForm(obj=room), room)


def _edit(form: RoomForm, room: Room | None) -> ResponseReturnValue:
    if form.validate_on_submit():
        saved = form.attempt(
            service.save_room, room.id if room else None, version=form.expected_version, name=form.name.data,
            capacity=form.capacity.data, location=form.location.data or "", equipment=form.equipment.data or "",
            active=form.active.data,
        )  # fmt: skip
        if saved is not None:
            flash(f"Đã lưu {saved.name}.", "success")
            return redirect(url_for(".room_list"))
    return show_form("room", form, room=room, back=url_for(".room_list"))
