"""Lời của văn phòng: bút phê, tham mưu, tiến độ, khó khăn, gia hạn, trả lại, đôn đốc."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.language.dates import dmy

_INSTRUCTIONS: Final = [
    "Giao {lead} chủ trì{with_support} giải quyết theo quy định{before}.",
    "Giao {lead} chủ trì{with_support} kiểm tra thực tế, đề xuất hướng xử lý, báo cáo {to}{before}.",
    "Giao {lead} chủ trì{with_support} tham mưu văn bản trả lời{before}.",
    "Giao {lead} chủ trì{with_support} rà soát, tổng hợp, báo cáo {to}{before}. Lưu ý làm rõ nguyên nhân, trách nhiệm.",
    "Giao {lead} nghiên cứu, đề xuất{before}.",
    "Đồng ý chủ trương. Giao {lead} chủ trì{with_support} hoàn chỉnh hồ sơ, trình ký{before}.",
    "Giao {lead} thẩm định, tham mưu {to} xem xét, quyết định{before}.",
    "Giao {lead} chủ trì{with_support} triển khai thực hiện, định kỳ báo cáo tiến độ.",
]
_INSTRUCTIONS_URGENT: Final = [
    "Việc khẩn. Giao {lead} chủ trì{with_support} triển khai ngay, báo cáo kết quả{before}.",
    "Giao {lead} cử lãnh đạo trực tiếp xuống hiện trường{with_support_comma}; báo cáo nhanh{before}.",
]
_FOR_INFORMATION: Final = [
    "Để biết, theo dõi.",
    "Chuyển {lead} biết, thực hiện theo chức năng.",
    "Lưu, theo dõi trong quá trình chỉ đạo.",
]

PROPOSALS: Final = [
    "Kính trình lãnh đạo xem xét, chỉ đạo.",
    "Nội dung thuộc lĩnh vực đồng chí phụ trách, kính trình xem xét, cho ý kiến.",
    "Văn phòng đã kiểm tra hồ sơ, đủ điều kiện trình ký.",
    "Nội dung còn ý kiến khác nhau giữa hai cơ quan, kính đề nghị lãnh đạo cho ý kiến.",
]
ENDORSEMENTS: Final = [
    "Thống nhất nội dung dự thảo, kính trình lãnh đạo ký.",
    "Đã chỉnh sửa theo ý kiến, kính trình.",
    "Thể thức đúng quy định. Kính trình.",
    "Thống nhất. Đề nghị bổ sung nơi nhận là các phường liên quan.",
]
RETURNS: Final = [
    "Đề nghị bổ sung căn cứ pháp lý và số liệu đến thời điểm trình.",
    "Chưa lấy ý kiến cơ quan phối hợp. Đề nghị lấy ý kiến rồi trình lại.",
    "Trích yếu chưa khớp nội dung, đề nghị sửa lại.",
    "Đề nghị nêu rõ thời hạn và cơ quan chủ trì từng việc.",
    "Phụ lục thiếu biểu tổng hợp. Đề nghị bổ sung.",
]
REFUSALS: Final = [
    "Văn bản gửi không đúng cơ quan nhận, đề nghị gửi lại cơ quan có thẩm quyền.",
    "Tệp đính kèm không mở được, đề nghị gửi lại.",
    "Thiếu phụ lục nêu tại nội dung văn bản, đề nghị bổ sung.",
]
RESULTS: Final = [
    "Đã ban hành văn bản trả lời.",
    "Đã tổng hợp vào báo cáo chung của cơ quan.",
    "Đã kiểm tra thực tế và xử lý xong.",
    "Đã tham mưu, lãnh đạo đã ký ban hành.",
    "Nội dung để theo dõi, không phải trả lời.",
]

_PROGRESS: Final = [
    (10, "Đã tiếp nhận, phân công phòng chuyên môn và lập kế hoạch thực hiện."),
    (20, "Đã có văn bản lấy ý kiến các cơ quan phối hợp, đang chờ phản hồi."),
    (30, "Đã khảo sát thực tế, thu thập số liệu tại {n} địa bàn."),
    (40, "Đã nhận ý kiến của {n} cơ quan, đang tổng hợp."),
    (50, "Đã xong dự thảo lần 1, đang lấy ý kiến nội bộ."),
    (60, "Đã hoàn thành {n} đầu việc; còn lại đang thực hiện theo kế hoạch."),
    (70, "Đã tiếp thu ý kiến góp ý, hoàn chỉnh dự thảo lần 2."),
    (80, "Đã thống nhất nội dung với các cơ quan liên quan, đang hoàn thiện hồ sơ trình."),
    (90, "Đã trình lãnh đạo cơ quan, chờ ký ban hành."),
]
_DONE: Final = [
    "Đã hoàn thành, gửi kèm báo cáo kết quả.",
    "Đã ban hành sản phẩm theo yêu cầu; kính đề nghị xác nhận hoàn thành.",
    "Đã thực hiện xong toàn bộ nội dung được giao, có biên bản kèm theo.",
]
DIFFICULTIES: Final = [
    "Còn {n} hộ chưa thống nhất đơn giá bồi thường.",
    "Quy định giữa hai nghị định chưa thống nhất, phải xin hướng dẫn của bộ chuyên ngành.",
    "Hồ sơ lưu tại cơ quan cũ trước sắp xếp chưa bàn giao đủ.",
    "Nhân sự chuyên môn còn thiếu sau sắp xếp tổ chức bộ máy.",
    "Mưa kéo dài, triều cao nên nhiều ngày không thi công được.",
    "Cơ quan phối hợp chưa gửi ý kiến dù đã đôn đốc {n} lần.",
    "Nguồn vốn bổ sung chưa được phân khai.",
    "Dữ liệu đất đai của {n} phường chưa đồng bộ.",
]
EXTENSION_REASONS: Final = [
    "Cần thêm thời gian lấy ý kiến của bộ chuyên ngành.",
    "Còn {n} hộ dân chưa đồng thuận; Ủy ban nhân dân phường sẽ tổ chức đối thoại.",
    "Phải điều chỉnh phương án theo kết luận tại cuộc họp mới.",
    "Đơn vị tư vấn xin lùi thời gian nộp kết quả kiểm định.",
    "Phụ thuộc kết quả thẩm định nguồn vốn của cơ quan tài chính.",
    "Khối lượng hồ sơ phát sinh lớn hơn dự kiến sau khi rà soát.",
]
EXTENSION_REFUSALS: Final = [
    "Không đồng ý. Đề nghị tập trung hoàn thành đúng hạn.",
    "Lý do chưa thuyết phục. Giữ nguyên thời hạn, báo cáo trách nhiệm cá nhân.",
]
URGINGS: Final = [
    "Đề nghị khẩn trương thực hiện, báo cáo kết quả.",
    "Nhiệm vụ đã quá hạn. Đề nghị báo cáo rõ nguyên nhân, trách nhiệm và thời gian hoàn thành.",
    "Đề nghị cập nhật tiến độ trong ngày.",
    "Nhắc lần thứ hai. Yêu cầu người đứng đầu trực tiếp chỉ đạo.",
]
REWORKS: Final = [
    "Báo cáo chưa nêu giải pháp và thời hạn khắc phục. Yêu cầu bổ sung.",
    "Thiếu biên bản kiểm tra hiện trường, đề nghị bổ sung.",
    "Số liệu chưa khớp với báo cáo của Ủy ban nhân dân phường, đề nghị rà soát lại.",
]
CONFIRMATIONS: Final = [
    "Đồng ý kết thúc nhiệm vụ.",
    "Xác nhận hoàn thành, biểu dương tiến độ.",
    "Kết quả đạt yêu cầu.",
]
ABSENCES: Final = [
    "Nghỉ phép năm",
    "Công tác nước ngoài",
    "Dự lớp bồi dưỡng",
    "Công tác tại Hà Nội",
    "Nghỉ ốm",
]


def instruction(
    rng: random.Random,
    lead: str,
    *,
    supporting: Sequence[str] = (),
    due: date | None = None,
    to: str = "Ủy ban nhân dân Thành phố",
    is_urgent: bool = False,
) -> str:
    """Bút phê: giao ``lead`` chủ trì, ``supporting`` phối hợp, hạn ``due``."""
    support = ", ".join(supporting)
    pattern = rng.choice(_INSTRUCTIONS_URGENT if is_urgent else _INSTRUCTIONS)
    return pattern.format(
        lead=lead,
        to=to,
        with_support=f", phối hợp {support}" if support else "",
        with_support_comma=f", phối hợp {support} khắc phục" if support else "",
        before=f" trước ngày {dmy(due)}" if due else "",
    )


def information_note(rng: random.Random, reader: str) -> str:
    """Bút phê chuyển để biết."""
    return rng.choice(_FOR_INFORMATION).format(lead=reader)


def progress(rng: random.Random, at_least: int = 0) -> tuple[int, str]:
    """Một lần báo cáo tiến độ: phần trăm (above ``at_least``, below 100) và nội dung."""
    percent, text = rng.choice([row for row in _PROGRESS if row[0] > at_least] or _PROGRESS[-1:])
    return percent, with_number(rng, text)


def completion(rng: random.Random) -> str:
    """Báo cáo hoàn thành."""
    return rng.choice(_DONE)


def with_number(rng: random.Random, phrase: str) -> str:
    """Điền một con số nhỏ vào câu có chỗ trống."""
    return phrase.format(n=rng.randint(2, 12))


def extension_date(rng: random.Random, due: date) -> date:
    """Ngày xin gia hạn đến: one to five weeks later, on a weekday."""
    wished = due + timedelta(days=rng.randint(7, 35))
    return wished - timedelta(days=max(0, wished.weekday() - 4))
