"""Bảng theo tình trạng, lịch hạn, bảng tính của một danh sách; lưu bộ lọc."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.working_days import due_day
from app.directives import labels, queries, service
from app.directives.forms import FilterForm, SaveFilterForm
from app.directives.policy import Permission
from app.directives.queries import PartFilter, Status, View
from app.directives.views import bp
from app.directives.views.listing import STATUS_WORDS, TABS, TITLES, address, kept_filter
from app.directives.views.shared import due_of, source_of
from app.web import office_files
from app.web.actor import actor
from app.web.formatting import date as dmy
from app.web.forms import OfficeForm
from app.web.guards import requires

_HEAD = (
    "Mã", "Nội dung chỉ đạo", "Nguồn giao", "Người chỉ đạo", "Cơ quan chủ trì", "Ngày giao", "Hạn ban đầu", "Hạn hiện tại",
    "Trạng thái", "Tiến độ (%)", "Cập nhật", "Báo cáo hoàn thành", "Số lần đôn đốc",
)  # fmt: skip


def _view_of() -> View:
    return next((v for v in View if v == request.args.get("xem")), View.GIVEN)


def _wanted(view: View) -> tuple[FilterForm, PartFilter | None]:
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer(actor(), view)
    return form, form.wanted(view, TABS[view][0]) if form.validate() else None


@bp.route("/bang")
@requires(Permission.READ)
def board() -> ResponseReturnValue:
    """Bảng theo tình trạng của một danh sách (``?xem=`` và bộ lọc của nó)."""
    view = _view_of()
    form, wanted = _wanted(view)
    columns = queries.board(actor(), wanted) if wanted else {}
    counts = queries.tab_counts(actor(), wanted, queries.BOARD) if wanted else {}
    kept = {k: v for k, v in kept_filter().items() if k != "tinh-trang"}
    return render_template(
        "directives/board.html",
        form=form,
        title=TITLES[view],
        columns=[
            {
                "words": STATUS_WORDS[status],
                "late": status == Status.LATE,
                "count": "99+" if counts[status] >= 100 else counts[status],
                "url": address(view, **kept | {"tinh-trang": status.value}),
                "rows": rows,
            }
            for status, rows in columns.items()
        ],
        back=address(view, **kept_filter()),
        due_of=due_of,
        given=view in (View.GIVEN, View.ABOVE, View.ASKED),
    ), 200 if wanted else 422


@bp.route("/lich-han")
@requires(Permission.READ)
def due_calendar() -> ResponseReturnValue:
    """Lịch hạn của một tháng (``?thang=mm/yyyy``)."""
    view = _view_of()
    form, wanted = _wanted(view)
    first = _month(request.args.get("thang", ""))
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    days = queries.month(actor(), wanted, first, last) if wanted else {}
    kept: dict[str, Any] = {
        k: v for k, v in kept_filter().items() if k not in ("tu", "den", "tinh-trang")
    } | {"xem": view.value}
    return render_template(
        "directives/due_calendar.html",
        form=form,
        title=TITLES[view],
        days=sorted(days.items()),
        first=first,
        total=sum(len(rows) for rows in days.values()),
        earlier=url_for(".due_calendar", **kept, thang=f"{first - timedelta(days=1):%m/%Y}"),
        later=url_for(".due_calendar", **kept, thang=f"{last + timedelta(days=1):%m/%Y}"),
        back=address(view, **kept_filter()),
        due_of=due_of,
        given=view in (View.GIVEN, View.ABOVE, View.ASKED),
    ), 200 if wanted else 422


def _month(asked: str) -> date:
    month, _, year = asked.partition("/")
    if month.isascii() and year.isascii() and month.isdigit() and year.isdigit() and len(asked) <= 7:
        number, whole = int(month), int(year)
        if 1 <= number <= 12 and 2000 <= whole <= 2100:
            return date(whole, number, 1)
    return clock.today().replace(day=1)


@bp.route("/bang-tinh")
@requires(Permission.READ)
def list_sheet() -> ResponseReturnValue:
    """Danh sách đang lọc ra bảng tính."""
    view = _view_of()
    _form, wanted = _wanted(view)
    if wanted is None:
        return redirect(address(view, **kept_filter()))
    rows, more = queries.all_rows(actor(), wanted)
    at = clock.local(clock.now())
    notes = [f"{STATUS_WORDS[wanted.status]}; lập lúc {at:%H:%M, %d/%m/%Y}"]
    if more:
        notes.append(f"Chỉ {len(rows)} dòng đầu; hãy lọc hẹp hơn để lấy phần còn lại.")
    content = office_files.sheet(TITLES[view], notes, _HEAD, [_line(r) for r in rows])
    answer: Response = office_files.attachment(content, office_files.XLSX, f"nhiem-vu-{at:%Y%m%d-%H%M}.xlsx")
    return answer


def _line(row: Any) -> list[office_files.Cell]:
    def day(moment: Any) -> str:
        return dmy(due_day(moment)) if moment else ""

    return [
        row.code,
        row.content,
        source_of(row),
        row.assigner_name,
        row.lead_name,
        dmy(row.assigned_at),
        day(row.original_due_at),
        day(row.due_at) or "Không hạn",
        labels.DIRECTIVE.states[row.state],
        row.percent,
        dmy(row.last_update_at) if row.last_update_at else "",
        dmy(row.reported_done_at) if row.reported_done_at else "",
        row.urging_count,
    ]


@bp.route("/bo-loc", methods=["POST"])
@requires(Permission.READ)
def save_filter() -> ResponseReturnValue:
    """Lưu bộ lọc đang xem."""
    form, view = SaveFilterForm(), next((v for v in View if v == request.form.get("xem")), View.GIVEN)
    conditions = kept_filter(request.form)
    back = address(view, **conditions)
    if form.validate_on_submit() and form.attempt(
        service.save_filter, view=view, name=form.name.data or "", conditions=conditions
    ):
        flash(f"Đã lưu bộ lọc {form.name.data}.", "success")
        return redirect(back)
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(back, 303)


@bp.route("/bo-loc/<int:filter_id>/bo", methods=["POST"])
@requires(Permission.READ)
def remove_filter(filter_id: int) -> ResponseReturnValue:
    """Bỏ một bộ lọc đã lưu."""
    form, view = OfficeForm(), next((v for v in View if v == request.form.get("xem")), View.GIVEN)
    if form.validate_on_submit() and form.attempt(service.remove_filter, filter_id):
        flash("Đã bỏ bộ lọc.", "success")
    return redirect(address(view), 303)
