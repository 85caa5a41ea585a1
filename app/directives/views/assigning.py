"""Giao nhiệm vụ."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.actor import Actor
from app.core.errors import NotFound
from app.directives import service
from app.directives.forms import AssignForm
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
    document = _source(viewer)
    assigners = service.assigners(viewer)
    form = AssignForm()
    form.offer(viewer, assigners)
    if document is not None and not form.is_submitted():
        form.fill_from(document)
    if form.validate_on_submit():
        values = form.values(viewer)
        part = form.attempt(service.assign, source_document_id=document.id if document else None, **values)
        if part:
            count = len(values["leads"])
            told = f"{count} cơ quan" if count > 1 else part.lead_agency.short_name
            flash(f"Đã giao nhiệm vụ {part.directive.code} cho {told}.", "success")
            return redirect(url_for(".part", part_id=part.id))
    return form_page("directives/assign.html", form, document=document, assigners=assigners)


def _source(viewer: Actor) -> Document | None:
    """The document named in the address, where the reader may know of it.

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
