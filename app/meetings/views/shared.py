"""Phần dùng chung của các trang cuộc họp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.audit.queries import TimelineItem
from app.audit.queries import timeline as entries_of
from app.core import clock
from app.core.actor import Actor
from app.core.records import RecordKind
from app.meetings import labels, policy, queries
from app.meetings.models import Invitee, Meeting, Paper, Room
from app.web.formatting import filesize, time_range, weekday
from app.web.forms import OfficeForm
from app.web.pages import form_page

# What others answered, and who was chased, is the convening side's business.
_REPLIES = {"InvitationAnswered", "InviteesReminded"}


def render(template: str, **values: Any) -> str:
    """Dựng trang của gói, với từ ngữ của cuộc họp."""
    return render_template(f"meetings/{template}.html", labels=labels, **values)


def show_form(template: str, form: OfficeForm, **values: Any) -> tuple[str, int]:
    """Trang có biểu mẫu."""
    return form_page(f"meetings/{template}.html", form, labels=labels, **values)


def url_of(meeting: Meeting) -> str:
    """Trang của cuộc họp."""
    return url_for("meetings.detail", meeting_id=meeting.id)


def when(meeting: Meeting) -> str:
    """Thời gian họp bằng chữ: "14:00–15:30, Thứ Năm, 26/11/2026"."""
    return f"{time_range(meeting.starts_at, meeting.ends_at)}, {weekday(meeting.starts_at)}"


def countdown(meeting: Meeting) -> str:
    """Còn bao lâu: "Hôm nay 10:00", "Đang họp", "Ngày mai 08:00"; empty when it is further off or over."""
    now, starts = clock.now(), clock.local(meeting.starts_at)
    if meeting.starts_at <= now < meeting.ends_at:
        return "Đang họp"
    days = (starts.date() - clock.today()).days
    if now < meeting.starts_at and days in (0, 1):
        return f"{'Hôm nay' if days == 0 else 'Ngày mai'} {starts:%H:%M}"
    return ""


def timeline_of(meeting: Meeting, viewer: Actor) -> list[dict[str, Any]]:
    """Quá trình của cuộc họp, as far as it concerns the viewer."""
    inside = policy.is_organizer_or_chair(viewer, meeting)
    items = entries_of(RecordKind.MEETING, meeting.id)
    return [_entry(item) for item in items if inside or item.event not in _REPLIES]


def _entry(item: TimelineItem) -> dict[str, Any]:
    behalf = f"thay mặt {item.acting_for}" if item.acting_for else ""
    detail = " · ".join(part for part in (item.title, behalf, item.note, *item.changes) if part)
    return {
        "at": item.at,
        "who": item.who,
        "verb": item.words,
        "detail": detail,
        "tone": "late" if item.tone == "bad" else "done",
    }


def papers_of(meeting: Meeting, viewer: Actor) -> list[dict[str, Any]]:
    """Tài liệu họp người này được đọc, bản đang dùng, cho khối tệp: by agenda item, late ones flagged."""
    order = {a.id: n for n, a in enumerate(meeting.agenda)}
    found = [p for p in meeting.papers if p.is_current and policy.reads_paper(viewer, meeting, p)]
    return [
        _paper(meeting, p) for p in sorted(found, key=lambda p: (order.get(p.agenda_item_id or 0, -1), p.id))
    ]


def _paper(meeting: Meeting, paper: Paper) -> dict[str, Any]:
    pages = f"{paper.stored.page_count} trang" if paper.stored.page_count else ""
    item = next((a.title for a in meeting.agenda if a.id == paper.agenda_item_id), "")
    late = meeting.papers_due_at is not None and paper.added_at > meeting.papers_due_at
    words = (
        pages, filesize(paper.stored.size), item, f"bản {paper.number}" if paper.number > 1 else "",
        labels.PAPER_RIGHTS[paper.rights] if paper.rights != "all" else "", "gửi muộn" if late else "",
    )  # fmt: skip
    return {
        "id": paper.id,
        "name": paper.name,
        "url": url_for("meetings.read_paper", meeting_id=meeting.id, paper_id=paper.id),
        "detail": " · ".join(w for w in words if w),
        "kind": paper.stored.kind,
        "late": late,
    }


def agenda_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Chương trình họp với giờ bắt đầu của từng nội dung."""
    at, shown = meeting.starts_at, []
    for item in meeting.agenda:
        minutes = f"{item.minutes} phút" if item.minutes else ""
        shown.append({"start": at, "title": item.title, "meta": [item.presenter, minutes]})
        at += timedelta(minutes=item.minutes)
    return shown


