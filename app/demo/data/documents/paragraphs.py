"""Thân văn bản: opening, content and closing in the manner of each type, with figures that fit."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.demo.data.documents.phrases import DIFFICULTIES, with_number
from app.demo.data.documents.slots import fill
from app.demo.data.documents.subjects import LETTER, Subject
from app.language.dates import dmy, in_words, long_date

_FINDINGS: Final = [
    "Đến nay, đã hoàn thành {n} trên tổng số {m} đầu việc theo kế hoạch; tỷ lệ đạt {p}%. Các đầu việc còn lại đang được thực hiện đúng tiến độ.",
    "Qua rà soát {m} hồ sơ, có {n} hồ sơ cần bổ sung thành phần; đã có văn bản hướng dẫn từng trường hợp.",
    "So với cùng kỳ năm trước, khối lượng thực hiện tăng {p}%; số phản ánh, kiến nghị của người dân giảm {n} vụ việc.",
    "Đã tổ chức {n} buổi làm việc với các đơn vị liên quan, thống nhất nguyên tắc xử lý và phân công cơ quan chủ trì từng nội dung.",
    "Kinh phí thực hiện được bố trí từ dự toán giao đầu năm; đến ngày báo cáo đã giải ngân {p}%.",
    "Kết quả kiểm tra thực tế cho thấy {n} vị trí cần khắc phục ngay, {m} vị trí cần theo dõi thêm trong mùa mưa.",
]
_REQUESTS: Final = [
    "Đề nghị {to} xem xét, cho ý kiến để có cơ sở thực hiện.",
    "Kính đề nghị {to} chấp thuận chủ trương và giao các cơ quan liên quan phối hợp.",
    "Đề nghị {to} cung cấp thông tin, số liệu trước ngày {due} để tổng hợp.",
    "Đề nghị {to} chỉ đạo các đơn vị trực thuộc phối hợp trong quá trình thực hiện.",
]
_TASKS: Final = [
    "Chủ trì, phối hợp các cơ quan liên quan rà soát, xử lý dứt điểm các vướng mắc; báo cáo kết quả trước ngày {due}.",
    "Phân công lãnh đạo phụ trách, chịu trách nhiệm về tiến độ; cập nhật kết quả hằng tuần.",
    "Tăng cường kiểm tra, hướng dẫn cơ sở; kịp thời báo cáo những nội dung vượt thẩm quyền.",
    "Bố trí nhân lực, kinh phí trong dự toán được giao; không để gián đoạn phục vụ người dân.",
]
_LAWS: Final = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "Căn cứ Luật Đầu tư công ngày 29 tháng 11 năm 2024;",
    "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;",
    "Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014 và Luật sửa đổi, bổ sung ngày 17 tháng 6 năm 2020;",
    "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2025;",
]


def bases(rng: random.Random, proposer: str) -> tuple[str, ...]:
    """Căn cứ ban hành quyết định, dòng cuối là cơ quan đề nghị."""
    others = rng.sample(_LAWS[1:], 2)
    return (_LAWS[0], *sorted(others, key=_LAWS.index), f"Xét đề nghị của {proposer}.")


def paragraphs(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, *, reply_to: str = ""
) -> tuple[str, ...]:
    """Các đoạn của một văn bản; ``reply_to`` là văn bản được trả lời ("742/TB-VP ngày 09/11/2026")."""
    writer = {
        "Quyết định": _decision,
        "Báo cáo": _report,
        "Tờ trình": _proposal,
        "Giấy mời": _invitation,
        "Thông báo": _notice,
    }.get(subject.type_name, _order if subject.type_name != LETTER else _letter)
    return tuple(writer(rng, subject, issuer, to, when, reply_to))


def _about(subject: Subject) -> str:
    return subject.text[0].lower() + subject.text[1:]


def _finding(rng: random.Random) -> str:
    total = rng.randint(15, 60)
    return rng.choice(_FINDINGS).format(n=rng.randint(2, total - 5), m=total, p=rng.randint(42, 97))


def _request(rng: random.Random, to: str, when: date) -> str:
    return rng.choice(_REQUESTS).format(to=to, due=dmy(when + timedelta(days=rng.randint(7, 20))))


def _task(rng: random.Random, when: date) -> str:
    return rng.choice(_TASKS).format(due=dmy(when + timedelta(days=rng.randint(10, 40))))


def _opening(subject: Subject, issuer: str, reply_to: str, verb: str) -> str:
    if reply_to:
        return f"Thực hiện Văn bản số {reply_to} về {_about(subject)}, {issuer} {verb} như sau:"
    return f"Thực hiện chức năng, nhiệm vụ được giao, {issuer} {verb} về việc {_about(subject)} như sau:"


def _letter(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, reply_to: str
) -> Sequence[str]:
    return [
        _opening(subject, issuer, reply_to, "có ý kiến"),
        f"1. Về tình hình: {_decapitalised(_finding(rng))}",
        f"2. Khó khăn, vướng mắc: {_decapitalised(with_number(rng, rng.choice(DIFFICULTIES)))} {_finding(rng)}",
        f"3. Kiến nghị: {_decapitalised(_request(rng, to, when))}",
        f"{issuer} trân trọng cảm ơn sự phối hợp của {to}./.",
    ]


def _report(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, reply_to: str
) -> Sequence[str]:
    return [
        _opening(subject, issuer, reply_to, "báo cáo"),
        "I. KẾT QUẢ THỰC HIỆN",
        f"1. {_finding(rng)}",
        f"2. {_finding(rng)}",
        fill(
            rng,
            "3. Riêng {project}: đã hoàn thành hồ sơ bước đầu, phối hợp {place} vận động các hộ dân còn lại.",
            when,
        ),
        "II. KHÓ KHĂN, VƯỚNG MẮC",
        with_number(rng, rng.choice(DIFFICULTIES)),
        "III. NHIỆM VỤ THỜI GIAN TỚI VÀ KIẾN NGHỊ",
        f"1. {_task(rng, when)}",
        f"2. {_request(rng, to, when)}",
        f"Trên đây là báo cáo của {issuer}, kính trình {to} xem xét./.",
    ]


def _proposal(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, reply_to: str
) -> Sequence[str]:
    return [
        _opening(subject, issuer, reply_to, "kính trình"),
        f"1. Sự cần thiết: {_decapitalised(_finding(rng))}",
        f"2. Quá trình chuẩn bị: đã lấy ý kiến {rng.randint(6, 20)} cơ quan; các ý kiến đã được tiếp thu, giải trình tại phụ lục kèm theo.",
        f"3. Nội dung trình: {_about(subject)}, với lộ trình và kinh phí nêu tại dự thảo.",
        f"Kính trình {to} xem xét, quyết định./.",
    ]


def _decision(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, reply_to: str
) -> Sequence[str]:
    return [
        f"Điều 1. {subject.text} theo các nội dung tại phụ lục kèm theo Quyết định này.",
        f"Điều 2. Các cơ quan, đơn vị được giao có trách nhiệm tổ chức thực hiện, hoàn thành trước {long_date(when + timedelta(days=60))}; định kỳ báo cáo kết quả.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
        "Điều 4. Thủ trưởng các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này./.",
    ]


def _invitation(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, reply_to: str
) -> Sequence[str]:
    day = when + timedelta(days=rng.randint(4, 8))
    day -= timedelta(days=max(0, day.weekday() - 4))
    hour = rng.choice(("08 giờ 00 phút", "09 giờ 00 phút", "14 giờ 00 phút"))
    return [
        f"{issuer} trân trọng kính mời Quý cơ quan {_about(subject)}, cụ thể như sau:",
        f"1. Thời gian: {hour}, {in_words(day)}.",
        f"2. Địa điểm: Phòng họp tại trụ sở {issuer}.",
        "3. Thành phần: lãnh đạo cơ quan và chuyên viên theo dõi.",
        f"4. Chuẩn bị: các cơ quan gửi báo cáo trước 17 giờ 00 phút, {long_date(day - timedelta(days=1))}.",
        "Đề nghị đại biểu dự họp đúng thành phần và thời gian./.",
    ]


def _notice(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, reply_to: str
) -> Sequence[str]:
    return [
        f"Sau khi nghe báo cáo và ý kiến của các cơ quan, {issuer} thông báo {_about(subject)} như sau:",
        f"1. {_finding(rng)}",
        f"2. {_task(rng, when)}",
        f"3. {_task(rng, when)}",
        "Giao Văn phòng theo dõi, đôn đốc việc thực hiện Thông báo này./.",
    ]


def _order(
    rng: random.Random, subject: Subject, issuer: str, to: str, when: date, reply_to: str
) -> Sequence[str]:
    return [
        f"Để {_about(subject)}, {issuer} yêu cầu các cơ quan, đơn vị thực hiện các nội dung sau:",
        *(f"{number}. {_task(rng, when)}" for number in (1, 2, 3)),
        f"Quá trình thực hiện, nếu có vướng mắc, kịp thời phản ánh về {issuer} để xem xét, giải quyết./.",
    ]


def _decapitalised(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
