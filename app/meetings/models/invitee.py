"""Thành phần mời và phản hồi: who is invited, what they answered, whom they send, which mails they got."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.meetings.models.meeting import Meeting
from app.org.models import Agency, Person, Post


class Answer(StrEnum):
    """Phản hồi giấy mời."""

    ATTEND = "attend"
    SUBSTITUTE = "substitute"
    ABSENT = "absent"


class InviteeRole(StrEnum):
    """Tư cách dự họp của người được mời; chair and secretary stand on the meeting itself."""

    MEMBER = "member"
    GUEST = "guest"


class Consent(StrEnum):
    """Ý kiến của người chủ trì về việc cử người dự thay."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


class Invitee(IdMixin, VersionMixin, Base):
    """Thành phần mời: an agency with a number of seats (it names its people), one person by his post, or a person of an
    outside body by name; such a one is entered under the convening agency, whose office answers for him when he calls.

    ``link_token`` is the personal address that answers without signing in; taking it away ends it.
    A moved meeting asks again: the answer becomes ``previous_answer`` and is counted no more.
    """

    __tablename__ = "meeting_invitee"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    seats: Mapped[int] = mapped_column(SmallInteger, default=1, server_default="1")
    position: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    invited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    answered_at: Mapped[datetime | None]
    answered_by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    previous_answer: Mapped[str | None]
    consent: Mapped[str | None]
    role: Mapped[str] = mapped_column(default=InviteeRole.MEMBER.value, server_default="member")
    outside_name: Mapped[str] = mapped_column(default="", server_default="")
    outside_title: Mapped[str] = mapped_column(default="", server_default="")
    outside_body: Mapped[str] = mapped_column(default="", server_default="")
    outside_email: Mapped[str] = mapped_column(default="", server_default="")
    outside_phone: Mapped[str] = mapped_column(default="", server_default="")
    link_token: Mapped[str | None] = mapped_column(unique=True)
    link_used_at: Mapped[datetime | None]
    reminded_count: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    reminded_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    agency: Mapped[Agency] = relationship()
    post: Mapped[Post | None] = relationship()
    answered_by: Mapped[Person | None] = relationship()
    attendees: Mapped[list[Attendee]] = relationship(
        order_by="Attendee.position", back_populates="invitee", cascade="all, delete-orphan"
    )
    __table_args__ = (
        CheckConstraint("answer IN ('attend', 'substitute', 'absent')", name="answer"),
        CheckConstraint("consent IN ('asked', 'agreed', 'refused')", name="consent"),
        CheckConstraint("role IN ('member', 'guest')", name="role"),
        CheckConstraint("seats BETWEEN 1 AND 500", name="seats"),
        CheckConstraint("(post_id IS NULL AND outside_name = '') OR seats = 1", name="one_seat"),
        CheckConstraint("post_id IS NULL OR outside_name = ''", name="one_person"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index(
            "uq_meeting_invitee_agency",
            "meeting_id",
            "agency_id",
            unique=True,
            postgresql_where=text("post_id IS NULL AND outside_name = '' AND withdrawn_at IS NULL"),
        ),
        Index(
            "uq_meeting_invitee_post",
            "meeting_id",
            "post_id",
            unique=True,
            postgresql_where=text("post_id IS NOT NULL AND withdrawn_at IS NULL"),
        ),
        Index("ix_meeting_invitee_meeting", "meeting_id"),
    )

    @property
    def is_agency(self) -> bool:
        """Mời cơ quan, không mời đích danh."""
        return self.post_id is None and not self.outside_name

    @property
    def is_outside(self) -> bool:
        """Người của cơ quan, tổ chức ngoài hệ thống."""
        return bool(self.outside_name)

    @property
    def shown_name(self) -> str:
        """Tên người hay cơ quan được mời."""
        if self.outside_name:
            return self.outside_name
        if self.post is not None and self.post.person is not None:
            return self.post.person.full_name
        return self.agency.short_name

    @property
    def shown_title(self) -> str:
        """Chức vụ của người được mời."""
        return self.post.title if self.post is not None else self.outside_title

    @property
    def shown_body(self) -> str:
        """Cơ quan, tổ chức của thành phần mời."""
        return (self.outside_body or "Khách mời") if self.outside_name else self.agency.short_name


class Attendee(IdMixin, Base):
    """Người dự họp do bên được mời cử: of the installation (a post), or named in words."""

    __tablename__ = "meeting_attendee"
    invitee_id: Mapped[int] = mapped_column(ForeignKey("meeting_invitee.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="", server_default="")
    position: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    invitee: Mapped[Invitee] = relationship(back_populates="attendees")
    post: Mapped[Post | None] = relationship()


class InvitationMail(Base):
    """Thư mời đã gửi đến một địa chỉ: what that calendar was told last, so that it is told of every change once.

    ``sequence`` rises with every mail to the address; ``revision`` is the meeting's sequence it told.
    """

    __tablename__ = "meeting_invitation_mail"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    method: Mapped[str]
    sequence: Mapped[int] = mapped_column(Integer)
    revision: Mapped[int] = mapped_column(Integer)
    sent_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    __table_args__ = (CheckConstraint("method IN ('REQUEST', 'CANCEL')", name="method"),)
