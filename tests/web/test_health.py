"""/healthz, /readyz và dòng nhật ký của mỗi yêu cầu."""

from __future__ import annotations

import logging
import shutil
from typing import NamedTuple

import pytest
from sqlalchemy import text

from app.core import clock, jobs
from app.core.db import session
from app.web import health
from tests.world import World


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def healthy(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Máy còn chỗ, tiến trình nền còn sống."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _p: Usage(100 * 1024**3, 0, 50 * 1024**3))
    jobs.run("notifications.heartbeat", clock.now())
    return world


def ask(world: World, path: str = "/readyz", address: str = "127.0.0.1"):
    return world.visitor.raw.get(path, environ_base={"REMOTE_ADDR": address})


def test_alive_touches_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "execute", None)
    answer = ask(world, "/healthz", "203.0.113.9")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_when_everything_is(healthy: World) -> None:
    answer = ask(healthy)
    assert answer.status_code == 200, answer.get_json()
    assert answer.get_json() == {
        "ready": True,
        "checks": {"database": "ok", "storage": "ok", "disk": "ok", "migrations": "ok", "worker": "ok"},
    }
    assert ask(healthy, address="203.0.113.9").text == "ok\n"


def test_no_heartbeat_no_readiness(world: World, frozen_monday) -> None:
    assert "no heartbeat" in ask(world).get_json()["checks"]["worker"]
    assert ask(world).status_code == 503


def test_a_schema_that_is_not_the_head(healthy: World) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    answer = ask(healthy)
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["migrations"].startswith("schema is 0000")


def test_a_full_disk(healthy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _p: Usage(100 * 1024**3, 0, 500 * 1024**2))
    assert ask(healthy).get_json()["checks"]["disk"] == "only 500 MB left"


def test_a_store_that_takes_nothing(healthy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(health.os, "fsync", full)
    assert ask(healthy).get_json()["checks"]["storage"] == "not writable: No space left on device"
    folder = healthy.app.extensions["settings"].storage_dir
    assert list(folder.glob(".probe-*")) == []


def test_causes_are_told_on_this_machine_only(world: World) -> None:
    answer = ask(world, address="203.0.113.9")
    assert (answer.status_code, answer.text) == (503, "not ready\n")


def test_a_check_that_breaks_is_a_cause(healthy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str | None:
        raise ZeroDivisionError

    monkeypatch.setitem(health._checks, "disk", broken)
    assert ask(healthy).get_json()["checks"]["disk"] == "ZeroDivisionError"


def test_the_answer_is_kept_for_a_moment(healthy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = healthy.app
    assert app is not None
    monkeypatch.setattr(health, "_last", [])
    app.testing = False
    try:
        ask(healthy)
        monkeypatch.setattr(health, "_checks", {"storage": lambda: "broken"})
        assert ask(healthy).status_code == 200
    finally:
        app.testing = True


def test_each_request_is_one_line_without_what_was_asked(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "office.web")
    page = world.clerk.client.get("/tra-cuu?q=dieu-kin")
    record = next(r for r in caplog.records if r.name == "office.web" and r.endpoint == "search.find")
    assert (record.method, record.status, record.person_id) == ("GET", 200, world.clerk.person_id)
    assert record.agency_id == world.agencies["dept"]
    assert record.ms >= 0
    assert "dieu-kin" not in str(vars(record))
    assert page.response.headers["X-Request-Id"]


def test_health_makes_no_noise(healthy: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    ask(healthy, "/healthz")
    assert [r for r in caplog.records if r.name == "office.web"] == []
