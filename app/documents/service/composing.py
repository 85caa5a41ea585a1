"""Dựng văn bản từ những gì người soạn thảo đã điền: the draft as DOCX, the issued document as PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.documents import labels
from app.documents.models import Document
from app.documents.service.capacity import COMMITTEES, capacity_of
from app.documents.service.decree import forms, pdf, word
from app.documents.service.decree.letter import Letter, paragraphs_of
from app.language.document_types import type_named
from app.language.references import build_notation
from app.org import queries as org
from app.org.models import Agency, Post, Unit
from app.storage.kinds import Kind
from app.storage.service import Upload, store_made


@dataclass(frozen=True)
class Composition:
    """Nội dung điền theo mẫu: the form and what was filled into its fields."""

    form: str
    values: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Giá trị lưu cùng dự thảo."""
        return {"form": self.form, "values": dict(self.values)}

    @classmethod
    def of(cls, document: Document) -> Composition | None:
        """Nội dung đã điền của một dự thảo; ``None`` where its file was uploaded."""
        held = document.composition
        return cls(str(held["form"]), dict(held["values"])) if held else None


@dataclass(frozen=True)
class Frame:
    """Phần khung của văn bản: everything but what was filled into the form."""

    agency: Agency
    unit: Unit | None
    signer: Post
    document_type: str
    subject: str
    urgency: int
    receivers: tuple[str, ...]
    unit_abbreviation: str = ""


def build(
    frame: Frame, composition: Composition, *, number: str = "", notation: str = "", day: date | None = None
) -> Letter:
    """Văn bản đủ thể thức từ khung và nội dung đã điền."""
    kind = forms.form_kind(composition.form) or forms.plain_kind(frame.document_type)
    agency, values = frame.agency, dict(composition.values)
    values.setdefault("host", "")
    values["host"] = values["host"] or agency.name
    capacity = capacity_of(frame.signer, agency, day or clock.today())
    unit = frame.unit.abbreviation if frame.unit else "VP"
    head = _head_of(agency)
    return Letter(
        type_name=frame.document_type,
        subject=frame.subject,
        parent=_lines(agency.parent.name)
        if agency.parent is not None and agency.kind not in COMMITTEES
        else (),
        issuer=_lines(agency.name),
        notation=notation
        or build_notation(type_named(frame.document_type).abbreviation, agency.abbreviation, unit),
        place=agency.place,
        paragraphs=kind.compose(values),
        recipients=_recipients(frame, kind, unit),
        authority=capacity.lines if capacity else (frame.signer.title,),
        signer=frame.signer.person.full_name if frame.signer.person else "",
        number=number,
        day=day,
        addressees=frame.receivers if kind.has_addressees else (),
        bases=paragraphs_of(values.get("bases", "")),
        decider=f"{head} {agency.name}" if kind.type_name == "Quyết định" else "",
        urgency=labels.URGENCY[frame.urgency] if frame.urgency else "",
        wire_to=f"{head} {agency.name}" if kind.type_name == "Công điện" else "",
        second_signer=("Thư ký", values.get("secretary", "")) if kind.type_name == "Biên bản" else ("", ""),
        annex=(values["annex_title"].strip(), *paragraphs_of(values["annex"])) if values.get("annex") else (),
    )


def _recipients(frame: Frame, kind: forms.FormKind, unit: str) -> tuple[str, ...]:
    if kind.has_addressees:
        first: tuple[str, ...] = ("Như trên",)
    elif kind.key == "quyet-dinh-kem":
        first = ("Như Điều 3", *frame.receivers)
    else:
        first = frame.receivers
    return (*first, f"Lưu: VT, {unit}")


def _head_of(agency: Agency) -> str:
    head = next((p for p in org.leaders_of(agency.id) if p.is_head), None)
    words = head.title if head is not None else ("Chủ tịch" if agency.kind in COMMITTEES else "Giám đốc")
    return re.sub(
        r"\s+(?:UBND|Ủy ban nhân dân|Sở|Ban|Cục|Chi cục|Văn phòng|Trung tâm|phường|xã|đặc khu|Thành phố|tỉnh)\b.*$",
        "",
        words,
    )


def _lines(name: str) -> tuple[str, ...]:
    """ "Ủy ban nhân dân phường An Khánh" stands on two lines."""
    found = re.match(r"^(Ủy ban nhân dân|Hội đồng nhân dân)\s+(.+)$", name)
    return (found[1], found[2]) if found else (name,)


def frame_of(document: Document) -> Frame:
    """Khung của một dự thảo đã lưu."""
    return Frame(
        agency=session.get_one(Agency, document.agency_id),
        unit=session.get(Unit, document.unit_id) if document.unit_id else None,
        signer=session.get_one(Post, document.approver_post_id),
        document_type=document.document_type,
        subject=document.subject,
        urgency=document.urgency,
        receivers=tuple(r.name for r in sorted(document.recipients, key=lambda r: r.position)),
    )


def frame_for(
    actor: Actor,
    *,
    document_type: str,
    subject: str,
    urgency: int,
    receivers: Sequence[str],
    signer_post_id: int,
) -> Frame:
    """Khung của một văn bản đang soạn, chưa lưu."""
    agency = org.agency(actor.agency_id or 0)
    return Frame(
        agency=agency,
        unit=session.get(Unit, actor.unit_id) if actor.unit_id else None,
        signer=org.post(signer_post_id, agency.id),
        document_type=document_type,
        subject=subject,
        urgency=urgency,
        receivers=tuple(receivers),
    )


def draft_file(document: Document, composition: Composition) -> Upload:
    """Tệp DOCX sửa được của dự thảo."""
    letter = build(frame_of(document), composition)
    return store_made(word.docx(letter), f"{document.document_type}.docx", Kind.DOCX)


def signing_file(document: Document, composition: Composition) -> Upload:
    """Tệp PDF/A trình ký: room is left for number and day, which come after the signature."""
    letter = build(frame_of(document), composition)
    return store_made(
        pdf.pdf(letter), f"{document.document_type}.pdf", Kind.PDF, page_count=pdf.page_count(letter)
    )


def final_file(document: Document, composition: Composition) -> Upload:
    """Tệp PDF/A của văn bản đã có số và ngày."""
    number, _, notation = document.reference.partition("/")
    letter = build(frame_of(document), composition, number=number, notation=notation, day=document.issued_on)
    name = re.sub(r"[^\w-]+", "-", document.reference)
    return store_made(
        pdf.pdf(letter), f"{document.document_type} {name}.pdf", Kind.PDF, page_count=pdf.page_count(letter)
    )


def preview(frame: Frame, composition: Composition, page: int = 1) -> tuple[bytes, int]:
    """Ảnh xem trước một trang, và số trang."""
    return pdf.preview(build(frame, composition), page)


def preview_pdf(frame: Frame, composition: Composition) -> bytes:
    """Bản PDF xem trước."""
    return pdf.pdf(build(frame, composition))
