"""Lập thành phố: agencies with identifiers and successors, units, posts, people, registers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.core.db import session
from app.core.text import fold, name_sort_key
from app.demo.accounts import PASSWORD
from app.demo.city.directory import City
from app.demo.data.agencies import AgencySpec, agencies, staffed_agencies
from app.demo.data.people import PersonSpec, PostSpec, Staff, staff
from app.documents.models import Direction, Register
from app.org.models import Agency, AgencyIdentifier, AgencySuccessor, Person, Post, PostHolding, Unit
from app.org.models.structure import IdentifierScheme
from app.org.service import hash_password

_LONG_AGO: Final = date(1997, 1, 1)
_IN_OFFICE_SINCE: Final = date(2025, 7, 1)
_REGISTERS: Final[dict[Direction, tuple[str, ...]]] = {
    Direction.INCOMING: ("Sổ văn bản đến",),
    Direction.OUTGOING: ("Sổ văn bản đi",),
}
_REGISTERS_OF_CITY: Final[dict[Direction, tuple[str, ...]]] = {
    Direction.INCOMING: ("Sổ văn bản đến", "Sổ đơn thư, kiến nghị"),
    Direction.OUTGOING: ("Sổ văn bản đi", "Sổ quyết định, chỉ thị"),
}


def settle() -> City:
    """Lập cơ quan, con người, sổ; joins the caller's transaction."""
    ids = _agencies()
    people = staff()
    unit_ids = _units(people, ids)
    person_ids = _people(people, ids)
    _posts(people, ids, unit_ids, person_ids)
    _registers(ids)
    session.flush()
    return City.read()


def _agencies() -> dict[str, int]:
    """Id of each agency by its code; parents stand before their children."""
    ids: dict[str, int] = {}
    for sort, spec in enumerate(agencies(), 1):
        row = _agency(spec, sort, ids.get(spec.parent_code or ""))
        session.add(row)
        if spec.parent_code is None:
            session.flush()
            ids[spec.code] = row.id
    session.flush()
    ids = dict(session.execute(select(Agency.code, Agency.id)).all())
    for spec in agencies():
        session.add_all(_identifiers(spec, ids[spec.code]))
        session.add_all(_successors(spec, ids))
    session.flush()
    return ids


def _agency(spec: AgencySpec, sort: int, parent_id: int | None) -> Agency:
    return Agency(
        parent_id=parent_id,
        code=spec.code,
        name=spec.name,
        short_name=spec.short_name,
        abbreviation=spec.abbreviation,
        kind=spec.kind,
        address=spec.address,
        phone=spec.phone,
        email=spec.email,
        sort=sort,
        search_key=fold(f"{spec.name} {spec.short_name}"),
        valid_from=spec.valid_from or _LONG_AGO,
        valid_to=spec.valid_to,
        settings={},
    )


def _identifiers(spec: AgencySpec, agency_id: int) -> list[AgencyIdentifier]:
    return [
        AgencyIdentifier(
            agency_id=agency_id,
            scheme=scheme.value,
            code=code,
            valid_from=spec.valid_from or _LONG_AGO,
            valid_to=spec.valid_to,
        )
        for scheme, code in (
            (IdentifierScheme.QD20, spec.code),
            (IdentifierScheme.QCVN102, spec.legacy_code),
        )
    ]


def _successors(spec: AgencySpec, ids: dict[str, int]) -> list[AgencySuccessor]:
    if spec.valid_to is None:
        return []
    since = spec.valid_to + timedelta(days=1)
    return [
        AgencySuccessor(agency_id=ids[spec.code], successor_id=ids[code], since=since)
        for code in spec.successor_codes
    ]


def _units(people: Staff, ids: dict[str, int]) -> dict[str, int]:
    made: dict[str, Unit] = {}
    for sort, spec in enumerate(people.units, 1):
        made[spec.key] = Unit(
            agency_id=ids[spec.agency_code],
            parent_id=made[spec.parent_key].id if spec.parent_key else None,
            name=spec.name,
            abbreviation=spec.abbreviation,
            sort=sort,
        )
        session.add(made[spec.key])
        if any(other.parent_key == spec.key for other in people.units):
            session.flush()
    session.flush()
    return {key: unit.id for key, unit in made.items()}


def _people(people: Staff, ids: dict[str, int]) -> dict[str, int]:
    """Everybody has the demo password; hashing is slow by design, so it is hashed once."""
    first_posts: dict[str, PostSpec] = {}
    for post in people.posts:
        if post.person_key:
            first_posts.setdefault(post.person_key, post)
    hashed = hash_password(PASSWORD)
    made = {p.key: _person(p, ids[first_posts[p.key].agency_code], hashed) for p in people.people}
    session.add_all(made.values())
    session.flush()
    return {key: person.id for key, person in made.items()}


def _person(spec: PersonSpec, agency_id: int, hashed: str) -> Person:
    return Person(
        agency_id=agency_id,
        full_name=spec.full_name,
        sort_key=name_sort_key(spec.full_name),
        search_key=f"{fold(spec.full_name)} {spec.username}",
        username=spec.username,
        email=spec.email,
        phone=spec.phone,
        password_hash=hashed,
        settings={},
    )


def _posts(people: Staff, ids: dict[str, int], units: dict[str, int], persons: dict[str, int]) -> None:
    made = [
        Post(
            agency_id=ids[spec.agency_code],
            unit_id=units[spec.unit_key],
            title=spec.title,
            roles=sorted(spec.roles),
            person_id=persons[spec.person_key] if spec.person_key else None,
            is_head=spec.is_head,
            sort=spec.rank,
        )
        for spec in people.posts
    ]
    session.add_all(made)
    session.flush()
    session.add_all(
        PostHolding(post_id=post.id, person_id=post.person_id, since=_IN_OFFICE_SINCE)
        for post in made
        if post.person_id is not None
    )


def _registers(ids: dict[str, int]) -> None:
    for spec in staffed_agencies():
        books = _REGISTERS_OF_CITY if spec.key == "city" else _REGISTERS
        session.add_all(_books(ids[spec.code], books))


def _books(agency_id: int, books: dict[Direction, tuple[str, ...]]) -> list[Register]:
    return [
        Register(agency_id=agency_id, direction=direction.value, name=name, sort=sort)
        for direction, names in books.items()
        for sort, name in enumerate(names, 1)
    ]
