"""Nhiệm vụ trên bàn làm việc và trên trang văn bản: what waits for a decision, who is late, what is mine by date."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

from app.core.actor import Actor
from app.core.permissions import Role
from app.core.working_days import due_day
from app.directives import labels, queries
from app.directives.policy import Permission
from app.directives.queries import Status, View
from app.directives.views.listing import address
from app.directives.views.shared import due_of, source_of, stamp_of
from app.web.home import Block, Glance, GlanceSource
from app.web.navigation import counts

_ROWS = 6
_DECISIONS = 4


def _render(template: str, **values: Any) -> str:
    # A block needs none of the page frame's values; the context processor would fetch them anew for each block.
    page = current_app.jinja_env.get_template(f"directives/home/{template}.html")
    return page.render(
        labels=labels, due_of=due_of, source_of=source_of, stamp_of=stamp_of, due_day=due_day, **values
    )


def _shown(count: int) -> int | str:
    return "99+" if count >= 100 else count


# ── figures on top ───────────────────────────────────────────────────────────


def _given_late(actor: Actor) -> Glance | None:
    figures = counts(actor)
    if "directives_given_late" not in figures:
        return None
    # Who gives nothing that is late, yet has work to do, is shown that.
    if figures.get("directives_received_open") and not figures["directives_given_late"]:
        return _received_late(actor)
    late, soon = figures["directives_given_late"], figures["directives_given_soon"]
    url = address(View.GIVEN, **{"tinh-trang": Status.LATE.value})
    return Glance(_shown(late), "Nhiệm vụ quá hạn", f"{_shown(soon)} sắp đến hạn", url, late=late > 0)


def _received_late(actor: Actor) -> Glance | None:
    figures = counts(actor)
    late, soon = figures.get("directives_received_late", 0), figures.get("directives_received_soon", 0)
    url = address(View.RECEIVED, **{"tinh-trang": Status.LATE.value})
    return Glance(
        _shown(late), "Nhiệm vụ được giao quá hạn", f"{_shown(soon)} sắp đến hạn", url, late=late > 0
    )


# ── blocks ───────────────────────────────────────────────────────────────────


def decisions(actor: Actor) -> str | None:
    """Đề nghị gia hạn và báo cáo hoàn thành chờ tôi quyết định, một lần bấm."""
    total = counts(actor).get("directives_to_decide", 0)
    if not total:
        return None
    return _render("decisions", rows=queries.decisions(actor, limit=_DECISIONS), total=_shown(total))


def agencies(actor: Actor) -> str | None:
    """Nhiệm vụ theo cơ quan: the latest first, each row a link to its overdue list."""
    late = counts(actor).get("directives_given_late", 0)
    if not late and not counts(actor).get("directives_given_soon", 0):
        return None
    rows = [
        {"label": r.name, "late": r.late, "soon": r.soon, "url": _agency_url(r)}
        for r in queries.latest_agencies(actor, limit=_ROWS)
    ]
    return _render("agencies", rows=rows, late=_shown(late))


def _agency_url(row: queries.AgencyFigures) -> str:
    status = Status.LATE if row.late else Status.SOON
    return address(View.GIVEN, **{"tinh-trang": status.value, "co-quan": str(row.agency_id)})


def from_above(actor: Actor) -> str | None:
    """Nhiệm vụ cấp trên giao, hạn gần trước."""
    if not counts(actor).get("directives_above", 0):
        return None
    return _render("above", rows=queries.first_parts(actor, View.ABOVE, limit=_ROWS))


def received(actor: Actor) -> str | None:
    """Nhiệm vụ cơ quan mình được giao, hạn gần trước."""
    total = counts(actor).get("directives_received_open", 0)
    if not total:
        return None
    return _render(
        "received", rows=queries.first_parts(actor, View.RECEIVED, limit=_ROWS), total=_shown(total)
    )


def mine(actor: Actor) -> str | None:
    """Nhiệm vụ tôi, đơn vị tôi đang thực hiện, hạn gần trước."""
    return _render("mine", rows=queries.my_parts(actor, limit=_ROWS))


# ── on a document's page ─────────────────────────────────────────────────────


def of_document(actor: Actor, document: Any) -> str | None:
    """Nhiệm vụ đã giao từ văn bản này, và nút giao thêm."""
    may_assign = actor.can(Permission.ASSIGN) and actor.agency_id == document.agency_id
    rows = queries.of_document(document.id, viewer=actor, limit=20) if actor.can(Permission.READ) else []
    if not rows and not may_assign:
        return None
    assign_url = url_for("directives.assign", **{"van-ban": document.id}) if may_assign else ""
    read_url = url_for("directives.read_text", **{"van-ban": document.id}) if may_assign else ""
    return _render("document", rows=rows, assign_url=assign_url, read_url=read_url)


_LEADER, _CHIEF, _HEAD, _PERSON = Role.LEADER, Role.OFFICE_CHIEF, Role.UNIT_HEAD, Role.SPECIALIST


def _roles(*roles: Role) -> frozenset[str]:
    return frozenset(str(r) for r in roles)


GLANCES = (
    GlanceSource("directives:given", _roles(_LEADER, _CHIEF), 3, _given_late),
    GlanceSource("directives:received", _roles(_HEAD, _PERSON), 3, _received_late),
)
BLOCKS = (
    Block("directives:decisions", _roles(_LEADER), "main", 15, decisions),
    Block("directives:mine", _roles(_HEAD, _PERSON), "main", 18, mine),
    Block("directives:above", _roles(_CHIEF), "main", 20, from_above),
    Block("directives:received", _roles(_LEADER, _CHIEF), "main", 25, received),
    Block("directives:agencies", _roles(_LEADER, _CHIEF), "side", 5, agencies),
)
