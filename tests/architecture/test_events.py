"""Mọi sự kiện có lời, mọi việc sau giao dịch có tên: what the timeline and the administrator read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.audit import labels
from app.core import events, jobs
from app.core.events import Effect, Event
from app.notifications.labels import cron_words
from app.notifications.queries.effects import title_of


def _below(parent: type[Event]) -> Iterator[type[Event]]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def product_events() -> list[type[Event]]:
    """Các lớp sự kiện của sản phẩm, không kể của kiểm thử."""
    found = {e for e in _below(Event) if e.__module__.startswith("app.")}
    return sorted(found, key=lambda e: (e.__module__, e.__name__))


def test_every_event_has_words(app: Flask) -> None:
    """Dòng thời gian không bao giờ hiện tên lớp."""
    silent = [
        f"{e.__module__}.{e.__name__}"
        for e in product_events()
        if not issubclass(e, Effect) and e is not Event and e.__name__ not in labels.EVENTS
    ]
    assert not silent, f"no words in EVENTS of their package's labels: {silent}"


def test_effects_are_recorded_nowhere_and_need_no_words(app: Flask) -> None:
    """Hệ quả không phải việc của ai."""
    spoken = [e.__name__ for e in product_events() if issubclass(e, Effect) and e.__name__ in labels.EVENTS]
    assert not spoken, spoken


def test_words_belong_to_events_that_exist(app: Flask) -> None:
    """Không còn lời của sự kiện đã bỏ."""
    gone = sorted(set(labels.EVENTS) - {e.__name__ for e in product_events()})
    assert not gone, gone


def test_no_two_events_share_a_name(app: Flask) -> None:
    """Nhật ký lưu tên sự kiện: one name, one meaning."""
    names = [e.__name__ for e in product_events()]
    assert sorted(set(names)) == sorted(names)


def test_words_read_as_a_verb_after_a_name(app: Flask) -> None:
    """“Ngô Thị Hạnh vào sổ”: lower case, no full stop."""
    wrong = [
        f"{name}: {words}"
        for name, words in labels.EVENTS.items()
        if not words or words[0].isupper() or words.endswith(".") or words != words.strip()
    ]
    assert not wrong, wrong


def test_events_carry_plain_values_only(app: Flask) -> None:
    """Sự kiện qua được JSON: ids, text, days and instants."""
    plain = re.compile(r"^(int|str|bool|float|date|datetime|None|tuple|list|Ellipsis|\.\.\.|[\[\], |])+$")
    wrong = [
        f"{e.__name__}.{name}: {kind}"
        for e in product_events()
        for name, kind in e.__annotations__.items()
        if not plain.match(str(kind).replace("datetime.", "").replace(" ", ""))
    ]
    assert not wrong, wrong


def test_every_later_effect_has_a_name_for_the_administrator(app: Flask) -> None:
    """Trang “Việc gửi đã dừng” gọi tên việc bằng lời mở đầu của hàm."""
    assert events.after_handlers
    for name in events.after_handlers:
        words = title_of(name)
        assert words != name, f"{name} has no docstring"
        assert words[0].isupper(), name
        assert len(words) < 90, f"{name}: {words}"


def test_every_job_is_told_in_words(app: Flask) -> None:
    """Trang “Việc định kỳ” đọc được."""
    assert jobs.registry
    for item in jobs.registry.values():
        assert item.title[0].isupper(), item.name
        assert not item.title.endswith("."), item.name
        assert not cron_words(item.cron).startswith("theo lịch"), f"{item.name}: {item.cron}"


@pytest.mark.parametrize("package", ["org", "documents", "notifications"])
def test_the_sweep_does_see_the_packages(app: Flask, package: str) -> None:
    """Không kiểm thử trên danh sách rỗng."""
    assert any(e.__module__.startswith(f"app.{package}.") for e in product_events())
