"""Lấy đầu việc để làm: what the actor may not see is not there for him, at every door."""

from __future__ import annotations

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.records import RecordKind, may_see
from app.core.use_case import load_for_change
from app.directives.models import DirectivePart
from app.directives.policy import SCOPE

_MOST = 2**63 - 1


def part_for_change(actor: Actor, part_id: int, version: int | None) -> DirectivePart:
    """Lấy và khóa một đầu việc.

    :raises NotFound: none such, or not his to know of.
    :raises StaleVersion: changed since the form was drawn.
    """
    if not 0 < part_id <= _MOST or not may_see(RecordKind.DIRECTIVE, part_id, actor.all_principals(SCOPE)):
        raise NotFound
    return load_for_change(DirectivePart, part_id, version)
