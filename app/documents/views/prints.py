"""Bản in của văn bản đến: phiếu giải quyết, phiếu trình, bản sao đóng dấu ĐẾN."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from app.documents import labels, queries, service
from app.documents.models import Document
from app.documents.policy import Permission
from app.documents.queries.details import proposal_of
from app.documents.views import bp
from app.documents.views.registers import source_words
from app.documents.views.shared import url_of, viewer_of
from app.web.actor import actor
from app.web.guards import requires


@bp.route("/den/<int:document_id>/phieu-giai-quyet")
@requires(Permission.INCOMING_READ)
def processing_slip(document_id: int) -> ResponseReturnValue:
    """Phiếu giải quyết văn bản đến, để in."""
    document = queries.incoming(document_id, viewer=actor())
    return render_template(
        "documents/processing_slip.html",
        document=document,
        labels=labels,
        source=source_words(),
        back_url=url_of(document),
    )


@bp.route("/den/<int:document_id>/phieu-trinh")
@requires(Permission.INCOMING_READ)
def presentation_slip(document_id: int) -> ResponseReturnValue:
    """Phiếu trình: the office's proposal before the leader, to be printed and signed by hand where that is wanted."""
    document = queries.incoming(document_id, viewer=actor())
    proposal = proposal_of(document)
    suggested = (
        service.Assignment.from_json(proposal.assignment) if proposal and proposal.assignment else None
    )
    return render_template(
        "documents/presentation_slip.html",
        document=document,
        proposals=[n for n in document.notes if n.kind == "proposal"],
        lead=_names(document, [suggested.lead] if suggested and suggested.lead is not None else []),
        support=_names(document, suggested.support if suggested else ()),
        due_at=suggested.due_at if suggested else document.due_at,
        source=source_words(),
        back_url=url_of(document),
    )


def _names(document: Document, principals: Sequence[int]) -> str:
    return ", ".join(queries.names_of_principals(document.agency_id, principals)) if principals else ""


@bp.route("/den/<int:document_id>/in")
@requires(Permission.INCOMING_READ)
def print_copy(document_id: int) -> ResponseReturnValue:
    """Bản in có dấu ĐẾN: the pages of the document, the stamp of arrival on the first (NĐ 30/2020 Đ21)."""
    document = queries.incoming(document_id, viewer=actor())
    return render_template(
        "documents/stamped.html",
        document=document,
        viewer=viewer_of(document),
        to=_receivers(document),
        source=source_words(),
        back_url=url_of(document),
    )


def _receivers(document: Document) -> str:
    leads = [
        h for h in document.handlings if h.role == "lead" and h.parent_id is None and h.state != "withdrawn"
    ]
    if leads:
        return ", ".join(
            h.unit.name if h.unit else h.post.person.full_name if h.post and h.post.person else ""
            for h in leads
        )
    leader = document.presented_to
    return leader.person.full_name if leader is not None and leader.person else ""
