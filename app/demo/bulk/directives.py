"""Nhiệm vụ của Thành phố: directives with one part each, their history, reports and flags."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from app.core import numbering
from app.core.records import RecordKind
from app.core.text import reference_key
from app.core.working_days import due_day
from app.demo.bulk.copying import Copier, Table, cell
from app.demo.bulk.desks import Desk, Seat
from app.demo.bulk.documents import spread
from app.demo.bulk.moments import WorkingTime, number_of
from app.demo.data.documents import phrases
from app.demo.data.documents.directives import directive as draw
from app.directives.models import FOREVER, Directive, DirectivePart
from app.directives.models.part import FACTS
from app.directives.policy import sight
from app.directives.service.assigning import words_of
from app.language.dates import dmy
from app.search.words import vector

_KIND: Final = int(RecordKind.DIRECTIVE)
_DIRECTIVE: Final = (
    "id",
    "agency_id",
    "code",
    "origin",
    "content",
    "product",
    "urgency",
    "is_key",
    "assigner_post_id",
    "assigner_person_id",
    "follower_post_id",
    "assigned_at",
    "due_at",
    "source_reference",
    "source_subject",
    "source_issuer",
    "source_point",
    "external_body",
    "external_code",
    "must_report_above",
    "version",
)
_PART: Final = (
    "id",
    *FACTS,
    "number",
    "code",
    "content",
    "words",
    "received_at",
    "passed_on_at",
    "percent",
    "last_update_at",
    "urging_count",
    "closing_note",
    "next_flag_at",
    "version",
)
_REPORT: Final = (
    "part_id",
    "agency_id",
    "post_id",
    "person_id",
    "at",
    "is_completion",
    "percent",
    "situation",
    "difficulty",
    "answer_reference",
    "proposal_note",
    "judgement",
    "judgement_note",
    "judged_by_post_id",
    "judged_by_person_id",
    "judged_at",
)
_EMPTY: Final = ("difficulty", "answer_reference", "proposal_note", "judgement_note")
TABLES: Final = (
    Table("directive", _DIRECTIVE),
    Table("directive_party", ("directive_id", "agency_id", "role")),
    Table("directive_part", _PART),
    Table("directive_part_history", ("part_id", "valid_from", "valid_to", *FACTS)),
    Table("progress_report", _REPORT),
    Table("deadline_flag", ("part_id", "step", "due_at", "raised_at")),
)
_TURNS: Final = ("late",) * 9 + ("soon",) * 3 + ("ahead",) * 6 + ("undated", "reported")


@dataclass(frozen=True)
class _Step:
    """Một bước đã qua của đầu việc."""

    at: datetime
    seat: Seat
    agency: int
    event: str
    data: dict[str, Any]
    facts: dict[str, Any]
    """What the step changed in the part."""


class Directives:
    """Người chép nhiệm vụ."""

    def __init__(self, copier: Copier, rng: random.Random, desks: Sequence[Desk], time: WorkingTime) -> None:
        self._copier, self._rng, self._time = copier, rng, time
        self._city, self._leads = desks[0], [desk for desk in desks if desk.kind != "city"]
        self._numbers: dict[int, int] = {}

    def write(self, first: date, last: date, count: int, *, still_open: int, now: datetime) -> dict[int, int]:
        """Chép ``count`` nhiệm vụ giao trong khoảng ngày, ``still_open`` of them not yet done.

        :returns: the last number given, by year.
        """
        if count <= 0:
            return {}
        days = self._time.days(first, last)
        ids = (self._copier.reserve("directive", count), self._copier.reserve("directive_part", count))
        # Those still open are among the newest tenth or, when there are few, among all.
        opened = set(
            self._rng.sample(range(count - max(still_open, count // 10), count), min(still_open, count))
        )
        for index, minute in enumerate(spread(self._rng, days, count)):
            turn = self._rng.choice(_TURNS) if index in opened else "done"
            self._one(ids[0] + index, ids[1] + index, datetime.fromtimestamp(minute * 60, UTC), turn, now)
            self._copier.send_when_full()
        return dict(self._numbers)

    # ── one directive of one part ────────────────────────────────────────────

    def _one(self, id_: int, part_id: int, at: datetime, turn: str, now: datetime) -> None:
        rng, city, lead = self._rng, self._city, self._rng.choice(self._leads)
        about = draw(rng, lead.field, at.date(), place=lead.place)
        assigner, follower = rng.choice(city.leaders), rng.choice(city.rooms).doer
        due, soon = self._deadline(at, turn, now)
        year = (at + timedelta(hours=7)).year
        if year not in self._numbers:
            self._numbers[year] = numbering.peek(f"directive:{city.agency}", year) - 1
        self._numbers[year] += 1
        directive = Directive(
            id=id_,
            agency_id=city.agency,
            code=f"NV-{year}-{self._numbers[year]:04d}",
            origin="direct",
            content=about.content,
            product=about.product,
            urgency=0,
            is_key=rng.random() < 0.1,
            assigner_post_id=assigner.post,
            assigner_person_id=assigner.person,
            follower_post_id=follower.post,
            assigned_at=at,
            due_at=due,
            source_reference="",
            source_subject="",
            source_issuer="",
            source_point="",
            external_body="",
            external_code="",
            must_report_above=False,
            version=1,
        )
        part = DirectivePart(
            id=part_id,
            directive_id=id_,
            assigning_agency_id=city.agency,
            lead_agency_id=lead.agency,
            assigner_post_id=assigner.post,
            follower_post_id=follower.post,
            origin="direct",
            urgency=0,
            is_key=directive.is_key,
            state="assigned",
            assigned_at=at,
            original_due_at=due,
            due_at=due,
            soon_at=soon,
            is_extension_pending=False,
            number=1,
            code=f"{directive.code}.1",
            content=about.content,
            urging_count=0,
            closing_note="",
            version=1,
        )
        part.words = words_of(part, directive)
        steps = self._steps(part, lead, assigner, turn, now)
        self._history(part, steps)
        if due is not None and part.state in {"assigned", "received", "in_progress"}:
            self._flag(part, due, now)
        lines = self._copier.lines
        lines["directive"].append(_line(getattr(directive, name) for name in _DIRECTIVE))
        lines["directive_party"] += (f"{id_}\t{city.agency}\tassigner", f"{id_}\t{lead.agency}\tlead")
        lines["directive_part"].append(_line(getattr(part, name) for name in _PART))
        self._shown(part, directive, lead)
        self._told(part, steps, assigner, due)

    def _deadline(self, at: datetime, turn: str, now: datetime) -> tuple[datetime | None, datetime | None]:
        rng, time = self._rng, self._time
        today, given = number_of((now + timedelta(hours=7)).date()), number_of(at.date())
        if turn == "undated":
            return None, None
        if turn == "late":
            day = time.add(today, -rng.randint(1, 30))
        elif turn == "soon":
            day = time.add(today, rng.randint(1, 3))
        elif turn in {"ahead", "reported"}:
            day = time.add(today, rng.randint(8, 40))
        else:
            day = time.add(given, rng.randint(5, 30))
        due, soon = time.due(max(day, time.next_day(given)))
        return datetime.fromtimestamp(due * 60, UTC), datetime.fromtimestamp(soon * 60, UTC)

    def _steps(
        self, part: DirectivePart, lead: Desk, assigner: Seat, turn: str, now: datetime
    ) -> list[_Step]:
        """What was done on it so far; steps that would lie ahead are not taken."""
        rng, room = self._rng, lead.rooms[0]
        at = part.assigned_at
        received, passed_on = (
            at + timedelta(hours=rng.randint(2, 20)),
            at + timedelta(hours=rng.randint(21, 40)),
        )
        reported = passed_on + timedelta(days=rng.randint(1, 12), hours=rng.randint(0, 5))
        percent, words = phrases.progress(rng)
        inside = {
            "state": "in_progress",
            "unit_id": room.unit,
            "assignee_post_id": room.doer.post,
            "passed_on_at": passed_on,
        }
        found = [
            _Step(received, lead.clerk, lead.agency, "DirectiveReceived", {}, {"state": "received", "received_at": received}),
            _Step(passed_on, lead.leaders[0], lead.agency, "DirectivePassedOn", {"unit_id": room.unit, "post_id": room.doer.post, "note": ""}, inside),
            _Step(
                reported, room.doer, lead.agency, "DirectiveProgressReported", {"percent": percent, "note": words},
                {"percent": percent, "last_update_at": reported},
            ),
        ]  # fmt: skip
        if turn in {"done", "reported"}:
            end = reported + timedelta(days=rng.randint(1, 9))
            result = phrases.completion(rng)
            found.append(
                _Step(
                    end,
                    room.doer,
                    lead.agency,
                    "DirectiveReportedDone",
                    {"files": 0, "note": result},
                    {
                        "state": "reported_done",
                        "reported_done_at": end,
                        "percent": 100,
                        "last_update_at": end,
                    },
                )
            )
        if turn == "done":
            confirmed = found[-1].at + timedelta(hours=rng.randint(3, 40))
            in_time = part.due_at is None or found[-1].at < part.due_at
            data = {"in_time": in_time, "note": rng.choice(phrases.CONFIRMATIONS)}
            facts = {"state": "completed", "completed_at": confirmed, "closing_note": data["note"]}
            found.append(_Step(confirmed, assigner, self._city.agency, "DirectiveCompleted", data, facts))
        return [step for step in found if step.at < now]

    # ── rows that follow from the steps ──────────────────────────────────────

    def _history(self, part: DirectivePart, steps: Sequence[_Step]) -> None:
        rows, since = self._copier.lines["directive_part_history"], part.assigned_at
        for step in steps:
            before = [getattr(part, name) for name in FACTS]
            for name, value in step.facts.items():
                setattr(part, name, value)
            if before != [getattr(part, name) for name in FACTS]:
                rows.append(_line((part.id, since, step.at, *before)))
                since = step.at
        rows.append(_line((part.id, since, FOREVER, *(getattr(part, name) for name in FACTS))))
        part.version = 1 + len(steps)
        self._reports(part, steps)

    def _reports(self, part: DirectivePart, steps: Sequence[_Step]) -> None:
        """Progress, then completion; who confirmed it judged the last."""
        found: list[dict[str, Any]] = []
        for step in steps:
            if step.event == "DirectiveCompleted":
                found[-1] |= {
                    "judgement": "accepted",
                    "judgement_note": step.data["note"],
                    "judged_by_post_id": step.seat.post,
                    "judged_by_person_id": step.seat.person,
                    "judged_at": step.at,
                }
            elif step.event in {"DirectiveProgressReported", "DirectiveReportedDone"}:
                found.append(
                    {
                        **dict.fromkeys(_REPORT, None),
                        **dict.fromkeys(_EMPTY, ""),
                        "part_id": part.id,
                        "agency_id": part.lead_agency_id,
                        "post_id": step.seat.post,
                        "person_id": step.seat.person,
                        "at": step.at,
                        "is_completion": step.event == "DirectiveReportedDone",
                        "percent": step.facts["percent"],
                        "situation": step.data["note"],
                    }
                )
        self._copier.lines["progress_report"].extend(_line(row[name] for name in _REPORT) for row in found)

    def _flag(self, part: DirectivePart, due: datetime, now: datetime) -> None:
        """As the worker would have left it: raised for what has passed, planned for what comes."""
        rows = self._copier.lines["deadline_flag"]
        if due <= now:
            rows.append(_line((part.id, "overdue", due, due + timedelta(minutes=1))))
            return
        is_soon = part.soon_at is not None and part.soon_at <= now
        if is_soon:
            rows.append(_line((part.id, "soon", due, part.soon_at)))
        part.next_flag_at = due if is_soon else part.soon_at

    def _shown(self, part: DirectivePart, directive: Directive, lead: Desk) -> None:
        lines, is_open = self._copier.lines, part.state not in {"completed", "withdrawn"}
        for reason, principals in sight(part, ()).items():
            lines["record_access"].extend(
                _line((principal, _KIND, part.id, part.assigned_at, is_open, reason))
                for principal in principals
            )
        key, tsv = reference_key(part.code), vector(part.content, directive.product, part.code)
        lines["search_entry"].extend(
            _line(
                (agency, _KIND, part.id, part.content, part.code, key, part.assigned_at, f"'@{agency}' {tsv}")
            )
            for agency in (self._city.agency, lead.agency)
        )

    def _told(
        self, part: DirectivePart, steps: Sequence[_Step], assigner: Seat, due: datetime | None
    ) -> None:
        note = f"Hạn {dmy(due_day(due))}" if due else "Không đặt thời hạn"
        given = {
            "directive_id": part.directive_id,
            "lead_agency_id": part.lead_agency_id,
            "due_at": due.isoformat() if due else None,
            "note": note,
        }
        first = _Step(part.assigned_at, assigner, self._city.agency, "DirectiveAssigned", given, {})
        for step in (first, *steps):
            self._copier.lines["audit_entry"].append(
                _line(
                    (
                        step.at,
                        step.seat.person,
                        step.seat.post,
                        step.agency,
                        step.event,
                        _KIND,
                        part.id,
                        self._city.agency,
                        json.dumps(step.data, ensure_ascii=False),
                        "{}",
                    )
                )
            )


def _line(values: Iterable[object]) -> str:
    return "\t".join(
        "{" + ",".join(f'"{word}"' for word in v) + "}" if isinstance(v, list) else cell(v) for v in values
    )
