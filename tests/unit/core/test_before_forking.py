"""Nạp một lần rồi chia tiến trình: the application holds nothing that two processes must not share."""

from __future__ import annotations

import threading
from pathlib import Path

from app import create_app
from app.core.db import db
from tests import databases
from tests.conftest import make_settings


def test_a_loaded_application_has_no_connection_and_no_thread(home: Path) -> None:
    before = threading.active_count()
    app = create_app(make_settings(databases.template(), home))
    with app.app_context():
        pool = db.engine.pool
        assert (pool.checkedin(), pool.checkedout()) == (0, 0)  # type: ignore[attr-defined]
    assert threading.active_count() == before
