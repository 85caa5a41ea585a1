"""Kết quả kiểm tra thể thức: what is wrong, by which point of the Decree, and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Component(StrEnum):
    """Thành phần thể thức. The value is the name in answers of the command line."""

    PAPER = "kho_giay"
    MARGINS = "le_trang"
    FONT = "phong_chu"
    COLOR = "mau_chu"
    MOTTO_STATE = "quoc_hieu"
    MOTTO = "tieu_ngu"
    AGENCY = "ten_co_quan"
    PARENT = "ten_co_quan_chu_quan"
    NUMBER = "so_ky_hieu"
    PLACE_DATE = "dia_danh_thoi_gian"
    TYPE = "ten_loai"
    ABSTRACT = "trich_yeu"
    BASIS = "can_cu"
    BODY = "noi_dung"
    ADDRESSEE = "kinh_gui"
    AUTHORITY = "quyen_han_ky"
    POSITION = "chuc_vu"
    SIGNER = "ho_ten"
    RECIPIENTS = "noi_nhan"
    PAGE_NUMBER = "so_trang"
    URGENCY = "muc_do_khan"


_I, _II, _III = "Phụ lục I, Phần I, Mục I", "Phụ lục I, Phần I, Mục II", "Phụ lục I, Phần I, Mục III"
NAMES: dict[Component, tuple[str, str, str]] = {
    Component.PAPER: ("Khổ giấy", "I", f"{_I}, khoản 1"),
    Component.MARGINS: ("Định lề trang", "I", f"{_I}, khoản 3"),
    Component.FONT: ("Phông chữ", "I", f"{_I}, khoản 4"),
    Component.COLOR: ("Màu chữ", "I", f"{_I}, khoản 4"),
    Component.PAGE_NUMBER: ("Số trang", "I", f"{_I}, khoản 7"),
    Component.MOTTO_STATE: ("Quốc hiệu", "I", f"{_II}, khoản 1"),
    Component.MOTTO: ("Tiêu ngữ", "I", f"{_II}, khoản 1"),
    Component.AGENCY: ("Tên cơ quan, tổ chức ban hành", "I", f"{_II}, khoản 2"),
    Component.PARENT: ("Tên cơ quan, tổ chức chủ quản trực tiếp", "I", f"{_II}, khoản 2"),
    Component.NUMBER: ("Số, ký hiệu", "I", f"{_II}, khoản 3"),
    Component.PLACE_DATE: ("Địa danh và thời gian ban hành", "I", f"{_II}, khoản 4"),
    Component.TYPE: ("Tên loại", "I", f"{_II}, khoản 5"),
    Component.ABSTRACT: ("Trích yếu nội dung", "I", f"{_II}, khoản 5"),
    Component.BASIS: ("Căn cứ ban hành", "I", f"{_II}, khoản 6"),
    Component.BODY: ("Nội dung văn bản", "I", f"{_II}, khoản 6"),
    Component.AUTHORITY: ("Quyền hạn của người ký", "I", f"{_II}, khoản 7"),
    Component.POSITION: ("Chức vụ của người ký", "I", f"{_II}, khoản 7"),
    Component.SIGNER: ("Họ tên người ký", "I", f"{_II}, khoản 7"),
    Component.ADDRESSEE: ("Kính gửi", "I", f"{_II}, khoản 9"),
    Component.RECIPIENTS: ("Nơi nhận", "I", f"{_II}, khoản 9"),
    Component.URGENCY: ("Dấu chỉ mức độ khẩn", "I", f"{_III}, khoản 2"),
}
DECREE = "Nghị định số 30/2020/NĐ-CP"


@dataclass(frozen=True)
class Finding:
    """Một điểm chưa đúng thể thức.

    ``repair`` is a list of edits for :func:`app.storage.word.repaired`; empty where only a person can put it right.
    """

    component: Component
    rule: str
    expected: str
    found: str
    where: str = ""
    repair: tuple[dict[str, Any], ...] = field(default=(), compare=False)

    @property
    def name(self) -> str:
        """Tên thành phần."""
        return NAMES[self.component][0]

    @property
    def source(self) -> str:
        """Căn cứ: annex and point."""
        return f"{NAMES[self.component][2]} {DECREE}"

    @property
    def key(self) -> str:
        """Tên của điểm này trong một lần kiểm tra, for the button that repairs it."""
        return f"{self.component.value}.{self.rule}"

    @property
    def can_repair(self) -> bool:
        """Máy sửa được mà không đụng chỗ khác."""
        return bool(self.repair)

    @property
    def sentence(self) -> str:
        """Một câu cho người đọc."""
        return f"{self.name}: cần {self.expected}; hiện {self.found}."

    def as_value(self) -> dict[str, Any]:
        """Giá trị in ra của dòng lệnh."""
        return {
            "component": self.component.value,
            "name": self.name,
            "rule": self.rule,
            "annex": NAMES[self.component][1],
            "point": NAMES[self.component][2],
            "source": self.source,
            "expected": self.expected,
            "found": self.found,
            "where": self.where,
            "message": self.sentence,
            "repair": _repair_words(self),
        }


def _repair_words(finding: Finding) -> str | None:
    return f"Đặt lại: {finding.expected}" if finding.can_repair else None


@dataclass
class Report:
    """Kết quả một lần kiểm tra: what is surely wrong, and what a person should look at."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Không có lỗi thể thức."""
        return not self.findings

    def add(self, finding: Finding, *, sure: bool = True) -> None:
        """Ghi một điểm; the same point is told once."""
        held = self.findings if sure else self.notes
        if all(f.key != finding.key for f in held):
            held.append(finding)
