"""Dòng của văn bản đến: from arrival to the end, or to the step at which it rests."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from app.core.records import RecordKind
from app.demo.bulk import moments
from app.demo.bulk.copying import NULL, Copier, cell
from app.demo.bulk.desks import Desk, Room, Seat
from app.demo.bulk.exchange import Carried, PackageRows
from app.demo.bulk.moments import DAY, WorkingTime, iso_of, text_of
from app.demo.bulk.words import Topic, vector
from app.demo.data.documents.phrases import RESULTS, instruction
from app.exchange.models import DeliveryState

if TYPE_CHECKING:
    from app.demo.bulk.documents import Books

_KIND: Final = int(RecordKind.INCOMING)


class Rest(StrEnum):
    """Chỗ một văn bản dừng lại; without one it went its whole course."""

    WAITING = "waiting"
    REGISTERED = "registered"
    TO_PROPOSE = "to_propose"
    PRESENTED = "presented"
    ASSIGNED = "assigned"
    LATE = "late"


_STATE: Final = {Rest.LATE: "assigned", None: "done"}


@dataclass(frozen=True)
class Arrived:
    """Văn bản tới một cơ quan."""

    at: int
    topic: Topic
    reference: str
    key: str
    issued: int
    issuer: str
    issuer_agency: int | None
    signer: str
    signer_title: str
    urgency: int
    carried: Carried | None
    """How it came from inside the city; paper has none."""

    @property
    def token(self) -> str | None:
        """Mã gói tin."""
        return self.carried.token if self.carried else None


@dataclass(frozen=True)
class _Course:
    """Các mốc của một văn bản: minutes, in the order of the steps."""

    registered: int
    instructed: int
    seen: int
    passed_on: int
    done: int
    due: int | None
    soon: int | None


class IncomingRows:
    """Người chép văn bản đến."""

    def __init__(
        self,
        copier: Copier,
        rng: random.Random,
        time: WorkingTime,
        books: Books,
        packages: PackageRows,
        trail_every: int,
    ) -> None:
        self._copier, self._rng, self._time, self._books = copier, rng, time, books
        self._packages, self._trail = packages, trail_every
        self._handling_ids: list[int] = []

    def write(self, desk: Desk, arrivals: Sequence[Arrived], rests: Mapping[int, Rest], now: int) -> None:
        """Văn bản tới một cơ quan trong tháng, theo thứ tự thời gian."""
        if not arrivals:
            return
        first = self._copier.reserve("document", len(arrivals))
        self._reserve_handlings(3 * len(arrivals))
        before = 0
        for index, arrived in enumerate(arrivals):
            rest = rests.get(index)
            if rest == Rest.TO_PROPOSE and desk.chief is None:
                rest = Rest.PRESENTED
            # Numbers follow the order of registering.
            registered = before = max(before, self._time.later(arrived.at, 12))
            course = self._course(registered, rest, now)
            self._one(first + index, desk, arrived, course, rest)
            self._copier.send_when_full()

    def _reserve_handlings(self, count: int) -> None:
        first = self._copier.reserve("handling", count)
        self._handling_ids = list(range(first + count - 1, first - 1, -1))

    def _course(self, registered: int, rest: Rest | None, now: int) -> _Course:
        rng, time = self._rng, self._time
        instructed = time.later(registered, rng.randint(40, 260))
        seen = time.later(instructed, rng.randint(15, 180))
        passed_on = time.later(seen, rng.randint(3, 30))
        done = time.later(passed_on, rng.randint(200, 2200))
        due = soon = None
        if rest == Rest.LATE or rng.random() < 0.7:
            length = rng.randint(1, 3) if rest == Rest.LATE else rng.randint(3, 10)
            due, soon = time.due(time.add(instructed // DAY, length))
        if rest is None:  # what has an end has it in the past
            registered, instructed, seen = (
                min(registered, now - 9),
                min(instructed, now - 7),
                min(seen, now - 5),
            )
            passed_on, done = min(passed_on, now - 3), min(done, now - 1)
        return _Course(registered, instructed, seen, passed_on, done, due, soon)

    # ── one document ─────────────────────────────────────────────────────────

    def _one(self, id_: int, desk: Desk, arrived: Arrived, course: _Course, rest: Rest | None) -> None:
        rng, lines, topic = self._rng, self._copier.lines, arrived.topic
        state = _STATE.get(rest) or str(rest)
        leader, room = rng.choice(desk.leaders), rng.choice(desk.rooms[:3])
        proposer = desk.chief if rest == Rest.TO_PROPOSE or (desk.chief and id_ % 3 == 0) else None
        is_in = rest != Rest.WAITING
        is_presented = rest not in {Rest.WAITING, Rest.REGISTERED, Rest.TO_PROPOSE}
        is_assigned = is_presented and rest != Rest.PRESENTED
        when = text_of(arrived.at)
        register, number, year = NULL, NULL, NULL
        if is_in:
            local_year = moments.day_of(course.registered // DAY).year
            taken, given = self._books.take(desk.agency, "incoming", local_year)
            register, number, year = str(taken), str(given), str(local_year)
        due, soon = _moments(course) if is_assigned else (NULL, NULL)
        since = {
            Rest.WAITING: arrived.at, Rest.REGISTERED: course.registered, Rest.TO_PROPOSE: course.registered,
            Rest.PRESENTED: course.registered, None: course.done,
        }.get(rest, course.instructed)  # fmt: skip
        result = rng.choice(RESULTS) if rest is None else ""
        lines["document"].append(
            f"{id_}\t{desk.agency}\tincoming\t{state}\t{register}\t{number}\t{year}\t"
            f"{text_of(course.registered) if is_in else NULL}\t{topic.type_name}\t{arrived.reference}\t{arrived.key}\t"
            f"{moments.day_text(arrived.issued)}\t{topic.text}\t{arrived.urgency}\t{arrived.issuer}\t"
            f"{arrived.issuer_agency or NULL}\t{arrived.signer}\t{arrived.signer_title}\t"
            f"{'exchange' if arrived.token else 'paper'}\t{arrived.token or NULL}\t{when}\t{NULL}\t{NULL}\t{NULL}\t{NULL}\t"
            f"{leader.post if is_presented else NULL}\t\t{due}\t{soon}\t{text_of(since)}\t"
            f"{text_of(course.done) if rest is None else NULL}\t{result}\t\t{when}\t{when}\t{4 if rest is None else 2}"
        )
        self._sight(id_, desk, leader, proposer, when, rest)
        words = instruction(rng, room.name, due=_due_date(course), to=desk.short_name) if is_presented else ""
        parts = (
            self._handlings(id_, desk, room, leader, words, course, rest, when, result) if is_assigned else ()
        )
        body = f"{arrived.issuer} {topic.type_name} {arrived.signer}"
        lines["search_entry"].append(
            f"{desk.agency}\t{_KIND}\t{id_}\t{topic.text}\t{arrived.reference}\t{arrived.key}\t{when}\t"
            f"{vector(topic, arrived.reference, body, desk.agency)}"
        )
        in_full = id_ % self._trail == 0 or rest is not None
        if arrived.carried is not None:
            steps = _states(arrived.at, course, desk, leader, room, rest)
            self._packages.deliver(arrived.carried, desk.agency, id_, steps, in_full=in_full)
        if in_full:
            self._trail_of(
                id_, desk, arrived, leader, proposer, room, words, course, rest, number, parts, result
            )

    def _sight(
        self, id_: int, desk: Desk, leader: Seat, proposer: Seat | None, when: str, rest: Rest | None
    ) -> None:
        rows = self._copier.lines["record_access"]
        at_registry = "t" if rest in {Rest.WAITING, Rest.REGISTERED} else "f"
        rows.append(f"{desk.registry}\t{_KIND}\t{id_}\t{when}\t{at_registry}\tregistry")
        if rest != Rest.WAITING:
            rows.append(f"{desk.office}\t{_KIND}\t{id_}\t{when}\tf\toffice")
        if rest in {Rest.WAITING, Rest.REGISTERED}:
            return
        if proposer is not None:
            has_it = "t" if rest == Rest.TO_PROPOSE else "f"
            rows.append(f"{proposer.principal}\t{_KIND}\t{id_}\t{when}\t{has_it}\tproposer")
        if rest != Rest.TO_PROPOSE:
            has_it = "t" if rest == Rest.PRESENTED else "f"
            rows.append(f"{leader.principal}\t{_KIND}\t{id_}\t{when}\t{has_it}\tpresented")

    def _handlings(
        self,
        id_: int,
        desk: Desk,
        room: Room,
        leader: Seat,
        words: str,
        course: _Course,
        rest: Rest | None,
        when: str,
        result: str,
    ) -> tuple[int, int]:
        """The unit's part, passed on to one of its people: the head closes his own when the other is done."""
        lines, unit_part, own_part = self._copier.lines, self._handling_ids.pop(), self._handling_ids.pop()
        due, soon = _moments(course)
        is_done = rest is None
        state, end = ("done", text_of(course.done)) if is_done else ("in_progress", NULL)
        updated = text_of(course.done if is_done else course.passed_on)
        lines["handling"].append(
            f"{unit_part}\t{desk.agency}\t{id_}\t{NULL}\t{NULL}\t{room.unit}\tlead\t{words}\t{state}\t{due}\t{soon}\t{leader.post}\t"
            f"{text_of(course.instructed)}\t{text_of(course.seen)}\t{updated}\t\t{result}\t{end}\t4"
        )
        lines["handling"].append(
            f"{own_part}\t{desk.agency}\t{id_}\t{unit_part}\t{room.doer.post}\t{NULL}\tlead\t{words}\t"
            f"{state if is_done else 'new'}\t{due}\t{soon}\t{room.head.post}\t{text_of(course.passed_on)}\t"
            f"{end}\t{updated}\t\t{result}\t{end}\t3"
        )
        has_it = "f" if is_done else "t"
        lines["record_access"] += (
            f"{room.principal}\t{_KIND}\t{id_}\t{when}\tf\thandling:{unit_part}",
            f"{room.doer.principal}\t{_KIND}\t{id_}\t{when}\t{has_it}\thandling:{own_part}",
        )
        return unit_part, own_part

    # ── what the timeline tells ──────────────────────────────────────────────

    def _trail_of(
        self,
        id_: int,
        desk: Desk,
        arrived: Arrived,
        leader: Seat,
        proposer: Seat | None,
        room: Room,
        words: str,
        course: _Course,
        rest: Rest | None,
        number: str,
        parts: tuple[int, ...],
        result: str,
    ) -> None:
        token, at = arrived.token, course.registered
        steps: list[tuple[int, Seat | None, str, dict[str, Any], dict[str, Any]]] = []
        if token is not None:
            steps.append((arrived.at, None, "DocumentArrived", {"package_token": token}, {}))
        if rest != Rest.WAITING:
            data = {"number": int(number), "package_token": token}
            steps.append((at, desk.clerk, "DocumentRegistered", data, _state("waiting", "registered")))
        if proposer is not None and rest not in {Rest.WAITING, Rest.REGISTERED}:
            sought = _state("registered", "to_propose")
            steps.append((at, desk.clerk, "ProposalSought", {"to_post_id": proposer.post}, sought))
        if words:
            office, before = (proposer, "to_propose") if proposer else (desk.clerk, "registered")
            data = {"to_post_id": leader.post, "note": words}
            steps.append((at, office, "DocumentPresented", data, _state(before, "presented")))
            self._note(id_, "proposal", words, office, at, _assignment(room, words, course))
        if parts:
            self._note(id_, "instruction", words, leader, course.instructed, NULL)
            due = {"due_at": (None, iso_of(course.due))} if course.due is not None else {}
            data = {"note": words, "package_token": token}
            changes = {**_state("presented", "assigned"), **due}
            steps += [
                (course.instructed, leader, "DocumentInstructed", data, changes),
                (course.seen, room.head, "HandlingSeen", {"handling_id": parts[0]}, {}),
                (course.passed_on, room.head, "HandlingPassedOn", {"handling_id": parts[0], "note": "", "package_token": token}, {}),
            ]  # fmt: skip
        if rest is None:
            steps += [
                (course.done, room.doer, "HandlingCompleted", {"handling_id": part, "note": result}, {})
                for part in reversed(parts)
            ]
            data = {"note": result, "package_token": token}
            steps.append((course.done, room.doer, "DocumentClosed", data, _state("assigned", "done")))
        for moment, seat, event, data, changes in steps:
            who = f"{seat.person}\t{seat.post}\t{desk.agency}" if seat else f"{NULL}\t{NULL}\t{NULL}"
            self._copier.lines["audit_entry"].append(
                f"{text_of(moment)}\t{who}\t{event}\t{_KIND}\t{id_}\t{desk.agency}\t"
                f"{cell(json.dumps(data, ensure_ascii=False))}\t{cell(json.dumps(changes))}"
            )

    def _note(self, id_: int, kind: str, words: str, seat: Seat, at: int, assignment: str) -> None:
        self._copier.lines["document_note"].append(
            f"{id_}\t{kind}\t{words}\t{seat.post}\t{seat.person}\t{text_of(at)}\t{assignment}"
        )


