"""Một hệ thống khác đóng vai đối tác: keys of its own, letters and receipts as it would make them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from app.core import clock
from app.core.db import session
from app.core.text import fold
from app.exchange import service
from app.exchange.models import Partner, PartnerAgency, PartnerKey, Purpose, Transport
from app.exchange.service import sealing
from app.exchange.service.identity import Identity, public_text
from app.exchange.service.incoming import Reply
from app.org.models import Agency
from app.storage.backends import DiskStore
from tests.unit.exchange.edxml import HEADER, attachment, package
from tests.world import World

CODE = "H17.05"
PDF = Path(__file__).with_name("edxml.py")


def other_installation(folder: Path, name: str = "khác") -> Identity:
    """Danh tính của hệ thống khác."""
    return Identity(
        "http://127.0.0.1:9999",
        lambda key: f"{name}-{key}".ljust(43, "A"),
        DiskStore(folder / "packages"),
        True,
    )


def pin(world: World, who: Identity, *, per_hour: int = 1_000) -> Partner:
    """Ghi đối tác cùng một cơ quan của nó."""
    agency = Agency(
        code=CODE, name="Sở Ví dụ tỉnh Mẫu", short_name="Sở Ví dụ", abbreviation="SVD", kind="department",
        sort=900, search_key=fold("Sở Ví dụ tỉnh Mẫu"), valid_from=date(2025, 7, 1),
    )  # fmt: skip
    partner = Partner(
        agency_id=world.agencies["city"], name="Tỉnh Mẫu", installation=who.installation, transport=Transport.HTTP.value,
        url=who.url, networks="127.0.0.0/8", most_package_bytes=20 * 1024 * 1024, packages_per_hour=per_hour, created_at=clock.now(),
    )  # fmt: skip
    session.add_all([agency, partner])
    session.flush()
    session.add(PartnerAgency(agency_id=agency.id, partner_id=partner.id))
    for purpose, key in ((Purpose.PACKAGE, who.package_key), (Purpose.RECEIPT, who.receipt_key)):
        session.add(
            PartnerKey(
                partner_id=partner.id, purpose=purpose.value, public_key=public_text(key), since=clock.now()
            )
        )
    session.commit()
    return partner


def agency_id() -> int:
    """Cơ quan của đối tác, trong cơ sở dữ liệu của mình."""
    return session.query(Agency.id).filter_by(code=CODE).scalar()


def letter_of(files: str | None = None, **changes: str) -> bytes:
    """Văn bản của đối tác."""
    from tests.paper import pdf

    made = attachment(pdf("Nội dung"), "cong-van.pdf", "1", "application/pdf") if files is None else files
    header = HEADER | {k: v for k, v in changes.items() if k in HEADER}
    return package(
        header, files=made, business=changes.get("business", package.__kwdefaults__["business"])
    ).encode()


def sealed(
    who: Identity, payload: bytes, *, token: str = "T" * 32, kind: str = "document", to: str = "H29.15", sender: str = CODE, **values: object
) -> bytes:  # fmt: skip
    """Thư đã niêm phong."""
    manifest = sealing.Manifest(
        id=token, kind=kind, installation=who.installation, sender=sender, recipient=to, sent_at=clock.now().isoformat(),
        payload_size=len(payload), payload_sha256=sealing.sha256(payload), **values,
    )  # fmt: skip
    return sealing.seal(who, manifest.to_bytes()) + payload


def post(letter: bytes) -> Reply:
    """Đưa thư vào cửa."""
    session.commit()
    return service.accept(io.BytesIO(letter))
