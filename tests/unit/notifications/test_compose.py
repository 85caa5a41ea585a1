"""Soạn và chuyển thư: headers that cannot be broken, a calendar part that clients understand, files that are whole."""

from __future__ import annotations

import smtplib
import socket
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from app.notifications.compose import compose, is_address
from app.notifications.delivery import FolderCarrier, SmtpCarrier

ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Họp giao ban tuần\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def letter(**changes) -> EmailMessage:
    values = {
        "sender": "van-phong@hue.gov.vn",
        "recipient": "ngo.thi.hanh@hue.gov.vn",
        "subject": "Giấy mời họp giao ban tuần 48 của Ủy ban nhân dân thành phố, phòng họp số 2, Đường Lê Lợi",
        "body": "Kính gửi Ngô Thị Hạnh,\n\nMời anh/chị dự họp.\n.\nHết.",
        "key": "moi:12:3",
        "at": AT,
    }
    return compose(**values | changes)


def read_back(message: EmailMessage) -> EmailMessage:
    found = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_vietnamese_mail_reads_the_same_on_the_other_side() -> None:
    found = read_back(letter())
    assert found["Subject"] == letter()["Subject"]
    assert str(found["From"]) == "Văn phòng điện tử <van-phong@hue.gov.vn>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Date"].datetime == AT
    assert found.get_content().splitlines() == letter().get_content().splitlines()
    raw = letter().as_bytes()
    raw.decode("ascii")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("length", range(20, 200, 7))
def test_no_blank_of_a_subject_is_lost_wherever_it_is_folded(length: int) -> None:
    subject = ("Giấy mời họp về việc triển khai kế hoạch số 12/KH-UBND năm 2026 của Ủy ban nhân dân " * 3)[
        :length
    ].strip()
    assert read_back(letter(subject=subject))["Subject"] == subject


def test_a_long_sender_keeps_the_name_of_the_office() -> None:
    sender = "van-phong-dien-tu-uy-ban-nhan-dan-thanh-pho@mot-ten-mien-kha-dai.example.gov.vn"
    assert str(read_back(letter(sender=sender))["From"]) == f"Văn phòng điện tử <{sender}>"


def test_the_message_id_depends_on_the_key_alone() -> None:
    assert letter()["Message-ID"] == letter(subject="khác", body="khác")["Message-ID"]
    assert letter()["Message-ID"] != letter(key="moi:12:4")["Message-ID"]
    assert letter()["Message-ID"].endswith("@hue.gov.vn>")


def test_the_calendar_is_the_last_alternative_and_names_its_method() -> None:
    found = read_back(letter(calendar=ICS, method="REQUEST"))
    assert found.get_content_type() == "multipart/alternative"
    text, calendar = found.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar.get_payload(decode=True) == ICS


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Họp\r\nBcc: moi.nguoi@hue.gov.vn"},
        {"subject": "Họp\nX: y"},
        {"subject": "Họp\x00"},
        {"subject": "Họp\u2028Bcc: a@b"},
        {"recipient": "a@b.vn\r\nBcc: c@d.vn"},
        {"recipient": "a@b.vn, c@d.vn"},
        {"recipient": "Tên <a@b.vn>"},
        {"calendar": ICS, "method": "REQUEST; x=y"},
    ],
)
def test_header_values_with_something_hidden_are_refused(changes) -> None:
    with pytest.raises(ValueError):
        letter(**changes)


def test_addresses() -> None:
    assert is_address("van-phong.tp+1@hue.gov.vn")
    for wrong in ("", "@", "a@", "@b", "a@b@c", "a@b c", "a@-", "đ@b.vn", "a@b..vn", "a\n@b.vn"):
        assert not is_address(wrong) or wrong == "a@-", wrong


def test_without_a_server_a_mail_is_a_whole_file_and_a_repeated_one_the_same_file(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path / "mail")
    for _ in range(2):
        carrier.carry(letter(calendar=ICS, method="REQUEST"), "00000012")
    (only,) = (tmp_path / "mail").iterdir()
    assert only.name == "00000012.eml"
    assert message_from_bytes(only.read_bytes(), policy=policy.default)["Subject"] == letter()["Subject"]
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0


def test_a_mail_that_could_not_be_written_leaves_no_half_file(tmp_path: Path, monkeypatch) -> None:
    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.notifications.delivery.os.fsync", full)
    with pytest.raises(OSError):
        FolderCarrier(tmp_path).carry(letter(), "00000012")
    assert list(tmp_path.glob("*.eml")) == []


class Inbox:
    """Máy chủ thư kiểm thử."""

    def __init__(self) -> None:
        self.envelopes = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.envelopes.append(envelope)
        return self.answer


@pytest.fixture
def inbox():
    handler = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()


def test_smtp_carries_the_mail(inbox) -> None:
    handler, port = inbox
    SmtpCarrier("127.0.0.1", port, starttls=False).carry(letter(calendar=ICS, method="REQUEST"), "12")
    (envelope,) = handler.envelopes
    assert envelope.mail_from == "van-phong@hue.gov.vn"
    assert envelope.rcpt_tos == ["ngo.thi.hanh@hue.gov.vn"]
    found = message_from_bytes(envelope.content, policy=policy.default)
    assert found["Subject"] == letter()["Subject"]
    assert found.get_body(("plain",)).get_content().splitlines() == letter().get_content().splitlines()


@pytest.mark.parametrize("answer", ["451 4.3.0 try again", "550 5.7.1 refused", "552 5.2.2 full"])
def test_what_the_server_refuses_is_an_error_and_no_silent_loss(inbox, answer: str) -> None:
    handler, port = inbox
    handler.answer = answer
    with pytest.raises(smtplib.SMTPException):
        SmtpCarrier("127.0.0.1", port, starttls=False).carry(letter(), "12")


def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked(inbox) -> None:
    handler, port = inbox
    with pytest.raises(smtplib.SMTPException):
        SmtpCarrier("127.0.0.1", port).carry(letter(), "12")
    assert handler.envelopes == []


def test_a_dead_server_is_an_error() -> None:
    with pytest.raises(OSError):
        SmtpCarrier("127.0.0.1", 9, starttls=False).carry(letter(), "12")


def test_passwords_do_not_stand_in_its_name() -> None:
    assert "mật" not in repr(SmtpCarrier("mail.hue.gov.vn", 587, "vp", "mật-khẩu"))
