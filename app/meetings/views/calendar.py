"""Lịch tuần: của tôi, của cơ quan, giấy mời chờ trả lời; kết luận chưa ban hành."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.actor import Actor
from app.core.working_days import days_late, days_left, due_instant, shown_calendar, soon_instant
from app.meetings import labels, policy, queries
from app.meetings.models import MeetingState
from app.meetings.policy import Permission
from app.meetings.queries import Entry
from app.meetings.views import bp
from app.meetings.views.shared import render
from app.web.actor import actor
from app.web.formatting import DeadlineChip, deadline_chip
from app.web.guards import requires
from app.web.navigation import counts

_MOST = 100
_FIRST, _LAST = date(2000, 1, 3), date(2199, 12, 31)


def asked_day() -> date:
    """Ngày trong địa chỉ; anything malformed means today."""
    try:
        day = date.fromisoformat(request.args.get("ngay", "")[:10])
    except ValueError:
        return clock.today()
    return day if _FIRST <= day <= _LAST else clock.today()


def _view(viewer: Actor) -> str:
    asked = request.args.get("xem", "")
    return "co-quan" if asked == "co-quan" and policy.sees_agency(viewer) else "toi"


@bp.route("")
@requires(Permission.MEETING_READ)
def week() -> ResponseReturnValue:
    """Lịch công tác tuần, hoặc một ngày (``khoang=ngay``)."""
    viewer, day = actor(), asked_day()
    if request.args.get("xem") == "cho":
        return _waiting(viewer)
    one_day = request.args.get("khoang") == "ngay"
    monday = queries.monday_of(day)
    view = _view(viewer)
    found = queries.entries(viewer, day if one_day else monday, 1 if one_day else 7, own=view == "toi")
    if one_day:
        found = [e for e in found if e.state != MeetingState.CANCELLED]
    days = [d for d in queries.week(found, monday) if not one_day or d.date == day]
    kept: dict[str, Any] = {"xem": view} if view != "toi" else {}
    return render(
        "week",
        heading=f"Lịch ngày {day:%d/%m/%Y}" if one_day else f"Lịch công tác tuần {monday.isocalendar().week}",
        monday=monday,
        sunday=monday + timedelta(days=6),
        one_day=one_day,
        days=[_drawn(d) for d in days],
        tabs=tabs_for(viewer, view, day, len(found)),
        earlier=url_for(".week", ngay=(monday - timedelta(days=7)).isoformat(), **kept),
        later=url_for(".week", ngay=(monday + timedelta(days=7)).isoformat(), **kept),
        this_week=url_for(".week", **kept),
        print_url=url_for(".week_print", ngay=monday.isoformat(), **kept),
        may_call=viewer.can(Permission.MEETING_CALL),
        published_url=url_for(".published_week", ngay=monday.isoformat()),
    )


def tabs_for(viewer: Actor, view: str, day: date | None, shown: int | None) -> list[dict[str, Any]]:
    """Các phạm vi lịch, dưới dạng tab."""
    at: dict[str, Any] = {"ngay": day.isoformat()} if day else {}
    tabs = [{"label": "Của tôi", "url": url_for(".week", **at), "current": view == "toi"}]
    if policy.sees_agency(viewer):
        tabs.append(
            {
                "label": "Của cơ quan",
                "url": url_for(".week", **at, xem="co-quan"),
                "current": view == "co-quan",
            }
        )
    for tab in tabs:
        tab["count"] = shown if tab["current"] else None
    return [
        *tabs,
        {
            "label": "Giấy mời chờ trả lời",
            "url": url_for(".week", xem="cho"),
            "current": view == "cho",
            "count": counts(viewer).get("meetings_waiting", 0),
        },
        {"label": "Phòng họp", "url": url_for(".room_list"), "current": view == "phong", "count": None},
    ]


def _drawn(day: queries.Day) -> dict[str, Any]:
    return {
        "date": day.date,
        "today": day.today,
        "morning": [_event(e) for e in day.morning],
        "afternoon": [_event(e) for e in day.afternoon],
    }


def _event(entry: Entry) -> dict[str, Any]:
    tag, tag_tone = "", "amber"
    if entry.state == MeetingState.CANCELLED:
        tag, tag_tone = "Đã hủy", "grey"
    elif entry.waits:
        tag = "Chờ trả lời"
    return {
        "at": entry.starts_at,
        "title": entry.title,
        "url": url_for(".detail", meeting_id=entry.id),
        "detail": detail_of(entry),
        "tone": _tone(entry),
        "tag": tag,
        "tag_tone": tag_tone,
    }


def _tone(entry: Entry) -> str:
    if entry.state == MeetingState.CANCELLED:
        return "cancelled"
    if entry.state == MeetingState.DRAFT:
        return "draft"
    return " ".join(t for t, on in (("chair", entry.chairs), ("past", entry.is_past)) if on)


def detail_of(entry: Entry) -> str:
    """Dòng phụ của một cuộc họp trên lịch: where, in what part, how many answered."""
    if entry.state == MeetingState.DRAFT:
        return f"{labels.MEETING.states['draft']} · {entry.location or 'Chưa có phòng'}"
    open_yet = entry.state == MeetingState.CALLED and not entry.is_past
    answers = f"{entry.answered}/{entry.invited} phản hồi" if entry.invited and open_yet else ""
    part = _part(entry)
    return " · ".join(w for w in (entry.location, part, answers) if w)


def _part(entry: Entry) -> str:
    if entry.chairs:
        return "Chủ trì"
    if entry.keeps:
        return "Thư ký"
    return "Dự" if entry.takes_part else f"{entry.chair_name} chủ trì"


def _waiting(viewer: Actor) -> str:
    rows = queries.waiting(viewer, limit=_MOST)
    return render("waiting", rows=rows, tabs=tabs_for(viewer, "cho", None, None))


@bp.route("/in")
@requires(Permission.MEETING_READ)
def week_print() -> ResponseReturnValue:
    """Lịch công tác tuần để in, khổ A4."""
    viewer, monday = actor(), queries.monday_of(asked_day())
    view = _view(viewer)
    found = queries.entries(viewer, monday, 7, own=view == "toi")
    shown = [e for e in found if e.state in (MeetingState.CALLED, MeetingState.HELD)]
    return render(
        "week_print",
        monday=monday,
        sunday=monday + timedelta(days=6),
        days=queries.week(shown, monday),
        of_agency=view == "co-quan",
        back_url=url_for(".week", ngay=monday.isoformat(), xem=view if view != "toi" else None),
    )


@bp.route("/chuan-bi")
@requires(Permission.MEETING_CALL)
def preparation() -> ResponseReturnValue:
    """Chuẩn bị họp: các cuộc họp sắp tới còn nơi chưa phản hồi, chưa có tài liệu."""
    viewer = actor()
    found = queries.upcoming(viewer)
    return render(
        "preparation",
        silent=queries.silent(found),
        bare=queries.without_papers(found, papers_horizon(viewer)),
    )


def papers_horizon(viewer: Actor) -> datetime:
    """Cuộc họp trước mốc này thì tài liệu phải có rồi."""
    last = shown_calendar().add(clock.today(), queries.shown_limits(viewer.agency_id).papers_days)
    return clock.instant(last + timedelta(days=1))


@bp.route("/ket-luan")
@requires(Permission.MEETING_CALL)
def conclusions() -> ResponseReturnValue:
    """Kết luận chưa ban hành, hạn sớm trước."""
    return render("conclusions", rows=queries.conclusions_owed(actor(), limit=_MOST), due_of=due_of)


def due_of(row: queries.Owed) -> DeadlineChip:
    """Nhãn hạn ban hành kết luận."""
    due_at, now, days = due_instant(row.due_on), clock.now(), shown_calendar()
    soon_at = soon_instant(clock.local(row.held_on).date(), due_at, days)
    return deadline_chip(
        due_at, soon_at, None, days_late(due_at, now, days), now, days_left=days_left(due_at, now, days)
    )
