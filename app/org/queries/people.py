"""Danh bạ: agencies, units, posts and people, as pickers and rules need them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.core.permissions import Role
from app.org.models import Absence, Agency, AgencyIdentifier, Person, Post, Unit


@dataclass(frozen=True)
class Choice:
    """Một mục trong ô chọn: value posted, words shown, a second line, a warning (vắng mặt …)."""

    value: str
    label: str
    detail: str = ""
    warning: str = ""


def agency(agency_id: int) -> Agency:
    """Cơ quan theo khóa.

    :raises NotFound: no such agency.
    """
    found = session.get(Agency, agency_id)
    if found is None:
        raise NotFound
    return found


def agency_by_code(code: str) -> Agency | None:
    """Cơ quan theo mã định danh mới hoặc cũ còn hiệu lực."""
    return session.scalar(select(Agency).where(Agency.code == code)) or session.scalar(
        select(Agency)
        .join(AgencyIdentifier)
        .where(AgencyIdentifier.code == code, AgencyIdentifier.valid_to.is_(None))
        .limit(1)
    )


def agency_choices(*, exclude: int | None = None) -> list[Choice]:
    """Các cơ quan đang hoạt động, theo thứ tự của cây tổ chức."""
    today = clock.today()
    rows = session.execute(
        select(Agency.id, Agency.name, Agency.code)
        .where(or_(Agency.valid_to.is_(None), Agency.valid_to >= today), Agency.valid_from <= today)
        .order_by(Agency.sort, Agency.id)
    )
    return [Choice(str(r.id), r.name, r.code) for r in rows if r.id != exclude]


def unit(unit_id: int, agency_id: int) -> Unit:
    """Đơn vị của cơ quan mình.

    :raises NotFound: none such in the agency.
    """
    found = session.get(Unit, unit_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound
    return found


def post(post_id: int, agency_id: int) -> Post:
    """Vị trí của cơ quan mình.

    :raises NotFound: none such in the agency.
    """
    found = session.get(Post, post_id)
    if found is None or found.agency_id != agency_id or not found.active:
        raise NotFound
    return found


def unit_choices(agency_id: int) -> list[Choice]:
    """Các đơn vị đang hoạt động của một cơ quan."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.abbreviation)
        .where(Unit.agency_id == agency_id, Unit.active)
        .order_by(Unit.sort, Unit.id)
    )
    return [Choice(str(r.id), r.name, r.abbreviation) for r in rows]


def post_choices(
    agency_id: int,
    *,
    roles: Iterable[Role] | None = None,
    unit_id: int | None = None,
    heads_only: bool = False,
    exclude: int | None = None,
) -> list[Choice]:
    """Người giữ vị trí trong cơ quan, lãnh đạo trước; absent people carry their absence as a warning."""
    today = clock.today()
    statement = (
        select(Post.id, Post.title, Person.full_name, Unit.name.label("unit_name"), Absence.ends_on)
        .join(Person, Person.id == Post.person_id)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .outerjoin(
            Absence,
            (Absence.person_id == Person.id)
            & Absence.cancelled_at.is_(None)
            & (Absence.starts_on <= today)
            & (Absence.ends_on >= today),
        )
        .where(Post.agency_id == agency_id, Post.active, Person.active)
        .order_by(Post.sort, Person.sort_key, Post.id)
    )
    if roles is not None:
        statement = statement.where(Post.roles.overlap([str(r) for r in roles]))
    if unit_id is not None:
        statement = statement.where(Post.unit_id == unit_id)
    if heads_only:
        statement = statement.where(Post.is_head)
    found: dict[int, Choice] = {}
    for r in session.execute(statement):
        if r.id == exclude or r.id in found:
            continue
        warning = f"Vắng mặt đến hết {r.ends_on:%d/%m/%Y}" if r.ends_on else ""
        detail = r.title if not r.unit_name or r.unit_name in r.title else f"{r.title}, {r.unit_name}"
        found[r.id] = Choice(str(r.id), r.full_name, detail, warning)
    return list(found.values())


def posts_with_role(agency_id: int, role: Role) -> Sequence[Post]:
    """Các vị trí có người giữ mang một vai trò trong cơ quan."""
    return session.scalars(
        select(Post)
        .where(
            Post.agency_id == agency_id,
            Post.active,
            Post.person_id.is_not(None),
            Post.roles.contains([str(role)]),
        )
        .order_by(Post.sort, Post.id)
    ).all()


def leaders_of(agency_id: int) -> Sequence[Post]:
    """Lãnh đạo cơ quan, người đứng đầu trước."""
    return posts_with_role(agency_id, Role.LEADER)


def heads_of_unit(unit_id: int) -> Sequence[Post]:
    """Trưởng đơn vị."""
    return session.scalars(
        select(Post)
        .where(Post.unit_id == unit_id, Post.is_head, Post.active, Post.person_id.is_not(None))
        .order_by(Post.sort)
    ).all()


def absence_on(person_id: int, day: date) -> Absence | None:
    """Báo vắng mặt của một người trùm lên một ngày."""
    return session.scalar(
        select(Absence)
        .where(
            Absence.person_id == person_id,
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= day,
            Absence.ends_on >= day,
        )
        .limit(1)
    )


def deputy_of(post_id: int, day: date) -> Post | None:
    """Người nhận việc mới thay khi người giữ vị trí vắng mặt trong ngày."""
    holder = session.get(Post, post_id)
    if holder is None or holder.person_id is None:
        return None
    found = absence_on(holder.person_id, day)
    return found.deputy if found and found.deputy_post_id else None


def holders_of_principals(principals: Iterable[int]) -> list[tuple[int, int]]:
    """Những người đứng sau các danh nghĩa: (person id, post id) pairs, for notices. Decodes ``core.records`` principals."""
    by_code: dict[int, list[int]] = {}
    for principal in set(principals):
        by_code.setdefault(principal % 8, []).append(principal // 8)
    conditions = [_holders(code, ids) for code, ids in by_code.items()]
    if not conditions:
        return []
    rows = session.execute(
        select(Post.person_id, Post.id)
        .where(or_(*conditions), Post.active, Post.person_id.is_not(None))
        .order_by(Post.sort, Post.id)
    )
    found: dict[int, int] = {}
    for person_id, post_id in rows:
        found.setdefault(int(person_id or 0), post_id)
    return list(found.items())


def _holders(code: int, ids: list[int]) -> ColumnElement[bool]:
    """Điều kiện chọn vị trí đứng sau một loại danh nghĩa (codes of ``core.records``)."""
    if code == 0:
        return Post.id.in_(ids)
    if code == 1:
        return Post.unit_id.in_(ids) & Post.is_head
    if code == 5:
        return Post.person_id.in_(ids)
    role = {2: Role.CLERK, 3: Role.LEADER, 4: Role.OFFICE_CHIEF}[code]
    return Post.agency_id.in_(ids) & Post.roles.contains([str(role)])
