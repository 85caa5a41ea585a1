"""Chức vụ và họ: the posts documents are signed with, and the family names that begin a signer's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.language.heading.vocabulary import repaired
from app.language.layout.lines import folded

_RANKS: Final = [
    "Bộ trưởng",
    "Thứ trưởng",
    "Chủ tịch",
    "Giám đốc",
    "Tổng Giám đốc",
    "Cục trưởng",
    "Tổng cục trưởng",
    "Chi cục trưởng",
    "Vụ trưởng",
    "Trưởng ban",
    "Trưởng phòng",
    "Trưởng đoàn",
    "Chánh Văn phòng",
    "Chánh Thanh tra",
    "Chủ nhiệm",
    "Thủ tướng",
    "Bí thư",
    "Hiệu trưởng",
    "Viện trưởng",
    "Chánh án",
    "Tổng Kiểm toán",
    "Thống đốc",
    "Tổng Thanh tra",
    "Chỉ huy trưởng",
    "Tư lệnh",
    "Trưởng Công an",
    "Tổng Biên tập",
    "Chủ nhiệm Ủy ban",
    "Đội trưởng",
    "Trưởng trạm",
    "Thường trực Ban Bí thư",
    "Tổng Bí thư",
    "Ủy viên",
    "Tổ trưởng",
    "Trưởng Ban Quản lý",
    "Trưởng Thuế",
]
POSTS: Final[Mapping[str, str]] = {folded(r): r for r in _RANKS} | {
    folded(f"Phó {r}"): f"Phó {r}" for r in _RANKS if not r.startswith("Thứ")
} | {"pho thuong truc": "Phó Thường trực", "pho chu tich thuong truc": "Phó Chủ tịch Thường trực", "pho bi thu thuong truc": "Phó Bí thư Thường trực"}  # fmt: skip

SURNAMES: Final = frozenset(  # of all peoples of the country
    """
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong doan lam trinh mai dao luong
    ha cao chu thai ta phung quach to luu ton van giap kieu la tang thach lai nghiem quang vuong diep chau mac lu
    nong be ma lo cam luc thi vi vang giang sung ly a hua khuc tong ung nham bach dam khong an au cu
    kim son tieu trieu dong y ksor nay rcom siu hoa than phi thieu ong uong viet lo cam mua thao hau kha lanh
    che han trac
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)


def post_of(line: str) -> str | None:
    """Chức vụ ghi ở dòng ký, viết đúng; none when the line names no post."""
    plain = " ".join(repaired(w) for w in re.findall(r"[a-z]+", folded(line)))
    plain = re.sub(r"^(?:kt|tm|tl|tuq|q|t m)\s+", "", plain)
    if plain in POSTS:
        return POSTS[plain]
    parts = (
        [post_of(part) for part in re.split(r"[,;]|\s-\s", line)] if re.search(r"[,;]|\s-\s", line) else []
    )
    return ", ".join(p for p in parts if p) if len(parts) > 1 and all(parts) else None
