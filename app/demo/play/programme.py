"""Chương trình: which documents begin when, and where each comes to rest, so that every desk has something true on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from typing import Final

from app.core import clock
from app.demo.data.agencies import STAFFED_COMMUNES, STAFFED_DEPARTMENTS
from app.demo.data.documents.issuers import external_document
from app.demo.data.documents.subjects import Subject, subject
from app.demo.data.documents.types import urgency as draw_urgency
from app.demo.play.crews import Crew, Division, crew, crews
from app.demo.play.incoming import DEGREES, Fate, on_paper
from app.demo.play.outgoing import Drafting, drafting
from app.demo.play.stage import Stage

_PLACES: Final = (*STAFFED_DEPARTMENTS, *STAFFED_COMMUNES)
_EXPRESS: Final = DEGREES["Hỏa tốc"]

# Working days ago at which each kind of agency sends something out.
_CITY_SENDS: Final = (16, 12, 9, 7, 5, 4, 3, 2, 1, 1, 0)
_DEPARTMENTS_SEND: Final = (12, 6, 2, 1)
_COMMUNES_SEND: Final = (9, 3, 1)
_PAPER_TO_CITY: Final = (13, 10, 8, 6, 5, 4, 3, 2, 2, 1, 1, 0, 0)
_PAPER_FOR_CHAIRMAN: Final = (3, 2, 1)
_PAPER_TO_DEPARTMENTS: Final = (9, 5, 2, 1)
_PAPER_TO_COMMUNES: Final = (6, 1)


class Fates:
    """Số phận lần lượt của văn bản đến mỗi cơ quan, theo tuổi của văn bản."""

    _BY_AGE: Final[tuple[tuple[int, tuple[Fate, ...]], ...]] = (
        (0, (Fate("waiting"), Fate("registered"), Fate("waiting"))),
        (1, (Fate("to_propose"), Fate("waiting"), Fate("presented"), Fate("registered"))),
        (3, (Fate("presented"), Fate("unseen", due=3), Fate("waiting"), Fate("assigned", due=1))),
        (8, (Fate("assigned", due=2), Fate("done"), Fate("assigned", due=-1), Fate("presented"), Fate("assigned", due=6))),
        (99, (Fate("done"), Fate("assigned", due=-3), Fate("answered"), Fate("done"), Fate("returned"))),
    )  # fmt: skip

    def __init__(self) -> None:
        self._turns: dict[tuple[str, int], Iterator[Fate]] = {}
        self._leaders: dict[str, Iterator[str]] = {}

    def of(self, agency_key: str, age: int) -> Fate:
        """Số phận kế tiếp."""
        place = next(i for i, (oldest, _) in enumerate(self._BY_AGE) if age <= oldest)
        turns = self._turns.setdefault((agency_key, place), cycle(self._BY_AGE[place][1]))
        fate = next(turns)
        staffed = crew(agency_key)
        if fate.until == "to_propose" and not staffed.chiefs:
            fate = Fate("presented")
        leaders = self._leaders.setdefault(agency_key, cycle(_leader_turns(staffed)))
        return Fate(fate.until, next(leaders), fate.due, fate.urgency)


def _leader_turns(staffed: Crew) -> Sequence[str]:
    """The head of the agency gets every other document."""
    head, *deputies = staffed.leaders
    return [post for deputy in deputies for post in (head, deputy)] or [head]


def documents(stage: Stage) -> None:
    """Văn bản của bốn tuần gần đây."""
    fates = Fates()
    _city_to_all(stage, fates)
    for key in STAFFED_DEPARTMENTS:
        _upwards(stage, fates, crew(key), _DEPARTMENTS_SEND)
    for key in STAFFED_COMMUNES:
        _upwards(stage, fates, crew(key), _COMMUNES_SEND)
    _on_paper(stage, fates)
    for staffed in crews():
        _in_hand(stage, staffed)


# ── sent inside the city ─────────────────────────────────────────────────────


def _city_to_all(stage: Stage, fates: Fates) -> None:
    city = crew("city")
    for turn, age in enumerate(_CITY_SENDS):
        division = city.divisions[turn % len(city.divisions)]
        about = _subject(stage, city, stage.days.ago(age))
        to = sorted(stage.rng.sample(_PLACES, stage.rng.randint(4, 8)), key=_PLACES.index)
        degree = _EXPRESS if age <= 1 and turn % 2 else DEGREES[draw_urgency(stage.rng, about.type_name)]
        _send(stage, fates, city, division, about, age, tuple(to), degree)


def _upwards(stage: Stage, fates: Fates, sender: Crew, ages: Sequence[int]) -> None:
    """Sở, phường, xã gửi Ủy ban nhân dân Thành phố, and now and then another agency as well."""
    for turn, age in enumerate(ages):
        division = sender.divisions[turn % min(2, len(sender.divisions))]
        about = _subject(stage, sender, stage.days.ago(age))
        others = [key for key in _PLACES if key != sender.key]
        to = ("city", *stage.rng.sample(others, 1 if turn % 2 else 0))
        degree = (
            _EXPRESS
            if age == 1 and sender.key in {"SYT", "can-gio"}
            else DEGREES[draw_urgency(stage.rng, about.type_name)]
        )
        _send(stage, fates, sender, division, about, age, to, degree)


def _send(
    stage: Stage,
    fates: Fates,
    sender: Crew,
    division: Division,
    about: Subject,
    age: int,
    to: tuple[str, ...],
    degree: int,
) -> None:
    def fate_at(key: str) -> Fate:
        # What is hỏa tốc and came just now lies on top of the clerk's desk; the rest takes its turn.
        fate = fates.of(key, age)
        is_new_express = degree == _EXPRESS and age <= 1 and key == "city"
        return replace(fate, until="waiting") if is_new_express else fate

    # Drafted the day before: the course through the offices takes most of a day.
    starts = stage.days.ago(age + 1, stage.rng.randint(8, 10), stage.rng.randint(0, 59))
    plan = Drafting(
        sender,
        division,
        about,
        stage.rng.choice(_leader_turns(sender)),
        starts,
        to=to,
        urgency=degree,
        fates=fate_at,
    )
    stage.tell(drafting(stage, plan))


# ── from outside, on paper ───────────────────────────────────────────────────


def _on_paper(stage: Stage, fates: Fates) -> None:
    for staffed in crews():
        ages = {"city": _PAPER_TO_CITY, "department": _PAPER_TO_DEPARTMENTS}.get(
            staffed.spec.kind, _PAPER_TO_COMMUNES
        )
        for age in ages:
            fate = fates.of(staffed.key, age)
            if fate.until in {"waiting", "returned", "answered"}:
                fate = Fate("presented" if age < 5 else "done", fate.leader)
            arrives = stage.days.ago(age, stage.rng.randint(8, 15), stage.rng.randint(0, 59))
            external = external_document(stage.rng, clock.local(arrives).date())
            stage.tell(on_paper(stage, staffed, arrives, external, fate))
    for age in _PAPER_FOR_CHAIRMAN:
        arrives = stage.days.ago(age, 9, stage.rng.randint(0, 59))
        external = external_document(stage.rng, clock.local(arrives).date())
        stage.tell(on_paper(stage, crew("city"), arrives, external, Fate("presented", "city_chairman")))


# ── being drafted now ────────────────────────────────────────────────────────


def _in_hand(stage: Stage, staffed: Crew) -> None:
    """Dự thảo đang trên bàn: at the drafter's, the head's, the leader's and the clerk's."""
    head, *deputies = staffed.leaders
    wanted = [
        ("endorsed", head),
        ("in_review", head),
        ("draft", head),
        ("returned", head),
        ("approved", head),
    ]
    wanted += [("endorsed", deputy) for deputy in deputies]
    if staffed.key == "city":
        wanted += (
            [("endorsed", head)] * 4
            + [("endorsed", deputies[0])] * 2
            + [("refused", head), ("approved", head)]
        )
        wanted += [("in_review", head)] * 4 + [("draft", head)] * 3
    for turn, (until, approver) in enumerate(wanted):
        division = staffed.divisions[turn % min(len(staffed.divisions), 4)]
        age = stage.rng.choice((1, 1, 2, 2, 3, 4, 6))
        about = _subject(stage, staffed, stage.days.ago(age))
        to = stage.rng.sample([key for key in _PLACES if key != staffed.key], stage.rng.randint(1, 4))
        plan = Drafting(
            staffed,
            division,
            about,
            approver,
            stage.days.ago(age, stage.rng.randint(8, 11), stage.rng.randint(0, 59)),
            until,
            to=tuple(to) if staffed.key == "city" else ("city", *to[:1]),
            urgency=DEGREES[draw_urgency(stage.rng, about.type_name)],
        )
        stage.tell(drafting(stage, plan))


def _subject(stage: Stage, sender: Crew, when: datetime) -> Subject:
    place = sender.spec.name.removeprefix("Ủy ban nhân dân ") if sender.spec.field == "commune" else ""
    while True:
        about = subject(stage.rng, sender.spec.field, clock.local(when).date(), place=place)
        if about.type_name != "Giấy mời":  # invitations belong to meetings
            return about
