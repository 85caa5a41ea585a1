"""Quản trị cơ quan: people, posts and units of the administrator's own agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Row, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.permissions import Role
from app.core.text import fold
from app.language.names import split_person_name
from app.org.models import Person, Post, PostHolding, Unit
from app.org.queries.paging import NameKey, NamePage, like, name_page
from app.org.queries.people import Choice


@dataclass(frozen=True)
class PersonRow:
    """Một dòng trong danh sách người dùng."""

    person: Person
    posts: Sequence[Post] = field(default_factory=tuple)


PEOPLE_STATES = {"active": "Đang hoạt động", "no_post": "Chưa có vị trí", "locked": "Đã khóa"}


def people_page(
    viewer: Actor, *, words: str = "", state: str = "active", after: NameKey | None = None
) -> NamePage[PersonRow]:
    """Người dùng của cơ quan mình, xếp theo tên."""
    holds = exists().where(Post.person_id == Person.id, Post.active)
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "active": [Person.active.is_(True)],
        "no_post": [Person.active.is_(True), ~holds],
        "locked": [~Person.active],
    }
    statement = select(Person).where(Person.agency_id == viewer.agency_id, *conditions[state])
    if words:
        titled = [p.person_id for p in posts_titled(viewer.agency_id or 0, words)]
        statement = statement.where(or_(Person.search_key.like(like(words)), Person.id.in_(titled)))
    page = name_page(
        statement, Person.sort_key, Person.id, after, lambda r: NameKey(r.Person.sort_key, r.Person.id)
    )
    people = [r.Person for r in page.rows]
    posts = posts_by_person([p.id for p in people])
    return NamePage([PersonRow(p, posts.get(p.id, [])) for p in people], page.next_key, page.is_first)


def posts_by_person(person_ids: Sequence[int]) -> dict[int, list[Post]]:
    """Vị trí đang giữ của những người này, vị trí chính trước."""
    found: dict[int, list[Post]] = {}
    for post in session.scalars(
        select(Post)
        .options(joinedload(Post.unit), joinedload(Post.agency))
        .where(Post.person_id.in_(person_ids), Post.active)
        .order_by(Post.sort, Post.id)
    ):
        found.setdefault(post.person_id or 0, []).append(post)
    return found


def person(person_id: int, viewer: Actor) -> Person:
    """Người dùng của cơ quan mình.

    :raises NotFound: none such in the viewer's agency.
    """
    found = session.get(Person, person_id)
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return found


def myself(viewer: Actor) -> Person:
    """Người đang đăng nhập."""
    found = session.get(Person, viewer.person_id)
    if found is None:
        raise NotFound
    return found


def people_choices(agency_id: int, *, but: int | None = None) -> list[Choice]:
    """Người đang hoạt động của cơ quan, để giao vị trí; what they hold already is the second line."""
    rows = session.execute(
        select(
            Person.id,
            Person.full_name,
            Person.username,
            func.string_agg(Post.title, ", ").label("titles"),
        )
        .outerjoin(Post, (Post.person_id == Person.id) & Post.active)
        .where(Person.agency_id == agency_id, Person.active)
        .group_by(Person.id)
        .order_by(Person.sort_key, Person.id)
    )
    return [
        Choice(str(r.id), r.full_name, r.titles or f"{r.username}, chưa có vị trí")
        for r in rows
        if r.id != but
    ]


def holdings_of_person(person_id: int) -> Sequence[Row[PostHolding, Post]]:
    """Quá trình giữ vị trí của một người, mới trước."""
    return session.execute(
        select(PostHolding, Post)
        .join(Post, Post.id == PostHolding.post_id)
        .options(joinedload(Post.unit))
        .where(PostHolding.person_id == person_id)
        .order_by(PostHolding.id.desc())
        .limit(50)
    ).all()


def holdings_of_post(post_id: int) -> Sequence[Row[PostHolding, Person]]:
    """Những người đã giữ một vị trí, mới trước."""
    return session.execute(
        select(PostHolding, Person)
        .join(Person, Person.id == PostHolding.person_id)
        .where(PostHolding.post_id == post_id)
        .order_by(PostHolding.id.desc())
        .limit(50)
    ).all()


def usernames_like(full_name: str) -> frozenset[str]:
    """Các tên đăng nhập đã dùng có thể trùng với người này."""
    given = fold(split_person_name(full_name).given)
    return frozenset(session.scalars(select(Person.username).where(Person.username.like(f"{given}%"))))


def other_admins(agency_id: int, *, but_person: int | None = None, but_post: int | None = None) -> bool:
    """Cơ quan còn quản trị nào khác đăng nhập được không."""
    statement = (
        select(Post.id)
        .join(Person, Person.id == Post.person_id)
        .where(
            Post.agency_id == agency_id, Post.active, Person.active, Post.roles.contains([Role.ADMIN.value])
        )
    )
    if but_person is not None:
        statement = statement.where(Post.person_id != but_person)
    if but_post is not None:
        statement = statement.where(Post.id != but_post)
    return session.scalar(statement.limit(1)) is not None


# ── vị trí ───────────────────────────────────────────────────────────────────

POST_STATES = {"open": "Đang mở", "vacant": "Đang trống", "closed": "Đã đóng"}


def posts_page(
    viewer: Actor,
    *,
    words: str = "",
    unit_id: int | None = None,
    state: str = "open",
    after: NameKey | None = None,
) -> NamePage[Post]:
    """Vị trí việc làm của cơ quan mình, lãnh đạo trước."""
    # Ten digits make the number of order a text that sorts like it.
    order = func.lpad(Post.sort.cast(Post.title.type), 10, "0").collate("C")
    statement = (
        select(Post)
        .options(joinedload(Post.unit), joinedload(Post.person))
        .outerjoin(Person, Person.id == Post.person_id)
        .where(Post.agency_id == viewer.agency_id)
    )
    statement = statement.where(~Post.active if state == "closed" else Post.active)
    if state == "vacant":
        statement = statement.where(Post.person_id.is_(None))
    if unit_id is not None:
        statement = statement.where(Post.unit_id == unit_id)
    if words:
        titled = [p.id for p in posts_titled(viewer.agency_id or 0, words, active=state != "closed")]
        statement = statement.where(or_(Person.search_key.like(like(words)), Post.id.in_(titled)))
    page = name_page(statement, order, Post.id, after, lambda r: NameKey(f"{r.Post.sort:010d}", r.Post.id))
    return NamePage([r.Post for r in page.rows], page.next_key, page.is_first)


def posts_titled(agency_id: int, words: str, *, active: bool = True) -> list[Post]:
    """Vị trí có chức danh hoặc đơn vị chứa chữ tìm, không kể dấu; an agency has a few hundred, folded here."""
    wanted = fold(words)
    rows = session.scalars(
        select(Post)
        .options(joinedload(Post.unit))
        .where(Post.agency_id == agency_id, Post.active if active else ~Post.active)
    )
    return [p for p in rows if wanted in fold(f"{p.title} {p.unit.name if p.unit else ''}")]


def any_post(post_id: int, viewer: Actor) -> Post:
    """Vị trí của cơ quan mình, kể cả đã đóng.

    :raises NotFound: none such in the viewer's agency.
    """
    found = session.get(Post, post_id)
    if found is None or found.agency_id != viewer.agency_id:
        raise NotFound
    return found


def vacant_post_choices(agency_id: int) -> list[Choice]:
    """Các vị trí đang trống."""
    return _post_choices(agency_id, vacant_only=True)


def all_post_choices(agency_id: int) -> list[Choice]:
    """Mọi vị trí đang mở, kể cả đang trống: for handing over."""
    return _post_choices(agency_id, vacant_only=False)


def _post_choices(agency_id: int, *, vacant_only: bool) -> list[Choice]:
    statement = (
        select(Post.id, Post.title, Person.full_name, Unit.name.label("unit_name"))
        .outerjoin(Person, Person.id == Post.person_id)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .where(Post.agency_id == agency_id, Post.active)
        .order_by(case((Post.person_id.is_(None), 1), else_=0), Post.sort, Post.id)
    )
    if vacant_only:
        statement = statement.where(Post.person_id.is_(None))
    found = []
    for r in session.execute(statement):
        title = r.title if not r.unit_name or r.unit_name in r.title else f"{r.title}, {r.unit_name}"
        warning = "" if r.full_name or vacant_only else "Đang trống"
        detail = title if r.full_name else r.unit_name or ""
        found.append(Choice(str(r.id), r.full_name or r.title, detail, warning))
    return found


def head_post(agency_id: int, unit_id: int | None) -> Post | None:
    """Vị trí đứng đầu đơn vị, hay đứng đầu cơ quan khi không có đơn vị."""
    return session.scalar(
        select(Post)
        .where(
            Post.agency_id == agency_id,
            Post.unit_id.is_(None) if unit_id is None else Post.unit_id == unit_id,
            Post.is_head,
            Post.active,
        )
        .order_by(Post.sort)
        .limit(1)
    )


# ── đơn vị ───────────────────────────────────────────────────────────────────


def units_of(agency_id: int) -> Sequence[Unit]:
    """Mọi đơn vị của cơ quan, kể cả đã ngừng."""
    return session.scalars(select(Unit).where(Unit.agency_id == agency_id).order_by(Unit.sort, Unit.id)).all()


def units_in_order(agency_id: int) -> list[tuple[Unit, int]]:
    """Đơn vị của cơ quan theo cây, mỗi đơn vị kèm độ sâu; closed ones last."""
    units = units_of(agency_id)
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        if unit.active:
            children.setdefault(unit.parent_id, []).append(unit)
    known = {u.id for u in units if u.active}
    ordered: list[tuple[Unit, int]] = []
    # A unit under a closed one stands on the first level: nothing is hidden.
    roots = [u for u in units if u.active and u.parent_id not in known]
    pending = [(u, 0) for u in reversed(roots)]
    while pending:
        unit, depth = pending.pop()
        ordered.append((unit, depth))
        pending.extend((u, depth + 1) for u in reversed(children.get(unit.id, [])))
    return ordered + [(u, 0) for u in units if not u.active]


def posts_per_unit(agency_id: int) -> dict[int | None, tuple[int, int]]:
    """Số vị trí và số vị trí có người của từng đơn vị."""
    rows = session.execute(
        select(Post.unit_id, func.count(), func.count(Post.person_id))
        .where(Post.agency_id == agency_id, Post.active)
        .group_by(Post.unit_id)
    )
    return {unit_id: (total, held) for unit_id, total, held in rows}


def open_parts_of_unit(unit_id: int) -> tuple[int, int]:
    """Số vị trí đang mở và số đơn vị trực thuộc còn hoạt động."""
    posts = session.scalar(select(func.count()).select_from(Post).where(Post.unit_id == unit_id, Post.active))
    units = session.scalar(
        select(func.count()).select_from(Unit).where(Unit.parent_id == unit_id, Unit.active)
    )
    return posts or 0, units or 0
