"""Văn bản ký số: soạn, duyệt, ký, cấp số, đóng dấu, phát hành, nơi nhận xác minh; real pages, real files, the real queue."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.actor import SYSTEM
from app.core.db import session
from app.documents.models import Document
from app.org.models import Agency
from app.signing import queries as signing_queries
from app.signing import service as signing
from app.signing.models import SigningBatch, SigningKey, SigningRequest
from app.storage import service as storage
from tests.journeys.test_office_story import newest, work_off_the_queue
from tests.paper import upload
from tests.unit.signing.making import letter
from tests.world import World

PIN, SEAL_PIN = "246810", "975310"


def prepare(world: World) -> None:
    """Sở Xây dựng phải ký số: keys for its director and its seal, a worker that can sign."""
    dept = world.agencies["dept"]
    agency = session.get_one(Agency, dept)
    agency.settings = {**agency.settings, "signing_required": True, "seal_mm": 34}
    session.commit()
    signing.issue_software_key(
        SYSTEM, dept, world.director.person_id, PIN, title=world.director.title, rounds=1000
    )
    signing.issue_software_key(SYSTEM, dept, None, SEAL_PIN, rounds=1000)
    signing.present(SYSTEM)


def approved(world: World, subject: str = "V/v phối hợp xử lý ngập") -> int:
    """Một công văn đã được phê duyệt."""
    main = letter(number="Số:           /SXD-HTKT", signer=world.director.name)
    world.specialist.client.post(
        "/van-ban/di/moi",
        {
            "document_type": "Công văn", "urgency": "0", "subject": subject, "recipients": [str(world.agencies["ward"])],
            "approver": str(world.director.post_id), "document_file": upload(main, "cong-van.pdf"),
            "attachments": upload(letter(paragraphs=2), "phu-luc.pdf"),
        },
    )  # fmt: skip
    document = newest(Document, Document.direction == "outgoing")
    page = f"/van-ban/di/{document.id}"
    world.specialist.client.post(f"{page}/trinh", form_at=page)
    world.head.client.post(f"{page}/dong-y", {"note": ""})
    world.director.client.post(f"{page}/phe-duyet", form_at="/")
    return int(document.id)


def content(document: Document, role: str = "main") -> bytes:
    """Byte của một tệp của văn bản."""
    stored = next(f for f in document.files if f.role == role).stored
    with storage.storage().blobs.open(stored.sha256, stored.size) as stream:
        return bytes(stream.read())


def signed(world: World, document_id: int) -> Any:
    """Lãnh đạo ký: two clicks from the home page and the PIN."""
    assert f"/van-ban/di/{document_id}/ky-so" in world.director.client.get("/").markup
    answer = world.director.client.post(f"/van-ban/di/{document_id}/ky-so", {"pin": PIN})
    work_off_the_queue()
    return answer


def test_the_leader_signs_the_registry_seals_and_the_recipient_verifies(
    committed: tuple[Flask, World], tmp_path: Path
) -> None:
    """Soạn → duyệt → ký → số → dấu → phát hành → nơi nhận và người ngoài xác minh."""
    _app, world = committed
    prepare(world)
    number = approved(world)
    page = f"/van-ban/di/{number}"
    clerk = world.clerk.client
    assert "Đang chờ người có thẩm quyền ký số" in clerk.get(page).text
    before = content(newest(Document, Document.id == number))

    desk = world.director.client.get(f"{page}/ky-so")
    shown = newest(Document, Document.id == number)
    assert next(f for f in shown.files if f.role == "main").stored.sha256 in desk.text
    signed(world, number)
    document = newest(Document, Document.id == number)
    assert document.state == "signed"
    assert content(document).startswith(before)

    assert "V/v phối hợp xử lý ngập" in clerk.get("/van-ban/di/cho-dong-dau").text
    clerk.post(f"{page}/dong-dau", {"pin": SEAL_PIN})
    work_off_the_queue()
    document = newest(Document, Document.id == number)
    assert (document.state, document.reference) == ("issued", "01/SXD-HTKT")
    path = tmp_path / "ban-hanh.pdf"
    path.write_bytes(content(document))
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert said.count("Signature is Valid.") == 2
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "01" in text
    assert "2026-11-23T08:00:00+07:00" in text
    assert signing.verify_copy(content(document, "attachment"))[0].is_valid

    got = newest(Document, Document.direction == "incoming", Document.agency_id == world.agencies["ward"])
    work_off_the_queue()
    seen = world.ward_clerk.client.get(f"/van-ban/den/{got.id}").text
    assert "Hợp lệ" in seen
    assert world.director.name in seen

    ours = signing_queries.signed_file(2, number)
    assert ours is not None
    assert ours.code[:4] in clerk.get(page).text
    assert "01/SXD-HTKT" in world.visitor.get(f"/xac-minh/{ours.code}").text
    world.visitor.get("/xac-minh/KHONGCO", expect=404)
    found = world.visitor.post(
        "/xac-minh", {"copy": (io.BytesIO(content(document)), "ban-sao.pdf")}, expect=200
    )
    assert "đúng bản do cơ quan phát hành" in found.text
    forged = content(document) + b"\n%sua"
    found = world.visitor.post("/xac-minh", {"copy": (io.BytesIO(forged), "ban-sao.pdf")}, expect=200)
    assert "Đã bị sửa sau khi ký" in found.text


def test_a_wrong_pin_signs_nothing_is_counted_and_locks(committed: tuple[Flask, World]) -> None:
    """Sai mã PIN năm lần: nothing is signed, the key is locked, the administrator releases it."""
    _app, world = committed
    prepare(world)
    number = approved(world)
    for left in (4, 3, 2, 1, 0):
        world.director.client.post(f"/van-ban/di/{number}/ky-so", {"pin": "000000"})
        work_off_the_queue()
        request = newest(SigningRequest)
        assert request.state == "failed"
        assert (f"Còn {left} lần" if left else "đã bị khóa") in request.failure
    assert newest(Document, Document.id == number).state == "approved"
    assert newest(SigningBatch).sealed_pin is None
    refused = world.director.client.post(f"/van-ban/di/{number}/ky-so", {"pin": PIN}, expect=422)
    assert "đang bị khóa" in refused.text
    key = newest(SigningKey, SigningKey.person_id == world.director.person_id)
    world.admin.client.post(f"/quan-tri/khoa-ky/{key.id}/mo-lai", form_at="/quan-tri/khoa-ky")
    signed(world, number)
    assert newest(Document, Document.id == number).state == "signed"


def test_what_changed_after_it_was_shown_is_not_signed(committed: tuple[Flask, World]) -> None:
    """Ký bản cũ là không được: another hash than the one shown, or another version by the time it is attached."""
    _app, world = committed
    prepare(world)
    number = approved(world)
    page = f"/van-ban/di/{number}/ky-so"
    world.director.client.post(page, {"pin": PIN, "sha256": "0" * 64}, expect=409)
    world.director.client.post(page, {"pin": PIN})
    document = newest(Document, Document.id == number)
    document.version += 1
    work_off_the_queue()
    assert newest(Document, Document.id == number).state == "approved"
    assert "đã thay đổi sau khi anh/chị bấm ký" in newest(SigningRequest).failure


def test_a_batch_signs_each_by_itself(committed: tuple[Flask, World]) -> None:
    """Ký một lượt: one PIN, each document in its own transaction, the one that cannot be signed says why."""
    _app, world = committed
    prepare(world)
    numbers = [approved(world, f"V/v việc số {n}") for n in range(3)]
    desk = world.director.client.get("/van-ban/di/cho-ky")
    chosen = desk.tree.xpath("//input[@name='chon']/@value")
    assert len(chosen) == 3
    world.director.client.post("/van-ban/di/cho-ky", {"pin": PIN, "chon": list(chosen)})
    changed = newest(Document, Document.id == numbers[1])
    changed.version += 1
    work_off_the_queue()
    states = [newest(Document, Document.id == n).state for n in numbers]
    assert states == ["signed", "approved", "signed"]
    batch = newest(SigningBatch)
    shown = world.director.client.get(f"/ky-so/luot/{batch.id}").text
    assert "1 chưa ký được" in shown
    world.clerk.client.get(f"/ky-so/luot/{batch.id}", expect=404)


class Killed(BaseException):
    """The process is gone: nothing after this point runs."""


@pytest.mark.parametrize(
    "point", ["keyring.open_key", "pdf.sign_first", "storage.store_made", "attach", "_close"]
)
def test_killed_at_any_point_nothing_is_half_signed_or_signed_twice(
    committed: tuple[Flask, World], monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    """Chết giữa chừng: the document is whole, the number of signatures is none or one, and signing again works."""
    from app.signing.service import batches, keyring, pdf

    _app, world = committed
    prepare(world)
    number = approved(world)
    world.director.client.post(f"/van-ban/di/{number}/ky-so", {"pin": PIN})
    fired = []

    def die(*_args: Any, **_kwargs: Any) -> None:
        fired.append(point)
        raise Killed

    owner, _, name = point.rpartition(".")
    owners = {"": batches, "keyring": keyring, "pdf": pdf, "storage": storage}
    with monkeypatch.context() as patch:
        patch.setattr(owners[owner], name, die)
        with pytest.raises(Killed):
            batches.carry_out(newest(SigningBatch).id)
    session.rollback()
    assert fired
    document = newest(Document, Document.id == number)
    assert document.state == ("signed" if point == "_close" else "approved")
    work_off_the_queue()  # the queue comes back to it
    document = newest(Document, Document.id == number)
    assert document.state == "signed"
    assert content(document).count(b"/ByteRange") == 1
    assert newest(SigningBatch).sealed_pin is None


def test_the_sweeper_releases_what_nobody_signs(committed: tuple[Flask, World], frozen_monday: Any) -> None:
    """Quá hạn: the reservation ends, the sealed PIN is erased, and the document can be signed again."""
    _app, world = committed
    prepare(world)
    number = approved(world)
    world.director.client.post(f"/van-ban/di/{number}/ky-so", {"pin": PIN})
    assert newest(SigningBatch).sealed_pin is not None
    frozen_monday.shift(700)
    from app.core import clock

    assert signing.sweep(clock.now())["released"] == 1
    assert (newest(SigningBatch).sealed_pin, newest(SigningRequest).state) == (None, "failed")
    signing.present(SYSTEM)
    signed(world, number)
    assert newest(Document, Document.id == number).state == "signed"
