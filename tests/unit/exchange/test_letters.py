"""Thư từ hệ thống khác: stored once, receipted alike for ever, and only from whom and for whom it may be."""

from __future__ import annotations

import base64
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import session
from app.core.records import RecordKind
from app.documents.models import Document
from app.exchange.models import Inbound, Message, PartnerState
from app.exchange.service import sealing
from app.exchange.service.identity import Identity, identity, public_text
from app.exchange.service.preparing import prepare
from tests.unit.exchange.edxml import HEADER, attachment, status
from tests.unit.exchange.letters import delivery, dispatch, events_of, issue, issue_real, register
from tests.unit.exchange.partner import agency_id, letter_of, other_installation, pin, post, sealed


@pytest.fixture
def other(tmp_path: Path) -> Identity:
    return other_installation(tmp_path)


def _inbound() -> Inbound:
    session.expire_all()
    return session.scalars(select(Inbound)).one()


def test_a_letter_is_stored_receipted_and_becomes_a_waiting_document(world, other):
    """Thư đến: biên nhận đúng khóa, văn bản chờ vào sổ ở đúng nơi."""
    pin(world, other)
    payload = letter_of()
    reply = post(sealed(other, payload))

    assert reply.status == 200
    content = sealing.receipt_text(reply.value, [public_text(identity().receipt_key)])
    assert (content["id"], content["payload_sha256"], content["status"]) == (
        "T" * 32,
        sealing.sha256(payload),
        "01",
    )
    dispatch()
    document = session.scalars(select(Document).where(Document.package_token == "T" * 32)).one()
    assert (document.agency_id, document.state) == (world.agencies["dept"], "waiting")
    assert (document.reference, document.subject) == ("45/SVD-VP", "Về việc rà soát dữ liệu")
    assert document.issuer_agency_id == agency_id()
    assert [f.name for f in document.files] == ["cong-van.pdf"]
    assert _inbound().state == "done"


def test_every_repetition_gets_the_same_receipt(world, other):
    """Gửi lại bao nhiêu lần cũng một văn bản, một biên nhận."""
    pin(world, other)
    letter = sealed(other, letter_of())
    first = post(letter)
    dispatch()
    assert [post(letter).value for _ in range(3)] == [first.value] * 3
    dispatch()
    assert (
        session.scalar(select(func.count()).select_from(Document).where(Document.package_token == "T" * 32))
        == 1
    )


def test_the_same_id_with_other_content_is_refused_with_an_alarm(world, other):
    """Trùng mã khác nội dung: 409, và ghi vào nhật ký."""
    partner = pin(world, other)
    post(sealed(other, letter_of()))
    reply = post(sealed(other, letter_of(Subject="<e:Subject>Nội dung khác</e:Subject>")))

    assert (reply.status, reply.value["error"]) == (409, "conflict")
    assert _inbound().conflicts == 1
    assert "LetterConflicted" in events_of(RecordKind.AGENCY, partner.agency_id)


def _flipped(letter: bytes, at: int) -> bytes:
    return letter[:at] + bytes([letter[at] ^ 1]) + letter[at + 1 :]


def test_no_flipped_byte_and_no_cut_is_taken(world, other):
    """Mỗi byte bị đổi, mỗi chỗ bị cắt đều bị từ chối."""
    pin(world, other)
    letter = sealed(other, letter_of())
    for at in [*range(0, 1_200, 7), *range(1_200, len(letter), 211)]:
        assert post(_flipped(letter, at)).status in (400, 403), at
    for length in range(0, len(letter), 397):
        assert post(letter[:length]).status == 400
    assert session.scalar(select(func.count()).select_from(Inbound)) == 0


def test_strangers_and_wrong_mouths(world, other, tmp_path):
    """Không đăng ký, khóa khác, nói thay cơ quan khác: không nhận, không lưu."""
    payload = letter_of()
    assert post(sealed(other, payload)).status == 403
    partner = pin(world, other)
    stranger = other_installation(tmp_path / "x", "lạ")
    assert post(sealed(stranger, payload)).status == 403
    assert post(sealed(other, payload, sender="H29.16")).status == 403
    assert post(sealed(other, payload, sender="Z99")).status == 403
    assert post(b"").status == post(b"GET / HTTP/1.1\r\n\r\n").status == 400
    assert post(sealed(other, status().encode(), kind="status", about="Y" * 32)).status == 404
    partner.state = PartnerState.SUSPENDED.value
    assert post(sealed(other, payload)).status == 423
    assert session.scalar(select(func.count()).select_from(Inbound)) == 0


