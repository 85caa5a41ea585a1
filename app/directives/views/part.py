"""Một đầu việc, và tệp của nó."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.audit.queries import timeline
from app.core import clock
from app.core.actor import Actor
from app.core.working_days import due_day
from app.directives import labels, policy, queries
from app.directives.models import DirectivePart, ExtensionRequest, LeadChangeRequest, ProgressReport
from app.directives.policy import Permission
from app.directives.views import bp
from app.directives.views.listing import ENDPOINTS, TITLES, View
from app.directives.views.shared import (
    due_of,
    entry_of,
    local_day,
    plan_range,
    source_of,
    stamp_of,
)
from app.directives.workflow import DIRECTIVE, EXTENSION, LEAD_CHANGE
from app.storage import serving
from app.web.actor import actor
from app.web.downloads import respond
from app.web.formatting import filesize
from app.web.guards import requires


@bp.route("/<int:part_id>")
@requires(Permission.READ)
def part(part_id: int) -> ResponseReturnValue:
    """Một đầu việc: facts, what waits for a decision, its siblings, reports and course."""
    viewer = actor()
    page = queries.details(part_id, viewer=viewer)
    found = page.part
    reports = queries.reports(found)
    siblings = queries.siblings(found, viewer=viewer)
    children = queries.children(found, viewer=viewer)
    extensions = queries.extensions(found) if _was_extended(found) else []
    pending = next((e for e in extensions if e.state == "requested"), None)
    lead_changes = queries.lead_changes(found) if _was_led(found) else []
    lead_pending = next((e for e in lead_changes if e.state == "requested"), None)
    return render_template(
        "directives/part.html",
        page=page,
        part=found,
        directive=found.directive,
        available=DIRECTIVE.available(viewer, found),
        urls=_urls(found),
        pending=pending,
        pending_may=_may(viewer, pending),
        extensions=extensions,
        lead_changes=lead_changes,
        lead_pending=lead_pending,
        lead_pending_may=_may_lead(viewer, lead_pending),
        waiting=next((r for r in reports if r.is_completion and r.judgement is None), None),
        returned=_last_returned(found, reports),
        reports=reports,
        files=_files(found, reports),
        siblings=siblings,
        children=children,
        proposals=queries.proposals(found) if found.is_working else [],
        urgings=queries.urgings(found) if found.urging_count else [],
        may_give_on=viewer.can(Permission.ASSIGN) and found.is_working and policy.is_lead_desk(viewer, found),
        timeline=[entry_of(item) for item in timeline(found.record_kind, found.id)],
        source_url=_source_url(page),
        back=_back(viewer, found),
        plan=plan_range([*siblings, *children], clock.today()),
        mark=clock.today(),
        local_day=local_day,
        labels=labels,
        due=due_of(found),
        due_of=due_of,
        due_day=due_day,
        source=source_of(found.directive),
        stamp=stamp_of(found.urgency),
    )


@bp.route("/<int:part_id>/tep/<int:file_id>")
@requires(Permission.READ)
def report_file(part_id: int, file_id: int) -> ResponseReturnValue:
    """Tải tài liệu minh chứng, hoặc xem trong khung cách ly (``?xem=1``); the part is loaded first."""
    found = queries.report_file(part_id, file_id, viewer=actor())
    return respond(serving.download(found.stored, found.name, inline="xem" in request.args))


def _was_extended(found: DirectivePart) -> bool:
    return found.is_extension_pending or found.due_at != found.original_due_at


def _urls(found: DirectivePart) -> dict[str, str]:
    """Buttons of the bar; what waits for a decision carries its answers on itself."""
    names = {
        "receive": "receive",
        "pass_on": "pass_on",
        "report": "report",
        "report_done": "report_done",
        "request_extension": "request_extension",
        "urge": "urge",
        "ask_above": "ask_above",
        "record_above": "record_above",
        "request_lead_change": "request_lead_change",
        "change_lead": "change_lead",
        "pause": "pause",
        "resume": "resume",
        "withdraw": "withdraw",
        "cancel": "cancel",
    }
    return {action: url_for(f".{endpoint}", part_id=found.id) for action, endpoint in names.items()}


def _may(viewer: Actor, pending: ExtensionRequest | None) -> set[str]:
    return {a.action for a in EXTENSION.available(viewer, pending)} if pending else set()


def _may_lead(viewer: Actor, pending: LeadChangeRequest | None) -> set[str]:
    return {a.action for a in LEAD_CHANGE.available(viewer, pending)} if pending else set()


def _was_led(found: DirectivePart) -> bool:
    return found.is_lead_change_pending or found.lead_since is not None


def _last_returned(found: DirectivePart, reports: Any) -> ProgressReport | None:
    """The last completion report, when it was sent back and the work goes on."""
    last = next((r for r in reports if r.is_completion), None)
    return last if last is not None and last.judgement == "returned" and found.is_working else None


def _files(found: DirectivePart, reports: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": item.name,
            "url": url_for(".report_file", part_id=found.id, file_id=item.id),
            "detail": f"{item.stored.page_count} trang"
            if item.stored.page_count
            else filesize(item.stored.size),
            "kind": item.stored.kind,
        }
        for report in reports
        for item in report.files
    ]


def _source_url(page: queries.PartPage) -> str | None:
    if page.source_direction is None:
        return None
    endpoint = "documents.incoming" if page.source_direction == "incoming" else "documents.outgoing"
    return url_for(endpoint, document_id=page.part.source_document_id)


def _back(viewer: Actor, found: DirectivePart) -> tuple[str, str]:
    """The list this reader comes from: of what his agency gave, or of what it was given."""
    view = View.GIVEN if viewer.agency_id == found.assigning_agency_id else View.RECEIVED
    return TITLES[view], url_for(ENDPOINTS[view])
