"""Quyết định cả một danh sách trong một việc: all or none, so that what the page showed is what was decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core import limits
from app.core.actor import Actor
from app.core.errors import DomainError, NotFound, Violation, Violations
from app.core.use_case import use_case
from app.directives.models import DirectivePart
from app.directives.service import answers, deciding, extension, lead


class Asked(StrEnum):
    """Việc chờ quyết định."""

    DONE = "bao-cao"
    EXTENSION = "gia-han"
    LEAD = "chu-tri"
    ANSWER = "tra-loi"


@dataclass(frozen=True)
class Waiting:
    """Một việc chờ quyết định: of which part, and which request or proposal of it."""

    kind: Asked
    part_id: int
    record_id: int = 0


@use_case
def decide_many(
    actor: Actor, chosen: Sequence[Waiting], *, accept: bool, reason: str = ""
) -> list[DirectivePart]:
    """Quyết định các việc đã chọn: đồng ý tất cả, hoặc không đồng ý với cùng một lý do."""
    if not chosen:
        raise Violations([Violation(None, "Chưa chọn việc nào. Hãy chọn trong danh sách rồi quyết định.")])
    if len(chosen) > limits.RECIPIENTS:
        raise Violations([Violation(None, f"Quyết định nhiều nhất {limits.RECIPIENTS} việc một lần.")])
    if not accept and not reason.strip():
        raise Violations([Violation("reason", "Hãy nêu lý do để các cơ quan biết cần làm gì.")])
    done, refused = [], []
    for waiting in sorted(set(chosen), key=lambda w: (w.part_id, w.kind)):
        try:
            done.append(_decide(actor, waiting, accept, reason))
        except NotFound:
            refused.append("Có việc đã được quyết định hoặc không còn chờ. Hãy tải lại danh sách.")
        except DomainError as refusal:
            refused.append(refusal.sentence)
    if refused:
        raise Violations(list(dict.fromkeys(refused)))
    return done


def _decide(actor: Actor, waiting: Waiting, accept: bool, reason: str) -> DirectivePart:
    part_id, record_id = waiting.part_id, waiting.record_id
    acts: dict[tuple[Asked, bool], Callable[[], DirectivePart]] = {
        (Asked.DONE, True): lambda: deciding.confirm(actor, part_id),
        (Asked.DONE, False): lambda: deciding.send_back(actor, part_id, reason=reason),
        (Asked.EXTENSION, True): lambda: extension.agree_extension(actor, part_id, record_id),
        (Asked.EXTENSION, False): lambda: extension.refuse_extension(
            actor, part_id, record_id, reason=reason
        ),
        (Asked.LEAD, True): lambda: lead.agree_lead_change(actor, part_id, record_id),
        (Asked.LEAD, False): lambda: lead.refuse_lead_change(actor, part_id, record_id, reason=reason),
        (Asked.ANSWER, True): lambda: answers.accept_answer(actor, part_id, record_id),
        (Asked.ANSWER, False): lambda: answers.dismiss_answer(actor, part_id, record_id),
    }
    return acts[waiting.kind, accept]()
