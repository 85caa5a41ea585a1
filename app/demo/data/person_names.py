"""Họ tên hư cấu: family names in the proportions of the South, two-syllable given names, both genders alike."""

import random
from typing import Final

FEMALE: Final = "female"
MALE: Final = "male"

_FAMILIES: Final = {
    "Nguyễn": 20, "Trần": 11, "Lê": 9, "Phạm": 7, "Huỳnh": 6, "Võ": 5, "Phan": 4, "Trương": 4, "Bùi": 3, "Đặng": 3,
    "Đỗ": 3, "Ngô": 3, "Hồ": 3, "Dương": 3, "Đinh": 2, "Lâm": 2, "Lý": 2, "Mai": 2, "Đoàn": 2, "Vương": 2, "Trịnh": 2,
    "Tô": 2, "Thái": 2, "Châu": 2, "Kiều": 1, "Lưu": 2, "Quách": 1, "Tăng": 1, "Từ": 1, "Hứa": 1,
    "Phùng": 1, "Văn": 1, "Ninh": 1, "Chu": 1, "Diệp": 1, "Giang": 1,
}  # fmt: skip

_GIVEN: Final = {
    FEMALE: (
        "Bích Ngọc, Thùy Dương, Ngọc Lan, Thu Trang, Mỹ Duyên, Thị Hồng Nhung, Phương Thảo, Khánh Linh, Như Quỳnh, Hoài Thương, "
        "Cẩm Tú, Diễm My, Yến Nhi, Lan Anh, Minh Châu, Tường Vi, Thị Ánh Tuyết, Bảo Trân, Kiều Hạnh, Hạnh Nguyên, Mỹ Lệ, "
        "Thục Quyên, Thanh Trúc, Hồng Đào, Kim Phượng, Thị Bạch Yến, Ái Vân, Mai Hương, Thúy Kiều, Quế Chi, Hải Yến, Tuyết Mai, "
        "Xuân Thu, Phượng Hồng, Thị Thanh Thủy, Anh Thư, Gia Hân, Nhã Uyên, Thị Kim Chi, Trúc Linh, Hoàng Yến, Thiên Kim, "
        "Diệu Hiền, Thảo Nguyên, Thị Cẩm Vân, Song Thư, Minh Nguyệt, Thu Hà, Ngọc Bích, Thị Thu Sương"
    ),
    MALE: (
        "Minh Quân, Hoàng Long, Quốc Bảo, Đức Huy, Trọng Nhân, Thanh Tùng, Hữu Phước, Tuấn Kiệt, Gia Hưng, Anh Khoa, Thành Đạt, "
        "Công Danh, Chí Thiện, Nhật Minh, Văn Lộc, Đình Phong, Xuân Trường, Ngọc Sơn, Duy Khang, Bá Tùng, Thế Hiển, Khắc Duy, "
        "Phúc Nguyên, Hải Đăng, Quang Vinh, Trung Hậu, Hoài Ân, Thiện Tâm, Văn Tấn, Hồng Phúc, Tiến Lãm, Bảo Toàn, Đăng Khôi, "
        "Hữu Nghĩa, Thanh Hào, Minh Triết, Quang Khải, Ngọc Thạch, Tấn Tài, Phước Hải, Đông Triều, Vĩnh Lộc, Viết Thông, "
        "Hùng Cường, Đắc Lực, Chánh Trực, Kim Long, Sỹ Nguyên, Thái Bình, Nhựt Tân"
    ),
}


class NameMaker:
    """Bộ đặt tên: draws full names that do not repeat, men and women in turn."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given = {gender: _shuffled(rng, names.split(", ")) for gender, names in _GIVEN.items()}
        self._next = rng.choice((FEMALE, MALE))

    def make(self) -> tuple[str, str]:
        """Một họ tên và giới tính."""
        gender, self._next = self._next, MALE if self._next == FEMALE else FEMALE
        given = self._given[gender].pop()
        family = self._rng.choices(list(_FAMILIES), weights=list(_FAMILIES.values()))[0]
        return f"{family} {given}", gender


def passing_name(rng: random.Random) -> str:
    """Họ tên của người chỉ xuất hiện một lần, như người ký văn bản của nơi khác."""
    given = rng.choice(_GIVEN[rng.choice((FEMALE, MALE))].split(", "))
    return f"{rng.choices(list(_FAMILIES), weights=list(_FAMILIES.values()))[0]} {given}"


def _shuffled(rng: random.Random, names: list[str]) -> list[str]:
    return rng.sample(names, len(names))
