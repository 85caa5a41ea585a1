"""Dòng của văn bản đi: issued ones with their recipients, and those in hand."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.core.records import RecordKind
from app.demo.bulk import moments
from app.demo.bulk.copying import NULL, Copier, cell
from app.demo.bulk.desks import Desk, Room, Seat
from app.demo.bulk.exchange import PackageRows
from app.demo.bulk.moments import text_of
from app.demo.bulk.words import Topic, vector
from app.demo.data.documents.phrases import ENDORSEMENTS

if TYPE_CHECKING:
    from app.demo.bulk.documents import Books

_KIND: Final = int(RecordKind.OUTGOING)
_IN_HAND: Final = (("draft", 8), ("in_review", 8), ("endorsed", 24), ("approved", 12))
_BLOCK: Final = 5_000


@dataclass(frozen=True)
class Sent:
    """Văn bản vừa phát hành."""

    id: int
    at: int
    topic: Topic
    reference: str
    key: str
    signer: Seat
    urgency: int
    token: str
    package: int


class OutgoingRows:
    """Người chép văn bản đi."""

    def __init__(
        self, copier: Copier, rng: random.Random, books: Books, packages: PackageRows, trail_every: int
    ) -> None:
        self._copier, self._rng, self._books = copier, rng, books
        self._packages, self._trail = packages, trail_every
        self._ids: list[int] = []

    def _next_id(self) -> int:
        if not self._ids:
            first = self._copier.reserve("document", _BLOCK)
            self._ids = list(range(first + _BLOCK - 1, first - 1, -1))
        return self._ids.pop()

    def write(
        self,
        desk: Desk,
        room: Room,
        topic: Topic,
        notation: str,
        notation_key: str,
        at: int,
        to: Sequence[Desk],
        urgency: int,
    ) -> Sent:
        """Một văn bản đã phát hành lúc ``at``."""
        rng, lines, id_ = self._rng, self._copier.lines, self._next_id()
        year = moments.day_of(at // moments.DAY).year
        register, number = self._books.take(desk.agency, "outgoing", year)
        reference, key = f"{number:02d}/{notation}", f"{number}/{notation_key}"
        signer = rng.choice(desk.leaders)
        begun, when = at - rng.randint(40, 60), text_of(at)
        names = "; ".join(other.name for other in to)
        lines["document"].append(
            f"{id_}\t{desk.agency}\toutgoing\tissued\t{register}\t{number}\t{year}\t{when}\t{topic.type_name}\t{reference}\t"
            f"{key}\t{moments.day_text(at // moments.DAY)}\t{topic.text}\t{urgency}\t{desk.name}\t{desk.agency}\t{signer.name}\t"
            f"{signer.title}\t{NULL}\t{NULL}\t{NULL}\t{room.unit}\t{room.doer.post}\t{room.head.post}\t{signer.post}\t{NULL}\t"
            f"{names}\t{NULL}\t{NULL}\t{when}\t{when}\t\t\t{text_of(begun)}\t{when}\t5"
        )
        for position, other in enumerate(to):
            lines["document_recipient"].append(f"{id_}\t{other.agency}\t{other.name}\t{position}")
        self._sight(
            id_, desk, room, signer, when, "f", ("drafter", "endorser", "approver", "registry", "office")
        )
        self._index(id_, desk, topic, reference, key, when, signer.name)
        token = f"{rng.getrandbits(128):032x}"
        package = self._packages.send(id_, desk.agency, token, at)
        if id_ % self._trail == 0:
            sent = {"package_id": package, "note": f"Đến {len(to)} cơ quan"}
            self._trail_of(id_, desk, room, signer, begun, at, reference, sent)
        self._copier.send_when_full()
        return Sent(id_, at, topic, reference, key, signer, urgency, token, package)

    def _sight(
        self, id_: int, desk: Desk, room: Room, signer: Seat, when: str, is_open: str, reasons: Sequence[str]
    ) -> None:
        principals = {
            "drafter": room.doer.principal,
            "endorser": room.head.principal,
            "approver": signer.principal,
            "registry": desk.registry,
            "office": desk.office,
        }
        self._copier.lines["record_access"].extend(
            f"{principals[reason]}\t{_KIND}\t{id_}\t{when}\t{is_open}\t{reason}" for reason in reasons
        )

    def _index(
        self, id_: int, desk: Desk, topic: Topic, reference: str, key: str, when: str, signer: str
    ) -> None:
        body = f"{desk.name} {topic.type_name} {signer}"
        self._copier.lines["search_entry"].append(
            f"{desk.agency}\t{_KIND}\t{id_}\t{topic.text}\t{reference}\t{key}\t{when}\t"
            f"{vector(topic, reference, body, desk.agency)}"
        )

    def _trail_of(
        self,
        id_: int,
        desk: Desk,
        room: Room,
        signer: Seat,
        begun: int,
        at: int,
        reference: str,
        sent: dict[str, Any],
    ) -> None:
        note = self._rng.choice(ENDORSEMENTS)
        head = room.head
        self._copier.lines["document_note"].append(
            f"{id_}\topinion\t{note}\t{head.post}\t{head.person}\t{text_of(begun + 20)}\t{NULL}"
        )
        steps: tuple[tuple[int, Seat, str, dict[str, Any], tuple[str, str] | None], ...] = (
            (begun, room.doer, "DraftCreated", {}, None),
            (begun + 5, room.doer, "DraftSubmitted", {"to_post_id": head.post}, ("draft", "in_review")),
            (begun + 20, head, "DraftEndorsed", {"note": note}, ("in_review", "endorsed")),
            (begun + 30, signer, "DraftApproved", {"note": ""}, ("endorsed", "approved")),
            (
                at,
                desk.clerk,
                "DocumentIssued",
                {"reference": reference, "in_reply_to_id": None},
                ("approved", "issued"),
            ),
            (at, desk.clerk, "PackageSent", sent, None),
        )
        for moment, seat, event, data, states in steps:
            changes: dict[str, Any] = {"state": states} if states else {}
            if event == "DocumentIssued":
                changes["reference"] = (None, reference)
            self._copier.lines["audit_entry"].append(
                f"{text_of(moment)}\t{seat.person}\t{seat.post}\t{desk.agency}\t{event}\t{_KIND}\t{id_}\t{desk.agency}\t"
                f"{cell(json.dumps(data, ensure_ascii=False))}\t{cell(json.dumps(changes, ensure_ascii=False))}"
            )

    # ── in hand ──────────────────────────────────────────────────────────────

    def in_hand(self, desk: Desk, pool: Sequence[Topic], now: int) -> None:
        """Dự thảo đang ở từng bước."""
        rng = self._rng
        for state, many in _IN_HAND:
            for turn in range(many):
                room, signer = rng.choice(desk.rooms), desk.leaders[turn % len(desk.leaders)]
                self._in_hand(
                    desk, room, signer, rng.choice(pool), state, now - rng.randint(60, 3 * moments.DAY)
                )

    def _in_hand(self, desk: Desk, room: Room, signer: Seat, topic: Topic, state: str, at: int) -> None:
        id_, when = self._next_id(), text_of(at)
        is_signed = state == "approved"
        endorser = room.head.post if state != "draft" else NULL
        self._copier.lines["document"].append(
            f"{id_}\t{desk.agency}\toutgoing\t{state}\t{NULL}\t{NULL}\t{NULL}\t{NULL}\t{topic.type_name}\t\t\t{NULL}\t"
            f"{topic.text}\t0\t{desk.name}\t{desk.agency}\t{signer.name if is_signed else ''}\t"
            f"{signer.title if is_signed else ''}\t{NULL}\t{NULL}\t{NULL}\t{room.unit}\t{room.doer.post}\t{endorser}\t"
            f"{signer.post}\t{NULL}\t\t{NULL}\t{NULL}\t{when}\t{NULL}\t\t\t{when}\t{when}\t2"
        )
        # Who has had it sees it; who has it now has it open.
        course = {
            "draft": ("drafter",),
            "in_review": ("drafter", "endorser"),
            "endorsed": ("drafter", "endorser", "approver"),
            "approved": ("drafter", "endorser", "approver", "office", "registry"),
        }[state]
        self._sight(id_, desk, room, signer, when, "f", course[:-1])
        self._sight(id_, desk, room, signer, when, "t", course[-1:])
        body = f"{desk.name} {topic.type_name} {signer.name if is_signed else ''}"
        self._copier.lines["search_entry"].append(
            f"{desk.agency}\t{_KIND}\t{id_}\t{topic.text}\t\t\t{when}\t{vector(topic, '', body, desk.agency)}"
        )
