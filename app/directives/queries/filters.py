"""Bộ lọc: what is asked of a list or figure, its shape (which SQL it needs) and its values (what that SQL is given)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.core import clock
from app.core.actor import Actor
from app.core.records import RecordKind, leadership_principal, office_principal, registry_principal
from app.core.text import fold, reference_key
from app.core.working_days import due_instant
from app.directives.models import Origin
from app.directives.policy import SCOPE

_INSTANT = timedelta(microseconds=1)
_WORDS = 12


class View(StrEnum):
    """Góc nhìn: what we gave, what we were given, where we help, what came from above, where we asked for cooperation."""

    GIVEN = "giao"
    RECEIVED = "duoc-giao"
    SUPPORTING = "phoi-hop"
    ABOVE = "cap-tren"
    ASKED = "de-nghi-phoi-hop"


class Status(StrEnum):
    """Tình trạng: workflow state and deadline in one word, as it stands in addresses."""

    LATE = "qua-han"
    SOON = "sap-den-han"
    IN_TIME = "con-han"
    UNDATED = "khong-han"
    REPORTED = "cho-xac-nhan"
    EXTENSION = "de-nghi-gia-han"
    COMPLETED = "hoan-thanh"
    ON_TIME = "xong-dung-han"
    DONE_LATE = "xong-tre-han"
    OPEN = "chua-xong"
    ON_TIME_AT_FIRST = "xong-dung-han-dau"
    PAUSED = "tam-dung"
    WITHDRAWN = "da-thu-hoi"
    ALL = "tat-ca"


WORKING_STATUSES = (Status.LATE, Status.SOON, Status.IN_TIME, Status.UNDATED)
OPEN_STATUSES = (*WORKING_STATUSES, Status.REPORTED, Status.EXTENSION, Status.OPEN)
COMPLETED_STATUSES = (Status.COMPLETED, Status.ON_TIME, Status.DONE_LATE, Status.ON_TIME_AT_FIRST)

REASONS = {
    View.GIVEN: ("assigner", "assigning", "follower"),
    View.ABOVE: ("assigner", "assigning", "follower"),
    View.ASKED: ("assigner", "assigning", "follower"),
    View.RECEIVED: ("lead", "assignee", "former_lead"),
    View.SUPPORTING: ("support", "former_lead"),
}


@dataclass(frozen=True, kw_only=True)
class PartFilter:
    """Bộ lọc của danh sách và số liệu. ``as_at`` asks for the rows as they stood at the end of that day."""

    view: View = View.GIVEN
    status: Status = Status.ALL
    lead_agency_id: int | None = None
    assigner_post_id: int | None = None
    origin: Origin | None = None
    document_id: int | None = None
    programme_id: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    completed_from: date | None = None
    text: str = ""
    as_at: date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Có điều kiện nào ngoài góc nhìn, tình trạng và ngày."""
        return bool(_narrowed(self) - {"completed_from"})

    def with_status(self, status: Status) -> PartFilter:
        """Cùng bộ lọc, tình trạng khác."""
        return replace(self, status=status)


def _narrowed(wanted: PartFilter) -> frozenset[str]:
    names = (
        "lead_agency_id",
        "assigner_post_id",
        "origin",
        "document_id",
        "programme_id",
        "due_from",
        "due_to",
        "completed_from",
        "text",
    )
    return frozenset(n for n in names if getattr(wanted, n))


@dataclass(frozen=True)
class Shape:
    """Dạng của bộ lọc: filters of one shape need the same SQL with other values, so it is written once."""

    view: View
    status: Status
    is_wide: bool  # the viewer sees the whole agency's side, so that no row need be asked
    is_past: bool
    narrowed: frozenset[str] = frozenset()


def shape_of(viewer: Actor, wanted: PartFilter) -> Shape:
    """Dạng của bộ lọc đối với người xem này."""
    is_wide = sees_whole_agency(viewer, wanted.view)
    return Shape(wanted.view, wanted.status, is_wide, wanted.as_at is not None, _narrowed(wanted))


def sees_whole_agency(viewer: Actor, view: View) -> bool:
    """Được xem mọi đầu việc của cơ quan trong góc nhìn này: such sight is written on every row, so no row is asked."""
    if viewer.agency_id is None or view == View.SUPPORTING:
        return False
    wide = {leadership_principal(viewer.agency_id), office_principal(viewer.agency_id)}
    if view == View.RECEIVED:
        wide.add(registry_principal(viewer.agency_id))
    return bool(wide & set(viewer.all_principals(SCOPE)))


def moment_of(wanted: PartFilter, now: datetime) -> datetime:
    """Mốc tính hạn: now, or the last instant of the day asked for."""
    return now if wanted.as_at is None else min(now, due_instant(wanted.as_at) - _INSTANT)


def values_of(viewer: Actor, wanted: PartFilter, now: datetime) -> dict[str, Any]:
    """Giá trị của bộ lọc, by the names the conditions give them."""
    values: dict[str, Any] = {
        "agency": viewer.agency_id,
        "moment": moment_of(wanted, now),
        "principals": list(viewer.all_principals(SCOPE)),
        "kind": int(RecordKind.DIRECTIVE),
        "lead_agency_id": wanted.lead_agency_id,
        "assigner_post_id": wanted.assigner_post_id,
        "origin": wanted.origin.value if wanted.origin else None,
        "document_id": wanted.document_id,
        "programme_id": wanted.programme_id,
    }
    if wanted.due_from:
        values["due_from"] = clock.instant(wanted.due_from)
    if wanted.due_to:
        values["due_to"] = due_instant(wanted.due_to)
    if wanted.completed_from:
        values["completed_from"] = clock.instant(wanted.completed_from)
    if wanted.text:
        # a text without letters or figures names no word, and so finds nothing
        values["words"] = re.findall(r"[a-z0-9]+", fold(wanted.text))[:_WORDS] or [wanted.text]
        values["key"] = [reference_key(wanted.text)]
    return values
