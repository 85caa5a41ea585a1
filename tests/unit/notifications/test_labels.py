"""Lời của trang theo dõi: errors, timetables and counts as an administrator reads them."""

from __future__ import annotations

import pytest

from app.notifications.labels import count_words, cron_words, error_words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (None, ""),
        ("ConnectionRefusedError: [Errno 111] refused", "Máy chủ không nhận kết nối (ConnectionRefusedError)"),
        (
            "SMTPRecipientsRefused: {'a@b.vn': (450, b'4.2.0 busy')}",
            "Máy chủ thư không nhận thư cho địa chỉ này (SMTPRecipientsRefused 450)",
        ),
        ("SMTPDataError: (552, b'full')", "Máy chủ thư báo lỗi (SMTPDataError 552)"),
        ("SMTPAuthenticationError: (535, b'no')", "Máy chủ thư không nhận tài khoản gửi thư trong thiết lập (SMTPAuthenticationError 535)"),
        ("OSError: [Errno 28] No space left on device", "Hết dung lượng đĩa (OSError)"),
        ("TimeoutError: timed out", "Máy chủ không trả lời trong thời gian chờ (TimeoutError)"),
        ("ZeroDivisionError: secret content", "Lỗi ngoài dự kiến (ZeroDivisionError)"),
        ("Địa chỉ thư không hợp lệ. Hãy sửa.", "Địa chỉ thư không hợp lệ. Hãy sửa."),
    ],
)  # fmt: skip
def test_errors_are_told_in_words_without_their_content(error: str | None, words: str) -> None:
    assert error_words(error) == words


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("30 7 * * *", "07:30 hằng ngày"),
        ("30 7 * * mon-fri", "07:30 thứ Hai đến thứ Sáu"),
        ("* * * * *", "mỗi phút"),
        ("*/5 * * * *", "mỗi 5 phút"),
        ("7 * * * *", "phút 07 mỗi giờ"),
        ("0 8 1 * *", "theo lịch 0 8 1 * *"),
    ],
)
def test_timetables(cron: str, words: str) -> None:
    assert cron_words(cron) == words


def test_counts() -> None:
    assert count_words({"people": 2, "notices": 5, "failed": 0}) == "2 người, 5 thông báo"
    assert count_words({}) == "không có việc"
