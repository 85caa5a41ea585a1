"""Ai đang làm việc: builds the actor of a session, with everyone he stands in for, in two statements."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, Date, SelectBase, bindparam, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.actor import Actor, StandIn
from app.core.db import AnyRow, session
from app.core.permissions import Role, permissions_of
from app.core.prepared import Prepared
from app.core.records import (
    leadership_principal,
    office_principal,
    person_principal,
    post_principal,
    registry_principal,
    unit_principal,
)
from app.org.models import Absence, Agency, Delegation, Person, Post, UserSession
from app.org.models.access import Scope


def token_hash(token: str) -> str:
    """Băm mã phiên: the database never holds a usable session token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class LiveSession:
    """Phiên còn hiệu lực và người của nó."""

    id: int
    last_seen_at: datetime
    must_change_password: bool
    actor: Actor


def principals_of(
    post_id: int,
    agency_id: int,
    unit_id: int | None,
    person_id: int | None,
    roles: Sequence[str],
    *,
    is_head: bool,
) -> tuple[int, ...]:
    """Danh nghĩa của một vị trí: the post, its person, its unit for a head, and what its roles stand for in the agency."""
    found = [post_principal(post_id)]
    if person_id is not None:
        found.append(person_principal(person_id))
    if unit_id is not None and is_head:
        found.append(unit_principal(unit_id))
    for role, principal in (
        (Role.CLERK, registry_principal),
        (Role.LEADER, leadership_principal),
        (Role.OFFICE_CHIEF, office_principal),
    ):
        if role in roles:
            found.append(principal(agency_id))
    return tuple(found)


_held, _held_at = aliased(Post), aliased(Agency)
_COLUMNS = (
    Post.id.label("post_id"),
    Post.agency_id,
    Post.unit_id,
    Post.title,
    Post.roles,
    Post.is_head,
    Person.id.label("person_id"),
    Person.full_name,
    Person.settings,
    Agency.short_name.label("agency_name"),
)


# All posts of the person as one JSON value: the switcher in the top bar costs no statement of its own.
_POSTS = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(_held.id, _held.title, _held_at.short_name), _held.sort, _held.id
            )
        )
    )
    .join(_held_at, _held_at.id == _held.agency_id)
    .where(_held.person_id == Person.id, _held.active)
    .correlate(Person)
    .scalar_subquery()
    .label("posts")
)


def _build(row: AnyRow, ip: str | None, request_id: str | None) -> Actor:
    roles = frozenset(row.roles)
    return Actor(
        person_id=row.person_id,
        post_id=row.post_id,
        agency_id=row.agency_id,
        unit_id=row.unit_id,
        person_name=row.full_name,
        post_title=row.title,
        agency_name=row.agency_name,
        roles=roles,
        permissions=permissions_of(roles),
        principals=principals_of(
            row.post_id, row.agency_id, row.unit_id, row.person_id, row.roles, is_head=row.is_head
        ),
        stands_in=stand_ins(row.post_id, row.agency_id, clock.today()),
        ip=ip,
        request_id=request_id,
        posts=_post_titles(getattr(row, "posts", None) or ()),
        settings=row.settings,
    )


def _post_titles(held: Sequence[tuple[int, str, str]]) -> tuple[tuple[int, str], ...]:
    """Titles for the switcher; the agency is named only when the person works for several."""
    several = len({agency for _, _, agency in held}) > 1
    return tuple((i, f"{title}, {agency}" if several else title) for i, title, agency in held)


def _stand_ins_statement() -> SelectBase:
    post, agency = bindparam("post", type_=BigInteger), bindparam("agency", type_=BigInteger)
    day = bindparam("day", type_=Date)
    columns = (
        Post.id,
        Post.title,
        Post.unit_id,
        Post.roles,
        Post.is_head,
        Person.id.label("person_id"),
        Person.full_name,
    )
    delegated = (
        select(*columns, Delegation.scope.label("scope"))
        .join(Delegation, Delegation.from_post_id == Post.id)
        .join(Person, Person.id == Post.person_id)
        .where(
            Delegation.to_post_id == post,
            Delegation.revoked_at.is_(None),
            Delegation.starts_on <= day,
            Delegation.ends_on >= day,
            Post.agency_id == agency,
        )
    )
    absent = (
        select(*columns, literal(Scope.ALL.value).label("scope"))
        .join(Person, Person.id == Post.person_id)
        .join(Absence, Absence.person_id == Person.id)
        .where(
            Absence.deputy_post_id == post,
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= day,
            Absence.ends_on >= day,
            Post.agency_id == agency,
            Post.active,
        )
    )
    return union_all(delegated, absent)


_STAND_INS = Prepared(_stand_ins_statement)


def stand_ins(post_id: int, agency_id: int, day: date) -> tuple[StandIn, ...]:
    """Những người mà vị trí này đang thay mặt: live delegations, and absences that name it as deputy."""
    return tuple(
        StandIn(
            post_id=r.id,
            person_id=r.person_id,
            person_name=r.full_name,
            post_title=r.title,
            scope=r.scope,
            principals=principals_of(r.id, agency_id, r.unit_id, None, r.roles, is_head=r.is_head),
            permissions=_scoped(permissions_of(set(r.roles) - {Role.ADMIN}), r.scope),
        )
        for r in _STAND_INS.run(post=post_id, agency=agency_id, day=day)
    )


def _scoped(permissions: frozenset[str], scope: str) -> frozenset[str]:
    return (
        permissions if scope == Scope.ALL else frozenset(p for p in permissions if p.startswith(f"{scope}:"))
    )


def _session_statement() -> SelectBase:
    return (
        select(
            UserSession.id.label("session_id"),
            UserSession.last_seen_at,
            Person.must_change_password,
            _POSTS,
            *_COLUMNS,
        )
        .join(Person, Person.id == UserSession.person_id)
        .join(Post, Post.id == UserSession.post_id)
        .join(Agency, Agency.id == Post.agency_id)
        .where(
            UserSession.token_hash == bindparam("token_hash"),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > bindparam("now"),
            Person.active,
            Post.active,
            Post.person_id == Person.id,
        )
    )


_SESSION = Prepared(_session_statement)


def actor_for_session(token: str, *, ip: str | None, request_id: str | None) -> LiveSession | None:
    """Người của một phiên đăng nhập, hoặc ``None`` khi phiên hết hạn, bị thu hồi hay tài khoản bị khóa."""
    row = _SESSION.run(token_hash=token_hash(token), now=clock.now()).first()
    if row is None:
        return None
    return LiveSession(
        row.session_id, row.last_seen_at, row.must_change_password, _build(row, ip, request_id)
    )


def actor_for_post(post_id: int) -> Actor:
    """Người đang giữ một vị trí, không qua phiên đăng nhập: for seeds, command line and tests."""
    row = session.execute(
        select(*_COLUMNS)
        .join(Person, Person.id == Post.person_id)
        .join(Agency, Agency.id == Post.agency_id)
        .where(Post.id == post_id)
    ).one()
    return _build(row, None, None)


def posts_of_person(person_id: int) -> Sequence[Post]:
    """Các vị trí một người đang giữ, vị trí chính trước."""
    return session.scalars(
        select(Post).where(Post.person_id == person_id, Post.active).order_by(Post.sort, Post.id)
    ).all()
