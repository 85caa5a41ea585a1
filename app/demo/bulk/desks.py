"""Bàn làm việc dạng số: what the rows of one agency need to know of it, read once."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.records import (
    leadership_principal,
    office_principal,
    post_principal,
    registry_principal,
    unit_principal,
)
from app.demo.city.directory import City, holder
from app.demo.play.crews import Crew, crews


@dataclass(frozen=True)
class Seat:
    """Một người ở một vị trí."""

    post: int
    person: int
    name: str
    title: str

    @property
    def principal(self) -> int:
        """Danh nghĩa của vị trí."""
        return post_principal(self.post)


@dataclass(frozen=True)
class Room:
    """Một phòng có trưởng phòng."""

    unit: int
    name: str
    abbreviation: str
    head: Seat
    doer: Seat

    @property
    def principal(self) -> int:
        """Danh nghĩa của đơn vị."""
        return unit_principal(self.unit)


@dataclass(frozen=True)
class Desk:
    """Một cơ quan."""

    key: str
    agency: int
    name: str
    short_name: str
    abbreviation: str
    kind: str
    field: str
    place: str
    clerk: Seat
    chief: Seat | None
    leaders: tuple[Seat, ...]
    rooms: tuple[Room, ...]

    @property
    def registry(self) -> int:
        """Danh nghĩa văn thư."""
        return registry_principal(self.agency)

    @property
    def office(self) -> int:
        """Danh nghĩa Văn phòng."""
        return office_principal(self.agency)

    @property
    def leadership(self) -> int:
        """Danh nghĩa lãnh đạo."""
        return leadership_principal(self.agency)


def desks(city: City) -> list[Desk]:
    """Mọi cơ quan có người."""
    return [_desk(city, staffed) for staffed in crews()]


def _desk(city: City, staffed: Crew) -> Desk:
    def seat(post_key: str) -> Seat:
        post, person = holder(post_key)
        return Seat(city.posts[post_key], city.persons[post_key], person.full_name, post.title)

    spec = staffed.spec
    return Desk(
        key=spec.key,
        agency=city.agencies[spec.key],
        name=spec.name,
        short_name=spec.short_name,
        abbreviation=spec.abbreviation,
        kind=spec.kind,
        field=spec.field,
        place=spec.name.removeprefix("Ủy ban nhân dân ") if spec.field == "commune" else "",
        clerk=seat(staffed.clerk),
        chief=seat(staffed.chiefs[0]) if staffed.chiefs else None,
        leaders=tuple(map(seat, staffed.leaders)),
        rooms=tuple(
            Room(city.units[d.unit_key], d.name, d.abbreviation, seat(d.head), seat(d.drafter))
            for d in staffed.divisions
        ),
    )
