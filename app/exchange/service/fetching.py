"""Tệp lớn tải riêng: the party asks with its signature, and nobody else gets the file."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.documents.models import DocumentFile
from app.exchange.models import Message, Partner, Purpose
from app.exchange.service import client
from app.exchange.service.identity import identity, verifies
from app.storage.models import StoredFile

HEADER = "X-Lien-Thong"
_PURPOSE = b"vpdt-fetch-1\n"
_FRESH = timedelta(minutes=10)


def fetch_link(partner_id: int, link: dict[str, Any], into: BinaryIO) -> None:
    """Tải một tệp của đối tác; the size is bounded by what the signed manifest said."""
    partner = session.get_one(Partner, partner_id)
    who, path = identity(), str(link["path"])
    target = client.target_of(partner.url, partner.networks, plain_http=who.plain_http)
    session.rollback()
    moment = clock.now().isoformat()
    signature = who.package_key.sign(_PURPOSE + f"{path}\n{moment}".encode())
    value = f"{who.installation} {moment} {base64.b64encode(signature).decode()}"
    client.fetch(target, path, {HEADER: value}, into, int(link["size"]))


def linked_file(path: str, token: str, index: int, header: str) -> tuple[StoredFile, str]:
    """Tệp mà một đối tác xin tải.

    :returns: the stored file and its name.
    :raises NotFound: not signed by the party the letter was sent to, or no such file; both answer alike.
    """
    message = session.scalar(select(Message).where(Message.token == token))
    if message is None or not message.partner.is_active or not _is_signed(message.partner, path, header):
        raise NotFound
    if not 0 <= index < len(message.links):
        raise NotFound
    item = session.get(DocumentFile, int(message.links[index]["file_id"]))
    if item is None:
        raise NotFound
    return item.stored, item.name


def _is_signed(partner: Partner, path: str, header: str) -> bool:
    parts = header.split(" ")
    if len(parts) != 3 or parts[0] != partner.installation:
        return False
    try:
        signature = base64.b64decode(parts[2], validate=True)
        moment = datetime.fromisoformat(parts[1])
    except ValueError:
        return False
    if moment.tzinfo is None or abs(clock.now() - moment) > _FRESH:
        return False
    data = _PURPOSE + f"{path}\n{parts[1]}".encode()
    return any(verifies(key, signature, data) for key in partner.public_keys(Purpose.PACKAGE))
