"""Quyền hạn ký văn bản (NĐ 30/2020 Đ13): by what authority a post signs, and the lines that stand above the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Text, cast, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload

from app.core.db import session
from app.core.permissions import Role
from app.org import queries as org
from app.org.models import Agency, Delegation, Post
from app.org.models.access import Scope
from app.org.models.structure import AgencyKind

COMMITTEES = frozenset(
    {AgencyKind.CITY, AgencyKind.DISTRICT, AgencyKind.WARD, AgencyKind.COMMUNE, AgencyKind.SPECIAL_ZONE}
)
_OFFICE = re.compile(
    r"^(?:Quyền |Q\. ?)?(?:Phó )?(?:Chủ tịch|Tổng Giám đốc|Giám đốc|(?:Tổng |Chi )?[Cc]ục trưởng|Chánh Văn phòng|Chánh Thanh tra|Bộ trưởng|Thứ trưởng"
    r"|Hiệu trưởng|Viện trưởng|Trưởng ban|Trưởng phòng)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Capacity:
    """Tư cách ký của một vị trí."""

    kind: str
    """TM, KT, TL, TUQ, Q, or nothing where the head signs in his own right."""
    lines: tuple[str, ...]
    """What stands above the name, in capitals: authority, then office."""

    @property
    def words(self) -> str:
        """Tư cách ký viết gọn, cho danh sách chọn."""
        return ", ".join(self.lines)


@dataclass(frozen=True)
class _House:
    """Lãnh đạo và ủy quyền của cơ quan vào một ngày, read once for all who may sign."""

    posts: Sequence[Post]
    delegations: Sequence[Delegation]

    @classmethod
    def of(cls, agency: Agency, day: date) -> _House:
        roles = [str(role) for role in (Role.LEADER, Role.OFFICE_CHIEF, Role.UNIT_HEAD)]
        posts = session.scalars(
            select(Post)
            .options(joinedload(Post.person))
            .where(
                Post.agency_id == agency.id,
                Post.active,
                Post.person_id.is_not(None),
                Post.roles.op("&&")(cast(roles, ARRAY(Text))),
            )
            .order_by(Post.sort, Post.id)
        ).all()
        return cls(posts, org.delegations_of_agency(agency.id, day))

    @property
    def leaders(self) -> list[Post]:
        """Lãnh đạo cơ quan, người đứng đầu trước."""
        return [p for p in self.posts if Role.LEADER in p.roles]


def capacity_of(post: Post, agency: Agency, day: date) -> Capacity | None:
    """Tư cách ký của một vị trí vào một ngày; ``None``: this post may not sign.

    The head signs all; a deputy in his stead (KT.); a head of unit by order (TL.) within the working regulation; anybody
    else only with a written delegation that is in force (TUQ.), which is never passed on.
    """
    return _capacity(post, agency, day, _House.of(agency, day))


def _capacity(post: Post, agency: Agency, day: date, house: _House) -> Capacity | None:
    collective = ("TM. ỦY BAN NHÂN DÂN",) if agency.kind in COMMITTEES else ()
    head, own = _head_words(agency, house), _office_words(post.title)
    if Role.LEADER in post.roles:
        if own.startswith(("QUYỀN ", "Q.")):
            return Capacity("Q", (*collective, f"Q. {own.removeprefix('QUYỀN ').removeprefix('Q.').strip()}"))
        if post.is_head:
            return Capacity("TM" if collective else "", (*collective, own))
        return Capacity("KT", (*collective, f"KT. {head}", own if own.startswith("PHÓ") else f"PHÓ {head}"))
    if _is_delegated(post, day, house):
        return Capacity("TUQ", (f"TUQ. {head}", own))
    if Role.OFFICE_CHIEF in post.roles or (Role.UNIT_HEAD in post.roles and post.is_head):
        return Capacity("TL", (f"TL. {head}", own))
    return None


def _is_delegated(post: Post, day: date, house: _House) -> bool:
    """The head himself delegated to this post, and the day lies within it; what he got from others he cannot pass on."""
    heads = {p.id for p in house.leaders if p.is_head}
    return any(
        d.to_post_id == post.id
        and d.from_post_id in heads
        and d.revoked_at is None
        and d.starts_on <= day <= d.ends_on
        and d.scope in (Scope.ALL, Scope.DOCUMENTS)
        for d in house.delegations
    )


def _office_words(title: str) -> str:
    """The office alone, in capitals: "Phó Giám đốc Sở Xây dựng" signs as "PHÓ GIÁM ĐỐC"."""
    found = _OFFICE.match(title.strip())
    return (found[0] if found else title.strip()).upper()


def _head_words(agency: Agency, house: _House) -> str:
    head = next((p for p in house.leaders if p.is_head), None)
    if head is not None:
        return re.sub(r"^(?:QUYỀN |Q\. ?)", "", _office_words(head.title))
    return "CHỦ TỊCH" if agency.kind in COMMITTEES else "GIÁM ĐỐC"


@dataclass(frozen=True)
class Signer:
    """Người có thể ký văn bản của cơ quan."""

    post: Post
    capacity: Capacity


def signers_of(agency: Agency, day: date) -> list[Signer]:
    """Những người có thể ký văn bản của cơ quan, người đứng đầu trước."""
    house = _House.of(agency, day)
    posts = [*house.leaders, *house.posts]
    posts += [d.to_post for d in house.delegations if d.to_post.active and d.to_post.person_id]
    found = {p.id: (p, _capacity(p, agency, day, house)) for p in posts}
    return [Signer(post, capacity) for post, capacity in found.values() if capacity is not None]
