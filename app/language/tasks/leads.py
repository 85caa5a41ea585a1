"""Tên cơ quan được giao so với tên đã biết: the issuer, the addressees, the body a title names."""

from __future__ import annotations

import re

from app.language.names import agency_key
from app.language.tasks.model import Walk


def named_in_full(walk: Walk, lead: tuple[str, ...]) -> tuple[str, ...]:
    """Tên đầy đủ theo nơi kính gửi: "Các đơn vị" in a letter to "Các đơn vị sử dụng lao động …" are those; a slip of the scan follows the addressee."""
    full: list[str] = []
    for name in lead:
        key = _key(name)
        match = next(
            (a for a in walk.addressees if _is_short_for(key, _key(a)) or _nearly(key, _key(a))), None
        )
        full.append(
            match if (match and len(walk.addressees) == 1) or (match and _nearly(key, _key(match))) else name
        )
    return tuple(full)


def _is_short_for(key: str, addressee: str) -> bool:
    return key in (
        "don vi",
        "co quan",
        "co quan don vi",
        "dia phuong",
        "doanh nghiep",
    ) and addressee.startswith(key + " ")


def _nearly(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or len(one) < 14:
        return False
    a, b = one.split(), other.split()
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) <= 1 and a != b


def is_issuer(walk: Walk, lead: tuple[str, ...]) -> bool:
    """Chính cơ quan ban hành."""
    issuer = agency_key(walk.heading.issuer or "")
    return (
        bool(issuer)
        and len(lead) == 1
        and (agency_key(lead[0]) == issuer or agency_key(lead[0]).startswith(issuer))
    )


def is_addressed(walk: Walk, lead: tuple[str, ...]) -> bool:
    """Có trong nơi kính gửi."""
    keys = [agency_key(a) for a in walk.addressees]
    return any(any(agency_key(name) in k or k in agency_key(name) for k in keys) for name in lead)


def same_lead(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Cùng một cơ quan, or a shorter name of it: "Cục Thuế" for "Cục Thuế các tỉnh"."""
    a, b = {_key(n) for n in one}, {_key(n) for n in other}
    return a == b or all(any(x.startswith(y) or y.startswith(x) for x in a) for y in b)


def within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """Thuộc cơ quan nêu ở đề mục: "Chủ tịch UBND các xã" under the title "UBND các xã" is that body's own head."""
    return all(any(_key(o) in _key(i) or _key(i) in _key(o) for o in outer) for i in inner)


def _key(name: str) -> str:
    return re.sub(r"^(?:cac|nhung|lanh dao|dong chi)\s+", "", agency_key(name))
