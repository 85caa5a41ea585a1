"""Văn bản: one table for both directions, one row per agency that holds the document."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.core.records import RecordKind
from app.org.models import Agency, Post, Unit
from app.storage.models import StoredFile

if TYPE_CHECKING:
    from app.documents.models.handling import Handling, Note
    from app.documents.models.marks import Complaint
    from app.documents.models.trail import Opening


class Direction(StrEnum):
    """Chiều văn bản."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"

    @property
    def record_kind(self) -> RecordKind:
        """Loại hồ sơ của văn bản theo chiều này."""
        return RecordKind.INCOMING if self is Direction.INCOMING else RecordKind.OUTGOING


class Urgency(IntEnum):
    """Độ khẩn (NĐ 30/2020; the numbers are those of the exchange packages)."""

    NORMAL = 0
    URGENT = 1
    VERY_URGENT = 2
    MOST_URGENT = 3


class Source(StrEnum):
    """Văn bản đến từ đâu."""

    EXCHANGE = "exchange"
    PAPER = "paper"
    EMAIL = "email"
    FAX = "fax"


class IncomingState(StrEnum):
    """Trạng thái văn bản đến."""

    WAITING = "waiting"
    REGISTERED = "registered"
    TO_PROPOSE = "to_propose"
    PRESENTED = "presented"
    ASSIGNED = "assigned"
    DONE = "done"
    RETURNED = "returned"
    MERGED = "merged"  # the same document as another số đến, whose copy it became
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"  # taken back or replaced by its sender


