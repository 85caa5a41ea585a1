"""Khóa ký số của thành phố trình diễn: one for each leader of a staffed agency, one for each seal, all with the demo PIN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.core.actor import SYSTEM
from app.core.db import session
from app.core.permissions import Role
from app.demo.accounts import PIN
from app.demo.city import images
from app.demo.city.directory import City
from app.demo.data.agencies import staffed_agencies
from app.org.models import Agency, Person, Post
from app.signing import service as signing
from app.signing.models import SigningKey
from app.signing.service import keyring
from app.signing.service.keys import OpenKey

_ROUNDS: Final = 20_000
_SEAL_MM: Final = {"city": 36, "department": 35, "office": 35, "ward": 34, "commune": 34}


@dataclass(frozen=True)
class Keyring:
    """Chùm khóa đang mở, để dựng những văn bản đã ký: by person and by agency."""

    people: dict[int, SigningKey]
    seals: dict[int, SigningKey]

    def open(self, key: SigningKey) -> OpenKey:
        """Mở một khóa."""
        return keyring.open_key(key.provider, key.config, key.certificate, PIN)


def cut(city: City) -> Keyring:
    """Cấp khóa cho lãnh đạo và con dấu của các cơ quan có người."""
    people: dict[int, SigningKey] = {}
    seals: dict[int, SigningKey] = {}
    for spec in staffed_agencies():
        agency = session.get_one(Agency, city.agencies[spec.key])
        seals[agency.id] = signing.issue_software_key(
            SYSTEM, agency.id, None, PIN, image=images.ring(agency.short_name), rounds=_ROUNDS
        )
        leaders = session.execute(
            select(Person.id, Person.full_name, Post.title)
            .join(Post, Post.person_id == Person.id)
            .where(Post.agency_id == agency.id, Post.roles.contains([Role.LEADER.value]))
            .order_by(Post.sort)
        )
        for person_id, name, title in leaders.all():
            if person_id not in people:
                people[person_id] = signing.issue_software_key(
                    SYSTEM, agency.id, person_id, PIN, title=title, image=images.stroke(name), rounds=_ROUNDS
                )
    return Keyring(people, seals)


def require(city: City) -> None:
    """Từ nay văn bản của các cơ quan này phải được ký số; the seal's real size goes by the kind of agency."""
    for spec in staffed_agencies():
        agency = session.get_one(Agency, city.agencies[spec.key])
        agency.settings = {
            **agency.settings,
            "signing_required": True,
            "seal_mm": _SEAL_MM.get(agency.kind, 35),
        }
