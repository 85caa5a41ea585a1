"""Giữ tạm: what hardly ever changes and every page asks for is read from the database once a minute."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from app.core.db import session

P = ParamSpec("P")
R = TypeVar("R")
_MOST = 4096


def kept(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Nhớ kết quả của một câu hỏi chừng ấy giây, by database, because one process may serve two.

    Only for what is shown or offered; an act reads anew what it decides by.
    """

    def remember(ask: Callable[P, R]) -> Callable[P, R]:
        answers: WeakKeyDictionary[Connection | Engine, dict[object, tuple[float, R]]] = WeakKeyDictionary()

        @wraps(ask)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            mine, key = answers.setdefault(session.get_bind(), {}), (args, tuple(kwargs.items()))
            found = mine.get(key)
            if found is None or monotonic() - found[0] > seconds:
                if len(mine) >= _MOST:
                    mine.clear()
                found = mine[key] = (monotonic(), ask(*args, **kwargs))
            return found[1]

        return answer

    return remember
