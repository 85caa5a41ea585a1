"""Tỷ lệ loại văn bản và độ khẩn như ở một văn phòng thật."""

import random
from typing import Final

_TYPE_WEIGHTS: Final = {
    "Công văn": 560,
    "Báo cáo": 150,
    "Thông báo": 70,
    "Tờ trình": 65,
    "Quyết định": 60,
    "Kế hoạch": 45,
    "Giấy mời": 35,
    "Công điện": 6,
    "Hướng dẫn": 4,
    "Chỉ thị": 3,
    "Chương trình": 2,
}

NORMAL: Final = "Thường"
URGENT: Final = "Khẩn"
VERY_URGENT: Final = "Thượng khẩn"
EXPRESS: Final = "Hỏa tốc"
_URGENCY_WEIGHTS: Final = {NORMAL: 885, URGENT: 85, VERY_URGENT: 20, EXPRESS: 10}


def document_type(rng: random.Random, available: list[str]) -> str:
    """Chọn loại văn bản trong các loại cơ quan đó hay ban hành."""
    return rng.choices(available, weights=[_TYPE_WEIGHTS[name] for name in available])[0]


def urgency(rng: random.Random, type_name: str) -> str:
    """Chọn độ khẩn: a công điện is always hỏa tốc."""
    if type_name == "Công điện":
        return EXPRESS
    return rng.choices(list(_URGENCY_WEIGHTS), weights=list(_URGENCY_WEIGHTS.values()))[0]
