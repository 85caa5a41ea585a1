"""Một bản cài đặt trọn vẹn để thử lỗi: web and worker in one process that can be killed; only its patience is shortened."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from datetime import timedelta

from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.core import outbox
from app.core.db import session
from app.exchange.service import client, outgoing
from app.settings import Settings


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing: hundreds of letters go through here."""


def main(port: int) -> None:
    """Chạy đến khi bị dừng."""
    logging.disable(logging.CRITICAL)
    outgoing._FIRST_WAIT, outgoing._LONGEST_WAIT = timedelta(milliseconds=30), timedelta(milliseconds=250)
    outgoing._LEASE = outbox._LEASE = timedelta(seconds=2)
    client._CONNECT_SECONDS, client._READ_SECONDS = 1.0, 2.0
    app = create_app(Settings.from_env())
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    parent = os.getppid()
    while os.getppid() == parent:
        with app.app_context():
            busy = outbox.dispatch()
            session.remove()
        if not busy:
            time.sleep(0.02)


if __name__ == "__main__":
    main(int(sys.argv[1]))
