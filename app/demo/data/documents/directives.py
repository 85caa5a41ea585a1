"""Nội dung chỉ đạo: what is to be done and the product expected, by field of the lead agency."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.demo.data.documents.slots import fill


@dataclass(frozen=True, slots=True)
class DirectiveText:
    """Nội dung và sản phẩm của một nhiệm vụ."""

    content: str
    product: str
    field: str


# content, product
_CONTENTS: Final[dict[str, list[tuple[str, str]]]] = {
    "construction": [
        ("Hoàn thành bàn giao mặt bằng {project} đoạn qua {place}", "Biên bản bàn giao 100% mặt bằng"),
        ("Trình phương án xử lý {n} điểm ngập phát sinh sau mưa", "Tờ trình kèm phương án"),
        ("Phê duyệt thiết kế, tổ chức thi công {project}", "Quyết định phê duyệt thiết kế"),
        ("Rà soát giá thuê nhà lưu trú công nhân tại các khu chế xuất", "Báo cáo kết quả rà soát"),
        ("Kiểm tra, xử lý công trình vi phạm trật tự xây dựng tại {place}", "Báo cáo và biên bản xử lý"),
        ("Đề xuất phân cấp quản lý vỉa hè, lòng đường cho cấp xã", "Dự thảo Quyết định"),
        ("Kiểm định, đề xuất phương án di dời các chung cư cấp D", "Báo cáo kèm danh mục chung cư"),
    ],
    "finance": [
        (
            "Rà soát các dự án giải ngân dưới 50%, đề xuất điều chuyển vốn",
            "Tờ trình điều chuyển kế hoạch vốn",
        ),
        (
            "Báo cáo kết quả kiểm kê nhà, đất công chưa sử dụng sau sắp xếp đơn vị hành chính",
            "Báo cáo kiểm kê",
        ),
        ("Cân đối nguồn vốn cho {project}", "Văn bản thẩm định nguồn vốn"),
        ("Tham mưu dự toán ngân sách năm {next_year}", "Tờ trình kèm dự toán"),
        ("Đề xuất cơ chế hỗ trợ lãi suất cho doanh nghiệp nhỏ và vừa", "Dự thảo Nghị quyết"),
    ],
    "environment": [
        (
            "Công bố danh mục cơ sở phải di dời khỏi khu dân cư giai đoạn {stage}",
            "Quyết định công bố danh mục",
        ),
        ("Hoàn tất số hóa hồ sơ đất đai của các phường, xã", "Cơ sở dữ liệu đất đai cập nhật"),
        ("Xử lý dứt điểm ô nhiễm tại {canal}", "Báo cáo kết quả quan trắc"),
        ("Xác định giá đất cụ thể để bồi thường {project}", "Tờ trình phê duyệt giá đất"),
        ("Xây dựng phương án ứng phó triều cường các tháng cuối năm", "Phương án được phê duyệt"),
    ],
    "health": [
        ("Bảo đảm thuốc, vật tư y tế những tháng cuối năm", "Báo cáo nhu cầu và kết quả mua sắm"),
        ("Kiểm tra liên ngành về an toàn thực phẩm tại bếp ăn tập thể", "Báo cáo kết quả kiểm tra"),
        ("Đẩy nhanh tiến độ xây dựng {hospital}", "Báo cáo tiến độ kèm kế hoạch chi tiết"),
        ("Hoàn thành hồ sơ sức khỏe điện tử cho người dân tại {place}", "Báo cáo kết quả"),
    ],
    "education": [
        (
            "Rà soát nhu cầu chỗ học, đề xuất quỹ đất xây dựng trường tại {place}",
            "Báo cáo kèm danh mục khu đất",
        ),
        ("Trình Kế hoạch xây dựng trường học giai đoạn {stage}", "Tờ trình kèm dự thảo Kế hoạch"),
        ("Bảo đảm đủ giáo viên cho năm học {school_year}", "Phương án tuyển dụng"),
        ("Kiểm tra bếp ăn bán trú trên toàn địa bàn", "Báo cáo kết quả kiểm tra"),
    ],
    "home_affairs": [
        ("Trình Đề án vị trí việc làm của Ủy ban nhân dân cấp xã", "Tờ trình kèm Đề án"),
        ("Giải quyết xong chế độ cho cán bộ nghỉ việc do sắp xếp tổ chức bộ máy", "Báo cáo kết quả chi trả"),
        ("Kiểm tra cải cách hành chính tại {n} phường, xã", "Kết luận kiểm tra"),
        (
            "Rà soát thủ tục hành chính, đề xuất cắt giảm 30% thời gian giải quyết",
            "Danh mục thủ tục đề xuất cắt giảm",
        ),
    ],
    "commune": [
        ("Vận động các hộ dân còn lại bàn giao mặt bằng {project}", "Biên bản bàn giao mặt bằng"),
        ("Khơi thông cống, bố trí bơm di động khu vực {road}", "Báo cáo kèm ảnh hiện trường"),
        ("Lập lại trật tự vỉa hè, lòng đường tuyến {road}", "Báo cáo kết quả"),
        ("Rà soát, cập nhật dữ liệu hộ nghèo, hộ cận nghèo năm {year}", "Danh sách được phê duyệt"),
        ("Tổ chức đối thoại với người dân về phương án bồi thường {project}", "Biên bản đối thoại"),
    ],
    "city": [
        ("Tham mưu thông báo kết luận phiên họp tình hình kinh tế - xã hội {month}", "Dự thảo Thông báo"),
        ("Tổng hợp việc thực hiện nhiệm vụ Thủ tướng Chính phủ giao {quarter}", "Báo cáo tổng hợp"),
        ("Theo dõi, đôn đốc tiến độ {project}", "Báo cáo hằng tuần"),
    ],
}

# Tasks from above: what the Government or the Prime Minister asks of the city.
_FROM_ABOVE: Final = [
    ("Báo cáo Thủ tướng Chính phủ tiến độ {project}", "Báo cáo gửi Văn phòng Chính phủ"),
    ("Giải ngân 100% kế hoạch vốn đầu tư công được giao năm {year}", "Báo cáo kết quả giải ngân"),
    ("Rà soát, tháo gỡ vướng mắc các dự án tồn đọng, kéo dài", "Báo cáo kèm danh mục dự án"),
    ("Góp ý hồ sơ dự án Luật sửa đổi, bổ sung một số điều của Luật Đất đai", "Văn bản góp ý"),
    (
        "Hoàn thành kết nối, chia sẻ dữ liệu đất đai với cơ sở dữ liệu quốc gia về dân cư",
        "Báo cáo kết quả kết nối",
    ),
]


def directive(rng: random.Random, field: str, when: date, *, place: str = "") -> DirectiveText:
    """Một nhiệm vụ hợp lĩnh vực của cơ quan chủ trì."""
    content, product = rng.choice(_CONTENTS[field])
    return DirectiveText(fill(rng, content, when, place=place), fill(rng, product, when, place=place), field)


def directive_from_above(rng: random.Random, when: date) -> DirectiveText:
    """Một nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao Thành phố."""
    content, product = rng.choice(_FROM_ABOVE)
    return DirectiveText(fill(rng, content, when), product, "national")
