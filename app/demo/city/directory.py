"""Sổ tra của người dựng: ids in the database by the stable keys of the specifications."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import session
from app.demo.data.agencies import AgencySpec, agencies, agency
from app.demo.data.people import PersonSpec, PostSpec, staff
from app.documents.models import Direction, Register
from app.org import queries as org
from app.org.models import Agency, Post, Unit

# The address the invented acts come from: a documentation range, nobody's machine.
_ADDRESS = "192.0.2.10"


@dataclass(frozen=True)
class City:
    """Thành phố đã lập: key → id."""

    agencies: dict[str, int]
    units: dict[str, int]
    posts: dict[str, int]
    persons: dict[str, int]
    """Person by the key of any post he or she holds."""
    registers: dict[tuple[str, Direction], tuple[int, ...]]

    @classmethod
    def read(cls) -> City:
        """Đọc lại từ cơ sở dữ liệu: posts by agency and rank, units by agency and name."""
        by_code = dict(session.execute(select(Agency.code, Agency.id)).all())
        ids = {spec.key: by_code[spec.code] for spec in agencies()}
        units = {(u.agency_id, u.name): u.id for u in session.scalars(select(Unit))}
        posts = {(p.agency_id, p.sort): p for p in session.scalars(select(Post))}
        people = staff()
        found = {spec.key: posts[by_code[spec.agency_code], spec.rank] for spec in people.posts}
        registers: dict[tuple[str, Direction], tuple[int, ...]] = {}
        keys = {number: key for key, number in ids.items()}
        for book in session.scalars(select(Register).order_by(Register.sort, Register.id)):
            place = (keys[book.agency_id], Direction(book.direction))
            registers[place] = (*registers.get(place, ()), book.id)
        return cls(
            agencies=ids,
            units={spec.key: units[by_code[spec.agency_code], spec.name] for spec in people.units},
            posts={key: post.id for key, post in found.items()},
            persons={key: post.person_id for key, post in found.items() if post.person_id is not None},
            registers=registers,
        )

    def actor(self, post_key: str) -> Actor:
        """Người giữ một vị trí, như lúc đang ngồi làm việc (with those he stands in for on that day)."""
        return replace(org.actor_for_post(self.posts[post_key]), ip=_ADDRESS, request_id="trinh-dien")

    def incoming(self, agency_key: str) -> int:
        """Sổ văn bản đến của cơ quan."""
        return self.registers[agency_key, Direction.INCOMING][0]

    def outgoing(self, agency_key: str, document_type: str = "") -> int:
        """Sổ văn bản đi: decisions have their own where the agency keeps one."""
        books = self.registers[agency_key, Direction.OUTGOING]
        return books[-1] if document_type in {"Quyết định", "Chỉ thị"} else books[0]


def holder(post_key: str) -> tuple[PostSpec, PersonSpec]:
    """Vị trí và người giữ, theo bản mô tả."""
    post = staff().post(post_key)
    assert post.person_key is not None
    return post, staff().person(post.person_key)


def spec_of(agency_key: str) -> AgencySpec:
    """Bản mô tả của một cơ quan."""
    return agency(agency_key)
