"""168 đơn vị hành chính cấp xã của Thành phố Hồ Chí Minh từ 01/7/2025: 113 phường, 54 xã, 1 đặc khu.

Grouped by the district or town that ended on 30/6/2025, which gives the successors of the dissolved committees.
A unit drawn from two districts stands under the one that gave most of it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

WARD: Final = "ward"
COMMUNE: Final = "commune"
SPECIAL_ZONE: Final = "special_zone"

KIND_WORDS: Final = {WARD: "phường", COMMUNE: "xã", SPECIAL_ZONE: "đặc khu"}


@dataclass(frozen=True, slots=True)
class Commune:
    """Đơn vị hành chính cấp xã."""

    kind: str
    name: str
    district: str
    """Quận, huyện, thành phố, thị xã cũ."""

    @property
    def title(self) -> str:
        """Tên kèm loại: "phường Bến Thành"."""
        return f"{KIND_WORDS[self.kind]} {self.name}"


# For each district its wards, then its communes.
_BY_DISTRICT: Final = {
    "Quận 1": ("Sài Gòn, Tân Định, Bến Thành, Cầu Ông Lãnh", ""),
    "Quận 3": ("Bàn Cờ, Xuân Hòa, Nhiêu Lộc", ""),
    "Quận 4": ("Xóm Chiếu, Khánh Hội, Vĩnh Hội", ""),
    "Quận 5": ("Chợ Quán, An Đông, Chợ Lớn", ""),
    "Quận 6": ("Bình Tây, Bình Tiên, Bình Phú, Phú Lâm", ""),
    "Quận 7": ("Tân Thuận, Phú Thuận, Tân Mỹ, Tân Hưng", ""),
    "Quận 8": ("Chánh Hưng, Phú Định, Bình Đông", ""),
    "Quận 10": ("Diên Hồng, Vườn Lài, Hòa Hưng", ""),
    "Quận 11": ("Minh Phụng, Bình Thới, Hòa Bình, Phú Thọ", ""),
    "Quận 12": ("Đông Hưng Thuận, Trung Mỹ Tây, Tân Thới Hiệp, Thới An, An Phú Đông", ""),
    "Quận Bình Tân": ("An Lạc, Bình Tân, Tân Tạo, Bình Trị Đông, Bình Hưng Hòa", ""),
    "Quận Bình Thạnh": ("Gia Định, Bình Thạnh, Bình Lợi Trung, Thạnh Mỹ Tây, Bình Quới", ""),
    "Quận Gò Vấp": ("Hạnh Thông, An Nhơn, Gò Vấp, An Hội Đông, Thông Tây Hội, An Hội Tây", ""),
    "Quận Phú Nhuận": ("Đức Nhuận, Cầu Kiệu, Phú Nhuận", ""),
    "Quận Tân Bình": ("Tân Sơn Hòa, Tân Sơn Nhất, Tân Hòa, Bảy Hiền, Tân Bình, Tân Sơn", ""),
    "Quận Tân Phú": ("Tây Thạnh, Tân Sơn Nhì, Phú Thọ Hòa, Tân Phú, Phú Thạnh", ""),
    "Thành phố Thủ Đức": (
        (
            "Hiệp Bình, Thủ Đức, Tam Bình, Linh Xuân, Tăng Nhơn Phú, Long Bình, Long Phước, Long Trường, Cát Lái, "
            "Bình Trưng, Phước Long, An Khánh"
        ),
        "",
    ),
    "Huyện Bình Chánh": (
        "",
        "Vĩnh Lộc, Tân Vĩnh Lộc, Bình Lợi, Tân Nhựt, Bình Chánh, Hưng Long, Bình Hưng",
    ),
    "Huyện Cần Giờ": ("", "Bình Khánh, An Thới Đông, Cần Giờ, Thạnh An"),
    "Huyện Củ Chi": (
        "",
        "Củ Chi, Tân An Hội, Thái Mỹ, An Nhơn Tây, Nhuận Đức, Phú Hòa Đông, Bình Mỹ",
    ),
    "Huyện Hóc Môn": ("", "Đông Thạnh, Hóc Môn, Xuân Thới Sơn, Bà Điểm"),
    "Huyện Nhà Bè": ("", "Nhà Bè, Hiệp Phước"),
    "Thành phố Thủ Dầu Một": ("Thủ Dầu Một, Phú Lợi, Chánh Hiệp, Bình Dương, Phú An", ""),
    "Thành phố Dĩ An": ("Đông Hòa, Dĩ An, Tân Đông Hiệp", ""),
    "Thành phố Thuận An": ("An Phú, Bình Hòa, Lái Thiêu, Thuận An, Thuận Giao", ""),
    "Thành phố Bến Cát": ("Hòa Lợi, Thới Hòa, Tây Nam, Bến Cát, Chánh Phú Hòa", ""),
    "Thành phố Tân Uyên": ("Vĩnh Tân, Bình Cơ, Tân Uyên, Tân Hiệp, Tân Khánh", ""),
    "Huyện Bàu Bàng": ("Long Nguyên", "Trừ Văn Thố, Bàu Bàng"),
    "Huyện Bắc Tân Uyên": ("", "Thường Tân, Bắc Tân Uyên"),
    "Huyện Phú Giáo": ("", "Phú Giáo, Phước Hòa, Phước Thành, An Long"),
    "Huyện Dầu Tiếng": ("", "Long Hòa, Thanh An, Dầu Tiếng, Minh Thạnh"),
    "Thành phố Vũng Tàu": ("Vũng Tàu, Tam Thắng, Rạch Dừa, Phước Thắng", "Long Sơn"),
    "Thành phố Bà Rịa": ("Long Hương, Bà Rịa, Tam Long", ""),
    "Thành phố Phú Mỹ": ("Tân Hải, Tân Phước, Phú Mỹ, Tân Thành", "Châu Pha"),
    "Huyện Long Đất": ("", "Long Hải, Long Điền, Phước Hải, Đất Đỏ"),
    "Huyện Châu Đức": ("", "Nghĩa Thành, Ngãi Giao, Kim Long, Châu Đức, Bình Giã, Xuân Sơn"),
    "Huyện Xuyên Mộc": ("", "Hồ Tràm, Xuyên Mộc, Hòa Hội, Bàu Lâm, Hòa Hiệp, Bình Châu"),
}


@cache
def communes() -> tuple[Commune, ...]:
    """Danh sách 168 đơn vị, theo thứ tự quận, huyện cũ; Côn Đảo đứng cuối."""
    found = []
    for district, columns in _BY_DISTRICT.items():
        for kind, names in zip((WARD, COMMUNE), columns, strict=True):
            found += [Commune(kind, name.strip(), district) for name in names.split(",") if name.strip()]
    found.append(Commune(SPECIAL_ZONE, "Côn Đảo", "Huyện Côn Đảo"))
    return tuple(found)


def successors_of(district: str) -> tuple[Commune, ...]:
    """Các phường, xã kế thừa một quận, huyện cũ."""
    return tuple(commune for commune in communes() if commune.district == district)
