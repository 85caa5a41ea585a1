"""Soạn và sửa cuộc họp."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.working_days import shown_calendar
from app.meetings import queries, service
from app.meetings.forms import MeetingForm
from app.meetings.models import Meeting, MeetingState
from app.meetings.policy import Permission
from app.meetings.service import upper_of
from app.meetings.views import bp
from app.meetings.views.shared import show_form, strips, url_of
from app.meetings.workflow import MEETING
from app.org.models import Agency
from app.web.actor import actor
from app.web.guards import accepts_files, requires
from app.web.uploads import receive


@bp.route("/moi", methods=["GET", "POST"])
@requires(Permission.MEETING_CALL)
@accepts_files
def create() -> ResponseReturnValue:
    """Soạn cuộc họp, có thể theo một cuộc họp trước; save a draft, or invite at once."""
    viewer, model = actor(), _model()
    form = MeetingForm()
    form.offer(viewer)
    if request.method == "GET":
        form.begin(viewer)
        if model is not None:
            form.fill(model, copy=True)
        days = queries.shown_limits(viewer.agency_id).invitation_days
        form.day.data = shown_calendar().add(clock.today(), days)
    if not _only_looking() and form.validate_on_submit():
        made = _make(form, viewer)
        if made is not None:
            return redirect(url_of(made))
    return _page(form, viewer, None)


def _make(form: MeetingForm, viewer: Actor) -> Meeting | None:
    uploads = receive(form, form.papers)
    if uploads is None:
        return None
    what = (form.details, form.schedule, form.guests(viewer), uploads)
    action = request.form.get("action")
    made: Meeting | None
    if action == "invite":
        made = form.attempt(service.create_and_draft_invitation, *what, signer_post_id=form.signer_post_id)
    else:
        made = form.attempt(service.create_and_call if action == "call" else service.create, *what)
    if made is not None:
        flash(_DONE.get(action or "", _DONE["draft"]), "success")
    elif uploads:
        form.refuse("papers", "Hãy chọn lại tệp tài liệu trước khi gửi lại.")
    return made


_DONE = {
    "call": "Đã mời họp.",
    "invite": "Đã soạn cuộc họp và trình giấy mời. Khi giấy mời phát hành, mọi thành phần được mời.",
    "draft": "Đã lưu dự thảo. Phòng họp được giữ cho cuộc họp này.",
}


@bp.route("/<int:meeting_id>/sua", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Sửa cuộc họp."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "edit")
    form = MeetingForm(obj=_Version(meeting.version))
    form.offer(viewer, meeting)
    if request.method == "GET":
        form.fill(meeting)
    if not _only_looking() and form.validate_on_submit():
        saved = form.attempt(
            service.edit, meeting_id, version=form.expected_version, details=form.details,
            guests=form.guests(viewer), schedule=form.schedule,
        )  # fmt: skip
        if saved is not None:
            flash("Đã lưu thay đổi.", "success")
            return redirect(url_of(meeting))
    return _page(form, viewer, meeting)


class _Version:
    """Only the version is taken from the record; the form fills itself."""

    def __init__(self, version: int) -> None:
        self.version = version


def _only_looking() -> bool:
    """Xem thử: nothing is saved."""
    return request.form.get("action") == "preview"


def _model() -> Meeting | None:
    asked = request.args.get("tu", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise NotFound
    found = queries.meeting(int(asked), actor())
    if found.agency_id != actor().agency_id:
        raise NotFound
    return found


def _page(form: MeetingForm, viewer: Actor, meeting: Meeting | None) -> ResponseReturnValue:
    wish = form.wish(viewer)
    asked = "day" in form
    agency = queries.host(viewer.agency_id or 0)
    looked = _only_looking()
    return show_form(
        "plan",
        form,
        meeting=meeting,
        heading="Sửa cuộc họp" if meeting is not None else "Soạn cuộc họp",
        previous=queries.previous(viewer.agency_id or 0, viewer)
        if meeting is None and request.method == "GET"
        else [],
        strips=strips(
            form.rooms,
            form.day.data,
            form.hours,
            people=wish.people if wish else 0,
            exclude=meeting.id if meeting is not None else None,
        )
        if asked
        else [],
        warnings=queries.warnings(viewer, wish, queries.shown_limits(viewer.agency_id))
        if wish is not None and looked
        else [],
        looked=looked,
        suggested=queries.suggested(viewer.agency_id or 0, wish.starts_at, wish.ends_at, wish.people)[:3]
        if wish is not None and looked and asked
        else [],
        preview=_preview(form, viewer, agency, meeting, wish),
        is_called=meeting is not None and meeting.state == MeetingState.CALLED,
        back=url_of(meeting) if meeting is not None else url_for(".week"),
    )


def _preview(
    form: MeetingForm, viewer: Actor, agency: Agency, meeting: Meeting | None, wish: queries.Wish | None
) -> dict[str, Any]:
    """Nội dung giấy mời xem trước, from what is typed so far."""
    chair = next((c for c in form.chair.options if c.value == str(form.chair.data)), None)
    starts = wish.starts_at if wish is not None else meeting.starts_at if meeting is not None else None
    room = wish.room if wish is not None else None
    named = {c.value: c.label for c in form.agencies.options}
    people = {c.value: c.label for c in form.people.options}
    agencies = dict.fromkeys(a for a, _seats in form.guests(viewer).agencies)
    place = room.name if room is not None else (form.place.data or "") if "place" in form else ""
    return {
        "agency": agency,
        "upper": upper_of(agency),
        "title": form.title.data or "",
        "chair": f"{chair.label}, {chair.detail}" if chair else "",
        "starts": starts,
        "place": place or (meeting.location if meeting is not None else ""),
        "invited": [named[str(a)] for a in agencies if str(a) in named]
        + [people[str(p)] for p in form.people.data or [] if str(p) in people],
        "requirements": form.requirements.data or "",
        "today": clock.today(),
    }
