"""Bảng dữ liệu của tổ chức."""

from app.org.models.access import Absence, Delegation, HandOver, ImportDraft, LoginAttempt, UserSession
from app.org.models.structure import (
    Agency,
    AgencyIdentifier,
    AgencySuccessor,
    Person,
    Post,
    PostHolding,
    Unit,
)

__all__ = [
    "Absence",
    "Agency",
    "AgencyIdentifier",
    "AgencySuccessor",
    "Delegation",
    "HandOver",
    "ImportDraft",
    "LoginAttempt",
    "Person",
    "Post",
    "PostHolding",
    "Unit",
    "UserSession",
]
