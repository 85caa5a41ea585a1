"""Báo cáo tiến độ, báo cáo hoàn thành, đề xuất của chuyên viên theo dõi."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from app.core import clock, limits
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotFound, Violation, Violations
from app.core.records import RecordKind, may_see
from app.core.use_case import use_case
from app.directives import policy
from app.directives.models import DirectivePart, Judgement, ProgressReport, ProgressReportFile
from app.directives.service import history, notices
from app.directives.service import lead as leads
from app.directives.service.deadlines import plan_flag
from app.directives.service.extension import lapse_pending
from app.directives.service.loading import part_for_change
from app.directives.workflow import DIRECTIVE
from app.documents.models import Direction, Document
from app.storage.service import Upload, keep


@use_case
def report(
    actor: Actor,
    part_id: int,
    *,
    situation: str,
    version: int | None = None,
    percent: int | None = None,
    difficulty: str = "",
    expected_on: date | None = None,
    files: Sequence[Upload] = (),
) -> DirectivePart:
    """Báo cáo tiến độ: situation, obstacles, expected completion; percent and files where there are any."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "report")
    _check(situation, percent, files)
    now, told_as = clock.now(), _reporter(actor, part)
    entry = _enter(told_as, part, now, situation=situation, percent=percent, files=files)
    entry.difficulty, entry.expected_on = difficulty, expected_on
    changes = {}
    if percent is not None and percent != part.percent:
        changes["percent"] = (_shown(part.percent), _shown(percent))
        part.percent = percent
    part.last_update_at = now
    session.flush()
    DIRECTIVE.move(
        told_as,
        part,
        "report",
        changes=changes,
        report_id=entry.id,
        percent=percent,
        expected_on=expected_on,
        files=len(files),
        note=_with_difficulty(situation, difficulty),
    )
    history.remember(part, now)
    notices.tell(part, f"{part.lead_agency.short_name} báo cáo tiến độ", policy.followers_of(part))
    return part


@use_case
def report_done(
    actor: Actor,
    part_id: int,
    *,
    result: str,
    version: int | None = None,
    answer_document_id: int | None = None,
    files: Sequence[Upload] = (),
) -> DirectivePart:
    """Báo cáo hoàn thành: the result, with files or the answering document. Its date decides whether it was on time."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "report_done")
    _check(result, None, files)
    now, told_as = clock.now(), _reporter(actor, part)
    answer = _answer(actor, part, answer_document_id)
    entry = _enter(told_as, part, now, situation=result, percent=100, files=files)
    entry.is_completion = True
    if answer is not None:
        entry.answer_document_id, entry.answer_reference = answer.id, answer.reference
    lapse_pending(told_as, part, "đã báo cáo hoàn thành")
    leads.lapse_pending(told_as, part, "đã báo cáo hoàn thành")
    changes = {"percent": (_shown(part.percent), "100%")} if part.percent != 100 else {}
    part.percent, part.last_update_at, part.reported_done_at = 100, now, now
    session.flush()
    DIRECTIVE.move(
        told_as, part, "report_done", changes=changes, report_id=entry.id, files=len(files), note=result
    )
    plan_flag(part)
    history.remember(part, now)
    notices.tell(part, f"{part.lead_agency.short_name} báo cáo hoàn thành", notices.assigning_side(part))
    return part


@use_case
def propose(
    actor: Actor, part_id: int, *, accept: bool, note: str = "", version: int | None = None
) -> DirectivePart:
    """Đề xuất xử lý báo cáo hoàn thành: the follower has checked the product; the assigner decides in one click."""
    part = part_for_change(actor, part_id, version)
    DIRECTIVE.check(actor, part, "propose")
    if not accept and not note.strip():
        raise Violations([Violation("note", "Hãy nêu phần cần bổ sung, thực hiện lại.")])
    entry = waiting_report(part)
    told_as = policy.in_capacity(actor, *policy.followers_of(part))
    entry.proposal = (Judgement.ACCEPTED if accept else Judgement.RETURNED).value
    entry.proposal_note, entry.proposed_at = note, clock.now()
    entry.proposed_by_post_id, entry.proposed_by_person_id = told_as.post_id, told_as.person_id
    DIRECTIVE.move(told_as, part, "propose", report_id=entry.id, accept=accept, note=note)
    words = "Đề xuất xác nhận hoàn thành" if accept else "Đề xuất yêu cầu bổ sung"
    notices.tell(part, words, notices.assigning_side(part)[:1])
    return part


def waiting_report(part: DirectivePart) -> ProgressReport:
    """Báo cáo hoàn thành đang chờ xét của đầu việc."""
    return session.scalars(
        select(ProgressReport).where(
            ProgressReport.part_id == part.id,
            ProgressReport.is_completion,
            ProgressReport.judgement.is_(None),
        )
    ).one()


# ── parts of both ────────────────────────────────────────────────────────────


def _reporter(actor: Actor, part: DirectivePart) -> Actor:
    return policy.in_capacity(actor, *policy.assignees_of(part), *policy.desk_of(part.lead_agency_id))


def _check(text: str, percent: int | None, files: Sequence[Upload]) -> None:
    broken = []
    if not text.strip():
        broken.append(Violation("situation", "Hãy nêu tình hình hoặc kết quả thực hiện."))
    if percent is not None and not 0 <= percent <= 100:
        broken.append(Violation("percent", "Tiến độ là một số từ 0 đến 100."))
    if len(files) > limits.FILES_PER_RECORD:
        broken.append(Violation("files", f"Gửi nhiều nhất {limits.FILES_PER_RECORD} tệp một lần."))
    if broken:
        raise Violations(broken)


def _enter(
    actor: Actor,
    part: DirectivePart,
    now: datetime,
    *,
    situation: str,
    percent: int | None,
    files: Sequence[Upload],
) -> ProgressReport:
    entry = ProgressReport(
        part=part,
        agency_id=part.lead_agency_id,
        post_id=actor.post_id,
        person_id=actor.person_id,
        at=now,
        percent=percent,
        situation=situation,
    )
    for position, upload in enumerate(files):
        entry.files.append(
            ProgressReportFile(stored=keep(actor, upload), name=upload.name, position=position)
        )
    session.add(entry)
    return entry


def _answer(actor: Actor, part: DirectivePart, document_id: int | None) -> Document | None:
    """The answering document: an issued one of the lead agency that the reporter may see."""
    if document_id is None:
        return None
    document = session.get(Document, document_id)
    if (
        document is None
        or document.agency_id != part.lead_agency_id
        or document.direction != Direction.OUTGOING
        or not may_see(RecordKind.OUTGOING, document.id, actor.all_principals("documents"))
    ):
        raise NotFound
    if not document.reference:
        raise Violations([Violation("answer", "Văn bản trả lời chưa phát hành. Hãy phát hành trước.")])
    return document


def _shown(percent: int | None) -> str | None:
    return f"{percent}%" if percent is not None else None


def _with_difficulty(situation: str, difficulty: str) -> str:
    return f"{situation} Khó khăn: {difficulty}" if difficulty else situation
