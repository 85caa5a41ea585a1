"""Soạn một văn bản của cơ quan trong thành phố mẫu: letterhead, signature and places of receipt that belong together."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Final

from app.demo.data.agencies import CITY, CITY_PLACE, OFFICE, AgencySpec, agency
from app.demo.data.body.letter import Letter
from app.demo.data.documents.issuers import ExternalDocument
from app.demo.data.documents.paragraphs import bases, paragraphs
from app.demo.data.documents.subjects import LETTER, Subject
from app.demo.data.documents.types import NORMAL
from app.demo.data.people import PersonSpec, PostSpec
from app.language.names import letterhead, short_agency_name

_ADDRESSED_TYPES: Final = frozenset({LETTER, "Báo cáo", "Tờ trình", "Giấy mời"})
_HEADS: Final = {
    "Phó Chủ tịch": "Chủ tịch",
    "Phó Giám đốc": "Giám đốc",
    "Phó Chánh Văn phòng": "Chánh Văn phòng",
}


def compose(
    rng: random.Random,
    issuer: AgencySpec,
    signer: tuple[PostSpec, PersonSpec],
    subject: Subject,
    when: date,
    *,
    notation: str,
    number: str = "",
    to: Sequence[str] = (),
    drafting_unit: str = "",
    reply_to: str = "",
    urgency: str = NORMAL,
) -> Letter:
    """Văn bản của một cơ quan trong thành phố; without a number it is a draft, and the day stays blank too."""
    post, person = signer
    reader = short_agency_name(to[0]) if len(to) == 1 else "Quý cơ quan"
    decision = subject.type_name == "Quyết định"
    return Letter(
        parent=_parent(issuer),
        issuer=letterhead(issuer.name),
        number=number,
        notation=notation,
        place=_place(issuer),
        day=when if number else None,
        type_name=subject.type_name,
        subject=subject.text,
        urgency="" if urgency == NORMAL else urgency,
        addressees=_punctuated(to) if subject.type_name in _ADDRESSED_TYPES else (),
        bases=bases(rng, "cơ quan tham mưu") if decision else (),
        decider=_decider(issuer) if decision else "",
        paragraphs=paragraphs(rng, subject, issuer.short_name, reader, when, reply_to=reply_to),
        authority=_authority(issuer, post, personal=decision),
        signer_title=post.signing_title,
        signer_name=person.full_name,
        recipients=_recipients(to, subject, drafting_unit),
    )


def compose_external(rng: random.Random, document: ExternalDocument, to: str) -> Letter:
    """Văn bản của nơi gửi ngoài thành phố."""
    number, _, notation = document.reference.partition("/")
    about = document.subject
    return Letter(
        issuer=(document.issuer.name,),
        number=number,
        notation=notation,
        place=document.issuer.place,
        day=document.issued_on,
        type_name=about.type_name,
        subject=about.text,
        addressees=(to,) if about.type_name in _ADDRESSED_TYPES else (),
        bases=bases(rng, "Thủ trưởng đơn vị chủ trì") if about.type_name == "Quyết định" else (),
        decider=f"Thủ trưởng {document.issuer.name}" if about.type_name == "Quyết định" else "",
        paragraphs=paragraphs(rng, about, document.issuer.name, short_agency_name(to), document.issued_on),
        authority=("TL. Thủ trưởng cơ quan",) if document.issuer.field == "national" else (),
        signer_title=document.signer_title,
        signer_name=document.signer_name,
        recipients=("Như trên;", f"Lưu: VT, {notation.rsplit('-', 1)[-1]}."),
    )


def _parent(issuer: AgencySpec) -> tuple[str, ...]:
    return letterhead(agency(CITY).name) if issuer.kind in {OFFICE, "department"} else ()


def _place(issuer: AgencySpec) -> str:
    """Địa danh: a ward or commune writes its own name, city bodies the city's."""
    words = issuer.name.removeprefix("Ủy ban nhân dân ").split(" ", 1)
    if issuer.kind in {CITY, OFFICE, "department"}:
        return CITY_PLACE
    return issuer.name.removeprefix("Ủy ban nhân dân đặc khu ") if issuer.kind == "special_zone" else words[1]


def _authority(issuer: AgencySpec, post: PostSpec, *, personal: bool) -> tuple[str, ...]:
    """Quyền hạn ký: TM. for a committee (not in a chairman's own decision), KT. for a deputy, TL. for the office."""
    lines = []
    if issuer.abbreviation == "UBND":
        if post.signing_title not in {"Chủ tịch", "Phó Chủ tịch"}:
            lines.append("TL. Chủ tịch")
        elif not personal:
            lines.append("TM. Ủy ban nhân dân")
    if post.signing_title in _HEADS:
        lines.append(f"KT. {_HEADS[post.signing_title]}")
    return tuple(lines)


def _decider(issuer: AgencySpec) -> str:
    if issuer.abbreviation == "UBND":
        return f"Chủ tịch {issuer.name}"
    if issuer.kind == OFFICE:
        return f"Chánh {issuer.name[0].lower()}{issuer.name[1:]}"
    return f"Giám đốc {issuer.name}" if issuer.name.startswith("Sở") else f"Thủ trưởng {issuer.name}"


def _punctuated(to: Sequence[str]) -> tuple[str, ...]:
    """Kính gửi: one addressee stands bare; of several each ends with a semicolon, the last with a full stop."""
    if len(to) < 2:
        return tuple(to)
    return (*(f"{name};" for name in to[:-1]), f"{to[-1]}.")


def _recipients(to: Sequence[str], subject: Subject, drafting_unit: str) -> tuple[str, ...]:
    if subject.type_name in _ADDRESSED_TYPES:
        lines = ["Như trên;"]
    elif subject.type_name == "Quyết định":
        lines = ["Như Điều 4;"]
    else:
        lines = [f"{short_agency_name(name)};" for name in to[:8]]
    archive = f"Lưu: VT, {drafting_unit}." if drafting_unit else "Lưu: VT."
    return (*lines, archive)
