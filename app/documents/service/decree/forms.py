"""Mẫu văn bản: which fields each form of the Decree asks for, and what they say on paper.

A form that is not here is written with a body alone: every administrative type has the frame of "văn bản có tên loại".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.documents.service.decree.letter import paragraphs_of

Values = Mapping[str, str]


@dataclass(frozen=True)
class FormField:
    """Một ô của mẫu."""

    key: str
    label: str
    required: bool = False
    rows: int = 1
    hint: str = ""


@dataclass(frozen=True)
class FormKind:
    """Một mẫu văn bản: ``compose`` turns what was filled in into paragraphs."""

    key: str
    name: str
    type_name: str
    fields: tuple[FormField, ...]
    compose: Callable[[Values], tuple[str, ...]]
    has_addressees: bool = False
    is_to_present: bool = True


BODY = FormField(
    "body",
    "Nội dung",
    True,
    14,
    "Mỗi dòng là một đoạn. “Điều 1.” và các mục “I.”, “1.” đứng riêng dòng được in đậm.",
)
BASES = FormField(
    "bases", "Căn cứ", False, 4, "Mỗi căn cứ một dòng; dấu chấm phẩy và dấu chấm cuối được đặt tự động."
)


def _plain(values: Values) -> tuple[str, ...]:
    return paragraphs_of(values.get("body", ""))


def _line(label: str, value: str) -> tuple[str, ...]:
    return (f"{label}: {value.rstrip('.')}.",) if value else ()


def _invitation(v: Values) -> tuple[str, ...]:
    return (
        f"{v.get('host') or 'Cơ quan'} trân trọng kính mời: {v.get('guests', '').rstrip('.')}.",
        *_line("Tới dự", v.get("about", "")),
        *_line("Chủ trì", v.get("chair", "")),
        *_line("Thời gian", v.get("time", "")),
        *_line("Địa điểm", v.get("venue", "")),
        *_line("Đầu mối liên hệ", v.get("contact", "")),
        *paragraphs_of(v.get("body", "")),
    )


def _introduction(v: Values) -> tuple[str, ...]:
    return (
        f"{v.get('host') or 'Cơ quan'} trân trọng giới thiệu:",
        f"Ông (bà): {v.get('person', '')}.",
        *_line("Chức vụ", v.get("office", "")),
        f"Được cử đến: {v.get('to', '')}.",
        f"Về việc: {v.get('about', '')}.",
        "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.",
        *((f"Giấy này có giá trị đến hết ngày {v['until']}.",) if v.get("until") else ()),
    )


def _leave(v: Values) -> tuple[str, ...]:
    days = f" trong thời gian {v['days']}" if v.get("days") else ""
    return (
        f"Xét đơn xin nghỉ phép ngày {v.get('asked_on', '')} của ông (bà) {v.get('person', '')}.",
        f"{v.get('host') or 'Cơ quan'} cấp cho: ông (bà) {v.get('person', '')}.",
        *_line("Chức vụ", v.get("office", "")),
        f"Nghỉ phép {v.get('reason') or 'năm'}{days}, kể từ {v.get('from', '')} đến hết {v.get('until', '')}.",
        *_line("Nơi nghỉ phép", v.get("place", "")),
        *paragraphs_of(v.get("body", "")),
    )


def _minutes(v: Values) -> tuple[str, ...]:
    return (
        f"Thời gian bắt đầu: {v.get('time', '')}.",
        f"Địa điểm: {v.get('venue', '')}.",
        *_line("Thành phần tham dự", v.get("guests", "")),
        *_line("Chủ trì", v.get("chair", "")),
        *_line("Thư ký (người ghi biên bản)", v.get("secretary", "")),
        "Nội dung:",
        *paragraphs_of(v.get("body", "")),
        *((f"Cuộc họp kết thúc vào {v['ended'].rstrip('.')}.",) if v.get("ended") else ()),
    )


def _decision_on(v: Values) -> tuple[str, ...]:
    what = v.get("annex_title", "").strip().rstrip(".")
    return (
        f"Điều 1. Ban hành kèm theo Quyết định này {what}.",
        f"Điều 2. Quyết định này có hiệu lực {v.get('effective') or 'kể từ ngày ký'}.",
        f"Điều 3. {v.get('carried_out_by', '').rstrip('.')} chịu trách nhiệm thi hành Quyết định này./.",
    )


_HOST = FormField("host", "Bên mời, cấp", False, 1, "Để trống: tên cơ quan.")
_WHO = (FormField("person", "Ông (bà)", True), FormField("office", "Chức vụ, đơn vị"))

KINDS: tuple[FormKind, ...] = (
    FormKind("cong-van", "Công văn", "Công văn", (BODY,), _plain, has_addressees=True),
    FormKind("quyet-dinh", "Quyết định (trực tiếp)", "Quyết định", (BASES, BODY), _plain),
    FormKind(
        "quyet-dinh-kem", "Quyết định (gián tiếp)", "Quyết định",
        (BASES, FormField("annex_title", "Tên văn bản ban hành kèm theo", True), FormField("effective", "Hiệu lực"),
         FormField("carried_out_by", "Trách nhiệm thi hành", True), FormField("annex", "Nội dung văn bản kèm theo", True, 14)),
        _decision_on,
    ),
    FormKind("to-trinh", "Tờ trình", "Tờ trình", (BODY,), _plain, has_addressees=True),
    FormKind("thong-bao", "Thông báo", "Thông báo", (BODY,), _plain),
    FormKind("bao-cao", "Báo cáo", "Báo cáo", (BODY,), _plain),
    FormKind("ke-hoach", "Kế hoạch", "Kế hoạch", (BASES, BODY), _plain),
    FormKind("cong-dien", "Công điện", "Công điện", (BODY,), _plain),
    FormKind(
        "giay-moi", "Giấy mời", "Giấy mời",
        (FormField("guests", "Trân trọng kính mời", True, 2), FormField("about", "Tới dự", True), FormField("chair", "Chủ trì"),
         FormField("time", "Thời gian", True), FormField("venue", "Địa điểm", True), FormField("contact", "Đầu mối liên hệ"),
         FormField("body", "Nội dung khác", False, 5), _HOST),
        _invitation,
    ),
    FormKind(
        "giay-gioi-thieu", "Giấy giới thiệu", "Giấy giới thiệu",
        (*_WHO, FormField("to", "Được cử đến", True), FormField("about", "Về việc", True), FormField("until", "Có giá trị đến hết ngày"), _HOST),
        _introduction,
    ),
    FormKind(
        "bien-ban", "Biên bản", "Biên bản",
        (FormField("time", "Thời gian bắt đầu", True), FormField("venue", "Địa điểm", True), FormField("guests", "Thành phần tham dự", True, 3),
         FormField("chair", "Chủ trì", True), FormField("secretary", "Thư ký", True), FormField("body", "Nội dung", True, 12), FormField("ended", "Kết thúc vào")),
        _minutes,
    ),
    FormKind(
        "giay-nghi-phep", "Giấy nghỉ phép", "Giấy nghỉ phép",
        (*_WHO, FormField("asked_on", "Ngày của đơn", True), FormField("reason", "Nghỉ phép (năm, việc riêng …)"), FormField("days", "Số ngày"),
         FormField("from", "Từ ngày", True), FormField("until", "Đến hết ngày", True), FormField("place", "Nơi nghỉ phép"), FormField("body", "Ghi chú", False, 3), _HOST),
        _leave,
    ),
)  # fmt: skip
_BY_KEY = {kind.key: kind for kind in KINDS}


def form_kind(key: str) -> FormKind | None:
    """Mẫu theo mã."""
    return _BY_KEY.get(key)


def plain_kind(type_name: str) -> FormKind:
    """Mẫu chung cho một tên loại chưa có mẫu riêng."""
    return next(
        (k for k in KINDS if k.type_name == type_name and k.compose is _plain),
        FormKind("khac", type_name, type_name, (BODY,), _plain),
    )
