"""Lắp gói chỉ đạo."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit_labels
from app.core import permissions
from app.core.actor import Actor
from app.core.permissions import Role
from app.core.records import RecordKind
from app.directives import counts, home, jobs, labels, queries, subscribers  # noqa: F401 - jobs and subscribers register themselves
from app.directives.policy import Permission
from app.directives.queries import PartFilter, Status, View
from app.directives.views import bp
from app.org import open_work
from app.web.benchmarks import BenchPage, add_bench_page
from app.web.home import add_block, add_glance
from app.web.navigation import Item, add_count, add_item
from app.web.records import add_panel, add_record_page

_DESK = (
    Permission.ASSIGN_INSIDE,
    Permission.FIGURES_READ,
    Permission.READ,
    Permission.RECEIVE,
    Permission.REPORT,
)
_GRANTS = {
    Role.LEADER: (*_DESK, Permission.ASSIGN, Permission.DECIDE, Permission.URGE),
    Role.OFFICE_CHIEF: (*_DESK, Permission.FOLLOW, Permission.URGE),
    Role.UNIT_HEAD: (
        Permission.ASSIGN_INSIDE,
        Permission.FOLLOW,
        Permission.READ,
        Permission.REPORT,
        Permission.URGE,
    ),
    Role.SPECIALIST: (Permission.FOLLOW, Permission.READ, Permission.REPORT, Permission.URGE),
    Role.CLERK: (Permission.READ, Permission.RECEIVE),
    Role.SECRETARY: (Permission.READ,),
}
_DOCUMENT_PANEL = 30


def register(app: Flask) -> None:
    """Đăng ký gói."""
    for role, granted in _GRANTS.items():
        permissions.grant(role, *granted)
    audit_labels.register(labels.EVENTS, labels.FIELDS, tones=labels.TONES)
    _show()
    for glance in home.GLANCES:
        add_glance(glance)
    for block in home.BLOCKS:
        add_block(block)
    open_work.add_source(
        open_work.Source(
            "directives.part", "nhiệm vụ", 20, queries.open_count_of_post, queries.open_items_of_post
        )
    )
    for page in _MEASURED:
        add_bench_page(page)
    app.register_blueprint(bp)


def _late_part(actor: Actor) -> str:
    """The latest part on the leader's desk, to measure one part's page by."""
    rows, _next = queries.part_page(actor, PartFilter(view=View.GIVEN, status=Status.LATE), limit=1)
    return f"/chi-dao/{rows[0].id}" if rows else "/chi-dao"


_MEASURED = (
    BenchPage("directive", "Một nhiệm vụ", "leader", "city", _late_part),
    BenchPage("by-agency", "Nhiệm vụ theo cơ quan", "leader", "city", lambda _actor: "/chi-dao/theo-co-quan"),
    BenchPage("received", "Nhiệm vụ được giao", "leader", "department", lambda _actor: "/chi-dao/duoc-giao"),
)


def _show() -> None:
    add_record_page(RecordKind.DIRECTIVE, "directives.part", "part_id")
    add_panel(RecordKind.INCOMING, _DOCUMENT_PANEL, home.of_document)
    add_panel(RecordKind.OUTGOING, _DOCUMENT_PANEL, home.of_document)
    for key, build in counts.FIGURES.items():
        add_count(key, build)
    followers = frozenset(str(r) for r in (Role.LEADER, Role.OFFICE_CHIEF, Role.UNIT_HEAD, Role.SPECIALIST))
    add_item(
        Item(
            "Điều hành",
            "Theo dõi chỉ đạo",
            "directives.index",
            "target-arrow",
            30,
            "directives_given_late",
            tone="late",
            tab="Chỉ đạo",
            roles=followers,
        )
    )
    add_item(
        Item(
            "Điều hành",
            "Chờ quyết định",
            "directives.decisions",
            "message-2-check",
            29,
            "directives_to_decide",
            roles=frozenset({str(Role.LEADER)}),
        )
    )
    reporters = frozenset({str(Role.LEADER), str(Role.OFFICE_CHIEF)})
    add_item(Item("Điều hành", "Báo cáo theo kỳ", "directives.period", "report", 32, roles=reporters))
    add_item(
        Item(
            "Điều hành", "Chương trình, kế hoạch", "directives.programmes", "list-check", 33, roles=reporters
        )
    )
    add_item(
        Item(
            "Điều hành",
            "Nhiệm vụ được giao",
            "directives.received",
            "clipboard-check",
            31,
            "directives_received_late",
            tone="late",
            tab="Nhiệm vụ",
        )
    )
