"""Trả lời giấy mời; kết quả mời; nhắc nơi chưa phản hồi."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import NotAllowed
from app.meetings import labels, policy, queries, service
from app.meetings.forms import AnswerForm
from app.meetings.models import Invitee, Meeting, MeetingState
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import (
    agenda_of,
    countdown,
    name_of,
    papers_of,
    press,
    render,
    show_form,
    url_of,
    when,
)
from app.meetings.workflow import MEETING
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/<int:meeting_id>/tra-loi")
@requires(Permission.MEETING_READ)
def answer_first(meeting_id: int) -> ResponseReturnValue:
    """Trả lời giấy mời của mình, hay của cơ quan mình."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    own = queries.own_invitees(viewer, meeting)
    if not own:
        raise NotAllowed("Cuộc họp này không có giấy mời nào anh/chị được trả lời.")
    return redirect(url_for(".answer", meeting_id=meeting_id, invitee_id=own[0].id))


@bp.route("/<int:meeting_id>/tra-loi/<int:invitee_id>", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def answer(meeting_id: int, invitee_id: int) -> ResponseReturnValue:
    """Trả lời một giấy mời: tham dự, cử người dự thay, báo vắng."""
    viewer = actor()
    invitee = queries.invitee(invitee_id, meeting_id, viewer)
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "answer")
    form = AnswerForm(obj=_Version(invitee))
    form.offer(invitee)
    if request.method == "GET":
        form.fill(invitee, request.args.get("chon"))
    if form.validate_on_submit():
        done = form.attempt(
            service.answer, meeting_id, invitee_id, version=form.expected_version, answer=form.chosen,
            reason=form.reason.data or "", people=form.named, myself=_goes_himself(invitee),
        )  # fmt: skip
        if done is not None:
            flash(f"Đã trả lời: {labels.ANSWERS[form.chosen]}. Có thể đổi trước giờ họp.", "success")
            return redirect(_next(meeting))
    return show_form(
        "answer", form, meeting=meeting, invitee=invitee, name=name_of(invitee), when=when(meeting),
        back=url_of(meeting), others=[i for i in queries.own_invitees(viewer, meeting) if i.id != invitee.id],
        name_of=name_of,
    )  # fmt: skip


class _Version:
    """Only the version is taken from the invitation; the form fills itself."""

    def __init__(self, invitee: Invitee) -> None:
        self.version = invitee.version


def _goes_himself(invitee: Invitee) -> bool:
    """Lãnh đạo bấm “Tham dự” một lần cho cơ quan mình thì chính mình đi."""
    return "myself" in request.form and invitee.is_agency and policy.is_leader(actor())


def _next(meeting: Meeting) -> str:
    """Back to where the button stood; names of places only, never addresses."""
    places = {"home": "shell.home", "waiting": "meetings.week"}
    asked = request.form.get("next", "")
    if asked not in places:
        return url_of(meeting)
    return url_for(places[asked], xem="cho" if asked == "waiting" else None)


@bp.route("/<int:meeting_id>/ket-qua-moi")
@requires(Permission.MEETING_READ)
def replies(meeting_id: int) -> ResponseReturnValue:
    """Kết quả mời: nơi chưa phản hồi lên đầu, tổng hợp theo cơ quan."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    if not policy.is_organizer_or_chair(viewer, meeting):
        raise NotAllowed(
            "Chỉ bên triệu tập xem được phản hồi của mọi nơi. Phản hồi của cơ quan anh/chị có ở trang cuộc họp."
        )
    may_remind = any(a.action == "remind" and not a.refusals for a in MEETING.available(viewer, meeting))
    return render(
        "replies",
        meeting=meeting,
        when=when(meeting),
        countdown=countdown(meeting),
        tally=queries.tally(meeting.invitees),
        rows=queries.replies(meeting),
        name_of=name_of,
        may_remind=may_remind and meeting.state == MeetingState.CALLED,
        may_decide=policy.is_chair(viewer, meeting) and meeting.state == MeetingState.CALLED,
        papers=papers_of(meeting, viewer),
        agenda=agenda_of(meeting),
    )


@bp.route("/<int:meeting_id>/nhac", methods=["POST"])
@requires(Permission.MEETING_READ)
def remind(meeting_id: int) -> ResponseReturnValue:
    """Nhắc mọi nơi chưa phản hồi, hoặc một nơi."""
    asked = [int(i) for i in request.form.getlist("invitee") if i.isascii() and i.isdigit() and len(i) < 19]
    back = {"home": url_for("shell.home"), "detail": url_for(".detail", meeting_id=meeting_id)}
    return press(
        service.remind,
        meeting_id,
        done="Đã nhắc nơi chưa phản hồi." if asked else "Đã nhắc mọi nơi chưa phản hồi.",
        to=back.get(request.form.get("next", ""), url_for(".replies", meeting_id=meeting_id)),
        invitee_ids=asked or None,
    )
