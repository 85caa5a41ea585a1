"""Các con số của nhiệm vụ: capped, over partial indexes, all in the one statement of the page frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.actor import Actor
from app.core.permissions import Role
from app.directives import queries
from app.directives.policy import Permission
from app.directives.queries import Status, View

# written once and kept as text (queries.prepared), which the page frame takes as it takes a statement of objects
Build = Callable[[Actor], Any]


def _figure(view: View, status: Status, *roles: Role) -> Build:
    wanted = frozenset(str(r) for r in roles)

    def build(actor: Actor) -> Any:
        if not actor.can(Permission.READ) or not wanted & actor.roles:
            return None
        return queries.figure(actor, view, status)

    return build


def to_decide(actor: Actor) -> Any:
    """Việc chờ tôi quyết định."""
    return queries.decision_count(actor) if actor.can(Permission.DECIDE) else None


_GIVERS = (Role.LEADER, Role.OFFICE_CHIEF)
_DOERS = (Role.LEADER, Role.OFFICE_CHIEF, Role.UNIT_HEAD, Role.SPECIALIST, Role.CLERK)
FIGURES: dict[str, Build] = {
    "directives_above": _figure(View.ABOVE, Status.OPEN, Role.OFFICE_CHIEF),
    "directives_given_late": _figure(View.GIVEN, Status.LATE, *_GIVERS),
    "directives_given_soon": _figure(View.GIVEN, Status.SOON, *_GIVERS),
    "directives_received_late": _figure(View.RECEIVED, Status.LATE, *_DOERS),
    "directives_received_open": _figure(View.RECEIVED, Status.OPEN, *_GIVERS),
    "directives_received_soon": _figure(View.RECEIVED, Status.SOON, *_DOERS),
    "directives_to_decide": to_decide,
}
