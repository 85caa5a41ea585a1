"""Ai làm việc gì ở mỗi cơ quan: posts that somebody holds, by what they do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.demo.data.agencies import AgencySpec, agency, staffed_agencies
from app.demo.data.people import PostSpec, staff


@dataclass(frozen=True)
class Division:
    """Phòng chuyên môn có trưởng phòng."""

    unit_key: str
    name: str
    abbreviation: str
    head: str
    specialists: tuple[str, ...]

    @property
    def drafter(self) -> str:
        """Người soạn thảo: a specialist, or the head where there is none."""
        return self.specialists[0] if self.specialists else self.head


@dataclass(frozen=True)
class Crew:
    """Bộ máy của một cơ quan."""

    spec: AgencySpec
    leaders: tuple[str, ...]
    chiefs: tuple[str, ...]
    clerk: str
    admin: str
    secretary: str | None
    divisions: tuple[Division, ...]

    @property
    def key(self) -> str:
        """Khóa của cơ quan."""
        return self.spec.key


@cache
def crew(agency_key: str) -> Crew:
    """Bộ máy của cơ quan này."""
    spec = agency(agency_key)
    posts = sorted(
        (p for p in staff().posts if p.agency_code == spec.code and p.person_key), key=lambda p: p.rank
    )
    return Crew(
        spec=spec,
        leaders=_with(posts, "leader"),
        chiefs=_with(posts, "office_chief"),
        clerk=_with(posts, "clerk")[0],
        admin=_with(posts, "admin")[0],
        secretary=next(iter(_with(posts, "secretary")), None),
        divisions=_divisions(spec, posts),
    )


def _with(posts: list[PostSpec], role: str) -> tuple[str, ...]:
    return tuple(post.key for post in posts if role in post.roles)


def _divisions(spec: AgencySpec, posts: list[PostSpec]) -> tuple[Division, ...]:
    found = []
    for unit in staff().units:
        heads = [p.key for p in posts if p.unit_key == unit.key and "unit_head" in p.roles]
        members = tuple(p.key for p in posts if p.unit_key == unit.key and "specialist" in p.roles)
        if unit.agency_code == spec.code and heads:
            found.append(Division(unit.key, unit.name, unit.abbreviation, heads[0], members))
    # Divisions with specialists first: that is where documents go.
    return tuple(sorted(found, key=lambda d: not d.specialists))


@cache
def crews() -> tuple[Crew, ...]:
    """Mọi cơ quan có người."""
    return tuple(crew(spec.key) for spec in staffed_agencies())
