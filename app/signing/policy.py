"""Quyền của ký số."""

from __future__ import annotations

from enum import StrEnum

from app.core.actor import Actor
from app.signing.models import SigningBatch, SigningKey


class Permission(StrEnum):
    """Quyền của gói ký số."""

    KEY_MANAGE = "signing:key:manage"


def is_owner(actor: Actor, batch: SigningBatch) -> bool:
    """Người đã nhập mã PIN của lượt ký."""
    return actor.person_id is not None and actor.person_id == batch.person_id


def may_use(actor: Actor, key: SigningKey) -> bool:
    """Chủ khóa; khóa của cơ quan do văn thư cơ quan dùng."""
    if key.person_id is not None:
        return key.person_id == actor.person_id
    return key.agency_id == actor.agency_id
