"""Những gì người soạn quyết định về một cuộc họp, as plain values for the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Schedule:
    """Thời gian, địa điểm: a room of the agency, or a place in words."""

    starts_at: datetime
    ends_at: datetime
    room_id: int | None = None
    place: str = ""


@dataclass(frozen=True)
class AgendaLine:
    """Một nội dung chương trình."""

    title: str
    minutes: int
    presenter: str = ""


@dataclass(frozen=True)
class Details:
    """Nội dung cuộc họp. Without a contact the secretary is the contact."""

    title: str
    kind: str
    chair_post_id: int
    secretary_post_id: int
    contact_post_id: int | None = None
    contact_phone: str = ""
    requirements: str = ""
    answer_by: datetime | None = None
    papers_due_at: datetime | None = None
    agenda: tuple[AgendaLine, ...] = ()


@dataclass(frozen=True)
class Guests:
    """Thành phần mời: agencies with their seats, and people by post."""

    agencies: tuple[tuple[int, int], ...] = ()
    post_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Named:
    """Người được cử dự họp: a post of the invited agency, or name and title in words."""

    post_id: int | None = None
    name: str = ""
    title: str = ""
