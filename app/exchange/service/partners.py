"""Đối tác: entered from the card they hand over, keys pinned by people, suspended in one act."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations
from app.core.events import emit
from app.core.records import RecordKind
from app.core.text import clean_line, fold
from app.core.use_case import load_for_change, touch, use_case
from app.exchange.events import PartnerResumed, PartnerSaved, PartnerSuspended
from app.exchange.models import (
    Message,
    MessageState,
    Partner,
    PartnerAgency,
    PartnerKey,
    PartnerState,
    Purpose,
    Transport,
)
from app.exchange.service import client
from app.exchange.service.codes import agency_by_code, codes_of
from app.exchange.service.identity import KeyUnreadable, fingerprint, identity, key_bytes
from app.exchange.service.outgoing import wake
from app.org.models import Agency, Post
from app.org.models.structure import AgencyKind

MOST_AGENCIES = 2_000


def own_card() -> str:
    """Thẻ liên thông của hệ thống này, to be handed to a partner's administrator."""
    today = clock.today()
    agencies = session.scalars(
        select(Agency)
        .where(
            Agency.valid_from <= today,
            (Agency.valid_to.is_(None)) | (Agency.valid_to >= today),
            ~select(PartnerAgency.agency_id).where(PartnerAgency.agency_id == Agency.id).exists(),
        )
        .order_by(Agency.sort, Agency.id)
        .limit(MOST_AGENCIES)
    ).all()
    codes = codes_of(a.id for a in agencies)
    card = identity().card([{"code": codes[a.id], "name": a.name} for a in agencies])
    return json.dumps(card, ensure_ascii=False, indent=1)


def read_card(text: str) -> dict[str, Any]:
    """Thẻ liên thông của đối tác.

    :raises Violations: it is none, or its parts do not belong together.
    """
    try:
        card = json.loads(text)
        found = {
            name: clean_line(str(card[name]))[:500]
            for name in ("installation", "name", "url", "package_key", "receipt_key")
        }
        agencies = [
            (clean_line(str(a["code"]))[:35], clean_line(str(a["name"]))[:200])
            for a in card["agencies"][:MOST_AGENCIES]
        ]
        is_true = fingerprint(found["package_key"]) == found["installation"] and key_bytes(
            found["receipt_key"]
        )
    except (ValueError, KeyError, TypeError, KeyUnreadable, RecursionError) as problem:
        raise _wrong(
            "card", "Đây không phải thẻ liên thông. Hãy dán nguyên văn thẻ do quản trị của đối tác gửi."
        ) from problem
    if not is_true or not agencies or any(not code or not name for code, name in agencies):
        raise _wrong("card", "Thẻ liên thông không khớp: mã hệ thống không đúng với khóa. Hãy xin lại thẻ.")
    return {**found, "agencies": agencies}


def _wrong(field: str, sentence: str) -> Violations:
    return Violations([Violation(field, sentence)])


def check_keeper(actor: Actor) -> None:
    """Chỉ quản trị của cơ quan cấp cao nhất thêm đối tác: its keys count for every agency of the installation."""
    agency = session.get(Agency, actor.agency_id)
    if agency is None or agency.parent_id is not None:
        raise NotAllowed("Chỉ quản trị của cơ quan cấp cao nhất được thêm đối tác liên thông.")


@use_case
def add_partner(actor: Actor, *, card: str, url: str, networks: str, name: str) -> Partner:
    """Thêm đối tác từ thẻ của họ; their keys are pinned from now on.

    :raises Violations: not a card, an address that may not be called, an agency that lives here.
    """
    check_keeper(actor)
    found = read_card(card)
    if found["installation"] == identity().installation:
        raise _wrong("card", "Đây là thẻ của chính hệ thống này. Hãy dán thẻ của đối tác.")
    if session.scalar(select(Partner.id).where(Partner.installation == found["installation"])):
        raise _wrong("card", "Đối tác này đã có trong danh sách.")
    place = url or found["url"]
    _check_place(place, networks)
    partner = Partner(
        agency_id=actor.agency_id or 0,
        name=name or found["name"],
        installation=found["installation"],
        transport=Transport.HTTP.value,
        url=place.rstrip("/"),
        networks=networks,
        most_package_bytes=limits.PACKAGE_BYTES // 2,
        packages_per_hour=2_000,
        created_at=clock.now(),
    )
    session.add(partner)
    session.flush()
    for purpose, key in ((Purpose.PACKAGE, found["package_key"]), (Purpose.RECEIPT, found["receipt_key"])):
        session.add(
            PartnerKey(partner_id=partner.id, purpose=purpose.value, public_key=key, since=clock.now())
        )
    for code, label in found["agencies"]:
        take_agency(partner, code, label)
    _tell(actor, partner, f"Thêm {partner.name}, {len(found['agencies'])} cơ quan")
    return partner


def _check_place(url: str, networks: str) -> None:
    try:
        client.target_of(url, networks, plain_http=identity().plain_http)
    except client.AddressRefused as problem:
        raise _wrong(
            "url",
            "Địa chỉ này không được phép gọi. Hãy ghi dạng https://tên-máy[:cổng]; máy trong mạng riêng thì ghi thêm dải mạng của đối tác.",
        ) from problem


