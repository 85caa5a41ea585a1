"""Đưa đầu việc vào tìm kiếm."""

from __future__ import annotations

from sqlalchemy import select

from app.core.db import session
from app.core.records import RecordKind
from app.directives.models import DirectivePart, DirectiveParty
from app.search import service as search


def index(part: DirectivePart) -> None:
    """Ghi đầu việc vào tìm kiếm, under every agency that has been a party of it."""
    directive = part.directive
    agency_ids = session.scalars(
        select(DirectiveParty.agency_id).where(DirectiveParty.directive_id == part.directive_id)
    ).all()
    search.index(
        RecordKind.DIRECTIVE,
        part.id,
        agency_ids=sorted({part.assigning_agency_id, part.lead_agency_id, *agency_ids}),
        title=part.content,
        body=f"{directive.product} {directive.source_reference} {directive.source_subject} "
        f"{directive.external_body} {directive.external_code}",
        reference=part.code,
        sort_at=part.assigned_at,
    )
