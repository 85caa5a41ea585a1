"""Chỉ đạo: what a leader asks for, from which source, of which agencies."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.directives.models.programme import Programme
from app.documents.models import Document
from app.org.models import Agency, Person, Post


class Origin(StrEnum):
    """Nguồn giao."""

    DOCUMENT = "document"  # theo văn bản
    DIRECT = "direct"  # chỉ đạo trực tiếp
    ABOVE = "above"  # cơ quan cấp trên ngoài hệ thống giao
    COOPERATION = (
        "cooperation"  # đề nghị phối hợp: asked of an agency that ours may not assign to; counted apart
    )


class PartyRole(StrEnum):
    """Tư cách của một cơ quan trong chỉ đạo."""

    ASSIGNER = "assigner"
    LEAD = "lead"
    SUPPORT = "support"


class Directive(IdMixin, VersionMixin, Base):
    """Chỉ đạo, nhiệm vụ giao: content, source and assigner; the work itself is in its parts (đầu việc)."""

    __tablename__ = "directive"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))  # the assigning agency
    code: Mapped[str]
    origin: Mapped[str]
    content: Mapped[str]
    product: Mapped[str] = mapped_column(default="")
    urgency: Mapped[int] = mapped_column(SmallInteger, default=0)
    is_key: Mapped[bool] = mapped_column(default=False)
    # the fact of who gave it; the part carries who decides on it today (hand-over moves that, never this)
    assigner_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    assigner_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    follower_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    assigned_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    # the source as it read on the day: the lead agency cannot open the assigner's own document row
    source_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    source_reference: Mapped[str] = mapped_column(default="")
    source_issued_on: Mapped[date | None]
    source_subject: Mapped[str] = mapped_column(default="")
    source_issuer: Mapped[str] = mapped_column(default="")
    source_point: Mapped[str] = mapped_column(default="")
    # from above: a body outside the installation, its own code and deadline, which we cannot extend
    external_body: Mapped[str] = mapped_column(default="")
    external_code: Mapped[str] = mapped_column(default="")
    external_due_at: Mapped[datetime | None]
    must_report_above: Mapped[bool] = mapped_column(default=False)
    # the part this directive was given under, one level down the tree
    parent_part_id: Mapped[int | None] = mapped_column(ForeignKey("directive_part.id", use_alter=True))
    # the authorisation cited by an agency that may not assign to these leads on its own
    authority: Mapped[str] = mapped_column(default="", server_default="")
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))

    agency: Mapped[Agency] = relationship()
    assigner: Mapped[Post] = relationship(foreign_keys=[assigner_post_id])
    assigner_person: Mapped[Person] = relationship()
    follower: Mapped[Post | None] = relationship(foreign_keys=[follower_post_id])
    source_document: Mapped[Document | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    parties: Mapped[list[DirectiveParty]] = relationship(back_populates="directive")

    __table_args__ = (
        CheckConstraint("origin IN ('document', 'direct', 'above', 'cooperation')", name="origin"),
        CheckConstraint("urgency BETWEEN 0 AND 3", name="urgency"),
        CheckConstraint("origin <> 'document' OR source_document_id IS NOT NULL", name="source"),
        CheckConstraint("origin <> 'above' OR external_body <> ''", name="external_body"),
        Index("uq_directive_code", "agency_id", "code", unique=True),
        Index("ix_directive_programme_id", "programme_id", postgresql_where=text("programme_id IS NOT NULL")),
        Index(
            "ix_directive_parent_part_id",
            "parent_part_id",
            postgresql_where=text("parent_part_id IS NOT NULL"),
        ),
        Index(
            "ix_directive_source_document_id",
            "source_document_id",
            postgresql_where=text("source_document_id IS NOT NULL"),
        ),
    )


class DirectiveParty(Base):
    """Cơ quan liên quan: which agencies the directive is shared with, and as what."""

    __tablename__ = "directive_party"
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    directive: Mapped[Directive] = relationship(back_populates="parties")
    agency: Mapped[Agency] = relationship()
    __table_args__ = (Index("ix_directive_party_agency_id", "agency_id", "role", "directive_id"),)
