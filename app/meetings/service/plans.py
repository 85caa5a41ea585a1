"""Những gì người soạn quyết định về một cuộc họp, as plain values for the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.core.text import fold


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
class ConclusionLine:
    """Một nội dung kết luận như đã nhập; ``item_id`` where it was there before."""

    content: str
    agency_id: int | None = None
    due_on: date | None = None
    item_id: int | None = None


@dataclass(frozen=True)
class Present:
    """Một người có mặt."""

    name: str
    title: str = ""
    body: str = ""
    invitee_id: int | None = None

    @property
    def key(self) -> str:
        """Nhận ra cùng một người."""
        return f"{self.invitee_id or 0}|{fold(self.name)}"


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
    answers_close_at: datetime | None = None
    online_link: str = ""
    is_key_event: bool = False
    papers_due_at: datetime | None = None
    agenda: tuple[AgendaLine, ...] = ()


@dataclass(frozen=True)
class OutsideGuest:
    """Người của cơ quan, tổ chức ngoài hệ thống."""

    name: str
    title: str = ""
    body: str = ""
    email: str = ""
    phone: str = ""

    @property
    def key(self) -> str:
        """Nhận ra cùng một người khi sửa."""
        return fold(f"{self.name}|{self.body}")


@dataclass(frozen=True)
class Guests:
    """Thành phần mời: agencies with their seats, people by post (some as guests), and people of outside bodies."""

    agencies: tuple[tuple[int, int], ...] = ()
    post_ids: tuple[int, ...] = ()
    guest_post_ids: tuple[int, ...] = ()
    outside: tuple[OutsideGuest, ...] = ()

    @property
    def posts(self) -> tuple[int, ...]:
        """Mọi người mời đích danh, mỗi người một lần."""
        return tuple(dict.fromkeys((*self.post_ids, *self.guest_post_ids)))


@dataclass(frozen=True)
class Named:
    """Người được cử dự họp: a post of the invited agency, or name and title in words."""

    post_id: int | None = None
    name: str = ""
    title: str = ""