def test_quota(world, other):
    """Quá số thư trong một giờ."""
    pin(world, other, per_hour=1)
    post(sealed(other, letter_of()))
    reply = post(sealed(other, letter_of(), token="U" * 32))
    assert (reply.status, reply.headers["Retry-After"]) == (429, "300")


@pytest.mark.parametrize(
    "changes",
    [
        {"Subject": "<e:Subject>TỐI MẬT</e:Subject>"},
        {"OtherInfo": "<e:OtherInfo><e:Secret>Tuyệt mật</e:Secret></e:OtherInfo>"},
        {"files": attachment(b"x", "[MẬT] kế hoạch.txt", "1")},
    ],
)
def test_secret_letters_are_answered_02_and_not_stored(world, other, changes):
    """Thư mang dấu mật: biên nhận ghi 02, nội dung không còn ở đâu."""
    pin(world, other)
    payload = letter_of(**changes)
    reply = post(sealed(other, payload))

    content = sealing.receipt_text(reply.value, [public_text(identity().receipt_key)])
    assert (reply.status, content["status"]) == (200, "02")
    found = _inbound()
    assert found.state == "refused"
    assert not (identity().packages.root / found.payload_sha256[:2] / found.payload_sha256[2:4]).exists()
    assert (
        session.scalar(select(func.count()).select_from(Document).where(Document.package_token == "T" * 32))
        == 0
    )
    assert post(sealed(other, payload)).value == reply.value


def _statuses() -> list[str]:
    return [
        m.status["code"]
        for m in session.scalars(select(Message).where(Message.kind == "status").order_by(Message.id))
    ]


def test_a_letter_for_nobody_is_answered_02(world, other):
    """Sai mã nơi nhận: báo 02 kèm lý do."""
    pin(world, other)
    post(sealed(other, letter_of(), to="H29.777"))
    dispatch()
    assert _inbound().state == "refused"
    assert _statuses() == ["02"]


def test_a_letter_that_cannot_be_read_is_set_apart(world, other):
    """Gói tin hỏng: cách ly với lý do, những thư khác không bị chặn."""
    pin(world, other)
    post(sealed(other, b"<edXML>"))
    post(sealed(other, letter_of(), token="U" * 32))
    dispatch()
    rows = {i.token[0]: i for i in session.scalars(select(Inbound))}
    assert rows["T"].state == "quarantined"
    assert "bị cắt" in rows["T"].error
    assert rows["U"].state == "done"


def test_states_of_the_received_document_go_back(world, other):
    """Vào sổ, chuyển xử lý, kết thúc: mỗi trạng thái một thư, không lặp, không lùi."""
    pin(world, other)
    post(sealed(other, letter_of()))
    dispatch()
    document = session.scalars(select(Document).where(Document.package_token == "T" * 32)).one()
    register(world, document, by=world.clerk, book="dept_incoming")
    assert _statuses() == ["03"]
    message = session.scalars(select(Message)).one()
    assert (message.sequence, message.inbound.token) == (1, "T" * 32)
    assert world.clerk.name in message.status["by"]


def test_states_reported_by_the_partner_move_the_delivery(world, other):
    """Trạng thái đối tác báo về: đi tới, kèm người và thời gian; cũ hơn thì bỏ qua."""
    pin(world, other)
    document = issue(world, [agency_id()])
    sent = session.scalars(select(Message)).one()
    assert delivery(document, agency_id()).transport == "http"
    for token, code in (("A", "03"), ("B", "06"), ("C", "04")):
        report = status(code).encode()
        assert post(sealed(other, report, kind="status", about=sent.token, token=token * 32)).status == 200
    dispatch()
    found = delivery(document, agency_id())
    assert found.state == "06"
    assert found.state_by == "Trần Thị Thử, Văn phòng"
    assert found.state_at.isoformat() == "2026-11-20T03:00:00+00:00"


def test_a_recall_before_its_document_waits_for_it(world, other):
    """Thu hồi đến trước văn bản: chờ, rồi thực hiện."""
    pin(world, other)
    recall = letter_of(
        business="<e:Bussiness><e:BussinessDocType>1</e:BussinessDocType></e:Bussiness>", files=""
    )
    post(sealed(other, recall, token="R" * 32, about="T" * 32, business_type=1))
    dispatch()
    assert _inbound().state == "held"
    post(sealed(other, letter_of()))
    dispatch()
    document = session.scalars(select(Document).where(Document.package_token == "T" * 32)).one()
    assert document.state == "withdrawn"
    assert _statuses() == ["15"]
    assert HEADER


