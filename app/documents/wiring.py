"""Lắp gói văn bản."""

from __future__ import annotations

from flask import Flask

from app.audit import labels as audit_labels
from app.core import permissions
from app.core.permissions import Role
from app.core.records import RecordKind
from app.documents import counts, home, jobs, labels, queries, service, subscribers  # noqa: F401 - jobs declares its own
from app.documents.policy import Permission
from app.documents.views import bp
from app.documents.views.shared import signatures_of
from app.org import open_work
from app.signing import service as signing
from app.web.navigation import Item, add_count, add_item
from app.web.records import add_panel, add_record_page

_READ = (Permission.INCOMING_READ, Permission.OUTGOING_READ)
_WORK = (*_READ, Permission.INCOMING_HANDLE, Permission.OUTGOING_DRAFT)


def register(app: Flask) -> None:
    """Đăng ký gói."""
    _grant()
    _name()
    _show()
    home.register()
    open_work.add_source(
        open_work.Source("documents.open", "văn bản", 10, queries.held_count, queries.held_items)
    )
    subscribers.listen()
    app.register_blueprint(bp)


def _grant() -> None:
    permissions.grant(Role.SPECIALIST, *_WORK)
    permissions.grant(Role.UNIT_HEAD, *_WORK, Permission.OUTGOING_ENDORSE)
    permissions.grant(Role.SECRETARY, *_WORK, Permission.GROUP_EDIT)
    permissions.grant(
        Role.LEADER, *_WORK, Permission.INCOMING_INSTRUCT, Permission.OUTGOING_APPROVE, Permission.BOOK_READ
    )
    permissions.grant(
        Role.OFFICE_CHIEF,
        *_WORK,
        Permission.INCOMING_PRESENT,
        Permission.OUTGOING_ENDORSE,
        Permission.BOOK_READ,
        Permission.GROUP_EDIT,
    )
    permissions.grant(
        Role.CLERK,
        *_WORK,
        Permission.INCOMING_REGISTER,
        Permission.INCOMING_PRESENT,
        Permission.OUTGOING_ISSUE,
        Permission.BOOK_READ,
        Permission.GROUP_EDIT,
    )


def _name() -> None:
    audit_labels.register(
        labels.EVENTS,
        labels.FIELDS,
        {"urgency": lambda v: labels.URGENCY.get(int(v), str(v))},
        labels.TONES,
    )


def _show() -> None:
    add_record_page(RecordKind.INCOMING, "documents.incoming", "document_id")
    add_record_page(RecordKind.OUTGOING, "documents.outgoing", "document_id")
    for kind in (RecordKind.INCOMING, RecordKind.OUTGOING):
        add_panel(kind, 15, signatures_of)
    signing.add_subject(RecordKind.OUTGOING, signing.Subject(service.attach_signed))
    for key, build in (
        ("documents_open", counts.incoming_open),
        ("documents_inform", queries.informed_count),
        ("documents_presented", counts.presented),
        ("documents_to_propose", counts.to_propose),
        ("documents_waiting", counts.waiting),
        ("documents_registered", counts.registered),
        ("documents_approved", counts.approved),
        ("documents_signed", counts.signed),
        ("outgoing_open", counts.outgoing_open),
        ("outgoing_review", counts.outgoing_review),
    ):
        add_count(key, build)
    clerk = frozenset({str(Role.CLERK)})
    add_item(
        Item(
            "Văn bản",
            "Chờ vào sổ",
            "documents.inbox",
            "inbox",
            1,
            "documents_waiting",
            tab="Vào sổ",
            roles=clerk,
        )
    )
    add_item(
        Item(
            "Văn bản",
            "Chờ phát hành",
            "documents.approved",
            "send",
            2,
            "documents_approved",
            tab="Phát hành",
            roles=clerk,
        )
    )
    add_item(
        Item(
            "Văn bản", "Chờ đóng dấu", "documents.to_seal", "rubber-stamp", 2, "documents_signed", roles=clerk
        )
    )
    add_item(
        Item(
            "Văn bản",
            "Chờ ký số",
            "documents.to_sign",
            "writing-sign",
            2,
            roles=frozenset({str(Role.LEADER)}),
        )
    )
    add_item(
        Item(
            "Văn bản",
            "Văn bản đến",
            "documents.incoming_list",
            "file-import",
            3,
            "documents_open",
            tab="Văn bản đến",
        )
    )
    add_item(
        Item(
            "Văn bản",
            "Văn bản đi",
            "documents.outgoing_list",
            "file-export",
            4,
            "outgoing_open",
            tab="Văn bản đi",
        )
    )
    add_item(Item("Văn bản", "Sổ văn bản", "documents.books", "book", 6))
    add_item(Item("Văn bản", "Đánh dấu", "documents.starred", "star", 5))
    add_item(Item("Văn bản", "Nhóm nơi nhận", "documents.groups", "address-book", 7))
