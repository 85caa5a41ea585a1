"""Liên thông trên đường truyền xấu: two installations, everything that can go wrong, and each document there exactly once."""

from __future__ import annotations

import io
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.core import clock
from app.core.db import db, session
from app.documents import service as documents
from app.documents.models import Document
from app.documents.service import DraftContent, Registration
from app.exchange.models import (
    Delivery,
    Inbound,
    Message,
    Partner,
    PartnerAgency,
    PartnerKey,
    Purpose,
    Transport,
)
from app.exchange.service import sealing
from app.exchange.service.identity import RECEIPT_KEY, Identity, _private, public_text
from app.settings import ROOT, Settings
from app.storage.backends import DiskStore
from app.storage.service import store_upload
from tests import databases
from tests.faults.chaos import ChaosRelay
from tests.paper import pdf
from tests.world import World

SEED = 20261123
pytestmark = pytest.mark.commits


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Side:
    """Một bên: database, folder, process."""

    name: str
    database: str
    home: Path
    port: int
    settings: Settings
    process: subprocess.Popen[str] | None = None
    kills: int = 0
    app: Flask | None = field(default=None)

    def start(self) -> None:
        env = {
            **os.environ,
            "OFFICE_HOME": str(self.home),
            "DATABASE_URL": databases.url_of(self.database),
            "EXTERNAL_URL": f"http://127.0.0.1:{self.port}",
            "ARGON2_PROFILE": "cheap",
        }
        command = [sys.executable, "-m", "tests.faults.installation", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == "ready"

    def kill(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.kills += 1

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()


def _side(name: str, source: str, folder: Path) -> Side:
    database, home, port = databases.clone(source), folder / name, _free_port()
    home.mkdir()
    settings = Settings.from_env(
        {
            "OFFICE_HOME": str(home),
            "DATABASE_URL": databases.url_of(database),
            "EXTERNAL_URL": f"http://127.0.0.1:{port}",
            "ARGON2_PROFILE": "cheap",
        }
    )
    return Side(name, database, home, port, settings)


def _identity(side: Side) -> Identity:
    return Identity(side.settings.external_url, side.settings.secret, DiskStore(side.home / "packages"), True)


def _pin(side: Side, other: Side, port: int, agency: int, keeper: int) -> None:
    who = _identity(other)
    with side.app.app_context():
        partner = Partner(
            agency_id=keeper, name=other.name, installation=who.installation, transport=Transport.HTTP.value,
            url=f"http://127.0.0.1:{port}", networks="127.0.0.0/8", most_package_bytes=20 * 1024 * 1024, packages_per_hour=100_000,
            created_at=clock.now(),
        )  # fmt: skip
        session.add(partner)
        session.flush()
        session.add(PartnerAgency(agency_id=agency, partner_id=partner.id))
        for purpose, key in ((Purpose.PACKAGE, who.package_key), (Purpose.RECEIPT, who.receipt_key)):
            session.add(
                PartnerKey(
                    partner_id=partner.id,
                    purpose=purpose.value,
                    public_key=public_text(key),
                    since=clock.now(),
                )
            )
        session.commit()


@dataclass
class Pair:
    """Hai bản cài đặt và hai chiều đường truyền."""

    ours: Side
    theirs: Side
    there: ChaosRelay
    back: ChaosRelay
    world: World


@pytest.fixture(autouse=True)
def real_clock(frozen_monday: time_machine.Traveller) -> Iterator[None]:
    """Processes of their own go by the real clock, and so do we."""
    with time_machine.travel(time_machine.escape_hatch.datetime.datetime.now(UTC), tick=True):
        yield


@pytest.fixture
def pair(world_database: tuple[str, World], tmp_path: Path, real_clock: None) -> Iterator[Pair]:
    source, world = world_database
    ours, theirs = _side("ours", source, tmp_path), _side("theirs", source, tmp_path)
    there, back = ChaosRelay(theirs.port, SEED), ChaosRelay(ours.port, SEED + 1)
    theirs.app, ours.app = create_app(theirs.settings), create_app(ours.settings)
    city = world.agencies["city"]
    _pin(ours, theirs, there.port, world.agencies["ward"], city)
    _pin(theirs, ours, back.port, world.agencies["dept"], city)
    yield Pair(ours, theirs, there, back, world)
    for side in (ours, theirs):
        side.stop()
        with side.app.app_context():
            session.remove()
            db.engine.dispose()
        databases.drop(side.database)
    for relay in (there, back):
        relay.close()


def _issue(pair: Pair, count: int, *, files: list[tuple[bytes, str]] | None = None) -> None:
    w = pair.world.live_in(pair.ours.app)
    with pair.ours.app.app_context():
        for number in range(count):
            content, name = files[number] if files else (pdf(f"Công văn {number}"), "cong-van.pdf")
            made = documents.create_draft(
                w.specialist.actor,
                DraftContent(
                    document_type="Công văn", subject=f"Việc số {number}", urgency=0, recipient_ids=(w.agencies["ward"],),
                    other_recipients=(), approver_post_id=w.director.post_id, in_reply_to_id=None,
                ),
                store_upload(io.BytesIO(content), name),
            )  # fmt: skip
            documents.submit(w.specialist.actor, made.id, None)
            documents.endorse(w.head.actor, made.id, None, "")
            documents.approve(w.director.actor, made.id, None)
            documents.issue(w.clerk.actor, made.id, None, w.registers["dept_outgoing"])
        session.remove()


def _register_all(pair: Pair) -> int:
    """Văn thư nơi nhận vào sổ những gì đang chờ."""
    w, count = pair.world.live_in(pair.theirs.app), 0
    with pair.theirs.app.app_context():
        waiting = session.scalars(
            select(Document).where(Document.agency_id == w.agencies["ward"], Document.state == "waiting")
        ).all()
        for document in waiting:
            documents.register_incoming(
                w.ward_clerk.actor,
                document.id,
                None,
                Registration(
                    w.registers["ward_incoming"], document.reference, document.issued_on, document.issuer_name,
                    document.document_type, document.subject,
                ),
            )  # fmt: skip
            count += 1
        session.remove()
    return count


def _figures(pair: Pair) -> tuple[int, int]:
    """Sent with a verified receipt, and told back as registered."""
    with pair.ours.app.app_context():
        sent = session.scalar(select(func.count()).select_from(Message).where(Message.state == "sent"))
        told = session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == "03"))
        session.remove()
    return int(sent or 0), int(told or 0)


