"""Tệp đã ký và kết quả xác minh: what we issued is known by its hash, what arrived is judged once and kept."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.use_case import use_case
from app.signing.labels import Verdict
from app.signing.models import SignedFile, Verification
from app.signing.service import keyring, verifying
from app.storage import service as storage
from app.storage.kinds import Kind
from app.storage.models import StoredFile

_CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is mistaken for one another
_CODE_LENGTH = 12


@use_case
def register_signed(
    actor: Actor, stored: StoredFile, *, kind: int, record_id: int, agency_id: int, reference: str, issued_on: date,
    issuer_name: str,
) -> SignedFile:  # fmt: skip
    """Ghi nhận tệp đã ký và cấp mã tra cứu."""
    known = session.scalar(select(SignedFile).where(SignedFile.sha256 == stored.sha256))
    if known is not None:
        return known
    made = SignedFile(
        stored_file_id=stored.id,
        sha256=stored.sha256,
        code="".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH)),
        agency_id=agency_id,
        kind=kind,
        record_id=record_id,
        reference=reference,
        issued_on=issued_on,
        issuer_name=issuer_name,
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def verify_stored(actor: Actor, stored_file_id: int) -> None:
    """Xác minh một tệp PDF đã lưu và giữ kết quả; the jail works outside every transaction, doing it twice changes nothing."""
    found = _to_verify(actor, stored_file_id)
    if found is None:
        return
    sha256, size = found
    with storage.storage().blobs.open(sha256, size) as stream:
        data = stream.read()
    report = verifying.verify_bytes(data, keyring.vault().trust(), clock.now())
    _keep(actor, stored_file_id, report)


@use_case
def _to_verify(actor: Actor, stored_file_id: int) -> tuple[str, int] | None:
    row = session.get(StoredFile, stored_file_id)
    if row is None or row.kind != Kind.PDF:
        return None
    return row.sha256, row.size


@use_case
def _keep(actor: Actor, stored_file_id: int, report: verifying.Report) -> None:
    row = {"verdict": str(report.verdict), "report": report.as_value(), "verified_at": clock.now()}
    session.execute(
        insert(Verification)
        .values(stored_file_id=stored_file_id, **row)
        .on_conflict_do_update(index_elements=["stored_file_id"], set_=row)
    )


def verify_copy(data: bytes) -> tuple[verifying.Report, SignedFile | None]:
    """Xác minh một bản sao ai đó đưa lên: nothing of it is kept; our own documents are also known by their hash."""
    report = verifying.verify_bytes(data, keyring.vault().trust(), clock.now())
    known = (
        session.scalar(select(SignedFile).where(SignedFile.sha256 == report.sha256))
        if report.sha256
        else None
    )
    return report, known if report.verdict == Verdict.VALID else None
