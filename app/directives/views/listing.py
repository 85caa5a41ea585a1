"""Danh sách nhiệm vụ: giao đi, được giao, phối hợp, cấp trên giao; now or as at a past day."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.core.actor import Actor
from app.core.working_days import due_day
from app.directives import labels, queries
from app.directives.forms import FilterForm, SaveFilterForm, UrgeManyForm
from app.directives.policy import Permission
from app.directives.queries import PartFilter, Status, View
from app.directives.views import bp
from app.directives.views.shared import due_of, local_day, plan_range, source_of, stamp_of
from app.web.actor import actor
from app.web.guards import requires
from app.web.pagination import Page, requested_key

OURS = (View.GIVEN, View.ABOVE, View.ASKED)
STATUS_WORDS = {
    Status.LATE: "Quá hạn",
    Status.SOON: "Sắp đến hạn",
    Status.IN_TIME: "Còn hạn",
    Status.UNDATED: "Không hạn",
    Status.REPORTED: "Chờ xác nhận",
    Status.EXTENSION: "Đề nghị gia hạn",
    Status.COMPLETED: "Hoàn thành",
    Status.ON_TIME: "Xong đúng hạn",
    Status.DONE_LATE: "Xong trễ hạn",
    Status.ON_TIME_AT_FIRST: "Xong đúng hạn ban đầu",
    Status.OPEN: "Chưa hoàn thành",
    Status.PAUSED: "Tạm dừng",
    Status.WITHDRAWN: "Đã thu hồi, hủy",
    Status.ALL: "Tất cả",
}
_WORK = (Status.OPEN, Status.LATE, Status.SOON, Status.REPORTED, Status.COMPLETED, Status.ALL)
TABS = {
    View.GIVEN: (
        Status.LATE,
        Status.SOON,
        Status.IN_TIME,
        Status.UNDATED,
        Status.REPORTED,
        Status.EXTENSION,
        Status.COMPLETED,
        Status.PAUSED,
        Status.WITHDRAWN,
        Status.ALL,
    ),
    View.RECEIVED: _WORK,
    View.SUPPORTING: _WORK,
    View.ASKED: _WORK,
    View.ABOVE: (
        Status.OPEN,
        Status.LATE,
        Status.SOON,
        Status.IN_TIME,
        Status.REPORTED,
        Status.COMPLETED,
        Status.ALL,
    ),
}
ENDPOINTS = {
    View.GIVEN: "directives.index",
    View.RECEIVED: "directives.received",
    View.SUPPORTING: "directives.supporting",
    View.ABOVE: "directives.above",
    View.ASKED: "directives.asked",
}
TITLES = {
    View.GIVEN: "Theo dõi chỉ đạo",
    View.RECEIVED: "Nhiệm vụ được giao",
    View.SUPPORTING: "Nhiệm vụ phối hợp",
    View.ABOVE: "Nhiệm vụ cấp trên giao",
    View.ASKED: "Đã đề nghị phối hợp",
}
_SELDOM = (Status.PAUSED, Status.WITHDRAWN)  # tabs that stand there only while they hold something
# the view one goes to beside a list, by its last tab
_BESIDE = {
    View.GIVEN: (View.ABOVE, "Cấp trên giao"),
    View.ASKED: (View.GIVEN, "Nhiệm vụ đã giao"),
    View.ABOVE: (View.GIVEN, "Mọi nguồn giao"),
    View.RECEIVED: (View.SUPPORTING, "Phối hợp"),
    View.SUPPORTING: (View.RECEIVED, "Chủ trì"),
}
_EMPTY = {
    Status.LATE: "Không có nhiệm vụ quá hạn.",
    Status.SOON: "Không có nhiệm vụ sắp đến hạn.",
    Status.REPORTED: "Không có báo cáo hoàn thành chờ xác nhận.",
    Status.EXTENSION: "Không có đề nghị gia hạn chờ quyết định.",
    Status.OPEN: "Không còn nhiệm vụ chưa hoàn thành.",
}


@bp.route("")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """Theo dõi chỉ đạo: nhiệm vụ giao đi."""
    return _listed(View.GIVEN)


@bp.route("/duoc-giao")
@requires(Permission.READ)
def received() -> ResponseReturnValue:
    """Nhiệm vụ được giao."""
    return _listed(View.RECEIVED)


@bp.route("/phoi-hop")
@requires(Permission.READ)
def supporting() -> ResponseReturnValue:
    """Nhiệm vụ phối hợp."""
    return _listed(View.SUPPORTING)


@bp.route("/cap-tren")
@requires(Permission.READ)
def above() -> ResponseReturnValue:
    """Nhiệm vụ cấp trên giao."""
    return _listed(View.ABOVE)


@bp.route("/de-nghi-phoi-hop")
@requires(Permission.READ)
def asked() -> ResponseReturnValue:
    """Đã đề nghị cơ quan khác phối hợp."""
    return _listed(View.ASKED)


def _listed(view: View) -> ResponseReturnValue:
    viewer, after = actor(), requested_key()
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer(viewer, view)
    valid = form.validate()
    wanted = form.wanted(view, TABS[view][0])
    counts = queries.tab_counts(viewer, wanted, _tabs_of(wanted)) if valid else {}
    # A filter that cannot be read shows its fault and no rows: rows of another filter would mislead.
    rows, following = queries.part_page(viewer, wanted, after=after) if valid else ([], None)
    page = Page(rows, following, after is None)
    moment = queries.moment_of(wanted, clock.now())
    mark = clock.local(moment).date()
    return render_template(
        "directives/list.html",
        form=form,
        view=view.value,
        title=TITLES[view],
        wanted=wanted,
        page=page,
        tabs=[*_tabs(wanted, counts), *_beside(view)],
        status_words=STATUS_WORDS,
        is_narrowed=wanted.is_narrowed,
        total=counts.get(wanted.status, 0),
        urge=UrgeManyForm() if _may_urge(viewer, wanted) else None,
        kept=kept_filter(),
        letter_url=url_for("directives.urge_in_writing", **_letter(wanted)),
        ways=_ways(view),
        saved=_saved(viewer, view),
        save=SaveFilterForm(),
        clear_url=address(view, **{"tinh-trang": wanted.status.value}),
        may_assign=viewer.can(Permission.ASSIGN),
        plan=plan_range(rows, mark),
        mark=mark,
        at=clock.local(clock.now()),
        labels=labels,
        due_of=partial(due_of, now=moment),
        local_day=local_day,
        due_day=due_day,
        empty_words=_EMPTY,
        source_of=source_of,
        stamp_of=stamp_of,
    ), 200 if valid else 422


def _tabs_of(wanted: PartFilter) -> list[Status]:
    listed = list(TABS[wanted.view])
    return listed if wanted.status in listed else [*listed, wanted.status]


def _tabs(wanted: PartFilter, counts: dict[Status, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": STATUS_WORDS[status],
            "url": address(wanted.view, **kept_filter() | {"tinh-trang": status.value}),
            "count": ("99+" if counts[status] >= 100 else counts[status]) if status in counts else None,
            "current": status == wanted.status,
            "tone": "late" if status == Status.LATE else "",
        }
        for status in _tabs_of(wanted)
        if status == wanted.status or status not in _SELDOM or counts.get(status)
    ]


def _beside(view: View) -> list[dict[str, Any]]:
    others = [_BESIDE[view]] + ([(View.ASKED, "Đề nghị phối hợp")] if view == View.GIVEN else [])
    return [
        {"label": words, "url": address(other), "count": None, "current": False, "tone": ""}
        for other, words in others
    ]


def address(view: View, **arguments: str) -> str:
    """Đường dẫn của danh sách trong một góc nhìn, với bộ lọc."""
    values: dict[str, Any] = dict(arguments)
    return url_for(ENDPOINTS[view], **values)


def kept_filter(source: MultiDict[str, str] | None = None) -> dict[str, str]:
    """Bộ lọc như nó đứng trên địa chỉ, không kể khóa trang."""
    names = (
        "tinh-trang",
        "co-quan",
        "nguoi-giao",
        "nguon",
        "tu",
        "den",
        "q",
        "tai-ngay",
        "xong-tu",
        "van-ban",
        "chuong-trinh",
    )
    return {n: v for n in names if (v := (source or request.args).get(n, ""))}


def _letter(wanted: PartFilter) -> dict[str, Any]:
    """The address of a letter urging all of this list."""
    return {**kept_filter(), "tinh-trang": wanted.status.value, "xem": wanted.view.value}


def _ways(view: View) -> list[dict[str, Any]]:
    """Cách xem khác của cùng danh sách, với cùng bộ lọc."""
    values: dict[str, Any] = {**kept_filter(), "xem": view.value}
    each = [
        ("Danh sách", address(view, **kept_filter()), True),
        ("Bảng", url_for("directives.board", **values), False),
        ("Lịch hạn", url_for("directives.due_calendar", **values), False),
        ("Bảng tính", url_for("directives.list_sheet", **values), False),
    ]
    if view in OURS and actor().can(Permission.FIGURES_READ):
        each += [
            ("Theo cơ quan", url_for("directives.by_agency"), False),
            ("Báo cáo theo kỳ", url_for("directives.period"), False),
            ("Chương trình, kế hoạch", url_for("directives.programmes"), False),
        ]
    return [
        {"label": words, "url": url, "count": None, "current": here, "tone": ""} for words, url, here in each
    ]


def _saved(viewer: Actor, view: View) -> list[dict[str, Any]]:
    return [
        {"id": f.id, "name": f.name, "url": address(view, **f.conditions)}
        for f in queries.saved_filters(viewer, view)
    ]


def _may_urge(viewer: Actor, wanted: PartFilter) -> bool:
    open_ones = (*queries.WORKING_STATUSES, Status.EXTENSION)
    return (
        wanted.view in OURS
        and wanted.status in open_ones
        and wanted.as_at is None
        and viewer.can(Permission.URGE)
    )
