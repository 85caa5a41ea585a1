"""Ủy quyền xử lý và chấm dứt ủy quyền."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, Violation, Violations, WrongState
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import load_for_change, touch, use_case
from app.org import queries
from app.org.events import DelegationGiven, DelegationRevoked
from app.org.labels import SCOPES
from app.org.models import Delegation, Post
from app.org.models.access import Scope
from app.org.policy import Permission

_LONGEST_DAYS = 366


@use_case
def give_delegation(
    actor: Actor, *, to_post_id: int, scope: str, starts_on: date, ends_on: date, reason: str = ""
) -> Delegation:
    """Ủy quyền xử lý: the actor's own post lets another of the same agency act for it.

    Only one's own post can be given: what one received cannot be passed on (no sub-delegation).
    """
    if actor.post_id is None or actor.agency_id is None:
        raise NotAllowed("Chỉ người đang giữ một vị trí mới ủy quyền được.")
    # Two delegations of one post are compared one after the other.
    session.execute(select(Post.id).where(Post.id == actor.post_id).with_for_update())
    target = queries.post(to_post_id, actor.agency_id)
    problems = [
        *_target_problems(actor, target),
        *_date_problems(starts_on, ends_on),
        *_overlap_problems(actor.post_id, target, scope, starts_on, ends_on),
    ]
    if problems:
        raise Violations(problems)
    delegation = Delegation(
        agency_id=actor.agency_id,
        from_post_id=actor.post_id,
        to_post_id=target.id,
        scope=Scope(scope).value,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        created_at=clock.now(),
    )
    session.add(delegation)
    session.flush()
    emit(
        actor,
        DelegationGiven(
            kind=RecordKind.PERSON,
            record_id=actor.person_id or 0,
            agency_id=actor.agency_id,
            delegation_id=delegation.id,
            from_post_id=delegation.from_post_id,
            to_post_id=delegation.to_post_id,
        ),
        {
            "absence_deputy": (None, target.person.full_name if target.person else None),
            "delegation_scope": (None, delegation.scope),
            "absence_from": (None, starts_on),
            "absence_to": (None, ends_on),
        },
    )
    return delegation


@use_case
def revoke_delegation(actor: Actor, delegation_id: int, *, version: int | None = None) -> Delegation:
    """Chấm dứt ủy quyền: by the giver, or by the agency's administrator when the giver cannot.

    :raises WrongState: it has ended already.
    """
    queries.delegation(delegation_id, viewer=actor)
    delegation = load_for_change(Delegation, delegation_id, version)
    if delegation.from_post_id != actor.post_id and Permission.PEOPLE_MANAGE not in actor.permissions:
        raise NotAllowed(
            "Chỉ người đã ủy quyền hoặc quản trị cơ quan được chấm dứt ủy quyền này. Hãy đề nghị người đó."
        )
    if delegation.revoked_at is not None or delegation.ends_on < clock.today():
        raise WrongState(
            "Ủy quyền này đã chấm dứt hoặc đã hết thời hạn. Hãy tải lại trang để xem tình trạng mới nhất."
        )
    _end(actor, delegation)
    return delegation


def end_delegations_of(actor: Actor, post: Post) -> None:
    """Chấm dứt mọi ủy quyền đến và đi của một vị trí: trust was given to the person who leaves it, not to the next one.

    Joins the caller's transaction.
    """
    rows = session.scalars(
        select(Delegation).where(
            or_(Delegation.from_post_id == post.id, Delegation.to_post_id == post.id),
            Delegation.revoked_at.is_(None),
            Delegation.ends_on >= clock.today(),
        )
    )
    for delegation in rows:
        _end(actor, delegation)


def _end(actor: Actor, delegation: Delegation) -> None:
    delegation.revoked_at = clock.now()
    touch(delegation)
    giver = session.get_one(Post, delegation.from_post_id)
    emit(
        actor,
        DelegationRevoked(
            kind=RecordKind.PERSON,
            record_id=giver.person_id or actor.person_id or 0,
            agency_id=delegation.agency_id,
            delegation_id=delegation.id,
        ),
    )


def _target_problems(actor: Actor, target: Post) -> list[Violation]:
    if target.id == actor.post_id or target.person_id == actor.person_id:
        return [Violation("to_post", "Không thể ủy quyền cho chính mình. Hãy chọn người khác.")]
    if target.person is None or not target.person.active:
        return [Violation("to_post", "Vị trí này chưa có người giữ. Hãy chọn người khác.")]
    return []


def _date_problems(starts_on: date, ends_on: date) -> list[Violation]:
    problems = []
    if starts_on < clock.today():
        problems.append(Violation("starts_on", "Ủy quyền bắt đầu sớm nhất từ hôm nay. Hãy chọn lại ngày."))
    if ends_on < starts_on:
        problems.append(Violation("ends_on", "Ngày cuối phải từ ngày đầu trở đi. Hãy sửa lại."))
    elif (ends_on - starts_on).days > _LONGEST_DAYS:
        problems.append(
            Violation("ends_on", "Mỗi lần ủy quyền nhiều nhất một năm. Hãy chọn ngày cuối sớm hơn.")
        )
    return problems


def _overlap_problems(
    from_post_id: int, target: Post, scope: str, starts_on: date, ends_on: date
) -> list[Violation]:
    if ends_on < starts_on:
        return []
    return [
        Violation(
            "scope",
            f"Đã ủy quyền “{SCOPES[d.scope]}” cho vị trí này từ {d.starts_on:%d/%m/%Y} đến hết {d.ends_on:%d/%m/%Y}. "
            "Hãy chấm dứt lần đó trước, hoặc chọn phạm vi, ngày khác.",
        )
        for d in queries.overlapping(from_post_id, target.id, starts_on, ends_on)
        if scope in (d.scope, Scope.ALL) or d.scope == Scope.ALL
    ][:1]
