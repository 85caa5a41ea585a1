"""Tài liệu họp."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.core import limits
from app.core.errors import InputRejected, NotFound
from app.meetings import policy, queries, service
from app.meetings.forms import CommentForm, NewPaperForm, PapersForm
from app.meetings.models import Meeting, Paper
from app.meetings.policy import Permission
from app.meetings.views import bp
from app.meetings.views.shared import papers_of, press, show_form, url_of, when
from app.meetings.workflow import MEETING
from app.storage import serving
from app.web.actor import actor
from app.web.downloads import respond
from app.web.guards import accepts_files, requires
from app.web.uploads import first, receive


@bp.route("/<int:meeting_id>/tai-lieu", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
@accepts_files
def add_papers(meeting_id: int) -> ResponseReturnValue:
    """Thêm, bỏ tài liệu họp."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "add_papers")
    form = PapersForm()
    form.offer(meeting)
    if form.validate_on_submit():
        uploads = receive(form, form.papers)
        if uploads is not None and form.attempt(service.add_papers, meeting_id, uploads, form.place):
            flash("Đã thêm tài liệu họp.", "success")
            return redirect(url_of(meeting))
    may_remove = any(a.action == "remove_paper" for a in MEETING.available(viewer, meeting))
    return show_form(
        "papers",
        form,
        meeting=meeting,
        when=when(meeting),
        papers=papers_of(meeting, viewer),
        may_remove=may_remove,
        back=url_of(meeting),
    )


@bp.route("/<int:meeting_id>/tai-lieu/<int:paper_id>")
@requires(Permission.MEETING_READ)
def paper(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """Tải một tài liệu, hoặc xem trong khung cách ly (``?xem=1``)."""
    found = queries.paper(paper_id, meeting_id, actor())
    return respond(serving.download(found.stored, found.name, inline="xem" in request.args))


@bp.route("/<int:meeting_id>/tai-lieu/<int:paper_id>/bo", methods=["POST"])
@requires(Permission.MEETING_READ)
def remove_paper(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """Bỏ một tài liệu."""
    return press(
        service.remove_paper,
        meeting_id,
        paper_id,
        done="Đã bỏ tài liệu.",
        to=url_for(".add_papers", meeting_id=meeting_id),
    )


@bp.route("/<int:meeting_id>/tai-lieu/<int:paper_id>/doc", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
def read_paper(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """Đọc tài liệu từng trang, góp ý; versions before it for the convening side."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    found = queries.paper(paper_id, meeting_id, viewer)
    form = CommentForm()
    if form.validate_on_submit() and form.attempt(
        service.comment_paper, meeting_id, paper_id, form.text.data
    ):
        flash("Đã gửi góp ý đến chủ trì, thư ký.", "success")
        return redirect(url_for(".read_paper", meeting_id=meeting_id, paper_id=paper_id))
    inside = policy.is_organizer_or_chair(viewer, meeting)
    pages = min(found.stored.page_count or 0, _MOST_PAGES) if found.stored.has_pages else 0
    comments = queries.comments_of(paper_id)
    return show_form(
        "read_paper", form, meeting=meeting, paper=found, back=url_of(meeting),
        pages=[
            url_for(".paper_page", meeting_id=meeting_id, paper_id=paper_id, number=n) for n in range(1, pages + 1)
        ],
        comments=[c for c in comments if inside or c.person_id == viewer.person_id],
        older=_older(meeting.papers, found) if inside else [],
        may_replace=found.is_current and any(a.action == "replace_paper" for a in MEETING.available(viewer, meeting)),
    )  # fmt: skip


_MOST_PAGES = 20


def _older(papers: Sequence[Paper], found: Paper) -> list[Paper]:
    """Các bản trước của một tài liệu, mới trước."""
    older, current = [], found
    while (before := next((p for p in papers if p.replaced_by_id == current.id), None)) is not None:
        older.append(before)
        current = before
    return older


@bp.route("/<int:meeting_id>/tai-lieu/<int:paper_id>/trang/<int:number>")
@requires(Permission.MEETING_READ)
def paper_page(meeting_id: int, paper_id: int, number: int) -> ResponseReturnValue:
    """Ảnh một trang của tài liệu."""
    found = queries.paper(paper_id, meeting_id, actor())
    return respond(serving.page_image(found.stored, number))


@bp.route("/<int:meeting_id>/tai-lieu/<int:paper_id>/ban-moi", methods=["GET", "POST"])
@requires(Permission.MEETING_READ)
@accepts_files
def replace_paper(meeting_id: int, paper_id: int) -> ResponseReturnValue:
    """Thay bằng bản mới."""
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    MEETING.check(viewer, meeting, "replace_paper")
    found, form = queries.paper(paper_id, meeting_id, viewer), NewPaperForm()
    if form.validate_on_submit():
        uploads = receive(form, form.papers)
        if uploads is not None and form.attempt(service.replace_paper, meeting_id, paper_id, first(uploads)):
            flash("Đã thay bằng bản mới.", "success")
            return redirect(url_of(meeting))
    return show_form(
        "act", form, meeting=meeting, title="Thay bản mới", submit="Thay bản mới", fields=("papers",), danger=False,
        upload=True, when=when(meeting), back=url_of(meeting), hint=f"Thay “{found.name}”; bản cũ vẫn được giữ.",
    )  # fmt: skip


@bp.route("/<int:meeting_id>/tai-lieu/tat-ca.zip")
@requires(Permission.MEETING_READ)
def all_papers(meeting_id: int) -> Response:
    """Mọi tài liệu người này được đọc, trong một tệp nén kèm mục lục.

    :raises InputRejected: too much for one file.
    """
    viewer = actor()
    meeting = queries.meeting(meeting_id, viewer)
    shown = [p["id"] for p in papers_of(meeting, viewer)]
    papers = sorted((p for p in meeting.papers if p.id in shown), key=lambda p: shown.index(p.id))
    if not papers:
        raise NotFound
    if sum(p.stored.size for p in papers) > _MOST_ZIPPED:
        raise InputRejected("Tài liệu quá lớn để tải một lần. Hãy tải từng tệp.")
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("00 Mục lục.txt", _index(meeting, papers))
        for number, item in enumerate(papers, start=1):
            path = serving.download(item.stored, item.name).path
            archive.write(path, f"{number:02d} {item.name}")
    content.seek(0)
    return send_file(
        content,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"tai-lieu-hop-{meeting_id}.zip",
    )


_MOST_ZIPPED = 500 * limits.MB


def _index(meeting: Meeting, papers: Sequence[Paper]) -> str:
    lines = [meeting.title, when(meeting), ""]
    for number, item in enumerate(papers, start=1):
        about = next((a.title for a in meeting.agenda if a.id == item.agenda_item_id), "Chung cho cuộc họp")
        lines.append(f"{number:02d}. {item.name} (bản {item.number}): {about}")
    return "\ufeff" + "\r\n".join(lines) + "\r\n"
