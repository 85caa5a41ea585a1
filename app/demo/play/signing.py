"""Văn bản ký số thật: what was issued in the last days carries both signatures, so that its recipients can verify them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.core import clock
from app.core.actor import Actor
from app.demo.play.stage import Stage
from app.documents.models import Document
from app.documents.service.files import replace_content
from app.documents.service.issuing import give_number, send_out
from app.documents.service.signing import field_values, main_file, register
from app.documents.workflow import OUTGOING
from app.signing.service import pdf
from app.storage import service as storage
from app.storage.kinds import Kind

_MOST: Final = 12  # each takes a quarter of a second
_DAYS: Final = timedelta(days=8)


def sign_and_seal(stage: Stage, agency_key: str, document: Document, clerk: Actor) -> bool:
    """Ký, cấp số, đóng dấu, phát hành; ``False`` when this one goes out the old way."""
    leader = document.approver.person if document.approver else None
    if stage.ring is None or stage.signed >= _MOST or clock.now() < stage.days.now - _DAYS or leader is None:
        return False
    key, seal = stage.ring.people.get(leader.id), stage.ring.seals.get(document.agency_id)
    if key is None or seal is None or main_file(document).stored.kind != Kind.PDF:
        return False
    stage.signed += 1
    stored = main_file(document).stored
    with storage.storage().blobs.open(stored.sha256, stored.size) as stream:
        data = stream.read()
    made, where = pdf.sign_first(
        data,
        stage.ring.open(key),
        name=key.name,
        signer=document.signer_name,
        seal_mm=35,
        image=key.image,
        at=clock.now(),
    )
    OUTGOING.move(
        _approver(stage, document), document, "sign",
        note=f"SHA-256 {stored.sha256[:16]}…",
    )  # fmt: skip
    give_number(clerk, document, stage.city.outgoing(agency_key, document.document_type))
    values = field_values(document, {"fields": where.fields, "printed": where.printed})
    sealed = pdf.seal(
        made, where, stage.ring.open(seal), agency=seal.name, image=seal.image, values=values, at=clock.now()
    )
    name = f"{document.reference.replace('/', '-')}.pdf"
    main = main_file(document)
    replace_content(clerk, main, storage.store_made(sealed, name, Kind.PDF, page_count=stored.page_count))
    main.name = name
    register(clerk, document, main)
    send_out(clerk, document, "seal")
    return True


def _approver(stage: Stage, document: Document) -> Actor:
    key = next(k for k, post in stage.city.posts.items() if post == document.approver_post_id)
    return stage.actor(key)
