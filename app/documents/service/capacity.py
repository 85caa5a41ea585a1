"""Quyền hạn ký văn bản (NĐ 30/2020 Đ13): by what authority a post signs, and the lines that stand above the name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


def capacity_of(post: Post, agency: Agency, day: date) -> Capacity | None:
    """Tư cách ký của một vị trí vào một ngày; ``None``: this post may not sign.

    The head signs all; a deputy in his stead (KT.); a head of unit by order (TL.) within the working regulation; anybody
    else only with a written delegation that is in force (TUQ.), which is never passed on.
    """
    collective = ("TM. ỦY BAN NHÂN DÂN",) if agency.kind in COMMITTEES else ()
    head = _head_words(agency)
    if Role.LEADER in post.roles:
        own = _office_words(post.title)
        if own.startswith(("QUYỀN ", "Q.")):
            return Capacity("Q", (*collective, f"Q. {own.removeprefix('QUYỀN ').removeprefix('Q.').strip()}"))
        if post.is_head:
            return Capacity("TM" if collective else "", (*collective, own))
        return Capacity("KT", (*collective, f"KT. {head}", own if own.startswith("PHÓ") else f"PHÓ {head}"))
    own = _office_words(post.title)
    if _delegation(post, agency, day):
        return Capacity("TUQ", (f"TUQ. {head}", own))
    if Role.OFFICE_CHIEF in post.roles or (Role.UNIT_HEAD in post.roles and post.is_head):
        return Capacity("TL", (f"TL. {head}", own))
    return None


def _delegation(post: Post, agency: Agency, day: date) -> Delegation | None:
    leaders = {p.id for p in org.leaders_of(agency.id) if p.is_head}
    return next(
        (
            d
            for d in org.delegations_received(post.id)
            if d.from_post_id in leaders
            and d.revoked_at is None
            and d.starts_on <= day <= d.ends_on
            and d.scope in (Scope.ALL, Scope.DOCUMENTS)
        ),
        None,
    )


def _office_words(title: str) -> str:
    """The office alone, in capitals: "Phó Giám đốc Sở Xây dựng" signs as "PHÓ GIÁM ĐỐC"."""
    found = _OFFICE.match(title.strip())
    return (found[0] if found else title.strip()).upper()


def _head_words(agency: Agency) -> str:
    head = next((p for p in org.leaders_of(agency.id) if p.is_head), None)
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
    seen: dict[int, Signer] = {}
    roles = (Role.LEADER, Role.OFFICE_CHIEF, Role.UNIT_HEAD)
    for post in _unique(p for role in roles for p in org.posts_with_role(agency.id, role)):
        capacity = capacity_of(post, agency, day)
        if capacity is not None:
            seen[post.id] = Signer(post, capacity)
    for given in org.delegations_of_agency(agency.id, day):
        post = given.to_post
        if post.id not in seen and post.active and post.person is not None:
            capacity = capacity_of(post, agency, day)
            if capacity is not None:
                seen[post.id] = Signer(post, capacity)
    return list(seen.values())


def _unique(posts: Iterable[Post]) -> list[Post]:
    return list({p.id: p for p in posts}.values())
