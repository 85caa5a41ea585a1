"""Danh bạ: everybody of one's own agency; of other agencies only leaders and the clerk's contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Row, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.permissions import Role
from app.core.text import fold
from app.org.models import Absence, Agency, AgencyIdentifier, AgencySuccessor, Person, Post
from app.org.queries.administration import PersonRow, posts_by_person, posts_titled
from app.org.queries.paging import NameKey, NamePage, like, name_page

# Whom one may know of in another agency: no cross-agency dump of its people.
_OUTWARD = (Role.LEADER.value, Role.CLERK.value)
_MOST_FOUND = 20


def colleagues(viewer: Actor, *, words: str = "", after: NameKey | None = None) -> NamePage[PersonRow]:
    """Người của cơ quan mình, xếp theo tên; words match name, title or unit without accents."""
    here = exists().where(Post.person_id == Person.id, Post.active, Post.agency_id == viewer.agency_id)
    statement = select(Person).where(Person.active, here)
    if words:
        titled = [p.person_id for p in posts_titled(viewer.agency_id or 0, words)]
        statement = statement.where(or_(Person.search_key.like(like(words)), Person.id.in_(titled)))
    page = name_page(
        statement, Person.sort_key, Person.id, after, lambda r: NameKey(r.Person.sort_key, r.Person.id)
    )
    people = [r.Person for r in page.rows]
    posts = posts_by_person([p.id for p in people])
    rows = [PersonRow(p, [x for x in posts.get(p.id, ()) if x.agency_id == viewer.agency_id]) for p in people]
    return NamePage(rows, page.next_key, page.is_first)


def outward_posts(agency_id: int) -> Sequence[Post]:
    """Lãnh đạo và văn thư của một cơ quan, cho người cơ quan khác."""
    return session.scalars(
        select(Post)
        .options(joinedload(Post.person), joinedload(Post.unit))
        .join(Person, Person.id == Post.person_id)
        .where(Post.agency_id == agency_id, Post.active, Person.active, Post.roles.overlap(list(_OUTWARD)))
        .order_by(Post.sort, Post.id)
        .limit(50)
    ).all()


def leaders_elsewhere(viewer: Actor, words: str) -> Sequence[Post]:
    """Lãnh đạo và văn thư các cơ quan khác có tên hợp với chữ tìm; a few at most, and only for real words."""
    if len(fold(words)) < 2:
        return []
    return session.scalars(
        select(Post)
        .options(joinedload(Post.person), joinedload(Post.agency))
        .join(Person, Person.id == Post.person_id)
        .where(
            Post.agency_id != viewer.agency_id,
            Post.active,
            Person.active,
            Post.roles.overlap(list(_OUTWARD)),
            Person.search_key.like(like(words)),
        )
        .order_by(Person.sort_key, Post.id)
        .limit(_MOST_FOUND)
    ).all()


def agencies_named(words: str, *, ended: bool = False) -> Sequence[Agency]:
    """Cơ quan có tên hoặc mã hợp với chữ tìm; those still in being, unless ``ended``."""
    statement = select(Agency).where(
        or_(Agency.search_key.like(like(words)), func.lower(Agency.code).like(like(words)))
    )
    if not ended:
        statement = statement.where(_in_being(clock.today()))
    return session.scalars(statement.order_by(Agency.sort, Agency.id).limit(_MOST_FOUND)).all()


@dataclass(frozen=True)
class AgencyNode:
    """Một cơ quan trong cây."""

    agency: Agency
    children: list[AgencyNode] = field(default_factory=list)


def agency_tree() -> list[AgencyNode]:
    """Cây cơ quan đang hoạt động."""
    statement = select(Agency).where(_in_being(clock.today())).order_by(Agency.sort, Agency.id)
    nodes = {a.id: AgencyNode(a) for a in session.scalars(statement)}
    roots: list[AgencyNode] = []
    for node in nodes.values():
        parent = nodes.get(node.agency.parent_id or 0)
        (parent.children if parent else roots).append(node)
    return roots


def ended_agencies() -> Sequence[Agency]:
    """Cơ quan đã kết thúc hoạt động."""
    return session.scalars(
        select(Agency).where(Agency.valid_to < clock.today()).order_by(Agency.sort, Agency.id)
    ).all()


def _in_being(day: date) -> ColumnElement[bool]:
    return or_(Agency.valid_to.is_(None), Agency.valid_to >= day)


@dataclass(frozen=True)
class AgencyCard:
    """Trang của một cơ quan: names, identifiers of both schemes, validity, predecessors and successors."""

    agency: Agency
    identifiers: Sequence[AgencyIdentifier]
    successors: Sequence[Row[AgencySuccessor, Agency]]
    predecessors: Sequence[Row[AgencySuccessor, Agency]]
    children: int


def agency_card(agency_id: int) -> AgencyCard:
    """Thông tin một cơ quan; agencies are public knowledge.

    :raises NotFound: no such agency.
    """
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise NotFound
    return AgencyCard(
        agency,
        session.scalars(
            select(AgencyIdentifier)
            .where(AgencyIdentifier.agency_id == agency_id)
            .order_by(AgencyIdentifier.valid_to.is_not(None), AgencyIdentifier.scheme.desc())
        ).all(),
        _related(AgencySuccessor.agency_id, AgencySuccessor.successor_id, agency_id),
        _related(AgencySuccessor.successor_id, AgencySuccessor.agency_id, agency_id),
        session.scalar(select(func.count()).select_from(Agency).where(Agency.parent_id == agency_id)) or 0,
    )


def _related(
    of: InstrumentedAttribute[int], other: InstrumentedAttribute[int], agency_id: int
) -> Sequence[Row[AgencySuccessor, Agency]]:
    return session.execute(
        select(AgencySuccessor, Agency)
        .join(Agency, Agency.id == other)
        .where(of == agency_id)
        .order_by(Agency.sort, Agency.id)
    ).all()


@dataclass(frozen=True)
class Contact:
    """Trang danh bạ của một người: the posts the viewer may know of, and whether telephone and mail belong to them."""

    person: Person
    posts: Sequence[Post]
    reachable: bool
    absence: Absence | None


def contact(person_id: int, viewer: Actor) -> Contact:
    """Một người trong danh bạ: colleagues in full; of other agencies leaders by name, clerks with their contact.

    :raises NotFound: somebody of another agency who is neither.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    posts = posts_by_person([person_id]).get(person_id, [])
    if person.agency_id == viewer.agency_id or any(p.agency_id == viewer.agency_id for p in posts):
        own = [p for p in posts if p.agency_id == viewer.agency_id or set(p.roles) & set(_OUTWARD)]
        return Contact(person, own, True, _absence(person_id))
    outward = [p for p in posts if set(p.roles) & set(_OUTWARD)]
    if not outward or not person.active:
        raise NotFound
    return Contact(person, outward, any(Role.CLERK in p.roles for p in outward), None)


def _absence(person_id: int) -> Absence | None:
    today = clock.today()
    return session.scalar(
        select(Absence)
        .options(joinedload(Absence.deputy).joinedload(Post.person))
        .where(
            Absence.person_id == person_id,
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= today,
            Absence.ends_on >= today,
        )
        .limit(1)
    )
