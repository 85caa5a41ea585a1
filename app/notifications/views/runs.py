"""Việc định kỳ: đã chạy đúng lúc chưa, for administrators."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core import clock, jobs
from app.core.errors import NotFound
from app.notifications import queries
from app.notifications.labels import RUN_STATES, RUN_TONES, count_words, cron_words
from app.notifications.policy import Permission
from app.notifications.views import bp
from app.web.guards import requires


@bp.get("/quan-tri/viec-dinh-ky")
@requires(Permission.JOBS_WATCH)
def runs() -> ResponseReturnValue:
    """Việc định kỳ và tình trạng của chúng."""
    return render_template(
        "notifications/runs.html",
        rows=queries.jobs_health(clock.now()),
        states=RUN_STATES,
        tones=RUN_TONES,
        is_worker_alive=queries.is_worker_alive(),
        cron_words=cron_words,
    )


@bp.get("/quan-tri/viec-dinh-ky/<name>")
@requires(Permission.JOBS_WATCH)
def history(name: str) -> ResponseReturnValue:
    """Lịch sử chạy của một việc."""
    item = jobs.registry.get(name)
    if item is None:
        raise NotFound
    return render_template(
        "notifications/run_history.html",
        item=item,
        rows=queries.runs_of(name),
        count_words=count_words,
        cron_words=cron_words,
    )
