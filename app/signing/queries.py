"""Truy vấn ký số."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.signing.models import (
    RequestState,
    SignedFile,
    SigningBatch,
    SigningKey,
    SigningRequest,
    Verification,
)
from app.signing.policy import is_owner


def key_of_person(actor: Actor) -> SigningKey | None:
    """Khóa ký đang dùng của người này."""
    if actor.person_id is None:
        return None
    return session.scalar(
        select(SigningKey).where(SigningKey.person_id == actor.person_id, SigningKey.retired_at.is_(None))
    )


def seal_of_agency(agency_id: int | None) -> SigningKey | None:
    """Khóa con dấu đang dùng của cơ quan."""
    return session.scalar(
        select(SigningKey).where(
            SigningKey.agency_id == agency_id, SigningKey.person_id.is_(None), SigningKey.retired_at.is_(None)
        )
    )


def keys_of_agency(actor: Actor) -> Sequence[SigningKey]:
    """Các khóa ký của cơ quan, cho quản trị."""
    return session.scalars(
        select(SigningKey)
        .where(SigningKey.agency_id == actor.agency_id, SigningKey.retired_at.is_(None))
        .options(joinedload(SigningKey.person))
        .order_by(SigningKey.person_id.nulls_first(), SigningKey.id)
        .limit(500)
    ).all()


def batch(batch_id: int, *, viewer: Actor) -> SigningBatch:
    """Lượt ký của chính người xem.

    :raises NotFound: none such, or somebody else's.
    """
    found = session.scalar(
        select(SigningBatch).where(SigningBatch.id == batch_id).options(selectinload(SigningBatch.requests))
    )
    if found is None or not is_owner(viewer, found):
        raise NotFound
    return found


def live_request(kind: int, record_id: int) -> SigningRequest | None:
    """Yêu cầu ký đang chờ của một hồ sơ."""
    return session.scalar(
        select(SigningRequest).where(
            SigningRequest.kind == kind,
            SigningRequest.record_id == record_id,
            SigningRequest.state == RequestState.RESERVED,
        )
    )


def signed_file(kind: int, record_id: int) -> SignedFile | None:
    """Tệp đã ký, đóng dấu của một hồ sơ."""
    return session.scalar(
        select(SignedFile)
        .where(SignedFile.kind == kind, SignedFile.record_id == record_id)
        .order_by(SignedFile.id.desc())
        .limit(1)
    )


def signed_by_code(code: str) -> SignedFile | None:
    """Tệp đã ký theo mã tra cứu."""
    return session.scalar(select(SignedFile).where(SignedFile.code == code.strip().upper().replace("-", "")))


def signed_by_hash(sha256s: Iterable[str]) -> dict[str, SignedFile]:
    """Tệp đã ký theo mã băm."""
    rows = session.scalars(select(SignedFile).where(SignedFile.sha256.in_(list(sha256s))))
    return {row.sha256: row for row in rows}


def verifications(
    stored_file_ids: Iterable[int], kind: int, record_id: int
) -> tuple[dict[int, Verification], SignedFile | None]:
    """Kết quả xác minh của các tệp, và tệp đã ký của chính hồ sơ này nếu có; one statement for both."""
    rows = session.execute(
        select(Verification, SignedFile)
        .outerjoin(
            SignedFile,
            (SignedFile.stored_file_id == Verification.stored_file_id)
            & (SignedFile.kind == kind)
            & (SignedFile.record_id == record_id),
        )
        .where(Verification.stored_file_id.in_(list(stored_file_ids)))
    ).all()
    signed: SignedFile | None = next(filter(None, (row[1] for row in rows)), None)
    return {found.stored_file_id: found for found, _own in rows}, signed
