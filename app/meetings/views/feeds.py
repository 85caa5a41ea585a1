"""Lịch theo dõi từ ngoài."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.core import clock
from app.meetings import queries, service
from app.meetings.models import CalendarFeed
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import press, render
from app.notifications.delivery import post_office
from app.web.actor import actor
from app.web.guards import public, requires


@bp.route("/lich/<token>/lich.ics")
@public
def feed(token: str) -> Response:
    """Lịch mà chương trình lịch đọc; the address itself is the key."""
    found = queries.feed(token)
    name = (
        found.room.name
        if found.room is not None
        else f"Lịch họp {found.person.full_name if found.person else ''}"
    )
    content = service.calendar_feed(name, queries.feed_meetings(found), post_office().address, clock.now())
    answer = Response(content, mimetype="text/calendar")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.route("/lich-ngoai")
@requires(Permission.MEETING_READ)
def feeds() -> ResponseReturnValue:
    """Địa chỉ lịch của mình và của các phòng họp."""
    viewer = actor()
    keeps = viewer.can(Permission.ROOM_MANAGE)
    rooms = queries.rooms(viewer.agency_id or 0) if keeps else ()
    known = queries.room_feeds(viewer.agency_id or 0) if keeps else {}
    return render(
        "feeds", own=_url(queries.own_feed(viewer)), rooms=[(r, _url(known.get(r.id))) for r in rooms]
    )


def _url(found: CalendarFeed | None) -> str:
    return f"{post_office().address}{url_for('.feed', token=found.token)}" if found is not None else ""


@bp.route("/lich-ngoai/mo", methods=["POST"])
@requires(Permission.MEETING_READ)
def open_feed() -> ResponseReturnValue:
    """Mở hoặc đổi địa chỉ lịch của mình."""
    return press(
        service.open_feed,
        done="Đã có địa chỉ lịch mới. Địa chỉ cũ không còn dùng được.",
        to=url_for(".feeds"),
    )


@bp.route("/lich-ngoai/dong", methods=["POST"])
@requires(Permission.MEETING_READ)
def close_feed() -> ResponseReturnValue:
    """Đóng địa chỉ lịch của mình."""
    return press(service.close_feed, done="Đã đóng địa chỉ lịch.", to=url_for(".feeds"))


@bp.route("/lich-ngoai/phong/<int:room_id>/mo", methods=["POST"])
@requires(Permission.ROOM_MANAGE)
def open_room_feed(room_id: int) -> ResponseReturnValue:
    """Mở hoặc đổi địa chỉ lịch của một phòng."""
    return press(
        service.open_feed, room_id, done="Đã có địa chỉ lịch mới cho phòng họp.", to=url_for(".feeds")
    )


@bp.route("/lich-ngoai/phong/<int:room_id>/dong", methods=["POST"])
@requires(Permission.ROOM_MANAGE)
def close_room_feed(room_id: int) -> ResponseReturnValue:
    """Đóng địa chỉ lịch của một phòng."""
    return press(
        service.close_feed, room_id, done="Đã đóng địa chỉ lịch của phòng họp.", to=url_for(".feeds")
    )
