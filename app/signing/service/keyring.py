"""Khóa ký của người và của cơ quan: issuing, opening, counting wrong PINs, releasing."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, StaleVersion, Violations
from app.core.events import emit
from app.core.records import RecordKind
from app.core.use_case import load_for_change, touch, use_case
from app.org.models import Agency, Person
from app.signing.cms import Stamp
from app.signing.events import KeyIssued, KeyLocked, KeyReleased
from app.signing.models import Provider, SigningKey
from app.signing.service import timestamps
from app.signing.service.authority import Authority, open_or_make
from app.signing.service.keys import KeyTrouble, OpenKey, remote, software, token
from app.signing.service.trusting import Trust, read

_ISSUER = "Nơi cấp chứng thư nội bộ"


class Vault:
    """Nơi cất khóa phần mềm và gốc tin cậy của bản cài đặt."""

    def __init__(self, folder: Path, roots: Path, secret: str, time_service: str = "") -> None:
        self.folder, self.roots, self._secret, self.time_service = folder, roots, secret, time_service
        self._authority: Authority | None = None

    def authority(self, now: datetime) -> Authority:
        """Nơi cấp chứng thư nội bộ, lập khi cần lần đầu."""
        if self._authority is None:
            self._authority = open_or_make(self.folder, self.roots, self._secret, _ISSUER, now)
        return self._authority

    def stamper(self) -> Stamp | None:
        """Hàm xin dấu thời gian, khi có dịch vụ."""
        return timestamps.stamper(self.time_service)

    def trust(self) -> Trust:
        """Các gốc tin cậy hiện có; read anew each time, so that a file put there counts at once."""
        return read(self.roots)


_vault: Vault | None = None


def open_vault(folder: Path, roots: Path, secret: str, time_service: str = "") -> Vault:
    """Mở nơi cất khóa; called once at the start of web, worker and command line."""
    global _vault  # noqa: PLW0603 - one per process
    _vault = Vault(folder, roots, secret, time_service)
    return _vault


def vault() -> Vault:
    """Nơi cất khóa đang dùng."""
    if _vault is None:
        raise RuntimeError("open_vault() first")
    return _vault


@use_case
def issue_software_key(
    actor: Actor, agency_id: int, person_id: int | None, pin: str, *, title: str = "", image: bytes | None = None,
    rounds: int = 150_000,
) -> SigningKey:  # fmt: skip
    """Cấp khóa phần mềm cho một người, hoặc con dấu cho cơ quan; an older key of the same holder is retired."""
    agency = session.get_one(Agency, agency_id)
    name = session.get_one(Person, person_id).full_name if person_id else agency.name
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    authority = vault().authority(now)
    certificate = authority.issue(key, name=name, organization=agency.name, title=title, now=now)
    file = f"{os.urandom(12).hex()}.p12"
    software.store(vault().folder / file, key, certificate, [authority.certificate], pin, rounds=rounds)
    return register_key(
        actor,
        agency_id,
        person_id,
        Provider.SOFTWARE,
        {"file": file},
        certificate.public_bytes(Encoding.DER),
        image,
    )


@use_case
def register_key(
    actor: Actor, agency_id: int, person_id: int | None, provider: Provider, config: dict[str, str], certificate: bytes,
    image: bytes | None = None,
) -> SigningKey:  # fmt: skip
    """Đăng ký một khóa: where it is kept and its certificate."""
    owner = SigningKey.person_id == person_id if person_id else SigningKey.person_id.is_(None)
    now = clock.now()
    for old in session.scalars(
        select(SigningKey).where(SigningKey.agency_id == agency_id, owner, SigningKey.retired_at.is_(None))
    ):
        old.retired_at = now
    session.flush()
    parsed = x509.Certificate.load(certificate)
    key = SigningKey(
        agency_id=agency_id,
        person_id=person_id,
        provider=provider.value,
        config=dict(config),
        name=str(parsed.subject.native.get("common_name") or parsed.subject.human_friendly)[:200],
        certificate=certificate,
        not_before=parsed.not_valid_before,
        not_after=parsed.not_valid_after,
        image=image,
        created_at=now,
    )
    session.add(key)
    session.flush()
    kind, record = (RecordKind.PERSON, person_id) if person_id else (RecordKind.AGENCY, agency_id)
    emit(actor, KeyIssued(kind=int(kind), record_id=record or 0, agency_id=agency_id, note=key.name))
    return key


def unusable(key: SigningKey | None, now: datetime) -> str | None:
    """Vì sao khóa này không ký được lúc này, hoặc ``None``."""
    if key is None:
        return "Chưa có khóa ký số được cấp. Hãy liên hệ quản trị cơ quan để được cấp."
    if key.retired_at is not None:
        return "Khóa ký này đã thôi dùng. Hãy tải lại trang."
    if key.locked_at is not None:
        return "Khóa ký đang bị khóa vì sai mã PIN nhiều lần. Hãy liên hệ quản trị cơ quan để mở lại."
    if now < key.not_before:
        return f"Chứng thư ký số chưa có hiệu lực (từ {key.not_before.astimezone(clock.LOCAL):%d/%m/%Y})."
    if now >= key.not_after:
        return f"Chứng thư ký số đã hết hạn ngày {key.not_after.astimezone(clock.LOCAL):%d/%m/%Y}. Hãy liên hệ quản trị để được cấp lại."
    return None


def open_key(provider: str, config: dict[str, str], certificate: bytes, pin: str) -> OpenKey:
    """Mở khóa bằng mã PIN; outside every transaction.

    :raises WrongPin: the PIN is not right.
    :raises KeyTrouble: the key cannot be used.
    """
    if provider == Provider.DEVICE:
        return token.unlock(config, certificate, pin)
    if provider == Provider.REMOTE:
        return remote.unlock(config, certificate, pin)
    try:
        data = (vault().folder / Path(config["file"]).name).read_bytes()
    except OSError as problem:
        raise KeyTrouble(
            "Không tìm thấy tệp khóa trên máy chủ. Hãy liên hệ quản trị để cấp lại."
        ) from problem
    opened = software.unlock(data, pin)
    if opened.certificate.dump() != certificate:
        raise KeyTrouble("Khóa trong tệp không thuộc chứng thư đã đăng ký. Hãy liên hệ quản trị để cấp lại.")
    return opened


@use_case
def count_wrong_pin(actor: Actor, key_id: int) -> str:
    """Ghi một lần sai mã PIN; the fifth locks the key until an administrator releases it.

    :returns: the sentence for the person.
    """
    key = load_for_change(SigningKey, key_id, None)
    key.failures += 1
    left = limits.PIN_FAILURES - key.failures
    if left > 0:
        return f"Mã PIN không đúng. Còn {left} lần thử trước khi khóa ký bị khóa."
    key.locked_at = key.locked_at or clock.now()
    kind, record = (RecordKind.PERSON, key.person_id) if key.person_id else (RecordKind.AGENCY, key.agency_id)
    emit(actor, KeyLocked(kind=int(kind), record_id=record or 0, agency_id=key.agency_id, note=key.name))
    return "Mã PIN không đúng quá nhiều lần, khóa ký đã bị khóa. Hãy liên hệ quản trị cơ quan để mở lại."


@use_case
def forgive(actor: Actor, key_id: int) -> None:
    """Mã PIN đúng: the count begins anew."""
    load_for_change(SigningKey, key_id, None).failures = 0


@use_case
def release_key(actor: Actor, key_id: int, version: int | None) -> SigningKey:
    """Mở lại khóa ký bị khóa (quản trị cơ quan)."""
    key = load_for_change(SigningKey, key_id, None)
    if key.agency_id != actor.agency_id:
        raise NotFound
    if version is not None and key.version != version:
        raise StaleVersion
    if key.locked_at is None:
        raise Violations(["Khóa ký này không bị khóa."])
    key.locked_at, key.failures = None, 0
    touch(key)
    kind, record = (RecordKind.PERSON, key.person_id) if key.person_id else (RecordKind.AGENCY, key.agency_id)
    emit(actor, KeyReleased(kind=int(kind), record_id=record or 0, agency_id=key.agency_id, note=key.name))
    return key