def _states(
    at: int, course: _Course, desk: Desk, leader: Seat, room: Room, rest: Rest | None
) -> list[tuple[int, Seat | None, DeliveryState]]:
    """What the sender is told: arrived, registered, assigned, in progress, done."""
    found: list[tuple[int, Seat | None, DeliveryState]] = [(at, None, DeliveryState.ARRIVED)]
    if rest != Rest.WAITING:
        found.append((course.registered, desk.clerk, DeliveryState.REGISTERED))
    if rest in {None, Rest.ASSIGNED, Rest.LATE}:
        found.append((course.instructed, leader, DeliveryState.ASSIGNED))
        found.append((course.passed_on, room.head, DeliveryState.IN_PROGRESS))
    if rest is None:
        found.append((course.done, room.doer, DeliveryState.DONE))
    return found


def _state(before: str, after: str) -> dict[str, Any]:
    return {"state": (before, after)}


def _moments(course: _Course) -> tuple[str, str]:
    if course.due is None or course.soon is None:
        return NULL, NULL
    return text_of(course.due), text_of(course.soon)


def _due_date(course: _Course) -> Any:
    return moments.day_of(course.due // DAY) if course.due is not None else None


def _assignment(room: Room, words: str, course: _Course) -> str:
    due = iso_of(course.due) if course.due is not None else None
    given = {"text": words, "lead": room.principal, "support": [], "inform": [], "due_at": due}
    return cell(json.dumps(given, ensure_ascii=False))
