"""Ký một PDF: the jail prepares the file and its hole, here the digest is taken, signed and set in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from app.core.errors import InputRejected
from app.signing import cms
from app.signing.service import sandbox, stamps
from app.signing.service.keys.port import OpenKey
from app.storage.jail import JailError

_VIETNAM = timezone(timedelta(hours=7))
_SIGNATURE = (130.0, 74.0)  # the largest it may be shown, in points; smaller places scale it down
_HOLE, _HOLE_WITH_TIME = 16_384, 49_152  # hexadecimal digits kept free for the signature

OBJECTIONS = {
    "not_pdf": "Tệp không phải PDF.",
    "encrypted": "Tệp có mật khẩu hoặc bị mã hóa.",
    "broken": "Tệp không đúng chuẩn PDF.",
    "revisions": "Tệp có nhiều phiên bản chồng lên nhau (phần ghi thêm).",
    "signed_already": "Tệp đã có chữ ký số.",
    "hybrid": "Tệp có hai bảng tra cứu song song.",
    "form": "Tệp có sẵn biểu mẫu điền được.",
    "javascript": "Tệp chứa mã JavaScript.",
    "launch": "Tệp chứa lệnh mở chương trình khác.",
    "form_action": "Tệp chứa lệnh gửi hoặc ẩn biểu mẫu.",
    "layers": "Tệp có các lớp nội dung bật tắt được.",
    "media": "Tệp nhúng phim, âm thanh hoặc mô hình 3D.",
    "embedded": "Tệp có tệp đính kèm bên trong.",
    "xfa": "Tệp dùng biểu mẫu XFA.",
    "outside": "Tệp lấy nội dung từ bên ngoài.",
    "too_deep": "Cấu trúc tệp lồng quá sâu.",
    "too_complex": "Tệp quá phức tạp để soi hết.",
    "hidden_objects": "Tệp chứa đối tượng bị che.",
    "after_end": "Tệp có dữ liệu sau phần kết thúc.",
}
_ADVICE = "Hãy mở bằng phần mềm soạn thảo, in lại thành PDF thông thường rồi thay tệp trong dự thảo."


class UnfitForSigning(InputRejected):
    """Tệp không ký được; ``codes`` name each objection."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        self.reasons = [OBJECTIONS.get(c, OBJECTIONS["broken"]) for c in codes]
        super().__init__(f"Tệp không ký số được: {' '.join(self.reasons)} {_ADVICE}")


@dataclass(frozen=True)
class Plan:
    """Bố trí chữ ký trên một tệp đã soi."""

    fields: dict[str, list[float]]
    printed: dict[str, str] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    pages: int = 0


def iso_time(at: datetime) -> str:
    """Thời điểm ký theo ISO 8601, giờ Việt Nam."""
    return at.astimezone(_VIETNAM).replace(microsecond=0).isoformat()


def plan(data: bytes, *, signer: str, seal_mm: float) -> Plan:
    """Soi tệp sẽ ký và tìm chỗ đặt chữ ký, dấu, số, ngày.

    :raises UnfitForSigning: with every objection.
    """
    value = _ask("lint", {"signer": signer, "seal_mm": seal_mm}, [data]).value
    if value["objections"]:
        raise UnfitForSigning([str(c) for c in value["objections"]])
    return Plan(dict(value["fields"]), dict(value["printed"]), list(value["guessed"]), int(value["pages"]))


def sign_first(
    data: bytes, key: OpenKey, *, name: str, signer: str, seal_mm: float, image: bytes | None, at: datetime,
    stamp: cms.Stamp | None = None,
) -> tuple[bytes, Plan]:  # fmt: skip
    """Chữ ký của người có thẩm quyền, trên tệp còn nguyên; number, date and seal get their empty fields now.

    :param signer: the name as it stands on the page, below which nothing is signed.
    :returns: the signed file, and where everything stands in it.
    :raises UnfitForSigning: with every objection.
    """
    look = stamps.signature(image, name, *_SIGNATURE)
    head = {"signer": signer, "seal_mm": seal_mm, "at": iso_time(at), "size": _size(stamp), "name": name}
    made, value = _sign("begin", head, [look], data, key, stamp)
    return made, Plan(dict(value["fields"]), dict(value["printed"]), list(value["guessed"]))


def seal(
    data: bytes, where: Plan, key: OpenKey, *, agency: str, image: bytes | None, values: dict[str, str], at: datetime,
    stamp: cms.Stamp | None = None,
) -> bytes:  # fmt: skip
    """Điền số, ngày rồi đóng dấu: the agency's signature over everything."""
    _page, x1, y1, x2, y2 = where.fields["ConDau"]
    looks = [
        stamps.line(text, italic=name not in ("SoVanBan", "SoVanBanDayDu")) for name, text in values.items()
    ]
    looks.append(stamps.seal(image, agency, iso_time(at), x2 - x1, y2 - y1))
    head = {"values": values, "at": iso_time(at), "size": _size(stamp), "name": agency}
    return _sign("fill", head, looks, data, key, stamp)[0]


def mark(
    data: bytes, lines: list[str], key: OpenKey, *, agency: str, at: datetime, stamp: cms.Stamp | None = None
) -> bytes:
    """Chữ ký cơ quan trên tệp kèm theo riêng hoặc bản sao điện tử: top right, text only."""
    look = stamps.mark([*lines, iso_time(at)])
    width, height = stamps.MARK_SIZE
    head = {"width": width, "height": height, "at": iso_time(at), "size": _size(stamp), "name": agency}
    return _sign("mark", head, [look], data, key, stamp)[0]


def _size(stamp: cms.Stamp | None) -> int:
    return _HOLE if stamp is None else _HOLE_WITH_TIME


def _sign(
    task: str, head: dict[str, Any], looks: list[bytes], data: bytes, key: OpenKey, stamp: cms.Stamp | None
) -> tuple[bytes, dict[str, Any]]:
    answer = _ask(task, head, [*looks, data])
    made = answer.payloads[0]
    start, end = int(answer.value["start"]), int(answer.value["end"])
    # The jail read a stranger's file: what it gives back must begin with exactly the bytes that were to be signed.
    if not made.startswith(data) or not len(data) < start < end < len(made):
        raise UnfitForSigning(["broken"])
    content = cms.build(cms.digest_around(made, start, end), key.certificate, key.chain, key.sign, stamp)
    return cms.splice(made, start, end, content), dict(answer.value)


def _ask(task: str, head: dict[str, Any], parts: list[bytes]) -> Any:
    try:
        return sandbox.call(task, head, parts)
    except JailError as problem:
        if problem.reason == "objections":
            raise UnfitForSigning(problem.detail.split(",")) from problem
        raise UnfitForSigning(
            ["too_complex" if problem.reason in ("time", "memory") else "broken"]
        ) from problem
