"""Cuộc họp: tên, chương trình, phòng họp, lý do vắng, câu kết luận."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.demo.data.documents.slots import PROJECTS, fill, slot


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """Phòng họp."""

    key: str
    name: str
    agency_key: str
    location: str
    capacity: int
    equipment: tuple[str, ...]


ROOMS: Final = [
    RoomSpec(
        "a1",
        "Phòng họp A1",
        "city",
        "Tầng 1, khu A",
        60,
        ("Màn hình lớn", "Họp trực tuyến", "Ghi âm", "Micro bàn"),
    ),
    RoomSpec(
        "b2", "Phòng họp B2", "city", "Tầng 2, khu B", 40, ("Màn hình lớn", "Họp trực tuyến", "Micro bàn")
    ),
    RoomSpec("c1", "Phòng họp C1", "city", "Tầng 1, khu C", 24, ("Máy chiếu", "Bảng viết")),
    RoomSpec(
        "hall",
        "Hội trường lớn",
        "city",
        "Tầng 3, khu A",
        250,
        ("Màn hình lớn", "Âm thanh hội trường", "Họp trực tuyến"),
    ),
    RoomSpec("ceremony", "Phòng khánh tiết", "city", "Tầng 1, khu A", 30, ("Phiên dịch", "Micro bàn")),
    RoomSpec("sxd-501", "Phòng họp 501", "SXD", "Tầng 5", 30, ("Máy chiếu", "Họp trực tuyến")),
    RoomSpec(
        "an-khanh-1",
        "Phòng họp Ủy ban nhân dân phường",
        "an-khanh",
        "Tầng 2",
        25,
        ("Màn hình lớn", "Họp trực tuyến"),
    ),
    RoomSpec(
        "thu-duc-hall", "Hội trường phường", "thu-duc", "Tầng trệt", 120, ("Âm thanh hội trường", "Máy chiếu")
    ),
]

ONLINE_PLACE: Final = "Họp trực tuyến"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Một mục của chương trình: phút, nội dung, ai trình bày."""

    minutes: int
    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """Nội dung một cuộc họp."""

    title: str
    kind: str
    agenda: tuple[AgendaItem, ...]
    requirement: str
    """Yêu cầu đối với người dự."""

    @property
    def minutes(self) -> int:
        """Thời lượng."""
        return sum(item.minutes for item in self.agenda)


# title, kind, field of the presenting agency
_TITLES: Final = [
    ("Giao ban Thường trực Ủy ban nhân dân Thành phố", "giao ban", ""),
    ("Rà soát tiến độ giải phóng mặt bằng {project}", "giải quyết công việc", "construction"),
    (
        "Nghe báo cáo phương án tổ chức giao thông phục vụ thi công {project}",
        "giải quyết công việc",
        "construction",
    ),
    ("Rà soát tiến độ giải ngân vốn đầu tư công {period}", "giải quyết công việc", "finance"),
    ("Tình hình kinh tế - xã hội {month} và nhiệm vụ trọng tâm tháng tới", "giao ban", "finance"),
    ("Ứng phó triều cường và mưa lớn", "giải quyết công việc", "environment"),
    ("Xử lý các điểm ô nhiễm tại {canal}", "giải quyết công việc", "environment"),
    ("Họp Ban Chỉ đạo chuyển đổi số Thành phố", "tham mưu tư vấn", "home_affairs"),
    ("Sơ kết công tác cải cách hành chính {period}", "sơ kết, tổng kết", "home_affairs"),
    ("Bố trí quỹ đất xây dựng trường học giai đoạn {stage}", "giải quyết công việc", "education"),
    ("Công tác phòng, chống dịch bệnh {month}", "chuyên môn", "health"),
    ("Tiến độ xây dựng {hospital}", "giải quyết công việc", "health"),
    ("Đối thoại với hộ dân {project}", "giải quyết công việc", "commune"),
    ("Tháo gỡ vướng mắc {project}", "giải quyết công việc", "construction"),
]
_REQUIREMENTS: Final = [
    "Đại biểu chuẩn bị ý kiến phát biểu; cơ quan báo cáo gửi tài liệu trước cuộc họp 03 ngày làm việc.",
    "Lãnh đạo cơ quan và chuyên viên theo dõi cùng dự; mang theo số liệu cập nhật.",
    "Đề nghị dự đúng thành phần. Trường hợp vắng, báo người chủ trì và cử cấp phó dự thay.",
]

ABSENCE_REASONS: Final = [
    "Trùng lịch tiếp công dân",
    "Đi công tác theo kế hoạch",
    "Trùng cuộc họp Hội đồng nhân dân Thành phố",
    "Nghỉ phép năm",
    "Dự lớp bồi dưỡng",
]
SUBSTITUTE_NOTES: Final = ["Cấp phó phụ trách lĩnh vực dự thay", "Giám đốc đi công tác, Phó Giám đốc dự thay"]
MOVE_REASONS: Final = [
    "Lãnh đạo dự họp đột xuất với đoàn công tác của Chính phủ",
    "Chờ hoàn thiện tài liệu",
    "Đổi phòng do sửa hệ thống âm thanh",
]

_CONCLUSIONS: Final = [
    "Giao {lead} chủ trì, phối hợp các cơ quan liên quan hoàn thành {project}, báo cáo trước ngày làm việc cuối cùng của tháng.",
    "Thống nhất phương án do {lead} trình bày; {lead} tiếp thu ý kiến dự họp, hoàn chỉnh hồ sơ trình ký.",
    "Giao {lead} rà soát, đề xuất xử lý trách nhiệm các cơ quan chậm tiến độ.",
    "Giao Văn phòng theo dõi, đôn đốc việc thực hiện kết luận này.",
]


def meeting(
    rng: random.Random, when: date, presenter: str, *, field: str = "", host: str = "Văn phòng"
) -> MeetingPlan:
    """Một cuộc họp có chương trình; ``presenter`` là cơ quan báo cáo chính."""
    rows = [row for row in _TITLES if row[2] == field] or _TITLES
    pattern, kind, _ = rng.choice(rows)
    agenda = (
        AgendaItem(5, "Tuyên bố lý do, nêu mục đích, yêu cầu", host),
        AgendaItem(rng.choice((15, 20, 30)), "Báo cáo nội dung chính", presenter),
        AgendaItem(rng.choice((10, 15)), "Báo cáo thẩm định, nêu vấn đề cần xin ý kiến", host),
        AgendaItem(rng.choice((30, 45)), "Ý kiến của đại biểu dự họp", "Các cơ quan dự họp"),
        AgendaItem(15, "Kết luận", "Người chủ trì"),
    )
    return MeetingPlan(fill(rng, pattern, when), kind, agenda, rng.choice(_REQUIREMENTS))


def conclusions(rng: random.Random, lead: str, count: int = 3) -> list[str]:
    """Các ý kết luận, mỗi ý giao một việc."""
    chosen = rng.sample(_CONCLUSIONS, min(count, len(_CONCLUSIONS)))
    return [text.format(lead=lead, project=rng.choice(PROJECTS)) for text in chosen]


def materials(rng: random.Random, when: date) -> list[str]:
    """Tên tài liệu họp."""
    names = [
        f"Báo cáo tiến độ {slot(rng, 'month', when)}",
        "Phụ lục số liệu",
        "Danh sách vướng mắc cần xin ý kiến",
        "Dự thảo kết luận",
    ]
    return names[: rng.randint(2, len(names))]
