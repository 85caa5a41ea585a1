"""Số liệu theo cơ quan: every number opens exactly its rows, now or as at a past day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.directives import queries
from app.directives.forms import FiguresForm
from app.directives.policy import Permission
from app.directives.queries import AgencyFigures, Status, View
from app.directives.views import bp
from app.directives.views.listing import STATUS_WORDS, address
from app.web.actor import actor
from app.web.formatting import date as dmy
from app.web.guards import requires

COLUMNS = (
    Status.LATE,
    Status.SOON,
    Status.IN_TIME,
    Status.UNDATED,
    Status.REPORTED,
    Status.OPEN,
    Status.ON_TIME,
    Status.DONE_LATE,
    Status.ON_TIME_AT_FIRST,
)


@bp.route("/theo-co-quan")
@requires(Permission.FIGURES_READ)
def by_agency() -> ResponseReturnValue:
    """Số liệu theo cơ quan chủ trì, hiện nay hoặc tại một ngày đã qua (``?tai-ngay=``)."""
    form = FiguresForm(request.args, meta={"csrf": False})
    valid = form.validate()
    today = clock.today()
    as_at = form.as_at.data if form.as_at.data != today else None
    completed_from = form.completed_from.data or (as_at or today).replace(day=1)
    rows = queries.by_agency(actor(), as_at=as_at, completed_from=completed_from) if valid else []
    return render_template(
        "directives/by_agency.html",
        form=form,
        rows=[_row(r, as_at, completed_from) for r in rows],
        total=_row(queries.total_of(rows), as_at, completed_from),
        columns=[(s, STATUS_WORDS[s]) for s in COLUMNS],
        as_at=as_at,
        completed_from=completed_from,
        at=clock.local(clock.now()),
    ), 200 if valid else 422


def _row(figures: AgencyFigures, as_at: date | None, completed_from: date) -> dict[str, Any]:
    return {
        "name": figures.name,
        "cells": [
            {
                "status": status.value,
                "count": figures.of(status),
                "url": _rows_url(figures, status, as_at, completed_from),
            }
            for status in COLUMNS
        ],
        "rate": figures.on_time_rate,
        "first_rate": figures.first_rate,
        "late": figures.late,
    }


def _rows_url(figures: AgencyFigures, status: Status, as_at: date | None, completed_from: date) -> str:
    """The list that shows exactly the rows of this number."""
    url = _status_url(status, as_at, completed_from, request.script_root)
    return url if figures.agency_id is None else f"{url}&co-quan={figures.agency_id}"


@lru_cache
def _status_url(status: Status, as_at: date | None, completed_from: date, _root: str) -> str:
    values = {"tinh-trang": status.value}
    if as_at is not None:
        values["tai-ngay"] = dmy(as_at)
    if status in queries.COMPLETED_STATUSES:
        values["xong-tu"] = dmy(completed_from)
    return address(View.GIVEN, **values)