def take_agency(partner: Partner, code: str, name: str, *, is_kept: bool = False) -> bool:
    """Nhận một cơ quan của đối tác: a row of ours by which it can be addressed.

    :param is_kept: an agency that is ours, or another partner's, stays so; else that is refused.
    :returns: whether it is new there.
    """
    agency = agency_by_code(code)
    if agency is None:
        last = session.scalar(select(func.max(Agency.sort))) or 0
        agency = Agency(
            code=code, name=name, short_name=name[:80], abbreviation=code[:20], kind=AgencyKind.DEPARTMENT.value,
            sort=last + 1, search_key=fold(name), valid_from=clock.today(),
        )  # fmt: skip
        session.add(agency)
        session.flush()
    elif session.scalar(select(Post.id).where(Post.agency_id == agency.id).limit(1)):
        if is_kept:
            return False
        raise _wrong(
            "card",
            f"Cơ quan mã {code} ({agency.name}) đang làm việc ở hệ thống này nên không thể thuộc đối tác.",
        )
    known = session.get(PartnerAgency, agency.id)
    if known is not None and known.partner_id != partner.id:
        if is_kept:
            return False
        raise _wrong("card", f"Cơ quan mã {code} đã thuộc một đối tác khác.")
    if known is None:
        session.add(PartnerAgency(agency_id=agency.id, partner_id=partner.id))
        session.flush()
    return known is None


@use_case
def add_axis(actor: Actor, *, name: str, url: str, networks: str, system_id: str) -> Partner:
    """Thêm trục liên thông: its address and the system id its operator gave us."""
    check_keeper(actor)
    _check_place(url, networks)
    if session.scalar(select(Partner.id).where(Partner.installation == system_id)):
        raise _wrong("system_id", "Mã hệ thống này đã có trong danh sách.")
    partner = Partner(
        agency_id=actor.agency_id or 0,
        name=name,
        installation=system_id,
        transport=Transport.AXIS.value,
        url=url.rstrip("/"),
        networks=networks,
        most_package_bytes=limits.PACKAGE_BYTES // 2,
        packages_per_hour=2_000,
        created_at=clock.now(),
    )
    session.add(partner)
    session.flush()
    _tell(actor, partner, f"Thêm trục {partner.name}")
    return partner


def own(actor: Actor, partner_id: int, version: int | None = None) -> Partner:
    """Đối tác mà người này quản trị, khóa lại để sửa."""
    partner = load_for_change(Partner, partner_id, version)
    if partner.agency_id != actor.agency_id:
        raise NotFound
    return partner


@use_case
def save_partner(
    actor: Actor,
    partner_id: int,
    version: int | None,
    *,
    name: str,
    url: str,
    networks: str,
    megabytes: int,
    per_hour: int,
) -> Partner:
    """Lưu địa chỉ và hạn mức của đối tác."""
    partner = own(actor, partner_id, version)
    _check_place(url, networks)
    partner.name, partner.url, partner.networks = name, url.rstrip("/"), networks
    partner.most_package_bytes, partner.packages_per_hour = megabytes * limits.MB, per_hour
    touch(partner)
    _tell(actor, partner, f"Sửa {partner.name}")
    return partner


@use_case
def renew_keys(actor: Actor, partner_id: int, version: int | None, *, card: str) -> Partner:
    """Ghim khóa mới từ thẻ mới: the old ones end now; agencies that joined are added."""
    partner, now = own(actor, partner_id, version), clock.now()
    found = read_card(card)
    for purpose, key in ((Purpose.PACKAGE, found["package_key"]), (Purpose.RECEIPT, found["receipt_key"])):
        if key in partner.public_keys(purpose):
            continue
        for old in partner.keys:
            if old.purpose == purpose and old.until is None:
                old.until = now
        session.add(PartnerKey(partner_id=partner.id, purpose=purpose.value, public_key=key, since=now))
    partner.installation = found["installation"]
    for code, label in found["agencies"]:
        take_agency(partner, code, label)
    touch(partner)
    _tell(actor, partner, f"Ghim khóa mới của {partner.name}")
    return partner


@use_case
def suspend(actor: Actor, partner_id: int, version: int | None, reason: str) -> Partner:
    """Tạm dừng: nothing goes there and nothing is taken from there, at once."""
    partner = own(actor, partner_id, version)
    partner.state, partner.state_reason = PartnerState.SUSPENDED.value, reason
    touch(partner)
    emit(actor, PartnerSuspended(**_about(partner), note=f"{partner.name}. {reason}".strip()))
    return partner


@use_case
def resume(actor: Actor, partner_id: int, version: int | None) -> Partner:
    """Liên thông trở lại: what waited goes now."""
    partner = own(actor, partner_id, version)
    partner.state, partner.state_reason = PartnerState.ACTIVE.value, ""
    partner.failures, partner.quiet_until = 0, None
    touch(partner)
    emit(actor, PartnerResumed(**_about(partner), note=partner.name))
    if session.scalar(
        select(Message.id)
        .where(Message.partner_id == partner.id, Message.state == MessageState.WAITING.value)
        .limit(1)
    ):
        wake(partner.id)
    return partner


def _about(partner: Partner) -> dict[str, Any]:
    return {
        "kind": int(RecordKind.AGENCY),
        "record_id": partner.agency_id,
        "agency_id": partner.agency_id,
        "partner_id": partner.id,
    }


def _tell(actor: Actor, partner: Partner, note: str) -> None:
    emit(actor, PartnerSaved(**_about(partner), note=note))
