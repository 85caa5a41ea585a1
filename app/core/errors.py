"""Lỗi nghiệp vụ: what a use case may refuse, each with a Vietnamese sentence a person can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class DomainError(Exception):
    """Parent of all refusals. ``sentence`` says what, why and what next; ``status`` is the HTTP answer."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(DomainError):
    """The record does not exist, or the actor may not know that it does: both answer alike."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "Không tìm thấy nội dung này. Có thể đường dẫn sai hoặc nội dung không thuộc phạm vi của anh/chị."
        )


class NotAllowed(DomainError):
    """The actor may see the record but may not do this."""

    status = 403


class WrongState(DomainError):
    """The action does not fit the state the record is in now."""

    status = 409


class StaleVersion(DomainError):
    """Somebody changed the record after the form was drawn."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "Nội dung vừa được người khác thay đổi sau khi anh/chị mở trang. "
            "Phần anh/chị đã nhập vẫn được giữ bên dưới; hãy xem lại bản mới rồi thực hiện lại."
        )


class InputRejected(DomainError):
    """A file or text that must not enter; its content is not kept."""

    status = 422


class Busy(DomainError):
    """Too much at once; trying again later helps."""

    status = 503


@dataclass(frozen=True)
class Violation:
    """One unmet condition: the form field it belongs to (or none) and the sentence to show."""

    field: str | None
    sentence: str


class Violations(DomainError):
    """All unmet conditions of an action, shown together."""

    status = 422

    def __init__(self, items: Iterable[Violation | str]) -> None:
        self.items = [v if isinstance(v, Violation) else Violation(None, v) for v in items]
        super().__init__(" ".join(v.sentence for v in self.items))


class Replayed(Exception):
    """The request key was used before; ``answer`` is what the first run recorded (kind and id of its record)."""

    def __init__(self, answer: dict[str, object] | None) -> None:
        super().__init__("replayed")
        self.answer = answer
