"""Đơn vị, vị trí và người của các cơ quan có người dùng trong thành phố mẫu. Everybody is invented.

Keys of posts are stable names for the seed and the stories: "city_chairman", "SXD.director", "an-khanh.clerk".
A person's key is the key of his or her first post.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from app.demo.data.agencies import AgencySpec, agency, staffed_agencies
from app.demo.data.person_names import FEMALE, MALE, NameMaker
from app.demo.data.post_plans import (
    CITY_POSTS,
    CITY_UNITS,
    SECONDMENTS,
    PostPlan,
    UnitPlan,
    commune_plan,
    department_plan,
)
from app.language.names import sign_in_name

SEED: Final = 2026


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """Đơn vị trong cơ quan: phòng, văn phòng, ban lãnh đạo."""

    key: str
    agency_code: str
    name: str
    abbreviation: str
    kind: str
    """leadership, office or division."""
    parent_key: str | None = None


@dataclass(frozen=True, slots=True)
class PostSpec:
    """Vị trí: one chair in one unit; ``person_key`` is None while it is vacant."""

    key: str
    agency_code: str
    unit_key: str
    title: str
    signing_title: str
    """Chức vụ ghi khi ký: "Phó Giám đốc"."""
    roles: frozenset[str]
    person_key: str | None
    is_head: bool
    rank: int
    """Order within the agency, the head first."""
    deputy_key: str | None = None
    """Post that takes new work while the holder is away."""
    portfolio: str = ""
    """Lĩnh vực phụ trách of a leader."""


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """Người dùng."""

    key: str
    full_name: str
    username: str
    email: str
    phone: str
    gender: str


@dataclass(frozen=True, slots=True)
class Staff:
    """Toàn bộ tổ chức của thành phố mẫu."""

    units: tuple[UnitSpec, ...]
    posts: tuple[PostSpec, ...]
    people: tuple[PersonSpec, ...]

    def post(self, key: str) -> PostSpec:
        """Tìm vị trí theo khóa."""
        return next(post for post in self.posts if post.key == key)

    def person(self, key: str) -> PersonSpec:
        """Tìm người theo khóa."""
        return next(person for person in self.people if person.key == key)


@dataclass(slots=True)
class _Builder:
    rng: random.Random
    names: NameMaker
    units: list[UnitSpec] = field(default_factory=list)
    posts: list[PostSpec] = field(default_factory=list)
    people: dict[str, PersonSpec] = field(default_factory=dict)
    usernames: set[str] = field(default_factory=set)

    def add(self, spec: AgencySpec, units: list[UnitPlan], posts: list[PostPlan]) -> None:
        prefix = "" if spec.key == "city" else f"{spec.key}."
        for unit in units:
            parent = f"{spec.key}:{unit.parent}" if unit.parent else None
            self.units.append(
                UnitSpec(f"{spec.key}:{unit.key}", spec.code, unit.name, unit.abbreviation, unit.kind, parent)
            )
        for rank, plan in enumerate(posts, start=1):
            self.posts.append(self._post(spec, plan, prefix, rank))

    def _post(self, spec: AgencySpec, plan: PostPlan, prefix: str, rank: int) -> PostSpec:
        key = prefix + plan.key
        person_key = prefix + plan.held_with if plan.held_with else key
        if not plan.vacant and person_key not in self.people:
            self.people[person_key] = self._person(person_key, plan)
        return PostSpec(
            key=key,
            agency_code=spec.code,
            unit_key=f"{spec.key}:{plan.unit}",
            title=plan.title,
            signing_title=plan.signing_title,
            roles=plan.roles,
            person_key=None if plan.vacant else person_key,
            is_head=plan.is_head,
            rank=rank,
            deputy_key=prefix + plan.deputy if plan.deputy else None,
            portfolio=plan.portfolio,
        )

    def _person(self, key: str, plan: PostPlan) -> PersonSpec:
        full_name, gender = (plan.person, plan.gender) if plan.person else self.names.make()
        username = sign_in_name(full_name, self.usernames)
        self.usernames.add(username)
        # 095 was withdrawn with its network: no telephone answers there.
        phone = f"095{self.rng.randrange(10)} {self.rng.randrange(1000):03d} {self.rng.randrange(1000):03d}"
        return PersonSpec(key, full_name, username, f"{username}@tphcm.example", phone, gender)


@cache
def staff(seed: int = SEED) -> Staff:
    """Sinh tổ chức và con người: the same seed gives the same city."""
    rng = random.Random(seed)
    builder = _Builder(rng, NameMaker(rng))
    for spec in staffed_agencies():
        builder.add(spec, *_plan(spec))
    posts = [*builder.posts, *_secondments(builder.posts)]
    return Staff(tuple(builder.units), tuple(posts), tuple(builder.people.values()))


def holders(staff_: Staff, agency_code: str) -> Iterator[tuple[PostSpec, PersonSpec]]:
    """Các vị trí có người của một cơ quan, theo thứ bậc."""
    people = {person.key: person for person in staff_.people}
    for post in sorted(staff_.posts, key=lambda post: post.rank):
        if post.agency_code == agency_code and post.person_key:
            yield post, people[post.person_key]


def gender_balance(staff_: Staff) -> tuple[int, int]:
    """Số nữ, số nam."""
    women = sum(person.gender == FEMALE for person in staff_.people)
    return women, sum(person.gender == MALE for person in staff_.people)


def _plan(spec: AgencySpec) -> tuple[list[UnitPlan], list[PostPlan]]:
    if spec.kind == "city":
        return CITY_UNITS, CITY_POSTS
    if spec.kind == "department":
        return department_plan(spec.key, spec.name)
    return commune_plan(spec.key, spec.kind, spec.short_name)


def _secondments(posts: list[PostSpec]) -> list[PostSpec]:
    """Biệt phái: a second post in another agency for somebody who already has one."""
    return [
        PostSpec(
            key=secondment.key,
            agency_code=agency(secondment.agency_key).code,
            unit_key=f"{secondment.agency_key}:{secondment.unit}",
            title=secondment.title,
            signing_title="Chuyên viên",
            roles=secondment.roles,
            person_key=secondment.person_key,
            is_head=False,
            rank=sum(post.agency_code == agency(secondment.agency_key).code for post in posts) + ordinal,
        )
        for ordinal, secondment in enumerate(SECONDMENTS, start=1)
    ]
