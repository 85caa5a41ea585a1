"""Văn phòng cho phép thử trình duyệt: its unfinished work, its server, and the people who sit down before it."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from app.core.db import session
from app.documents.models import Document
from tests.world import Who, World, open_session

DESK = (1440, 900)
PHONE = (390, 844)


class _Quiet(WSGIRequestHandler):
    timeout = 10

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: what a page answers is seen in the browser."""


class Seat:
    """Một người ngồi trước trình duyệt."""

    def __init__(self, office: Office, context: BrowserContext, name: str, width: int) -> None:
        self.office, self.context, self.name, self.width = office, context, name, width
        self.page = context.new_page()
        self.expected: set[int] = set()  # statuses a test provokes on purpose; the browser complains of them
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._fault(f"script: {error}"))
        self.page.on("response", self._answer)

    def open(self, path: str) -> Page:
        """Mở một trang."""
        answer = self.page.goto(self.office.url + path)
        assert answer is not None
        assert answer.status == 200, f"{self.name} opened {path}: {answer.status}"
        return self.page

    @property
    def path(self) -> str:
        """Địa chỉ đang mở, không có tên máy."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def resize(self, width: int) -> None:
        """Đổi bề ngang cửa sổ."""
        self.width = width
        self.page.set_viewport_size({"width": width, "height": DESK[1]})

    def picture(self, name: str, *, full: bool = False) -> None:
        """Chụp trang cho sách hướng dẫn: with 96 colours, so that the file stays small."""
        shot = Image.open(io.BytesIO(self.page.screenshot(full_page=full, animations="disabled")))
        target = self.office.pictures / f"{name}.png"
        shot.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(target, optimize=True)

    def is_sideways(self) -> bool:
        """Trang phải cuộn ngang."""
        return bool(self.page.evaluate("w => document.documentElement.scrollWidth > w", self.width))

    def _console(self, message: ConsoleMessage) -> None:
        if not any(f"status of {status}" in message.text for status in self.expected):
            self._fault(f"console: {message.text}")

    def _answer(self, answer: Response) -> None:
        if answer.status >= 400 and answer.status not in self.expected:
            self._fault(f"{answer.request.method} {urlsplit(answer.url).path} answered {answer.status}")

    def _fault(self, words: str) -> None:
        self.office.faults.append(f"{self.name} at {self.path}: {words}")


class Office:
    """Văn phòng đang chạy."""

    def __init__(self, app: Flask, world: World, browser: Browser, pictures: Path) -> None:
        self.app, self.world, self.browser, self.pictures = app, world, browser, pictures
        self.faults: list[str] = []
        self.url = ""
        self._contexts: list[BrowserContext] = []

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Máy chủ web trong một luồng riêng."""
        server = make_server("127.0.0.1", 0, self.app, threaded=True, request_handler=_Quiet)
        self.url = f"http://127.0.0.1:{server.server_port}"
        server.daemon_threads = False  # type: ignore[attr-defined] - closing waits for what is still being answered
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield
        finally:
            self.leave()
            server.shutdown()
            thread.join()
            server.server_close()

    def seat(self, who: Who | None, size: tuple[int, int] = DESK, **options: Any) -> Seat:
        """Chỗ ngồi của một người đã đăng nhập; of nobody when ``who`` is ``None``."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
            is_mobile=width < 700, has_touch=width < 700, **options,
        )  # fmt: skip
        context.set_default_timeout(8_000)
        self._contexts.append(context)
        if who is not None:
            context.add_cookies([{"name": "office", "value": self._cookie(who), "url": self.url}])
        return Seat(self, context, who.name if who else "visitor", width)

    def _cookie(self, who: Who) -> str:
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        token = open_session(who.person_id, who.post_id)
        return str(serializer.dumps({"_user_id": token, "_fresh": True}))

    def leave(self) -> None:
        """Mọi người đứng dậy."""
        while self._contexts:
            self._contexts.pop().close()

    def document(self, subject: str, *, agency: str = "dept", direction: str = "incoming") -> Document:
        """Văn bản mang trích yếu này, đọc lại từ cơ sở dữ liệu."""
        session.rollback()
        session.expire_all()
        return session.scalars(
            select(Document).where(
                Document.subject == subject,
                Document.agency_id == self.world.agencies[agency],
                Document.direction == direction,
            )
        ).one()
