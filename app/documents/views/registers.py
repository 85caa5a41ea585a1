"""Sổ đăng ký văn bản theo bộ lọc, in và xuất tệp; báo cáo tình hình giải quyết."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, limits
from app.core.db import AnyRow
from app.core.text import clean_line
from app.documents import labels, queries
from app.documents.models import Direction
from app.documents.policy import Permission
from app.documents.queries import Book, Narrowed
from app.documents.queries import registers as register_queries
from app.documents.service.sheets import Cell, Sheet, sheet_pdf, sheet_xlsx
from app.documents.views import bp
from app.documents.views.shared import due_of, stamp_of
from app.language.dates import read_date
from app.language.errors import NotUnderstood
from app.org import queries as org
from app.web import formatting
from app.web.actor import actor
from app.web.guards import requires

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INCOMING_COLUMNS = (
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung văn bản",
    "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip
INCOMING_WIDTHS = (10, 7, 18, 14, 10, 40, 20, 10, 9, 12)
OUTGOING_COLUMNS = (
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký", "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ghi chú",
)  # fmt: skip
OUTGOING_WIDTHS = (16, 11, 42, 18, 34, 18, 8, 12)


# ── bộ lọc ──


def whole(name: str, least: int, most: int) -> int | None:
    """Số nguyên trong địa chỉ, hoặc ``None`` khi không có hay không hợp lệ."""
    typed = request.args.get(name, "")
    value = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    return value if value is not None and least <= value <= most else None


def day(name: str, problems: list[str]) -> date | None:
    """Ngày trong địa chỉ; what cannot be read is told, and narrows nothing."""
    typed = clean_line(request.args.get(name, ""))[:60]
    if not typed:
        return None
    try:
        return read_date(typed, today=clock.today())
    except NotUnderstood as problem:
        problems.append(problem.sentence)
        return None


def narrowed(problems: list[str]) -> Narrowed:
    """Bộ lọc sổ trong địa chỉ."""
    state = request.args.get("tinh-trang", "")
    known = {**labels.INCOMING.states, **labels.OUTGOING.states}
    return Narrowed(
        since=day("tu-ngay", problems),
        until=day("den-ngay", problems),
        first=whole("tu-so", 1, 999_999_999),
        last=whole("den-so", 1, 999_999_999),
        state=state if state in known else "",
        words=clean_line(request.args.get("q", ""))[: limits.SEARCH_CHARS],
    )


_KEPT = ("tu-ngay", "den-ngay", "tu-so", "den-so", "tinh-trang", "q")


def kept() -> dict[str, Any]:
    """Bộ lọc đang dùng, to be carried by every link of the page."""
    return {name: value for name in _KEPT if (value := request.args.get(name))}


def _book(register_id: int) -> Book:
    year = whole("nam", 2000, 2200) or clock.today().year
    return queries.book(register_id, year, viewer=actor())


# ── trang sổ ──


@bp.route("/so")
@requires(Permission.BOOK_READ)
def books() -> ResponseReturnValue:
    """Các sổ văn bản của cơ quan, từng năm; a new year opens by itself at its first number."""
    registers = register_queries.registers_of(actor().agency_id or 0)
    shelves = [
        (title, [r for r in registers if r.direction == d])
        for d, title in ((Direction.INCOMING, "Sổ văn bản đến"), (Direction.OUTGOING, "Sổ văn bản đi"))
    ]
    return render_template(
        "documents/books.html",
        shelves=shelves,
        years=register_queries.years_of(registers),
        year=clock.today().year,
    )


@bp.route("/so/<int:register_id>")
@requires(Permission.BOOK_READ)
def book(register_id: int) -> ResponseReturnValue:
    """Một sổ trong một năm, số mới trước, theo bộ lọc."""
    problems: list[str] = []
    target, wanted = _book(register_id), narrowed(problems)
    before = whole("truoc-so", 1, 999_999_999)
    rows = register_queries.register_rows(
        target, wanted, viewer=actor(), before=before, limit=limits.PAGE_ROWS
    )
    shown = rows[: limits.PAGE_ROWS]
    at: dict[str, Any] = {"register_id": register_id, "nam": target.year, **kept()}
    older = url_for(".book", **at, **{"truoc-so": shown[-1].number}) if len(rows) > limits.PAGE_ROWS else None
    return render_template(
        "documents/book.html",
        may_hold=actor().can(Permission.OUTGOING_ISSUE),
        book=target,
        rows=shown,
        older=older,
        before=before,
        narrowed=wanted,
        problems=problems,
        at=at,
        labels=labels,
        due_of=due_of,
        stamp_of=stamp_of,
    )


@bp.route("/so/<int:register_id>/in")
@requires(Permission.BOOK_READ)
def print_book(register_id: int) -> ResponseReturnValue:
    """In sổ văn bản, khổ A4 ngang, cột theo Nghị định 30/2020 phụ lục IV."""
    target = _book(register_id)
    return render_template(
        "documents/sheet_print.html",
        sheet=register_sheet(target, limits.REGISTER_PRINT_ROWS),
        back_url=url_for(".book", register_id=register_id, nam=target.year, **kept()),
    )


@bp.route("/so/<int:register_id>/xuat-bang-tinh")
@requires(Permission.BOOK_READ)
def book_xlsx(register_id: int) -> ResponseReturnValue:
    """Xuất sổ ra XLSX."""
    target = _book(register_id)
    return _file(
        sheet_xlsx(register_sheet(target, limits.REGISTER_SHEET_ROWS)), _XLSX, f"so-{target.year}.xlsx"
    )


@bp.route("/so/<int:register_id>/xuat-ban-in")
@requires(Permission.BOOK_READ)
def book_pdf(register_id: int) -> ResponseReturnValue:
    """Xuất sổ ra PDF."""
    target = _book(register_id)
    return _file(
        sheet_pdf(register_sheet(target, limits.REGISTER_PRINT_ROWS)),
        "application/pdf",
        f"so-{target.year}.pdf",
    )


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def register_sheet(target: Book, most: int) -> Sheet:
    """Sổ thành bảng, số tăng dần, theo bộ lọc đang dùng."""
    wanted = narrowed([])
    rows = register_queries.register_rows(target, wanted, viewer=actor(), limit=most, ascending=True)[:most]
    arriving = target.register.direction == Direction.INCOMING
    numbers = f", từ số {rows[0].number} đến số {rows[-1].number}" if rows else ""
    return Sheet(
        title="Sổ đăng ký văn bản đến" if arriving else "Sổ đăng ký văn bản đi",
        sub=f"{target.register.name}, năm {target.year}{numbers}",
        agency=org.agency(target.register.agency_id).name,
        columns=INCOMING_COLUMNS if arriving else OUTGOING_COLUMNS,
        widths=INCOMING_WIDTHS if arriving else OUTGOING_WIDTHS,
        rows=[_incoming_row(r) if arriving else _outgoing_row(r) for r in rows],
        source=source_words(),
    )


def source_words() -> str:
    """Dấu cho biết bản in lấy từ hệ thống (PL VI, F6.10)."""
    now = formatting.datetime(clock.now())
    return f"In từ hệ thống Văn phòng điện tử lúc {now}, người in: {actor().person_name}"


def _incoming_row(r: AnyRow) -> list[Cell]:
    notes = [
        labels.URGENCY[r.urgency] if r.urgency else "",
        f"Bản giấy: {r.paper_place}" if r.paper_place else "",
    ]
    return [
        formatting.date(r.registered_at),
        r.number,
        r.issuer_name,
        r.reference,
        formatting.date(r.issued_on),
        f"{r.document_type} {r.subject}",
        r.handlers or "",
        formatting.date(r.handed_at),
        "",
        "; ".join(n for n in notes if n),
    ]


def _outgoing_row(r: AnyRow) -> list[Cell]:
    return [
        r.reference,
        formatting.date(r.issued_on),
        f"{r.document_type} {r.subject}",
        r.signer_name,
        r.recipients_text,
        r.unit_name or "Văn thư",
        1,
        "",
    ]


# ── báo cáo tình hình giải quyết (PL VI, O2, O4) ──


@dataclass(frozen=True)
class _Report:
    sheet: Sheet
    since: date
    until: date
    problems: list[str]


def _report(direction: Direction) -> _Report:
    problems: list[str] = []
    today = clock.today()
    since = day("tu-ngay", problems) or today.replace(day=1)
    until = day("den-ngay", problems) or today
    if until < since:
        problems.append("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.")
        until = since
    if (until - since).days > 366:
        problems.append("Mỗi báo cáo nhiều nhất một năm. Hãy chọn kỳ ngắn hơn.")
        since = until.replace(year=until.year - 1) if (until.month, until.day) != (2, 29) else until
    make = _incoming_report if direction == Direction.INCOMING else _outgoing_report
    return _Report(make(since, until), since, until, problems)


def _incoming_report(since: date, until: date) -> Sheet:
    agency = org.agency(actor().agency_id or 0)
    found = register_queries.incoming_tally(agency.id, since, until, clock.now())
    rows: list[Sequence[Cell]] = [
        [
            t.name,
            t.received,
            t.done,
            t.done_in_time,
            t.done_late,
            t.open,
            t.open_in_time,
            t.open_late,
            t.open_without,
        ]
        for t in found
    ]
    return Sheet(
        title="Báo cáo tình hình giải quyết văn bản đến",
        sub=_period_words(since, until),
        agency=agency.name,
        columns=(
            "Đơn vị, người chủ trì",
            "Văn bản đến",
            "Đã giải quyết",
            "Đúng hạn",
            "Trễ hạn",
            "Đang giải quyết",
            "Trong hạn",
            "Quá hạn",
            "Không đặt hạn",
        ),
        widths=(34, 11, 11, 11, 11, 11, 11, 11, 11),
        rows=_with_total(rows),
        source=source_words(),
    )


def _outgoing_report(since: date, until: date) -> Sheet:
    agency = org.agency(actor().agency_id or 0)
    by_type = request.args.get("theo") == "loai"
    found = register_queries.outgoing_tally(agency.id, since, until, by_type=by_type)
    rows: list[Sequence[Cell]] = [[t.name, t.issued, t.answers, t.on_the_day] for t in found]
    return Sheet(
        title="Báo cáo tình hình giải quyết văn bản đi",
        sub=_period_words(since, until),
        agency=agency.name,
        columns=(
            "Loại văn bản" if by_type else "Đơn vị soạn thảo",
            "Đã phát hành",
            "Trả lời văn bản đến",
            "Phát hành trong ngày ký",
        ),
        widths=(40, 16, 20, 22),
        rows=_with_total(rows),
        source=source_words(),
    )


def _with_total(rows: list[Sequence[Cell]]) -> list[Sequence[Cell]]:
    if not rows:
        return rows
    sums = [sum(int(row[i]) for row in rows) for i in range(1, len(rows[0]))]
    return [*rows, ["Cộng", *sums]]


def _period_words(since: date, until: date) -> str:
    return f"Từ ngày {formatting.date(since)} đến ngày {formatting.date(until)}"


@bp.route("/bao-cao/van-ban-den")
@requires(Permission.BOOK_READ)
def report_incoming() -> ResponseReturnValue:
    """Báo cáo tình hình giải quyết văn bản đến: trang, bản in, XLSX, PDF."""
    return _report_page(Direction.INCOMING, ".report_incoming")


@bp.route("/bao-cao/van-ban-di")
@requires(Permission.BOOK_READ)
def report_outgoing() -> ResponseReturnValue:
    """Báo cáo tình hình giải quyết văn bản đi: trang, bản in, XLSX, PDF."""
    return _report_page(Direction.OUTGOING, ".report_outgoing")


def _report_page(direction: Direction, endpoint: str) -> ResponseReturnValue:
    found = _report(direction)
    form = request.args.get("dang", "")
    if form == "xlsx":
        return _file(sheet_xlsx(found.sheet), _XLSX, f"bao-cao-{direction.value}.xlsx")
    if form == "pdf":
        return _file(sheet_pdf(found.sheet), "application/pdf", f"bao-cao-{direction.value}.pdf")
    own: dict[str, Any] = {
        "tu-ngay": formatting.date(found.since),
        "den-ngay": formatting.date(found.until),
    }
    if request.args.get("theo") == "loai":
        own["theo"] = "loai"
    if form == "in":
        return render_template(
            "documents/sheet_print.html", sheet=found.sheet, back_url=url_for(endpoint, **own)
        )
    return render_template(
        "documents/report.html",
        report=found,
        at=own,
        endpoint=f"documents{endpoint}",
        direction=direction.value,
    )
