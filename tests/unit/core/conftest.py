"""Nhiều người cùng lúc: real threads, real connections, real commits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.core.db import db, session
from tests.world import World


@dataclass
class Crowd:
    """Một đám đông: runs the same thing in many threads that start together, each in an app context of its own."""

    app: Flask
    world: World

    def all_do(self, count: int, act: Callable[[int], Any]) -> list[Any]:
        """Kết quả (hoặc lỗi) của từng người."""
        gate = threading.Barrier(count)

        def one(number: int) -> Any:
            with self.app.app_context():
                gate.wait(timeout=20)
                try:
                    return act(number)
                except Exception as problem:  # noqa: BLE001 - it is this person's result
                    return problem
                finally:
                    session.remove()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))


@pytest.fixture
def crowd(committed: tuple[Flask, World]) -> Iterator[Crowd]:
    """Đám đông trên một cơ sở dữ liệu thật sự ghi, với đủ kết nối cho từng người."""
    app, world = committed
    roomy = create_app(replace(app.extensions["settings"], web_threads=24))
    roomy.testing = True
    yield Crowd(roomy, world)
    with roomy.app_context():
        session.remove()
        db.engine.dispose()
