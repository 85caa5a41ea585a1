"""Quy trình: one table of rows per kind of record draws the buttons, guards the server and moves the state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from app.core.actor import Actor
from app.core.errors import NotAllowed, Violations, WrongState
from app.core.events import Changes, Event, emit
from app.core.use_case import touch

T = TypeVar("T")
Who = Callable[[Actor, Any], bool]
Rule = Callable[[Any], str | None]


@dataclass(frozen=True)
class Row:
    """Một dòng quy trình: who may lead a record from which states to which, under what conditions, and the fact it makes."""

    action: str
    from_: frozenset[str]
    to: str | None
    who: Who
    must_hold: tuple[Rule, ...]
    event: type[Event]


def row(
    action: str, from_: Iterable[str], to: str | None, who: Who, must_hold: Iterable[Rule], event: type[Event]
) -> Row:
    """Viết một dòng quy trình; ``to=None`` leaves the state as it is."""
    return Row(
        action,
        frozenset(str(s) for s in from_),
        str(to) if to is not None else None,
        who,
        tuple(must_hold),
        event,
    )


@dataclass(frozen=True)
class ActionLabel:
    """Chữ trên nút: the verb, its icon, and how it looks and confirms."""

    words: str
    icon: str = "check"
    primary: bool = False
    danger: bool = False
    confirm: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Labels:
    """Từ ngữ của một quy trình: title, words and tone of states, verbs of actions, sentence of each actor rule."""

    title: str
    states: Mapping[str, str]
    actions: Mapping[str, ActionLabel]
    who: Mapping[str, str]
    tones: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Available:
    """Nút có thể bấm: an action open to this actor in this state, with the unmet conditions if any."""

    action: str
    label: ActionLabel
    refusals: tuple[str, ...]


class Workflow:
    """Bảng quy trình của một loại hồ sơ.

    Records have ``state``, ``version``, ``id``, ``agency_id`` and ``record_kind``.
    """

    def __init__(self, name: str, states: type[StrEnum], rows: Iterable[Row], labels: Labels) -> None:
        self.name, self.states, self.rows, self.labels = name, states, tuple(rows), labels
        self._by_action: dict[str, list[Row]] = {}
        for item in self.rows:
            self._by_action.setdefault(item.action, []).append(item)

    def available(self, actor: Actor, record: Any) -> list[Available]:
        """Các nút cho người này lúc này: what he may do in this state, refused ones with their reasons."""
        found = []
        for item in self.rows:
            if record.state in item.from_ and item.who(actor, record) and item.action in self.labels.actions:
                refusals = tuple(s for rule in item.must_hold if (s := rule(record)))
                found.append(Available(item.action, self.labels.actions[item.action], refusals))
        return found

    def check(self, actor: Actor, record: Any, action: str) -> Row:
        """Kiểm tra trước khi làm.

        :raises WrongState: the state does not allow it.
        :raises NotAllowed: this actor may not.
        :raises Violations: conditions are unmet, all of them listed.
        """
        rows = self._by_action[action]
        fitting = [r for r in rows if record.state in r.from_]
        label = self.labels.actions[action].words if action in self.labels.actions else action
        if not fitting:
            state = self.labels.states.get(record.state, record.state)
            raise WrongState(
                f"Không thể “{label}” khi {self.labels.title} ở trạng thái “{state}”. Hãy tải lại trang để xem tình trạng mới nhất."
            )
        allowed = [r for r in fitting if r.who(actor, record)]
        if not allowed:
            who = " hoặc ".join(dict.fromkeys(self.who_words(r) for r in fitting))
            raise NotAllowed(
                f"Chỉ {who} được “{label}”. Nếu việc này thuộc trách nhiệm của anh/chị, hãy liên hệ quản trị cơ quan."
            )
        broken = [s for rule in allowed[0].must_hold if (s := rule(record))]
        if broken:
            raise Violations(broken)
        return allowed[0]

    def move(
        self,
        actor: Actor,
        record: T,
        action: str,
        *,
        changes: Changes | None = None,
        on: Any = None,
        **event_fields: Any,
    ) -> T:
        """Chuyển trạng thái: set the state, raise the version, emit the row's event. Returns the record.

        Call :meth:`check` first; ``move`` trusts it for who and what. Of several rows that fit the state it takes the one
        that is for this actor, as ``check`` does.

        :param on: the record whose timeline tells the event, when it is not ``record`` itself (a part tells on its whole).
        """
        moved: Any = record
        fitting = [r for r in self._by_action[action] if moved.state in r.from_]
        item = next((r for r in fitting if r.who(actor, record)), fitting[0])
        before = moved.state
        if item.to is not None:
            moved.state = item.to
        touch(moved)
        shown = dict(changes or {})
        if item.to is not None and before != item.to:
            shown = {"state": (before, item.to), **shown}
        whole = moved if on is None else on
        if on is not None:
            shown.pop("state", None)
        fact = item.event(
            kind=int(whole.record_kind), record_id=whole.id, agency_id=whole.agency_id, **event_fields
        )
        emit(actor, fact, shown)
        return record

    def state_words(self, state: str) -> str:
        """Tên trạng thái bằng tiếng Việt."""
        return self.labels.states.get(state, state)

    def who_words(self, item: Row) -> str:
        """Ai được làm, bằng lời."""
        return self.labels.who.get(item.who.__name__, item.who.__name__)
