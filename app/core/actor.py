"""Người thực hiện: who acts, from which post, for which agency, standing in for whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class StandIn:
    """Thay mặt: a post whose holder let the actor act for him, by delegation or absence."""

    post_id: int
    person_id: int
    person_name: str
    post_title: str
    scope: str  # "all", "documents", "directives" or "meetings"
    principals: tuple[int, ...] = ()
    permissions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Người thực hiện một thao tác. ``principals`` are all whose records the actor may see (see ``core.records``)."""

    person_id: int | None
    post_id: int | None
    agency_id: int | None
    unit_id: int | None
    person_name: str
    post_title: str
    agency_name: str
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    principals: tuple[int, ...] = ()
    stands_in: tuple[StandIn, ...] = ()
    acting_for: StandIn | None = None
    ip: str | None = None
    request_id: str | None = None
    posts: tuple[tuple[int, str], ...] = ()  # all posts the person holds: (id, title)
    settings: dict[str, object] = field(default_factory=dict, hash=False, compare=False)

    @property
    def is_system(self) -> bool:
        """Hệ thống: a job or the dispatcher, not a person."""
        return self.person_id is None

    def can(self, permission: str) -> bool:
        """Có quyền này, của mình hoặc của người mình thay mặt."""
        return permission in self.permissions or any(permission in s.permissions for s in self.stands_in)

    def holds(self, post_id: int | None) -> bool:
        """Giữ vị trí này, hoặc đang thay mặt người giữ."""
        return post_id is not None and (
            post_id == self.post_id or any(s.post_id == post_id for s in self.stands_in)
        )

    def acting_as(self, post_id: int | None) -> Actor:
        """Cùng người này, ghi rõ đang thay mặt ai: names the stand-in whose post the act belongs to."""
        if post_id is None or post_id == self.post_id:
            return self
        stand_in = next((s for s in self.stands_in if s.post_id == post_id), None)
        return replace(self, acting_for=stand_in) if stand_in else self

    def all_principals(self, scope: str) -> tuple[int, ...]:
        """Mọi danh nghĩa được xem trong một lĩnh vực: own principals and those of delegations covering ``scope``."""
        extra = [p for s in self.stands_in if s.scope in ("all", scope) for p in s.principals]
        return (*self.principals, *(p for p in dict.fromkeys(extra) if p not in self.principals))


SYSTEM = Actor(None, None, None, None, "Hệ thống", "", "")
