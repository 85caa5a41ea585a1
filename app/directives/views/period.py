"""Báo cáo tình hình thực hiện nhiệm vụ theo kỳ: trên trang, ra bảng tính, ra văn bản; chốt số liệu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.directives import queries, service
from app.directives.forms import FreezeForm, PeriodForm
from app.directives.policy import Permission
from app.directives.queries import By, Happened, PeriodRow, Status, View
from app.directives.views import bp
from app.directives.views.listing import STATUS_WORDS, address
from app.web import office_files
from app.web.actor import actor
from app.web.formatting import date as dmy
from app.web.guards import requires
from app.web.pages import form_page

COLUMNS = (
    Status.ON_TIME,
    Status.DONE_LATE,
    Status.REPORTED,
    Status.IN_TIME,
    Status.SOON,
    Status.UNDATED,
    Status.LATE,
)
_DIMENSIONS = {By.AGENCY: "Cơ quan chủ trì", By.LEADER: "Người chỉ đạo", By.SOURCE: "Nguồn giao"}
_FILTERS = {By.AGENCY: "co-quan", By.LEADER: "nguoi-giao", By.SOURCE: "nguon"}
_HAPPENED = {Happened.URGED: "Đôn đốc", Happened.EXTENDED: "Gia hạn", Happened.RETURNED: "Trả lại"}


@dataclass(frozen=True)
class Asked:
    """Kỳ và chiều được hỏi."""

    by: By
    starts_on: date
    ends_on: date
    form: PeriodForm
    is_valid: bool

    @property
    def address(self) -> dict[str, Any]:
        """Như nó đứng trên địa chỉ."""
        return {"theo": self.by.value, "tu": dmy(self.starts_on), "den": dmy(self.ends_on)}


def _asked() -> Asked:
    form, today = PeriodForm(request.args, meta={"csrf": False}), clock.today()
    valid = form.validate()
    by = next((b for b in By if b == request.args.get("theo")), By.AGENCY)
    last = form.ends_on.data or today
    first = form.starts_on.data or last.replace(month=1, day=1)
    return Asked(by, first, last, form, valid)


@bp.route("/bao-cao")
@requires(Permission.FIGURES_READ)
def period() -> ResponseReturnValue:
    """Báo cáo của một kỳ, theo cơ quan, lãnh đạo hoặc nguồn giao; mỗi số mở đúng các đầu việc của nó."""
    asked, viewer = _asked(), actor()
    rows = queries.period(viewer, asked.by, asked.starts_on, asked.ends_on) if asked.is_valid else []
    return render_template(
        "directives/period.html",
        asked=asked,
        form=asked.form,
        tabs=[
            {
                "label": words,
                "url": url_for(".period", **asked.address | {"theo": by.value}),
                "current": by == asked.by,
            }
            for by, words in _DIMENSIONS.items()
        ],
        columns=[(s, STATUS_WORDS[s]) for s in COLUMNS],
        happened=_HAPPENED if asked.by == By.AGENCY else {},
        rows=[_shown(r, asked) for r in rows],
        total=_shown(queries.total_of_period(rows), asked),
        frozen=queries.frozen_periods(viewer),
        words=_DIMENSIONS[asked.by],
        at=clock.local(clock.now()),
    ), 200 if asked.is_valid else 422


def _shown(row: PeriodRow, asked: Asked) -> dict[str, Any]:
    return {
        "name": row.name,
        "head": row.head,
        "late": row.late,
        "total": sum(row.of(s) for s in COLUMNS),
        "cells": [(row.of(s), _rows_url(row, s, asked)) for s in COLUMNS],
        "rate": row.on_time_rate,
        "first_rate": row.first_rate,
        "delay": f"{row.average_delay:.1f}".replace(".", ",") if row.average_delay is not None else "",
        "happened": [(row.happened.get(k, 0), _happened_url(row, k, asked)) for k in _HAPPENED],
    }


def _rows_url(row: PeriodRow, status: Status, asked: Asked) -> str:
    values = {"tinh-trang": status.value}
    if row.key:
        values[_FILTERS[asked.by]] = row.key
    if asked.ends_on < clock.today():
        values["tai-ngay"] = dmy(asked.ends_on)
    if status in queries.COMPLETED_STATUSES:
        values["xong-tu"] = dmy(asked.starts_on)
    return address(View.GIVEN, **values)


def _happened_url(row: PeriodRow, kind: Happened, asked: Asked) -> str:
    values: dict[str, Any] = {
        "loai": kind.value,
        "co-quan": row.key,
        "tu": dmy(asked.starts_on),
        "den": dmy(asked.ends_on),
    }
    return url_for(".happened", **values) if row.key else ""


@bp.route("/bao-cao/chi-tiet")
@requires(Permission.FIGURES_READ)
def happened() -> ResponseReturnValue:
    """Các lần đôn đốc, gia hạn, trả lại của một cơ quan trong kỳ."""
    asked = _asked()
    kind = next((k for k in Happened if k == request.args.get("loai")), Happened.URGED)
    raw = request.args.get("co-quan", "")
    agency_id = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else 0
    rows = (
        queries.happened(actor(), kind, agency_id, asked.starts_on, asked.ends_on) if asked.is_valid else []
    )
    return render_template(
        "directives/happened.html",
        rows=rows,
        title=_HAPPENED[kind],
        asked=asked,
        back=url_for(".period", **asked.address),
    ), 200 if asked.is_valid else 422


@bp.route("/bao-cao/bang-tinh")
@requires(Permission.FIGURES_READ)
def period_sheet() -> Response:
    """Báo cáo ra bảng tính."""
    asked = _asked()
    content = office_files.sheet(*_table(asked))
    return office_files.attachment(content, office_files.XLSX, _file_name(asked, "xlsx"))


@bp.route("/bao-cao/van-ban")
@requires(Permission.FIGURES_READ)
def period_document() -> Response:
    """Báo cáo ra văn bản."""
    asked = _asked()
    content = office_files.document(*_table(asked))
    return office_files.attachment(content, office_files.DOCX, _file_name(asked, "docx"))


def _file_name(asked: Asked, ending: str) -> str:
    return f"bao-cao-nhiem-vu-{asked.starts_on:%Y%m%d}-{asked.ends_on:%Y%m%d}.{ending}"


def _table(asked: Asked) -> tuple[str, list[str], list[str], list[list[office_files.Cell]]]:
    rows = queries.period(actor(), asked.by, asked.starts_on, asked.ends_on)
    listed = [*rows, queries.total_of_period(rows)]
    more = list(_HAPPENED) if asked.by == By.AGENCY else []
    head = ["TT", _DIMENSIONS[asked.by], *(["Thủ trưởng"] if more else []), "Tổng số"]
    head += [STATUS_WORDS[s] for s in COLUMNS]
    head += [
        "Tỷ lệ đúng hạn (%)",
        "Theo hạn ban đầu (%)",
        "Trễ bình quân (ngày)",
        *(_HAPPENED[k] for k in more),
    ]
    table: list[list[office_files.Cell]] = []
    for number, row in enumerate(listed, 1):
        counts = [row.of(s) for s in COLUMNS]
        delay = round(row.average_delay, 1) if row.average_delay is not None else None
        line: list[office_files.Cell] = [number if row.key else None, row.name]
        line += [row.head] if more else []
        line += [sum(counts), *counts, row.on_time_rate, row.first_rate, delay]
        table.append([*line, *(row.happened.get(k, 0) for k in more)])
    notes = [
        f"Từ ngày {dmy(asked.starts_on)} đến hết ngày {dmy(asked.ends_on)}",
        f"Đơn vị tính: đầu việc. Lập lúc {clock.local(clock.now()):%H:%M, %d/%m/%Y}",
    ]
    return "Tình hình thực hiện nhiệm vụ được giao", notes, head, table


@bp.route("/bao-cao/chot", methods=["GET", "POST"])
@requires(Permission.FIGURES_READ)
def freeze() -> ResponseReturnValue:
    """Chốt số liệu của một kỳ đã qua."""
    form, asked = FreezeForm(), _asked()
    if not form.is_submitted():
        form.starts_on.data, form.ends_on.data = asked.starts_on, asked.ends_on
    if form.validate_on_submit():
        made = form.attempt(
            service.freeze,
            title=form.title.data or "",
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
        )
        if made:
            flash(f"Đã chốt số liệu {made.title}.", "success")
            return redirect(url_for(".period", tu=dmy(made.starts_on), den=dmy(made.ends_on)))
    return form_page("directives/freeze.html", form, back=url_for(".period"))
