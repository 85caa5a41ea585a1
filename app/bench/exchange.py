"""Đo liên thông: 200 nơi nhận trong một lần phát hành, trong hệ thống và qua HTTP; nhận và vào sổ cạnh mức sàn."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sqlalchemy import select, text

from app import create_app
from app.core import clock, outbox
from app.core.db import session
from app.core.embedded import EmbeddedPostgres
from app.core.text import fold
from app.demo.pair_side import Side
from app.documents import service as documents
from app.documents.models import Direction, Document
from app.documents.service import DraftContent
from app.exchange import service
from app.exchange.models import Message, Partner, PartnerAgency, PartnerKey, Purpose, Transport
from app.exchange.service import sealing
from app.exchange.service.identity import Identity, canonical, public_text
from app.org.models import Agency
from app.schema import migrate
from app.settings import Settings
from app.storage.backends import DiskStore
from app.storage.service import Upload, store_upload

RECIPIENTS, LETTERS = 200, 50


@dataclass(frozen=True)
class Figure:
    """Một số đo."""

    words: str
    value: str

    @property
    def line(self) -> str:
        """Dòng in ra."""
        return f"{self.words:66} {self.value}"


def measure() -> Iterator[Figure]:
    """Các số đo, on a database of its own that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="do-lien-thong-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        with _office(place) as side:
            yield from _sending(side, place)
            yield from _receiving(side, place)


@contextmanager
def _office(place: Path) -> Iterator[Side]:
    home = place / "home"
    settings = Settings.from_env({"OFFICE_HOME": str(home), "EXTERNAL_URL": "http://127.0.0.1:8000"})
    database = EmbeddedPostgres(home)
    database.launch()
    try:
        database.wait_ready()
        database.provision()
        migrate(settings.database_owner_url)
        with create_app(settings).app_context():
            side = Side()
            side.found("Z90.01", "Cơ quan đo", "CQĐ")
            yield side
            session.remove()
    finally:
        database.stop()


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _agencies(prefix: str, count: int) -> list[int]:
    made = [
        Agency(
            code=f"{prefix}.{n}", name=f"Nơi nhận {prefix} {n}", short_name=f"{prefix} {n}", abbreviation="NN", kind="ward",
            sort=n, search_key=fold(f"nơi nhận {prefix} {n}"), valid_from=clock.today(),
        )
        for n in range(count)
    ]  # fmt: skip
    session.add_all(made)
    session.commit()
    return [a.id for a in made]


def _dispatch() -> None:
    while outbox.dispatch(100):
        pass


def _issue(side: Side, to: list[int], upload: Upload) -> float:
    content = DraftContent(
        document_type="Công văn", subject="Về việc đo tốc độ liên thông", urgency=0, recipient_ids=tuple(to), other_recipients=(),
        approver_post_id=side.posts["leader"], in_reply_to_id=None,
    )  # fmt: skip
    made = documents.create_draft(side.actor("specialist"), content, upload)
    documents.submit(side.actor("specialist"), made.id, None)
    if session.get_one(Document, made.id).state == "in_review":
        documents.endorse(side.actor("head"), made.id, None, "")
    documents.approve(side.actor("leader"), made.id, None)
    _dispatch()
    clerk, book = side.actor("clerk"), side._book(Direction.OUTGOING)  # noqa: SLF001 - the bench plays this side
    return _timed(lambda: documents.issue(clerk, made.id, None, book))


def _sending(side: Side, place: Path) -> Iterator[Figure]:
    upload = store_upload(io.BytesIO(side._signed(place / "roots")), "cong-van.pdf")  # noqa: SLF001
    _issue(side, _agencies("W", 1), upload)
    _dispatch()
    seconds = _issue(side, _agencies("L", RECIPIENTS), upload)
    yield Figure(f"phát hành đến {RECIPIENTS} nơi trong hệ thống, một lần bấm", f"{seconds * 1000:8.0f} ms")
    yield Figure("  rồi đến đủ các nơi (tiến trình nền)", f"{_timed(_dispatch):8.1f} s")
    with _partner(place) as (who, url):
        _pin(side, who, url, _agencies("H", RECIPIENTS))
        ids = list(session.scalars(select(PartnerAgency.agency_id)))
        seconds = _issue(side, ids, upload)
        yield Figure(f"phát hành đến {RECIPIENTS} nơi qua HTTP, một lần bấm", f"{seconds * 1000:8.0f} ms")
        seconds = _timed(_dispatch)
        sent = session.query(Message).filter_by(state="sent").count()
        yield Figure(
            f"  rồi {sent} thư có biên nhận đã kiểm tra", f"{seconds:8.1f} s  {sent / seconds:6.0f} thư/giây"
        )


