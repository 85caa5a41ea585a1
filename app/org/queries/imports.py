"""Danh sách chờ nhập, và những gì cơ quan đã có để so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.core.text import fold
from app.org.models import ImportDraft, Person, Post, Unit


@dataclass(frozen=True)
class Known:
    """Những gì đã có: units by folded name, heads by unit, people by folded name, user names in use."""

    units: dict[str, Unit]
    headed_units: frozenset[int | None]
    people: dict[str, str]  # folded full name → user name
    usernames: frozenset[str]
    emails: frozenset[str]


def known_to(agency_id: int, usernames: Iterable[str], given_names: Iterable[str]) -> Known:
    """So với cơ quan này; user names are unique in the whole installation."""
    units = session.scalars(select(Unit).where(Unit.agency_id == agency_id, Unit.active))
    heads = session.scalars(
        select(Post.unit_id).where(Post.agency_id == agency_id, Post.active, Post.is_head)
    )
    people = session.execute(
        select(Person.full_name, Person.username, Person.email).where(
            Person.agency_id == agency_id, Person.active
        )
    ).all()
    wanted = set(usernames)
    taken = set(session.scalars(select(Person.username).where(Person.username.in_(wanted))))
    first_parts = func.split_part(Person.username, ".", 1)
    taken |= set(session.scalars(select(Person.username).where(first_parts.in_(set(given_names)))))
    return Known(
        {fold(u.name): u for u in units},
        frozenset(heads),
        {fold(p.full_name): p.username for p in people},
        frozenset(taken),
        frozenset(p.email.lower() for p in people if p.email),
    )


def import_draft(draft_id: int, viewer: Actor) -> ImportDraft:
    """Danh sách chờ nhập của chính mình.

    :raises NotFound: none such, or somebody else's.
    """
    found = session.get(ImportDraft, draft_id)
    if found is None or found.created_by_id != viewer.person_id or found.agency_id != viewer.agency_id:
        raise NotFound
    return found
