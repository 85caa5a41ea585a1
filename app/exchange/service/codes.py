"""Mã cơ quan trên đường truyền: the code in force goes out; any code an agency ever had is understood."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from app.core import clock
from app.core.db import session
from app.exchange.models import Partner, PartnerAgency
from app.exchange.service.writing import Organ
from app.org.models import Agency, AgencyIdentifier
from app.org.models.structure import IdentifierScheme


def codes_of(agency_ids: Iterable[int]) -> dict[int, str]:
    """Mã đang dùng của các cơ quan: QĐ 20/2020 first, then what the installation knows it by."""
    wanted, today = set(agency_ids), clock.today()
    found = {
        row.id: row.code
        for row in session.execute(select(Agency.id, Agency.code).where(Agency.id.in_(wanted)))
    }
    rows = session.execute(
        select(AgencyIdentifier.agency_id, AgencyIdentifier.code).where(
            AgencyIdentifier.agency_id.in_(wanted),
            AgencyIdentifier.scheme == IdentifierScheme.QD20.value,
            AgencyIdentifier.valid_from <= today,
            or_(AgencyIdentifier.valid_to.is_(None), AgencyIdentifier.valid_to >= today),
        )
    )
    return found | {row.agency_id: row.code for row in rows}


def agency_by_code(code: str) -> Agency | None:
    """Cơ quan mang mã này, now or in the past: live traffic carries old and new codes."""
    if not code:
        return None
    by_identifier = session.scalar(
        select(Agency)
        .join(AgencyIdentifier, AgencyIdentifier.agency_id == Agency.id)
        .where(AgencyIdentifier.code == code)
        .order_by(AgencyIdentifier.valid_to.is_not(None), AgencyIdentifier.valid_to.desc())
        .limit(1)
    )
    return by_identifier or session.scalar(select(Agency).where(Agency.code == code))


def partners_of(agency_ids: Iterable[int]) -> dict[int, Partner]:
    """Đối tác của những cơ quan ở hệ thống khác."""
    rows = session.execute(
        select(PartnerAgency.agency_id, Partner)
        .join(Partner, Partner.id == PartnerAgency.partner_id)
        .where(PartnerAgency.agency_id.in_(set(agency_ids)))
    )
    return {row.agency_id: row.Partner for row in rows}


def organ_of(agency: Agency, code: str) -> Organ:
    """Cơ quan trên gói tin."""
    in_charge = agency.parent.name if agency.parent is not None else agency.name
    return Organ(code, agency.name, in_charge, agency.address, agency.email, agency.phone)
