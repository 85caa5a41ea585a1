"""Sự kiện: facts in the past tense. Recorded and heard in the same transaction; sent on through the outbox."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from app.core import clock
from app.core.actor import Actor

E = TypeVar("E", bound="Event")
Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Sự kiện: ids and plain values only (int, str, bool, date, datetime, lists of them)."""

    kind: int  # RecordKind of the record it happened to
    record_id: int
    agency_id: int | None = None  # the agency whose record it is


@dataclass(frozen=True, kw_only=True)
class Effect(Event):
    """Hệ quả: work for the worker that is nobody's act (a notice to expand, a mail to hand over); queued, never recorded."""


Recorder = Callable[[Actor, Event, datetime, Changes], int]
Handler = Callable[[Actor, Any], None]


@dataclass(frozen=True)
class AfterHandler:
    """A subscriber that runs in the worker after commit, at least once, through an outbox row."""

    name: str
    event: type[Event]
    function: Callable[[Any, int], None]  # (event, outbox id); must be idempotent by that id
    delay: timedelta


Store = Callable[[AfterHandler, Event, datetime], None]

_types: dict[str, type[Event]] = {}
_on: dict[type[Event], list[Handler]] = {}
_after: dict[type[Event], list[AfterHandler]] = {}
after_handlers: dict[str, AfterHandler] = {}
_recorder: Recorder | None = None
_store: Store | None = None


def set_recorder(recorder: Recorder) -> None:
    """Cổng ghi nhật ký: ``audit`` fills it; without it nothing may happen."""
    global _recorder  # noqa: PLW0603 - one port, filled once by the wiring
    _recorder = recorder


def set_outbox(store: Store | None) -> Store | None:
    """Cổng hàng đợi gửi: ``core.outbox`` fills it; gives back what stood there before."""
    global _store
    before, _store = _store, store
    return before


def has_recorder() -> bool:
    """Đã có nơi ghi nhật ký chưa."""
    return _recorder is not None


def on(event_type: type[E]) -> Callable[[Callable[[Actor, E], None]], Callable[[Actor, E], None]]:
    """Nghe một sự kiện trong cùng giao dịch."""

    def decorate(function: Callable[[Actor, E], None]) -> Callable[[Actor, E], None]:
        handlers = _on.setdefault(event_type, [])
        if function not in handlers:
            handlers.append(function)
        return function

    return decorate


def after(
    event_type: type[E], *, delay: timedelta = timedelta(0)
) -> Callable[[Callable[[E, int], None]], Callable[[E, int], None]]:
    """Nghe một sự kiện sau khi giao dịch xong, trong tiến trình nền; may run more than once for one outbox id."""

    def decorate(function: Callable[[E, int], None]) -> Callable[[E, int], None]:
        name = f"{function.__module__.removeprefix('app.')}.{function.__name__}:{event_type.__name__}"
        handler = AfterHandler(name, event_type, function, delay)
        if name not in after_handlers:
            after_handlers[name] = handler
            _after.setdefault(event_type, []).append(handler)
        return function

    return decorate


def emit(actor: Actor, event: Event, changes: Changes | None = None) -> None:
    """Phát sự kiện: record it, run the subscribers of this transaction, queue the others.

    :param changes: field → (before, after), plain values; shown on the record's timeline.
    """
    if _recorder is None or _store is None:
        raise RuntimeError("no audit recorder: the application must not act unrecorded")
    at = clock.now()
    _recorder(actor, event, at, changes or {})
    for event_type in type(event).__mro__:
        for handler in _on.get(event_type, ()):
            handler(actor, event)
        for later in _after.get(event_type, ()):
            _store(later, event, at + later.delay)


def queue(effect: Effect, *, not_before: datetime | None = None) -> None:
    """Xếp một hệ quả vào hàng đợi: outbox rows for its ``@after`` subscribers, in the running transaction, no record.

    :param not_before: the earliest instant at which the worker may take it up.
    """
    if _store is None:
        raise RuntimeError("no outbox: nothing would be delivered")
    at = not_before or clock.now()
    for later in _after.get(type(effect), ()):
        _store(later, effect, at + later.delay)


def to_json(event: Event) -> dict[str, Any]:
    """Sự kiện thành JSON; dates as ISO text."""
    return {
        k: v.isoformat() if isinstance(v, (date, datetime)) else v
        for k, v in dataclasses.asdict(event).items()
    }


def from_json(event_type: type[E], data: dict[str, Any]) -> E:
    """JSON thành sự kiện; fields unknown to a newer class are dropped, dates restored by the annotations."""
    hints = typing.get_type_hints(event_type)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(event_type):
        if field.name not in data:
            continue
        value, hint = data[field.name], str(hints[field.name])
        if isinstance(value, str) and "datetime.datetime" in hint:
            value = datetime.fromisoformat(value)
        elif isinstance(value, str) and "datetime.date" in hint:
            value = date.fromisoformat(value)
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return event_type(**values)
