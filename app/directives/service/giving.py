"""Giao nhiều nhiệm vụ đọc từ một văn bản trong một lần: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.actor import Actor
from app.core.errors import InputRejected, Violation, Violations
from app.core.use_case import use_case
from app.directives.models import DirectivePart
from app.directives.service.assigning import assign


@dataclass(frozen=True, kw_only=True)
class ReadOrder:
    """Một nhiệm vụ đã đọc và được người giao xác nhận."""

    content: str
    leads: tuple[int, ...]
    supports: tuple[int, ...] = ()
    due_at: datetime | None = None
    product: str = ""
    point: str = ""


@use_case
def assign_many(
    actor: Actor,
    orders: Sequence[ReadOrder],
    *,
    source_document_id: int | None = None,
    assigner_post_id: int | None = None,
) -> list[DirectivePart]:
    """Giao các nhiệm vụ đã xác nhận.

    :raises Violations: something is wrong with one of them; its number stands before the sentence, and none is given.
    """
    if not orders:
        raise Violations([Violation(None, "Chưa chọn nhiệm vụ nào. Hãy đánh dấu những nhiệm vụ cần giao.")])
    given: list[DirectivePart] = []
    broken: list[Violation] = []
    for number, order in enumerate(orders, start=1):
        try:
            part = assign(
                actor,
                content=order.content,
                leads=order.leads,
                supports=order.supports,
                due_at=order.due_at,
                product=order.product,
                source_document_id=source_document_id,
                source_point=order.point if source_document_id else "",
                assigner_post_id=assigner_post_id,
            )
        except Violations as refusal:
            broken += [Violation(None, f"Nhiệm vụ thứ {number}: {item.sentence}") for item in refusal.items]
        except InputRejected as refusal:
            raise InputRejected(f"Nhiệm vụ thứ {number}: {refusal.sentence}") from refusal
        else:
            given.append(part)
    if broken:
        raise Violations(dict.fromkeys(broken))
    return given
