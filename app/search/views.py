"""Trang tra cứu."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.core.errors import Violations
from app.core.records import KIND_LABELS
from app.search import queries
from app.web.actor import actor
from app.web.guards import signed_in
from app.web.pagination import Page, requested_key

bp = Blueprint("search", __name__, template_folder="templates")


@bp.get("/tra-cuu")
@signed_in
def find() -> ResponseReturnValue:
    """Tra cứu."""
    words, after = request.args.get("q", ""), requested_key()
    if not words.strip():
        return _page(words="")
    try:
        results = queries.find(actor(), words, after=after)
    except Violations as refusal:
        return _page(words=words[:500], sentence=refusal.sentence), refusal.status
    page = Page(results.by_words, results.next_key, is_first=after is None)
    return _page(words=words, results=results, page=page)


def _page(
    *,
    words: str,
    results: queries.Results | None = None,
    page: Page[queries.Found] | None = None,
    sentence: str = "",
) -> str:
    return render_template(
        "search/find.html", words=words, results=results, page=page, sentence=sentence, kinds=KIND_LABELS
    )
