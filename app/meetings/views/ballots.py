"""Biểu quyết, lấy ý kiến."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotAllowed
from app.meetings import labels, policy, queries, service
from app.meetings.forms import BallotForm, VoteForm
from app.meetings.models import Ballot, Meeting
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import press, show_form, url_of, when
from app.meetings.workflow import MEETING
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/<int:meeting_id>/bieu-quyet", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def ballots(meeting_id: int) -> ResponseReturnValue:
    """Các phiếu lấy ý kiến của cuộc họp; the convening side opens new ones."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    inside = policy.is_organizer_or_chair(viewer, meeting)
    if not inside and not queries.voters_of(viewer, meeting):
        raise NotAllowed("Chỉ thành viên cuộc họp và bên triệu tập xem được phiếu lấy ý kiến.")
    form = BallotForm()
    if request.method == "GET":
        form.options.data = "\n".join(labels.OPINIONS)
    if form.validate_on_submit():
        made = form.attempt(
            service.open_ballot, meeting_id, title=form.title.data, options=form.listed,
            quorum_percent=form.quorum_percent.data, closes_at=form.closes_at.data,
        )  # fmt: skip
        if made is not None:
            flash("Đã mở phiếu lấy ý kiến và báo các thành viên.", "success")
            return redirect(url_for(".ballots", meeting_id=meeting_id))
    found = queries.ballots(meeting_id)
    return show_form(
        "ballots", form, meeting=meeting, when=when(meeting), back=url_of(meeting), inside=inside,
        may_open=any(a.action == "open_ballot" for a in MEETING.available(viewer, meeting)),
        rows=[_shown(b, meeting, inside=inside) for b in found],
    )  # fmt: skip


def _shown(ballot: Ballot, meeting: Meeting, *, inside: bool) -> dict[str, Any]:
    """Một phiếu để xem: the figures once it is closed, before that only for the convening side."""
    counted = queries.count(ballot, meeting)
    is_open = ballot.closed_at is None and (ballot.closes_at is None or ballot.closes_at > clock.now())
    return {
        "ballot": ballot,
        "count": counted,
        "is_open": is_open,
        "figures": list(zip(ballot.options, counted.votes, strict=True)) if inside or not is_open else [],
    }


@bp.route("/<int:meeting_id>/bieu-quyet/<int:ballot_id>", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def vote(meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Cho ý kiến về một phiếu."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    ballot = queries.ballot(ballot_id, meeting_id)
    voters = queries.voters_of(viewer, meeting)
    if not voters:
        raise NotAllowed("Chỉ thành viên cuộc họp, hoặc người được cử dự thay, được biểu quyết.")
    chosen = request.values.get("tu-cach", voters[0][0])
    voter = next((v for v in voters if v[0] == chosen), voters[0])
    form = VoteForm()
    form.option.choices = [(str(n), words) for n, words in enumerate(ballot.options)]
    cast = next((v for v in ballot.votes if v.voter == voter[0]), None)
    if request.method == "GET" and cast is not None:
        form.option.data, form.note.data = str(cast.option), cast.note
    if form.validate_on_submit():
        done = form.attempt(
            service.cast_vote, meeting_id, ballot_id, voter=voter[0], option=int(form.option.data or "-1"),
            note=form.note.data or "",
        )  # fmt: skip
        if done is not None:
            flash("Đã ghi nhận ý kiến. Đổi được đến khi đóng phiếu.", "success")
            return redirect(url_for(".ballots", meeting_id=meeting_id))
    return show_form(
        "vote", form, meeting=meeting, ballot=ballot, voter=voter, voters=voters, cast=cast, when=when(meeting),
        back=url_for(".ballots", meeting_id=meeting_id), shown=_shown(ballot, meeting, inside=False),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/bieu-quyet/<int:ballot_id>/dong", methods=["POST"])
@requires(Permission.MEETING_READ)
def close_ballot(meeting_id: int, ballot_id: int) -> ResponseReturnValue:
    """Đóng phiếu, chốt kết quả."""
    return press(
        service.close_ballot, meeting_id, ballot_id, done="Đã đóng phiếu, kết quả đã chốt.",
        to=url_for(".ballots", meeting_id=meeting_id),
    )  # fmt: skip
