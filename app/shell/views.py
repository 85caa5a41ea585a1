"""Bàn làm việc của mỗi vai trò; trợ giúp; thư viện thành phần cho quản trị."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.records import RecordKind
from app.directives.labels import DIRECTIVE, JUDGEMENTS
from app.directives.views.shared import due_of
from app.meetings.labels import MEETING
from app.org.policy import Permission
from app.shell import queries
from app.web.actor import actor
from app.web.guards import requires, signed_in
from app.web.home import blocks_for, glances_for
from app.web.records import url_for_record

bp = Blueprint("shell", __name__, template_folder="templates")


@bp.route("/")
@signed_in
def home() -> ResponseReturnValue:
    """Bàn làm việc: what to do next, by role."""
    viewer = actor()
    return render_template(
        "shell/home.html",
        glances=glances_for(viewer),
        main=blocks_for(viewer, "main"),
        side=blocks_for(viewer, "side"),
        at=clock.local(clock.now()),
        stands_in=viewer.stands_in,
    )


@bp.route("/tro-giup")
@signed_in
def help_page() -> ResponseReturnValue:
    """Trợ giúp: công việc thường ngày và phím tắt."""
    return render_template("shell/help.html")


@bp.route("/thanh-phan")
@requires(Permission.SYSTEM_WATCH)
def gallery() -> ResponseReturnValue:
    """Thư viện thành phần giao diện."""
    return render_template("gallery.html")


@bp.route("/chuoi/nhiem-vu/<int:part_id>")
@signed_in
def chain_of_part(part_id: int) -> ResponseReturnValue:
    """Chuỗi công việc quanh một nhiệm vụ."""
    return _chain(
        queries.of_part(part_id, viewer=actor()), ("Nhiệm vụ", url_for("directives.part", part_id=part_id))
    )


@bp.route("/chuoi/van-ban/<int:document_id>")
@signed_in
def chain_of_document(document_id: int) -> ResponseReturnValue:
    """Chuỗi công việc quanh một văn bản."""
    chain = queries.of_document(document_id, viewer=actor())
    own = next((d for d in chain.documents if d.id == document_id), None)
    kind = RecordKind.OUTGOING if own is not None and own.direction == "outgoing" else RecordKind.INCOMING
    return _chain(chain, ("Văn bản", url_for_record(kind, document_id) or url_for(".home")))


@bp.route("/chuoi/cuoc-hop/<int:meeting_id>")
@signed_in
def chain_of_meeting(meeting_id: int) -> ResponseReturnValue:
    """Chuỗi công việc quanh một cuộc họp."""
    chain = queries.of_meeting(meeting_id, viewer=actor())
    return _chain(chain, ("Cuộc họp", url_for("meetings.detail", meeting_id=meeting_id)))


def _chain(chain: queries.Chain, back: tuple[str, str]) -> ResponseReturnValue:
    closing = chain.answers
    return render_template(
        "shell/chain.html",
        chain=chain,
        back=back,
        given=[d for d in chain.documents if d.id not in closing],
        closing=[d for d in chain.documents if d.id in closing],
        state_words=DIRECTIVE.states,
        state_tones=DIRECTIVE.tones,
        meeting_words=MEETING.states,
        judged=JUDGEMENTS,
        due_of=due_of,
        kinds=RecordKind,
        url_for_record=url_for_record,
    )
