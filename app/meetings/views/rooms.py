"""Phòng họp của cơ quan: danh sách với dải giờ trong ngày, thêm, sửa."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.meetings import queries, service
from app.meetings.forms import BlockingForm, RoomForm, TakeRoomForm
from app.meetings.models import Room
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.calendar import asked_day, tabs_for
from app.meetings.views.shared import press, render, show_form, strips, url_of, when
from app.meetings.workflow import MEETING
from app.org.queries import Choice
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
        blockings=queries.blockings(viewer.agency_id or 0),
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


@bp.route("/phong/<int:room_id>/khoa", methods=["GET", "POST"])
@requires(Permission.ROOM_MANAGE)
def block_room(room_id: int) -> ResponseReturnValue:
    """Khóa phòng."""
    room, form = queries.room(room_id, actor()), BlockingForm()
    if form.validate_on_submit() and form.attempt(
        service.block_room,
        room_id,
        starts_at=form.starts.data,
        ends_at=form.ends.data,
        reason=form.reason.data,
    ):
        flash(f"Đã khóa {room.name}.", "success")
        return redirect(url_for(".room_list"))
    return show_form("block_room", form, room=room, back=url_for(".room_list"))


@bp.route("/phong/khoa/<int:blocking_id>/bo", methods=["POST"])
@requires(Permission.ROOM_MANAGE)
def unblock_room(blocking_id: int) -> ResponseReturnValue:
    """Bỏ khóa phòng."""
    return press(service.unblock_room, blocking_id, done="Đã bỏ khóa phòng.", to=url_for(".room_list"))


@bp.route("/<int:meeting_id>/lay-phong", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def displace(meeting_id: int) -> ResponseReturnValue:
    """Lấy phòng đã có lịch cho cuộc họp của lãnh đạo; each meeting in the way is offered a free room."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "displace")
    rooms, form = queries.rooms(meeting.agency_id), TakeRoomForm(obj=meeting)
    form.room.offer([Choice(str(r.id), r.name, f"{r.capacity} chỗ") for r in rooms])
    if request.method == "GET":
        form.room.data = None
    if form.validate_on_submit() and form.attempt(
        service.displace, meeting_id, version=form.expected_version, room_id=form.room.data
    ):
        flash("Đã lấy phòng. Các cuộc họp nhường phòng được chuyển và báo cho thư ký của họ.", "success")
        return redirect(url_of(meeting))
    free = queries.free_rooms(meeting.agency_id, meeting.starts_at, meeting.ends_at, exclude=meeting.id)
    hint = f"Phòng còn trống để nhường: {', '.join(r.name for r in free) or 'không còn'}."
    return show_form(
        "act", form, meeting=meeting, title="Lấy phòng đã có lịch", submit="Lấy phòng", fields=("room",),
        when=when(meeting), back=url_of(meeting), danger=False, upload=False, hint=hint,
    )  # fmt: skip
