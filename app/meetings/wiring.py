"""Lắp gói cuộc họp."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit_labels
from app.core import permissions
from app.core.actor import Actor
from app.core.permissions import Role
from app.core.records import RecordKind
from app.meetings import home, jobs, labels, queries, service, subscribers  # noqa: F401 - jobs and subscribers register themselves
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.invitations import incoming_panel, outgoing_panel
from app.meetings.views.minutes import directive_panel
from app.org import open_work
from app.settings import Settings
from app.web.benchmarks import BenchPage, add_bench_page
from app.web.home import add_block, add_glance
from app.web.navigation import Item, add_count, add_item
from app.web.records import add_panel, add_record_page


def register(app: Flask) -> None:
    """Đăng ký gói."""
    _grant()
    service.open_mailbox(_mailbox(app.extensions["settings"]))
    audit_labels.register(labels.EVENTS, labels.FIELDS, tones=labels.TONES)
    add_record_page(RecordKind.MEETING, "meetings.detail", "meeting_id")
    add_panel(RecordKind.INCOMING, 10, incoming_panel)
    add_panel(RecordKind.OUTGOING, 10, outgoing_panel)
    add_panel(RecordKind.DIRECTIVE, 10, directive_panel)
    add_count("meetings_waiting", queries.waiting_count)
    add_count("meetings_owed", queries.owed_count)
    open_work.add_source(
        open_work.Source("meetings.office", "cuộc họp", 30, queries.held_count, queries.held_items)
    )
    _menu()
    add_bench_page(BenchPage("meetings-week", "Lịch công tác tuần của cơ quan", "secretary", "city", _week))
    for source in home.GLANCES:
        add_glance(source)
    for block in home.BLOCKS:
        add_block(block)
    app.register_blueprint(bp)


def _mailbox(settings: Settings) -> service.Mailbox | None:
    if not settings.imap_host:
        return None
    return service.ImapMailbox(
        settings.imap_host,
        settings.imap_port,
        settings.imap_user,
        settings.imap_password,
        settings.imap_address,
        settings.imap_tls,
    )


def _grant() -> None:
    for role in Role:
        permissions.grant(role, Permission.MEETING_READ)
    for role in (Role.CLERK, Role.OFFICE_CHIEF, Role.SECRETARY):
        permissions.grant(role, Permission.MEETING_CALL, Permission.AGENCY_ANSWER, Permission.PERSON_ANSWER)
    permissions.grant(Role.LEADER, Permission.AGENCY_ANSWER)
    for role in (Role.ADMIN, Role.SECRETARY):
        permissions.grant(role, Permission.ROOM_MANAGE)
    permissions.grant(Role.ADMIN, Permission.RULE_EDIT)


_REPORTED = frozenset(str(r) for r in (Role.LEADER, Role.OFFICE_CHIEF, Role.SECRETARY))


def _week(_actor: Actor) -> str:
    """The busiest calendar: that of a whole agency."""
    return "/hop?xem=co-quan"


def _menu() -> None:
    add_item(
        Item(
            "Điều hành",
            "Lịch, cuộc họp",
            "meetings.week",
            "calendar-event",
            30,
            "meetings_waiting",
            tab="Lịch",
            section="meetings.",
        )
    )
    add_item(Item("Điều hành", "Số liệu về họp", "meetings.report", "chart-bar", 32, roles=_REPORTED))
    chief, admin = frozenset({str(Role.OFFICE_CHIEF)}), frozenset({str(Role.ADMIN)})
    add_item(
        Item(
            "Điều hành",
            "Kết luận chưa ban hành",
            "meetings.conclusions",
            "file-check",
            31,
            "meetings_owed",
            roles=chief,
        )
    )
    add_item(Item("Quản trị", "Phòng họp", "meetings.room_list", "door", 60, roles=admin))
    add_item(Item("Quản trị", "Quy định về họp", "meetings.rule_list", "gavel", 61, roles=admin))
