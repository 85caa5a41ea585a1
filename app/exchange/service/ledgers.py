"""Đối chiếu sổ gửi nhận: both sides list the letters of the last days, and what differs is shown."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound
from app.exchange.models import Inbound, Message, Partner, Purpose
from app.exchange.service import client
from app.exchange.service.identity import identity, verifies

PATH = "/lien-thong/so-doi-chieu"
HEADER = "X-Lien-Thong"
DAYS = 30
_MOST = 20_000
_PURPOSE = b"vpdt-ledger-1\n"
_FRESH = timedelta(minutes=10)


@dataclass(frozen=True)
class Difference:
    """Một chỗ hai sổ không khớp."""

    token: str
    side: str
    words: str
    at: datetime | None


@dataclass(frozen=True)
class Comparison:
    """Kết quả đối chiếu."""

    partner: Partner
    since: datetime
    sent: int
    received: int
    differences: list[Difference]


def compare(actor: Actor, partner_id: int) -> Comparison:
    """Đối chiếu với một đối tác: asks it for its ledger, then compares.

    :raises Unreachable: it does not answer.
    """
    partner = session.get(Partner, partner_id)
    if partner is None or partner.agency_id != actor.agency_id:
        raise NotFound
    since = clock.now() - timedelta(days=DAYS)
    target = client.target_of(partner.url, partner.networks, plain_http=identity().plain_http)
    ours = _ledger(partner.id, since)
    theirs = _fetch(target, since)
    return Comparison(
        partner,
        since,
        len(ours["sent"]),
        len(ours["received"]),
        [
            *_differences(ours["sent"], theirs["received"], "ta gửi"),
            *_differences(theirs["sent"], ours["received"], "đối tác gửi"),
        ],
    )


def _fetch(target: client.Target, since: datetime) -> dict[str, dict[str, Any]]:
    who, moment = identity(), clock.now().isoformat()
    text = f"{since.isoformat()}\n{moment}"
    signature = base64.b64encode(who.package_key.sign(_PURPOSE + text.encode())).decode()
    into = io.BytesIO()
    headers = {HEADER: f"{who.installation} {since.isoformat()} {moment} {signature}"}
    client.fetch(target, PATH, headers, into, 16 * limits.MB)
    try:
        value = json.loads(into.getvalue())
        return {
            side: {str(k): [str(x) for x in v] for k, v in dict(value[side]).items()}
            for side in ("sent", "received")
        }
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise client.Unreachable("Đối tác trả lời sổ đối chiếu không đúng dạng.") from problem


def _differences(sent: dict[str, Any], received: dict[str, Any], words: str) -> list[Difference]:
    found = []
    for token, (sha256, state, at) in sent.items():
        other = received.get(token)
        moment = datetime.fromisoformat(at)
        if other is None:
            if state == "sent":
                found.append(Difference(token, words, "Có biên nhận mà bên nhận không có trong sổ", moment))
            elif state == "waiting":
                found.append(Difference(token, words, "Đang chờ gửi", moment))
        elif sha256 and other[0] != sha256:
            found.append(Difference(token, words, "Nội dung hai bên khác nhau", moment))
        elif state == "waiting":
            found.append(Difference(token, words, "Bên nhận đã có, bên gửi chưa nhận được biên nhận", moment))
    return found


def ledger_for(header: str) -> dict[str, dict[str, Any]]:
    """Sổ của ta cho một đối tác đã ký yêu cầu.

    :raises NotFound: not signed by a partner.
    """
    parts = header.split(" ")
    if len(parts) != 4:
        raise NotFound
    partner = session.scalar(select(Partner).where(Partner.installation == parts[0]))
    try:
        since, moment = datetime.fromisoformat(parts[1]), datetime.fromisoformat(parts[2])
        signature = base64.b64decode(parts[3], validate=True)
        is_fresh = abs(clock.now() - moment) <= _FRESH and since.tzinfo is not None
    except (ValueError, TypeError) as problem:
        raise NotFound from problem
    data = _PURPOSE + f"{parts[1]}\n{parts[2]}".encode()
    if (
        partner is None
        or not is_fresh
        or not any(verifies(k, signature, data) for k in partner.public_keys(Purpose.PACKAGE))
    ):
        raise NotFound
    return _ledger(partner.id, since)


def _ledger(partner_id: int, since: datetime) -> dict[str, dict[str, Any]]:
    sent = session.execute(
        select(Message.token, Message.payload_sha256, Message.state, Message.created_at)
        .where(Message.partner_id == partner_id, Message.created_at >= since)
        .order_by(Message.created_at, Message.id)
        .limit(_MOST)
    )
    received = session.execute(
        select(Inbound.token, Inbound.payload_sha256, Inbound.state, Inbound.received_at)
        .where(Inbound.partner_id == partner_id, Inbound.received_at >= since - timedelta(days=1))
        .order_by(Inbound.received_at, Inbound.id)
        .limit(_MOST)
    )
    return {
        "sent": {r.token: (r.payload_sha256 or "", r.state, r.created_at.isoformat()) for r in sent},
        "received": {r.token: (r.payload_sha256, r.state, r.received_at.isoformat()) for r in received},
    }
