"""Giấy mời và danh sách đại biểu để in."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotAllowed
from app.documents.service.letters import COMMITTEES, upper_of
from app.meetings import policy, queries
from app.meetings.models import Answer, Invitee, Meeting
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import name_of, render, url_of, when
from app.org.models import Agency
from app.org.models.structure import AgencyKind
from app.web.actor import actor
from app.web.guards import requires

_ROOM_TO_SIGN = "\u00a0" * 24  # the empty column must not shrink


@bp.route("/<int:meeting_id>/giay-moi")
@requires(Permission.MEETING_READ)
def invitation(meeting_id: int) -> ResponseReturnValue:
    """Giấy mời theo thể thức Nghị định 30/2020, mẫu 1.7; not yet numbered or signed."""
    meeting = queries.meeting(meeting_id, actor())
    return render(
        "invitation_print",
        meeting=meeting,
        upper=upper_of(meeting.agency),
        symbol=f"GM-{meeting.agency.abbreviation}",
        signature=_signature(meeting.agency),
        name_of=name_of,
        back_url=url_of(meeting),
        day=clock.local(meeting.called_at).date() if meeting.called_at else clock.today(),
    )


def _signature(agency: Agency) -> list[str]:
    """Quyền hạn, chức vụ của người đứng đầu cơ quan triệu tập."""
    if agency.kind in COMMITTEES:
        return ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    return ["GIÁM ĐỐC"] if agency.kind == AgencyKind.DEPARTMENT else ["THỦ TRƯỞNG CƠ QUAN"]


@bp.route("/<int:meeting_id>/danh-sach")
@requires(Permission.MEETING_READ)
def attendees(meeting_id: int) -> ResponseReturnValue:
    """Danh sách đại biểu có cột ký tên."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    if not policy.is_organizer_or_chair(viewer, meeting):
        raise NotAllowed("Chỉ bên triệu tập in được danh sách đại biểu.")
    rows = delegates(meeting)
    return render(
        "attendees_print", meeting=meeting, when=when(meeting), back_url=url_of(meeting), upper=upper_of(meeting.agency),
        rows=[[n, r["name"], r["title"], r["agency"], r["note"], _ROOM_TO_SIGN] for n, r in enumerate(rows, start=1)],
    )  # fmt: skip


def delegates(meeting: Meeting) -> list[dict[str, Any]]:
    """Những người sẽ dự, theo cơ quan: named people, and an empty line for each seat not yet named."""
    found: list[dict[str, Any]] = []
    for agency, invitees in queries.agencies_of(meeting):
        for invitee in invitees:
            found += [{**row, "agency": agency} for row in _of(invitee)]
    return found


def _of(invitee: Invitee) -> list[dict[str, str]]:
    if invitee.answer == Answer.ABSENT:
        return []
    note = "" if invitee.answer else "Chưa phản hồi"
    if invitee.answer == Answer.SUBSTITUTE:
        note = f"Dự thay {name_of(invitee)}" if not invitee.is_agency else "Dự thay"
    named = [{"name": a.name, "title": a.title, "note": note} for a in invitee.attendees]
    if named or invitee.is_agency:
        return named + [{"name": "", "title": "", "note": note}] * (invitee.seats - len(named))
    return [{"name": name_of(invitee), "title": invitee.shown_title, "note": note}]