def _until_told(pair: Pair, count: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        _register_all(pair)
        if _figures(pair) == (count, count):
            return
        time.sleep(0.2)
    pytest.fail(f"seed {SEED}: {_figures(pair)} of {count} after {seconds} s; {_why(pair)}")


def _why(pair: Pair) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for side in (pair.ours, pair.theirs):
        with side.app.app_context():
            found += [
                (side.name, *map(str, r))
                for r in session.execute(
                    select(
                        Message.kind, Message.state, Message.error, func.count(), func.max(Message.attempts)
                    ).group_by(Message.kind, Message.state, Message.error)
                )
            ]
            found += [
                (side.name, *map(str, r))
                for r in session.execute(
                    select(Inbound.kind, Inbound.state, Inbound.error, func.count()).group_by(
                        Inbound.kind, Inbound.state, Inbound.error
                    )
                )
            ]
            found += [
                (side.name, *map(str, r))
                for r in session.execute(select(Partner.failures, Partner.quiet_until))
            ]
            session.remove()
    return found


def _check_ledgers(pair: Pair, count: int) -> None:
    w = pair.world
    with pair.ours.app.app_context():
        sent = {m.token: (m.payload_sha256, m.manifest, m.receipt) for m in session.scalars(select(Message))}
        taken = {i.token: i.payload_sha256 for i in session.scalars(select(Inbound))}
        session.remove()
    with pair.theirs.app.app_context():
        received = {i.token: i for i in session.scalars(select(Inbound))}
        answers = {m.token: m.payload_sha256 for m in session.scalars(select(Message))}
        registered = session.execute(
            select(Document.package_token, func.count())
            .where(Document.agency_id == w.agencies["ward"])
            .group_by(Document.package_token)
        ).all()
        numbers = session.scalars(
            select(Document.number).where(Document.agency_id == w.agencies["ward"]).order_by(Document.number)
        ).all()
        session.expunge_all()
        session.remove()
    assert len(sent) == len(received) == count
    assert {t: p for t, (p, _m, _r) in sent.items()} == {t: i.payload_sha256 for t, i in received.items()}
    assert {i.state for i in received.values()} == {"done"}
    assert taken == answers, "the states too are there once each"
    assert sorted(n for _t, n in registered) == [1] * count
    assert list(numbers) == list(range(1, count + 1))
    _check_receipts(pair, sent)


def _check_receipts(pair: Pair, sent: dict) -> None:
    key = public_text(_private(pair.theirs.settings.secret(RECEIPT_KEY)))
    store = DiskStore(pair.ours.home / "packages")
    for token, (sha256, manifest, receipt) in sent.items():
        content = sealing.receipt_text(receipt, [key])
        assert (content["id"], content["payload_sha256"]) == (token, sha256)
        assert content["manifest_sha256"] == sealing.sha256(manifest.encode())
        with store.open(sha256, content["payload_size"]) as stream:
            assert sealing.sha256(stream.read()) == sha256


def _run(pair: Pair, count: int, kills: int) -> None:
    chance, began = random.Random(SEED), time.monotonic()
    for side in (pair.ours, pair.theirs):
        side.start()
    _issue(pair, count)
    for number in range(kills):
        time.sleep(chance.uniform(0.3, 1.2))
        side = (pair.ours, pair.theirs)[number % 2]
        side.kill()
        side.start()
        (pair.there, pair.back)[number % 2].fall_silent(0.5)
        _register_all(pair)
    _until_told(pair, count, 20 + count * 2)
    for relay in (pair.there, pair.back):
        relay.calm.set()
    time.sleep(1.2)  # what is still under way, hours later
    _check_ledgers(pair, count)
    for name, relay in (("there", pair.there), ("back", pair.back)):
        print(f"seed {SEED}, {count} packages, {name}: {dict(relay.done)}")
        asked = relay.done["requests"]
        assert relay.done["dropped requests"] > 0.15 * asked
        for fault in ("dropped answers", "doubled", "reordered"):
            assert relay.done[fault] > 0.08 * asked, fault
        assert relay.done["cut bodies"] > 0
    assert pair.there.done["silence"] + pair.back.done["silence"] > 0
    assert pair.ours.kills + pair.theirs.kills == kills
    print(f"{time.monotonic() - began:.1f} s, kills: {pair.ours.kills} + {pair.theirs.kills}")


def test_documents_each_arrive_once(pair: Pair):
    _run(pair, 12, kills=2)


@pytest.mark.long
@pytest.mark.parametrize(("count", "kills"), [(100, 8), (1_000, 20)])
def test_many_documents_each_arrive_once(pair: Pair, count: int, kills: int):
    _run(pair, count, kills=kills)
