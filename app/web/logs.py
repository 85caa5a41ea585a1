"""Nhật ký yêu cầu: each request has its id on all its lines, and one line of its own when it is done."""

from __future__ import annotations

import logging
import time

from flask import Flask, g, request
from werkzeug.wrappers import Response

from app.core import logs
from app.web.actor import actor, is_signed_in

log = logging.getLogger("office.web")
_SLOW_MS = 1_000


def _begin() -> None:
    logs.request_id.set(g.get("request_id"))
    g.began = time.monotonic()


def _done(response: Response) -> Response:
    endpoint = request.endpoint
    if endpoint is None or endpoint in ("static", "health.alive", "health.ready"):
        return response
    took = round((time.monotonic() - g.began) * 1000) if "began" in g else None
    person = actor() if "_login_user" in g and is_signed_in() else None
    # The endpoint and the ids of the path, never the query: people search for words of documents.
    log.log(
        logging.WARNING if response.status_code >= 500 or (took or 0) > _SLOW_MS else logging.INFO,
        "request",
        extra={
            "method": request.method,
            "endpoint": endpoint,
            "object": ",".join(f"{k}={v}" for k, v in (request.view_args or {}).items()) or None,
            "status": response.status_code,
            "ms": took,
            "person_id": person.person_id if person else None,
            "agency_id": person.agency_id if person else None,
            "ip": request.remote_addr,
        },
    )
    return response


def init_app(app: Flask) -> None:
    """Gắn vào ứng dụng, sau cổng (which makes the request id)."""
    app.before_request(_begin)
    app.after_request(_done)
