"""Trong và sau cuộc họp: điểm danh, chương trình chạy giờ, biên bản, kết luận và nhiệm vụ từ kết luận."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotAllowed
from app.core.records import RecordKind
from app.directives.models import DirectivePart
from app.meetings import policy, queries, service
from app.meetings.forms import InvitationForm, MinutesForm, RollForm
from app.meetings.models import AgendaItem, Meeting
from app.meetings.policy import Permission
from app.meetings.service import upper_of
from app.meetings.views import bp
from app.meetings.views.guests import guest_actor, qr_markup
from app.meetings.views.shared import press, render, show_form, url_of, when
from app.meetings.workflow import MEETING
from app.notifications.delivery import post_office
from app.web.actor import actor
from app.web.forms import ActionForm
from app.web.guards import public, requires
from app.web.records import url_for_record


@bp.route("/<int:meeting_id>/diem-danh", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def attendance(meeting_id: int) -> ResponseReturnValue:
    """Điểm danh theo danh sách, mã QR ở cửa."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "take_attendance")
    form = RollForm()
    if form.validate_on_submit() and form.attempt(
        service.take_attendance, meeting_id, shown=form.shown, present=form.present, more=form.others
    ):
        flash("Đã lưu điểm danh.", "success")
        return redirect(url_for(".attendance", meeting_id=meeting_id))
    rows = queries.roll(meeting)
    url = f"{post_office().address}{url_for('.door', token=meeting.door_token)}" if meeting.door_token else ""
    return show_form(
        "attendance", form, meeting=meeting, when=when(meeting), back=url_of(meeting), rows=rows, url=url,
        qr=Markup(qr_markup(url)) if url else "",  # noqa: S704 - drawn by our own library from our own address
        here=sum(r.at is not None for r in rows),
    )  # fmt: skip


