"""Tiến trình nền: delivers the outbox and runs scheduled jobs. Start as many as you like; leases keep them apart."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from datetime import datetime

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from flask import Flask

from app import create_app
from app.core import clock, jobs, logs, outbox
from app.core.db import session
from app.settings import Settings

log = logging.getLogger("office.worker")
_POLL_SECONDS = 1.0
_stop = threading.Event()


def slot_of(moment: datetime) -> datetime:
    """Lượt của một tick: the minute it belongs to."""
    return moment.replace(second=0, microsecond=0)


def _run_job(app: Flask, name: str) -> None:
    with app.app_context():
        try:
            jobs.run(name, slot_of(clock.now()))
        except Exception:
            session.rollback()
            log.exception("job %s could not start", name)


def catch_up(app: Flask) -> None:
    """Chạy bù khi khởi động: jobs ask what is due and unmarked, so one run makes good any missed ticks."""
    for name in sorted(jobs.registry):
        _run_job(app, name)


def schedule(app: Flask) -> BackgroundScheduler:
    """Lịch các việc định kỳ: APScheduler is only the clock."""
    scheduler = BackgroundScheduler(
        timezone=clock.LOCAL, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 300}
    )
    for item in jobs.registry.values():
        scheduler.add_job(
            _run_job,
            CronTrigger.from_crontab(item.cron, timezone=clock.LOCAL),
            args=[app, item.name],
            id=item.name,
        )
    return scheduler


def dispatch_forever(app: Flask, listen_url: str) -> None:
    """Gửi hàng đợi cho đến khi được bảo dừng: woken by NOTIFY, polling each second as the fallback."""
    listener: psycopg.Connection | None = None
    while not _stop.is_set():
        try:
            with app.app_context():
                while outbox.dispatch() and not _stop.is_set():
                    pass
                session.remove()
            if listener is None or listener.closed:
                listener = psycopg.connect(listen_url, autocommit=True)
                listener.execute(f"LISTEN {outbox.CHANNEL}")
            for _ in listener.notifies(timeout=_POLL_SECONDS, stop_after=1):
                pass
        except (psycopg.Error, Exception):
            log.exception("dispatcher stumbles; waiting")
            listener = None
            _stop.wait(_POLL_SECONDS * 2)


def main() -> int:
    """Chạy tiến trình nền đến khi nhận SIGTERM hoặc SIGINT; work in hand is finished first."""
    logs.configure()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _stop.set())
    settings = Settings.from_env()
    app = create_app(settings)
    scheduler = schedule(app)
    scheduler.start()
    threading.Thread(target=catch_up, args=(app,), daemon=True).start()
    dispatch_forever(app, settings.database_url.replace("postgresql+psycopg", "postgresql"))
    scheduler.shutdown(wait=True)
    log.info("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
