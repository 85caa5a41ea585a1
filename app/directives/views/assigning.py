"""Giao nhiệm vụ."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.working_days import due_day
from app.directives import queries, service
from app.directives.forms import AssignForm
from app.directives.models import DirectivePart
from app.directives.policy import Permission
from app.directives.views import bp
from app.documents import queries as documents
from app.documents.models import Document
from app.web.actor import actor
from app.web.guards import requires
from app.web.pages import form_page


@bp.route("/moi", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def assign() -> ResponseReturnValue:
    """Giao nhiệm vụ: on its own, or from a document (``?van-ban=``) whose facts are filled in."""
    viewer = actor()
    document = source_of_request(viewer)
    parent = _parent(viewer)
    assigners = service.assigners(viewer)
    form = AssignForm()
    form.offer(viewer, assigners)
    if document is not None and not form.is_submitted():
        form.fill_from(document)
    if not form.is_submitted() and (asked := request.args.get("chuong-trinh", "")).isdigit():
        form.programme.data = next((int(o.value) for o in form.programme.options if o.value == asked), None)
    if parent is not None and not form.is_submitted():
        form.fill_under(parent)
    if form.validate_on_submit():
        values = form.values(viewer)
        part = form.attempt(
            service.assign,
            source_document_id=document.id if document else None,
            parent_part_id=parent.id if parent else None,
            **values,
        )
        if part:
            count = len(values["leads"])
            told = f"{count} cơ quan" if count > 1 else part.lead_agency.short_name
            flash(f"Đã giao nhiệm vụ {part.directive.code} cho {told}.", "success")
            return redirect(url_for(".part", part_id=part.id))
    return form_page(
        "directives/assign.html", form, document=document, parent=parent, assigners=assigners, due_day=due_day
    )


def _parent(viewer: Actor) -> DirectivePart | None:
    """The part under which work is given on (``?nhiem-vu=``), where the reader may know of it.

    :raises NotFound: it is not his to know.
    """
    asked = request.args.get("nhiem-vu", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise NotFound
    return queries.part(int(asked), viewer=viewer)


def source_of_request(viewer: Actor) -> Document | None:
    """Văn bản nêu ở địa chỉ (``?van-ban=``), where the reader may know of it.

    :raises NotFound: it is not his to know.
    """
    asked = request.args.get("van-ban", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise NotFound
    try:
        return documents.incoming(int(asked), viewer=viewer)
    except NotFound:
        return documents.outgoing(int(asked), viewer=viewer)
