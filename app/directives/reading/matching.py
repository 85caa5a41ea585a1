"""Khớp tên cơ quan trong văn bản với cây tổ chức. A class ("UBND các xã, phường") is every agency of that kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.language.names import agency_key
from app.org.models.structure import AgencyKind

_WARDS = frozenset({AgencyKind.WARD, AgencyKind.COMMUNE, AgencyKind.SPECIAL_ZONE})
_POST = re.compile(
    r"^(?:dong chi )?(?:lanh dao|thu truong|(?:pho )?(?:chu tich|giam doc|cuc truong|vu truong|truong ban|truong phong|bi thu|chanh van phong|chanh thanh tra|tong giam doc|hieu truong)|nguoi dung dau)(?: (?:cac|cua))?(?= )"
)
_EACH = re.compile(r"^(?:cac|tat ca cac|toan the|nhung) ")
_COMMUNES = re.compile(
    r"^(?:uy ban nhan dan )?(?:cac |cap )?(?:xa|phuong|dac khu|thi tran|dia phuong)(?: (?:va )?(?:cap )?(?:xa|phuong|dac khu|thi tran))*(?: (?:lien quan|tren dia ban|thuoc|truc thuoc)\b.*)?$"
)
_DEPARTMENTS = re.compile(
    r"^(?:cac )?(?:so|so ban nganh|so nganh|ban nganh|so ban|so ban nganh doan the|co quan chuyen mon)(?: (?:lien quan|thuoc|cua|cap|tren dia ban|truc thuoc)\b.*)?$"
)
_OWN_LEVEL = re.compile(r" (?:tinh|thanh pho)$")


@dataclass(frozen=True)
class Known:
    """Một cơ quan của cây tổ chức."""

    id: int
    name: str
    short_name: str
    kind: str


class Matcher:
    """Bộ khớp tên, dựng một lần cho mỗi trang."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._known = known
        self._by_key: dict[str, int] = {}
        for agency in known:
            for name in (agency.name, agency.short_name):
                self._by_key.setdefault(agency_key(name), agency.id)

    def match(self, name: str) -> tuple[int, ...]:
        """Các cơ quan mang tên này; none when the tree does not tell."""
        key = agency_key(name)
        if key in self._by_key:
            return (self._by_key[key],)
        key = _POST.sub("", key).strip()
        is_class = bool(_EACH.match(key)) or " cac " in key or " cap " in key or "nganh" in key
        key = _EACH.sub("", key)
        if is_class and _COMMUNES.match(key.removeprefix("uy ban nhan dan ").removeprefix("cac ")):
            return self._of_kind(_WARDS)
        if is_class and _DEPARTMENTS.match(key):
            return self._of_kind({AgencyKind.DEPARTMENT})
        return self._one(key) if key else ()

    def resolve(self, names: Iterable[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Cơ quan của một danh sách tên, và những tên không khớp."""
        found: list[int] = []
        unknown: list[str] = []
        for name in names:
            ids = self.match(name)
            found.extend(ids)
            if not ids:
                unknown.append(name)
        return tuple(dict.fromkeys(found)), tuple(unknown)

    def _one(self, key: str) -> tuple[int, ...]:
        if key in self._by_key:
            return (self._by_key[key],)
        bare = _OWN_LEVEL.sub("", key)
        near = {
            agency_id
            for known, agency_id in self._by_key.items()
            if known.startswith(f"{bare} ") or key.startswith(f"{known} ") or known == bare
        }
        return (near.pop(),) if len(near) == 1 else ()

    def _of_kind(self, kinds: Iterable[str]) -> tuple[int, ...]:
        wanted = {str(k) for k in kinds}
        return tuple(a.id for a in self._known if a.kind in wanted)


def split_names(text: str) -> tuple[str, ...]:
    """Các tên ghi trong một ô, cách nhau bằng dấu chấm phẩy."""
    return tuple(name for name in (part.strip(" .,") for part in text.split(";")) if name)
