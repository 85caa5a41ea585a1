"""Phần dùng chung của các trang văn bản."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.audit.queries import TimelineItem
from app.audit.queries import timeline as entries_of
from app.core import clock
from app.core.actor import Actor
from app.core.errors import DomainError, NotAllowed
from app.core.workflow import Workflow
from app.core.working_days import days_late, days_left, shown_calendar
from app.documents import labels, queries
from app.documents.models import Direction, Document, NoteKind
from app.signing.views import signatures_panel
from app.storage.kinds import Kind
from app.web.actor import actor
from app.web.formatting import DeadlineChip, deadline_chip, filesize
from app.web.forms import OfficeForm
from app.web.pages import form_page


def due_of(row: Any) -> DeadlineChip | None:
    """Nhãn hạn của một văn bản hay phần việc, hoặc ``None`` khi không có hạn."""
    if row.due_at is None:
        return None
    now = clock.now()
    closed_at = getattr(row, "closed_at", None) or getattr(row, "done_at", None)
    cal = shown_calendar()
    late = days_late(row.due_at, closed_at or now, cal)
    return deadline_chip(
        row.due_at, row.soon_at, closed_at, late, now, days_left=days_left(row.due_at, now, cal)
    )


def stamp_of(urgency: int) -> str:
    """Dấu khẩn, hoặc rỗng."""
    return labels.URGENCY[urgency] if urgency else ""


def url_of(document: Document) -> str:
    """Trang của văn bản."""
    endpoint = "documents.incoming" if document.direction == Direction.INCOMING else "documents.outgoing"
    return url_for(endpoint, document_id=document.id)


def timeline_of(document: Document) -> list[dict[str, Any]]:
    """Quá trình xử lý, cho khối dòng thời gian."""
    return [_entry(item) for item in entries_of(document.record_kind, document.id)]


def _entry(item: TimelineItem) -> dict[str, Any]:
    behalf = f"thay mặt {item.acting_for}" if item.acting_for else ""
    detail = " · ".join(part for part in (item.title, behalf, item.note, *item.changes) if part)
    return {
        "at": item.at,
        "who": item.who,
        "verb": item.words,
        "detail": detail,
        "tone": "late" if item.tone == "bad" else "done",
    }


def files_of(document: Document) -> list[dict[str, Any]]:
    """Tệp của văn bản, cho khối tệp: văn bản chính trước."""
    shown = []
    for item in sorted(document.files, key=lambda f: (f.role != "main", f.position, f.id)):
        pages = f"{item.stored.page_count} trang" if item.stored.page_count else ""
        shown.append(
            {
                "name": item.name,
                "url": url_for("documents.file", file_id=item.id),
                "detail": " · ".join(p for p in (pages, filesize(item.stored.size)) if p),
                "kind": item.stored.kind,
            }
        )
    return shown


def viewer_of(document: Document, most: int = 20) -> dict[str, Any] | None:
    """Văn bản chính để đọc trong trang: name, page images, address of the original."""
    main = next((f for f in document.files if f.role == "main"), None)
    if main is None:
        return None
    count = min(main.stored.page_count or 0, most) if main.stored.has_pages else 0
    return {
        "name": main.name,
        "pages": [url_for("documents.file_page", file_id=main.id, number=n) for n in range(1, count + 1)],
        "url": url_for("documents.file", file_id=main.id),
        "kind": "pdf" if main.stored.kind == Kind.PDF else "docx",
        "note": "Tệp Word không có bản xem trước." if main.stored.kind == Kind.DOCX else "",
    }


def named_in(document: Document) -> list[queries.Named]:
    """Các cơ quan khác mà bút phê trên văn bản này nêu tên."""
    said = [n.text for n in document.notes if n.kind == NoteKind.INSTRUCTION]
    return queries.agencies_named_in(said, besides=document.agency_id)


def signatures_of(viewer: Actor, document: Document) -> str | None:
    """Khối “Chữ ký số” của văn bản: verdicts in words, and the code of what we issued."""
    pdfs = [f for f in document.files if f.stored.kind == Kind.PDF]
    is_draft = document.direction == Direction.OUTGOING and document.state not in ("signed", "issued")
    if not pdfs or is_draft:
        return None
    return signatures_panel(pdfs, int(document.record_kind), document.id)


def guard(workflow: Workflow, record: Any, action: str) -> None:
    """Chặn từ cửa: who may not do this gets 403 at once, shown or posted. A wrong state is told when the page is opened;
    when it is posted the use case tells it beside the text, which is kept.
    """
    try:
        workflow.check(actor(), record, action)
    except NotAllowed:
        raise
    except DomainError:
        if request.method != "POST":
            raise


def act_page(
    document: Document,
    form: OfficeForm,
    *,
    title: str,
    submit: str,
    act: Callable[..., Any],
    arguments: Callable[[], tuple[Any, ...]],
    done: str,
    fields: tuple[str, ...],
    danger: bool = False,
    hint: str = "",
    back: str | None = None,
    undo: str | None = None,
) -> ResponseReturnValue:
    """Trang của một thao tác: shows the form, carries it out, tells the result and returns to the document."""
    if form.validate_on_submit() and form.attempt(act, *arguments()):
        tell_done(done, undo)
        return redirect(back or url_of(document))
    return form_page(
        "documents/act.html",
        form,
        document=document,
        title=title,
        submit=submit,
        fields=fields,
        danger=danger,
        hint=hint,
        back=back or url_of(document),
    )


def tell_done(words: str, undo: str | None = None) -> None:
    """Báo đã làm; with the address that undoes it, offered for ten seconds."""
    if undo:
        flash({"text": words, "url": undo}, "undo")  # type: ignore[arg-type]
    else:
        flash(words, "success")


def press(
    act: Callable[..., Any], *arguments: Any, done: str, to: str, undo: str | None = None
) -> ResponseReturnValue:
    """Thao tác một lần bấm: carried out with the version the button was drawn from; a refusal is told on the page it came from.

    ``arguments`` stand before the version.
    """
    form = OfficeForm()
    if form.validate_on_submit() and form.attempt(act, *arguments, form.expected_version):
        tell_done(done, undo)
        return redirect(to)
    for _field, sentence in form.problems:
        flash(sentence, "error")
    return redirect(to, 303)
