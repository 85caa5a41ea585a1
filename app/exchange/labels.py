"""Từ ngữ của liên thông văn bản."""

from __future__ import annotations

from typing import Any

from app.core.workflow import ActionLabel, Labels

DELIVERY = Labels(
    title="việc gửi đến nơi nhận",
    states={
        "queued": "Chờ gửi",
        "01": "Đã đến",
        "02": "Từ chối tiếp nhận",
        "03": "Đã tiếp nhận",
        "04": "Đã phân công",
        "05": "Đang xử lý",
        "06": "Đã hoàn thành",
    },
    tones={"queued": "amber", "01": "", "02": "red", "03": "blue", "04": "blue", "05": "blue", "06": "green"},
    actions={
        "arrive": ActionLabel("Đến nơi nhận"),
        "refuse": ActionLabel("Không gửi được"),
        "return": ActionLabel("Từ chối tiếp nhận"),
        "register": ActionLabel("Tiếp nhận"),
        "assign": ActionLabel("Phân công"),
        "progress": ActionLabel("Báo đang xử lý"),
        "finish": ActionLabel("Báo hoàn thành"),
        "resend": ActionLabel("Gửi lại", "refresh"),
    },
    who={
        "is_exchange": "hệ thống liên thông",
        "is_receiver": "nơi nhận",
        "is_sender_clerk": "văn thư cơ quan gửi",
    },
)
PAPER = "Gửi giấy"


def state_words(state: Any) -> str:
    """Tên trạng thái của một nơi nhận."""
    return DELIVERY.states.get(str(state), str(state))


EVENTS = {
    "DeliveryArrived": "chuyển đến nơi nhận",
    "DeliveryRefused": "báo không tiếp nhận",
    "DeliveryResent": "gửi lại nơi nhận",
    "DeliveryStateChanged": "báo trạng thái xử lý",
    "PackageSent": "gửi liên thông",
}
FIELDS = {"delivery_state": "Trạng thái nơi nhận"}
VALUES = {"delivery_state": state_words}
TONES = {"DeliveryRefused": "bad"}
