"""Sức khỏe hệ thống: is the process alive, and may it be given work. Each package adds what it knows about."""

from __future__ import annotations

import logging
import os
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from app.core.db import session
from app.settings import Settings, is_loopback
from app.web.guards import public

log = logging.getLogger("office.health")
bp = Blueprint("health", __name__)

Check = Callable[[], str | None]  # what is wrong, in words, or nothing
_checks: dict[str, Check] = {}
_KEEP_SECONDS = 2.0
_LEAST_BYTES, _LEAST_SHARE = 1024**3, 0.05
_last: list[tuple[float, dict[str, str]]] = []


def add_check(name: str, check: Check) -> None:
    """Thêm một điều kiện sẵn sàng; called only from wiring."""
    _checks[name] = check


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Tiến trình còn sống; touches nothing."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Sẵn sàng nhận việc; the causes are told to callers on this machine only."""
    causes = _causes()
    if not is_loopback(request.remote_addr or ""):
        words = "not ready\n" if causes else "ok\n"
        return words, 503 if causes else 200, {"Content-Type": "text/plain; charset=utf-8"}
    answer = {"ready": not causes, "checks": {name: causes.get(name, "ok") for name in _checks}}
    return jsonify(answer), 503 if causes else 200


def _causes() -> dict[str, str]:
    """What is wrong now. Asked at most every two seconds, so that nobody can wear the disk out through this door."""
    now = time.monotonic()
    if _last and now - _last[0][0] < _KEEP_SECONDS and not current_app.testing:
        return _last[0][1]
    found = {name: wrong for name, check in _checks.items() if (wrong := _run(name, check))}
    if found:
        log.warning("not ready", extra={"causes": "; ".join(f"{k}: {v}" for k, v in found.items())})
    _last[:] = [(now, found)]
    return found


def _run(name: str, check: Check) -> str | None:
    try:
        return check()
    except Exception as problem:  # a check that breaks is a cause, not a crash
        log.exception("check %s failed", name)
        return type(problem).__name__
    finally:
        session.rollback()


def _database() -> str | None:
    session.execute(text("SELECT 1"))
    if session.execute(
        text("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean")
    ).scalar():
        return "the database takes no changes"
    return None


def _storage() -> str | None:
    folder = _settings().storage_dir
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{uuid.uuid4().hex}"
    try:
        with probe.open("wb") as file:
            file.write(b"probe")
            file.flush()
            os.fsync(file.fileno())
        return None if probe.read_bytes() == b"probe" else "what was written reads differently"
    except OSError as problem:
        return f"not writable: {problem.strerror}"
    finally:
        probe.unlink(missing_ok=True)


def _disk() -> str | None:
    return _room(_settings().storage_dir)


def _room(folder: Path) -> str | None:
    usage = shutil.disk_usage(folder if folder.exists() else folder.parent)
    if usage.free < _LEAST_BYTES or usage.free < usage.total * _LEAST_SHARE:
        return f"only {usage.free // 1024**2} MB left"
    return None


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng."""
    add_check("database", _database)
    add_check("storage", _storage)
    add_check("disk", _disk)
    app.register_blueprint(bp)