@bp.route("/diem-danh/<token>", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def door(token: str) -> ResponseReturnValue:
    """Tự điểm danh: the page behind the code at the door."""
    viewer = actor()
    meeting = queries.by_door(token, viewer)
    if request.method == "POST":
        return press(service.check_in, token, done="Đã ghi nhận anh/chị có mặt.", to=url_of(meeting))
    return render("door", meeting=meeting, when=when(meeting), token=token)


@bp.route("/thu-moi/<token>/co-mat", methods=["POST"])
@public
def guest_check_in(token: str) -> ResponseReturnValue:
    """Khách tự điểm danh bằng đường dẫn cá nhân."""
    _meeting, invitee = queries.by_link(token)
    form = ActionForm()
    if form.validate_on_submit() and form.attempt_as(guest_actor(invitee), service.check_in_by_link, token):
        flash("Đã ghi nhận anh/chị có mặt.", "success")
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(url_for(".guest_answer", token=token))


@bp.route("/<int:meeting_id>/bien-ban", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def minutes(meeting_id: int) -> ResponseReturnValue:
    """Chương trình chạy giờ, diễn biến và kết luận."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "write_minutes")
    form = MinutesForm(obj=_Version(meeting))
    form.offer()
    if request.method == "GET":
        form.fill(meeting, queries.conclusions_of(meeting_id))
    notes = form.notes(meeting) if request.method == "POST" else {a.id: a.notes for a in meeting.agenda}
    if form.validate_on_submit() and form.judge_notes(notes):
        done = form.attempt(
            service.write_minutes, meeting_id, version=form.expected_version, notes=notes,
            closing=form.closing.data or "", conclusions=form.conclusions.data,
        )  # fmt: skip
        if done is not None:
            flash("Đã lưu biên bản, kết luận.", "success")
            return redirect(url_for(".minutes", meeting_id=meeting_id))
    available = {a.action for a in MEETING.available(viewer, meeting) if not a.refusals}
    return show_form(
        "minutes", form, meeting=meeting, when=when(meeting), back=url_of(meeting), notes=notes,
        timed=[_timed(a) for a in meeting.agenda], may_begin="begin_item" in available,
        may_draft="draft_conclusion" in available, may_assign="assign_conclusions" in available,
    )  # fmt: skip


class _Version:
    """Only the version is taken from the record; the form fills itself."""

    def __init__(self, meeting: Meeting) -> None:
        self.version = meeting.version


def _timed(item: AgendaItem) -> dict[str, Any]:
    """Một nội dung với giờ chạy: how long it was planned, how long it has taken."""
    end = item.ended_at or (clock.now() if item.started_at else None)
    taken = int((end - item.started_at).total_seconds() // 60) if item.started_at and end else None
    over = taken - item.minutes if taken is not None and item.minutes and taken > item.minutes else 0
    return {"item": item, "taken": taken, "over": over, "running": item.started_at and not item.ended_at}


@bp.route("/<int:meeting_id>/chuong-trinh/<int:item_id>/bat-dau", methods=["POST"])
@requires(Permission.MEETING_READ)
def begin_item(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Bắt đầu một nội dung chương trình."""
    return press(
        service.begin_item, meeting_id, item_id, done="Đã bắt đầu nội dung.",
        to=url_for(".minutes", meeting_id=meeting_id),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/bien-ban/in")
@requires(Permission.MEETING_READ)
def minutes_print(meeting_id: int) -> ResponseReturnValue:
    """Biên bản cuộc họp để in và ký."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    if not policy.is_organizer_or_chair(viewer, meeting):
        raise NotAllowed("Chỉ bên triệu tập in được biên bản cuộc họp.")
    rows = queries.roll(meeting)
    return render(
        "minutes_print", meeting=meeting, when=when(meeting), back_url=url_of(meeting), upper=upper_of(meeting.agency),
        here=[r for r in rows if r.at], away=[r for r in rows if not r.at], conclusions=queries.conclusions_of(meeting_id),
        words=service.conclusion_in_words,
    )  # fmt: skip


@bp.route("/<int:meeting_id>/trinh-ket-luan", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def draft_conclusion(meeting_id: int) -> ResponseReturnValue:
    """Trình thông báo kết luận."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "draft_conclusion")
    form = InvitationForm(obj=meeting)
    form.signer.label.text = "Người ký thông báo kết luận"
    form.offer(meeting)
    if form.validate_on_submit() and form.attempt(
        service.draft_conclusion, meeting_id, version=form.expected_version, signer_post_id=form.signer.data
    ):
        flash(
            "Đã trình thông báo kết luận. Khi văn thư phát hành, kết luận được ghi nhận là đã ban hành.",
            "success",
        )
        return redirect(url_of(meeting))
    return show_form(
        "act", form, meeting=meeting, title="Trình thông báo kết luận", submit="Trình thông báo kết luận",
        fields=("signer",), when=when(meeting), back=url_of(meeting), danger=False, upload=False,
        hint="Thông báo lập từ các kết luận đã ghi trong biên bản, gửi các cơ quan dự họp và cơ quan được giao.",
    )  # fmt: skip


@bp.route("/<int:meeting_id>/giao-nhiem-vu", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def assign_conclusions(meeting_id: int) -> ResponseReturnValue:
    """Giao nhiệm vụ theo kết luận: tick, press once."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "assign_conclusions")
    form = ActionForm()
    if form.validate_on_submit():
        chosen = [int(i) for i in request.form.getlist("item") if i.isascii() and i.isdigit() and len(i) < 19]
        if form.attempt(service.assign_conclusions, meeting_id, item_ids=chosen):
            flash(f"Đã giao {len(chosen):02d} nhiệm vụ theo kết luận.", "success")
            return redirect(url_of(meeting))
    return show_form(
        "assign_conclusions", form, meeting=meeting, when=when(meeting), back=url_of(meeting),
        items=queries.conclusions_of(meeting_id), url_of_part=_url_of_part,
    )  # fmt: skip


def _url_of_part(part: DirectivePart) -> str | None:
    return url_for_record(RecordKind.DIRECTIVE, part.id)


def directive_panel(viewer: Actor, part: DirectivePart) -> str | None:
    """Khối "Từ cuộc họp" trên trang nhiệm vụ."""
    found = queries.meeting_of_part(part.id, viewer)
    if found is None:
        return None
    meeting, item = found
    return render_template("meetings/panels/directive.html", meeting=meeting, item=item, when=when(meeting))