class OutgoingState(StrEnum):
    """Trạng thái văn bản đi."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ENDORSED = "endorsed"
    APPROVED = "approved"
    SIGNED = "signed"
    ISSUED = "issued"
    DISCARDED = "discarded"


class Document(IdMixin, VersionMixin, Base):
    """Văn bản đến hoặc văn bản đi của một cơ quan."""

    __tablename__ = "document"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    direction: Mapped[str]
    state: Mapped[str]
    # our own number in our own book: số đến or số đi
    register_id: Mapped[int | None] = mapped_column(ForeignKey("register.id"))
    number: Mapped[int | None]
    number_year: Mapped[int | None] = mapped_column(SmallInteger)
    registered_at: Mapped[datetime | None]
    # what stands on the document
    document_type: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    reference_key: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    subject: Mapped[str]
    urgency: Mapped[int] = mapped_column(SmallInteger, default=0)
    issuer_name: Mapped[str] = mapped_column(default="")
    issuer_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    signer_name: Mapped[str] = mapped_column(default="")
    signer_position: Mapped[str] = mapped_column(default="")
    reply_by: Mapped[date | None]
    in_reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    # arrival
    source: Mapped[str | None]
    package_token: Mapped[str | None]
    arrived_at: Mapped[datetime | None]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    duplicate_reason: Mapped[str] = mapped_column(default="", server_default="")
    paper_place: Mapped[str] = mapped_column(default="", server_default="")  # where the paper original lies
    # đơn thư: read only by those who have a part in it, never searched, never named in a notice
    is_restricted: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # people of its course
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    drafter_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    endorser_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    approver_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    presented_to_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    recipients_text: Mapped[str] = mapped_column(default="")
    # what its drafter filled in, when the file is made of it; and by what authority it is signed
    composition: Mapped[dict[str, Any] | None]
    capacity: Mapped[str] = mapped_column(default="", server_default="")
    # the issued document that this one amends, replaces or corrects
    changes_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    change_kind: Mapped[str] = mapped_column(default="", server_default="")
    # course
    due_at: Mapped[datetime | None]
    soon_at: Mapped[datetime | None]
    state_since: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")
    return_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    sort_at: Mapped[datetime]

    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    drafter: Mapped[Post | None] = relationship(foreign_keys=[drafter_post_id])
    endorser: Mapped[Post | None] = relationship(foreign_keys=[endorser_post_id])
    approver: Mapped[Post | None] = relationship(foreign_keys=[approver_post_id])
    presented_to: Mapped[Post | None] = relationship(foreign_keys=[presented_to_post_id])
    in_reply_to: Mapped[Document | None] = relationship(
        remote_side="Document.id", foreign_keys=[in_reply_to_id]
    )
    changes: Mapped[Document | None] = relationship(remote_side="Document.id", foreign_keys=[changes_id])
    duplicate_of: Mapped[Document | None] = relationship(
        remote_side="Document.id", foreign_keys=[duplicate_of_id]
    )
    files: Mapped[list[DocumentFile]] = relationship(
        order_by="DocumentFile.position", back_populates="document"
    )
    handlings: Mapped[list[Handling]] = relationship(order_by="Handling.id", back_populates="document")
    notes: Mapped[list[Note]] = relationship(order_by="Note.id")
    complaint: Mapped[Complaint | None] = relationship(back_populates="document")
    openings: Mapped[list[Opening]] = relationship(order_by="Opening.at", back_populates="document")
    recipients: Mapped[list[DocumentRecipient]] = relationship(
        order_by="DocumentRecipient.position", back_populates="document"
    )

    __table_args__ = (
        CheckConstraint("direction IN ('incoming', 'outgoing')", name="direction"),
        CheckConstraint("urgency BETWEEN 0 AND 3", name="urgency"),
        Index(
            "uq_document_number",
            "register_id",
            "number_year",
            "number",
            unique=True,
            postgresql_where=text("number IS NOT NULL"),
        ),
        Index(
            "uq_document_package",
            "agency_id",
            "package_token",
            unique=True,
            postgresql_where=text("package_token IS NOT NULL"),
        ),
        Index("ix_document_list", "agency_id", "direction", text("sort_at DESC"), text("id DESC")),
        Index("ix_document_register", "register_id", "number_year", text("number DESC")),
        Index(
            "ix_document_waiting",
            "agency_id",
            text("urgency DESC"),
            "sort_at",
            "id",
            postgresql_where=text("direction = 'incoming' AND state = 'waiting'"),
        ),
        Index(
            "ix_document_registered",
            "agency_id",
            "sort_at",
            "id",
            postgresql_where=text("direction = 'incoming' AND state = 'registered'"),
        ),
        Index(
            "ix_document_presented",
            "agency_id",
            "state_since",
            "id",
            postgresql_where=text("direction = 'incoming' AND state = 'presented'"),
        ),
        Index(
            "ix_document_approved",
            "agency_id",
            text("urgency DESC"),
            "sort_at",
            "id",
            postgresql_where=text("direction = 'outgoing' AND state = 'approved'"),
        ),
        Index(
            "ix_document_signed",
            "agency_id",
            text("urgency DESC"),
            "sort_at",
            "id",
            postgresql_where=text("direction = 'outgoing' AND state = 'signed'"),
        ),
        Index(
            "ix_document_due",
            "agency_id",
            "due_at",
            "id",
            postgresql_where=text("due_at IS NOT NULL AND closed_at IS NULL"),
        ),
        Index(
            "ix_document_reference",
            "agency_id",
            "reference_key",
            text("sort_at DESC"),
            postgresql_where=text("reference_key <> ''"),
        ),
        Index(
            "ix_document_duplicate_of_id",
            "duplicate_of_id",
            postgresql_where=text("duplicate_of_id IS NOT NULL"),
        ),
        Index("ix_document_changes_id", "changes_id", postgresql_where=text("changes_id IS NOT NULL")),
        Index(
            "ix_document_in_reply_to_id",
            "in_reply_to_id",
            postgresql_where=text("in_reply_to_id IS NOT NULL"),
        ),
    )

    @property
    def record_kind(self) -> RecordKind:
        """Loại hồ sơ của văn bản này."""
        return Direction(self.direction).record_kind


class FileRole(StrEnum):
    """Vai trò của tệp trong văn bản."""

    MAIN = "main"
    ATTACHMENT = "attachment"
    NOTE = "note"  # the photo of a note written on paper
    COPY = "copy"  # the same document by another way: the paper after the electronic one, or the reverse


class DocumentFile(IdMixin, Base):
    """Tệp của văn bản: the content is shared by hash, the row is this document's own."""

    __tablename__ = "document_file"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    role: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    document: Mapped[Document] = relationship(back_populates="files")
    stored: Mapped[StoredFile] = relationship()


class DocumentRecipient(IdMixin, Base):
    """Nơi nhận của văn bản đi: an agency of the installation, or one named in words (sent on paper)."""

    __tablename__ = "document_recipient"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    # put in after issue: when, and why; the signed text stays as it was
    added_at: Mapped[datetime | None]
    added_reason: Mapped[str] = mapped_column(default="", server_default="")
    document: Mapped[Document] = relationship(back_populates="recipients")
    agency: Mapped[Agency | None] = relationship()
    __table_args__ = (
        Index(
            "uq_document_recipient_agency",
            "document_id",
            "agency_id",
            unique=True,
            postgresql_where=text("agency_id IS NOT NULL"),
        ),
    )
