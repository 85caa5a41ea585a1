"""Văn bản theo tháng: what each agency sent, what therefore arrived elsewhere, and what came from outside."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.core.text import fold
from app.demo.bulk import moments
from app.demo.bulk.copying import Copier
from app.demo.bulk.desks import Desk
from app.demo.bulk.exchange import Carried, PackageRows
from app.demo.bulk.incoming import Arrived, IncomingRows, Rest
from app.demo.bulk.moments import WorkingTime
from app.demo.bulk.outgoing import OutgoingRows, Sent
from app.demo.bulk.words import Topic, make_topic, topics
from app.demo.data.documents.issuers import external_document
from app.demo.data.documents.types import urgency
from app.documents.labels import URGENCY
from app.language.document_types import type_named
from app.language.references import build_notation

SHARES: Final = {"city": 0.25, "department": 0.08, "commune": 0.045}
"""Share of all documents: one city, six departments, six communes."""
_SENT_SHARE: Final = 0.3
_TOPICS_A_MONTH: Final = 60
_DEGREES: Final = {words: degree for degree, words in URGENCY.items()}
# Of a hundred documents of a city, so many wait somewhere; the rest is done (only where open work is wanted).
_RESTS: Final = (
    (Rest.WAITING, 60),
    (Rest.REGISTERED, 25),
    (Rest.TO_PROPOSE, 15),
    (Rest.PRESENTED, 60),
    (Rest.ASSIGNED, 120),
)
_LATE_ONES: Final = 60


@dataclass
class Books:
    """Sổ: register of each agency and direction, and the last number given by year."""

    registers: dict[tuple[int, str], int]
    last: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

    def take(self, agency: int, direction: str, year: int) -> tuple[int, int]:
        """Sổ và số kế tiếp."""
        register = self.registers[agency, direction]
        self.last[register, year] += 1
        return register, self.last[register, year]


class Months:
    """Người chép văn bản, từng tháng một, in the order of time."""

    def __init__(
        self,
        copier: Copier,
        rng: random.Random,
        desks: Sequence[Desk],
        books: Books,
        time: WorkingTime,
        *,
        trail_every: int,
    ) -> None:
        """``trail_every``: how many documents share one full trail (notes and audit); 1 for a true history."""
        self.copier, self.rng, self.desks, self.books, self.time = copier, rng, desks, books, time
        self.by_kind = {desk.key: _share_kind(desk) for desk in desks}
        packages = PackageRows(copier)
        self._outgoing = OutgoingRows(copier, rng, books, packages, trail_every)
        self._incoming = IncomingRows(copier, rng, time, books, packages, trail_every)
        self.made = 0

    def month(self, first: date, last: date, count: int, *, now: int, is_last: bool = False) -> None:
        """Chép một tháng: ``count`` documents of all agencies together; the last month leaves work open."""
        days = self.time.days(first, last)
        if not days or count <= 0:
            return
        arrivals: dict[int, list[Arrived]] = defaultdict(list)
        made = 0
        for desk in self.desks:
            share = SHARES[self.by_kind[desk.key]]
            sent = max(1, round(count * share * _SENT_SHARE))
            made += sent
            self._send_out(desk, days, sent, arrivals)
        made += sum(map(len, arrivals.values()))
        for index, desk in enumerate(self.desks):
            left = len(self.desks) - index
            wanted = max(
                0, round((count - made) / left) if left == 1 else round((count - made) * self._weight(index))
            )
            made += wanted
            self._from_outside(desk, days, wanted, arrivals[desk.agency])
        for desk in self.desks:
            found = sorted(arrivals[desk.agency], key=lambda arrived: arrived.at)
            self._incoming.write(desk, found, _rests(len(found)) if is_last else {}, now)
            if is_last:
                self._outgoing.in_hand(desk, self._topics(desk, days[-1]), now)
        self.made += made

    def _weight(self, index: int) -> float:
        rest = [SHARES[self.by_kind[desk.key]] for desk in self.desks[index:]]
        return rest[0] / sum(rest)

    def _topics(self, desk: Desk, day: int) -> list[Topic]:
        return topics(self.rng, desk.field, moments.day_of(day), desk.place, _TOPICS_A_MONTH)

    # ── sent ─────────────────────────────────────────────────────────────────

    def _send_out(
        self, desk: Desk, days: Sequence[int], count: int, arrivals: dict[int, list[Arrived]]
    ) -> None:
        rng, pool = self.rng, self._topics(desk, days[len(days) // 2])
        others = [other for other in self.desks if other is not desk]
        city = self.desks[0]
        for at in spread(rng, days, count):
            topic, room = rng.choice(pool), rng.choice(desk.rooms[:3])
            notation = build_notation(
                type_named(topic.type_name).abbreviation, desk.abbreviation, room.abbreviation or "VP"
            )
            to = _recipients(rng, desk, city, others)
            degree = _DEGREES[urgency(rng, topic.type_name)]
            sent = self._outgoing.write(desk, room, topic, notation, fold(notation), at, to, degree)
            for position, other in enumerate(to):
                arrivals[other.agency].append(_arrived(sent, desk, position))

    # ── from outside ─────────────────────────────────────────────────────────

    def _from_outside(self, desk: Desk, days: Sequence[int], count: int, arrivals: list[Arrived]) -> None:
        rng = self.rng
        words: dict[tuple[str, str], Topic] = {}
        for at in spread(rng, days, count):
            day = moments.day_of(at // moments.DAY)
            found = external_document(rng, day)
            about = found.subject
            key = (about.type_name, about.text)
            if key not in words:
                words[key] = make_topic(about.type_name, about.text)
            number, _, notation = found.reference.partition("/")
            arrivals.append(
                Arrived(
                    at,
                    words[key],
                    found.reference,
                    f"{int(number)}/{fold(notation)}",
                    moments.number_of(found.issued_on),
                    found.issuer.name,
                    None,
                    found.signer_name,
                    found.signer_title,
                    _DEGREES[urgency(rng, about.type_name)],
                    None,
                )
            )


def spread(rng: random.Random, days: Sequence[int], count: int) -> list[int]:
    """``count`` thời điểm rải đều các ngày làm việc, tăng dần; late enough in the day to have been prepared."""
    length = len(days)
    per_day = max(1.0, count / length)
    found = []
    for index in range(count):
        place = index * length / count
        day = int(place)
        inside = (place - day) if per_day > 1 else rng.random()
        found.append(days[day] * moments.DAY + moments.OPENS + 60 + int(inside * 420))
    return sorted(found)


def _recipients(rng: random.Random, desk: Desk, city: Desk, others: Sequence[Desk]) -> list[Desk]:
    if desk is city:
        return rng.sample(others, rng.choice((1, 1, 2, 2, 3, 6)))
    first = city if rng.random() < 0.75 else rng.choice(others)
    return [first] if rng.random() < 0.75 else list(dict.fromkeys((first, rng.choice(others))))


def _arrived(sent: Sent, desk: Desk, position: int) -> Arrived:
    carried = Carried(sent.package, sent.token, desk.agency, desk.clerk, sent.at, position)
    at = sent.at + 1
    return Arrived(
        at,
        sent.topic,
        sent.reference,
        sent.key,
        sent.at // moments.DAY,
        desk.name,
        desk.agency,
        sent.signer.name,
        sent.signer.title,
        sent.urgency,
        carried,
    )


def _share_kind(desk: Desk) -> str:
    return desk.kind if desk.kind in SHARES else "commune"


def _rests(count: int) -> dict[int, Rest]:
    """Which of a month's arrivals stay open: the newest wait, some older ones are late."""
    wanted = [rest for rest, many in _RESTS for _ in range(many)]
    scale = min(1.0, count / 3 / len(wanted))
    kept = [rest for index, rest in enumerate(wanted) if int(index * scale) != int((index + 1) * scale)]
    found = {count - 1 - index: rest for index, rest in enumerate(kept)}
    older = count - len(kept)
    step = max(1, older // _LATE_ONES)
    found.update(dict.fromkeys(range(0, older - older // 4, step), Rest.LATE))
    return found
