"""Trình duyệt thật: one Chromium per test process, an office of its own for each test, by the real clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from app.core.db import db, session
from tests import databases
from tests.browser.office import Office
from tests.browser.work import fill
from tests.conftest import make_settings
from tests.world import World

HERE = Path(__file__).parent
MANUAL = HERE.parents[1] / "docs" / "manual" / "images"
CHROMIUM = "/usr/bin/chromium"
_QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mọi phép thử ở đây chạy trình duyệt thật."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Of the package, not of the session: the browser's event loop is gone before other tests run in this process.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium của tiến trình."""
    program = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium")
    if program is None:
        pytest.fail(
            "Máy chưa có Chromium, phép thử trình duyệt không chạy được. Cài bằng: apt-get install -y chromium",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def filled_database(world_database: tuple[str, World], home: Path) -> Iterator[str]:
    """Thế giới kiểm thử có sẵn công việc đang làm dở, made through the use cases; kept to be cloned."""
    name = databases.clone(world_database[0])
    app = create_app(make_settings(name, home))
    with app.app_context():
        fill(world_database[1].live_in(app))
        session.remove()
        db.engine.dispose()
    yield name
    databases.drop(name)


@pytest.fixture
def office(
    chromium: Browser, filled_database: str, world_database: tuple[str, World], home: Path, tmp_path: Path
) -> Iterator[Office]:
    """Một văn phòng đang chạy, mở bằng trình duyệt; whatever a page complains of fails the test."""
    pictures = MANUAL if os.environ.get("UPDATE_MANUAL") == "1" else tmp_path
    name = databases.clone(filled_database)
    app = create_app(make_settings(name, home))
    with app.app_context():
        running = Office(app, world_database[1].live_in(app), chromium, pictures)
        with running.serving():
            yield running
            running.leave()
        session.remove()
        db.engine.dispose()
    databases.drop(name)
    assert not running.faults, "\n".join(running.faults)
