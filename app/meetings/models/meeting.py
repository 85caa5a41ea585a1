"""Cuộc họp: what, when, where, who leads; its agenda, its papers and the agencies that take part."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, func, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.documents.models import Document
from app.meetings.models.room import Room
from app.org.models import Agency, Person, Post
from app.storage.models import StoredFile

if TYPE_CHECKING:
    from app.meetings.models.invitee import Invitee


class MeetingKind(StrEnum):
    """Loại cuộc họp (QĐ 45/2018/QĐ-TTg), and work in the calendar that is no meeting by that rule."""

    ADVISORY = "advisory"
    WORK = "work"
    PROFESSIONAL = "professional"
    BRIEFING = "briefing"
    REVIEW = "review"
    OTHER = "other"


class MeetingState(StrEnum):
    """Trạng thái cuộc họp."""

    DRAFT = "draft"
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


class PartyRole(StrEnum):
    """Vai trò của cơ quan trong cuộc họp."""

    HOST = "host"
    INVITED = "invited"


# What no two meetings may have: one room for overlapping hours. int8range(id, id, '[]') needs no extension where the
# plain "room_id WITH =" would need btree_gist.
ROOM_CONSTRAINT = "ex_meeting_room_hours"


class Meeting(IdMixin, VersionMixin, Base):
    """Cuộc họp do một cơ quan triệu tập.

    ``sequence`` is the revision that calendars know (RFC 5545 SEQUENCE); ``agency_id`` is the convening agency.
    """

    __tablename__ = "meeting"
    record_kind = RecordKind.MEETING
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    state: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    place: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # when it is not in a room of the agency
    chair_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    secretary_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    contact_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    contact_phone: Mapped[str] = mapped_column(default="", server_default="")
    requirements: Mapped[str] = mapped_column(default="", server_default="")
    answer_by: Mapped[datetime | None]
    answers_close_at: Mapped[
        datetime | None
    ]  # until then an answer may be changed; without it until the meeting begins
    chased_for: Mapped[datetime | None]  # the deadline for which the silent were chased by the clock
    unplanned_reason: Mapped[str] = mapped_column(default="", server_default="")
    is_key_event: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    online_link: Mapped[str] = mapped_column(default="", server_default="")
    papers_due_at: Mapped[datetime | None]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    hours_sequence: Mapped[int] = mapped_column(
        Integer, default=0, server_default="0"
    )  # the revision that set these hours
    created_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="", server_default="")
    move_reason: Mapped[str] = mapped_column(default="", server_default="")
    conclusion_due_on: Mapped[date | None]
    conclusion_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    conclusion_draft_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    invitation_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    door_token: Mapped[str | None] = mapped_column(
        unique=True
    )  # the QR at the door: whoever scans it is there
    minutes_closing: Mapped[str] = mapped_column(default="", server_default="")

    agency: Mapped[Agency] = relationship()
    room: Mapped[Room | None] = relationship()
    chair: Mapped[Post] = relationship(foreign_keys=[chair_post_id])
    secretary: Mapped[Post] = relationship(foreign_keys=[secretary_post_id])
    contact: Mapped[Post] = relationship(foreign_keys=[contact_post_id])
    conclusion: Mapped[Document | None] = relationship(foreign_keys=[conclusion_document_id])
    conclusion_draft: Mapped[Document | None] = relationship(foreign_keys=[conclusion_draft_id])
    invitation: Mapped[Document | None] = relationship(foreign_keys=[invitation_document_id])
    agenda: Mapped[list[AgendaItem]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    papers: Mapped[list[Paper]] = relationship(order_by="Paper.id", cascade="all, delete-orphan")
    # those invited now; the withdrawn stay in the table, so that calendars can be told
    invitees: Mapped[list[Invitee]] = relationship(
        primaryjoin="and_(Meeting.id == Invitee.meeting_id, Invitee.withdrawn_at.is_(None))",
        order_by="Invitee.position, Invitee.id",
        viewonly=True,
    )

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="hours"),
        CheckConstraint("state IN ('draft', 'called', 'held', 'cancelled')", name="state"),
        ExcludeConstraint(
            (
                func.int8range(literal_column("room_id"), literal_column("room_id"), literal_column("'[]'")),
                "&&",
            ),
            (func.tstzrange(literal_column("starts_at"), literal_column("ends_at")), "&&"),
            where=text("room_id IS NOT NULL AND state <> 'cancelled'"),
            using="gist",
            name=ROOM_CONSTRAINT,
        ),
        Index("ix_meeting_agency_hours", "agency_id", "starts_at"),
        Index("ix_meeting_room_hours", "room_id", "starts_at", postgresql_where=text("state <> 'cancelled'")),
        Index(
            "ix_meeting_conclusion_owed",
            "agency_id",
            "conclusion_due_on",
            postgresql_where=text("conclusion_due_on IS NOT NULL AND conclusion_document_id IS NULL"),
        ),
        Index(
            "ix_meeting_conclusion_document",
            "conclusion_document_id",
            postgresql_where=text("conclusion_document_id IS NOT NULL"),
        ),
        Index(
            "uq_meeting_conclusion_draft",
            "conclusion_draft_id",
            unique=True,
            postgresql_where=text("conclusion_draft_id IS NOT NULL"),
        ),
        Index(
            "uq_meeting_invitation_document",
            "invitation_document_id",
            unique=True,
            postgresql_where=text("invitation_document_id IS NOT NULL"),
        ),
        Index(
            "ix_meeting_secretary_open",
            "secretary_post_id",
            postgresql_where=text("state IN ('draft', 'called')"),
        ),
        Index(
            "ix_meeting_contact_open",
            "contact_post_id",
            postgresql_where=text("state IN ('draft', 'called')"),
        ),
    )

    @property
    def location(self) -> str:
        """Địa điểm: the room, or the place in words."""
        if self.room is None:
            return self.place
        return ", ".join(w for w in (self.room.name, self.room.location) if w)


class MeetingParty(Base):
    """Cơ quan tham gia cuộc họp: the convening one and each invited one, once.

    ``document_id`` is the giấy mời as it arrived there: that agency's own incoming document.
    """

    __tablename__ = "meeting_party"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    role: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    __table_args__ = (
        CheckConstraint("role IN ('host', 'invited')", name="role"),
        Index("ix_meeting_party_agency", "agency_id", "meeting_id"),
        Index(
            "uq_meeting_party_document",
            "document_id",
            unique=True,
            postgresql_where=text("document_id IS NOT NULL"),
        ),
    )


class AgendaItem(IdMixin, Base):
    """Nội dung chương trình họp: title, length in minutes, presenter."""

    __tablename__ = "meeting_agenda_item"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    presenter: Mapped[str] = mapped_column(default="", server_default="")
    notes: Mapped[str] = mapped_column(default="", server_default="")  # course and opinions, for the minutes
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),)


class Paper(IdMixin, Base):
    """Tài liệu họp: the content is shared by hash, the row is this meeting's own."""

    __tablename__ = "meeting_paper"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    name: Mapped[str]
    added_at: Mapped[datetime]
    added_by_post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    agenda_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting_agenda_item.id", ondelete="SET NULL"), index=True
    )
    rights: Mapped[str] = mapped_column(default="all", server_default="all")
    number: Mapped[int] = mapped_column(SmallInteger, default=1, server_default="1")  # which version
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_paper.id"), index=True)
    stored: Mapped[StoredFile] = relationship()
    added_by: Mapped[Post] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()
    readers: Mapped[list[PaperReader]] = relationship(cascade="all, delete-orphan")
    __table_args__ = (CheckConstraint("rights IN ('all', 'some', 'chair')", name="rights"),)

    @property
    def is_current(self) -> bool:
        """Bản đang dùng, chưa có bản mới hơn."""
        return self.replaced_by_id is None


class PaperReader(Base):
    """Lời mời được đọc một tài liệu hạn chế."""

    __tablename__ = "meeting_paper_reader"
    paper_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_paper.id", ondelete="CASCADE"), primary_key=True
    )
    invitee_id: Mapped[int] = mapped_column(ForeignKey("meeting_invitee.id"), primary_key=True, index=True)


class PaperComment(IdMixin, Base):
    """Góp ý tài liệu họp trước cuộc họp."""

    __tablename__ = "meeting_paper_comment"
    paper_id: Mapped[int] = mapped_column(ForeignKey("meeting_paper.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    at: Mapped[datetime]
    post: Mapped[Post] = relationship()
    person: Mapped[Person] = relationship()
