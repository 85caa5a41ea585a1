"""Trang văn bản."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("documents", __name__, url_prefix="/van-ban", template_folder="../templates")

from app.documents.views import (  # noqa: E402, F401 - views attach themselves
    books,
    drafting,
    files,
    handling,
    inbox,
    incoming,
    ledger,
    marks,
    notes,
    outgoing,
    prints,
    registers,
    revising,
    signing,
)