def name_of(invitee: Invitee) -> str:
    """Tên người hay cơ quan được mời."""
    return invitee.shown_name


def strips(
    rooms: Sequence[Room],
    day: date | None,
    hours: tuple[datetime, datetime] | None,
    *,
    people: int = 0,
    exclude: int | None = None,
) -> list[dict[str, Any]]:
    """Dải giờ 07–17 của các phòng: what is taken, what is wanted, and whether that fits."""
    taken = queries.day_bookings([r.id for r in rooms], day, exclude=exclude) if day and rooms else ()
    return [_strip(r, [b for b in taken if b.room_id == r.id], hours, people) for r in rooms]


def _strip(
    room: Room, taken: Sequence[queries.Booking], hours: tuple[datetime, datetime] | None, people: int
) -> dict[str, Any]:
    busy = [_span(b.starts_at, b.ends_at) for b in taken]
    if hours is None:
        state, tone = ("Có lịch", "blue") if taken else ("Trống cả ngày", "green")
    elif any(b.starts_at < hours[1] and b.ends_at > hours[0] for b in taken):
        state, tone = "Trùng lịch", "red"
    elif people > room.capacity:
        state, tone = f"Thiếu {people - room.capacity} chỗ", "amber"
    else:
        state, tone = "Còn trống", "green"
    wanted = _span(*hours) if hours and hours[1] > hours[0] else None
    return {"room": room, "busy": [s for s in busy if s], "wanted": wanted, "state": state, "tone": tone}


def _span(starts: datetime, ends: datetime) -> tuple[float, float] | None:
    """Giờ từ, giờ đến trong khung 07–17; nothing of what lies outside."""
    a, b = clock.local(starts), clock.local(ends)
    first, last = float(queries.OPENS.hour), float(queries.CLOSES.hour)
    span = (max(first, a.hour + a.minute / 60), min(last, b.hour + b.minute / 60))
    return span if span[0] < span[1] else None


def act_page(
    meeting: Meeting,
    form: OfficeForm,
    *,
    title: str,
    submit: str,
    act: Callable[..., Any],
    arguments: Callable[[], dict[str, Any]],
    done: str,
    fields: tuple[str, ...],
    danger: bool = False,
    hint: str = "",
    upload: bool = False,
) -> ResponseReturnValue:
    """Trang của một thao tác: shows the form, carries it out, tells the result and returns to the meeting."""
    if form.validate_on_submit() and form.attempt(act, meeting.id, **arguments()):
        flash(done, "success")
        return redirect(url_of(meeting))
    return show_form(
        "act", form, meeting=meeting, title=title, submit=submit, fields=fields, danger=danger, hint=hint,
        upload=upload, when=when(meeting), back=url_of(meeting),
    )  # fmt: skip


def press(act: Callable[..., Any], *arguments: Any, done: str, to: str, **named: Any) -> ResponseReturnValue:
    """Thao tác một lần bấm; a refusal is told on the page it came from.

    An act that takes a ``version`` is given the one the button was drawn from.
    """
    form = OfficeForm()
    if form.validate_on_submit():
        if "version" in named:
            named["version"] = form.expected_version
        if form.attempt(act, *arguments, **named):
            flash(done, "success")
            return redirect(to)
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(to, 303)
