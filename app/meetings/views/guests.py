"""Trả lời giấy mời bằng đường dẫn cá nhân, không đăng nhập."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actor import Actor
from app.meetings import labels, queries, service
from app.meetings.forms import GuestAnswerForm
from app.meetings.models import Invitee, Meeting, MeetingState
from app.meetings.views import bp
from app.meetings.views.shared import agenda_of, when
from app.meetings.workflow import answers_open, door_is_open
from app.notifications.delivery import post_office
from app.web.actor import client_address
from app.web.guards import public
from app.web.pages import form_page


def guest_actor(invitee: Invitee) -> Actor:
    """Người cầm đường dẫn: no account, so no person; the history says whose invitation was answered, and from where."""
    return Actor(None, None, None, None, invitee.shown_name, "", "", ip=client_address())


@bp.route("/thu-moi/<token>", methods=["GET", "POST"])
@public
def guest_answer(token: str) -> ResponseReturnValue:
    """Giấy mời của một người: what, when, where, and the three answers."""
    meeting, invitee = queries.by_link(token)
    form = GuestAnswerForm(obj=_Version(invitee))
    refusal = _refusal(meeting)
    if request.method == "GET":
        form.fill(invitee)
    if refusal is None and form.validate_on_submit():
        done = form.attempt_as(
            guest_actor(invitee), service.answer_by_link, token, version=form.expected_version, answer=form.chosen,
            reason=form.reason.data or "", people=form.named,
        )  # fmt: skip
        if done is not None:
            flash(f"Đã ghi nhận: {labels.ANSWERS[form.chosen]}. Cảm ơn anh/chị.", "success")
            return redirect(url_for(".guest_answer", token=token))
    return _private(
        form_page(
            "meetings/guest.html", form, **_values(meeting, invitee, token), refusal=refusal, labels=labels
        )
    )


class _Version:
    """Only the version is taken from the invitation; the form fills itself."""

    def __init__(self, invitee: Invitee) -> None:
        self.version = invitee.version


def _values(meeting: Meeting, invitee: Invitee, token: str) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "invitee": invitee,
        "token": token,
        "when": when(meeting),
        "agenda": agenda_of(meeting),
        "agency_name": meeting.agency.name,
        "may_check_in": meeting.state == MeetingState.CALLED
        and door_is_open(meeting) is None
        and clock.now() <= meeting.ends_at,
        "home_url": url_for(".guest_answer", token=token),
    }


def _refusal(meeting: Meeting) -> str | None:
    if meeting.state == MeetingState.CANCELLED:
        return f"Cuộc họp đã hủy. {meeting.cancel_reason}"
    if meeting.state == MeetingState.HELD:
        return "Cuộc họp đã họp xong."
    return answers_open(meeting)


def _private(page: tuple[str, int]) -> Response:
    """The address is a key: no search engine keeps it, no other site learns it."""
    answer = Response(page[0], status=page[1], mimetype="text/html")
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@bp.route("/thu-moi/<token>/lich.ics")
@public
def guest_calendar(token: str) -> Response:
    """Tệp lịch cho người cầm đường dẫn."""
    meeting, _invitee = queries.by_link(token)
    office = post_office()
    url = f"{office.address}{url_for('.guest_answer', token=token)}"
    content = service.calendar_file(
        meeting,
        method="PUBLISH",
        sequence=meeting.sequence,
        organizer=service.Organizer(meeting.agency.email or office.sender, meeting.agency.name),
        addressee=None,
        url=url,
        description=f"{service.description(meeting)}\n\n{url}",
        stamp=clock.now(),
    )
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="cuoc-hop.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def qr_markup(words: str) -> str:
    """Mã QR dạng SVG nằm trong trang."""
    import segno

    return str(segno.make(words, error="m").svg_inline(scale=4, border=2))


def guest_url(invitee: Invitee) -> str:
    """Địa chỉ đầy đủ của đường dẫn cá nhân, như in trên giấy và trong mã QR."""
    path = url_for("meetings.guest_answer", token=invitee.link_token)
    return f"{post_office().address}{path}"
