"""Thành phố trình diễn, dựng một lần cho các phép thử ở đây."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app import create_app
from app.core.db import db, session
from app.demo.build import Built, build
from app.demo.bulk.filling import Amounts
from app.demo.city.directory import City
from tests import databases
from tests.client import Client
from tests.conftest import make_settings
from tests.world import open_session

HERE = Path(__file__).parent
TUESDAY = datetime.fromisoformat("2026-12-01T10:20:00+07:00")
LITTLE = Amounts(documents=600, directives=40)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Một tiến trình dựng thành phố cho tất cả."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(autouse=True)
def frozen_monday() -> Iterator[None]:
    """Đồng hồ của thành phố trình diễn: a Tuesday morning at work."""
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def empty(home: Path) -> Iterator[Flask]:
    """Ứng dụng trên một cơ sở dữ liệu chưa có gì."""
    name = databases.clone(databases.template())
    app = create_app(make_settings(name, home))
    with app.app_context():
        yield app
        session.remove()
        db.engine.dispose()
    databases.drop(name)


@dataclass
class Town:
    """Thành phố đã dựng."""

    app: Flask
    built: Built
    city: City

    def visit(self, post_key: str) -> Client:
        """Trình duyệt đã đăng nhập của người giữ vị trí."""
        return Client(self.app, open_session(self.city.persons[post_key], self.city.posts[post_key]))


@pytest.fixture(scope="package")
def town(home: Path) -> Iterator[Town]:
    """Thành phố trình diễn, with a shorter history; tests only read it."""
    name = databases.clone(databases.template())
    with time_machine.travel(TUESDAY, tick=False):
        app = create_app(make_settings(name, home))
        app.testing = True
        with app.app_context():
            built, city = build(LITTLE), City.read()
            session.remove()
    yield Town(app, built, city)
    with app.app_context():
        db.engine.dispose()
    databases.drop(name)


@pytest.fixture
def inside(town: Town) -> Iterator[Town]:
    """Thành phố, với phiên cơ sở dữ liệu mở."""
    with town.app.app_context():
        yield town
        session.remove()
