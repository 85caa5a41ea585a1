"""Giao nhanh: one sentence, who, by when; inside the agency it reaches the person in the same act."""

from __future__ import annotations

from datetime import datetime

from app.core.actor import Actor
from app.core.errors import Violation, Violations
from app.core.use_case import use_case
from app.directives.models import DirectivePart
from app.directives.service.assigning import assign
from app.directives.service.inside import pass_on


@use_case
def assign_quickly(
    actor: Actor,
    *,
    content: str,
    lead_agency_id: int | None = None,
    post_id: int | None = None,
    due_at: datetime | None = None,
) -> DirectivePart:
    """Giao nhanh cho một cơ quan, hoặc cho một người trong cơ quan mình."""
    if (lead_agency_id is None) == (post_id is None):
        raise Violations([Violation("lead", "Hãy chọn một cơ quan, hoặc một người trong cơ quan.")])
    lead = lead_agency_id if lead_agency_id is not None else actor.agency_id
    part = assign(actor, content=content, leads=[lead or 0], due_at=due_at)
    if post_id is not None:
        part = pass_on(actor, part.id, post_id=post_id)
    return part
