"""Bàn giao công việc: one act moves all that a post holds to a successor, and keeps the list."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import use_case
from app.org import open_work
from app.org.events import WorkHandedOver
from app.org.models import HandOver, Post
from app.org.open_work import WorkItem
from app.org.policy import Permission, by_right, same_agency


@use_case
def hand_over(actor: Actor, *, from_post_id: int, to_post_id: int, reason: str = "") -> HandOver:
    """Bàn giao công việc của một vị trí cho vị trí khác cùng cơ quan.

    The packages above hear :class:`WorkHandedOver`, move their rows in this transaction, and tell :func:`report_moved`.

    :raises Violations: nothing to hand over, nobody to take it.
    """
    actor = by_right(actor, Permission.WORK_HAND_OVER)
    giver, taker = _two_posts(actor, from_post_id, to_post_id)
    problems = _problems(giver, taker)
    if problems:
        raise Violations(problems)
    record = HandOver(
        agency_id=actor.agency_id,
        from_post_id=giver.id,
        to_post_id=taker.id,
        at=clock.now(),
        by_person_id=actor.person_id,
        reason=reason,
        from_holder=giver.person.full_name if giver.person else "",
        to_holder=taker.person.full_name if taker.person else "",
        items={"groups": []},
    )
    session.add(record)
    session.flush()
    person_id = giver.person_id or taker.person_id
    emit(
        actor,
        WorkHandedOver(
            kind=RecordKind.PERSON,
            record_id=person_id or 0,
            agency_id=actor.agency_id,
            from_post_id=giver.id,
            to_post_id=taker.id,
            hand_over_id=record.id,
        ),
        {"post": (giver.title, taker.title)},
    )
    return record


def report_moved(hand_over_id: int, label: str, items: Iterable[WorkItem]) -> None:
    """Ghi những việc vừa chuyển vào biên bản; called by the subscribers of :class:`WorkHandedOver`."""
    record = session.get_one(HandOver, hand_over_id)
    moved = [item.as_json() for item in items]
    if moved:
        groups = [*record.items["groups"], {"label": label, "items": moved}]
        record.items = {**record.items, "groups": groups}


def _two_posts(actor: Actor, from_post_id: int, to_post_id: int) -> tuple[Post, Post]:
    """Both posts, locked in the order of their ids. A closed post may give, only an open one may take."""
    rows = session.scalars(
        select(Post).where(Post.id.in_({from_post_id, to_post_id})).order_by(Post.id).with_for_update()
    )
    found = {p.id: p for p in rows if same_agency(actor, p.agency_id)}
    giver, taker = found.get(from_post_id), found.get(to_post_id)
    if giver is None or taker is None or not taker.active:
        raise NotFound
    return giver, taker


def _problems(giver: Post, taker: Post) -> list[Violation]:
    if giver.id == taker.id:
        return [Violation("to_post", "Vị trí nhận phải khác vị trí bàn giao. Hãy chọn lại.")]
    problems = []
    if taker.person is None or not taker.person.active:
        problems.append(Violation("to_post", "Vị trí nhận chưa có người giữ. Hãy chọn vị trí khác."))
    if not open_work.open_work([giver.id]):
        problems.append(Violation("from_post", "Vị trí này không còn việc nào để bàn giao."))
    return problems
