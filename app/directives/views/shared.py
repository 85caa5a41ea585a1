"""Phần dùng chung của các trang chỉ đạo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.audit.queries import TimelineItem
from app.core import clock
from app.core.errors import StaleVersion, Violations, WrongState
from app.core.workflow import Workflow
from app.core.working_days import days_late, days_left, due_day, shown_calendar
from app.directives import labels
from app.directives.models import DirectivePart, PartState
from app.directives.workflow import DIRECTIVE
from app.web.actor import actor
from app.web.formatting import DeadlineChip, deadline_chip
from app.web.formatting import date as dmy
from app.web.forms import OfficeForm
from app.web.pages import form_page

_SHOWN = 220
_PLAN_DAYS = 120
_STILL = {
    PartState.WITHDRAWN: ("Đã thu hồi", "circle-x"),
    PartState.CANCELLED: ("Đã hủy", "ban"),
    PartState.PAUSED: ("Tạm dừng", "player-pause"),
}


def due_of(row: Any, now: datetime | None = None) -> DeadlineChip:
    """Nhãn hạn của một đầu việc, now or as at a past moment; its report decides once it is reported done."""
    cal, now = shown_calendar(), now or clock.now()
    if row.state in _STILL:
        words, icon = _STILL[row.state]
        return DeadlineChip("none", words, icon=icon)
    closed_at = row.reported_done_at
    late = days_late(row.due_at, closed_at or now, cal) if row.due_at else None
    left = days_left(row.due_at, now, cal) if row.due_at else None
    chip = deadline_chip(row.due_at, row.soon_at, closed_at, late, now, days_left=left)
    if row.state == PartState.REPORTED_DONE:
        in_time = row.due_at is None or row.reported_done_at < row.due_at
        words = f"Báo cáo {dmy(row.reported_done_at)}" if in_time else f"Báo cáo trễ hạn {late} ngày"
        return replace(chip, tone="ok" if in_time else "none", words=words, days=words, icon="clock")
    return chip


def local_day(moment: datetime) -> date:
    """Ngày Việt Nam của một thời điểm."""
    return clock.local(moment).date()


def plan_range(rows: Sequence[Any], today: date) -> tuple[date, date]:
    """Khoảng ngày mà các thanh kế hoạch của một bảng trải trên đó, so that they can be compared by eye."""
    starts = [local_day(r.assigned_at) for r in rows]
    ends = [due_day(r.due_at) for r in rows if r.due_at]
    first = max(min([today, *starts]), today - timedelta(days=_PLAN_DAYS))
    last = min(max([today + timedelta(days=14), *ends]), today + timedelta(days=_PLAN_DAYS))
    return first, last


def stamp_of(urgency: int) -> str:
    """Dấu khẩn, hoặc rỗng."""
    return labels.URGENCY[urgency] if urgency else ""


def source_of(row: Any) -> str:
    """Nguồn giao bằng lời: the document's number and day, the body above, or a direct order."""
    document = ""
    if row.source_reference:
        document = row.source_reference
        if row.source_issued_on:
            document += f" ngày {dmy(row.source_issued_on)}"
    if row.external_body:
        return f"{row.external_body}, {document}" if document else str(row.external_body)
    return document or "Chỉ đạo trực tiếp"


def url_of(part: DirectivePart) -> str:
    """Trang của đầu việc."""
    return url_for("directives.part", part_id=part.id)


def entry_of(item: TimelineItem) -> dict[str, Any]:
    """Một dòng của khối quá trình."""
    behalf = f"thay mặt {item.acting_for}" if item.acting_for else ""
    note = item.note if len(item.note) <= _SHOWN else f"{item.note[:_SHOWN].rstrip()}…"
    return {
        "at": item.at,
        "who": item.who,
        "verb": item.words,
        "detail": " · ".join(part for part in (item.title, behalf, note, *item.changes) if part),
        "tone": "late" if item.tone == "bad" else "done",
    }


def act_page(
    part: DirectivePart,
    form: OfficeForm,
    action: str,
    *,
    submit: str,
    act: Callable[..., Any],
    arguments: Callable[[], dict[str, Any]],
    done: str,
    fields: tuple[str, ...],
    title: str = "",
    hint: str = "",
    danger: bool = False,
    upload: bool = False,
) -> ResponseReturnValue:
    """Trang của một thao tác: not drawn when it cannot be done; carried out, told, and back to the part.

    :raises NotAllowed, WrongState, Violations: it cannot be done now, with the reason in words.
    """
    admit(DIRECTIVE, part, action, form)
    if not form.is_submitted():
        form.version.data = str(part.version)
    if form.validate_on_submit() and form.attempt(act, part.id, version=form.expected_version, **arguments()):
        flash(done, "success")
        return redirect(url_of(part))
    return act_form(
        part, form, title=title or labels.DIRECTIVE.actions[action].words, submit=submit, fields=fields,
        hint=hint, danger=danger, upload=upload,
    )  # fmt: skip


def admit(workflow: Workflow, record: Any, action: str, form: OfficeForm) -> None:
    """Ai được mở biểu mẫu: whoever may not do it gets none; a state that has moved on refuses a page that is only
    being opened, while what was typed comes back with its form.
    """
    try:
        workflow.check(actor(), record, action)
    except (Violations, WrongState):
        if not form.is_submitted():
            raise


def act_form(
    part: DirectivePart, form: OfficeForm, *, drawn_from: Any = None, **values: Any
) -> ResponseReturnValue:
    """Trang biểu mẫu của một thao tác trên đầu việc.

    :param drawn_from: whose version the form carries, when it is not the part's; after a refusal for a stale one the
        form shows what is now, and the next try is made knowingly.
    """
    if form.status == StaleVersion.status:
        form.version.data = str((drawn_from or part).version)
        form.version.raw_data = [form.version.data]
    return form_page("directives/act.html", form, part=part, back=url_of(part), due=due_of(part), **values)


def press(act: Callable[..., Any], *arguments: Any, done: str, to: str) -> ResponseReturnValue:
    """Thao tác một lần bấm, with the version the button was drawn from; a refusal is told on the page it came from."""
    form = OfficeForm()
    if form.validate_on_submit() and form.attempt(act, *arguments, version=form.expected_version):
        flash(done, "success")
        return redirect(to)
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(to, 303)
