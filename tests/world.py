"""Thế giới kiểm thử: a small city of named posts. Tests speak of ``world.clerk``, ``world.chairman`` …"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from flask import Flask

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.permissions import Role
from app.core.text import fold, name_sort_key
from app.core.working_days import Holiday
from app.documents.models import Direction, Register
from app.org import queries
from app.org.models import Agency, Person, Post, PostHolding, Unit, UserSession
from app.org.queries.actors import token_hash
from app.org.service import hash_password
from tests.client import Client

PASSWORD = "mat khau kiem thu dai"

_AGENCIES = (
    # key, code, name, short, abbreviation, kind
    ("city", "H29", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "UBND Thành phố", "UBND", "city"),
    ("dept", "H29.15", "Sở Xây dựng", "Sở Xây dựng", "SXD", "department"),
    ("dept2", "H29.16", "Sở Tài chính", "Sở Tài chính", "STC", "department"),
    ("ward", "H29.101", "Ủy ban nhân dân phường Bến Thành", "UBND phường Bến Thành", "UBND", "ward"),
)
_UNITS = (
    ("city_office", "city", "Văn phòng", "VP"),
    ("city_urban", "city", "Phòng Đô thị", "ĐT"),
    ("dept_office", "dept", "Văn phòng Sở", "VP"),
    ("dept_infra", "dept", "Phòng Hạ tầng kỹ thuật", "HTKT"),
    ("dept_plan", "dept", "Phòng Quy hoạch", "QH"),
    ("dept2_office", "dept2", "Văn phòng Sở", "VP"),
    ("ward_office", "ward", "Văn phòng HĐND và UBND", "VP"),
)
_POSTS = (
    # key, agency, unit, title, roles, full name, head, sort
    ("chairman", "city", None, "Chủ tịch UBND Thành phố", (Role.LEADER,), "Lê Minh Quang", True, 1),
    (
        "vice_chairman",
        "city",
        None,
        "Phó Chủ tịch UBND Thành phố",
        (Role.LEADER,),
        "Trịnh Gia Khánh",
        False,
        2,
    ),
    (
        "office_chief",
        "city",
        "city_office",
        "Chánh Văn phòng",
        (Role.OFFICE_CHIEF, Role.UNIT_HEAD),
        "Tạ Đình Quân",
        True,
        3,
    ),
    ("city_head", "city", "city_urban", "Trưởng phòng Đô thị", (Role.UNIT_HEAD,), "Lâm Chí Hiếu", True, 4),
    ("city_specialist", "city", "city_urban", "Chuyên viên", (Role.SPECIALIST,), "Hồ Nhật Vy", False, 5),
    ("city_clerk", "city", "city_office", "Văn thư", (Role.CLERK,), "Đặng Thu Ngân", False, 6),
    ("secretary", "city", "city_office", "Thư ký", (Role.SECRETARY,), "Phan Thảo My", False, 7),
    ("city_admin", "city", "city_office", "Quản trị hệ thống", (Role.ADMIN,), "Vũ Trọng Hiếu", False, 9),
    ("director", "dept", None, "Giám đốc Sở", (Role.LEADER,), "Nguyễn Hữu Thắng", True, 1),
    ("deputy_director", "dept", None, "Phó Giám đốc Sở", (Role.LEADER,), "Bùi Thanh Hà", False, 2),
    (
        "head",
        "dept",
        "dept_infra",
        "Trưởng phòng Hạ tầng kỹ thuật",
        (Role.UNIT_HEAD,),
        "Đoàn Văn Bách",
        True,
        3,
    ),
    ("head2", "dept", "dept_plan", "Trưởng phòng Quy hoạch", (Role.UNIT_HEAD,), "Mai Phương Linh", True, 3),
    ("specialist", "dept", "dept_infra", "Chuyên viên", (Role.SPECIALIST,), "Trần Bảo Ngọc", False, 4),
    ("specialist2", "dept", "dept_plan", "Chuyên viên", (Role.SPECIALIST,), "Cao Tuấn Kiệt", False, 5),
    ("clerk", "dept", "dept_office", "Văn thư", (Role.CLERK, Role.SECRETARY), "Ngô Thị Hạnh", False, 6),
    ("admin", "dept", "dept_office", "Quản trị hệ thống", (Role.ADMIN,), "Đỗ Quốc Anh", False, 9),
    ("director2", "dept2", None, "Giám đốc Sở", (Role.LEADER,), "Huỳnh Tấn Phát", True, 1),
    ("clerk2", "dept2", "dept2_office", "Văn thư", (Role.CLERK,), "Lý Kim Chi", False, 6),
    ("specialist_b", "dept2", "dept2_office", "Chuyên viên", (Role.SPECIALIST,), "Tô Vĩnh An", False, 7),
    ("admin2", "dept2", "dept2_office", "Quản trị hệ thống", (Role.ADMIN,), "Kiều Anh Dũng", False, 9),
    ("ward_chairman", "ward", None, "Chủ tịch UBND phường", (Role.LEADER,), "Võ Thành Công", True, 1),
    ("ward_clerk", "ward", "ward_office", "Văn thư", (Role.CLERK, Role.SECRETARY), "Dương Mỹ Lệ", False, 6),
    ("ward_specialist", "ward", "ward_office", "Chuyên viên", (Role.SPECIALIST,), "Quách Gia Bảo", False, 7),
)
# Ngày nghỉ quanh tuần kiểm thử, đủ để hạn đi qua Tết Dương lịch và một ngày làm bù.
_HOLIDAYS = ((date(2026, 9, 2), False, "Quốc khánh"), (date(2027, 1, 1), False, "Tết Dương lịch"))


@dataclass
class Who:
    """Một người của thế giới: ids, and in a test also the actor and a signed-in client."""

    key: str
    person_id: int
    post_id: int
    agency_id: int
    unit_id: int | None
    name: str
    title: str
    username: str
    app: Flask | None = None
    _client: Client | None = None

    @property
    def actor(self) -> Actor:
        """Người thực hiện, cho các use case."""
        return replace(queries.actor_for_post(self.post_id), ip="127.0.0.1", request_id="kiem-thu")

    @property
    def client(self) -> Client:
        """Trình duyệt đã đăng nhập của người này."""
        assert self.app is not None
        if self._client is None:
            self._client = Client(self.app, open_session(self.person_id, self.post_id))
        return self._client


@dataclass
class World:
    """Thế giới: people by key (as attributes), ids of agencies and units."""

    people: dict[str, Who]
    agencies: dict[str, int]
    units: dict[str, int]
    registers: dict[str, int] = field(default_factory=dict)
    app: Flask | None = None

    def __getattr__(self, key: str) -> Who:
        people = self.__dict__.get("people", {})
        if key in people:
            found: Who = people[key]
            return found
        raise AttributeError(key)

    def live_in(self, app: Flask) -> World:
        """Thế giới này trong một ứng dụng cụ thể, với trình duyệt mới."""
        return replace(
            self, app=app, people={k: replace(w, app=app, _client=None) for k, w in self.people.items()}
        )

    @property
    def visitor(self) -> Client:
        """Người chưa đăng nhập."""
        assert self.app is not None
        return Client(self.app, None)


def open_session(person_id: int, post_id: int) -> str:
    """Mở một phiên đăng nhập thẳng trong cơ sở dữ liệu; returns its token."""
    token, now = secrets.token_urlsafe(32), clock.now()
    session.add(
        UserSession(
            token_hash=token_hash(token), person_id=person_id, post_id=post_id, created_at=now, last_seen_at=now,
            expires_at=now + timedelta(days=30), ip="127.0.0.1", user_agent="kiểm thử",
        )
    )  # fmt: skip
    session.commit()
    return token


def build_world() -> World:
    """Dựng thế giới và ghi lại."""
    since = date(2025, 7, 1)
    agencies: dict[str, Agency] = {}
    for sort, (key, code, name, short, abbreviation, kind) in enumerate(_AGENCIES):
        agencies[key] = Agency(
            code=code, name=name, short_name=short, abbreviation=abbreviation, kind=kind, sort=sort, search_key=fold(f"{name} {short}"),
            valid_from=since, parent_id=agencies["city"].id if key != "city" else None,
        )  # fmt: skip
        session.add(agencies[key])
        session.flush()
    units: dict[str, Unit] = {}
    for sort, (key, agency, name, abbreviation) in enumerate(_UNITS):
        units[key] = Unit(agency_id=agencies[agency].id, name=name, abbreviation=abbreviation, sort=sort)
    session.add_all(units.values())
    session.flush()
    hashed, people = hash_password(PASSWORD), {}
    for key, agency, unit, title, roles, full_name, head, sort in _POSTS:
        people[key] = _person(
            key,
            agencies[agency].id,
            units[unit].id if unit else None,
            title,
            roles,
            full_name,
            head,
            sort,
            hashed,
        )
    registers: dict[str, int] = {}
    for key, owner in agencies.items():
        for direction, name in (
            (Direction.INCOMING, "Sổ văn bản đến"),
            (Direction.OUTGOING, "Sổ văn bản đi"),
        ):
            register = Register(agency_id=owner.id, direction=direction.value, name=name)
            session.add(register)
            session.flush()
            registers[f"{key}_{direction.value}"] = register.id
    session.add_all(Holiday(day=d, is_working=w, name=n) for d, w, n in _HOLIDAYS)
    session.commit()
    return World(
        people, {k: a.id for k, a in agencies.items()}, {k: u.id for k, u in units.items()}, registers
    )


def _person(
    key: str,
    agency_id: int,
    unit_id: int | None,
    title: str,
    roles: tuple[Any, ...],
    full_name: str,
    head: bool,
    sort: int,
    hashed: str,
) -> Who:
    username = key.replace("_", ".")
    person = Person(
        agency_id=agency_id, full_name=full_name, sort_key=name_sort_key(full_name), search_key=fold(full_name), username=username,
        email=f"{username}@example.gov.vn", password_hash=hashed,
    )  # fmt: skip
    session.add(person)
    session.flush()
    post = Post(
        agency_id=agency_id,
        unit_id=unit_id,
        title=title,
        roles=[str(r) for r in roles],
        person_id=person.id,
        is_head=head,
        sort=sort,
    )
    session.add(post)
    session.flush()
    session.add(PostHolding(post_id=post.id, person_id=person.id, since=date(2025, 7, 1)))
    return Who(key, person.id, post.id, agency_id, unit_id, full_name, title, username)
