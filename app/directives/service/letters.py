"""Văn bản do việc theo dõi chỉ đạo sinh ra: công văn đôn đốc, văn bản đề nghị cấp trên gia hạn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.core.db import session
from app.core.working_days import days_late, due_day, shown_calendar
from app.directives.models import DirectivePart
from app.documents.service.letters import Letter, authority_of, place_and_day, upper_of
from app.language.dates import dmy
from app.org import queries as org
from app.org.models import Agency

_COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Tình trạng")
_WIDTHS = (6, 46, 20, 14, 18)
_SHOWN = 300


def urging(parts: Sequence[DirectivePart], approver_post_id: int, text: str, now: datetime) -> Letter:
    """Công văn đôn đốc các cơ quan chủ trì, with a table of what each of them owes."""
    agency = session.get_one(Agency, parts[0].assigning_agency_id)
    late = sum(p.due_at is not None and p.due_at <= now for p in parts)
    opening = (
        f"Qua theo dõi việc thực hiện các nhiệm vụ {agency.name} đã giao, đến hết ngày {dmy(due_day(now))}"
    )
    owed = f" có {len(parts)} nhiệm vụ chưa hoàn thành" + (
        f", trong đó {late} nhiệm vụ đã quá hạn." if late else "."
    )
    asked = (
        "Đề nghị Thủ trưởng các cơ quan chủ trì khẩn trương chỉ đạo thực hiện, cập nhật tình hình và báo cáo kết quả "
        "trên hệ thống; nêu rõ khó khăn, vướng mắc và thời gian hoàn thành."
    )
    paragraphs = [("", opening + owed), *([("", text.strip())] if text.strip() else []), ("", asked)]
    return _letter(
        agency,
        approver_post_id,
        "đôn đốc thực hiện nhiệm vụ được giao",
        paragraphs,
        columns=_COLUMNS,
        widths=_WIDTHS,
        rows=[_row(n, part, now) for n, part in enumerate(parts, 1)],
    )


def _row(number: int, part: DirectivePart, now: datetime) -> tuple[str, ...]:
    content = " ".join(part.content.split())
    shown = content if len(content) <= _SHOWN else f"{content[:_SHOWN].rstrip()}…"
    source = part.directive.source_reference
    late = days_late(part.due_at, now, shown_calendar()) if part.due_at else 0
    state = f"Quá hạn {late} ngày làm việc" if late else "Chưa hoàn thành"
    if part.urging_count:
        state += f"; đã đôn đốc {part.urging_count} lần"
    return (
        str(number),
        f"{shown} ({part.code}{', ' + source if source else ''})",
        part.lead_agency.short_name,
        dmy(due_day(part.due_at)) if part.due_at else "Không hạn",
        state,
    )


def to_above(part: DirectivePart, approver_post_id: int, wanted: datetime, reason: str) -> Letter:
    """Công văn đề nghị cơ quan cấp trên gia hạn nhiệm vụ đã giao."""
    agency, directive = session.get_one(Agency, part.assigning_agency_id), part.directive
    source = directive.source_reference
    if source and directive.source_issued_on:
        source += f" ngày {dmy(directive.source_issued_on)}"
    given = f"{directive.external_body} giao {agency.name}" + (f" tại {source}" if source else "")
    term = f", thời hạn {dmy(due_day(directive.external_due_at))}" if directive.external_due_at else ""
    code = f" (mã nhiệm vụ {directive.external_code})" if directive.external_code else ""
    content = " ".join(part.content.split()).rstrip(".")
    paragraphs = [
        ("", f"Kính gửi: {directive.external_body}"),
        ("", f"{given} nhiệm vụ: {content}{code}{term}."),
        ("", reason.strip()),
        (
            "",
            f"{agency.name} kính đề nghị {directive.external_body} xem xét, cho gia hạn nhiệm vụ nêu trên đến hết ngày "
            + dmy(due_day(wanted))
            + "./.",
        ),
    ]
    return _letter(
        agency, approver_post_id, "đề nghị gia hạn thời gian hoàn thành nhiệm vụ được giao", paragraphs
    )


def _letter(
    agency: Agency,
    approver_post_id: int,
    title: str,
    paragraphs: Sequence[tuple[str, str]],
    *,
    columns: Sequence[str] = (),
    widths: Sequence[int] = (),
    rows: Sequence[Sequence[str]] = (),
    left: Sequence[str] = ("- Như trên;", "- Lưu: VT."),
) -> Letter:
    signer = org.post(approver_post_id, agency.id)
    return Letter(
        title=title,
        heading="",
        upper=upper_of(agency),
        agency=agency.name,
        reference=f"Số:          /{agency.abbreviation}-VP",
        date=place_and_day(agency),
        paragraphs=paragraphs,
        authority=authority_of(agency, signer),
        signer=signer.person.full_name if signer.person else "",
        left=left,
        columns=columns,
        widths=widths,
        rows=rows,
    )
