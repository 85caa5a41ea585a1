"""Cây cơ quan của Ủy ban nhân dân Thành phố Hồ Chí Minh sau ngày 01/7/2025.

Names of agencies are those of public law. Identifiers below the city's own H29, addresses and telephones are
invented; the telephone prefixes are in no one's use.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from app.core.text import fold
from app.demo.data.communes import KIND_WORDS, Commune, communes, successors_of

CITY: Final = "city"
OFFICE: Final = "office"
DEPARTMENT: Final = "department"
DISTRICT: Final = "district"

CITY_CODE: Final = "H29"
CITY_PLACE: Final = "Thành phố Hồ Chí Minh"

DEPARTMENTS_MERGED_ON: Final = date(2025, 3, 1)
COMMUNES_BEGAN_ON: Final = date(2025, 7, 1)
DISTRICTS_ENDED_ON: Final = date(2025, 6, 30)
DEPARTMENTS_ENDED_ON: Final = date(2025, 2, 28)

STAFFED_DEPARTMENTS: Final = ("SXD", "STC", "SNNMT", "SYT", "SGDĐT", "SNV")
STAFFED_COMMUNES: Final = ("ben-thanh", "an-khanh", "thu-duc", "long-binh", "can-gio", "con-dao")


@dataclass(frozen=True, slots=True)
class AgencySpec:
    """Cơ quan: identity, identifiers of both schemes, place in the tree, dates of validity."""

    key: str
    """Stable name for the seed: "city", "SXD", "ben-thanh"."""
    code: str
    """Mã định danh theo Quyết định 20/2020/QĐ-TTg."""
    legacy_code: str
    """Mã 13 ký tự theo QCVN 102:2016/BTTTT."""
    name: str
    short_name: str
    abbreviation: str
    """Chữ viết tắt trong ký hiệu văn bản."""
    kind: str
    parent_code: str | None
    address: str
    phone: str
    email: str
    staffed: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    successor_codes: tuple[str, ...] = ()
    field: str = ""
    """Field whose subjects suit it, a key of the subject tables."""


# key and abbreviation, name, street, field, created by the merger of March 2025
_DEPARTMENTS: Final = [
    ("SNV", "Sở Nội vụ", "207 đường Pasteur, phường Xuân Hòa", "home_affairs", True),
    ("STC", "Sở Tài chính", "196 đường Nguyễn Thị Minh Khai, phường Xuân Hòa", "finance", True),
    ("SXD", "Sở Xây dựng", "88 đường Trương Định, phường Xuân Hòa", "construction", True),
    ("SQHKT", "Sở Quy hoạch - Kiến trúc", "112 đường Pasteur, phường Sài Gòn", "construction", False),
    ("SNNMT", "Sở Nông nghiệp và Môi trường", "145 đường Lý Tự Trọng, phường Sài Gòn", "environment", True),
    ("SCT", "Sở Công Thương", "217 đường Hai Bà Trưng, phường Xuân Hòa", "finance", False),
    ("SKHCN", "Sở Khoa học và Công nghệ", "310 đường Điện Biên Phủ, phường Xuân Hòa", "home_affairs", True),
    ("SYT", "Sở Y tế", "104 đường Nguyễn Thị Minh Khai, phường Bến Thành", "health", False),
    ("SGDĐT", "Sở Giáo dục và Đào tạo", "120 đường Lê Thánh Tôn, phường Sài Gòn", "education", False),
    ("SVHTT", "Sở Văn hóa và Thể thao", "190 đường Đồng Khởi, phường Sài Gòn", "education", False),
    ("SDL", "Sở Du lịch", "226 đường Nguyễn Đình Chiểu, phường Xuân Hòa", "education", False),
    ("STP", "Sở Tư pháp", "251 đường Pasteur, phường Xuân Hòa", "home_affairs", False),
    ("SDTTG", "Sở Dân tộc và Tôn giáo", "62 đường Ngô Quyền, phường Chợ Lớn", "home_affairs", True),
    ("SATTP", "Sở An toàn thực phẩm", "74 đường Cách Mạng Tháng Tám, phường Bến Thành", "health", False),
    ("TTTP", "Thanh tra Thành phố", "39 đường Trần Quốc Thảo, phường Xuân Hòa", "home_affairs", False),
    (
        "BQLGT",
        "Ban Quản lý dự án Đầu tư xây dựng các công trình giao thông",
        "27 đường Nguyễn Thị Diệu, phường Xuân Hòa",
        "construction",
        False,
    ),
]

# Departments that ended with the merger of March 2025: abbreviation, name, key of the successor.
_FORMER_DEPARTMENTS: Final = [
    ("SGTCC", "Sở Giao thông công chánh", "SXD"),
    ("SKHĐT", "Sở Kế hoạch và Đầu tư", "STC"),
    ("STNMT", "Sở Tài nguyên và Môi trường", "SNNMT"),
    ("SNN", "Sở Nông nghiệp và Phát triển nông thôn", "SNNMT"),
    ("STTTT", "Sở Thông tin và Truyền thông", "SKHCN"),
    ("SLĐTBXH", "Sở Lao động - Thương binh và Xã hội", "SNV"),
]

_FORMER_DISTRICTS: Final = [
    *(f"Quận {number}" for number in (1, 3, 4, 5, 6, 7, 8, 10, 11, 12)),
    *(f"Quận {name}" for name in ("Bình Tân", "Bình Thạnh", "Gò Vấp", "Phú Nhuận", "Tân Bình", "Tân Phú")),
    "Thành phố Thủ Đức",
    *(f"Huyện {name}" for name in ("Bình Chánh", "Cần Giờ", "Củ Chi", "Hóc Môn", "Nhà Bè")),
]

_STREETS: Final = [
    "Nguyễn Huệ",
    "Lê Lợi",
    "Trần Hưng Đạo",
    "Nguyễn Trãi",
    "Lý Thường Kiệt",
    "Hai Bà Trưng",
    "Quang Trung",
    "Lê Duẩn",
    "Phạm Văn Đồng",
    "Nguyễn Văn Linh",
    "Võ Văn Kiệt",
    "Hùng Vương",
    "Phan Đình Phùng",
    "Nguyễn Tri Phương",
    "Lê Văn Việt",
    "Cách Mạng Tháng Tám",
]


@cache
def agencies() -> tuple[AgencySpec, ...]:
    """Mọi cơ quan, cấp trên đứng trước: city, office, departments, communes, then those that have ended."""
    living = (_city(), _office(), *_departments(), *_commune_committees())
    codes = {spec.key: spec.code for spec in living}
    return (*living, *_former_departments(codes), *_former_districts(codes))


@cache
def _by_key() -> dict[str, AgencySpec]:
    return {spec.key: spec for spec in agencies()}


def agency(key: str) -> AgencySpec:
    """Tìm cơ quan theo khóa: "city", "office", "SXD", "ben-thanh"."""
    return _by_key()[key]


def staffed_agencies() -> tuple[AgencySpec, ...]:
    """Các cơ quan có người dùng: the city, six departments, six communes."""
    return tuple(spec for spec in agencies() if spec.staffed)


def slug(name: str) -> str:
    """Khóa không dấu: "Bến Thành" is "ben-thanh"."""
    return fold(name).replace(" ", "-")


def commune_key(commune: Commune) -> str:
    """Khóa của đơn vị cấp xã; Thạnh An and Thanh An are told apart by their former district."""
    key = slug(commune.name)
    same = [other for other in communes() if slug(other.name) == key]
    return key if commune == same[0] else f"{key}-{slug(commune.district).split('-', 1)[1]}"


def _city() -> AgencySpec:
    return AgencySpec(
        key="city",
        code=CITY_CODE,
        legacy_code="000.00.00.H29",
        name=f"Ủy ban nhân dân {CITY_PLACE}",
        short_name=f"UBND {CITY_PLACE}",
        abbreviation="UBND",
        kind=CITY,
        parent_code=None,
        address=f"186 đường Lê Thánh Tôn, phường Sài Gòn, {CITY_PLACE}",
        phone="028 3000 0001",
        email="ubnd@tphcm.example",
        staffed=True,
        field="city",
    )


def _office() -> AgencySpec:
    return AgencySpec(
        key="office",
        code="H29.01",
        legacy_code="000.00.01.H29",
        name=f"Văn phòng Ủy ban nhân dân {CITY_PLACE}",
        short_name=f"Văn phòng UBND {CITY_PLACE}",
        abbreviation="VP",
        kind=OFFICE,
        parent_code=CITY_CODE,
        address=f"186 đường Lê Thánh Tôn, phường Sài Gòn, {CITY_PLACE}",
        phone="028 3000 0002",
        email="vanphong@tphcm.example",
        field="city",
    )


def _departments() -> list[AgencySpec]:
    return [
        AgencySpec(
            key=key,
            code=f"{CITY_CODE}.{ordinal:02d}",
            legacy_code=f"000.00.{ordinal:02d}.H29",
            name=name,
            short_name=name.replace(
                "Quản lý dự án Đầu tư xây dựng các công trình giao thông", "QLDA Giao thông"
            ),
            abbreviation=key,
            kind=DEPARTMENT,
            parent_code=CITY_CODE,
            address=f"{street}, {CITY_PLACE}",
            phone=f"028 3000 {ordinal:02d}00",
            email=f"{fold(key)}@tphcm.example",
            staffed=key in STAFFED_DEPARTMENTS,
            valid_from=DEPARTMENTS_MERGED_ON if merged else None,
            field=field,
        )
        for ordinal, (key, name, street, field, merged) in enumerate(_DEPARTMENTS, start=2)
    ]


def _commune_committees() -> list[AgencySpec]:
    found = []
    within: dict[str, int] = {}
    districts = list(dict.fromkeys(commune.district for commune in communes()))
    for ordinal, commune in enumerate(communes(), start=101):
        within[commune.district] = place = within.get(commune.district, 0) + 1
        found.append(_commune_committee(commune, ordinal, districts.index(commune.district) + 20, place))
    return found


def _commune_committee(commune: Commune, ordinal: int, district: int, place: int) -> AgencySpec:
    street = _STREETS[ordinal % len(_STREETS)]
    key = commune_key(commune)
    return AgencySpec(
        key=key,
        code=f"{CITY_CODE}.{ordinal}",
        legacy_code=f"000.{place:02d}.{district:02d}.H29",
        name=f"Ủy ban nhân dân {commune.title}",
        short_name=f"UBND {commune.title}",
        abbreviation="UBND",
        kind=commune.kind,
        parent_code=CITY_CODE,
        address=f"{ordinal * 7 % 290 + 3} đường {street}, {commune.title}, {CITY_PLACE}",
        phone=f"028 3001 {ordinal:04d}",
        email=f"{fold(KIND_WORDS[commune.kind]).replace(' ', '')}.{key.replace('-', '')}@tphcm.example",
        staffed=key in STAFFED_COMMUNES,
        valid_from=COMMUNES_BEGAN_ON,
        field="commune",
    )


def _former_departments(codes: dict[str, str]) -> list[AgencySpec]:
    return [
        AgencySpec(
            key=abbreviation,
            code=f"{CITY_CODE}.{ordinal}",
            legacy_code=f"000.00.{ordinal}.H29",
            name=name,
            short_name=name,
            abbreviation=abbreviation,
            kind=DEPARTMENT,
            parent_code=CITY_CODE,
            address="",
            phone="",
            email="",
            valid_to=DEPARTMENTS_ENDED_ON,
            successor_codes=(codes[successor],),
        )
        for ordinal, (abbreviation, name, successor) in enumerate(_FORMER_DEPARTMENTS, start=80)
    ]


def _former_districts(codes: dict[str, str]) -> list[AgencySpec]:
    districts = list(dict.fromkeys(commune.district for commune in communes()))
    return [
        AgencySpec(
            key=f"former-{slug(district)}",
            code=f"{CITY_CODE}.{districts.index(district) + 20}",
            legacy_code=f"000.00.{districts.index(district) + 20}.H29",
            name=f"Ủy ban nhân dân {district}",
            short_name=f"UBND {district}",
            abbreviation="UBND",
            kind=DISTRICT,
            parent_code=CITY_CODE,
            address="",
            phone="",
            email="",
            valid_to=DISTRICTS_ENDED_ON,
            successor_codes=tuple(codes[commune_key(commune)] for commune in successors_of(district)),
        )
        for district in _FORMER_DISTRICTS
    ]
