"""Ô trống trong mẫu câu: địa danh, công trình, kỳ báo cáo, năm; periods follow the date of the document."""

import random
import re
from datetime import date, timedelta
from typing import Final

from app.demo.data.communes import communes
from app.language.dates import dmy

STAGE: Final = "2026-2030"

PROJECTS: Final = [
    "dự án đường Vành đai 3",
    "dự án đường Vành đai 4",
    "dự án tuyến metro số 2 Bến Thành - Tham Lương",
    "dự án cải tạo kênh Hy Vọng",
    "dự án cải tạo rạch Xuyên Tâm",
    "dự án nút giao An Phú",
    "dự án nút giao Mỹ Thủy",
    "dự án cầu Cần Giờ",
    "dự án cầu Thủ Thiêm 4",
    "dự án mở rộng Quốc lộ 13",
    "dự án mở rộng Quốc lộ 22",
    "dự án đường nối Trần Quốc Hoàn - Cộng Hòa",
    "dự án cải tạo kênh Tham Lương - Bến Cát - rạch Nước Lên",
    "dự án chống ngập khu vực trung tâm",
    "dự án nâng cấp đường Lương Định Của",
    "dự án khu tái định cư Tân Nhựt",
    "dự án Nhà máy xử lý nước thải Tây Sài Gòn",
    "dự án cảng trung chuyển quốc tế Cần Giờ",
]
ROADS: Final = [
    "Lương Định Của", "Nguyễn Duy Trinh", "Trần Xuân Soạn", "Huỳnh Tấn Phát", "Đỗ Xuân Hợp", "Võ Văn Ngân", "Tô Ngọc Vân",
    "Kha Vạn Cân", "Phan Anh", "Hồ Học Lãm", "Nguyễn Văn Quá", "Lê Văn Khương", "Bình Quới", "Ung Văn Khiêm", "Nguyễn Xí",
    "Dương Văn Cam", "Đặng Thị Rành", "Phạm Văn Chiêu", "Lê Đức Thọ", "Nguyễn Cửu Đàm", "Trương Phước Phan", "Rừng Sác",
    "Nguyễn Ảnh Thủ", "Bạch Đằng", "Trần Phú", "Thống Nhất",
]  # fmt: skip
CANALS: Final = [
    "kênh Hy Vọng", "rạch Xuyên Tâm", "kênh Tham Lương", "kênh Đôi", "kênh Tẻ", "rạch Văn Thánh", "rạch Cầu Bông",
    "kênh Hàng Bàng", "rạch Ông Dầu", "rạch Gò Dưa", "kênh Nhiêu Lộc - Thị Nghè", "rạch Bà Miêu",
]  # fmt: skip
SCHOOLS: Final = [
    "Trường Tiểu học Hoa Lư", "Trường Tiểu học Bình Trưng Đông", "Trường Trung học cơ sở Tân Sơn",
    "Trường Trung học cơ sở An Khánh", "Trường Mầm non Vành Khuyên", "Trường Mầm non Tuổi Hồng",
    "Trường Trung học phổ thông Long Bình", "Trường Trung học phổ thông Cần Giờ",
]  # fmt: skip
HOSPITALS: Final = [
    "Bệnh viện đa khoa khu vực cửa ngõ phía Đông", "Bệnh viện đa khoa khu vực cửa ngõ Tây Bắc", "Trung tâm Y tế khu vực Thủ Đức",
    "Trung tâm Y tế khu vực Cần Giờ", "Trung tâm Quân dân y Côn Đảo",
]  # fmt: skip
SERVICES: Final = [
    "chuyển đổi số", "bảo vệ môi trường", "phòng cháy, chữa cháy", "phát triển nhà ở xã hội", "trật tự, an toàn giao thông",
    "y tế cơ sở", "giáo dục phổ thông", "quản lý đất đai", "cải cách thủ tục hành chính", "an toàn thực phẩm",
]  # fmt: skip
ENTERPRISES: Final = [
    "Công ty Cổ phần Hạ tầng Đông Thành Phát",
    "Công ty TNHH Xây dựng Minh Phú An",
    "Công ty Cổ phần Cấp thoát nước Nam Gia Định",
    "Công ty TNHH Thực phẩm Sông Vàm",
    "Công ty Cổ phần Đầu tư Địa ốc Hải Vân Nam",
    "Công ty TNHH Logistics Cửa Tiểu",
    "Công ty Cổ phần Dệt may Lộc Thọ",
    "Công ty TNHH Điện tử Tân Kỷ Nguyên",
]

_SLOT = re.compile(r"\{(\w+)\}")


def fill(rng: random.Random, pattern: str, when: date, *, place: str = "") -> str:
    """Điền ô trống của một mẫu câu, theo ngày văn bản; ``place`` giữ địa danh của nơi gửi."""
    return _SLOT.sub(lambda match: slot(rng, match[1], when, place=place), pattern)


def slot(rng: random.Random, name: str, when: date, *, place: str = "") -> str:
    """Giá trị của một ô trống."""
    if name in _LISTS:
        return rng.choice(_LISTS[name])
    match name:
        case "place":
            return place or rng.choice(communes()).title
        case "road":
            return f"đường {rng.choice(ROADS)}"
        case "month":
            return _month(when)
        case "quarter":
            return _quarter(when)
        case "period":
            return _period(rng, when)
        case "year":
            return str(when.year)
        case "next_year":
            return str(when.year + 1)
        case "school_year":
            first = when.year if when.month >= 5 else when.year - 1
            return f"{first}-{first + 1}"
        case "stage":
            return STAGE
        case "n":
            return str(rng.randint(2, 14))
        case "day":
            return f"ngày {dmy(when + timedelta(days=rng.randint(1, 3)))}"
    raise KeyError(name)


_LISTS: Final = {
    "project": PROJECTS,
    "canal": CANALS,
    "school": SCHOOLS,
    "hospital": HOSPITALS,
    "service": SERVICES,
    "enterprise": ENTERPRISES,
}


def _month(when: date) -> str:
    last = when.replace(day=1) - timedelta(days=1) if when.day < 20 else when
    return f"tháng {last.month}/{last.year}"


def _quarter(when: date) -> str:
    number = (when.month - 1) // 3 or 4
    year = when.year if when.month > 3 else when.year - 1
    return f"Quý {('I', 'II', 'III', 'IV')[number - 1]}/{year}"


def _period(rng: random.Random, when: date) -> str:
    months = when.month - 1 or 12
    year = when.year if when.month > 1 else when.year - 1
    whole = f"năm {year}" if months == 12 else f"{months} tháng đầu năm {year}"
    return rng.choice((_month(when), _quarter(when), whole))
