"""Cơ cấu tổ chức: the tree of agencies, their units, posts and people."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind


class AgencyKind(StrEnum):
    """Loại cơ quan; the tree may have any depth."""

    CITY = "city"
    OFFICE = "office"
    DEPARTMENT = "department"
    DISTRICT = "district"
    WARD = "ward"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special_zone"
    SUBORDINATE = "subordinate"


class IdentifierScheme(StrEnum):
    """Bộ mã định danh cơ quan: QĐ 20/2020 (new) and the 13-character code of QCVN 102:2016 (old)."""

    QD20 = "qd20"
    QCVN102 = "qcvn102"


class Agency(IdMixin, VersionMixin, Base):
    """Cơ quan: one node of the tree, with dates of validity; its name is frozen in old documents."""

    __tablename__ = "agency"
    record_kind = RecordKind.AGENCY
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    abbreviation: Mapped[str]
    kind: Mapped[str]
    place: Mapped[str] = mapped_column(default="Thành phố Hồ Chí Minh", server_default="")
    address: Mapped[str] = mapped_column(default="", server_default="")
    phone: Mapped[str] = mapped_column(default="", server_default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    sort: Mapped[int] = mapped_column(default=0)
    search_key: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    parent: Mapped[Agency | None] = relationship(remote_side="Agency.id")
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),)


class AgencyIdentifier(IdMixin, Base):
    """Mã định danh cơ quan: an agency keeps several over time, live traffic carries old and new."""

    __tablename__ = "agency_identifier"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    scheme: Mapped[str]
    code: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    __table_args__ = (
        Index(
            "uq_agency_identifier_scheme_code",
            "scheme",
            "code",
            unique=True,
            postgresql_where=text("valid_to IS NULL"),
        ),
    )


class AgencySuccessor(Base):
    """Cơ quan kế thừa: who took over from a closed agency."""

    __tablename__ = "agency_successor"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True, index=True)
    since: Mapped[date]


class Unit(IdMixin, VersionMixin, Base):
    """Đơn vị thuộc cơ quan: phòng, ban, văn phòng."""

    __tablename__ = "unit"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    abbreviation: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    agency: Mapped[Agency] = relationship()


class Person(IdMixin, VersionMixin, Base):
    """Cán bộ, công chức: a person with an account; works through the posts held."""

    __tablename__ = "person"
    record_kind = RecordKind.PERSON
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    full_name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(Text(collation="C"))
    search_key: Mapped[str]
    username: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(default="", server_default="")
    phone: Mapped[str] = mapped_column(default="", server_default="")
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    agency: Mapped[Agency] = relationship()
    __table_args__ = (Index("ix_person_list", "agency_id", "sort_key", "id"),)


class Post(IdMixin, VersionMixin, Base):
    """Vị trí việc làm: rights, work and records belong to the post; people come and go."""

    __tablename__ = "post"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    is_head: Mapped[bool] = mapped_column(default=False)
    sort: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    person: Mapped[Person | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    agency: Mapped[Agency] = relationship()


class PostHolding(IdMixin, Base):
    """Quá trình giữ vị trí: who held a post from when to when."""

    __tablename__ = "post_holding"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