def _pin(side: Side, who: Identity, url: str, agency_ids: list[int]) -> None:
    partner = Partner(
        agency_id=side.agency_id, name="Đối tác đo", installation=who.installation, transport=Transport.HTTP.value, url=url,
        networks="127.0.0.0/8", most_package_bytes=40 * 1024 * 1024, packages_per_hour=100_000, created_at=clock.now(),
    )  # fmt: skip
    session.add(partner)
    session.flush()
    for purpose, key in ((Purpose.PACKAGE, who.package_key), (Purpose.RECEIPT, who.receipt_key)):
        session.add(
            PartnerKey(
                partner_id=partner.id, purpose=purpose.value, public_key=public_text(key), since=clock.now()
            )
        )
    session.add_all(PartnerAgency(agency_id=i, partner_id=partner.id) for i in agency_ids)
    session.commit()


@contextmanager
def _partner(place: Path) -> Iterator[tuple[Identity, str]]:
    """A partner that reads each letter and answers a signed receipt, and does nothing else."""
    who = _identity(place)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            stream = io.BytesIO(self.rfile.read(int(self.headers["Content-Length"])))
            manifest, _signature = sealing.read_head(stream)
            receipt = sealing.receipt_for(
                who, sealing.manifest_of(manifest), sealing.sha256(manifest), clock.now()
            )
            body = canonical(receipt)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield who, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _identity(place: Path) -> Identity:
    return Identity(
        "http://127.0.0.1:1", lambda name: f"do-{name}".ljust(43, "A"), DiskStore(place / "partner"), True
    )


def _letters(side: Side, who: Identity) -> list[bytes]:
    """What the first letter over HTTP carried, addressed to us, under ids of their own."""
    message = session.scalars(select(Message).where(Message.state == "sent").limit(1)).one()
    from app.exchange.service.identity import identity

    with identity().packages.open(message.payload_sha256 or "", message.payload_size or 0) as stream:
        payload = stream.read()
    made = []
    for number in range(LETTERS):
        manifest = sealing.Manifest(
            id=f"do{number:030d}", kind="document", installation=who.installation, sender="H.1", recipient="Z90.01",
            sent_at=clock.now().isoformat(), payload_size=len(payload), payload_sha256=sealing.sha256(payload),
        )  # fmt: skip
        made.append(sealing.seal(who, manifest.to_bytes()) + payload)
    return made


def _receiving(side: Side, place: Path) -> Iterator[Figure]:
    letters = _letters(side, _identity(place))
    floor = _timed(lambda: _floor(letters, place))
    taken = _timed(lambda: [service.accept(io.BytesIO(letter)) for letter in letters])
    read = _timed(_dispatch)
    waiting = list(
        session.scalars(
            select(Document.id).where(Document.agency_id == side.agency_id, Document.state == "waiting")
        )
    )
    registered = _timed(lambda: [side.register(i) for i in waiting])
    size = len(letters[0]) / 1024
    yield Figure(
        f"nhận thư {size:.0f} KB: sàn (đọc, băm, fsync, một dòng)", f"{LETTERS / floor:8.0f} thư/giây"
    )
    yield Figure(
        "  nhận, kiểm tra chữ ký, cất, biên nhận ký",
        f"{LETTERS / taken:8.0f} thư/giây  {floor / taken:5.2f} lần sàn",
    )
    yield Figure(
        f"  lấy văn bản ra trong buồng cách ly ({len(waiting)} văn bản)",
        f"{len(waiting) / read:8.0f} thư/giây",
    )
    yield Figure("  vào sổ, báo trạng thái về", f"{len(waiting) / registered:8.0f} văn bản/giây")
    yield Figure("  nhận và vào sổ, tính cả", f"{len(waiting) / (taken + read + registered):8.0f} thư/giây")


def _floor(letters: list[bytes], place: Path) -> None:
    """The least that must happen to each: the same bytes written durably, hashed, and one row committed."""
    session.execute(text("CREATE TEMPORARY TABLE floor (digest text)"))
    session.commit()
    for number, letter in enumerate(letters):
        digest = hashlib.sha256(letter).hexdigest()
        with (place / f"floor-{number}").open("wb") as file:
            file.write(letter)
            file.flush()
            os.fsync(file.fileno())
        session.execute(text("INSERT INTO floor VALUES (:digest)"), {"digest": digest})
        session.commit()
