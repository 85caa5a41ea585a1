"""Báo tin về đầu việc: one notice per event, to the names that stand for a side."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.records import RecordKind, post_principal
from app.directives import policy
from app.directives.models import DirectivePart
from app.documents.models import Urgency
from app.notifications import service as notifications

_SHOWN = 120


def tell(part: DirectivePart, words: str, principals: Iterable[int], *, key: str | None = None) -> None:
    """Báo tin: the words, then code and content of the part; "hỏa tốc" goes at once."""
    notifications.notice(
        kind=RecordKind.DIRECTIVE,
        record_id=part.id,
        words=f"{words}: {part.code} {shortened(part.content)}",
        principals=tuple(dict.fromkeys(principals)),
        urgent=part.urgency >= Urgency.MOST_URGENT,
        key=key,
    )


def shortened(content: str) -> str:
    """Nội dung viết gọn trên một dòng."""
    line = " ".join(content.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def lead_side(part: DirectivePart) -> tuple[int, ...]:
    """Lãnh đạo, Văn phòng cơ quan chủ trì và người đang thực hiện."""
    return *policy.desk_of(part.lead_agency_id), *policy.assignees_of(part)


def assigning_side(part: DirectivePart) -> tuple[int, ...]:
    """Người chỉ đạo và chuyên viên theo dõi."""
    return post_principal(part.assigner_post_id), *policy.followers_of(part)
