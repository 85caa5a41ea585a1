"""Bảng của ký số: keys, requests and their batches, signed files, verifications. No PIN and no private key is ever here."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, IdMixin, VersionMixin
from app.org.models import Agency, Person
from app.storage.models import StoredFile


class Provider(StrEnum):
    """Nơi giữ khóa."""

    SOFTWARE = "software"
    DEVICE = "device"
    REMOTE = "remote"


class Purpose(StrEnum):
    """Chữ ký để làm gì."""

    PERSON = "person"  # the competent person's
    SEAL = "seal"  # the agency's, after number and date


class RequestState(StrEnum):
    """Tình trạng một yêu cầu ký."""

    RESERVED = "reserved"
    ATTACHED = "attached"
    FAILED = "failed"
    RELEASED = "released"


class SigningKey(IdMixin, VersionMixin, Base):
    """Khóa ký: whose, where it is kept, and its certificate; the key itself stays with its provider."""

    __tablename__ = "signing_key"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # none: the agency's seal
    provider: Mapped[str]
    config: Mapped[dict[str, Any]]
    name: Mapped[str]
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    not_before: Mapped[datetime]
    not_after: Mapped[datetime]
    image: Mapped[bytes | None] = mapped_column(LargeBinary)
    failures: Mapped[int] = mapped_column(SmallInteger, default=0)
    locked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    agency: Mapped[Agency] = relationship()
    person: Mapped[Person | None] = relationship()
    __table_args__ = (
        CheckConstraint("provider IN ('software', 'device', 'remote')", name="provider"),
        Index(
            "uq_signing_key_person",
            "person_id",
            unique=True,
            postgresql_where=text("person_id IS NOT NULL AND retired_at IS NULL"),
        ),
        Index(
            "uq_signing_key_seal",
            "agency_id",
            unique=True,
            postgresql_where=text("person_id IS NULL AND retired_at IS NULL"),
        ),
    )


class SigningAgent(Base):
    """Tiến trình ký: a worker that can be sent PINs, sealed to a key that only lives in its memory."""

    __tablename__ = "signing_agent"
    name: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    seen_at: Mapped[datetime]


class SigningBatch(IdMixin, Base):
    """Lượt ký: what one PIN was entered for; the sealed PIN is erased when the worker is done with it."""

    __tablename__ = "signing_batch"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    key_id: Mapped[int] = mapped_column(ForeignKey("signing_key.id"))
    agent: Mapped[str]
    sealed_pin: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    key: Mapped[SigningKey] = relationship()
    requests: Mapped[list[SigningRequest]] = relationship(
        order_by="SigningRequest.position", back_populates="batch"
    )
    __table_args__ = (
        Index("ix_signing_batch_open", "expires_at", postgresql_where=text("closed_at IS NULL")),
    )


class SigningRequest(IdMixin, VersionMixin, Base):
    """Yêu cầu ký: reserved for one version and one hash of one record; attached only if both are still current."""

    __tablename__ = "signing_request"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("signing_batch.id"), index=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    record_id: Mapped[int]
    record_version: Mapped[int]
    purpose: Mapped[str]
    title: Mapped[str]
    source_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    source_sha256: Mapped[str]
    values: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=RequestState.RESERVED.value)
    failure: Mapped[str] = mapped_column(default="")
    reserved_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    signed_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    batch: Mapped[SigningBatch] = relationship(back_populates="requests")
    source: Mapped[StoredFile] = relationship(foreign_keys=[source_file_id])
    __table_args__ = (
        CheckConstraint("state IN ('reserved', 'attached', 'failed', 'released')", name="state"),
        Index(
            "uq_signing_request_live",
            "kind",
            "record_id",
            unique=True,
            postgresql_where=text("state = 'reserved'"),
        ),
        Index("ix_signing_request_expiry", "expires_at", postgresql_where=text("state = 'reserved'")),
    )


class SignedFile(IdMixin, Base):
    """Tệp đã ký của cơ quan: registered by hash, so that anyone may check a copy by its code or its bytes."""

    __tablename__ = "signed_file"
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[int] = mapped_column(SmallInteger)
    record_id: Mapped[int]
    reference: Mapped[str]
    issued_on: Mapped[date]
    issuer_name: Mapped[str]
    created_at: Mapped[datetime]
    __table_args__ = (Index("ix_signed_file_record", "kind", "record_id"),)


class Verification(IdMixin, Base):
    """Kết quả xác minh một tệp PDF đã lưu."""

    __tablename__ = "signature_verification"
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), unique=True)
    verdict: Mapped[str]
    report: Mapped[dict[str, Any]]
    verified_at: Mapped[datetime]
