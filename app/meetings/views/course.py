"""Dời, hủy, họp xong, kết luận."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from app.meetings import queries, service
from app.meetings.forms import CancelForm, ConclusionForm, HoldForm, MoveForm, WaiveForm
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import act_page, show_form, strips, url_of, when
from app.meetings.workflow import MEETING
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/<int:meeting_id>/doi-lich", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def move(meeting_id: int) -> ResponseReturnValue:
    """Dời cuộc họp, đổi phòng."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "move")
    form = MoveForm(obj=meeting)
    form.offer(viewer)
    if request.method == "GET":
        form.fill(meeting)
    looking = request.form.get("action") == "preview"
    if not looking and form.validate_on_submit() and form.schedule is not None:
        done = form.attempt(
            service.move, meeting_id, version=form.expected_version, schedule=form.schedule,
            reason=form.reason.data, answer_by=form.answer_by.data,
        )  # fmt: skip
        if done is not None:
            flash("Đã đổi lịch họp và báo cho mọi thành phần đã mời.", "success")
            return redirect(url_of(meeting))
    people = 1 + sum(i.seats for i in meeting.invitees)
    return show_form(
        "move",
        form,
        meeting=meeting,
        when=when(meeting),
        strips=strips(form.rooms, form.day.data, form.hours, people=people, exclude=meeting.id),
        back=url_of(meeting),
    )


@bp.route("/<int:meeting_id>/huy", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Hủy cuộc họp."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "cancel")
    form = CancelForm(obj=meeting)
    told = "Mọi thành phần đã mời được báo hủy; phòng họp được trả lại." if meeting.called_at else ""
    return act_page(
        meeting,
        form,
        title="Hủy cuộc họp",
        submit="Hủy cuộc họp",
        act=service.cancel,
        arguments=lambda: {"version": form.expected_version, "reason": form.reason.data},
        done="Đã hủy cuộc họp.",
        fields=("reason",),
        danger=True,
        hint=told or "Dự thảo chưa gửi cho ai; phòng họp được trả lại.",
    )


@bp.route("/<int:meeting_id>/ket-thuc", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def hold(meeting_id: int) -> ResponseReturnValue:
    """Xác nhận đã họp."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "hold")
    form = HoldForm(obj=meeting)
    limits = queries.shown_limits(meeting.agency_id)
    return act_page(
        meeting,
        form,
        title="Xác nhận đã họp",
        submit="Xác nhận đã họp",
        act=service.hold,
        arguments=lambda: {"version": form.expected_version, "needs_conclusion": form.needs_conclusion.data},
        done="Đã xác nhận cuộc họp đã họp xong.",
        fields=("needs_conclusion",),
        hint=f"Thông báo kết luận ban hành trong {limits.conclusion_days:02d} ngày làm việc sau cuộc họp ({limits.source}).",
    )


@bp.route("/<int:meeting_id>/ket-luan", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def record_conclusion(meeting_id: int) -> ResponseReturnValue:
    """Ghi nhận thông báo kết luận đã ban hành."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "record_conclusion")
    form = ConclusionForm(obj=meeting)

    def arguments() -> dict[str, int | None]:
        document = queries.issued_document(form.reference.data or "", viewer)
        return {"version": form.expected_version, "document_id": document.id if document else 0}

    return act_page(
        meeting,
        form,
        title="Ghi nhận kết luận đã ban hành",
        submit="Ghi nhận",
        act=service.record_conclusion,
        arguments=arguments,
        done="Đã ghi nhận thông báo kết luận.",
        fields=("reference",),
        hint="Văn bản đi đã phát hành của cơ quan, ví dụ 118/TB-VP.",
    )


@bp.route("/<int:meeting_id>/khong-ket-luan", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def waive_conclusion(meeting_id: int) -> ResponseReturnValue:
    """Ghi nhận không ban hành thông báo kết luận."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "waive_conclusion")
    form = WaiveForm(obj=meeting)
    return act_page(
        meeting,
        form,
        title="Không ban hành kết luận",
        submit="Ghi nhận",
        act=service.waive_conclusion,
        arguments=lambda: {"version": form.expected_version, "reason": form.reason.data},
        done="Đã ghi nhận cuộc họp không ban hành thông báo kết luận.",
        fields=("reason",),
    )
