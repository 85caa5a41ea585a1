"""Gói tin của văn bản đã chép: the package of each sent document, and how far each recipient has come with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.core.records import RecordKind
from app.demo.bulk.copying import NULL, Copier, Table, cell
from app.demo.bulk.desks import Seat
from app.demo.bulk.moments import text_of
from app.exchange.events import DeliveryArrived, DeliveryStateChanged
from app.exchange.models import DeliveryState, Transport

_KIND: Final = int(RecordKind.PACKAGE)
_BLOCK: Final = 5_000
TABLES: Final = (
    Table(
        "exchange_package",
        ("id", "token", "document_id", "sender_agency_id", "business_type", "manifest", "created_at"),
    ),
    Table(
        "exchange_delivery",
        (
            "id", "package_id", "sender_agency_id", "recipient_agency_id", "receiver_agency_id", "position", "transport",
            "state", "state_at", "state_by", "state_reason", "recipient_document_id", "queued_at", "attempts", "version",
        ),
    ),
    Table(
        "exchange_delivery_state", ("delivery_id", "state", "at", "person_id", "state_by", "reason")
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """Gói tin tới một nơi nhận."""

    package: int
    token: str
    sender: int
    clerk: Seat
    """Who issued it."""
    sent_at: int
    position: int


class PackageRows:
    """Người chép gói tin."""

    def __init__(self, copier: Copier) -> None:
        self._copier = copier
        self._ids: dict[str, list[int]] = {}

    def _next_id(self, table: str) -> int:
        left = self._ids.setdefault(table, [])
        if not left:
            first = self._copier.reserve(table, _BLOCK)
            left.extend(range(first + _BLOCK - 1, first - 1, -1))
        return left.pop()

    def send(self, document: int, agency: int, token: str, at: int) -> int:
        """Gói tin của một văn bản vừa phát hành; older documents have no files any more."""
        package = self._next_id("exchange_package")
        self._copier.lines["exchange_package"].append(
            f"{package}\t{token}\t{document}\t{agency}\t0\t[]\t{text_of(at)}"
        )
        return package

    def deliver(
        self,
        carried: Carried,
        agency: int,
        document: int,
        steps: Sequence[tuple[int, Seat | None, DeliveryState]],
        *,
        in_full: bool,
    ) -> None:
        """Một nơi nhận: ``steps`` after the sending, the last one is where it stands."""
        lines, delivery = self._copier.lines, self._next_id("exchange_delivery")
        at, seat, state = steps[-1]
        sent = text_of(carried.sent_at)
        lines["exchange_delivery"].append(
            f"{delivery}\t{carried.package}\t{carried.sender}\t{agency}\t{agency}\t{carried.position}\t{Transport.LOCAL.value}\t"
            f"{state.value}\t{text_of(at)}\t{_words(seat)}\t\t{document}\t{sent}\t1\t{1 + len(steps)}"
        )
        begun = (carried.sent_at, carried.clerk, DeliveryState.QUEUED)
        for moment, who, reached in (begun, *steps) if in_full else steps[-1:]:
            lines["exchange_delivery_state"].append(
                f"{delivery}\t{reached.value}\t{text_of(moment)}\t{who.person if who else NULL}\t{_words(who)}\t"
            )
        if in_full:
            self._tell(carried, delivery, agency, steps)

    def _tell(
        self,
        carried: Carried,
        delivery: int,
        agency: int,
        steps: Sequence[tuple[int, Seat | None, DeliveryState]],
    ) -> None:
        before = DeliveryState.QUEUED.value
        data = json.dumps({"delivery_id": delivery})
        for moment, seat, state in steps:
            who = f"{seat.person}\t{seat.post}\t{agency}" if seat else f"{NULL}\t{NULL}\t{NULL}"
            event = DeliveryArrived if state == DeliveryState.ARRIVED else DeliveryStateChanged
            changes = json.dumps({"delivery_state": (before, state.value)})
            self._copier.lines["audit_entry"].append(
                f"{text_of(moment)}\t{who}\t{event.__name__}\t{_KIND}\t{carried.package}\t{carried.sender}\t{data}\t{changes}"
            )
            before = state.value


def _words(seat: Seat | None) -> str:
    return cell(f"{seat.name}, {seat.title}") if seat else ""
