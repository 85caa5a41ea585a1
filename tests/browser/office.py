"""Văn phòng cho phép thử trình duyệt: its unfinished work, its server, and the people who sit down before it."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from app.core import clock, outbox
from app.core.db import session
from app.core.records import post_principal, unit_principal
from app.core.working_days import calendar, due_instant
from app.documents import service as documents
from app.documents.models import Document, Handling
from app.documents.service import Assignment, DraftContent, Registration
from app.storage.service import Upload, store_upload
from tests.paper import pdf
from tests.world import Who, World, open_session

DESK = (1440, 900)
PHONE = (390, 844)

# Subject, urgency: what the city sends to Sở Xây dựng, first come first.
WAITING = (
    ("Công điện về chủ động ứng phó mưa lớn kết hợp triều cường", 3),
    ("Về việc rà soát các dự án chậm tiến độ giải phóng mặt bằng", 1),
    ("Về việc xử lý tình trạng ngập tại nút giao Lương Định Của", 0),
    ("Về việc góp ý dự thảo Quy định quản lý vỉa hè, lòng đường", 0),
)
PRESENTED = (
    (
        "Về việc kiểm tra an toàn công trình chung cư cũ",
        "Giao Phòng Hạ tầng kỹ thuật chủ trì kiểm tra, báo cáo.",
    ),
    ("Về việc lập danh mục công trình chào mừng năm mới", "Giao Phòng Quy hoạch chủ trì lập danh mục."),
)
ASSIGNED = "Về việc báo cáo tình hình cấp giấy phép xây dựng"


# ── the work on the desks ────────────────────────────────────────────────────


def fill(world: World) -> None:
    """Công việc đang làm dở: made through the use cases, so that every row is what an act leaves."""
    for subject, urgency in WAITING:
        send(world, subject, urgency)
    for subject, proposal in PRESENTED:
        present(world, subject, proposal)
    _assign(world)
    _draft(world, "Về việc trả lời kiến nghị của cử tri phường Bến Thành", upto="draft")
    _draft(world, "Kế hoạch duy tu hạ tầng kỹ thuật quý I", upto="submitted")
    _draft(world, "Báo cáo kết quả kiểm tra công trình ngầm", upto="endorsed")
    _draft(world, "Quyết định phê duyệt nhiệm vụ quy hoạch chi tiết", upto="approved")
    _draft(world, "Thông báo phân luồng thi công đường Nguyễn Huệ", upto="issued")
    documents.save_group(world.clerk.actor, None, "Các phường trung tâm", [world.agencies["ward"]])
    session.commit()
    while outbox.dispatch():
        pass


def send(world: World, subject: str, urgency: int = 0) -> None:
    """Một văn bản của Thành phố đến nơi: waits to be registered."""
    content = DraftContent(
        "Công văn", subject, urgency, (world.agencies["dept"],), (), world.chairman.post_id
    )
    draft = documents.create_draft(world.city_specialist.actor, content, _file(subject)).id
    documents.submit(world.city_specialist.actor, draft, None)
    documents.endorse(world.city_head.actor, draft, None, "")
    documents.approve(world.chairman.actor, draft, None)
    documents.issue(world.city_clerk.actor, draft, None, world.registers["city_outgoing"])
    session.commit()
    while outbox.dispatch():
        pass


def present(world: World, subject: str, proposal: str) -> Document:
    """Một văn bản giấy đã vào sổ và trình giám đốc kèm tham mưu."""
    document = register(world, subject)
    unit = world.units["dept_plan" if "Quy hoạch" in proposal else "dept_infra"]
    words = Assignment(proposal, unit_principal(unit), due_at=_in_days(5))
    return documents.route(
        world.clerk.actor, document.id, None, post_principal(world.director.post_id), words
    )


def register(world: World, subject: str) -> Document:
    """Một văn bản giấy đã vào sổ."""
    registration = Registration(
        world.registers["dept_incoming"], "1204/UBND-ĐT", clock.today() - timedelta(days=2),
        "UBND phường Bến Thành", "Công văn", subject,
    )  # fmt: skip
    return documents.register_paper(world.clerk.actor, registration, _file(subject))


def _assign(world: World) -> None:
    document = present(world, ASSIGNED, "Giao Phòng Hạ tầng kỹ thuật chủ trì, báo cáo số liệu.")
    documents.agree_with_proposal(world.director.actor, document.id, None)
    part = session.scalars(select(Handling).where(Handling.document_id == document.id)).one()
    documents.pass_on(
        world.head.actor, part.id, None, lead_post_id=world.specialist.post_id, support_post_ids=(),
        text="Tổng hợp số liệu 11 tháng", due_at=_in_days(2),
    )  # fmt: skip


def _draft(world: World, subject: str, upto: str) -> None:
    kind = (
        "Công văn"
        if subject.startswith("Về việc")
        else subject.split(" ", 2)[0] + " " + subject.split(" ")[1]
    )
    content = DraftContent(
        kind, subject, 0, (world.agencies["city"], world.agencies["ward"]), (), world.director.post_id
    )
    draft = documents.create_draft(world.specialist.actor, content, _file(subject)).id
    for state, act, who, extra in (
        ("submitted", documents.submit, world.specialist, ()),
        ("endorsed", documents.endorse, world.head, ("",)),
        ("approved", documents.approve, world.director, ()),
        ("issued", documents.issue, world.clerk, (world.registers["dept_outgoing"],)),
    ):
        if upto == "draft":
            return
        act(who.actor, draft, None, *extra)
        if state == upto:
            return


def _file(words: str) -> Upload:
    return store_upload(io.BytesIO(pdf(words)), "van-ban.pdf")


def _in_days(count: int) -> Any:
    return due_instant(calendar().add(clock.today(), count))


# ── the server and the seats ─────────────────────────────────────────────────


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
