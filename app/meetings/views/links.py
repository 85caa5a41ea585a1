"""Đường dẫn cá nhân của thành phần mời, ý kiến về người dự thay, họp đột xuất, thiếp mời."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.errors import InputRejected, NotAllowed, NotFound
from app.meetings import labels, policy, queries, service
from app.meetings.models import Invitee, Meeting
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.guests import guest_url, qr_markup
from app.meetings.views.shared import name_of, press, render, url_of, when
from app.meetings.workflow import MEETING
from app.web.actor import actor
from app.web.guards import requires


def _inside(meeting_id: int) -> Meeting:
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    if not policy.is_organizer_or_chair(viewer, meeting):
        raise NotAllowed("Chỉ bên triệu tập xem được đường dẫn của các thành phần mời.")
    return meeting


@bp.route("/<int:meeting_id>/loi-moi/<int:invitee_id>")
@requires(Permission.MEETING_READ)
def link(meeting_id: int, invitee_id: int) -> ResponseReturnValue:
    """Đường dẫn cá nhân và mã QR của một thành phần mời, để đưa tận tay hoặc in lên thiếp."""
    meeting = _inside(meeting_id)
    invitee = next((i for i in meeting.invitees if i.id == invitee_id), None)
    if invitee is None:
        raise NotFound
    url = guest_url(invitee) if invitee.link_token else ""
    return render(
        "link", meeting=meeting, invitee=invitee, when=when(meeting), name=name_of(invitee), url=url,
        qr=Markup(qr_markup(url)) if url else "",  # noqa: S704 - drawn by our own library from our own address
        may_change=policy.is_organizer(actor(), meeting), back=url_for(".replies", meeting_id=meeting.id),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/loi-moi/<int:invitee_id>/cap-lai", methods=["POST"])
@requires(Permission.MEETING_READ)
def renew_link(meeting_id: int, invitee_id: int) -> ResponseReturnValue:
    """Cấp đường dẫn mới."""
    return press(
        service.renew_link, meeting_id, invitee_id, done="Đã cấp đường dẫn mới. Đường dẫn cũ không còn dùng được.",
        to=url_for(".link", meeting_id=meeting_id, invitee_id=invitee_id),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/loi-moi/<int:invitee_id>/thu-hoi", methods=["POST"])
@requires(Permission.MEETING_READ)
def revoke_link(meeting_id: int, invitee_id: int) -> ResponseReturnValue:
    """Thu hồi đường dẫn."""
    return press(
        service.revoke_link, meeting_id, invitee_id, done="Đã thu hồi đường dẫn.",
        to=url_for(".link", meeting_id=meeting_id, invitee_id=invitee_id),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/loi-moi/<int:invitee_id>/du-thay", methods=["POST"])
@requires(Permission.MEETING_READ)
def decide_substitute(meeting_id: int, invitee_id: int) -> ResponseReturnValue:
    """Chủ trì đồng ý hay không đồng ý người dự thay."""
    agrees = request.form.get("agrees") == "1"
    return press(
        service.decide_substitute, meeting_id, invitee_id, agrees=agrees,
        done="Đã đồng ý người dự thay." if agrees else "Đã đề nghị trả lời lại.",
        to=url_for(".replies", meeting_id=meeting_id),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/dot-xuat", methods=["POST"])
@requires(Permission.MEETING_READ)
def mark_unplanned(meeting_id: int) -> ResponseReturnValue:
    """Ghi nhận họp đột xuất với một lý do trong danh sách."""
    viewer, chosen = actor(), request.form.get("reason", "")
    MEETING.check(viewer, queries.meeting(meeting_id, viewer), "mark_unplanned")
    if chosen not in {str(n) for n in range(len(labels.UNPLANNED))}:
        raise InputRejected("Hãy chọn một lý do họp đột xuất trong danh sách.")
    return press(
        service.mark_unplanned, meeting_id, reason=labels.UNPLANNED[int(chosen)], done="Đã ghi nhận họp đột xuất.",
        to=url_for(".detail", meeting_id=meeting_id),
    )  # fmt: skip


@bp.route("/<int:meeting_id>/thiep-moi")
@requires(Permission.MEETING_READ)
def cards(meeting_id: int) -> ResponseReturnValue:
    """Thiếp mời có tên từng người, cho sự kiện quan trọng; each with the QR of its personal address."""
    meeting = _inside(meeting_id)
    if not meeting.is_key_event:
        raise NotFound
    return render(
        "cards_print",
        meeting=meeting,
        back_url=url_of(meeting),
        when=when(meeting),
        cards=[_card(i) for i in meeting.invitees],
    )


def _card(invitee: Invitee) -> dict[str, object]:
    qr = Markup(qr_markup(guest_url(invitee))) if invitee.link_token else ""  # noqa: S704 - our own drawing
    return {"name": name_of(invitee), "title": invitee.shown_title, "body": invitee.shown_body, "qr": qr}
