"""Chờ quyết định: mọi đề nghị và báo cáo trên một trang, quyết định nhiều việc trong một lần bấm."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import limits
from app.core.working_days import due_day
from app.directives import labels, queries, service
from app.directives.forms import DecideForm
from app.directives.policy import Permission
from app.directives.service import Asked, Waiting
from app.directives.views import bp
from app.directives.views.shared import due_of
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/cho-quyet-dinh", methods=["GET", "POST"])
@requires(Permission.DECIDE)
def decisions() -> ResponseReturnValue:
    """Việc chờ quyết định, chờ lâu trước."""
    form = DecideForm()
    if form.validate_on_submit():
        done = form.attempt(
            service.decide_many,
            _chosen(request.form.getlist("viec")),
            accept="dong-y" in request.form,
            reason=form.reason.data or "",
        )
        if done:
            verb = "Đã đồng ý" if "dong-y" in request.form else "Đã trả lời không đồng ý"
            flash(f"{verb} {len(done)} việc.", "success")
            return redirect(url_for(".decisions"))
    rows = queries.decisions(actor(), limit=limits.COUNT_CAP)
    return form_page(
        "directives/decisions.html",
        form,
        rows=[_row(r) for r in rows],
        chosen=set(request.form.getlist("viec")),
        due_of=due_of,
    )


def _chosen(raw: list[str]) -> list[Waiting]:
    """What was ticked: ``kind:part:record``; what is none of ours is left out."""
    found, kinds = [], {k.value for k in Asked}
    for value in raw:
        kind, _, rest = value.partition(":")
        part_id, _, record_id = rest.partition(":")
        if kind in kinds and all(v.isascii() and v.isdigit() and len(v) < 19 for v in (part_id, record_id)):
            found.append(Waiting(Asked(kind), int(part_id), int(record_id)))
    return found


def _row(row: Any) -> dict[str, Any]:
    kind, record_id, words, text = _asked(row)
    return {"part": row, "value": f"{kind.value}:{row.id}:{record_id}", "words": words, "text": text}


def _asked(row: Any) -> tuple[Asked, int, str, str]:
    if row.request_id:
        late = ", khi đã quá hạn" if row.was_overdue else ""
        words = f"đề nghị gia hạn đến {due_day(row.wanted_due_at):%d/%m/%Y}{late}"
        return Asked.EXTENSION, row.request_id, words, row.reason
    if row.lead_request_id:
        to = f", giao {row.proposed_name}" if row.proposed_name else ""
        return Asked.LEAD, row.lead_request_id, f"đề nghị điều chỉnh cơ quan chủ trì{to}", row.lead_reason
    if row.proposal_id:
        return Asked.ANSWER, row.proposal_id, f"trả lời bằng văn bản {row.answer}", row.answer_subject
    advice = f" ({row.proposer} {labels.PROPOSALS[row.proposal]})" if row.proposal else ""
    return Asked.DONE, 0, f"báo cáo hoàn thành{advice}", row.situation
