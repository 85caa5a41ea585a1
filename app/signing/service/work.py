"""Việc ký của tiến trình nền: one file signed or sealed, and the attachments that go with it; outside every transaction."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from app.core import clock
from app.core.errors import WrongState
from app.signing.models import Purpose
from app.signing.service import keyring, pdf
from app.signing.service.keys import OpenKey
from app.storage import service as storage
from app.storage.kinds import Kind

log = logging.getLogger("office.signing")


@dataclass(frozen=True)
class Work:
    """What the worker needs for one signature, as plain values: no transaction is open while it signs."""

    request_id: int
    purpose: str
    source_sha256: str
    source_size: int
    name: str
    values: dict[str, Any]
    image: bytes | None


def sign(work: Work, key: OpenKey) -> tuple[bytes, dict[str, Any]]:
    """Ký tệp có mã băm đã hiện cho người ký; outside every transaction.

    :returns: the signed file, and the places prepared in it for what comes later.
    """
    data, values, at = _content(work.source_sha256, work.source_size), work.values, clock.now()
    stamp = keyring.vault().stamper()
    if work.purpose == Purpose.SEAL:
        where = pdf.Plan(values["fields"])
        made = pdf.seal(
            data, where, key, agency=work.name, image=work.image, values=values["values"], at=at, stamp=stamp
        )
        return made, {}
    made, plan = pdf.sign_first(
        data,
        key,
        name=work.name,
        signer=values["signer"],
        seal_mm=values["seal_mm"],
        image=work.image,
        at=at,
        stamp=stamp,
    )
    return made, {"fields": plan.fields, "printed": plan.printed, "guessed": plan.guessed}


def mark_attachments(work: Work, key: OpenKey) -> dict[int, storage.Upload]:
    """Ký các tệp kèm theo: attachments in files of their own get the agency's signature too; what cannot be signed stays as it is."""
    marked: dict[int, storage.Upload] = {}
    for item in work.values.get("attachments", []):
        data = _content(item["sha256"], item["size"])
        try:
            made = pdf.mark(
                data,
                [f"Số: {work.values['reference']}"],
                key,
                agency=work.name,
                at=clock.now(),
                stamp=keyring.vault().stamper(),
            )
        except pdf.UnfitForSigning as unfit:
            log.info("attachment %s not signed: %s", item["id"], ",".join(unfit.codes))
            continue
        marked[int(item["id"])] = storage.store_made(made, item["name"], Kind.PDF)
    return marked


def _content(sha256: str, size: int) -> bytes:
    with storage.storage().blobs.open(sha256, size) as stream:
        data = stream.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise WrongState("Tệp trong kho không khớp mã băm đã hiện cho người ký. Hãy báo quản trị hệ thống.")
    return data
