"""Sân khấu: stories written as generators, told together in the order of time.

A story yields the instant at which it goes on; what follows runs with the clock at that instant. Stories whose next
instant lies in the future end there: that is the state in which the visitor finds them.
"""

from __future__ import annotations

import heapq
import logging
import random
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, cycle
from typing import Final

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import DomainError
from app.core.events import AfterHandler, Event, set_outbox
from app.core.outbox import Later
from app.core.records import post_principal, unit_principal
from app.demo.city.directory import City
from app.demo.city.keys import Keyring
from app.demo.play.days import Days
from app.demo.play.papers import Papers
from app.notifications.events import NoticeRaised

log = logging.getLogger("office.demo")

Story = Generator[datetime, None, None]
# Older notices would all have been read long ago: they are not handed out to people any more.
_TOLD_DAYS: Final = 6
# Reading the text of files takes the jail a while and nobody waits for it: the worker does that after the first start.
_LEFT_TO_WORKER: Final = ("documents.subscribers.read_",)


@dataclass(frozen=True)
class _Effect:
    """Việc của tiến trình nền, chờ đến giờ."""

    handler: AfterHandler
    event: Event


class Stage:
    """Sân khấu của thành phố."""

    def __init__(
        self, city: City, days: Days, rng: random.Random, papers: Papers, ring: Keyring | None = None
    ) -> None:
        self.city, self.days, self.rng, self.papers, self.ring = city, days, rng, papers, ring
        self.signed = 0
        self.acts = 0
        self.broken: list[str] = []
        self.away: dict[str, tuple[date, date, str]] = {}
        """Post → first and last day away, and the post that stands in."""
        self._queue: list[tuple[datetime, int, Story | _Effect]] = []
        self._order = count()
        self._raised: list[tuple[AfterHandler, Event, datetime]] = []
        self._to_read: set[int] = set()
        self._turns: dict[tuple[str, ...], Iterator[str]] = {}
        self._told_since = days.ago(_TOLD_DAYS)
        self._actors: dict[tuple[str, date], Actor] = {}

    def tell(self, story: Story) -> None:
        """Thêm một câu chuyện; it begins at the first instant it yields."""
        self._advance(story)

    def run(self) -> None:
        """Kể đến bây giờ; what the worker would still have to do then is left in its queue."""
        with self._as_worker():
            while self._queue and self._queue[0][0] <= self.days.now:
                moment, number, item = heapq.heappop(self._queue)
                with clock.at(moment):
                    if isinstance(item, _Effect):
                        self._carry_out(item, number)
                    else:
                        self._advance(item)
                        self.acts += 1

    def _advance(self, story: Story) -> None:
        try:
            moment = next(story)
        except StopIteration:
            moment = None
        except DomainError as refusal:
            # On an odd day one story may not fit (a room taken, a date gone by): the others go on.
            session.rollback()
            self._raised.clear()
            self.broken.append(f"{clock.now():%d/%m %H:%M} {story}: {refusal!r} {refusal.__dict__}")
            log.warning("%s ends early: %r", story, refusal)
            return
        self._queue_effects()
        if moment is not None:
            heapq.heappush(self._queue, (moment, next(self._order), story))

    # ── the worker's part ────────────────────────────────────────────────────

    @contextmanager
    def _as_worker(self) -> Iterator[None]:
        """Effects are done here, in the order of time, instead of passing through the table of the queue."""
        queue = set_outbox(self._raise)
        try:
            yield
        finally:
            set_outbox(queue)
        assert queue is not None
        for moment, _, item in sorted(self._queue, key=lambda entry: entry[:2]):
            if isinstance(item, _Effect):
                queue(item.handler, item.event, moment)
        session.commit()

    def _raise(self, handler: AfterHandler, event: Event, not_before: datetime) -> None:
        self._raised.append((handler, event, not_before))

    def _queue_effects(self) -> None:
        for handler, event, not_before in self._raised:
            if isinstance(event, NoticeRaised) and clock.now() < self._told_since:
                continue
            at = max(not_before, clock.now())
            if handler.name.startswith(_LEFT_TO_WORKER):
                if event.record_id in self._to_read:
                    continue
                self._to_read.add(event.record_id)
                at = self.days.now + timedelta(seconds=1)
            heapq.heappush(self._queue, (at, next(self._order), _Effect(handler, event)))
        self._raised.clear()

    def _carry_out(self, effect: _Effect, number: int) -> None:
        try:
            effect.handler.function(effect.event, -number - 1)
        except Later as wish:
            session.rollback()
            heapq.heappush(self._queue, (wish.until, next(self._order), effect))
        self._queue_effects()

    # ── who, as what ─────────────────────────────────────────────────────────

    def actor(self, post_key: str) -> Actor:
        """Người giữ vị trí, trong ngày đang kể."""
        found = self._actors.get((post_key, clock.today()))
        if found is None:
            found = self._actors[post_key, clock.today()] = self.city.actor(post_key)
        return found

    def in_place_of(self, post_key: str) -> str:
        """Người làm thay nếu người giữ vị trí vắng mặt trong ngày đang kể."""
        first, last, deputy = self.away.get(post_key, (date.max, date.min, post_key))
        return deputy if first <= clock.today() <= last else post_key

    def post(self, key: str) -> int:
        """Danh nghĩa của một vị trí."""
        return post_principal(self.city.posts[key])

    def unit(self, key: str) -> int:
        """Danh nghĩa của một đơn vị."""
        return unit_principal(self.city.units[key])

    def next_of(self, keys: tuple[str, ...]) -> str:
        """Lần lượt từng người trong những người cùng việc."""
        return next(self._turns.setdefault(keys, cycle(keys)))

    # ── when ─────────────────────────────────────────────────────────────────

    def soon(self, least: int = 10, most: int = 90) -> datetime:
        """Một lúc sau, trong giờ làm việc."""
        return self.days.later(clock.now(), self.rng.uniform(least, most))

    def next_days(self, least: float = 1, most: float = 2) -> datetime:
        """Sau vài ngày làm việc."""
        return self.days.later(clock.now(), 570 * self.rng.uniform(least, most))