def test_an_update_brings_its_values_and_files(world, other):
    """Cập nhật: chưa vào sổ thì trích yếu và tệp mới có ngay, báo 15."""
    pin(world, other)
    post(sealed(other, letter_of()))
    dispatch()
    files = attachment("Phụ lục mới".encode(), "phu-luc-moi.txt", "9")
    fresh = letter_of(
        files,
        Subject="<e:Subject>Về việc rà soát dữ liệu năm 2026</e:Subject>",
        business="<e:Bussiness><e:BussinessDocType>2</e:BussinessDocType></e:Bussiness>",
    )
    post(sealed(other, fresh, token="R" * 32, about="T" * 32, business_type=2))
    dispatch()
    document = session.scalars(select(Document).where(Document.package_token == "T" * 32)).one()
    assert (document.state, document.subject) == ("waiting", "Về việc rà soát dữ liệu năm 2026")
    assert [f.name for f in document.files] == ["cong-van.pdf", "phu-luc-moi.txt"]
    assert "ArrivalAmended" in events_of(RecordKind.INCOMING, document.id)
    assert _statuses() == ["15"]


def test_a_replacement_takes_the_place_of_the_earlier(world, other):
    """Thay thế: văn bản mới chờ vào sổ, văn bản cũ được rút, nói rõ cái nào thay."""
    pin(world, other)
    post(sealed(other, letter_of()))
    dispatch()
    newer = letter_of(
        Code="<e:Code><e:CodeNumber>46</e:CodeNumber><e:CodeNotation>SVD-VP</e:CodeNotation></e:Code>",
        business="<e:Bussiness><e:BussinessDocType>3</e:BussinessDocType></e:Bussiness>",
    )
    post(sealed(other, newer, token="R" * 32, about="T" * 32, business_type=3))
    dispatch()
    rows = {
        d.reference: d for d in session.scalars(select(Document).where(Document.package_token.is_not(None)))
    }
    assert rows["46/SVD-VP"].state == "waiting"
    assert rows["45/SVD-VP"].state == "withdrawn"
    assert "46/SVD-VP" in rows["45/SVD-VP"].result


def test_a_large_annex_is_fetched_by_the_party_alone(world, other):
    """Phụ lục vượt hạn mức: gói chỉ mang tên, dung lượng, giá trị băm và liên kết; chỉ đối tác ký mới tải được."""
    partner = pin(world, other)
    partner.most_package_bytes = 1_000
    document = issue_real(world, [agency_id()], annex=True)
    message = session.scalars(select(Message)).one()
    prepare(message)
    session.commit()
    assert [link["name"] for link in message.links] == ["phu-luc.pdf"]
    path = message.links[0]["path"]
    moment = clock.now().isoformat()
    signature = base64.b64encode(
        other.package_key.sign(b"vpdt-fetch-1\n" + f"{path}\n{moment}".encode())
    ).decode()
    page = world.visitor.raw.get(path, headers={"X-Lien-Thong": f"{other.installation} {moment} {signature}"})
    assert (page.status_code, sealing.sha256(page.data)) == (200, message.links[0]["sha256"])
    page.close()
    assert world.visitor.raw.get(path).status_code == 404
    wrong = base64.b64encode(bytes(64)).decode()
    assert (
        world.visitor.raw.get(
            path, headers={"X-Lien-Thong": f"{other.installation} {moment} {wrong}"}
        ).status_code
        == 404
    )
    assert document.files


def test_poison_does_not_hold_up_the_others(world, other):
    """20 gói hỏng trong 60: 20 để riêng có lý do, 40 còn lại đến nơi, không chậm quá hai lần."""
    pin(world, other, per_hour=1_000)

    def run(start: int, poison: int) -> float:
        letters = [(letter_of(), f"good{start + n:028d}") for n in range(20)]
        bad = [b"<edXML>", b"PK\x03\x04", b"\x00" * 50, b"<!DOCTYPE a><edXML/>", b"{}"]
        letters += [(bad[n % 5], f"bad_{start + n:028d}") for n in range(poison)]
        random.Random(1).shuffle(letters)
        for payload, token in letters:
            assert post(sealed(other, payload, token=token)).status == 200
        began = time.perf_counter()
        dispatch()
        return time.perf_counter() - began

    clean = run(0, 0)
    mixed = run(100, 20)
    states = Counter((i.token[:4], i.state) for i in session.scalars(select(Inbound)))
    assert states == {("good", "done"): 40, ("bad_", "quarantined"): 20}
    assert all(i.error for i in session.scalars(select(Inbound)) if i.token.startswith("bad_"))
    assert mixed < clean * 2 + 1, (clean, mixed)
