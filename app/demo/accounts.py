"""Tài khoản trình diễn: one password for everybody of the demo city, and the people worth meeting first."""

from __future__ import annotations

from typing import Final

from app.demo.data.agencies import agencies
from app.demo.data.people import staff

PASSWORD: Final = "thanhphomau2026"  # noqa: S105 - a demo city has no secrets

PIN: Final = "246810"

SHOWN: Final = (
    ("Lãnh đạo Thành phố", "city_chairman"),
    ("Phó Chủ tịch", "city_vice_chairman_1"),
    ("Chánh Văn phòng", "office_chief"),
    ("Trưởng phòng", "urban_head"),
    ("Chuyên viên", "urban_specialist"),
    ("Văn thư Thành phố", "city_clerk"),
    ("Thư ký", "city_secretary"),
    ("Quản trị hệ thống", "city_admin"),
    ("Giám đốc Sở", "SXD.director"),
    ("Trưởng phòng của Sở", "SXD.head_of_division"),
    ("Chuyên viên của Sở", "SXD.specialist"),
    ("Văn thư Sở", "SXD.clerk"),
    ("Chủ tịch phường", "an-khanh.chairman"),
    ("Văn thư phường", "an-khanh.clerk"),
)


def table() -> str:
    """Bảng tài khoản, để in ra sau khi khởi động."""
    people, names = staff(), {spec.code: spec.short_name for spec in agencies()}
    rows = [("VAI TRÒ", "HỌ TÊN", "TÊN ĐĂNG NHẬP", "CƠ QUAN")]
    for role, key in SHOWN:
        post = people.post(key)
        person = people.person(post.person_key or key)
        rows.append((role, person.full_name, person.username, names[post.agency_code]))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    others = len(people.people) - len({people.post(key).person_key for _, key in SHOWN})
    return "\n".join(
        [
            "Tài khoản trình diễn, mật khẩu chung: " + PASSWORD + ", mã PIN ký số chung: " + PIN,
            "",
            *(line.rstrip() for line in lines),
            "",
            f"Cùng {others} người khác trong Danh bạ, cùng mật khẩu. Mọi người, mọi việc ở đây đều hư cấu.",
        ]
    )
