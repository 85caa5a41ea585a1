"""Nơi gửi ngoài thành phố: bộ, ngành trung ương, cơ quan ngành dọc, doanh nghiệp, tổ chức."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.demo.data.documents.slots import ENTERPRISES
from app.demo.data.documents.subjects import Subject, subject
from app.demo.data.person_names import passing_name
from app.language.document_types import type_named
from app.language.references import build_notation, format_reference


@dataclass(frozen=True, slots=True)
class ExternalIssuer:
    """Cơ quan, tổ chức ngoài thành phố."""

    name: str
    abbreviation: str
    units: tuple[str, ...]
    """Abbreviations of drafting units, second group of a letter's notation."""
    field: str
    """national or private: which subjects suit it."""
    identifier: str = ""
    """Mã định danh trên trục liên thông, where it has one."""
    yearly: int = 4000
    """About how many documents it issues a year: numbers grow with the day."""
    place: str = "Hà Nội"


MINISTRIES: Final = [
    ExternalIssuer(
        "Văn phòng Chính phủ", "VPCP", ("CN", "KTTH", "NN", "KGVX", "TCCV", "TH"), "national", "G22", 11000
    ),
    ExternalIssuer("Bộ Xây dựng", "BXD", ("QLN", "KTXD", "PTĐT", "KCHT"), "national", "G17", 14000),
    ExternalIssuer("Bộ Tài chính", "BTC", ("NSNN", "QLCS", "ĐT", "CST"), "national", "G12", 19000),
    ExternalIssuer(
        "Bộ Nông nghiệp và Môi trường", "BNNMT", ("QLĐĐ", "MT", "ĐĐ", "TTBVTV"), "national", "G10", 12000
    ),
    ExternalIssuer("Bộ Nội vụ", "BNV", ("CQĐP", "CCVC", "CCHC", "VTLT"), "national", "G09", 11000),
    ExternalIssuer("Bộ Y tế", "BYT", ("KCB", "PB", "ATTP", "KHTC"), "national", "G18", 9000),
    ExternalIssuer("Bộ Giáo dục và Đào tạo", "BGDĐT", ("GDPT", "GDMN", "KHTC"), "national", "G03", 8000),
    ExternalIssuer("Bộ Khoa học và Công nghệ", "BKHCN", ("CĐSQG", "VT", "ƯDCN"), "national", "G06", 8000),
    ExternalIssuer("Bộ Công Thương", "BCT", ("TTTN", "AT", "ĐL"), "national", "G02", 10000),
    ExternalIssuer("Bộ Tư pháp", "BTP", ("KTVB", "HTQTCT", "PBGDPL"), "national", "G15", 8000),
    ExternalIssuer("Thanh tra Chính phủ", "TTCP", ("VP", "C.III", "KHTH"), "national", "G20", 3500),
]
LOCAL_BRANCHES: Final = [
    ExternalIssuer(
        "Công an Thành phố Hồ Chí Minh",
        "CATP",
        ("PC07", "PC06", "PV01"),
        "national",
        "",
        9000,
        "Thành phố Hồ Chí Minh",
    ),
    ExternalIssuer(
        "Bảo hiểm xã hội Thành phố Hồ Chí Minh",
        "BHXH",
        ("CĐBHXH", "TT"),
        "private",
        "",
        7000,
        "Thành phố Hồ Chí Minh",
    ),
    ExternalIssuer(
        "Thuế Thành phố Hồ Chí Minh",
        "CTTPHCM",
        ("NVDTPC", "TTHT"),
        "private",
        "",
        9000,
        "Thành phố Hồ Chí Minh",
    ),
    ExternalIssuer(
        "Tổng công ty Điện lực Thành phố Hồ Chí Minh",
        "EVNHCMC",
        ("KT", "ĐTXD"),
        "private",
        "",
        5000,
        "Thành phố Hồ Chí Minh",
    ),
]
COMPANIES: Final = [
    ExternalIssuer(name, short, ("KT", "KD", "HC"), "private", "", 600, "Thành phố Hồ Chí Minh")
    for name, short in zip(ENTERPRISES, ("ĐTP", "MPA", "NGĐ", "SV", "HVN", "CT", "LT", "TKN"), strict=True)
]


# Heads of units only: nobody high enough to be known by name.
_SIGNERS: Final = {
    "national": ("Phó Vụ trưởng", "Phó Cục trưởng", "Trưởng phòng", "Phó Trưởng ban"),
    "private": ("Giám đốc", "Phó Giám đốc", "Trưởng phòng"),
}


@dataclass(frozen=True, slots=True)
class ExternalDocument:
    """Một văn bản đến từ ngoài thành phố."""

    issuer: ExternalIssuer
    subject: Subject
    reference: str
    issued_on: date
    signer_title: str
    signer_name: str


def external_document(rng: random.Random, arrived: date) -> ExternalDocument:
    """Văn bản ngoài thành phố đến trong ngày ``arrived``, ký trước đó một đến bốn ngày."""
    issuer = rng.choices([MINISTRIES, LOCAL_BRANCHES, COMPANIES], weights=[6, 2, 2])[0]
    chosen = rng.choice(issuer)
    issued_on = arrived - timedelta(days=rng.randint(1, 4))
    about = subject(rng, chosen.field, issued_on)
    return ExternalDocument(
        issuer=chosen,
        subject=about,
        reference=external_reference(rng, chosen, about.type_name, issued_on),
        issued_on=issued_on,
        signer_title=rng.choice(_SIGNERS[chosen.field]),
        signer_name=passing_name(rng),
    )


def external_reference(rng: random.Random, issuer: ExternalIssuer, type_name: str, issued_on: date) -> str:
    """Số, ký hiệu của nơi gửi: the number fits the day of the year."""
    share = issued_on.timetuple().tm_yday / 366
    # Letters take most numbers of a register; named types have short series of their own.
    scale = 1.0 if type_name == "Công văn" else 0.07
    number = max(1, round(issuer.yearly * scale * share) + rng.randint(-3, 3))
    notation = build_notation(
        type_named(type_name).abbreviation, issuer.abbreviation, rng.choice(issuer.units)
    )
    return format_reference(number, notation)
